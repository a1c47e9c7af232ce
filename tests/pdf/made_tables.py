"""The twelve tables of a made budget: as they are typeset, and what must be read back.

All totals are sums of what stands below them, so a right reading has no finding ``differs``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tests.pdf.made_rows import (
    Entry,
    Expected,
    MadeTable,
    Printed,
    coded,
    money,
    numbered,
    two_sided,
)
from tests.pdf.model import (
    ALL_FUNCTIONS,
    ECONOMIC,
    Leaves,
    PaperBudget,
    basic,
    basic_by_class,
    basic_sections,
    by_function,
    project_sections,
    spent,
    spent_by_unit,
)

CLASSES = (
    "一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出",
    "文化旅游体育与传媒支出", "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出",
    "农林水支出", "交通运输支出", "住房保障支出", "其他支出",
)  # fmt: skip


# ── the twelve tables ────────────────────────────────────────────────────────────────────


def tables(budget: PaperBudget) -> tuple[MadeTable, ...]:
    """The twelve tables of a budget, in order."""
    return (
        _summary(budget),
        _income(budget),
        _expenditure(budget),
        _appropriation(budget),
        _general_by_function(budget),
        _by_economic_class(budget, 6, basic_sections(budget)),
        _by_economic_class(budget, 7, project_sections(budget)),
        _three_public(budget),
        _by_fund(budget, 9),
        _by_fund(budget, 10),
        _basic_by_unit(budget),
        _projects_by_unit(budget),
    )


def _unit(budget: PaperBudget) -> str:
    return "元" if budget.in_yuan else "万元"


def _classes(by_function: dict[str, tuple[int, int]]) -> list[Entry]:
    spent: dict[str, int] = defaultdict(int)
    for code, (staff, project) in by_function.items():
        spent[ALL_FUNCTIONS[code[:3]]] += staff + project
    return [(name, spent[name], "item", 1) for name in CLASSES]


def _summary(budget: PaperBudget) -> MadeTable:
    fiscal = basic(budget) + spent(budget, "general", "managed")
    other = spent(budget, "other")
    left = [("预算拨款", fiscal), ("财政专户拨款", 0), ("其他资金", other)]
    income = numbered([(label, amount, "item", 1) for label, amount in left])
    right = numbered(_classes(by_function(budget, "general", "managed", "other")))
    return two_sided(
        ("budget-summary", 1, "收支总体情况表"), _unit(budget), income, right, fiscal + other
    )


def _appropriation(budget: PaperBudget) -> MadeTable:
    name = "budget-appropriation-summary", 4, "财政拨款收支总体情况表"
    general = basic(budget) + spent(budget, "general")
    managed = spent(budget, "managed")
    left = [("一般公共预算", general), ("政府性基金预算", managed), ("国有资本经营预算", 0)]
    income = numbered([(label, amount, "item", 1) for label, amount in left])
    right = numbered(_classes(by_function(budget, "general", "managed")))
    return two_sided(name, _unit(budget), income, right, general + managed)


_CODE = (("功能分类科目", "科目编码"), ("功能分类科目", "科目名称"))


def _income(budget: PaperBudget) -> MadeTable:
    general = by_function(budget, "general")
    managed, other = by_function(budget, "managed"), by_function(budget, "other")
    leaves: Leaves = {}
    for code in {**general, **managed, **other}:
        g, m, o = (sum(part.get(code, (0, 0))) for part in (general, managed, other))
        leaves[code] = (g + m + o, g, m, 0, 0, 0, 0, 0, o, 0, 0, 0)
    columns = (
        *_CODE,
        ("合计",),
        ("财政拨款收入", "一般公共预算"),
        ("财政拨款收入", "政府性基金预算"),
        ("财政拨款收入", "国有资本经营预算"),
        ("财政专户拨款收入", "教育收费"),
        ("财政专户拨款收入", "其他专户收入拨款"),
        ("其他资金收入", "事业收入"),
        ("其他资金收入", "经营收入"),
        ("其他资金收入", "其他收入"),
        ("上级补助收入",),
        ("附属单位上缴收入",),
        ("用事业基金弥补收支差额",),
    )
    rows = coded(leaves, ALL_FUNCTIONS, _unit(budget), 12, True)
    return _made(budget, "budget-income", 2, "收入总体情况表", columns, (1,), rows)


def _made(
    budget: PaperBudget,
    table: str,
    number: int,
    title: str,
    columns: tuple[tuple[str, ...], ...],
    labels: tuple[int, ...],
    rows: tuple[list[Printed], list[Expected]],
) -> MadeTable:
    printed, expected = rows
    unit = _unit(budget)
    return MadeTable(table, number, title, unit, columns, labels, tuple(printed), tuple(expected))


def _expenditure(budget: PaperBudget) -> MadeTable:
    leaves: Leaves = {
        code: (staff + project, staff, project, 0, 0, 0, 0)
        for code, (staff, project) in by_function(budget, "general", "managed", "other").items()
    }
    single = [
        "合计",
        "基本支出",
        "项目支出",
        "事业单位经营支出",
        "对附属单位补助支出",
        "上缴上级支出",
    ]
    columns = (*_CODE, *((heading,) for heading in [*single, "结转下年"]))
    rows = coded(leaves, ALL_FUNCTIONS, _unit(budget), 7, True)
    return _made(budget, "budget-expenditure", 3, "支出总体情况表", columns, (1,), rows)


def _general_by_function(budget: PaperBudget) -> MadeTable:
    leaves: Leaves = {
        code: (staff + project, staff, project)
        for code, (staff, project) in by_function(budget, "general").items()
    }
    columns = (("功能科目名称",), *_parts("一般公共预算支出"))
    rows = coded(leaves, ALL_FUNCTIONS, _unit(budget), 3, False)
    title = "一般公共预算支出情况表（按功能分类科目）"
    return _made(budget, "budget-general-public-by-function", 5, title, columns, (0,), rows)


def _parts(fund: str) -> tuple[tuple[str, str], ...]:
    return tuple((fund, part) for part in ("小计", "其中：基本支出", "项目支出"))


def _by_economic_class(budget: PaperBudget, number: int, leaves: Leaves) -> MadeTable:
    kind, word = {6: ("basic", "基本"), 7: ("project", "项目")}[number]
    table = f"budget-general-public-{kind}-by-economic-class"
    title = f"一般公共预算{word}支出情况表（按经济分类科目）"
    columns = (("部门预算支出经济科目",), ("预算",))
    rows = coded(leaves, ECONOMIC, _unit(budget), 1, False)
    return _made(budget, table, number, title, columns, (0,), rows)


def _three_public(budget: PaperBudget) -> MadeTable:
    """Printed in 万元, whatever the other tables are in: a table has its own unit."""
    office = sum(
        amount for unit in budget.units for section, amount in unit.basic if section < "303"
    )
    vehicles, guests = office // 7, office // 11
    items = [
        ("行政经费", office, 0, "total"),
        ("“三公”经费", vehicles + guests, 0, "total"),
        ("其中：（一）因公出国（境）支出", 0, 1, "item"),
        ("（二）公务用车购置及运行维护支出", vehicles, 1, "subtotal"),
        ("1.公务用车购置费", 0, 2, "item"),
        ("2.公务用车运行维护费", vehicles, 2, "item"),
        ("（三）公务接待费支出", guests, 1, "item"),
    ]
    names = [
        "行政经费", "“三公”经费", "因公出国（境）支出", "公务用车购置及运行维护支出",
        "公务用车购置费", "公务用车运行维护费", "公务接待费支出",
    ]  # fmt: skip
    printed, expected = [], []
    for (label, amount, level, role), name in zip(items, names, strict=True):
        cells = tuple(money(each, "万元") for each in (amount, amount, 0, 0))
        printed.append(Printed((label, *cells), level))
        expected.append(Expected("", "", name, level, role, "", cells))
    heads = ["项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"]
    return MadeTable(
        "budget-operating-and-three-public",
        8,
        "财政拨款安排的行政经费及“三公”经费预算表",
        "万元",
        tuple((head,) for head in heads),
        (0,),
        tuple(printed),
        tuple(expected),
    )


def _by_fund(budget: PaperBudget, number: int) -> MadeTable:
    table, fund = {
        9: ("budget-government-managed-funds", "政府性基金预算"),
        10: ("budget-state-capital-operations", "国有资本经营预算"),
    }[number]
    funds = ("managed",) if number == 9 else ()
    leaves: Leaves = {
        code: (staff + project, staff, project)
        for code, (staff, project) in by_function(budget, *funds).items()
    }
    columns = (*_CODE, *_parts(f"{fund}支出"))
    rows = coded(leaves, ALL_FUNCTIONS, _unit(budget), 3, True)
    return _made(budget, table, number, f"{fund}支出情况表", columns, (1,), rows)


_FUNDS = (
    ("总计",),
    ("财政拨款", "合计"),
    ("财政拨款", "一般公共预算"),
    ("财政拨款", "政府性基金预算"),
    ("财政拨款", "国有资本经营预算"),
    ("财政专户拨款",),
    ("其他资金",),
)


def _fund_cells(funds: Sequence[int], unit: str) -> tuple[str, ...]:
    general, managed, other = funds
    fiscal = general + managed
    amounts = (fiscal + other, fiscal, general, managed, 0, 0, other)
    return tuple(money(amount, unit) for amount in amounts)


def _basic_by_unit(budget: PaperBudget) -> MadeTable:
    currency = _unit(budget)
    total = _fund_cells((basic(budget), 0, 0), currency)
    printed = [Printed(("合计", *total))]
    expected = [Expected("", "", "合计", 0, "total", "", total)]
    for unit in budget.units:
        cells = _fund_cells((sum(amount for _, amount in unit.basic), 0, 0), currency)
        printed.append(Printed((unit.name, *cells), 0))
        expected.append(Expected("", "", unit.name, 1, "subtotal", unit.name, cells))
        classes = basic_by_class(unit)
        for name, amount in classes:
            cells = _fund_cells((amount, 0, 0), currency)
            printed.append(Printed((name, *cells), 1))
            expected.append(Expected("", "", name, 2, "item", unit.name, cells))
    columns = (("支出项目类别（资金使用单位）",), *_FUNDS)
    rows = printed, expected
    return _made(budget, "budget-basic-by-unit", 11, "部门预算基本支出预算表", columns, (0,), rows)


def _projects_by_unit(budget: PaperBudget) -> MadeTable:
    currency = _unit(budget)
    funds = [spent(budget, fund) for fund in ("general", "managed", "other")]
    total = _fund_cells(funds, currency)
    printed = [Printed(("合计", *total, ""))]
    expected = [Expected("", "", "合计", 0, "total", "", total)]
    for unit in budget.units:
        if not unit.projects:
            continue
        cells = _fund_cells([spent_by_unit(unit, fund) for fund in _FUND_ORDER], currency)
        printed.append(Printed((unit.name, *cells, ""), 0))
        expected.append(Expected("", "", unit.name, 1, "subtotal", unit.name, cells))
        for project in unit.projects:
            split = [project.amount if project.fund == fund else 0 for fund in _FUND_ORDER]
            cells = _fund_cells(split, currency)
            printed.append(Printed((project.name, *cells, project.target), 1))
            row = Expected("", "", project.name, 2, "item", unit.name, cells, project.target)
            expected.append(row)
    columns = (("支出项目类别（资金使用单位）",), *_FUNDS, ("绩效目标",))
    rows = printed, expected
    title = "部门预算项目支出及其他支出预算表"
    return _made(budget, "budget-project-by-unit", 12, title, columns, (0,), rows)


_FUND_ORDER = ("general", "managed", "other")
