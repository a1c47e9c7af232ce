"""Columns: what definitions and disclosures say of each column of the standard tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.meaning.definitions import SIDES, definitions
from generator.models import Column, Disclosure
from generator.packages.resources import Value

#: What is said of a column's amounts, in the order of the register.
_SAID = (
    "direction", "fund_source", "expenditure_type", "budget_phase", "qualifier", "item", "economic",
)  # fmt: skip
_Key = tuple[str, str]  # table and column


@dataclass(frozen=True, slots=True)
class ColumnSaid:
    """What one table says of one of its columns."""

    table: str
    column: str
    title: str
    title_english: str
    holds: str
    said: tuple[str, ...] = ("",) * len(_SAID)


def printed_columns(disclosure: Disclosure) -> tuple[ColumnSaid, ...]:
    """What the tables of a disclosure say of their columns, each thing once."""
    found = (
        _said(table.id, column) for table in disclosure.extract.tables for column in table.columns
    )
    return tuple(dict.fromkeys(found))


def _said(table: str, column: Column) -> ColumnSaid:
    holds = "amount" if column.measure else "text"
    said = tuple(getattr(column, axis) for axis in _SAID)
    return ColumnSaid(table, column.id, column.title, column.title_english, holds, said)


class Columns:
    """The columns that definitions know, and those that disclosures print."""

    def __init__(self) -> None:
        self._found: dict[_Key, dict[ColumnSaid, None]] = {}
        for known in definitions():
            for layout in known.layouts:
                self.add(_said(known.id, column) for column in layout.columns)

    def add(self, said: Iterable[ColumnSaid]) -> None:
        """Take note of what a disclosure says."""
        for each in said:
            self._found.setdefault((each.table, each.column), {})[each] = None

    @property
    def tables(self) -> Iterator[str]:
        """The tables of all columns."""
        return (table for table, _ in self._found)

    def rows(self, named: Iterable[_Key]) -> Iterator[tuple[Value, ...]]:
        """A row for each column, those among them that only amounts name."""
        for table, column in sorted(set(named) - self._found.keys()):
            self.add([ColumnSaid(table, column, column, column, "amount")])
        for key in sorted(self._found):
            yield _row(list(self._found[key]))


def _row(said: list[ColumnSaid]) -> tuple[Value, ...]:
    """What the first says of itself, and what all say of their amounts."""
    first = said[0]
    axes = dict(
        zip(_SAID, map(_same, zip(*(each.said for each in said), strict=True)), strict=True)
    )
    return (
        first.table, first.column, first.title, first.title_english, first.holds,
        *_sided(axes).values(),
    )  # fmt: skip


def _same(values: tuple[str, ...]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _sided(axes: Mapping[str, str]) -> Mapping[str, str]:
    side = axes["direction"]
    return {**axes, "direction": side if side in SIDES else ""}
