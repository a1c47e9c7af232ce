"""The catalogue of problems: what each code means, how grave it is, and how it is mended.

Texts are Chinese: they are published on the site and read by the people who maintain one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["fatal", "error", "warning"]


@dataclass(frozen=True, slots=True)
class Template:
    """One entry of the catalogue: how grave it is, what it says and how it is mended."""

    severity: Severity
    what: str
    mend: str


CATALOGUE: dict[str, Template] = {
    # The file as a whole.
    "file-empty": Template(
        "fatal", "文件是空的（没有任何文字）", "放入完整的公开文本，或删除该文件"
    ),
    "file-unreadable": Template(
        "fatal", "无法打开文件：{reason}", "检查文件是否存在、是否有读取权限"
    ),
    "encoding-unknown": Template(
        "fatal",
        "无法识别文字编码：不是 UTF-8、UTF-16 或 GB18030（第 {offset} 字节起无法解码）",
        "用文本编辑器另存为 UTF-8 后再试",
    ),
    "not-text": Template("fatal", "文件不是文本（{found}）", "放入提取出的文本（.txt）"),
    "file-too-large": Template(
        "fatal", "文件有 {found} MB，超过上限 {most} MB", "确认文件无误后，在设置中提高 file_mb"
    ),
    "not-a-pdf": Template("fatal", "文件名是 .pdf，内容却不是 PDF", "放入真正的 PDF 文件"),
    "pdf-truncated": Template("fatal", "PDF 不完整：没有文件结尾", "重新下载完整的文件"),
    "pdf-encrypted": Template("fatal", "PDF 设有密码，无法打开", "放入没有密码的文件"),
    "pdf-broken": Template("fatal", "PDF 已损坏，无法读取：{reason}", "重新下载或换用完好的文件"),
    "pdf-without-text": Template(
        "fatal", "PDF 共 {pages} 页都没有文字层（可能是扫描件）", "放入带文字层的文件或提取出的文本"
    ),
    "page-without-text": Template(
        "error",
        "第 {page} 页没有文字，只有{what}，没有读取",
        "核对该页是否有表格；有则换用文字可以复制的文件，或放入提取出的文本",
    ),
    "characters-forbidden": Template(
        "warning",
        "有 {count} 个不可显示的控制字符 {point}（从这一行起），已略去",
        "核对原文；重新提取或换用原始文件",
    ),
    "characters-unknown": Template(
        "error",
        "有 {count} 个字符的字体没有说明是什么字（第 {page} 页起），读作 U+FFFD",
        "对照页面核对有“�”的文字和金额，或放入提取出的文本",
    ),
    "text-not-visible": Template(
        "warning",
        "第 {page} 页有读者看不见的文字（{why}），没有读取：“{text}”",
        "对照页面核对；文字本应显示的，换用正确的文件",
    ),
    "watermark-left-out": Template(
        "warning", "第 {page} 页的水印没有读作正文：“{text}”", "对照页面核对，确认它不是表格的内容"
    ),
    "mark-left-out": Template(
        "warning",
        "第 {page} 页“{figure}”后面的上标“{mark}”没有读作金额的一部分",
        "对照页面核对该金额",
    ),
    "text-layer-unreadable": Template(
        "fatal",
        "PDF 的文字层无法还原成文字（{unknown} 个字符没有对应的编码）",
        "换用文字可以复制的文件，或放入提取出的文本",
    ),
    "too-many-pages": Template(
        "fatal", "PDF 有 {found} 页，超过上限 {most} 页", "确认文件无误后，在设置中提高 pages"
    ),
    "page-too-full": Template(
        "fatal",
        "第 {page} 页有 {found} 个以上的{what}，超过上限 {most}",
        "确认文件无误后，在设置中提高上限",
    ),
    "too-large": Template(
        "fatal",
        "有 {found} {what}，超过上限 {most}（设置 {name}）",
        "确认文件无误后，在设置 [reading] 中提高这个上限，或把文件分开",
    ),
    "time-limit": Template(
        "fatal", "读取超过 {seconds} 秒，已停止", "确认文件无误后，在设置中提高 seconds"
    ),
    "reader-died": Template(
        "fatal",
        "读取该文件的进程中止（{reason}），可能超过内存上限 {memory_mb} MB",
        "确认文件无误后，在设置中提高 memory_mb",
    ),
    "characters-lost": Template(
        "error", "有 {count} 个无法显示的字符（U+FFFD），原文已损坏", "重新提取或换用原始文件"
    ),
    "not-a-disclosure": Template(
        "fatal",
        "看不出是部门预算或部门决算：{reason}",
        "确认文件内容，或在同名 .yaml 中注明部门、年份和种类",
    ),
    "annex-alone": Template(
        "fatal",
        "只是一份绩效目标表（附件），不是部门预算或部门决算",
        "放入它所属的预算或决算文件；附件本身可以移走",
    ),
    "department-unknown": Template(
        "fatal", "找不到部门名称", "在同名 .yaml 中写明 department_name"
    ),
    "year-unknown": Template("fatal", "找不到年份", "在同名 .yaml 中写明 year"),
    "slug-unsafe": Template(
        "fatal",
        "标识符“{slug}”不能用作文件夹名",
        "标识符只能用小写字母、数字和连字符，并且不能是保留名 all",
    ),
    "name-not-plain": Template(
        "fatal",
        "文件名不是 UTF-8（如解压时按 GBK 写下的名字），或含有换行等控制字符，没有读取",
        "改名后再试；解压时选择正确的编码",
    ),
    "folder-not-file": Template(
        "error", "名字像是公开文件，却是一个文件夹，没有读取", "给文件夹改名，去掉 .txt 或 .pdf"
    ),
    "link-dangling": Template("error", "链接所指的文件不在，没有读取", "放入文件，或删除这个链接"),
    "disclosure-duplicate": Template(
        "fatal", "与“{other}”重复：同一部门、同一年份、同一种类", "只保留一份"
    ),
    "sidecar-invalid": Template("fatal", "说明文件“{sidecar}”有误：{reason}", "改正说明文件"),
    "sidecar-contradicts": Template(
        "fatal",
        "说明文件写的{what}是“{sidecar}”，正文写的是“{text}”",
        "核对原文，改正说明文件",
    ),
    "sidecar-orphan": Template(
        "error", "说明文件没有对应的公开文本", "放入同名 .txt，或删除说明文件"
    ),
    "sidecar-name": Template(
        "error",
        "说明文件的名字不以 .yaml（小写）结尾，没有读取",
        "改名：与公开文件同名，以 .yaml 结尾",
    ),
    "hash-differs": Template(
        "fatal",
        "文件的 SHA-256 与说明文件不符（现为 {found}）",
        "若确认是新版本，更新说明文件中的 sha256",
    ),
    "department-unregistered": Template(
        "warning",
        "部门“{name}”不在部门名录中，暂用标识符“{slug}”",
        "在 data/departments.csv 中登记该部门",
    ),
    "department-sounds-alike": Template(
        "warning",
        "部门“{name}”与“{other}”按拼音都写作“{slug}”，暂用标识符“{own}”",
        "在 data/departments.csv 中分别登记，各用一个标识符",
    ),
    "identifier-shared": Template(
        "fatal",
        "标识符“{slug}”属于部门“{other}”，这份文件的部门却是“{name}”",
        "若是同一部门更名，在 data/departments.csv 中登记这两个名称；若是两个部门，各用一个标识符",
    ),
    # Parts and tables.
    "nothing-read": Template(
        "fatal",
        "没有读出任何一张标准表：没有找到认识的表名或表头（{seen}）",
        "核对文件；若是其他地区的格式，按 mingzhang learn 列出的词和表补入定义",
    ),
    "tables-apart": Template(
        "fatal",
        "只有文字说明，没有一张标准表，也没有找到同一部门、同一年的另一个文件",
        "把同一部门的表（另一个文件）放在一起；部门名称不同时，在同名 .yaml 中写明 department_name",
    ),
    "parts-unknown": Template(
        "error", "没有找到“第一部分”“第二部分”这样的分部标题，文字说明没有分节", "核对原文"
    ),
    "part-missing": Template("error", "缺少第{part}部分，文件可能被截断", "放入完整的公开文本"),
    "table-missing": Template("error", "没有找到“{title}”", "核对原文；标题不同则补入表格定义"),
    "table-unknown": Template(
        "error",
        "不认识的表“{title}”，其中 {amounts} 个金额没有读取",
        "在 generator/meaning/standard_tables 中补入该表的定义",
    ),
    "table-as-printed": Template(
        "warning",
        "表“{title}”（{rows} 行，{amounts} 个金额）照原样公布，没有解读：{reason}",
        "若是标准表，按 mingzhang learn 列出的草稿补入定义（docs/adding-a-city.md）",
    ),
    "heading-word-unknown": Template(
        "warning",
        "表“{title}”的栏目中有不认识的词“{word}”（最接近的：{nearest}），该栏只按位置和原文公布",
        "核对后补入 generator/meaning/vocabulary.yaml；mingzhang learn 会列出该补的行",
    ),
    "identity-from-name": Template(
        "warning",
        "文件里没有写明{what}，取自文件名：{value}",
        "核对；也可在同名 .yaml 中写明",
    ),
    "name-of-counterpart": Template(
        "warning",
        "部门作“{short}”，与“{other}”的“{name}”只差所在地，一份是表、一份是说明，合为一份公开",
        "核对；若是两个部门，在同名 .yaml 中写明 department_name",
    ),
    "table-unruled": Template(
        "error",
        "表“{title}”没有框线，无法按单元格读取",
        "放入该文件的文本（.txt）作为另一种读法",
    ),
    "columns-unclear": Template(
        "error",
        "表“{title}”没有竖线，按文字的位置也不能确定各栏各行：{reason}",
        "放入该文件的文本（.txt）作为另一种读法，或核对原文",
    ),
    "table-duplicate": Template("error", "表“{title}”出现了两次", "核对原文，只保留一张"),
    "table-empty": Template("error", "表“{title}”只有表头，没有数据行", "核对原文，文件可能被截断"),
    "table-blank": Template(
        "warning", "表“{title}”只有空白行，也没有注明本表无数据", "核对原文，确认该表确实没有数据"
    ),
    "table-cut-off": Template("error", "表“{title}”不完整：{reason}", "核对原文，文件可能被截断"),
    "header-unknown": Template(
        "error",
        "表“{title}”的表头与定义不符：原文“{found}”，定义“{expected}”",
        "在该表的定义中补入这种表头（layouts）",
    ),
    "unit-unknown": Template(
        "error", "表“{title}”的金额单位“{unit}”无法识别", "核对原文，单位应为元、千元、万元或亿元"
    ),
    "unit-from-table": Template(
        "warning",
        "表“{title}”没有注明金额单位；它的最大金额 {text} 也印在《{other}》里，取其单位“{unit}”",
        "核对原文",
    ),
    "unit-missing": Template("error", "表“{title}”没有注明金额单位，未换算为元", "核对原文"),
    # Rows.
    "too-few-amounts": Template(
        "error",
        "表“{title}”的一行应有 {expected} 个金额，只有 {found} 个：“{text}”",
        "核对原文；该行金额没有读取",
    ),
    "too-many-amounts": Template(
        "error",
        "表“{title}”的一行应有 {expected} 个金额，却有 {found} 个：“{text}”",
        "核对原文；该行金额没有读取",
    ),
    "amount-not-a-number": Template(
        "error", "表“{title}”{where}一格“{text}”不是金额", "核对原文；该格留空"
    ),
    "amount-in-doubt": Template(
        "error",
        "表“{title}”{where}一格{why}：“{text}”",
        "对照原始文件核对该格",
    ),
    "code-unusual": Template(
        "error",
        "表“{title}”的科目编码“{printed}”有 {digits} 位，应为 3、5 或 7 位：“{text}”",
        "核对原文；该行按名称和金额读取，不作为科目",
    ),
    "amount-left-over": Template(
        "error", "表“{title}”的文字“{text}”里还有金额，没有读成单元格", "核对原文该行的金额"
    ),
    "row-without-code": Template("warning", "表“{title}”的一行没有科目编码：“{text}”", "核对原文"),
    "row-label-unknown": Template(
        "warning", "表“{title}”中没有见过的行名“{text}”", "核对后补入该表的定义（rows）"
    ),
    "row-number-gap": Template(
        "error", "表“{title}”的行次不连续：{previous} 之后是 {found}", "核对原文，可能漏行"
    ),
    "level-conflict": Template(
        "warning", "表“{title}”的“{text}”缩进与编码的级次不一致", "核对原文；级次以编码为准"
    ),
    "line-unread": Template(
        "error", "表“{title}”中有一行没有读懂：“{text}”", "核对原文，或补入该表的定义"
    ),
    "furniture-in-doubt": Template(
        "warning",
        "“{text}”像是页眉、表号或附注，也可能是正文，留在正文中",
        "对照原始文件核对该行",
    ),
    "page-repeated": Template(
        "error",
        "第 {number} 页与第 {first} 页内容相同，只读了一次",
        "核对原文是否重复装订；如确有两张相同的表，请报告",
    ),
    "page-number-in-row": Template(
        "warning",
        "表“{title}”的一行里像是夹着页码：“{text}”",
        "对照原始文件核对该行；整张表不作为对不上公布",
    ),
    "pages-alike": Template(
        "warning",
        "第 {number} 页与第 {first} 页内容相同，又没有页码，两页都读了",
        "核对原文是否重复装订；涉及的表不作为对不上公布",
    ),
    "page-missing": Template(
        "error",
        "第 {page} 页之后缺印有页码 {numbers} 的页，那里的内容没有读到",
        "换用完整的文件；涉及的表不作为对不上公布",
    ),
    "pages-out-of-order": Template(
        "warning", "第 {numbers} 页的次序与页码不同，已按页码的次序读取", "核对原文的页次"
    ),
    "columns-in-doubt": Template(
        "error",
        "表“{title}”的表头可以有两种读法，各栏的次序无法确定：{text}",
        "对照原始文件核对各栏；不作为对不上公布",
    ),
    "columns-reordered": Template(
        "error",
        "表“{title}”续页的表头与首页的栏次不同，这一页各栏的金额可能错位",
        "对照原始文件核对续页的各栏",
    ),
    "cell-unread": Template(
        "error",
        "表“{title}”的单元格“{text}”没有读懂（最接近的已知词：{nearest}）",
        "核对原文；是新的说法就补入该表的定义（words）",
    ),
    "amounts-unaccounted": Template(
        "error",
        "表“{title}”印有的 {count} 个金额没有进入数据：{text}",
        "对照原始文件核对这些金额；这是程序没有读懂，请报告",
    ),
    "level-in-doubt": Template(
        "warning",
        "表“{title}”从“{text}”起，哪些行是单位、哪些行属于单位，无法确定：{reason}",
        "核对原文的单位和项目；不作为对不上公布",
    ),
    "unit-unmatched": Template(
        "warning", "项目表中的单位“{text}”在基本支出表中没有出现", "核对原文"
    ),
    "key-project-unmatched": Template(
        "warning", "重点项目“{text}”在项目表中找不到同名、同额的项目", "核对原文"
    ),
    "key-project-in-doubt": Template(
        "warning",
        "重点项目表中“{text}”一行可能属于上一个项目的绩效目标，也可能属于下一个项目的名称或预算数",
        "对照原始文件核对该行",
    ),
    "grid-width": Template(
        "error",
        "表“{title}”的一行有 {found} 个单元格，定义有 {expected} 列：“{text}”",
        "核对原文；列数不同则补入该表的定义（layouts）",
    ),
    "cells-joined": Template(
        "warning",
        "表“{title}”跨页的单元格在文本中连在一起，已按行数分开：“{text}”",
        "对照原始文件核对分开的位置",
    ),
    # The acknowledged findings.
    "acknowledgement-gone": Template(
        "error",
        "已确认的核对结果“{finding}”不再出现",
        "核对原文是否已更正；更正了就从 acknowledged.yaml 删去这一条",
    ),
    "acknowledgement-stale": Template(
        "error",
        "已确认的核对结果“{finding}”原文已改：确认时是“{expected}”，现在是“{found}”",
        "重新核对原文，改正 acknowledged.yaml 的 printed",
    ),
    # What was published before.
    "source-gone": Template(
        "error",
        "原文件不在了，“{disclosure}”自 {since} 起沿用以前读出的数据",
        "放回原文件；确实要撤下的，在 withdrawn.yaml 写一条（disclosure、reason、date）",
    ),
    "source-unread": Template(
        "error",
        "原文件这次没有读成（{found}：{reason}），“{disclosure}”自 {since} 起沿用以前读出的数据",
        "先改正这个问题；确实要撤下的，删去原文件，在 withdrawn.yaml 写一条",
    ),
    "source-replaced": Template(
        "error",
        "同名的文件已换成另一份，“{disclosure}”自 {since} 起沿用以前读出的数据",
        "把原来的文件放回来，另起名字；确实要撤下的，在 withdrawn.yaml 写一条",
    ),
    "result-empty": Template(
        "error",
        "原文件这次没有读出金额或表格（以前有 {facts} 个金额），"
        "“{disclosure}”自 {since} 起沿用以前读出的数据",
        "核对原文件是否完整；确实没有金额的，在 withdrawn.yaml 写一条，构建一次，再删去这一条",
    ),
    "withdrawn-present": Template(
        "error",
        "“{disclosure}”写明已经撤下，原文件却还在，照常公布",
        "要撤下就移走原文件，不撤下就从 withdrawn.yaml 删去这一条",
    ),
    "figure-changed": Template(
        "error",
        "{label}公布的是 {was}，现在读作 {now}，原文件却没有变，因此这次没有写出数据包（{fact}）",
        "对照原文：现在读对了，就运行 mingzhang extract --accept；读错了，就改正程序或设置",
    ),
    "figures-changed": Template(
        "error",
        "“{disclosure}”共有 {count} 个公布过的金额会变，上面只列出一部分",
        "对照原文：现在读对了，就运行 mingzhang extract --accept；读错了，就改正程序或设置",
    ),
    # The package.
    "package-invalid": Template(
        "fatal", "生成的数据包未通过校验：{reason}", "这是程序的错误，请报告"
    ),
    "checks-failed": Template(
        "error", "核对时程序出错：{reason}", "这是程序的错误，请连同文件报告"
    ),
    "checks-over-limit": Template(
        "error",
        "核对超过上限（{reason}），已停止，这份文件没有核对",
        "确认文件无误后，在设置中提高 stage_seconds 或 stage_memory_mb",
    ),
    "package-over-limit": Template(
        "fatal",
        "生成数据包超过上限（{reason}），已停止",
        "确认文件无误后，在设置中提高 stage_seconds 或 stage_memory_mb",
    ),
    "pages-over-limit": Template(
        "error",
        "生成网页超过上限（{reason}），已停止，这份文件没有网页",
        "数据包已经生成；确认文件无误后，在设置中提高 stage_seconds 或 stage_memory_mb",
    ),
    "route-failed": Template(
        "warning",
        "第二种读法（{route}）出错，没有用来核对：{reason}",
        "数据来自第一种读法；这是程序的错误，请连同文件报告",
    ),
    "pages-failed": Template(
        "error",
        "生成网页时程序出错，这份文件没有网页：{reason}",
        "数据包已经生成；这是程序的错误，请连同文件报告",
    ),
    "reader-failed": Template(
        "fatal", "读取时程序出错：{reason}", "这是程序的错误，请连同文件报告"
    ),
}
