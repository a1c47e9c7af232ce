"""Stepped names: a row's level is told by how far its names reach over several columns of them.

``货物`` stands in the first column, the projects below it in the second, what is bought in the
third; of two that stand in the first in turn, the second is below the first. It is so only where
every row is the sum of those right below it: a column of names may also just be blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from msgspec.structs import replace

from generator.meaning.amounts import read_amount
from generator.meaning.vocabulary import is_total
from generator.models import Role, Row, RuledTable
from generator.tables.coordinates import Panel

_DEEPEST = 3
_DOUBT = "看不出这一行是哪些行的小计"


def steps(panel: Panel, table: RuledTable) -> dict[int, int]:
    """By line, the last column of names that a row fills; empty where names are not stepped.

    What is deeper begins behind the names above it. A row that fills none goes on with the last.
    """
    if len(panel.keys) < 2 or any(key.role != "label" for key in panel.keys):
        return {}
    found: dict[int, int] = {}
    before: int | None = None
    for row in table.body:
        filled = [n for n, key in enumerate(panel.keys) if row.text_in(key.place)]
        if filled and is_total(row.texts[panel.keys[filled[0]].place]):
            continue
        if filled and before is not None and before < filled[-1] and filled[0] <= before:
            return {}
        before = filled[-1] if filled else before
        found[row.line] = before or 0
    return found if len(set(found.values())) > 1 else {}


def with_steps(rows: Sequence[Row], found: dict[int, int]) -> list[Row]:
    """The rows with their levels and roles by their steps; in doubt where sums do not hold."""
    inner = [row for row in rows if row.line in found and row.role != "total"]
    levels = _levels([found[row.line] for row in inner])
    stepped = [replace(row, level=level) for row, level in zip(inner, levels, strict=True)]
    below = [list(_below(stepped, number)) for number in range(len(stepped))]
    sums = [(row, parts) for row, parts in zip(stepped, below, strict=True) if parts]
    sure = max(levels, default=0) <= _DEEPEST and all(_is_sum(*each) for each in sums)
    ranked = {
        row.number: _ranked(row, parts, sure) for row, parts in zip(stepped, below, strict=True)
    }
    return [ranked.get(row.number, row) for row in rows]


def _ranked(row: Row, parts: Sequence[Row], sure: bool) -> Row:
    doubt = row.level_doubt if sure else _DOUBT
    role: Role = "subtotal" if parts else "item"
    return replace(row, level=min(row.level, _DEEPEST), role=role, level_doubt=doubt)


def _levels(depths: Sequence[int]) -> list[int]:
    """The level of each row by its depth; of several outermost rows in turn each is below one."""
    runs = [(depth, len(list(group))) for depth, group in groupby(depths)]
    first = min(depths, default=0)
    outermost = max((length for depth, length in runs[:-1] if depth == first), default=1)
    inner = sorted(set(depths) - {first})
    levels: list[int] = []
    for depth, length in runs:
        if depth != first:
            levels += [outermost + 1 + inner.index(depth)] * length
        else:
            levels += [max(1, outermost - length + 1 + n) for n in range(length)]
    return levels


def _below(rows: Sequence[Row], number: int) -> Iterator[Row]:
    """The rows right below one: those of the next level, up to one that is as high."""
    level = rows[number].level
    for row in rows[number + 1 :]:
        if row.level <= level:
            return
        if row.level == level + 1:
            yield row


def _is_sum(row: Row, parts: Sequence[Row]) -> bool:
    """Whether a row is the sum of others in all columns, but for rounding."""
    for column in range(len(row.cells)):
        whole, *some = (_worth(each, column) for each in (row, *parts))
        least = Decimal(1).scaleb(min(int(w.as_tuple().exponent) for w in (whole, *some)))
        if abs(whole - sum(some)) > least * (len(some) + 1) / 2:
            return False
    return True


def _worth(row: Row, column: int) -> Decimal:
    cell = row.cells[column]
    return Decimal((read_amount(cell.printed).plain or "0") if cell else "0.00")
