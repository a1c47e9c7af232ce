"""Changing one amount of a disclosure, and what the checks find then that they did not before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from generator.checks import run_checks
from generator.checks.book import Book
from generator.checks.catalogue import switched_on
from generator.checks.routes import disagreement_findings
from generator.checks.run import CHECKS
from generator.checks.within import table_findings
from generator.checks.years import year_findings
from generator.facts.normalise import fact_id
from generator.meaning.amounts import to_decimal
from generator.models import Cell, Disclosure, Finding

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A cell of a table: the positions of its table, row and cell in the extract."""

    table: int
    row: int
    cell: int


def places(disclosure: Disclosure) -> list[Place]:
    """All cells of amounts of all tables, key projects included: printed, or blank in a row."""
    return [
        Place(t, r, c)
        for t, table in enumerate(disclosure.extract.tables)
        for r, row in enumerate(table.rows)
        for c in range(len(row.cells))
        if any(row.cells)
    ]


def name_of(disclosure: Disclosure, place: Place) -> str:
    """The identifier of the amount."""
    table = disclosure.extract.tables[place.table]
    row = table.rows[place.row]
    column = table.measures(row.side)[place.cell].id
    prefix = disclosure.prefix
    return fact_id(prefix, table.id, row, column)


def printed_at(disclosure: Disclosure, place: Place) -> str:
    """Where the amount is printed: its table, the number of its row, its side and column."""
    table = disclosure.extract.tables[place.table]
    row = table.rows[place.row]
    column = table.measures(row.side)[place.cell].id
    return ".".join(filter(None, (table.id, f"r{row.number}", row.side, column)))


def with_amount(disclosure: Disclosure, place: Place, change: Decimal) -> Disclosure:
    """The disclosure with one amount ``change`` more; with its size, where that is negative."""
    extract = disclosure.extract
    table = extract.tables[place.table]
    row = table.rows[place.row]
    cell = row.cells[place.cell] or Cell("0", row.line)
    value = to_decimal(cell.printed)
    changed = replace(
        cell, printed=f"{value + change if value + change >= 0 else value - change:,}"
    )
    row = replace(row, cells=_with(row.cells, place.cell, changed))
    table = replace(table, rows=_with(table.rows, place.row, row))
    tables = _with(extract.tables, place.table, table)
    return replace(disclosure, extract=replace(extract, tables=tables))


def _with(items: tuple[T, ...], index: int, item: T) -> tuple[T, ...]:
    return (*items[:index], item, *items[index + 1 :])


def seen_of_amount(disclosure: Disclosure, place: Place) -> Iterator[Finding]:
    """What a changed amount may alter, as it is asked for: first the arithmetic of its own table.

    No other table's own arithmetic can see it, and that is most of the work of all checks.
    """
    extract = disclosure.extract
    alone = replace(extract, tables=(extract.tables[place.table],))
    own = table_findings(Book(replace(disclosure, extract=alone)))
    yield from (each for each in own if each.rule in switched_on({}))
    yield from seen_of_prose(disclosure)


def seen_of_prose(disclosure: Disclosure) -> Iterator[Finding]:
    """What a changed explanation may alter, as it is asked for: all but the tables' arithmetic."""
    book, on = Book(disclosure), switched_on({})
    checks = (check(book) for check in CHECKS if check is not table_findings)
    for found in (*checks, year_findings(book, {}), disagreement_findings(disclosure)):
        yield from (each for each in found if each.rule in on)


class Baseline:
    """What the checks find in a disclosure, to tell what they find besides after a change."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.known = {_identity(each) for each in bad(run_checks(disclosure).findings)}

    def news(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The contradictions and remarks that there were not before, as they are asked for."""
        return (each for each in bad(findings) if _identity(each) not in self.known)


def bad(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Contradictions and remarks."""
    return (each for each in findings if each.outcome in ("differs", "remark"))


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.sentence
