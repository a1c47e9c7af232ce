"""Summing rows: rows whose amounts are the sums of the rows below them, which no level tells.

Where words say nothing, amounts speak: where those of a row are, in every column, the sums of two
or more rows right below it that nobody knows (of the last row: of all above it), it sums these and
is not added up with them. So does a row right above what is, by words, part of it: 财政拨款 above
一般公共预算; and a class above one whose code is misprinted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from generator.meaning.amounts import decimals
from generator.meaning.trees import is_part
from generator.models import Row
from generator.tables.cells import amount_of

#: Sums of rounder amounts than these come about by chance: 20 is 10 and 10.
_TELLING_DIGITS = 4
_FUNDS = "fund_source"
_NONE = Decimal(0)


def with_sums(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give the rows of one panel that sum others the role of a sum; the rest stay as they are.

    Levels stay, too: what is told by amounts alone must accuse nobody of a wrong sum.
    """
    places = [place for place, row in enumerate(rows) if row.role == "item"]
    items, found = [rows[place] for place in places], list(rows)
    untotalled = not any(row.role == "total" for row in rows)
    for at, summed in _sums(items):
        whole = untotalled and summed == len(items) - 1
        place = places[at]
        found[place] = replace(found[place], role="total" if whole else "subtotal")
    return tuple(found)


def _sums(items: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The places of rows that sum others, from the last one up, each with how many it sums."""
    if not items:
        return
    count, half = len(items), _half(items)
    columns = [_Column(items, at) for at in range(min(len(row.cells) for row in items))]
    behind = {True: count, False: count}  # where the next row is that is unknown, or known
    for at in reversed(range(count)):
        ends = [
            end for end in _ends(items, at, behind) if _add_up(columns, (at + 1, end, at), half)
        ]
        if ends:
            yield at, ends[0] - at - 1
        for column in columns:
            column.put(at, added=not ends)
        behind[_is_unknown(items[at])] = at
    last = count - 1
    unknown = last > 1 and _is_unknown(items[last]) and _tells(items[last])
    if unknown and _add_up(columns, (0, last, last), half):
        yield last, last


def _is_unknown(row: Row) -> bool:
    """Whether nobody knows a row; what is called a unit by its own name alone may be none."""
    named = not row.unit or row.unit == row.label.strip()
    return named and not (row.code or row.item or row.qualifier)


def _ends(items: Sequence[Row], at: int, behind: Mapping[bool, int]) -> list[int]:
    """Where the rows may end that a row sums."""
    row = items[at]
    if row.code:
        return [end] if (end := _end(items, at, _is_misprinted)) > at + 1 else []
    parts = _end(items, at, lambda each: is_part(_FUNDS, each.item, row.item)) if row.item else 0
    several = [behind[False]]  # rows that nobody knows, which may be made of a known one
    if _is_unknown(row):
        several = [behind[True], behind[False], len(items)]
    telling = [end for end in several if end > at + 2] if _tells(row) or _is_brought(row) else []
    return [*([parts] if parts > at + 1 else []), *telling]


def _end(items: Sequence[Row], at: int, belongs: Callable[[Row], bool]) -> int:
    """Behind the last of the rows right below one that belong to it."""
    end = at + 1
    while end < len(items) and belongs(items[end]):
        end += 1
    return end


def _is_misprinted(row: Row) -> bool:
    """Whether a row has a code that is none, and so no level."""
    return bool(row.level_doubt) and not row.code


def _tells(row: Row) -> bool:
    """Whether an amount of a row is not round."""
    amounts = [amount_of(cell) or _NONE for cell in row.cells]
    digits = (len(each.normalize().as_tuple().digits) for each in amounts)
    return max(digits, default=0) >= _TELLING_DIGITS


def _is_brought(row: Row) -> bool:
    """Whether a row says what was brought forward: right below it nobody expects anything else."""
    return row.item == "brought_forward" and any(amount_of(cell) for cell in row.cells)


def _add_up(columns: Sequence[_Column], rows: tuple[int, int, int], half: Decimal) -> bool:
    """Whether, in every column, the rows from one to another (not included) add up to a third."""
    return all(column.adds_up(*rows, (rows[1] - rows[0] + 1) * half) for column in columns)


class _Column:
    """The amounts of a column, those of rows that are added up summed from its end on."""

    def __init__(self, items: Sequence[Row], at: int) -> None:
        self.amounts = [amount_of(row.cells[at]) for row in items]
        self.sums = [_NONE] * (len(items) + 1)
        self.unread = [0] * (len(items) + 1)

    def put(self, at: int, *, added: bool) -> None:
        """Sum up to a row, whose own amount is ``added`` or is a sum itself."""
        amount = self.amounts[at]
        self.sums[at] = self.sums[at + 1] + ((amount or _NONE) if added else _NONE)
        self.unread[at] = self.unread[at + 1] + (amount is None)

    def adds_up(self, first: int, end: int, to: int, slack: Decimal) -> bool:
        """Whether all amounts can be read, and their sum is that of the row."""
        amount = self.amounts[to]
        if amount is None or self.unread[first] - self.unread[end]:
            return False
        return abs(self.sums[first] - self.sums[end] - amount) <= slack


def _half(rows: Sequence[Row]) -> Decimal:
    """Half of the last digit that is printed."""
    printed = [cell.printed for row in rows for cell in row.cells if cell]
    return Decimal(1).scaleb(-max(map(decimals, printed), default=0)) / 2
