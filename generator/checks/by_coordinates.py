"""Tables read by coordinates: what adds up is told by the table itself, and then held against it.

Nobody wrote down which columns of such a table make a total. So a relation is tried out: that a
column headed 合计 is the sum of its neighbours below the same heading, that a row is the sum of
those one level below it. Where it holds in enough places, it is how the table is made, and a place
where it does not hold is a contradiction. Where it is not so, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.checks.book import Book, Spot
from generator.checks.compare import ZERO, Comparison, Figure, compare
from generator.checks.findings import at_spot
from generator.meaning.amounts import UNITS
from generator.meaning.vocabulary import is_sum
from generator.models import Column, Finding, Row, Table

#: In at least so many places, and in at least this share of them, a relation has to hold.
_LEAST, _SHARE = 3, 0.8
#: Such figures are of another sum, or of none.
_APART = ("of_which", "change")
_AGREE = ("holds", "rounding")
#: The qualifier of a column whose heading has a word that nobody knows.
_UNKNOWN = "unknown"

_Tried = tuple[str, Spot, Sequence[Figure], Comparison, str]


def coordinate_findings(book: Book) -> Iterator[Finding]:
    """The findings inside the tables of a disclosure that were read by coordinates."""
    for table in book.tables.values():
        if table.by_coordinates and table.rows and table.unit in UNITS:
            for side in dict.fromkeys(row.side for row in table.rows):
                yield from _Panel(book, table, side).findings()
            yield from _balance(book, table)


class _Panel:
    """One panel of a table under its checks."""

    def __init__(self, book: Book, table: Table, side: str) -> None:
        self.book, self.table = book, table
        self.columns = table.measures(side)
        self.rows = [row for row in table.rows if row.side == side]

    def findings(self) -> Iterator[Finding]:
        """What holds, and what differs where the relation is how the table is made."""
        for total in self.columns:
            yield from self._told(self._made_of(total))
        yield from self._told_of(self._tree_sums())
        yield from self._held(self._totals())

    # Along the columns.

    def _made_of(self, total: Column) -> list[_Tried]:
        """The sum that a column is made as, row by row; nothing where none is.

        A column that is mostly blank may be no part of it: what holds in more places is how the
        table is made.
        """
        for parts in _additive(total, self.columns):
            tried = list(self._row_sums(total, parts))
            if _is_made_so(tried):
                fewer = (list(self._row_sums(total, some)) for some in _without_some(parts))
                best = max([tried, *fewer], key=_agreeing)
                return [e for e in best if e[3].outcome in _AGREE or self._all_known(e[1].row)]
        return []

    def _all_known(self, row: Row) -> bool:
        """Whether a row prints nothing in a column that nobody knows: a sum may lack just that."""
        cells = zip(self.columns, row.cells, strict=True)
        return not any(cell and column.qualifier == _UNKNOWN for column, cell in cells)

    def _row_sums(self, total: Column, parts: Sequence[Column]) -> Iterator[_Tried]:
        for row in self.rows:
            spot = self._spot(row, total)
            if any(row.cells) and not row.qualifier:
                figures = [self.book.figure(self._spot(row, part), part.title) for part in parts]
                yield self._tried("row-sum", spot, figures, "各栏之和")

    # Along the rows.

    def _tree_sums(self) -> Iterator[_Tried]:
        for number, row in enumerate(self.rows):
            below = _children(number, self.rows)
            if below and row.role not in ("total", "of_which"):
                yield from self._columns("tree-sum", row, below, "下级之和")

    def _totals(self) -> Iterator[_Tried]:
        """A total is the sum of the outermost rows above or below it; only what holds is told."""
        for row in self.rows:
            if row.role == "total":
                for parts in _outermost(row, self.rows):
                    yield from self._columns("tree-sum", row, parts, "各行之和")

    def _columns(self, rule: str, total: Row, parts: Sequence[Row], what: str) -> Iterator[_Tried]:
        for column in self.columns:
            spot = self._spot(total, column)
            figures = [self.book.figure(self._spot(part, column), part.label) for part in parts]
            yield self._tried(rule, spot, figures, what)

    def _spot(self, row: Row, column: Column) -> Spot:
        return Spot(self.table, row, column, row.cells[self.columns.index(column)])

    def _tried(self, rule: str, spot: Spot, parts: Sequence[Figure], what: str) -> _Tried:
        return rule, spot, parts, compare(self.book.figure(spot), parts), what

    # What is told.

    def _told(self, tried: Iterable[_Tried]) -> Iterator[Finding]:
        for rule, spot, parts, result, what in tried:
            if result.outcome != "cannot_tell":
                yield at_spot(rule, self.book, spot, parts, result, what)

    def _told_of(self, tried: Iterable[_Tried]) -> Iterator[Finding]:
        every = list(tried)
        made_so = _is_made_so(every)
        return self._told(each for each in every if made_so or each[3].outcome in _AGREE)

    def _held(self, tried: Iterable[_Tried]) -> Iterator[Finding]:
        """Each figure once, where one of the sums that may be meant holds."""
        seen = set()
        for each in tried:
            place = self.book.name(each[1])
            if each[3].outcome in _AGREE and place not in seen:
                seen.add(place)
                yield from self._told([each])


def _agreeing(tried: Sequence[_Tried]) -> int:
    return sum(result.outcome in _AGREE for _, _, _, result, _ in tried)


def _without_some(parts: Sequence[Column]) -> Iterator[list[Column]]:
    """The parts without each of them, and without all those below each outer heading."""
    for left in parts:
        yield [part for part in parts if part is not left]
    for outer in dict.fromkeys(part.path[0] for part in parts):
        yield [part for part in parts if part.path[0] != outer]


def _is_made_so(tried: Sequence[_Tried]) -> bool:
    """Whether a relation holds where it says something: with two parts at least that are not 0."""
    telling = [result for _, _, parts, result, _ in tried if _says_something(parts)]
    judged = [result for result in telling if result.outcome != "cannot_tell"]
    agreeing = sum(result.outcome in _AGREE for result in judged)
    return agreeing >= _LEAST and agreeing >= _SHARE * len(judged)


def _says_something(parts: Sequence[Figure]) -> bool:
    return sum(part.value not in (None, ZERO) for part in parts) > 1


def _additive(total: Column, columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The columns that may make up a total: those below the same heading, the nearest first."""
    if not is_sum(total.path[-1]):
        return
    for depth in range(len(total.path) - 1, -1, -1):
        above = total.path[:depth]
        inside = [
            column
            for column in columns
            if column is not total
            and column.path[:depth] == above
            and column.qualifier not in _APART
            and (column.qualifier == _UNKNOWN or _when(column) == _when(total))
        ]
        parts = _groups(inside, depth)
        if len(parts) > 1:
            yield parts


