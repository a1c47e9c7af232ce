"""What was seen in one file, told page by page in plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.grids.heading_tree import HeadingCell, heading_tree
from generator.meaning.vocabulary import nearest_word, read_words
from generator.meaning.wording import is_enumerated, shorten
from generator.models import Account, Row, Table
from generator.seen import Seen, SeenTable
from generator.tables.coordinates import BoundColumn, Panel

AXES = {
    "fund_source": "资金来源",
    "expenditure_type": "支出类型",
    "item": "事项",
    "qualifier": "限定",
    "budget_phase": "阶段",
    "year": "年份",
    "direction": "收支",
    "classification": "分类",
    "role": "栏",
}
_KINDS = {"budget": "部门预算", "final_accounts": "部门决算"}
#: Where the identity was found.
_PLACES = {
    "sidecar": "旁注文件",
    "headings": "封面和各部分的标题",
    "tables": "表名和表格周围的文字",
    "text": "正文",
    "file name": "文件名",
}
_LONGEST = 60


def as_text(seen: Seen) -> str:
    """All that was seen of a file."""
    parts = (_file(seen), _pages(seen), _without_grid(seen), _checks(seen), _problems(seen))
    return "\n".join(line for part in parts for line in part)


def _file(seen: Seen) -> Iterator[str]:
    document = seen.document
    many = f"（{len(document.pages)} 页）" if document and document.pages else ""
    yield f"文件：{seen.path.name}{many}"
    identity = seen.identity
    if identity is None:
        yield "身份：没有认出（见下面的问题）"
    else:
        kind = _KINDS[identity.kind]
        yield f"身份：{identity.department_name}，{identity.year} 年，{kind}"
        for what, where in identity.evidence:
            yield f"  {what}的依据：{_PLACES.get(where, where)}"
    read = sum(each.table is not None for each in seen.tables)
    yield f"有框线的表：{len(seen.tables)} 张，其中读作标准表的 {read} 张"


def _pages(seen: Seen) -> Iterator[str]:
    """The tables, each at the first of its pages, and the pages between that have none."""
    last = 0
    for each in seen.tables:
        yield from _bare(last + 1, min(each.ruled.pages) - 1)
        yield ""
        yield from _table(each)
        last = max(last, *each.ruled.pages)
    many = len(seen.document.pages) if seen.document else 0
    yield from _bare(last + 1, many)


def _bare(first: int, last: int) -> Iterator[str]:
    if first <= last:
        yield ""
        yield f"{_on(range(first, last + 1))}：没有有框线的表"


def _on(pages: Sequence[int]) -> str:
    return f"第 {pages[0]} 页" if len(pages) == 1 else f"第 {pages[0]}–{pages[-1]} 页"


# ── a table ──────────────────────────────────────────────────────────────────────────────


def _table(each: SeenTable) -> Iterator[str]:
    ruled = each.ruled
    yield f"{_on(ruled.pages)}：《{ruled.title or '无表名'}》"
    if each.table and each.known:
        yield f"  标准表：{each.table.id}（{each.known.title}），{each.why}"
    else:
        what = f"照原样公布（{each.printed.id}）" if each.printed else "不是数据表"
        yield f"  {what}：{each.why}"
    yield f"  单位：{each.table.unit if each.table else ruled.unit or '没有印出'}"
    yield "  栏目："
    yield from _cells(heading_tree(ruled), "    ")
    for panel in each.panels:
        yield f"  {_panel(panel)}"
    yield from _rows(each)
    yield from _account(each)


def _cells(cells: Iterable[HeadingCell], margin: str) -> Iterator[str]:
    """Each heading below the one that it stands under, with what each word of it says."""
    for cell in cells:
        text = "".join(cell.text.split())
        yield f"{margin}{text}{_meaning(text)}"
        yield from _cells(cell.below, f"{margin}  ")


def _meaning(text: str) -> str:
    said = meanings(text)
    return f"  → {said}" if said else ""


def meanings(text: str) -> str:
    """What a heading says, word by word, and which words of it nobody knows; blank: nothing."""
    tokens, unknown, years = read_words(text)
    said = [f"{AXES[axis]} = {concept}" for axis, concept in tokens if axis]
    said += [f"{year} 年" for year in years]
    said += [f"不认识“{word}”（最接近的：{nearest_word(word) or '无'}）" for word in unknown]
    return "；".join(dict.fromkeys(said))


def _panel(panel: Panel) -> str:
    side = {"": "全表", "income": "收入", "expenditure": "支出"}.get(panel.side, panel.side)
    by = f"，分类 {panel.classification}" if panel.classification else ""
    keys, measures = _headings(panel.keys), _headings(panel.measures)
    return f"栏组（{side}{by}）：由 {keys} 指明各行，金额在 {measures}"


def _headings(columns: Sequence[BoundColumn]) -> str:
    names = ["".join(column.leaf.heading.split()) or "（无栏名）" for column in columns]
    return shorten("、".join(names), _LONGEST) or "（无）"


# ── rows and amounts ─────────────────────────────────────────────────────────────────────


def _rows(each: SeenTable) -> Iterator[str]:
    if each.table is None:
        yield f"  行：{len(each.ruled.body)} 行"
        return
    yield from _levels(each.table)


def _levels(table: Table) -> Iterator[str]:
    """How many rows of each level, and what told the level."""
    rows = table.rows
    counts = Counter((row.level, _told_by(row)) for row in rows)
    told_by = (f"{level} 级 {count}（{why}）" for (level, why), count in sorted(counts.items()))
    yield f"  行：{len(rows)} 行" + (f"：{'，'.join(told_by)}" if rows else "")
    for doubt in dict.fromkeys(row.level_doubt for row in rows if row.level_doubt):
        yield f"    {doubt}"


def _told_by(row: Row) -> str:
    """What tells the level of a row: the surest first."""
    if row.role == "total":
        return "合计"
    if row.code:
        return "按编码"
    if row.item:
        return "按名称"
    if is_enumerated(row.label):
        return "按序号"
    return "按缩进" if row.indent else "没有编码、序号和缩进"


def _account(each: SeenTable) -> Iterator[str]:
    if each.table and each.table.account:
        yield f"  金额：{_accounted(each.table.account)}"
    elif each.printed:
        yield f"  金额：{each.printed.amounts} 个照原样公布，不参加计算"
    if each.table and each.table.gap:
        yield f"  没有读全：{each.table.gap}"


def _accounted(account: Account) -> str:
    return (
        f"印出 {account.printed} = 公布 {account.published} + 重复的合计 {account.repeated}"
        f" + 问题里点名 {account.named} + 丢失 {account.lost}"
    )


def _without_grid(seen: Seen) -> Iterator[str]:
    if seen.without_grid:
        yield ""
        yield "没有框线、按文字读出的表："
    for table in seen.without_grid:
        account = f"，金额{_accounted(table.account)}" if table.account else ""
        yield f"  {table.id}《{table.heading}》：{len(table.rows)} 行{account}"


# ── checks and problems ──────────────────────────────────────────────────────────────────


def _checks(seen: Seen) -> Iterator[str]:
    from generator.website.wording.words import RESULTS  # its room is slow to import

    if seen.checked is None:
        return
    findings = seen.checked.findings
    counts = Counter[str](finding.outcome for finding in findings)
    yield ""
    told = "，".join(f"{RESULTS[each]} {counts[each]}" for each in RESULTS if counts[each])
    yield f"核对：{len(findings)} 项" + (f"（{told}）" if told else "")
    if seen.checked.failed:
        yield f"  核对出错：{seen.checked.failed}"
    for finding in findings:
        if finding.outcome == "differs":
            page = f"第 {finding.page} 页 " if finding.page else ""
            yield f"  {page}[{finding.rule}] {finding.sentence}"


def _problems(seen: Seen) -> Iterator[str]:
    yield ""
    yield f"问题：{len(seen.problems)} 个"
    for problem in seen.problems:
        page = f"第 {problem.page} 页：" if problem.page else ""
        yield f"  {page}{problem.severity} [{problem.code}] {problem.message} → {problem.mend}"
