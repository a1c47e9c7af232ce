"""Column roles: which columns of a table sum others, and which are parts.

Whoever adds up the columns of a row adds those that are parts, as whoever adds up the rows of a
column adds those that are items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.meaning.definitions import definition
from generator.meaning.trees import is_part
from generator.models import Column, ColumnRole, Table

_AXES = ("fund_source", "expenditure_type", "item", "economic")


def column_roles(table: Table, side: str) -> Mapping[str, ColumnRole]:
    """The role of each column of amounts of a side, by what its heading means.

    A table that is known says of some columns that they sum up to another.
    """
    columns = table.measures(side)
    sums = definition(table.id).checks.row_sums if not table.by_coordinates else ()
    parts = {name for each in sums for name in each.parts}
    totals = {each.total for each in sums}
    return {
        each.id: _role(each, columns, below=each.id in parts, above=each.id in totals)
        for each in columns
    }


def _role(column: Column, columns: Sequence[Column], *, below: bool, above: bool) -> ColumnRole:
    if column.qualifier == "of_which":
        return "of_which"
    if column.qualifier == "change":
        return "change"
    own = [each for each in columns if each.qualifier != "change" and _same_time(column, each)]
    below = below or any(_is_part(column, other) for other in own)
    above = above or any(_is_part(other, column) for other in own)
    return ("subtotal" if above else "part") if below else "total"


def _same_time(one: Column, other: Column) -> bool:
    return (one.budget_phase, one.year) == (other.budget_phase, other.year)


def _is_part(column: Column, of: Column) -> bool:
    """Whether what a column means is part of what another means: on one axis, or on several."""
    pairs = [(axis, getattr(column, axis), getattr(of, axis)) for axis in _AXES]
    pairs.append(("qualifier", column.qualifier, of.qualifier))
    differing = [pair for pair in pairs if pair[1] != pair[2]]
    return bool(differing) and all(is_part(*pair) for pair in differing)
