"""Nested rows: kinds of projects above projects, all at one margin, told apart by their amounts.

A table may print a unit, below it the kinds of its projects, below each kind its projects, and
nothing that tells which row is which: then the rows add up to the unit twice, or three times. They
are read as a tree where it comes out even: every row that is not of the last level is, in every
column, the sum of those of the next level right below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from generator.models import Row
from generator.tables.cells import amount_of

_DEEPEST = 3
_Amounts = tuple[Decimal, ...]


def with_nesting(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give the rows below each sum of one panel the levels and roles that their amounts tell."""
    found = list(rows)
    for place, end in _blocks(rows):
        for at, depth, is_last in _tree(rows[place], rows[place + 1 : end]):
            level = min(rows[place].level + depth, _DEEPEST)
            each = place + 1 + at
            found[each] = replace(rows[each], level=level, role="item" if is_last else "subtotal")
    return tuple(found)


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Each sum with rows that nobody knows right below it: its place, and behind the last of them.

    These are of one level: what tells more of them is believed.
    """
    for place, row in enumerate(rows):
        end = place + 1
        while end < len(rows) and _is_plain(rows[end], rows[place + 1]):
            end += 1
        if row.role in ("total", "subtotal") and end > place + 2:
            yield place, end


def _is_plain(row: Row, first: Row) -> bool:
    unknown = row.role == "item" and not (row.code or row.item or row.qualifier)
    return unknown and row.level == first.level


def _tree(whole: Row, rows: Sequence[Row]) -> list[tuple[int, int, bool]]:
    """The depth of each row, and whether it is of the last; none where it does not come out even.

    The rows add up to the whole as often as there are levels.
    """
    target, amounts = _amounts(whole), [_amounts(row) for row in rows]
    if target is None or not any(target):
        return []
    known = [each for each in amounts if each is not None]
    levels = _times(_sum(known), target) if len(known) == len(rows) else 0
    if levels < 2:
        return []
    left, depths = [target], list[int]()
    for amount in known:
        while len(left) > 1 and not any(left[-1]):
            left.pop()
        depths.append(len(left))
        left[-1] = _less(left[-1], amount)
        if len(left) < levels:
            left.append(amount)
    even = not any(map(any, left)) and depths[-1] == levels
    return [(at, depth, depth == levels) for at, depth in enumerate(depths)] if even else []


def _times(amounts: _Amounts, target: _Amounts) -> int:
    """How often amounts are others, in every column; 0 where it is not a whole number."""
    times = {one / other if other else None for one, other in zip(amounts, target, strict=True)}
    even = all(other or not one for one, other in zip(amounts, target, strict=True))
    told = times - {None}
    first = next(iter(told), None) if len(told) == 1 and even else None
    return int(first) if first is not None and first == int(first) else 0


def _sum(amounts: Sequence[_Amounts]) -> _Amounts:
    return tuple(sum(column, Decimal(0)) for column in zip(*amounts, strict=True))


def _less(amounts: _Amounts, other: _Amounts) -> _Amounts:
    return tuple(one - two for one, two in zip(amounts, other, strict=True))


def _amounts(row: Row) -> _Amounts | None:
    """The amounts of a row, blank ones as zero; None where one cannot be read."""
    found = [amount_of(cell) for cell in row.cells]
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) else None
