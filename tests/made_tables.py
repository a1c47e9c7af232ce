"""The twelve tables of a made budget: every cell a sum of atoms, rounded when printed.

So all tables agree with each other, to the cent or up to rounding, as those of a correct source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from tests.made_budgets import (
    BROUGHT,
    CLASSES,
    ECONOMY,
    FISCAL,
    FUNDS,
    SUFFIXES,
    THREE_PUBLIC,
    Atom,
    Budget,
)
from tests.made_rows import (
    NUMERALS,
    SPENT,
    Row,
    Table,
    Test,
    everything,
    from_fund,
    in_class,
    is_basic,
    is_carried,
    is_project,
    nothing,
    sums,
)

# What is left from the year before stands with the other money, in the tables without a column.
_BY_FUND = (
    everything, from_fund(*FISCAL), *(from_fund(fund) for fund in FUNDS[:-1]),
    from_fund("other", BROUGHT),
)  # fmt: skip
_FUND_HEADING = (
    ("总计", "财政拨款", "", "", "", "财政专户拨款", "其他资金"),
    ("", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "", ""),
)
_ZERO = ("0.00",)
_CODED_HEADING = (("功能分类科目", ""), ("科目编码", "科目名称"))


def tables(budget: Budget) -> list[Table]:
    """The twelve tables, in order."""
    return [
        _summary(budget, 1),
        _income(budget),
        _expenditure(budget),
        _summary(budget, 4),
        _by_function(budget),
        _by_economy(budget, 6, "基本", is_basic),
        _by_economy(budget, 7, "项目", is_project),
        _three_public(budget),
        _one_fund(budget, 9, "政府性基金", "managed"),
        _one_fund(budget, 10, "国有资本经营", "state"),
        _basic_by_unit(budget),
        _projects(budget),
    ]


# ── two-sided ────────────────────────────────────────────────────────────────────────────


def _summary(budget: Budget, number: int) -> Table:
    whole = number == 1
    atoms = budget.atoms if whole else [a for a in budget.atoms if a.fund in FISCAL]
    spent = [atom for atom in atoms if not is_carried(atom)]
    sources = _SOURCES if whole else _FISCAL_SOURCES
    left = [(label, sums(atoms, [from_fund(*funds)])) for label, funds in sources]
    right = [(name, sums(spent, [in_class(code)])) for code, name in _classes(budget.year)]
    right += [("转移性支出", ("0.00",))] if whole else []
    rows = [*_side(left, "income", 0), *_side(right, "expenditure", 0)]
    rows += _closing(whole, atoms, len(left), len(right))
    return Table(
        "budget-summary" if whole else "budget-appropriation-summary",
        number,
        "收支总体情况表" if whole else "财政拨款收支总体情况表",
        (("收入", "", "支出", ""), ("项目", "预算", "项目", "预算")),
        tuple(sorted(rows, key=lambda row: (row.number, row.side == "expenditure"))),
        "注：财政拨款收支情况包括一般公共预算拨款收支情况。\n本套报表金额单位转换时可能存在尾数误差。",
    )


_SOURCES = (("预算拨款", FISCAL), ("财政专户拨款", ("special",)), ("其他资金", ("other",)))
_FISCAL_SOURCES = tuple(
    zip(("一般公共预算", "政府性基金预算", "国有资本经营预算"), [(f,) for f in FISCAL], strict=True)
)
_ENDS = (
    ("上级补助收入", "对附属单位补助支出"),
    ("附属单位上缴收入", "上缴上级支出"),
    ("用事业基金弥补收支差额", "结转下年"),
)
_FISCAL_ENDS = (("", "结转下年支出"),)
# What is left from the year before takes the place of the institutional fund.
_BROUGHT_ENDS = (*_ENDS[:2], ("上年结转结余", "结转下年"))


def _classes(year: int) -> list[tuple[str, str]]:
    renamed = {"232": "债务还本付息支出"} if year >= 2025 else {}
    return [(code, renamed.get(code, name)) for code, name in CLASSES.items()]


def _side(cells: Sequence[tuple[str, tuple[str, ...]]], side: str, before: int) -> list[Row]:
    return [
        Row(f"{NUMERALS[before + index]}、{name}", amounts, name=name, side=side, level=1,
            number=before + index + 1)
        for index, (name, amounts) in enumerate(cells)
    ]  # fmt: skip


def _closing(whole: bool, atoms: Sequence[Atom], left: int, right: int) -> list[Row]:
    """The rows of sums at the foot, and between them what is carried from and to others."""
    brought, carried = sums(atoms, [from_fund(BROUGHT)]), sums(atoms, [is_carried])
    ends = (_ENDS if brought == _ZERO else _BROUGHT_ENDS) if whole else _FISCAL_ENDS
    income = sums([atom for atom in atoms if atom.fund != BROUGHT], [everything])
    spent = sums([atom for atom in atoms if not is_carried(atom)], [everything])
    rows = _pair("本年收入合计", "本年支出合计", income, spent, "subtotal", right + 1)
    for index, (received, given) in enumerate(ends):
        number = right + 2 + index
        sums_of = brought if received == "上年结转结余" else _ZERO
        entries = _side([(received, sums_of)], "income", left + index) if received else []
        sums_of = carried if given.startswith("结转下年") else _ZERO
        entries += _side([(given, sums_of)], "expenditure", right + index)
        rows += [replace(each, number=number) for each in entries]
    total = sums(atoms, [everything])
    return [*rows, *_pair("收入总计", "支出总计", total, total, "total", right + 2 + len(ends))]


def _pair(
    left: str, right: str, income: tuple[str, ...], spent: tuple[str, ...], role: str, number: int
) -> list[Row]:
    level = 0 if role == "total" else 1
    return [
        Row(label, amounts, name=label, side=side, level=level, role=role, number=number)
        for label, amounts, side in ((left, income, "income"), (right, spent, "expenditure"))
    ]


# ── by code ──────────────────────────────────────────────────────────────────────────────


def coded(
    budget: Budget, atoms: Sequence[Atom], key: str, columns: Sequence[Test]
) -> tuple[Row, ...]:
    known = {**CLASSES, **ECONOMY, **budget.names}
    longest = {getattr(atom, key) for atom in atoms}
    codes = sorted({code[:size] for code in longest for size in (3, 5, 7) if size <= len(code)})
    rows = [Row("合计", sums(atoms, columns), name="合计", role="total", number=1)]
    below = _grouped(atoms, lambda atom: [getattr(atom, key)[:size] for size in (3, 5, 7)])
    for number, code in enumerate(codes, start=2):
        own = below[code]
        level = len(code) // 2
        role = "item" if code in longest else "subtotal"
        rows.append(
            Row(code, sums(own, columns), code, known[code], "", level, role, "", "", level - 1,
                number)
        )  # fmt: skip
    return tuple(rows)


def _income(budget: Budget) -> Table:
    columns = (
        everything, *(from_fund(fund) for fund in FISCAL), from_fund("special"), nothing,
        nothing, nothing, from_fund("other"), nothing, nothing, nothing,
    )  # fmt: skip
    top = (
        "合计", "财政拨款收入", "", "", "财政专户拨款收入", "", "其他资金收入", "", "",
        "上级补助收入", "附属单位上缴收入", "用事业基金弥补收支差额",
    )  # fmt: skip
    low = (
        "", "一般公共预算", "政府性基金预算", "国有资本经营预算", "教育收费", "其他专户收入拨款",
        "事业收入", "经营收入", "其他收入", "", "", "",
    )  # fmt: skip
    heading = (_CODED_HEADING[0] + top, _CODED_HEADING[1] + low)
    received = [atom for atom in budget.atoms if atom.fund != BROUGHT]
    rows = coded(budget, received, "function", columns)
    return Table("budget-income", 2, "收入总体情况表", heading, rows)


def _expenditure(budget: Budget) -> Table:
    columns = (*SPENT, nothing, nothing, nothing, is_carried)
    top = (
        "合计", "基本支出", "项目支出", "事业单位经营支出", "对附属单位补助支出", "上缴上级支出",
        "结转下年",
    )  # fmt: skip
    heading = (_CODED_HEADING[0] + top, _CODED_HEADING[1] + ("",) * len(top))
    rows = coded(budget, budget.atoms, "function", columns)
    return Table("budget-expenditure", 3, "支出总体情况表", heading, rows)


def _by_function(budget: Budget) -> Table:
    atoms = [atom for atom in budget.atoms if atom.fund == "general"]
    heading = (
        ("功能科目名称", "一般公共预算支出", "", ""),
        ("", "小计", "其中：基本支出", "项目支出"),
    )
    title = "一般公共预算支出情况表（按功能分类科目）"
    rows = coded(budget, atoms, "function", SPENT)
    return Table("budget-general-public-by-function", 5, title, heading, rows)


def _by_economy(budget: Budget, number: int, word: str, kind: Test) -> Table:
    atoms = [atom for atom in budget.atoms if atom.fund == "general" and kind(atom)]
    part = "basic" if word == "基本" else "project"
    return Table(
        f"budget-general-public-{part}-by-economic-class",
        number,
        f"一般公共预算{word}支出情况表（按经济分类科目）",
        (("部门预算支出经济科目", "预算"),),
        coded(budget, atoms, "economic", [everything]),
    )


def _one_fund(budget: Budget, number: int, word: str, fund: str) -> Table:
    atoms = [atom for atom in budget.atoms if atom.fund == fund]
    heading = (
        _CODED_HEADING[0] + (f"{word}预算支出", "", ""),
        _CODED_HEADING[1] + ("小计", "其中：基本支出", "项目支出"),
    )
    name = {"managed": "government-managed-funds", "state": "state-capital-operations"}[fund]
    note = "注：无。" if atoms else "注：本表本年无发生额。"
    rows = coded(budget, atoms, "function", SPENT) if atoms or not budget.bare else ()
    return Table(f"budget-{name}", number, f"{word}预算支出情况表", heading, rows, note)


def _grouped(
    atoms: Sequence[Atom], keys: Callable[[Atom], Sequence[Hashable]]
) -> Mapping[Hashable, Sequence[Atom]]:
    """The atoms by their keys, each once below one; looked for anew for each row they are many."""
    found: dict[Hashable, list[Atom]] = defaultdict(list)
    for atom in atoms:
        for each in dict.fromkeys(keys(atom)):
            found[each].append(atom)
    return found


# ── by label ─────────────────────────────────────────────────────────────────────────────


def _three_public(budget: Budget) -> Table:
    columns = (from_fund(*FISCAL), *(from_fund(fund) for fund in FISCAL))
    named = (
        ("行政经费", ("302",), 0, "total", 0),
        ("“三公”经费", tuple(THREE_PUBLIC), 0, "total", 0),
        ("其中：（一）因公出国（境）支出", ("30212",), 1, "item", 2),
        ("（二）公务用车购置及运行维护支出", ("31013", "30231"), 1, "subtotal", 5),
        ("1.公务用车购置费", ("31013",), 2, "item", 8),
        ("2.公务用车运行维护费", ("30231",), 2, "item", 8),
        ("（三）公务接待费支出", ("30217",), 1, "item", 5),
    )
    rows = [
        Row(label, sums([a for a in budget.atoms if a.economic.startswith(codes)], columns),
            name=_plain(label), level=level, role=role, indent=deep, number=number)
        for number, (label, codes, level, role, deep) in enumerate(named, start=1)
    ]  # fmt: skip
    heading = (("项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),)
    title = "财政拨款安排的行政经费及“三公”经费预算表"
    return Table("budget-operating-and-three-public", 8, title, heading, tuple(rows))


def _plain(label: str) -> str:
    rest = label.removeprefix("其中：")
    return rest[3:] if rest.startswith("（") else rest[2:] if rest[1] == "." else rest


# ── by unit ──────────────────────────────────────────────────────────────────────────────


def _basic_by_unit(budget: Budget) -> Table:
    atoms = [atom for atom in budget.atoms if atom.project is None]
    rows = [Row("合计", sums(atoms, _BY_FUND), name="合计", role="total", number=1)]
    for index, unit in enumerate(budget.units):
        own = [atom for atom in atoms if atom.unit == index]
        rows.append(_unit(unit, own, len(rows) + 1))
        for code in sorted({atom.economic[:3] for atom in own}):
            amounts = sums([a for a in own if a.economic.startswith(code)], _BY_FUND)
            name = ECONOMY[code]
            rows.append(Row(name, amounts, "", name, "", 2, "item", unit, "", 1, len(rows) + 1))
    heading = tuple(
        (first, *cells)
        for first, cells in zip(("支出项目类别（资金使用单位）", ""), _FUND_HEADING, strict=True)
    )
    return Table("budget-basic-by-unit", 11, "部门预算基本支出预算表", heading, tuple(rows))


def _unit(name: str, atoms: Sequence[Atom], number: int) -> Row:
    return Row(name, sums(atoms, _BY_FUND), "", name, "", 1, "subtotal", name, number=number)


def other_name(unit: str) -> str:
    """The name under which the project table prints a unit of the table of basic expenditure."""
    for suffix, other in SUFFIXES.items():
        if suffix and unit.endswith(suffix):
            return unit.removesuffix(suffix) + other
    return unit


def _projects(budget: Budget) -> Table:
    atoms = [atom for atom in budget.atoms if is_project(atom)]
    rows = [Row("合计", sums(atoms, _BY_FUND), name="合计", role="total", number=1)]
    by_project = _grouped(atoms, lambda atom: [atom.project])
    for index, unit in enumerate(map(other_name, budget.units)):
        own = [atom for atom in atoms if atom.unit == index]
        if own:
            rows.append(_unit(unit, own, len(rows) + 1))
        for place, project in enumerate(budget.projects):
            if project.unit == index:
                amounts = sums(by_project[place], _BY_FUND)
                rows.append(Row(project.name, amounts, "", project.name, "", 2, "item", unit,
                                project.target, 2, len(rows) + 1))  # fmt: skip
    heading = tuple(
        (first, *cells, last)
        for first, cells, last in zip(
            ("支出项目类别（资金使用单位）", ""), _FUND_HEADING, ("绩效目标", ""), strict=True
        )
    )
    title = "部门预算项目支出及其他支出预算表"
    return Table("budget-project-by-unit", 12, title, heading, tuple(rows))


def key_projects(budget: Budget) -> list[Row]:
    """The rows of the key projects in the prose, numbered, with one amount each."""
    table = _projects(budget)
    keys = {(project.unit, project.name) for project in budget.projects if project.key}
    units = [other_name(unit) for unit in budget.units]
    chosen = [r for r in table.rows if r.level == 2 and (units.index(r.unit), r.name) in keys]
    return [
        replace(row, amounts=row.amounts[:1], number=number, level=0)
        for number, row in enumerate(chosen, start=1)
    ]
