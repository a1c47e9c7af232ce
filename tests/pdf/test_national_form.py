"""The national form of final accounts (财决公开), as places print it: one trap in each test.

The nine tables of one made department; a test prints one of them otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.models import Disclosure
from generator.problems import Problem
from tests.pdf.reading import published, read_bytes, rows_of
from tests.pdf.ruled import Sheet, made

_FURNITURE = "部门：某市信访局                     金额单位：万元"
_NONE = "注：本部门没有此项支出，故本表无数据。"
_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款")
_CODED = ("项目", "<", "<", "<")
_LEVELS = ("支出功能分类科目编码", "<", "<", "科目名称")


def coded(*headings: str, rows: Sequence[Sequence[str]], ordinals: bool = True) -> Sheet:
    """A table by functional class, its codes in three columns, 栏次 and 合计 beside 类、款、项."""
    below = ("^",) * len(headings)
    cells = [
        (*_CODED, *headings),
        (*_LEVELS, *below),
        ("类", "款", "项", "栏次", *map(str, range(1, len(headings) + 1))),
    ]
    if not ordinals:
        cells[-1] = ("类", "款", "项", "^", *below)
    return Sheet(cells=[*cells, *rows], wide=True)


ROWS = (
    ("^", "^", "^", "合计", "30.00"),
    ("201", "", "", "一般公共服务支出", "30.00"),
    ("201", "40", "", "信访事务", "30.00"),
    ("201", "40", "04", "信访业务", "30.00"),
)


def spread(width: int) -> list[tuple[str, ...]]:
    """The rows with all money in the first column and in the second."""
    return [(*row, row[-1], *("",) * (width - 2)) for row in ROWS]


SUMMARY = Sheet(
    cells=[
        ("收入", "<", "<", "支出", "<", "<"),
        ("项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数"),
        ("栏次", "", "1", "栏次", "", "2"),
        ("一、一般公共预算财政拨款收入", "1", "30.00", "一、一般公共服务支出", "4", "30.00"),
        ("本年收入合计", "2", "30.00", "本年支出合计", "5", "30.00"),
        ("总计", "3", "30.00", "总计", "6", "30.00"),
    ]
)
APPROPRIATION = Sheet(
    cells=[
        ("收入", "<", "<", "支出", "<", "<", "<", "<"),
        ("项目", "行次", "金额", "项目", "行次", "合计", *_FUNDS),
        ("一、一般公共预算财政拨款", "1", "30.00", "一、国防支出", "4", "30.00", "30.00", ""),
        ("本年收入合计", "2", "30.00", "本年支出合计", "5", "30.00", "30.00", ""),
        ("总计", "3", "30.00", "总计", "6", "30.00", "30.00", ""),
    ],
    wide=True,
)  # fmt: skip
INCOME = coded(
    "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入",
    "其他收入", rows=spread(7),
)  # fmt: skip
EXPENDITURE = coded(
    "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出",
    rows=spread(6),
)  # fmt: skip
GENERAL = Sheet(
    cells=[
        ("项目", "<", "本年支出", "<", "<"),
        ("功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"),
        ("栏次", "<", "1=2+3", "2", "3"),
        ("合计", "<", "30.00", "30.00", ""),
        ("201", "一般公共服务支出", "30.00", "30.00", ""),
    ]
)
BASIC = Sheet(
    cells=[
        ("人员经费", "<", "<", "公用经费", "<", "<", "<", "<", "<"),
        ("科目代码", "科目名称", "决算数") * 3,
        ("301", "工资支出", "20.00", "302", "商品和服务", "9.00", "310", "资本性支出", "1.00"),
        ("30101", "基本工资", "20.00", "30201", "办公费", "9.00", "31002", "设备购置", "1.00"),
        ("人员经费合计", "<", "20.00", "公用经费合计", "<", "<", "<", "<", "10.00"),
    ],
    wide=True,
)  # fmt: skip
THREE_PUBLIC = Sheet(
    cells=[
        ("预算数", *"<<<<<", "决算数", *"<<<<<"),
        ("合计", "因公出国(境)费", "公务用车购置及运行维护费", "<", "<", "公务接待费") * 2,
        ("^", "^", "小计", "公务用车购置费", "公务用车运行维护费", "^") * 2,
        tuple(str(number) for number in range(1, 13)),
        ("3.00", "", "2.00", "", "2.00", "1.00", "2.50", "", "2.00", "", "2.00", "0.50"),
    ],
    wide=True,
)
FUNDS = Sheet(
    cells=[
        ("项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"),
        ("功能分类科目编码", "科目名称", "^", "^", "小计", "基本支出", "项目支出", "^"),
        ("合计", "<", "", "", "", "", "", ""),
    ],
    below=(_NONE,),
    wide=True,
)
CAPITAL = Sheet(
    cells=[
        ("项目", "<", "本年支出", "<", "<"),
        ("功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("合计", "<", "", "", ""),
    ],
    below=(_NONE,),
)
TABLES = {
    "收入支出决算总表": SUMMARY,
    "收入决算表": INCOME,
    "支出决算表": EXPENDITURE,
    "财政拨款收入支出决算总表": APPROPRIATION,
    "一般公共预算财政拨款支出决算表": GENERAL,
    "一般公共预算财政拨款基本支出决算表": BASIC,
    "一般公共预算财政拨款“三公”经费支出决算表": THREE_PUBLIC,
    "政府性基金预算财政拨款收入支出决算表": FUNDS,
    "国有资本经营预算财政拨款支出决算表": CAPITAL,
}
FRONT = Sheet(("第一部分 某市信访局概况", "一、主要职能", "　　本部门负责信访工作。"))
BACK = Sheet(
    (
        "第三部分 某市信访局2024年度部门决算情况",
        "说明",
        "一、收入支出决算总体情况说明",
        "　　本年收入总计30.00万元。",
        "第四部分 名词解释",
        "一、基本支出：指为保障机构运转而发生的支出。",
        "二、社会保障和就业支出（类）行政事业单位养老支出（款）：指养老支出。",
    )
)
OPENING = ("第二部分 某市信访局2024年度部门决算表",)


def accounts(
    otherwise: dict[str, Sheet] | None = None,
    titles: dict[str, str] | None = None,
    opening: Sequence[str] = OPENING,
    furniture: Sequence[str] = ("公开01表", _FURNITURE),
    back: Sheet = BACK,
) -> bytes:
    """The made accounts, some tables drawn or titled otherwise."""
    sheets = [FRONT]
    for number, (title, sheet) in enumerate({**TABLES, **(otherwise or {})}.items()):
        above = [*(opening if not number else ()), (titles or {}).get(title, title), *furniture]
        sheets.append(Sheet((*above, *sheet.above), sheet.cells, sheet.below, sheet.wide))
    return made([*sheets, back])


def read(data: bytes) -> tuple[Disclosure, list[Problem]]:
    reading = read_bytes(data)
    problems = [each for each in reading.problems if each.code != "department-unregistered"]
    return published(reading), problems


def tables(disclosure: Disclosure) -> dict[str, object]:
    return {table.id: rows_of(table) for table in disclosure.extract.tables}


def plain() -> dict[str, object]:
    """What is read of the accounts as they stand above."""
    return tables(read(accounts())[0])


def amounts(disclosure: Disclosure, table: str) -> list[tuple[str, ...]]:
    (found,) = (each for each in disclosure.extract.tables if each.id == table)
    return [tuple(cell.printed if cell else "" for cell in row.cells) for row in found.rows]


def test_all_nine_are_read() -> None:
    disclosure, problems = read(accounts())
    assert problems == []
    assert len(disclosure.extract.tables) == 9
    assert disclosure.department.name == "某市信访局"
    assert amounts(disclosure, "final-income")[0] == ("30.00", "30.00", "", "", "", "", "")
    assert amounts(disclosure, "final-appropriation-summary")[1] == ("30.00", "30.00", "")
    assert amounts(disclosure, "final-general-public") == [("30.00", "30.00", "")] * 2
    basic = next(t for t in disclosure.extract.tables if t.id == "final-general-public-basic")
    assert [(row.side, row.code) for row in basic.rows] == [
        ("personnel", "301"), ("public", "302"), ("public", "310"),
        ("personnel", "30101"), ("public", "30201"), ("public", "31002"),
        ("personnel", ""), ("public", ""),
    ]  # fmt: skip
    printed = ["20.00", "9.00", "1.00", "20.00", "9.00", "1.00", "20.00", "10.00"]
    assert amounts(disclosure, "final-general-public-basic") == [(each,) for each in printed]
    assert amounts(disclosure, "final-government-managed-funds") == [("",) * 6]


def test_the_prose_is_cut_into_sections() -> None:
    sections = read(accounts())[0].extract.sections
    assert [(each.part, each.topic, each.heading, each.text) for each in sections] == [
        (1, "duties", "主要职能", "本部门负责信访工作。"),
        (3, "explanation", "收入支出决算总体情况说明", "本年收入总计30.00万元。"),
        (4, "glossary", "基本支出", "指为保障机构运转而发生的支出。"),
        (4, "glossary", "社会保障和就业支出（类）行政事业单位养老支出（款）", "指养老支出。"),
    ]
    assert sections[1].part_title.endswith("决算情况说明")


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    lines = ("一、收入支出决算总体情况说明", "　　全年支出（1月-", "12月）30.00万元。")
    back = Sheet((*BACK.above[:2], *lines, *BACK.above[4:]))
    sections = published(read_bytes(accounts(back=back))).extract.sections
    assert sections[1].text == "全年支出（1月-12月）30.00万元。"


def test_the_row_of_totals_may_share_the_last_row_of_the_heading() -> None:
    shared = Sheet(
        cells=[
            ("项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"),
            ("功能分类科目编码", "科目名称", "^", "^", "^", "<", "<", "^"),
            ("合计", "<", "5.00", "7.00", "合计", "基本支出", "项目支出", "1.00"),
            ("212", "城乡社区支出", "5.00", "7.00", "11.00", "", "11.00", "1.00"),
        ],
        wide=True,
    )
    disclosure, problems = read(accounts({"政府性基金预算财政拨款收入支出决算表": shared}))
    assert problems == []
    assert amounts(disclosure, "final-government-managed-funds") == [
        ("5.00", "7.00", "", "", "", "1.00"),
        ("5.00", "7.00", "11.00", "", "11.00", "1.00"),
    ]


def test_a_blank_table_is_a_warning_unless_its_note_says_so() -> None:
    blank = Sheet(cells=[*THREE_PUBLIC.cells[:3], ("",) * 12], wide=True)
    title = "一般公共预算财政拨款“三公”经费支出决算表"
    disclosure, problems = read(accounts({title: blank}))
    assert [(each.code, each.severity) for each in problems] == [("table-blank", "warning")]
    assert amounts(disclosure, "final-three-public") == []
    for note in (_NONE, "本单位无“三公”经费支出，本表为空。"):
        noted = Sheet(cells=blank.cells, below=(note,), wide=True)
        assert read(accounts({title: noted}))[1] == []


def test_a_missing_table_is_named_though_its_title_ends_another() -> None:
    """支出决算表 is the end of five other titles."""
    kept = {title: sheet for title, sheet in TABLES.items() if title != "支出决算表"}
    above = [
        Sheet((title, _FURNITURE, *s.above), s.cells, s.below, s.wide) for title, s in kept.items()
    ]
    data = made([FRONT, Sheet(OPENING), *above, BACK])
    assert [(each.code, "“支出决算表”" in each.message) for each in read(data)[1]] == [
        ("table-missing", True)
    ]


def test_titles_may_carry_numbers_years_departments_and_labels() -> None:
    forms = (
        "一、{}",
        "2024年度{}",
        "某市信访局2024年度{}",
        "2024年度某市信访局{}",
        "{}（公开05表）",
        "{} 公开06表",
    )
    pairs = zip(TABLES, [*forms, *forms], strict=False)
    disclosure, problems = read(
        accounts(titles={title: form.format(title) for title, form in pairs})
    )
    assert problems == []
    assert tables(disclosure) == plain()


def test_label_department_and_unit_may_stand_on_one_line() -> None:
    disclosure, problems = read(accounts(furniture=("公开01表  部门：某市信访局  单位：万元",)))
    assert problems == []
    assert tables(disclosure) == plain()


def test_a_list_of_the_tables_is_no_table() -> None:
    listed = [
        f"{number}、{title}" for number, title in zip("一二三四五六七八九", TABLES, strict=True)
    ]
    disclosure, problems = read(accounts(opening=(*OPENING, *listed)))
    assert problems == []
    assert tables(disclosure) == plain()


def test_the_part_of_the_tables_may_lack_its_number_or_its_heading() -> None:
    for opening, codes in (
        (("某市信访局2024年度部门决算表",), []),
        ((), ["part-missing"]),
    ):
        disclosure, problems = read(accounts(opening=opening))
        assert [problem.code for problem in problems] == codes
        assert tables(disclosure) == plain()
        assert disclosure.extract.sections[0].text == "本部门负责信访工作。"


def test_the_heading_may_lack_its_outer_cell() -> None:
    bare = Sheet(
        cells=[
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("", "合计", "30.00", "30.00", ""),
            ("201", "一般公共服务支出", "30.00", "30.00", ""),
        ]
    )
    disclosure, problems = read(accounts({"一般公共预算财政拨款支出决算表": bare}))
    assert problems == []
    assert tables(disclosure) == plain()


def test_an_attachment_may_have_parts_of_its_own() -> None:
    long = [f"　　本部门做好第{number}项工作。" for number in range(60)]
    front = Sheet((*FRONT.above, *long[:40]))
    attached = Sheet(("第五部分 附件", "第一部分 项目概况", "　　项目一个。", "第二部分 结论"))
    more = [Sheet(long[:40]) for _ in range(5)]
    above = [Sheet((t, _FURNITURE, *s.above), s.cells, s.below, s.wide) for t, s in TABLES.items()]
    data = made([front, *more, Sheet(OPENING), *above, BACK, attached])
    assert len(read(data)[0].extract.tables) == 9


def test_the_tables_may_stand_after_the_prose() -> None:
    prose = Sheet(
        (
            "第二部分 某市信访局2024年度部门决算情况说明",
            "一、收入支出决算总体情况说明",
            "　　本年收入总计30.00万元。",
            "第三部分 名词解释",
            "一、基本支出：指为保障机构运转而发生的支出。",
            "第四部分 附表",
        )
    )
    above = [Sheet((t, _FURNITURE, *s.above), s.cells, s.below, s.wide) for t, s in TABLES.items()]
    disclosure, problems = read(made([FRONT, prose, *above]))
    assert problems == []
    assert tables(disclosure) == plain()
    assert [each.part for each in disclosure.extract.sections] == [1, 2, 3]


def test_a_table_may_go_on_over_the_page() -> None:
    """With its title (续), its heading and its total again, or with nothing but its rows."""
    kept = INCOME.cells[:4], INCOME.cells[4:]
    again = Sheet(("收入决算表（续）", _FURNITURE), [*INCOME.cells[:4], *kept[1]], wide=True)
    bare = Sheet(cells=kept[1], wide=True)
    for rest in (again, bare):
        sheets = [FRONT]
        for number, (title, sheet) in enumerate(TABLES.items()):
            cells = kept[0] if sheet is INCOME else sheet.cells
            lines = (*(OPENING if not number else ()), title, _FURNITURE)
            sheets.append(Sheet(lines, cells, sheet.below, sheet.wide))
            sheets += [rest] if sheet is INCOME else []
        disclosure, problems = read(made([*sheets, BACK]))
        assert problems == []
        assert tables(disclosure) == plain()
