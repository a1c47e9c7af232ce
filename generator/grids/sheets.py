"""Sheets: what one page has of a ruled table, as cells that know their place and their span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from generator.models import Box, Line, PrintedCell

# Edges of cells that are nearer than this are one line of the grid.
_SNAP = 2.0
# Where the cells of rows end that have none.
_NOWHERE = float("-inf")


class Sheet(Struct, frozen=True):
    """The rows of one grid on one page, and the lines of text above it.

    ``edges`` are the left edges of its columns and the right edge of the last; ``turn`` counts the
    pages that are read, from 0: one that is there twice is read once.
    """

    page: int
    turn: int
    lines: tuple[Line, ...]
    cells: tuple[tuple[PrintedCell, ...], ...]
    edges: tuple[float, ...]
    above: tuple[Line, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.edges) - 1


def split_sheets(lines: Sequence[Line]) -> tuple[list[Sheet], tuple[Line, ...]]:
    """The sheets of a document in their order, and the lines of text below the last one."""
    sheets: list[Sheet] = []
    turns = {page: turn for turn, page in enumerate(dict.fromkeys(line.page for line in lines))}
    rows: list[Line] = []
    text: list[Line] = []
    above: tuple[Line, ...] = ()
    bottom = _NOWHERE
    for line in lines:
        if not line.boxes:
            text.append(line)
            continue
        if not rows or not _goes_on(rows[-1], bottom, line, text):
            if rows:
                sheets.append(_sheet(rows, above, turns))
            rows, above, text = [], tuple(each for each in text if each.text.strip()), []
            bottom = _NOWHERE
        rows.append(line)
        bottom = max([bottom, *(box.bottom for box in line.boxes if box)])
    if rows:
        sheets.append(_sheet(rows, above, turns))
    return sheets, tuple(each for each in text if each.text.strip())


def _goes_on(last: Line, bottom: float, line: Line, text: Sequence[Line]) -> bool:
    """Whether a row belongs to the grid of the rows before it: nothing lies between them.

    ``last`` is the last of these, ``bottom`` where the lowest of their cells ends.
    """
    if line.page != last.page or len(line.boxes) != len(last.boxes):
        return False
    top = min((box.top for box in line.boxes if box), default=None)
    if top is None or bottom == _NOWHERE:
        return True
    if any(each.page == last.page for each in text) and top > bottom + _SNAP:
        return False
    return top <= bottom + _SNAP


def _sheet(rows: Sequence[Line], above: tuple[Line, ...], turns: Mapping[int | None, int]) -> Sheet:
    edges = _edges(rows)
    tops = [min((box.top for box in row.boxes if box), default=0.0) for row in rows]
    tops = list(accumulate(tops, max))  # a row may have no cell of its own
    cells = tuple(tuple(_cells(number, row, edges, tops)) for number, row in enumerate(rows))
    page = rows[0].page
    return Sheet(page or 0, turns[page], tuple(rows), cells, edges, above)


def _edges(rows: Sequence[Line]) -> tuple[float, ...]:
    """The left edge of each column, as its cells have it, and the right edge of the table."""
    lefts: dict[int, float] = {}
    right = 0.0
    for row in rows:
        for column, box in enumerate(row.boxes):
            if box:
                lefts.setdefault(column, box.x0)
                right = max(right, box.x1)
    count = len(rows[0].boxes)
    known = sorted(lefts.items())
    found = [lefts.get(column, _before(known, column)) for column in range(count)]
    return (*found, right)


def _before(known: Sequence[tuple[int, float]], column: int) -> float:
    return max((left for place, left in known if place <= column), default=0.0)


def _cells(
    number: int, row: Line, edges: Sequence[float], tops: Sequence[float]
) -> Iterator[PrintedCell]:
    texts = row.text.split("\t")
    for column, box in enumerate(row.boxes):
        if box is None:
            continue
        doubt = row.doubts[column] if row.doubts else ""
        yield PrintedCell(
            number,
            column,
            _rows_of(box, tops, number),
            _columns_of(box, edges, column),
            texts[column] if column < len(texts) else "",
            row.number,
            box,
            doubt,
        )


def _columns_of(box: Box, edges: Sequence[float], column: int) -> int:
    return max(1, bisect_left(edges, box.x1 - _SNAP, column, len(edges) - 1) - column)


def _rows_of(box: Box, tops: Sequence[float], number: int) -> int:
    """How many of the rows from its own on begin above its bottom."""
    return max(1, bisect_left(tops, box.bottom - _SNAP, number) - number)
