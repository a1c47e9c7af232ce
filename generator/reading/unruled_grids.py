"""The grid of a table without rules: its columns, its rows, and the cells merged in its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from generator.reading.grids import Grid, GridCell
from generator.reading.unruled_fitting import (
    MARGIN,
    FittedHeading,
    UnclearError,
    column_of,
    crossed,
)
from generator.reading.unruled_rows import Row
from generator.reading.unruled_spans import HeadingSpan
from generator.reading.unruled_words import WordLine


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page's part of a table: the lines of its heading, if it prints one, and its rows."""

    head: Sequence[WordLine]
    ordinals: Sequence[WordLine]
    rows: Sequence[Row]


class _Fields:
    """The fields of a grid, each its own cell until it is merged with others."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self.xs, self.ys = xs, ys
        count = range(len(ys) - 1), range(len(xs) - 1)
        self.owners = [[(row, column) for column in count[1]] for row in count[0]]

    def merge(self, rows: range, columns: range) -> None:
        """Make one cell of some rows and columns."""
        for row in rows:
            for column in columns:
                self.owners[row][column] = (rows.start, columns.start)

    def grid(self) -> Grid:
        """The grid that they make."""
        members: dict[tuple[int, int], tuple[int, int]] = {}
        for row, line in enumerate(self.owners):
            for column, owner in enumerate(line):
                members[owner] = (row, column)  # the last one is the bottom right
        cells = tuple(self._cell(first, last) for first, last in members.items())
        numbers = {owner: number for number, owner in enumerate(members)}
        fields = tuple(tuple(numbers[owner] for owner in line) for line in self.owners)
        return Grid(tuple(self.xs), tuple(self.ys), cells, fields, aligned=True)

    def _cell(self, first: tuple[int, int], last: tuple[int, int]) -> GridCell:
        (row, column), (bottom, right) = first, last
        return GridCell(
            row,
            column,
            bottom - row + 1,
            right - column + 1,
            self.xs[column],
            self.ys[row],
            self.xs[right + 1],
            self.ys[bottom + 1],
        )


def grid_of(sheet: PagePart, heading: FittedHeading) -> Grid:
    """The grid of one page's part of a table. Raises UnclearError."""
    levels = _level_heights(heading) if sheet.head else []
    rows = [*([line] for line in sheet.ordinals), *sheet.rows]
    tops = [min(line.top for line in row) for row in rows]
    bottoms = [max(line.bottom for line in row) for row in rows]
    ys = [tops[0] - MARGIN]
    if sheet.head:
        first, last = min(line.top for line in sheet.head), max(line.bottom for line in sheet.head)
        shift = first - min(block.top for block in heading.blocks)
        ys = [first - MARGIN, *(y + shift for y in levels), (last + tops[0]) / 2]
    ys += [(above + below) / 2 for above, below in zip(bottoms, tops[1:], strict=False)]
    ys.append(bottoms[-1] + MARGIN)
    if any(above >= below for above, below in pairwise(ys)):
        raise UnclearError("上下两行的文字重叠")
    fields = _Fields(heading.xs, ys)
    if sheet.head:
        _merge_heading(fields, heading, len(levels) + 1)
    _merge_totals(fields, rows, heading, len(levels) + 1 if sheet.head else 0)
    return fields.grid()


def _depth(span: HeadingSpan, spans: Sequence[HeadingSpan]) -> int:
    """How many cells stand above an outer cell of a heading."""
    return sum(
        each.first <= span.first and span.last <= each.last and each.block.top < span.block.top
        for each in spans
    )


def _level_heights(heading: FittedHeading) -> list[float]:
    """The heights between the levels of a heading. Raises UnclearError."""
    depths = [(_depth(span, heading.spans), span.block) for span in heading.spans]
    deep = [sum(s.first <= n <= s.last for s in heading.spans) for n in range(len(heading.columns))]
    leaves = [(depth, column.block) for depth, column in zip(deep, heading.columns, strict=True)]
    found = []
    for level in range(max(deep, default=0)):
        above = max(block.bottom for depth, block in depths if depth == level)
        below = min(block.top for depth, block in (*depths, *leaves) if depth == level + 1)
        if below < above - MARGIN:
            raise UnclearError("上下两层栏目的文字重叠")
        found.append((above + below) / 2)
    return found


def _merge_heading(fields: _Fields, heading: FittedHeading, levels: int) -> None:
    for span in heading.spans:
        depth = _depth(span, heading.spans)
        fields.merge(range(depth, depth + 1), range(span.first, span.last + 1))
    start = 0
    for _, group in groupby(heading.columns, key=lambda column: column.block):
        end = start + len(list(group))
        depth = sum(span.first <= start <= span.last for span in heading.spans)
        fields.merge(range(depth, levels), range(start, end))
        start = end


def _merge_totals(fields: _Fields, rows: Sequence[Row], heading: FittedHeading, start: int) -> None:
    """The word for a total may stand in the middle of several columns of words."""
    for number, row in enumerate(rows, start=start):
        for word in (word for line in row for word in line.words):
            if word.is_total and column_of(word, heading.xs) is None:
                first, last = crossed(word, heading.xs)
                fields.merge(range(number, number + 1), range(first, last + 1))
