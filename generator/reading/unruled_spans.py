"""Spans: over which columns of a table without rules an outer cell of its heading stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb
from statistics import median

from generator.reading.unruled_columns import Edges
from generator.reading.unruled_headings import HeadingBlock, overlap

# How much better, in sizes of type, one way to part columns among headings must be than another.
_CLEARLY = 0.8
# How far, in sizes, a cell may stand from the middle of the columns below it, by whether their
# edges are known.
_OFF = {True: 0.8, False: 2.5}
_MOST_WAYS = 5000
# Words of one level of a heading stand as high, within this share of the type size.
_LEVEL = 0.25


@dataclass(frozen=True, slots=True)
class HeadingSpan:
    """A cell of a heading over the columns ``first`` to ``last``, and how deep it stands."""

    block: HeadingBlock
    first: int
    last: int


def spans_of(
    outer: Sequence[HeadingBlock],
    leaves: Sequence[HeadingBlock],
    edges: Edges,
    size: float,
) -> list[HeadingSpan] | None:
    """The columns over which each outer cell of a heading stands; None where it cannot be told.

    ``edges`` are the left edges of the columns and the right edge of the last.
    """
    above = list(leaves)
    found: list[HeadingSpan] = []
    for level in _levels(outer):
        free = _below(level, above, leaves, size)
        placed = _placed(level, free, edges, size)
        if placed is None:
            return None
        for span in placed:
            above[span.first : span.last + 1] = [span.block] * (span.last - span.first + 1)
        found += placed
    return found


def _below(
    level: Sequence[HeadingBlock],
    above: Sequence[HeadingBlock],
    leaves: Sequence[HeadingBlock],
    size: float,
) -> list[bool]:
    """Which columns may stand below the cells of a level: those that have no such cell do not.

    A cell beside them that is as high as the whole heading has its words in the middle of it.
    """
    bottom = max(block.bottom for block in level)
    free = [block.top >= bottom - 0.1 * size for block in above]
    under = [
        block
        for block, leaf, may in zip(above, leaves, free, strict=True)
        if may and block is leaf and any(overlap(leaf, each) > 0 for each in level)
    ]
    if not under:
        return free
    fits = [of for of in _PLACES if max(map(of, under)) - min(map(of, under)) <= _LEVEL * size]
    if not fits:
        return free
    place = fits[0]
    usual = median(map(place, under))
    return [
        may and (block is not leaf or abs(place(leaf) - usual) <= _LEVEL * size)
        for block, leaf, may in zip(above, leaves, free, strict=True)
    ]


def _upright(block: HeadingBlock) -> float:
    return (block.top + block.bottom) / 2


def _top(block: HeadingBlock) -> float:
    return block.top


def _bottom(block: HeadingBlock) -> float:
    return block.bottom


# Words stand in the middle of their cells, at their foot or at their head; the first that fits.
_PLACES = (_upright, _bottom, _top)


def _levels(outer: Sequence[HeadingBlock]) -> Iterator[list[HeadingBlock]]:
    """The outer cells by their height, the lowest first."""
    level: list[HeadingBlock] = []
    for block in sorted(outer, key=lambda b: -b.bottom):
        if level and block.bottom <= level[0].top:
            yield sorted(level, key=lambda b: b.x0)
            level = []
        level.append(block)
    if level:
        yield sorted(level, key=lambda b: b.x0)


def _placed(
    level: Sequence[HeadingBlock], free: Sequence[bool], edges: Edges, size: float
) -> list[HeadingSpan] | None:
    """The cells of one level, each over the columns below it, in the middle of which it stands."""
    found: list[HeadingSpan] = []
    for first, last in _runs(free):
        x0, x1 = edges.xs[first], edges.xs[last + 1]
        over = [block for block in level if x0 <= block.middle <= x1]
        if not over:
            continue
        placed = _parted(over, first, last, edges, size)
        if placed is None:
            return None
        found += placed
    whole = all(
        edges.xs[span.first] <= span.block.x0 and span.block.x1 <= edges.xs[span.last + 1]
        for span in found
    )
    return found if whole and len(found) == len(level) else None


def _runs(free: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for index, each in enumerate([*free, False]):
        if each and start is None:
            start = index
        elif not each and start is not None:
            yield start, index - 1
            start = None


def _parted(
    blocks: Sequence[HeadingBlock], first: int, last: int, edges: Edges, size: float
) -> list[HeadingSpan] | None:
    """Neighbouring columns parted among cells that stand side by side above them."""
    count = len(blocks)
    if count > last - first + 1 or comb(last - first, count - 1) > _MOST_WAYS:
        return None
    ways = []
    for cuts in combinations(range(first + 1, last + 1), count - 1):
        bounds = [first, *cuts, last + 1]
        spans = [
            HeadingSpan(block, start, end - 1)
            for block, (start, end) in zip(blocks, pairwise(bounds), strict=True)
        ]
        ways.append((max(_off(span, edges) for span in spans), spans))
    ways.sort(key=lambda way: way[0])
    off, spans = ways[0]
    unclear = len(ways) > 1 and ways[1][0] - off < _CLEARLY * size
    return None if unclear or off > _OFF[edges.sure] * size else spans


def _off(span: HeadingSpan, edges: Edges) -> float:
    """How far a cell is from the middle of the columns below it."""
    return abs(span.block.middle - (edges.xs[span.first] + edges.xs[span.last + 1]) / 2)