def _when(column: Column) -> tuple[int | None, str]:
    return column.year, column.budget_phase


def _groups(columns: Sequence[Column], depth: int) -> list[Column]:
    """The columns below one heading: of each group below it its own total, else all of it."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        key = column.path[depth] if len(column.path) > depth else column.id
        groups.setdefault(key, []).append(column)
    found: list[Column] = []
    for group in groups.values():
        totals = [c for c in group if len(c.path) > depth + 1 and is_sum(c.path[-1])]
        found += totals[:1] if totals and len(group) > 1 else group
    return found


def _children(number: int, rows: Sequence[Row]) -> list[Row]:
    """The rows one level below a row, up to the next one of its level."""
    row = rows[number]
    below: list[Row] = []
    for place in range(number + 1, len(rows)):  # no copy of all that follows, for each row
        each = rows[place]
        if each.level <= row.level or each.role == "total":
            break
        if each.role != "of_which":
            below.append(each)
    nearest = min((each.level for each in below), default=0)
    return [each for each in below if each.level == nearest]


def _outermost(total: Row, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows that a total may sum: all of the first level, or the sums and what follows."""
    first = [each for each in rows if each.level == 1 and each.role in ("item", "subtotal")]
    sums = [each for each in first if each.item.startswith("current_year")]
    yield [each for each in first if each not in sums]
    if sums:
        last = first.index(sums[-1])
        yield [*sums, *first[last + 1 :]]


def _balance(book: Book, table: Table) -> Iterator[Finding]:
    """Income and expenditure are printed as equal totals."""
    income = [row for row in table.rows if row.item == "total_income"]
    expenditure = [row for row in table.rows if row.item == "total_expenditure"]
    for row, other in zip(income, expenditure, strict=False):
        column, against = table.measures(row.side)[0], table.measures(other.side)[0]
        spot = Spot(table, row, column, row.cells[0])
        part = book.figure(Spot(table, other, against, other.cells[0]), other.label)
        result = compare(book.figure(spot), [part])
        if result.outcome != "cannot_tell":
            yield at_spot("balance", book, spot, [part], result, f"“{other.label}”")
