"""Units that a table does not print: that of another which prints the same greatest amount.

Its greatest amount is mostly a total that another table of the document prints as well; where all
such tables are in one unit, so is this one. Otherwise the table stays without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from generator.meaning.amounts import is_decimal, to_decimal
from generator.meaning.definitions import titled
from generator.meaning.furniture import is_known_unit
from generator.models import Kind, RuledTable
from generator.problems import Report

# An amount of fewer digits may stand in two tables by chance.
_DIGITS = 5

_Units = Mapping[Decimal, set[tuple[str, str]]]


def with_units(ruled: Sequence[RuledTable], kind: Kind, report: Report) -> Sequence[RuledTable]:
    """The tables, those of a known title in a unit where it can be told."""
    if all(table.unit for table in ruled):
        return ruled
    units = _units(ruled)
    return [_with_unit(table, units, kind, report) for table in ruled]


def _with_unit(table: RuledTable, units: _Units, kind: Kind, report: Report) -> RuledTable:
    if table.unit or not table.title or not titled(table.title, kind):
        return table
    greatest = max((value for value in _amounts(table)), default=None)
    found = units.get(greatest, set()) if greatest is not None else set()
    if len({unit for unit, _ in found}) != 1:
        return table
    unit, other = min(found)
    report.add(
        "unit-from-table",
        table.first_line,
        title=table.title,
        unit=unit,
        other=other,
        text=greatest,
    )
    return replace(table, unit=unit)


def _units(ruled: Sequence[RuledTable]) -> _Units:
    """The units, with the titles of their tables, in which amounts are printed."""
    found: dict[Decimal, set[tuple[str, str]]] = defaultdict(set)
    for table in ruled:
        if is_known_unit(table.unit):
            for value in _amounts(table):
                found[value].add((table.unit, table.title))
    return found


def _amounts(table: RuledTable) -> Iterator[Decimal]:
    for row in table.body:
        for text in row.texts:
            printed = text.replace(" ", "")
            if is_decimal(printed) and sum(map(str.isdigit, printed)) >= _DIGITS:
                yield to_decimal(printed)
