"""“Of which” (其中): rows that are only some parts of the row above them.

其中 stands before the first of a list and means all of it: 其中：（1）公务用车购置费, and （2）公务
用车运行费 below it. What has no other parts than these is added up itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.models import Row

#: How a label is numbered, 其中 before it left out; None where it is not.
Numbered = Callable[[Row], int | None]


def with_of_which(rows: Sequence[Row], numbered: Numbered) -> tuple[Row, ...]:
    """Give the rows of one panel that go on a list of 其中 its role, and those above it theirs."""
    found = list(rows)
    for place in range(1, len(found)):
        before, row = found[place - 1], found[place]
        if _goes_on(found, place) and numbered(before) == numbered(row):
            found[place] = replace(row, role="of_which")
    return tuple(_added_up(found, place) for place in range(len(found)))


def _goes_on(rows: Sequence[Row], place: int) -> bool:
    """Whether a row may be one more of the list that is printed deeper than what it is of."""
    before, row = rows[place - 1], rows[place]
    if before.role != "of_which" or row.role != "item" or row.code or row.level != before.level:
        return False
    above = next((each for each in reversed(rows[:place]) if each.role != "of_which"), None)
    return above is not None and above.level < row.level


def _added_up(rows: Sequence[Row], place: int) -> Row:
    """The row: an item where all that is below it is of which."""
    row = rows[place]
    if row.role != "subtotal" or row.code or not row.level:
        return row
    below = []
    for each in rows[place + 1 :]:
        if each.level <= row.level:
            break
        below.append(each.role)
    return replace(row, role="item") if below and {*below} == {"of_which"} else row
