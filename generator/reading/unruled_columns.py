"""Columns of a table without rules: where words stand above one another, with gaps that persist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, pairwise

from generator.reading.unruled_headings import HeadingBlock
from generator.reading.unruled_words import Word, WordLine

# A gap that parts columns, in shares of the type size: beside amounts, and between words.
_GAP, _WORDS_GAP = 0.25, 0.5
# What it costs a column to have no heading, or a heading to have no column, in sizes of type.
_ALONE = 4.0
# What it costs at most that they do not stand above one another.
_FAR = 7.0
# The outermost columns may be so many points wider than what stands in them.
_ROOM = 60.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Words of rows that stand above one another, or a heading over nothing."""

    x0: float
    x1: float
    words: tuple[Word, ...]

    @property
    def is_of_figures(self) -> bool:
        """Whether it is a column of amounts: at least one is sure, and no other word is in it."""
        return (
            any(word.is_sure for word in self.words)
            and all(word.is_figure for word in self.words)
            and not all(word.is_code for word in self.words)
        )

    @property
    def is_of_codes(self) -> bool:
        """Whether it is a column of codes."""
        return len(self.words) > 1 and all(word.is_code for word in self.words)


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """A column: the extent of its words and of its heading, and its heading's block.

    Codes and names may share one heading.
    """

    cluster: Cluster | None
    block: HeadingBlock
    x0: float
    x1: float

    @property
    def is_of_figures(self) -> bool:
        """Whether amounts stand in it."""
        return self.cluster is not None and self.cluster.is_of_figures


def find_clusters(lines: Sequence[WordLine], size: float) -> list[Cluster]:
    """Words that overlap from left to right, over all lines; totals may stand over several."""
    words = sorted((w for line in lines for w in line.words if not w.is_total), key=_left)
    groups: list[list[Word]] = []
    right = 0.0
    for word in words:
        if groups and word.x0 - right < _GAP * size:
            groups[-1].append(word)
            right = max(right, word.x1)
        else:
            groups.append([word])
            right = word.x1
    clusters = [Cluster(g[0].x0, max(w.x1 for w in g), tuple(g)) for g in groups]
    return _with_near_words(clusters, size)


def _left(word: Word) -> tuple[float, float]:
    return word.x0, word.top


def _with_near_words(clusters: Sequence[Cluster], size: float) -> list[Cluster]:
    """Words part columns only by a wider gap."""
    joined: list[Cluster] = []
    for cluster in clusters:
        last = joined[-1] if joined else None
        near = last and cluster.x0 - last.x1 < _WORDS_GAP * size
        words = last and not (last.is_of_figures or last.is_of_codes or cluster.is_of_figures)
        if last and near and words:
            joined[-1] = together(last, cluster)
        else:
            joined.append(cluster)
    return joined


def together(first: Cluster, second: Cluster) -> Cluster:
    """Two clusters as one."""
    return Cluster(min(first.x0, second.x0), max(first.x1, second.x1), first.words + second.words)


# ── columns and their headings ───────────────────────────────────────────────────────────


def match_headings(
    clusters: Sequence[Cluster], blocks: Sequence[HeadingBlock], size: float
) -> list[ColumnPlace] | None:
    """Give each cluster its heading, both in their order; None where two ways fit.

    A cluster of words may go without: it belongs to the one beside it. A heading may stand over an
    empty column.
    """
    places: list[ColumnPlace] = []
    waiting: list[Cluster] = []
    for cluster, block in _cheapest(clusters, blocks, size) or ():
        if cluster and block is None:
            waiting.append(cluster)
        elif block:
            places += _below(block, [*waiting, *([cluster] if cluster else [])])
            waiting = []
    if not places or waiting or any(a.x1 >= b.x0 for a, b in pairwise(places)):
        return None
    figures = [cluster for cluster in clusters if cluster.is_of_figures]
    return places if len(figures) == sum(place.is_of_figures for place in places) else None


def _below(block: HeadingBlock, clusters: Sequence[Cluster]) -> list[ColumnPlace]:
    """The columns below one heading: clusters are one, but for codes before the names."""
    if not clusters:
        return [ColumnPlace(None, block, block.x0, block.x1)]
    codes, *names = clusters
    if names and codes.is_of_codes:
        whole = reduce(together, names)
        first = ColumnPlace(codes, block, min(block.x0, codes.x0), codes.x1)
        return [first, ColumnPlace(whole, block, whole.x0, max(block.x1, whole.x1))]
    whole = reduce(together, clusters)
    return [ColumnPlace(whole, block, min(block.x0, whole.x0), max(block.x1, whole.x1))]


