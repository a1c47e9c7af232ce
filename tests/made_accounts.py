"""Made final accounts: the same money as a made budget's, in the tables and the dress of 2020.

Line numbers (行次) between label and amount, title and row of totals again on each page, blanks at
the ends of lines, codes and wrapped names on lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.disclosure_texts import wrap
from tests.made_budgets import CLASSES, FISCAL, THREE_PUBLIC, Budget
from tests.made_rows import (
    NUMERALS,
    SPENT,
    Row,
    Table,
    everything,
    from_fund,
    in_class,
    is_basic,
    nothing,
    sums,
)
from tests.made_tables import coded

_ZERO = ("0.00",)
_INCOME = (
    ("一般公共预算财政拨款收入", "general"), ("政府性基金预算财政拨款收入", "managed"),
    ("国有资本经营预算财政拨款收入", "state"), ("上级补助收入", ""), ("事业收入", "special"),
    ("经营收入", ""), ("附属单位上缴收入", ""), ("其他收入", "other"),
)  # fmt: skip
_HEAD = "项    目 "
_CODES = ("功能分类 ", "科目编码 ", "科目名称 ")


@dataclass(frozen=True)
class Dress:
    """How the accounts look."""

    name_width: int = 9
    rows_of_page: int = 10
    repeat_total: bool = True
    newline: str = "\n"


def dresses() -> st.SearchStrategy[Dress]:
    """Any width of names, any length of pages."""
    return st.builds(
        Dress,
        name_width=st.integers(6, 30),
        rows_of_page=st.integers(3, 40),
        repeat_total=st.booleans(),
        newline=st.sampled_from(["\n", "\r\n"]),
    )


# ── tables ───────────────────────────────────────────────────────────────────────────────


def tables(budget: Budget) -> list[Table]:
    """Summary, income, expenditure, general public budget, its basic part, and 三公."""
    general = [atom for atom in budget.atoms if atom.fund == "general"]
    received = (
        everything, from_fund(*FISCAL), nothing, from_fund("special"), nothing, nothing,
        from_fund("other"),
    )  # fmt: skip
    spent = (*SPENT, nothing, nothing, nothing)
    return [
        Table("final-summary", 1, "收入支出决算总表", (), _summary(budget)),
        Table(
            "final-income", 2, "收入决算表",
            ((_HEAD, "本年收入合计 财政拨款收入 上级补助收入 事业收入 经营收入 ", "附属单位上缴",
              "收入 ", "其他收入 ", *_CODES),),
            coded(budget, budget.atoms, "function", received),
        ),
        Table(
            "final-expenditure", 3, "支出决算表",
            ((_HEAD, "本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 ", "对附属单位补助",
              "支出 ", *_CODES),),
            coded(budget, budget.atoms, "function", spent),
        ),
        Table(
            "final-general-public", 5, "一般公共预算财政拨款支出决算表",
            ((_HEAD, "本年支出合计 基本支出 项目支出 ", *_CODES),),
            coded(budget, general, "function", SPENT),
        ),
        Table(
            "final-general-public-basic", 6, "一般公共预算财政拨款基本支出决算表",
            (("人员经费 公用经费 ", *("经济分类 ", "科目编码 ", "科目名称 金额 ") * 2),),
            _panels(budget),
        ),
        Table(
            "final-three-public", 7, "一般公共预算财政拨款“三公”经费支出决算表",
            (("预算数 决算数 ", *("合计 因公出国（境）费 公务用车购置及运行费 小计 ",
              "公务用车 ", "购置费 ", "公务用车 ", "运行费 公务接待费 ") * 2),),
            (_three_public(budget),),
        ),
    ]  # fmt: skip


def _summary(budget: Budget) -> tuple[Row, ...]:
    total = sums(budget.atoms, [everything])
    left = [(name, sums(budget.atoms, [from_fund(fund)])) for name, fund in _INCOME]
    right = [(name, sums(budget.atoms, [in_class(code)])) for code, name in CLASSES.items()]
    rows = [
        Row(f"{NUMERALS[index]}、{name}", amounts, name=name, side=side, level=1, number=index + 1)
        for side, cells in (("income", left), ("expenditure", right))
        for index, (name, amounts) in enumerate(cells)
    ]
    ends = (
        ("本年收入合计", "本年支出合计", total, "subtotal"),
        ("使用非财政拨款结余", "结余分配", _ZERO, "item"),
        ("年初结转和结余", "年末结转和结余", _ZERO, "item"),
        ("总计", "总计", total, "total"),
    )
    for number, (income, expenditure, amounts, role) in enumerate(ends, start=len(right) + 1):
        for side, name in (("income", income), ("expenditure", expenditure)):
            level = 0 if role == "total" else 1
            rows.append(Row(name, amounts, "", name, side, level, role, number=number))
    return tuple(sorted(rows, key=lambda row: (row.number, row.side == "expenditure")))


def _panels(budget: Budget) -> tuple[Row, ...]:
    """Personnel and public expenses side by side; the totals stand together at the foot."""
    atoms = [atom for atom in budget.atoms if atom.fund == "general" and is_basic(atom)]
    rows: list[Row] = []
    totals: list[Row] = []
    for side, label, people in (("personnel", "人员经费", True), ("public", "公用经费", False)):
        own = [atom for atom in atoms if (atom.economic[:3] in ("301", "303")) == people]
        listed = coded(budget, own, "economic", [everything])
        rows += [replace(row, side=side, number=row.number - 1) for row in listed[1:]]
        total = replace(listed[0], side=side, name=f"{label}合计", label=f"{label}合计")
        totals.append(total)
    last = max((row.number for row in rows), default=0) + 1
    rows += [replace(total, number=last) for total in totals]
    return tuple(sorted(rows, key=lambda row: (row.number, row.side == "public")))


def _three_public(budget: Budget) -> Row:
    """One row without a label: the amounts of the budget, then those executed."""
    atoms = [atom for atom in budget.atoms if atom.fund == "general"]
    kinds = (
        tuple(THREE_PUBLIC),
        ("30212",),
        ("31013", "30231"),
        ("31013",),
        ("30231",),
        ("30217",),
    )
    executed = [sums([a for a in atoms if a.economic in kind], [everything]) for kind in kinds]
    amounts = tuple(amount for (amount,) in executed)
    title = "一般公共预算财政拨款“三公”经费支出决算表"
    return Row("", amounts * 2, name=title, role="total", number=1)


# ── text ─────────────────────────────────────────────────────────────────────────────────


def typeset(budget: Budget, dress: Dress) -> str:
    """The whole accounts as a text."""
    lines = [f"第一部分 {budget.department}概况", "一、部门主要职责", "（一）完成各项任务。"]
    lines.append(f"第二部分 {budget.year} 年部门决算表")
    for table in tables(budget):
        lines += _pages(budget, table, dress)
        lines.append("注：本表反映部门本年度情况。 ")
    lines += [f"第三部分 {budget.year} 年部门决算情况说明", "一、总体情况说明", "总收支平衡。"]
    lines += ["第四部分 名词解释", "财政拨款收入：指财政当年拨付的资金。"]
    return f"{dress.newline}{dress.newline}".join(lines) + dress.newline


def _pages(budget: Budget, table: Table, dress: Dress) -> Iterator[str]:
    printed = list(_rows(table, dress))
    head = list(_head(budget, table))
    for number, lines in enumerate(printed):
        if number % dress.rows_of_page == 0:
            yield from head
            if number and dress.repeat_total and table.rows[0].role == "total":
                yield from printed[0]
        yield from lines


def _head(budget: Budget, table: Table) -> Iterator[str]:
    yield from (f" 表 {table.number} ", f"{table.title} ")
    yield f"部门： {budget.department}  单位：{budget.money} "
    if table.number == 1:
        yield from (
            "收入 支出 ",
            "项    目 行次 决算数 项    目 行次 决算数 ",
            "栏    次   1 栏    次   2 ",
        )
        return
    yield from table.heading[0]
    if table.number != 6:
        numbers = range(1, len(table.rows[0].amounts) + 1)
        yield ("" if table.number == 7 else "栏次 ") + " ".join(map(str, numbers)) + " "


def _rows(table: Table, dress: Dress) -> Iterator[list[str]]:
    if table.number in (1, 6):
        yield from _sided(table, dress)
        return
    for row in table.rows:
        cells = " ".join(row.amounts)
        yield _entry(
            [row.code, *wrap(row.label if not row.code else row.name, dress.name_width)], cells
        )


def _entry(pieces: Sequence[str], amounts: str) -> list[str]:
    """One line where the name takes one, else the code, the name's lines and the amounts."""
    code, *name = pieces
    if len(name) == 1:
        return [" ".join(part for part in (code, name[0], amounts) if part) + " "]
    return [*([f"{code} "] if code else []), *name[:-1], f"{name[-1]} ", f"{amounts} "]


def _sided(table: Table, dress: Dress) -> Iterator[list[str]]:
    last = max(row.number for row in table.rows)
    order = ("income", "expenditure") if table.number == 1 else ("personnel", "public")
    for number in range(1, last + 1):
        sides = {row.side: row for row in table.rows if row.number == number}
        lines = [""]
        for place, side in enumerate(order):
            ordinal = [str(number + place * last)] if table.number == 1 else []
            row = sides.get(side)
            pieces = wrap(_label(row), dress.name_width) if row else [""]
            tail = [*ordinal, *(row.amounts if row else ())]
            if len(pieces) > 1:
                lines += [*pieces[:-1], f"{pieces[-1]} ", ""]
                pieces = [""]
            lines[-1] += "".join(f"{cell} " for cell in (*pieces, *tail) if cell)
        yield [line for line in lines if line]


def _label(row: Row) -> str:
    return f"{row.code} {row.name}" if row.code else row.label
