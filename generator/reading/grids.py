"""Grids: from the ruling edges of a page to tables of cells, merged ones included.

Edges are snapped together and joined; where they cross they make tables; the fields between them
that no edge parts are one cell. A frame around text is not a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.pdf.objects import Edge

# Points within which edges are the same, join, or meet: pdfplumber's defaults.
_SNAP = 3.0
_SHORTEST = 3.0
# A column narrower than this holds no text: what sticks out is only a line drawn too long.
_OPEN = 12.0

_Run = tuple[float, float]


class GridCell(Struct, frozen=True):
    """A cell: the row and column of its top left field, how many fields it spans, its box."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    top: float
    x1: float
    bottom: float


class Grid(Struct, frozen=True):
    """A table: the coordinates of its lines, its cells, and each field's cell by number."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    fields: tuple[tuple[int, ...], ...]
    #: Whether its lines are not drawn, but told by where its words stand.
    aligned: bool = False

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point, or None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.fields) and 0 <= column < len(self.fields[0]):
            return self.fields[row][column]
        return None


def find_grids(edges: Iterable[Edge]) -> list[Grid]:
    """Find the ruled tables of a page, from top to bottom.

    Where lines make a table, what is only coloured inside it is no cell of its own.
    """
    all_edges = list(edges)
    lines = [edge for edge in all_edges if not edge.filled]
    if len(lines) == len(all_edges) or not lines:
        return _found(all_edges)
    ruled = _found(lines)
    beside = [edge for edge in all_edges if edge.filled and not _within(edge, ruled)]
    return _found([*lines, *beside]) if beside else ruled


def _within(edge: Edge, grids: Sequence[Grid]) -> bool:
    for grid in grids:
        (across, along) = (grid.ys, grid.xs) if edge.horizontal else (grid.xs, grid.ys)
        if (
            across[0] - _SNAP <= edge.at <= across[-1] + _SNAP
            and along[0] - _SNAP <= edge.start
            and edge.end <= along[-1] + _SNAP
        ):
            return True
    return False


def _found(all_edges: Sequence[Edge]) -> list[Grid]:
    horizontals = _merged([edge for edge in all_edges if edge.horizontal])
    verticals = _merged([edge for edge in all_edges if not edge.horizontal])
    grids = [
        grid
        for group in _connected(horizontals, verticals)
        if (grid := _grid(*group)) and len(grid.cells) > 1
    ]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


# ── edges ────────────────────────────────────────────────────────────────────────────────


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Snap edges to common coordinates, and join those that touch or overlap."""
    runs: dict[float, list[_Run]] = defaultdict(list)
    snapped = _snap(sorted({edge.at for edge in edges}))
    for edge in edges:
        runs[snapped[edge.at]].append((edge.start, edge.end))
    horizontal = bool(edges) and edges[0].horizontal
    return [
        Edge(horizontal, at, start, end)
        for at in sorted(runs)
        for start, end in _joined(runs[at])
        if end - start >= _SHORTEST
    ]


def _snap(values: Sequence[float]) -> dict[float, float]:
    """Map each value to the mean of its cluster; a cluster's neighbours are close."""
    clusters: list[list[float]] = []
    for value in values:
        if clusters and value - clusters[-1][-1] <= _SNAP:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return {value: sum(c) / len(c) for c in clusters for value in c}


