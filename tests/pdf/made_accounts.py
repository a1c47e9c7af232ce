"""Made final accounts as they are typeset: the ten tables of ``tests.made_accounts`` in cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.made_accounts import Accounts, tables
from tests.made_rows import Row, Table
from tests.pdf.made_rows import Expected, MadeDocument, MadeTable, Printed

_CODE = (("项目", "科目编码"), ("项目", "科目名称"))
_VEHICLES = "公务用车购置及运行费"
_SPENT = ("小计", "基本支出", "项目支出")
_EXPENSES: tuple[tuple[str, ...], ...] = (
    ("合计",), ("因公出国（境）费",), (_VEHICLES, "小计"), (_VEHICLES, "公务用车购置费"),
    (_VEHICLES, "公务用车运行费"), ("公务接待费",),
)  # fmt: skip
_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
_COLUMNS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: tuple((side, each) for side in ("收入", "支出") for each in ("项目", "行次", "决算数")),
    2: (*_CODE, ("本年收入合计",), ("财政拨款收入",), ("上级补助收入",), ("事业收入",),
        ("经营收入",), ("附属单位上缴收入",), ("其他收入",)),
    3: (*_CODE, ("本年支出合计",), ("基本支出",), ("项目支出",), ("上缴上级支出",), ("经营支出",),
        ("对附属单位补助支出",)),
    4: (*(("收入", each) for each in ("项目", "行次", "金额")),
        *(("支出", each) for each in ("项目", "行次", "合计", *_FUNDS))),
    5: (*_CODE, ("本年支出合计",), ("基本支出",), ("项目支出",)),
    6: tuple((side, each) for side in ("人员经费", "公用经费")
             for each in ("科目编码", "科目名称", "金额")),
    7: tuple((phase, *path) for phase in ("预算数", "决算数") for path in _EXPENSES),
    8: (*_CODE, ("年初结转和结余",), ("本年收入",), *(("本年支出", each) for each in _SPENT),
        ("年末结转和结余",)),
    9: (*_CODE, *(("本年支出", each) for each in _SPENT)),
    10: (("科目名称",), ("合计",), ("纳入预算管理",), ("纳入财政专户管理",)),
}  # fmt: skip


def document(accounts: Accounts) -> MadeDocument:
    """Final accounts, as they are typeset and must be read back."""
    budget = accounts.budget
    made = tuple(_table(table, budget.money) for table in tables(accounts))
    return MadeDocument(budget.department, budget.year, "决算", ("完成各项任务。",), made)


def _table(table: Table, unit: str) -> MadeTable:
    columns = _COLUMNS[table.number]
    labels = {7: (), 10: (0,)}.get(table.number, (1,))
    sided = {1: ("income", "expenditure"), 4: ("income", "expenditure"), 6: ("personnel", "public")}
    if table.number in sided:
        labels = ()
        printed = tuple(_beside(table, sided[table.number]))
    else:
        printed = tuple(_printed(table.number, row) for row in table.rows)
    expected = tuple(
        Expected(row.side, row.code, row.name, row.level, row.role, row.unit, row.amounts)
        for row in table.rows
    )
    return MadeTable(table.id, table.number, table.title, unit, columns, labels, printed, expected)


def _printed(number: int, row: Row) -> Printed:
    if number == 7:
        return Printed(row.amounts)
    if number == 10:
        return Printed((row.label, *row.amounts), max(0, row.level - 1))
    return Printed((row.code, row.name, *row.amounts), row.indent)


def _beside(table: Table, sides: Sequence[str]) -> Iterator[Printed]:
    """Rows of two sides, each with its number, or of two panels, each with its code."""
    last = max(row.number for row in table.rows)
    columns = _COLUMNS[table.number]
    width = len([path for path in columns if path[0] == columns[-1][0]])
    for number in range(1, last + 1):
        cells: list[str] = []
        for place, side in enumerate(sides):
            rows = [row for row in table.rows if (row.number, row.side) == (number, side)]
            size = width if place else len(columns) - width
            first = str(number + place * last)
            own = _side(table.number, rows[0], first) if rows else ["", first]
            own = own if rows or table.number != 6 else []
            cells += [*own, *[""] * (size - len(own))]
        yield Printed(tuple(cells))


def _side(number: int, row: Row, ordinal: str) -> list[str]:
    if number == 6:
        return [row.code, row.name, *row.amounts]
    return [row.label, ordinal, *row.amounts]
