"""Within a table: the arithmetic that each table's definition promises, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from generator.checks.book import Book, Spot
from generator.checks.compare import Figure, compare, differs
from generator.checks.findings import at_spot
from generator.meaning.amounts import UNITS
from generator.meaning.definitions import definition
from generator.meaning.written import ItemSum, TableChecks
from generator.models import Column, Disclosure, Finding, Row, Table


def table_findings(book: Book) -> Iterator[Finding]:
    """All findings inside the tables of one disclosure, table by table."""
    for promise in _promises(book):
        spot, parts = promise.spot, promise.parts
        result = compare(book.figure(spot), parts)
        yield at_spot(promise.rule, book, spot, parts, result, promise.what)


def adds_up(disclosure: Disclosure) -> bool:
    """Whether nothing inside the tables differs: what tells a doubtful reading from a sound one."""
    book = Book(disclosure)
    return not any(differs(book.figure(each.spot), each.parts) for each in _promises(book))


class _Promise(NamedTuple):
    """A figure that must be the sum of its parts; ``what`` names these in words."""

    rule: str
    spot: Spot
    parts: Sequence[Figure]
    what: str


def _promises(book: Book) -> Iterator[_Promise]:
    for table in book.tables.values():
        if table.rows and table.unit in UNITS and not table.by_coordinates:
            yield from _CheckedTable(book, table).promises()


class _CheckedTable:
    """One table under its checks."""

    def __init__(self, book: Book, table: Table) -> None:
        self.book, self.table = book, table
        self.measures = cache(table.measures)

    def promises(self) -> Iterator[_Promise]:
        """All that the table promises, in the order of its definition's checks."""
        checks = definition(self.table.id).checks
        yield from self._row_sums(checks)
        yield from self._flows(checks)
        if checks.tree:
            yield from self._tree()
        if checks.units:
            yield from self._units()
        yield from self._item_sums(checks)
        yield from self._balances(checks)

    # Within a row.

    def _row_sums(self, checks: TableChecks) -> Iterator[_Promise]:
        for row_sum in checks.row_sums:
            for row, columns in self._rows_with(row_sum.total, row_sum.side):
                parts = [columns[part] for part in row_sum.parts if part in columns]
                figures = [self._figure(row, part, part.title) for part in parts]
                yield self._promise("row-sum", row, columns[row_sum.total], figures, "各栏之和")

    def _flows(self, checks: TableChecks) -> Iterator[_Promise]:
        """年末 = 年初 + 收入 - 支出, as the columns of a row have it."""
        for flow in checks.flows:
            for row, columns in self._rows_with(flow.result, ""):
                signed = [*((name, 1) for name in flow.plus), *((name, -1) for name in flow.minus)]
                if any(name not in columns for name, _ in signed):
                    continue
                figures = [
                    self._figure(row, columns[name], columns[name].title, sign)
                    for name, sign in signed
                ]
                what = "年初结转加本年收入、减本年支出"
                yield self._promise("fund-flow", row, columns[flow.result], figures, what)

    def _rows_with(self, total: str, side: str) -> Iterator[tuple[Row, dict[str, Column]]]:
        for row in self.table.rows:
            columns = {column.id: column for column in self.measures(row.side)}
            # A row without amounts promises nothing.
            if side in ("", row.side) and total in columns and any(row.cells):
                yield row, columns

    # Along the codes.

    def _tree(self) -> Iterator[_Promise]:
        for side in dict.fromkeys(row.side for row in self.table.rows):
            rows = [row for row in self.table.rows if row.side == side]
            below = _below(rows)
            for row in rows:
                children = self._children(row, rows, below.get(row.code, ()))
                if children:
                    yield from self._columns("tree-sum", row, children, "下级科目之和")

    def _children(self, row: Row, rows: Sequence[Row], below: Sequence[Row]) -> list[Row]:
        if row.role == "total":
            return [each for each in rows if each.level == 1 and each.role != "total"]
        nearest = min((len(each.code) for each in below), default=0)
        return [each for each in below if len(each.code) == nearest]

    # Along the units.

    def _units(self) -> Iterator[_Promise]:
        rows = self.table.rows
        units = [row for row in rows if row.level == 1]
        for total in (row for row in rows if row.role == "total"):
            if units:
                yield from self._columns("unit-sum", total, units, "各单位之和")
        for unit, own in _by_unit(rows):
            if own:
                yield from self._columns("unit-sum", unit, own, "该单位各行之和")

    # Between rows with a meaning.

    def _item_sums(self, checks: TableChecks) -> Iterator[_Promise]:
        for item_sum in checks.sums:
            for total in self._rows(item_sum.total, item_sum.side):
                parts = self._parts(item_sum, total)
                if parts:
                    yield from self._columns("item-sum", total, parts, "各项之和")

    def _parts(self, item_sum: ItemSum, total: Row) -> list[Row]:
        if item_sum.parts:
            return [row for part in item_sum.parts for row in self._rows(part, item_sum.side)]
        return [
            row
            for row in self.table.rows
            if row.side == total.side
            and row.role == "item"
            and (any(row.cells) or row.doubts)
            and not (item_sum.above and row.number >= total.number)
        ]

    def _rows(self, item: str, side: str) -> list[Row]:
        return [row for row in self.table.rows if row.item == item and side in ("", row.side)]

    def _balances(self, checks: TableChecks) -> Iterator[_Promise]:
        for first, second in checks.equal:
            for row, other in zip(self._rows(first, ""), self._rows(second, ""), strict=False):
                column = self.measures(row.side)[0]
                against = self.measures(other.side)[0]
                part = self._figure(other, against, other.label)
                yield self._promise("balance", row, column, [part], f"“{other.label}”")

    # Promises.

    def _columns(
        self, rule: str, total: Row, parts: Sequence[Row], what: str
    ) -> Iterator[_Promise]:
        for index, column in enumerate(self.measures(total.side)):
            if total.cells[index] is None and all(part.cells[index] is None for part in parts):
                continue
            figures = [self._figure(part, column, part.label) for part in parts]
            yield self._promise(rule, total, column, figures, what)

    def _figure(self, row: Row, column: Column, label: str, sign: int = 1) -> Figure:
        return self.book.figure(self._spot(row, column), label, sign)

    def _spot(self, row: Row, column: Column) -> Spot:
        cell = row.cells[self.measures(row.side).index(column)]
        return Spot(self.table, row, column, cell)

    def _promise(
        self, rule: str, row: Row, column: Column, parts: Sequence[Figure], what: str
    ) -> _Promise:
        return _Promise(rule, self._spot(row, column), parts, what)


def _below(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows below each code that is printed, at whatever distance."""
    found: dict[str, list[Row]] = {row.code: [] for row in rows if row.code}
    for row in rows:
        for length in range(1, len(row.code)):
            if row.code[:length] in found:
                found[row.code[:length]].append(row)
    return found


def _by_unit(rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """The units, each with the rows of the second level that follow it at once."""
    found: list[tuple[Row, list[Row]]] = []
    within = False
    for row in rows:
        if row.level == 1:
            found.append((row, []))
        elif within and row.level == 2:
            found[-1][1].append(row)
        within = row.level == 1 or (within and row.level == 2)
    return found
