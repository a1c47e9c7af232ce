"""Running the checks of one disclosure: each promise of a definition, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.checks.routes import disagreement_findings
from generator.checks.sums import Comparison, Term, compare
from generator.facts.normalise import fact_id, fact_prefix
from generator.models import Checked, Column, Disclosure, Finding, Outcome, Row, Table
from generator.tables.definitions import Checks, ItemSum, definition

_WORDS: dict[Outcome, str] = {
    "holds": "相符",
    "rounding": "相差 {difference} {unit}，在四舍五入的范围内",
    "differs": "相差 {difference} {unit}，对不上",
}


def run_checks(disclosure: Disclosure) -> Checked:
    """Run all checks that the definitions of the tables at hand promise."""
    prefix = fact_prefix(disclosure.department, disclosure.extract)
    findings = tuple(
        finding
        for table in disclosure.extract.tables
        if table.rows
        for finding in _Table(table, prefix).findings()
    )
    return Checked(disclosure, (*findings, *disagreement_findings(disclosure)))


class _Table:
    """One table under its checks."""

    def __init__(self, table: Table, prefix: str) -> None:
        self.table, self.prefix = table, prefix

    def findings(self) -> Iterator[Finding]:
        """All findings of the table, in the order of its definition's checks."""
        checks = definition(self.table.id).checks
        yield from self._row_sums(checks)
        if checks.tree:
            yield from self._tree()
        if checks.units:
            yield from self._units()
        yield from self._item_sums(checks)
        yield from self._balances(checks)

    # Within a row.

    def _row_sums(self, checks: Checks) -> Iterator[Finding]:
        for row_sum in checks.row_sums:
            for row in self.table.rows:
                columns = {column.id: column for column in self.table.measures(row.side)}
                if row_sum.side not in ("", row.side) or row_sum.total not in columns:
                    continue
                if all(cell is None for cell in row.cells):
                    continue  # a row without amounts promises nothing
                parts = [columns[part] for part in row_sum.parts if part in columns]
                yield self._finding(
                    "row-sum",
                    row,
                    columns[row_sum.total],
                    [self._term(row, part, part.title) for part in parts],
                    "各栏之和",
                )

    # Along the codes.

    def _tree(self) -> Iterator[Finding]:
        for side in dict.fromkeys(row.side for row in self.table.rows):
            rows = [row for row in self.table.rows if row.side == side]
            for row in rows:
                children = self._children(row, rows)
                if children:
                    yield from self._columns("tree-sum", row, children, "下级科目之和")

    def _children(self, row: Row, rows: Sequence[Row]) -> list[Row]:
        if row.role == "total":
            return [each for each in rows if each.level == 1 and each.role != "total"]
        below = [each for each in rows if _is_below(row, each)]
        nearest = min((len(each.code) for each in below), default=0)
        return [each for each in below if len(each.code) == nearest]

    # Along the units.

    def _units(self) -> Iterator[Finding]:
        rows = self.table.rows
        units = [row for row in rows if row.level == 1]
        for total in (row for row in rows if row.role == "total"):
            if units:
                yield from self._columns("unit-sum", total, units, "各单位之和")
        for unit in units:
            own = [row for row in rows if row.level == 2 and row.unit == unit.unit]
            if own:
                yield from self._columns("unit-sum", unit, own, "该单位各行之和")

    # Between rows with a meaning.

    def _item_sums(self, checks: Checks) -> Iterator[Finding]:
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
            if row.side == total.side and row.role == "item" and any(row.cells)
        ]

    def _rows(self, item: str, side: str) -> list[Row]:
        return [row for row in self.table.rows if row.item == item and side in ("", row.side)]

    def _balances(self, checks: Checks) -> Iterator[Finding]:
        for first, second in checks.equal:
            for row, other in zip(self._rows(first, ""), self._rows(second, ""), strict=False):
                column = self.table.measures(row.side)[0]
                against = self.table.measures(other.side)[0]
                part = self._term(other, against, other.label)
                yield self._finding("balance", row, column, [part], f"“{other.label}”")

    # Findings.

    def _columns(self, rule: str, total: Row, parts: Sequence[Row], what: str) -> Iterator[Finding]:
        for index, column in enumerate(self.table.measures(total.side)):
            if total.cells[index] is None and all(part.cells[index] is None for part in parts):
                continue
            terms = [self._term(part, column, part.label) for part in parts]
            yield self._finding(rule, total, column, terms, what)

    def _term(self, row: Row, column: Column, label: str) -> Term:
        index = self.table.measures(row.side).index(column)
        name = fact_id(self.prefix, self.table.id, row.number, row.side, column.id)
        return Term(label, name, row.cells[index])

    def _finding(
        self, rule: str, row: Row, column: Column, parts: Sequence[Term], what: str
    ) -> Finding:
        total = self._term(row, column, row.label)
        result = compare(total, parts)
        return Finding(
            rule=rule,
            outcome=result.outcome,
            table=self.table.id,
            row=row.number,
            column=column.id,
            expected=result.expected,
            printed=result.printed,
            difference=result.difference,
            printed_unit=self.table.unit,
            inputs=(total.fact_id, *(part.fact_id for part in parts if part.cell)),
            sentence=self._sentence(row, column, result, what),
            line=row.line,
            side=row.side,
        )

    def _sentence(self, row: Row, column: Column, result: Comparison, what: str) -> str:
        title = definition(self.table.id).title
        place = f"《{title}》“{row.label or row.name}”的“{column.title}”"
        if result.expected is None or result.printed is None:
            return f"{place}缺少数字，无法核对{what}。"
        unit = self.table.unit
        words = _WORDS[result.outcome].format(
            difference=_plain(result.difference, signed=False), unit=unit
        )
        return (
            f"{place}为 {_plain(result.printed)} {unit}，"
            f"{what}为 {_plain(result.expected)} {unit}，{words}。"
        )


def _is_below(row: Row, other: Row) -> bool:
    return bool(row.code) and other.code != row.code and other.code.startswith(row.code)


def _plain(value: Decimal | None, *, signed: bool = True) -> str:
    if value is None:
        return ""
    return f"{value if signed else abs(value):,f}"
