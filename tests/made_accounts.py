"""Made final accounts: a made budget spent, with what was left of the years before and is left now.

In the dress of 2020: line numbers (行次) between label and amount, title and row of totals again on
each page, blanks at the ends of lines, codes and wrapped names on lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from tests.disclosure_texts import wrap
from tests.made_budgets import CLASSES, FISCAL, THREE_PUBLIC, Atom, Budget, budgets
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
    text_of,
)
from tests.made_tables import coded

_ZERO = ("0.00",)
_INCOME = (
    ("一般公共预算财政拨款收入", "general"), ("政府性基金预算财政拨款收入", "managed"),
    ("国有资本经营预算财政拨款收入", "state"), ("上级补助收入", ""), ("事业收入", "special"),
    ("经营收入", ""), ("附属单位上缴收入", ""), ("其他收入", "other"),
)  # fmt: skip
_FISCAL = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
NON_TAX = (
    "政府性基金收入", "专项收入", "行政事业性收费收入", "罚没收入", "国有资本经营收入",
    "国有资源（资产）有偿使用收入", "捐赠收入", "政府住房基金收入", "其他收入",
)  # fmt: skip
_NON_TAX_PARTS = ("利息收入", "其他利息收入")
_HEAD = "项    目 "
_CODES = ("功能分类 ", "科目编码 ", "科目名称 ")


@dataclass(frozen=True)
class Accounts:
    """The budget spent, to the last atom; ``before`` and ``after`` are what was left of each.

    ``idle`` are codes of funds in whose tables they stand with nothing but zeros. ``approved`` is
    what was budgeted for the four kinds of 三公, ``non_tax`` what was collected of each sort, in
    the budget and in the special account.
    """

    budget: Budget
    before: tuple[Decimal, ...]
    after: tuple[Decimal, ...]
    idle: tuple[Atom, ...]
    approved: tuple[Decimal, ...]
    non_tax: tuple[tuple[Decimal, Decimal], ...]

    def left(self, amounts: Sequence[Decimal]) -> list[Atom]:
        """The atoms with other ``amounts``."""
        pairs = zip(self.budget.atoms, amounts, strict=True)
        return [replace(atom, amount=amount) for atom, amount in pairs]

    @property
    def received(self) -> list[Atom]:
        """The income of the year: what was spent and is left, less what was left before."""
        triples = zip(self.budget.atoms, self.before, self.after, strict=True)
        return [replace(a, amount=a.amount + after - before) for a, before, after in triples]


@st.composite
def accounts(draw: st.DrawFn) -> Accounts:
    """Random accounts that agree with themselves."""
    budget = draw(budgets())
    cents = st.integers(0, 10**9).map(lambda number: Decimal(number) / 100)
    some = st.just(Decimal(0)) | cents
    before = tuple(min(draw(some), atom.amount) for atom in budget.atoms)
    after = tuple(draw(some) for _ in budget.atoms)
    functions = sorted(code for code in budget.names if len(code) == 7)
    idle = tuple(
        Atom(0, None, code, "30201", fund, Decimal(0))
        for fund in ("managed", "state")
        for code in draw(st.lists(st.sampled_from(functions), max_size=3, unique=True))
    )
    approved = tuple(draw(cents) for _ in THREE_PUBLIC)
    non_tax = tuple((draw(some), draw(some)) for _ in NON_TAX)
    return Accounts(budget, before, after, idle, approved, non_tax)


@dataclass(frozen=True)
class Dress:
    """How the accounts look."""

    name_width: int = 9
    rows_of_page: int = 10
    repeat_total: bool = True
    newline: str = "\n"
    spaced: bool = True


def dresses() -> st.SearchStrategy[Dress]:
    """Any width of names, any length of pages."""
    return st.builds(
        Dress,
        name_width=st.integers(6, 30),
        rows_of_page=st.integers(3, 40),
        repeat_total=st.booleans(),
        newline=st.sampled_from(["\n", "\r\n"]),
        spaced=st.booleans(),
    )


# ── tables ───────────────────────────────────────────────────────────────────────────────


def tables(accounts: Accounts) -> list[Table]:
    """The ten tables, in order."""
    budget = accounts.budget
    general = [atom for atom in budget.atoms if atom.fund == "general"]
    received = (
        everything, from_fund(*FISCAL), nothing, from_fund("special"), nothing, nothing,
        from_fund("other"),
    )  # fmt: skip
    spent = (*SPENT, nothing, nothing, nothing)
    return [
        Table("final-summary", 1, "收入支出决算总表", (), _summary(accounts)),
        Table(
            "final-income", 2, "收入决算表",
            ((_HEAD, "本年收入合计 财政拨款收入 上级补助收入 事业收入 经营收入 ", "附属单位上缴",
              "收入 ", "其他收入 ", *_CODES),),
            coded(budget, accounts.received, "function", received),
        ),
        Table(
            "final-expenditure", 3, "支出决算表",
            ((_HEAD, "本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 ", "对附属单位补助",
              "支出 ", *_CODES),),
            coded(budget, budget.atoms, "function", spent),
        ),
        Table(
            "final-appropriation-summary", 4, "财政拨款收入支出决算总表", (),
            _appropriation(accounts),
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
            (_three_public(accounts),),
        ),
        Table(
            "final-government-managed-funds", 8, "政府性基金预算财政拨款收入支出决算表",
            ((_HEAD, "年初结转和结余 本年收入 ", "本年支出 ", "年末结转和结余 功能分类 ",
              "科目编码 ", "科目名称 小计 基本支出 项目支出 "),),
            _managed(accounts),
        ),
        Table(
            "final-state-capital-operations", 9, "国有资本经营预算财政拨款支出决算表",
            (("项    目 本年支出 ", "功能分类 ", "科目编码 ", "科目名称 小计 基本支出 项目支出 "),),
            coded(budget, _of_fund(budget.atoms, accounts, "state"), "function", SPENT),
        ),
        Table(
            "final-non-tax-revenue", 10, "非税收入征缴情况表",
            (("科目名称 合计 纳入预算管理 纳入财政专户管理 ",),),
            _non_tax(accounts),
        ),
    ]  # fmt: skip


def _of_fund(atoms: Sequence[Atom], accounts: Accounts, fund: str) -> list[Atom]:
    return [atom for atom in (*atoms, *accounts.idle) if atom.fund == fund]


def _summary(accounts: Accounts) -> tuple[Row, ...]:
    atoms, income = accounts.budget.atoms, accounts.received
    before, after = accounts.left(accounts.before), accounts.left(accounts.after)
    left = [(name, sums(income, [from_fund(fund)])) for name, fund in _INCOME]
    right = [(name, sums(atoms, [in_class(code)])) for code, name in CLASSES.items()]
    received, spent = sums(income, [everything]), sums(atoms, [everything])
    total = sums([*atoms, *after], [everything])
    ends = [
        ("本年收入合计", received, "本年支出合计", spent),
        ("使用非财政拨款结余", _ZERO, "结余分配", _ZERO),
        ("年初结转和结余", sums(before, [everything]), "年末结转和结余", sums(after, [everything])),
        ("总计", total, "总计", total),
    ]
    return _two_sides(left, right, ends)


_End = tuple[str, tuple[str, ...], str, tuple[str, ...]]
_Cells = Sequence[tuple[str, tuple[str, ...]]]


def _two_sides(left: _Cells, right: _Cells, ends: Sequence[_End]) -> tuple[Row, ...]:
    rows = [
        Row(f"{NUMERALS[index]}、{name}", amounts, name=name, side=side, level=1, number=index + 1)
        for side, cells in (("income", left), ("expenditure", right))
        for index, (name, amounts) in enumerate(cells)
    ]
    for number, (income, received, expenditure, spent) in enumerate(ends, start=len(right) + 1):
        for side, name, amounts in (
            ("income", income, received),
            ("expenditure", expenditure, spent),
        ):
            role, level = _end(name)
            rows += [Row(name, amounts, "", name, side, level, role, number=number)] if name else []
    return tuple(sorted(rows, key=lambda row: (row.number, row.side == "expenditure")))


def _end(name: str) -> tuple[str, int]:
    """The role and the level of a row at the foot."""
    if name == "总计":
        return "total", 0
    if name in _FISCAL:
        return "of_which", 2
    return ("subtotal" if name.endswith("合计") else "item"), 1


def _appropriation(accounts: Accounts) -> tuple[Row, ...]:
    columns = (from_fund(*FISCAL), *(from_fund(fund) for fund in FISCAL))
    atoms, income = accounts.budget.atoms, accounts.received
    before, after = accounts.left(accounts.before), accounts.left(accounts.after)
    left = [(name, sums(income, [from_fund(f)])) for name, f in zip(_FISCAL, FISCAL, strict=True)]
    right = [
        (name, sums([a for a in atoms if a.function.startswith(code)], columns))
        for code, name in CLASSES.items()
    ]
    total = sums([*atoms, *after], columns)
    ends: list[_End] = [
        ("本年收入合计", sums(income, columns[:1]), "本年支出合计", sums(atoms, columns)),
        (
            "年初财政拨款结转和结余",
            sums(before, columns[:1]),
            "年末财政拨款结转和结余",
            sums(after, columns),
        ),
        *(
            (name, sums(before, [from_fund(f)]), "", ())
            for name, f in zip(_FISCAL, FISCAL, strict=True)
        ),
        ("总计", total[:1], "总计", total),
    ]
    return _two_sides(left, right, ends)


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


def _three_public(accounts: Accounts) -> Row:
    """One row without a label: the amounts of the budget, then those executed."""
    atoms = [atom for atom in accounts.budget.atoms if atom.fund == "general"]
    spent = tuple(
        sum((a.amount for a in atoms if a.economic == code), Decimal(0)) for code in THREE_PUBLIC
    )
    amounts = [
        text_of(amount)
        for abroad, bought, run, guests in (accounts.approved, spent)
        for amount in (abroad + bought + run + guests, abroad, bought + run, bought, run, guests)
    ]
    title = "一般公共预算财政拨款“三公”经费支出决算表"
    return Row("", tuple(amounts), name=title, role="total", number=1)


def _managed(accounts: Accounts) -> tuple[Row, ...]:
    """What was left, came in, went out in all and by kind, and is left, by code."""
    states = (
        accounts.left(accounts.before), accounts.received, accounts.budget.atoms,
        accounts.left(accounts.after),
    )  # fmt: skip
    before, received, spent, after = (
        coded(accounts.budget, _of_fund(atoms, accounts, "managed"), "function", SPENT)
        for atoms in states
    )
    return tuple(
        replace(s, amounts=(*b.amounts[:1], *r.amounts[:1], *s.amounts, *a.amounts[:1]))
        for b, r, s, a in zip(before, received, spent, after, strict=True)
    )


def _non_tax(accounts: Accounts) -> tuple[Row, ...]:
    """All sorts of non-tax revenue; below one of them stands what it is, and below that again."""
    whole = [sum(column, Decimal(0)) for column in zip(*accounts.non_tax, strict=True)]
    rows = [Row("合计", _collected(*whole), name="合计", role="total", number=1)]
    for index, (name, amounts) in enumerate(zip(NON_TAX, accounts.non_tax, strict=True)):
        cells = _collected(*amounts)
        label = f"{NUMERALS[index]}、{name}"
        rows.append(Row(label, cells, name=name, level=1, number=len(rows) + 1))
        for part in _NON_TAX_PARTS if "资产" in name else ():
            row = Row(part, cells, name=part, level=2, role="of_which", number=len(rows) + 1)
            rows.append(row)
    return tuple(rows)


def _collected(in_budget: Decimal, in_account: Decimal) -> tuple[str, ...]:
    return tuple(map(text_of, (in_budget + in_account, in_budget, in_account)))


# ── text ─────────────────────────────────────────────────────────────────────────────────


def typeset(accounts: Accounts, dress: Dress) -> str:
    """The whole accounts as a text."""
    budget = accounts.budget
    lines = [f"第一部分 {budget.department}概况", "一、部门主要职责", "（一）完成各项任务。"]
    lines.append(f"第二部分 {budget.year} 年部门决算表")
    for table in tables(accounts):
        lines += _pages(budget, table, dress)
        lines.append("注：本表反映部门本年度情况。 ")
    lines += [f"第三部分 {budget.year} 年部门决算情况说明", "一、总体情况说明", "总收支平衡。"]
    lines += ["第四部分 名词解释", "财政拨款收入：指财政当年拨付的资金。"]
    between = dress.newline * (2 if dress.spaced else 1)
    return between.join(lines) + dress.newline


def _pages(budget: Budget, table: Table, dress: Dress) -> Iterator[str]:
    printed = list(_rows(table, dress))
    head = list(_head(budget, table))
    for number, lines in enumerate(printed):
        if number % dress.rows_of_page == 0:
            yield from head
            if number and dress.repeat_total and table.rows[0].role == "total":
                yield from printed[0]
        yield from lines


_SIDED_HEADS = {
    1: (
        "收入 支出 ",
        "项    目 行次 决算数 项    目 行次 决算数 ",
        "栏    次   1 栏    次   2 ",
    ),
    4: (
        "收入 支出 ",
        "项    目 行次 金额 项    目 行次 合计 ",
        *("一般公共预算", "财政拨款 ", "政府性基金预", "算财政拨款 "),
        *("国有资本经营", "预算财政拨款  "),
        "栏    次   1 栏    次   2 3 4 5 ",
    ),
}


def _head(budget: Budget, table: Table) -> Iterator[str]:
    yield from (f" 表 {table.number} ", f"{table.title} ")
    yield f"部门： {budget.department}  单位：{budget.money} "
    if table.number in _SIDED_HEADS:
        yield from _SIDED_HEADS[table.number]
        return
    yield from table.heading[0]
    if table.number != 6:
        numbers = range(1, len(table.rows[0].amounts) + 1)
        yield ("" if table.number == 7 else "栏次 ") + " ".join(map(str, numbers)) + " "


def _rows(table: Table, dress: Dress) -> Iterator[list[str]]:
    if table.number in (1, 4, 6):
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
    order = ("personnel", "public") if table.number == 6 else ("income", "expenditure")
    for number in range(1, last + 1):
        sides = {row.side: row for row in table.rows if row.number == number}
        lines = [""]
        for place, side in enumerate(order):
            ordinal = [str(number + place * last)] if table.number != 6 else []
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
