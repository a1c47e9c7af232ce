"""The book: what one disclosure printed, ready to be looked up by the checks.

A *reference* names printed figures in one line: ``table[rows].column``. ``rows`` is an item of the
table's definition (``total_income``), ``total``, ``class`` (the functional class at hand),
``code:30227``, or ``path`` (the functional item at hand). Without a column it is the first one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from generator.checked_files import refuse, with_nearest
from generator.checks.compare import ZERO, Figure
from generator.facts.normalise import fact_id, row_class
from generator.meaning.amounts import UNITS, decimals, to_decimal
from generator.meaning.definitions import definition, definitions
from generator.meaning.wording import fold
from generator.models import Cell, Column, Disclosure, Row, Statement, Table
from generator.problems import DefinitionError
from generator.strict_yaml import Keys

_Item = TypeVar("_Item")
_Key = TypeVar("_Key")
_REFERENCE = re.compile(r"^(?P<table>[a-z-]+)\[(?P<rows>[a-z_]+(?::\w+)?)\](?:\.(?P<column>\w+))?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a table, printed or blank."""

    table: Table
    row: Row
    column: Column
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed reference."""

    table: str
    rows: str
    column: str


def parse_reference(text: str) -> Reference:
    """Parse ``table[rows].column``. Raises ValueError where it is malformed or names nothing."""
    match = _REFERENCE.match(text)
    if match is None:
        raise ValueError(f"{text!r} is not of the form table[rows].column")
    tables = [each.id for each in definitions()]
    if match["table"] not in tables:
        raise ValueError(f"{with_nearest(match['table'], tables)} is no standard table")
    known = definition(match["table"])
    columns = {column.id for layout in known.layouts for column in layout.columns}
    items = {rule.item for rule in known.rows}
    rows, column = match["rows"], match["column"] or ""
    special = rows in ("total", "class", "path", "coded") or rows.startswith("code:")
    if column and column not in columns:
        near = with_nearest(column, sorted(columns))
        raise ValueError(f"{near} is no column of {match['table']}")
    if not special and rows not in items:
        near = with_nearest(rows, sorted({*items, "total", "class", "path"} - {""}))
        raise ValueError(f"{near} is no row of {match['table']}")
    return Reference(match["table"], rows, column)


def reference_at(file: Path, keys: Keys, text: str) -> Reference:
    """Parse the reference that stands at ``keys`` in ``file``. Raises DefinitionError."""
    try:
        return parse_reference(text)
    except ValueError as wrong:
        refuse(file, keys, str(wrong), DefinitionError)


class Book:
    """All printed figures of one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.extract = disclosure.extract
        self.prefix = disclosure.prefix
        self.tables = {table.id: table for table in disclosure.extract.tables}
        self.statements = {each.statement_id: each for each in disclosure.statements}
        self._steps: dict[str, Decimal] = {}
        self._rows: dict[tuple[str, str], Mapping[object, Sequence[Row]]] = {}

    # Tables.

    def spots(self, reference: Reference, named: Mapping[str, object] | None = None) -> list[Spot]:
        """The cells that ``reference`` names; none where the table or the row is not printed.

        ``named``: the ``class``, the ``path`` and the ``coded`` item that a reference may ask for.
        """
        table = self.tables.get(reference.table)
        if table is None or table.unit not in UNITS:
            return []
        rows = self._meant(table, reference, named or {})
        found = [self._spot(table, row, reference.column) for row in rows]
        return [spot for spot in found if spot is not None]

    def first(self, reference: str) -> Figure | None:
        """The first figure that ``reference`` names; None where it is not printed."""
        spots = self.spots(parse_reference(reference))
        return self.figure(spots[0]) if spots else None

    def _meant(
        self, table: Table, reference: Reference, named: Mapping[str, object]
    ) -> Sequence[Row]:
        meant, _, code = reference.rows.partition(":")
        if meant in ("class", "path", "coded"):
            by = "code" if meant == "coded" else meant
            return self._rows_by(table, by).get(named[meant], ()) if named.get(meant) else ()
        if meant == "code":
            return self._rows_by(table, meant).get(code, ())
        by, name = ("role", "total") if meant == "total" else ("item", meant)
        return self._rows_by(table, by).get(name, ())

    def _rows_by(self, table: Table, by: str) -> Mapping[object, Sequence[Row]]:
        """The rows of a table by what a reference may name them by, sorted once."""
        if (table.id, by) not in self._rows:
            self._rows[table.id, by] = grouped(table.rows, _namers(table)[by])
        return self._rows[table.id, by]

    def _spot(self, table: Table, row: Row, column: str) -> Spot | None:
        for index, each in enumerate(table.measures(row.side)):
            if column in ("", each.id):
                return Spot(table, row, each, row.cells[index])
        return None

    def is_empty(self, table: str) -> bool:
        """Whether a table is printed without any amount."""
        known = self.tables.get(table)
        return known is not None and not any(any(row.cells) for row in known.rows)

    def table_id(self, table: str) -> str:
        """The identifier of a whole table, printed or not, among what findings rest on."""
        return f"{self.prefix}.{table}"

    def whole(self, table: str) -> list[str]:
        """The identifiers of a table and all its cells, on which rests that it is empty."""
        known = self.tables.get(table)
        spots = self._all_spots(known) if known else ()
        return [self.table_id(table), *(self.name(spot) for spot in spots)]

    def _all_spots(self, table: Table) -> Iterator[Spot]:
        for row in table.rows:
            for column, cell in zip(table.measures(row.side), row.cells, strict=True):
                yield Spot(table, row, column, cell)

    def name(self, spot: Spot) -> str:
        """The identifier of a cell, printed or blank."""
        return fact_id(self.prefix, spot.table.id, spot.row, spot.column.id)

    def row_key(self, table: str, number: int | None, side: str) -> str:
        """What a printed row, or a row of words, is known by; blank where none is meant."""
        known = self.tables.get(table)
        if known is None or number is None:
            return ""
        if known.records:
            return known.records[number - 1].key
        rows = self._rows_by(known, "number").get(number, ())
        return next((row.key for row in rows if row.side == side), rows[0].key if rows else "")

    def text_of(self, line: int | None) -> str:
        """What a line of the disclosure prints; blank for none."""
        return self.extract.document.lines[line - 1].text if line else ""

    @cached_property
    def cells(self) -> dict[str, Spot]:
        """All cells of all tables, by their identifiers."""
        return {
            self.name(spot): spot
            for table in self.tables.values()
            for spot in self._all_spots(table)
        }

    def figure_of(self, name: str) -> Figure | None:
        """The figure with this identifier, of a table or of the prose; None where there is none."""
        if spot := self.cells.get(name):
            return self.figure(spot)
        statement = self.statements.get(name)
        return self.stated(statement) if statement else None

    def figure(self, spot: Spot, label: str = "", sign: int = 1) -> Figure:
        """The figure of a cell."""
        table, row = spot.table, spot.row
        return Figure(
            self.name(spot),
            label or row.label or row.name,
            to_decimal(spot.cell.printed) if spot.cell else None,
            table.unit,
            self._step(table),
            table.id in self._sparse,
            sign,
        )

    def _step(self, table: Table) -> Decimal:
        if table.id not in self._steps:
            printed = [cell.printed for row in table.rows for cell in row.cells if cell]
            self._steps[table.id] = step(printed)
        return self._steps[table.id]

    @cached_property
    def _sparse(self) -> frozenset[str]:
        """The tables that never print a zero, so that a blank is their way to write it."""
        return frozenset(name for name, table in self.tables.items() if _is_sparse(table))

    # Prose.

    def about(self, subject: str) -> Sequence[Statement]:
        """The statements about a subject, in their order."""
        return self._about.get(subject, ())

    def within(self, whole: str) -> Sequence[Statement]:
        """The statements about parts of a whole, in their order."""
        return self._within.get(whole, ())

    @cached_property
    def _about(self) -> Mapping[str, Sequence[Statement]]:
        return grouped(self.disclosure.statements, lambda each: each.about)

    @cached_property
    def _within(self) -> Mapping[str, Sequence[Statement]]:
        return grouped(self.disclosure.statements, lambda each: each.within)

    def stated(self, statement: Statement, label: str = "") -> Figure:
        """The figure of a statement."""
        unit = statement.printed_unit
        return Figure(
            statement.statement_id,
            label or statement.subject_text,
            statement.value,
            unit,
            self.prose_step(unit),
        )

    def prose_step(self, unit: str) -> Decimal:
        """One unit of the last decimal that the prose prints of any figure in ``unit``.

        Money, percentages and areas are rounded; vehicles are counted.
        """
        if unit not in (*UNITS, "%", "平方米"):
            return ZERO
        if unit not in self._steps:
            printed = (each for each in self.statements.values() if each.measure != "mentioned")
            self._steps[unit] = step([s.printed for s in printed if s.printed_unit == unit])
        return self._steps[unit]


def grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    """Items by what they have in common, in their order: one look at each, however many ask."""
    found: dict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


def _namers(table: Table) -> Mapping[str, Callable[[Row], object]]:
    """How a row is named by each sort of reference."""
    above = {each.code: fold(each.name) for each in table.rows if each.code}

    def path(row: Row) -> tuple[str, ...]:
        """The folded names of a functional item and of what it belongs to: 类, 款, 项."""
        lengths = (3, 5, 7) if len(row.code) == 7 else ()
        return tuple(above.get(row.code[:length], "") for length in lengths)

    return {
        "number": lambda row: row.number,
        "role": lambda row: row.role,
        "item": lambda row: row.item,
        "code": lambda row: row.code,
        "class": lambda row: row_class(table, row)[0],
        "path": path,
    }


def step(printed: list[str]) -> Decimal:
    """One unit of the most decimals among ``printed`` figures."""
    places = max(map(decimals, printed), default=0)
    return Decimal(1).scaleb(-places)


def _is_sparse(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row.cells]
    return None in cells and not any(cell and to_decimal(cell.printed) == 0 for cell in cells)
