"""Whose the key projects are: of a unit printed above them, named behind them, or found by amount.

The list names projects of the project table, and says in one of three ways whose they are: a row of
the unit with the total of those below it; the unit in brackets behind the project; or not at all.
A project that stands in several rows there (of one unit, or of several) may be listed as one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from generator.meaning.amounts import to_decimal
from generator.meaning.wording import canonical_unit, fold
from generator.models import Row
from generator.tables.rows import TableReading
from generator.tables.unit_levels import Level, LevelEvidence, weigh_levels

_IN_BRACKETS = re.compile(r"^(?P<name>.+?)[（(](?P<unit>[^（）()]{3,})[）)]$")


def assign_key_units(
    rows: Sequence[Row], projects: Sequence[Row], reading: TableReading
) -> list[Row]:
    """Give each key project its unit and its plain name; report what no project is found for."""
    units = {canonical_unit(project.unit): project.unit for project in projects if project.unit}
    by_name: dict[str, list[Row]] = defaultdict(list)
    for project in projects:
        by_name[fold(project.name)].append(project)
    assigned: list[Row] = []
    above = ""
    for row, level in zip(rows, _levels(rows, by_name, units), strict=True):
        if level.is_unit:
            above = units.get(canonical_unit(row.name), row.name)
            assigned.append(replace(row, role="subtotal", level=1, unit=above))
            continue
        named = _named(row, above, by_name, units)
        deep = 2 if above else row.level
        named = replace(named, level=deep, level_doubt=level.doubt)
        assigned.append(_matched(named, by_name.get(fold(named.name), ()), reading))
    return assigned


def _levels(rows: Sequence[Row], names: Collection[str], units: dict[str, str]) -> list[Level]:
    """Where units are listed with the totals of their projects: which rows are units."""
    said = [_is_unit(row, names, units) for row in rows]
    if not any(said):
        return [Level(False)] * len(rows)
    return weigh_levels(rows, [LevelEvidence(each, None) for each in said])


def _is_unit(row: Row, names: Collection[str], units: dict[str, str]) -> bool | None:
    if fold(row.name) in names:
        return False
    return True if canonical_unit(row.name) in units else None


def _named(
    row: Row, above: str, by_name: Mapping[str, Sequence[Row]], units: dict[str, str]
) -> Row:
    """The row with the unit that stands above it, or in brackets behind its name."""
    match = _IN_BRACKETS.match(row.name.strip())
    if match is None or fold(row.name) in by_name:
        return replace(row, unit=above)
    name, said = match["name"].strip(), canonical_unit(match["unit"])
    named = {unit for known, unit in units.items() if known.endswith(said)}
    same = by_name.get(fold(name), ())
    equal = {project.unit for project in same if _amount(project) == _amount(row)}
    # A unit's short name (一所) is no name of the tables: then the amount has to tell.
    found = {project.unit for project in same} & named or equal
    return replace(row, name=name, unit=found.pop()) if len(found) == 1 else row


def _matched(row: Row, same: Sequence[Row], reading: TableReading) -> Row:
    """Give the row the unit of the project of the same name with its amount: its own, else another.

    The row above may be of a unit with others below it, which have projects of their own.
    """
    own = [project for project in same if project.unit == row.unit]
    for those in (own, same):
        equal = {project.unit for project in those if _amount(project) == _amount(row)}
        if found := equal if len(equal) == 1 else _whole(row, those):
            return replace(row, unit=found.pop() if len(found) == 1 else "")
    reading.report.add("key-project-unmatched", row.line, text=row.label)
    return replace(row, unit=row.unit or (same[0].unit if len(same) == 1 else ""))


def _whole(row: Row, same: Sequence[Row]) -> set[str]:
    """The units whose rows of one name make the amount together: one unit's, or all of them."""
    by_unit: dict[str, list[Row]] = {}
    for project in same:
        by_unit.setdefault(project.unit, []).append(project)
    for unit, rows in by_unit.items():
        if len(rows) > 1 and _sum(rows) == _amount(row):
            return {unit}
    return set(by_unit) if len(same) > 1 and _sum(same) == _amount(row) else set()


def _sum(rows: Sequence[Row]) -> Decimal:
    return sum((amount for row in rows if (amount := _amount(row)) is not None), Decimal(0))


def _amount(row: Row) -> Decimal | None:
    cell = row.cells[0]
    return to_decimal(cell.printed) if cell else None
