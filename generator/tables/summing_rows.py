"""Summing rows: rows whose amounts are the sums of the rows beside them, which no level tells.

Where the words of a row say nothing, its amounts speak: where they are, in every column, the sums
of two or more rows right below it (of the last row: above it), it sums these and is not added up
with them. So does a row right above those that are, by their words, parts of it: 财政拨款 above
一般公共预算 and the other budgets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from generator.meaning.amounts import decimals, is_dash, read_amount
from generator.meaning.trees import is_part
from generator.models import Cell, Row

#: Sums of rounder amounts than these come about by chance: 20 is 10 and 10.
_TELLING_DIGITS = 4
_NONE = Decimal(0)
_FUNDS = "fund_source"
_Part = tuple[int, int]  # the first of the rows that are added, and the one behind the last


def with_sums(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give the rows of one panel that sum others the role of a sum.

    Levels stay as they are: what is told by amounts alone must accuse nobody of a wrong sum.
    """
    places = [place for place, row in enumerate(rows) if row.role == "item"]
    items, found = [rows[place] for place in places], list(rows)
    if not items:
        return tuple(found)
    columns = [_Column([_amount(row.cells[at]) for row in items]) for at in _columns(items)]
    half = _half(items)
    has_total = any(row.role == "total" for row in rows)
    for at, (first, end) in _sums(items, columns, half):
        place = places[at]
        whole = end - first == len(items) - 1 and not has_total
        found[place] = replace(found[place], role="total" if whole else "subtotal")
    return tuple(found)


def _is_unknown(row: Row) -> bool:
    return not (row.code or row.item or row.qualifier or row.unit)


def _columns(items: Sequence[Row]) -> range:
    return range(min(len(row.cells) for row in items))


def _sums(
    items: Sequence[Row], columns: Sequence[_Column], half: Decimal
) -> Iterator[tuple[int, _Part]]:
    """Which rows sum which: down to the next unknown row, or all that are below or above."""
    last, following = len(items) - 1, len(items)
    for at in reversed(range(len(items))):
        parts = [(at + 1, _end_of_parts(items, at))]
        if _is_unknown(items[at]):
            parts = [(at + 1, following), (at + 1, len(items)), *([(0, at)] if at == last else [])]
            parts = [each for each in parts if each[1] - each[0] > 1 and _tell(columns, at)]
            following = at
        for part in parts:
            slack = (part[1] - part[0] + 1) * half
            if part[0] < part[1] and all(each.adds_up(at, part, slack) for each in columns):
                yield at, part
                break


def _end_of_parts(items: Sequence[Row], at: int) -> int:
    """Where the rows end that are right below another and by their words parts of it."""
    end = at + 1
    while items[at].item and end < len(items) and is_part(_FUNDS, items[end].item, items[at].item):
        end += 1
    return end


def _tell(columns: Sequence[_Column], at: int) -> bool:
    """Whether what rows should add up to is not round, in a column at least."""
    return any(column.tells(at) for column in columns)


class _Column:
    """The amounts of a column, added up from its head on."""

    def __init__(self, amounts: Sequence[Decimal | None]) -> None:
        self.amounts = amounts
        known = [each or _NONE for each in amounts]
        self.before = [_NONE, *accumulate(known)]
        self.unread = [0, *accumulate(each is None for each in amounts)]

    def tells(self, at: int) -> bool:
        """Whether what the rows should add up to is not round."""
        digits = (self.amounts[at] or _NONE).normalize().as_tuple().digits
        return len(digits) >= _TELLING_DIGITS

    def adds_up(self, at: int, part: _Part, slack: Decimal) -> bool:
        """Whether all amounts can be read, and their sum is that of the row."""
        amount = self.amounts[at]
        if amount is None or self.unread[part[1]] - self.unread[part[0]]:
            return False
        return abs(self.before[part[1]] - self.before[part[0]] - amount) <= slack


def _amount(cell: Cell | None) -> Decimal | None:
    """The amount of a cell, None where it cannot be read; what is blank adds nothing."""
    if cell is None or is_dash(cell.printed):
        return _NONE
    plain = read_amount(cell.printed).plain
    return None if plain is None else Decimal(plain)


def _half(rows: Sequence[Row]) -> Decimal:
    """Half of the last digit that is printed."""
    printed = [cell.printed for row in rows for cell in row.cells if cell]
    return Decimal(1).scaleb(-max(map(decimals, printed), default=0)) / 2