_Step = tuple[Cluster | None, HeadingBlock | None]


def _cheapest(
    clusters: Sequence[Cluster], blocks: Sequence[HeadingBlock], size: float
) -> list[_Step] | None:
    """The cheapest way to pair clusters with headings in order; None where another costs as much.

    Where as many headings as clusters stand over one another there is one way.
    """
    best: dict[tuple[int, int], tuple[float, int, list[_Step]]] = {(0, 0): (0.0, 1, [])}
    for i in range(len(clusters) + 1):
        for j in range(len(blocks) + 1):
            ways = []
            if i and j:
                cost = min(_distance(clusters[i - 1], blocks[j - 1]) / size, _FAR)
                step: _Step = (clusters[i - 1], blocks[j - 1])
                ways.append(_way(best[i - 1, j - 1], cost, step))
            if i:
                ways.append(_way(best[i - 1, j], _ALONE, (clusters[i - 1], None)))
            if j:
                ways.append(_way(best[i, j - 1], _ALONE, (None, blocks[j - 1])))
            if ways:
                least = min(way[0] for way in ways)
                near = [way for way in ways if way[0] <= least + 0.5]
                first = min(near, key=lambda way: way[0])
                best[i, j] = (first[0], sum(way[1] for way in near), first[2])
    _, count, steps = best[len(clusters), len(blocks)]
    return steps if count == 1 else None


def _way(
    before: tuple[float, int, list[_Step]], cost: float, step: _Step
) -> tuple[float, int, list[_Step]]:
    return before[0] + cost, before[1], [*before[2], step]


def _distance(cluster: Cluster, block: HeadingBlock) -> float:
    return max(0.0, cluster.x0 - block.x1, block.x0 - cluster.x1)


# ── the edges between columns ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Edges:
    """The left edge of each column and the right edge of the last.

    ``sure``: each heading stands in the middle of its column, which told one edge from another.
    """

    xs: Sequence[float]
    sure: bool


def column_edges(columns: Sequence[ColumnPlace], margin: float) -> list[Edges]:
    """The edges of columns, in the ways in which they may stand.

    The middles of the headings tell one edge from another, and so all of them where the outermost
    columns are no wider than what stands in them. Where that does not fit, the edges are taken in
    the middle of the gaps.
    """
    groups = [list(group) for _, group in groupby(columns, key=lambda column: column.block)]
    ends = [(group[0].x0, group[-1].x1) for group in groups]
    gaps = [(left[1], right[0]) for left, right in pairwise(ends)]
    first, last = ends[0][0], ends[-1][1]
    middles = [group[0].block.middle for group in groups]
    inner = [(a.x1 + b.x0) / 2 for group in groups for a, b in pairwise(group)]
    room = [(first - _ROOM, first), *gaps, (last, last + _ROOM)]
    told = list(_told_by_middles(middles, room, margin))
    if not told:
        told = [[first - margin, *((x0 + x1) / 2 for x0, x1 in gaps), last + margin]]
        return [Edges(sorted((*told[0], *inner)), sure=False)]
    return [Edges(sorted((*xs, *inner)), sure=True) for xs in told]


def _told_by_middles(
    middles: Sequence[float], gaps: Sequence[tuple[float, float]], margin: float
) -> Iterator[list[float]]:
    """Edges such that each heading is in the middle of its column; none where nothing fits.

    Each edge is as far behind the middle as the one before is before it: so all hang on the first,
    or on the last.
    """
    sign, shift = 1, 0.0
    least, most = gaps[0]
    known = [(sign, shift)]
    for middle, (low, high) in zip(middles, gaps[1:], strict=True):
        sign, shift = -sign, 2 * middle - shift
        known.append((sign, shift))
        ends = sorted(((low - shift) * sign, (high - shift) * sign))
        least, most = max(least, ends[0]), min(most, ends[1])
    if least > most:
        return
    by_last = (gaps[-1][0] + margin - shift) * sign
    for start in (by_last, gaps[0][1] - margin, (least + most) / 2):
        if least <= start <= most:
            yield [sign * start + shift for sign, shift in known]
