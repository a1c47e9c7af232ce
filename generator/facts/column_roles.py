"""Column roles: which columns of a table sum others, and which are parts.

Whoever adds up the columns of a row adds those that are parts, as whoever adds up the rows of a
column adds those that are items.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from generator.meaning.definitions import definition
from generator.meaning.trees import is_another_view, is_part
from generator.meaning.vocabulary import is_total
from generator.meaning.wording import fold
from generator.models import Column, ColumnRole, Table

_SUBTOTAL = "小计"
_AXES = ("fund_source", "expenditure_type", "item", "economic")


def column_roles(table: Table, side: str) -> Mapping[str, ColumnRole]:
    """The role of each column of amounts of a side, by what its heading means.

    A table that is known says of some columns that they sum up to another.
    """
    columns = table.measures(side)
    sums = definition(table.id).checks.row_sums if not table.by_coordinates else ()
    parts = {name for each in sums for name in each.parts}
    totals = {each.total for each in sums}
    return {each.id: _told(each.id, parts, totals) or _role(each, columns) for each in columns}


def _told(column: str, parts: Collection[str], totals: Collection[str]) -> ColumnRole | None:
    """The role of a column that the sums of its table name as a part; None where they do not."""
    if column not in parts:
        return None
    return "subtotal" if column in totals else "part"


def _role(column: Column, columns: Sequence[Column]) -> ColumnRole:
    if column.qualifier == "of_which" or _is_another_view(column, columns):
        return "of_which"
    if column.qualifier == "change":
        return "change"
    own = [each for each in columns if _is_added(each) and _same_time(column, each)]
    below = any(_is_below(column, other) for other in own)
    above = any(_is_below(other, column) for other in own)
    return ("subtotal" if above else "part") if below else "total"


def _is_another_view(column: Column, columns: Sequence[Column]) -> bool:
    """Whether it counts once more what columns without its item count."""
    return is_another_view("item", column.item) and any(not each.item for each in columns)


def _is_added(column: Column) -> bool:
    return column.qualifier not in ("change", "of_which")


def _same_time(one: Column, other: Column) -> bool:
    return (one.budget_phase, one.year) == (other.budget_phase, other.year)


def _is_below(column: Column, of: Column) -> bool:
    """Whether a column is part of another: by the heading that both are under, else by meaning.

    What sums a group of columns sums all below its heading. What was brought forward is part of
    what it stands beside, and not of the like under another heading (本年收入, 上年结转).
    """
    if column is of:
        return False
    group = _group(of)
    if group is not None:
        return column.path[: len(group)] == group and _group(column) != group
    beside = column.qualifier == of.qualifier or column.path[:-1] == of.path[:-1]
    return beside and _is_part(column, of)


def _group(column: Column) -> tuple[str, ...] | None:
    """The headings of the columns that a column sums; None where its own says nothing of a sum."""
    last = column.path[-1] if column.path else ""
    return column.path[:-1] if is_total(last) or fold(last) == _SUBTOTAL else None


def _is_part(column: Column, of: Column) -> bool:
    """Whether what a column means is part of what another means: on one axis, or on several."""
    pairs = [(axis, getattr(column, axis), getattr(of, axis)) for axis in _AXES]
    pairs.append(("qualifier", column.qualifier, of.qualifier))
    differing = [pair for pair in pairs if pair[1] != pair[2]]
    return bool(differing) and all(is_part(*pair) for pair in differing)
