"""Fitting: the words of rows and of a heading become columns, where just one way fits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.reading.unruled_columns import (
    Cluster,
    ColumnPlace,
    column_edges,
    find_clusters,
    match_headings,
)
from generator.reading.unruled_headings import (
    NEXT,
    HeadingBlock,
    heading_blocks,
    split_leaves,
    union,
)
from generator.reading.unruled_spans import HeadingSpan, spans_of
from generator.reading.unruled_words import Word, WordLine

#: Points that a table is wider than its words.
MARGIN = 2.0


class UnclearError(Exception):
    """More than one reading fits, or none; it says why."""


@dataclass(frozen=True, slots=True)
class FittedHeading:
    """The columns of a table, the edges between them, and the cells over several of them."""

    columns: Sequence[ColumnPlace]
    xs: Sequence[float]
    spans: Sequence[HeadingSpan]

    @property
    def blocks(self) -> list[HeadingBlock]:
        """All its cells."""
        return [
            *(column.block for column in self.columns),
            *(span.block for span in self.spans),
        ]


def fit_heading(head: Sequence[WordLine], lines: Sequence[WordLine], size: float) -> FittedHeading:
    """The columns and what stands above them. Raises UnclearError."""
    if not head:
        raise UnclearError("没有栏目")
    clusters = find_clusters(lines, size)
    why = ""
    for near in NEXT:
        try:
            return _fitting(head, clusters, size, near)
        except UnclearError as error:
            why = why or str(error)
    raise UnclearError(why)


def _fitting(
    head: Sequence[WordLine], clusters: Sequence[Cluster], size: float, near: float
) -> FittedHeading:
    """The heading, if the lines of its cells are as near as that. Raises UnclearError."""
    blocks = heading_blocks(head, [(each.x0, each.x1) for each in clusters], size, near)
    if not blocks:
        raise UnclearError("栏目的文字看不出哪些属于同一栏")
    leaves, outer = split_leaves(blocks)
    columns = match_headings(clusters, leaves, size)
    if columns is None:
        raise UnclearError("各栏的数字与栏目对不上")
    below = [column.block for column in columns]
    found = [
        _with_whole_cells(FittedHeading(columns, edges.xs, spans))
        for edges in column_edges(columns, MARGIN)
        if (spans := spans_of(outer, below, edges, size)) is not None
    ]
    if not found or any(each.spans != found[0].spans for each in found):
        raise UnclearError("看不出上层栏目包括哪几栏")
    if any(_is_across_panels(span, columns) for span in found[0].spans):
        raise UnclearError("上层栏目的位置不居中，看不出包括哪几栏")
    return found[0]


def _is_across_panels(span: HeadingSpan, columns: Sequence[ColumnPlace]) -> bool:
    """Whether a heading is over the amounts of one panel and the words and amounts of the next."""
    kinds = [column.is_of_figures for column in columns[span.first : span.last + 1]]
    words = kinds.index(False) if False in kinds else len(kinds)
    return kinds[0] and True in kinds[words:]


def _with_whole_cells(heading: FittedHeading) -> FittedHeading:
    """What stands over just one heading is the upper part of that, wrapped over lines."""
    columns, spans = list(heading.columns), list[HeadingSpan]()
    for span in sorted(heading.spans, key=lambda span: -span.block.top):
        below = {columns[number].block for number in range(span.first, span.last + 1)}
        if len(below) > 1:
            spans.append(span)
            continue
        block = union(below.pop(), span.block)
        for number in range(span.first, span.last + 1):
            columns[number] = replace(columns[number], block=block)
    return replace(heading, columns=columns, spans=spans)


def column_of(word: Word, xs: Sequence[float]) -> int | None:
    """The column in which a word lies whole."""
    column = bisect_right(xs, word.x0) - 1
    inside = 0 <= column < len(xs) - 1 and word.x1 <= xs[column + 1]
    return column if inside else None


def crossed(word: Word, xs: Sequence[float]) -> tuple[int, int]:
    """The first and the last column into which a word reaches."""
    return max(0, bisect_right(xs, word.x0) - 1), min(len(xs) - 2, bisect_right(xs, word.x1) - 1)