def _joined(runs: list[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for start, end in sorted(runs):
        if joined and start <= joined[-1][1] + _SNAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _connected(
    horizontals: list[Edge], verticals: list[Edge]
) -> list[tuple[list[Edge], list[Edge]]]:
    """Group edges that meet, directly or through others: each group is a table.

    The horizontal ones come from top to bottom.
    """
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [edge.at for edge in horizontals]
    for j, vertical in enumerate(verticals, start=len(horizontals)):
        first = bisect_left(heights, vertical.start - _SNAP)
        last = bisect_right(heights, vertical.end + _SNAP)
        for i in range(first, last):
            if horizontals[i].start - _SNAP <= vertical.at <= horizontals[i].end + _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = defaultdict(lambda: ([], []))
    for i, edge in enumerate([*horizontals, *verticals]):
        groups[root(i)][0 if edge.horizontal else 1].append(edge)
    # One vertical line is enough: a table of two columns may be open at both sides.
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


# ── fields and cells ─────────────────────────────────────────────────────────────────────


def _grid(horizontals: list[Edge], verticals: list[Edge]) -> Grid | None:
    verticals = [*verticals, *_open_sides(horizontals, verticals)]
    xs = sorted({edge.at for edge in verticals})
    ys = sorted({edge.at for edge in horizontals})
    if len(xs) < 2 or len(ys) < 2:
        return None
    # Between field (i, j) and its right neighbour stands line j + 1, if it is drawn along row i.
    right = _drawn(verticals, xs, ys)
    below = _drawn(horizontals, ys, xs)
    columns = len(xs) - 1
    owner = _regions(len(ys) - 1, columns, right, below)
    members: dict[int, list[int]] = defaultdict(list)
    for field, first in enumerate(owner):
        members[first].append(field)
    numbers = {field: number for number, field in enumerate(members)}
    cells = tuple([_cell(fields, xs, ys) for fields in members.values()])
    places = [numbers[first] for first in owner]
    rows = tuple([tuple(places[n : n + columns]) for n in range(0, len(places), columns)])
    return Grid(tuple(xs), tuple(ys), cells, rows)


def _open_sides(horizontals: list[Edge], verticals: list[Edge]) -> list[Edge]:
    """The sides of a table that is ruled inside but open at the left and right.

    Its horizontal lines all run on to where the sides would be.
    """
    starts, ends = [edge.start for edge in horizontals], [edge.end for edge in horizontals]
    left, right = min(starts), max(ends)
    top, bottom = min(edge.at for edge in horizontals), max(edge.at for edge in horizontals)
    sides = []
    if min(edge.at for edge in verticals) - left > _OPEN and _agree(starts, left):
        sides.append(Edge(False, left, top, bottom))
    if right - max(edge.at for edge in verticals) > _OPEN and _agree(ends, right):
        sides.append(Edge(False, right, top, bottom))
    return sides


def _agree(values: list[float], at: float) -> bool:
    """Whether at least half of the lines, and three of them, reach ``at``; or all of a lone row."""
    reaching = sum(abs(value - at) <= _SNAP for value in values)
    return reaching == len(values) or (reaching >= 3 and 2 * reaching >= len(values))


def _drawn(edges: list[Edge], ats: list[float], marks: list[float]) -> list[list[bool]]:
    """For each line and each gap between ``marks``, whether the line is drawn along the gap."""
    index = {at: place for place, at in enumerate(ats)}
    drawn = [[False] * (len(marks) - 1) for _ in ats]
    for edge in edges:
        row = drawn[index[edge.at]]
        for gap in range(len(marks) - 1):
            middle = (marks[gap] + marks[gap + 1]) / 2
            if edge.start <= middle <= edge.end:
                row[gap] = True
    return drawn


def _regions(
    rows: int, columns: int, right: list[list[bool]], below: list[list[bool]]
) -> list[int]:
    """The top left field of the cell that each field belongs to: fields without a line between.

    Fields are numbered row by row.
    """
    owner = list(range(rows * columns))

    def root(field: int) -> int:
        while owner[field] != field:
            field = owner[field]
        return field

    def unite(first: int, second: int) -> None:
        low, high = sorted((root(first), root(second)))
        owner[high] = low

    for field in range(rows * columns):
        row, column = divmod(field, columns)
        if column + 1 < columns and not right[column + 1][row]:
            unite(field, field + 1)
        if row + 1 < rows and not below[row + 1][column]:
            unite(field, field + columns)
    return [root(field) for field in owner]


def _cell(fields: list[int], xs: list[float], ys: list[float]) -> GridCell:
    rows, columns = zip(*[divmod(field, len(xs) - 1) for field in fields], strict=True)
    row, column, last, right = min(rows), min(columns), max(rows), max(columns)
    return GridCell(
        row,
        column,
        last - row + 1,
        right - column + 1,
        xs[column],
        ys[row],
        xs[right + 1],
        ys[last + 1],
    )
