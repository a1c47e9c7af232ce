"""Putting a doubt on one thing of a disclosure: a cell, a level, a table, a reading, a line."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from generator.models import Disagreement, Disclosure, Row, Table
from tests.mutations import Place, name_of, places


def place_of(disclosure: Disclosure, name: str) -> Place | None:
    """The cell of this identifier; None where it is none, but a figure of the prose."""
    found = (each for each in places(disclosure) if name_of(disclosure, each) == name)
    return next(found, None)


def with_cell(disclosure: Disclosure, place: Place, *, blank: bool = False) -> Disclosure:
    """What stands in the cell is in doubt: a picture, say; ``blank``: and was not read."""

    def doubted(row: Row) -> Row:
        cells = tuple(None if blank and i == place.cell else c for i, c in enumerate(row.cells))
        return replace(row, cells=cells, doubts={place.cell: "picture"})

    return _with_row(disclosure, place, doubted)


def with_level(disclosure: Disclosure, place: Place) -> Disclosure:
    """The level of the cell's row is in doubt."""
    return _with_row(disclosure, place, lambda row: replace(row, level_doubt="indent"))


def with_gap(disclosure: Disclosure, place: Place) -> Disclosure:
    """The cell's table was not read whole."""
    return _with_table(disclosure, place, lambda table: replace(table, gap="有 3 个金额没有读进来"))


def with_other_reading(disclosure: Disclosure, place: Place) -> Disclosure:
    """Another route reads the cell differently."""
    name = name_of(disclosure, place)
    other = Disagreement(name, "flow:pdf", "other.pdf", "9,999.99", 3, 7)
    return replace(disclosure, disagreements=(other,))


def with_line(disclosure: Disclosure, number: int) -> Disclosure:
    """A character of this line is not known."""
    document = disclosure.extract.document
    lines = tuple(
        replace(line, doubts=("unknown_character",)) if line.number == number else line
        for line in document.lines
    )
    document = replace(document, lines=lines)
    return replace(disclosure, extract=replace(disclosure.extract, document=document))


def _with_row(disclosure: Disclosure, place: Place, change: Callable[[Row], Row]) -> Disclosure:
    def changed(table: Table) -> Table:
        rows = tuple(change(r) if i == place.row else r for i, r in enumerate(table.rows))
        return replace(table, rows=rows)

    return _with_table(disclosure, place, changed)


def _with_table(
    disclosure: Disclosure, place: Place, change: Callable[[Table], Table]
) -> Disclosure:
    extract = disclosure.extract
    tables = tuple(change(t) if i == place.table else t for i, t in enumerate(extract.tables))
    return replace(disclosure, extract=replace(extract, tables=tables))
