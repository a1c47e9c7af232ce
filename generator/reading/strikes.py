"""Lines through text: they strike it out, and are no lines of a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from generator.pdf.objects import Char, Edge
from generator.reading.grids import Grid

# A line as near as this, in points, is that of a grid.
_NEAR = 3.0
# It is through a character where it is between these shares of its height.
_HIGH, _LOW = 0.25, 0.75
_COVERED = 0.6
_MOST = 200


def strikes(edges: Sequence[Edge], grids: Sequence[Grid], chars: Sequence[Char]) -> list[Edge]:
    """The horizontal lines that run through characters."""
    candidates = _loose(edges, grids)
    if _narrow(grids, chars):
        candidates += [edge for edge in edges if edge.horizontal and edge not in candidates]
    if not candidates or len(candidates) > _MOST:
        candidates = candidates[:_MOST]
    return [edge for edge in candidates if _is_through(edge, chars)]


def _loose(edges: Sequence[Edge], grids: Sequence[Grid]) -> list[Edge]:
    """The horizontal lines that no grid is made of."""
    ys = sorted({y for grid in grids for y in grid.ys})
    found = []
    for edge in edges:
        if edge.horizontal and not edge.filled:
            index = bisect_left(ys, edge.at - _NEAR)
            if index == len(ys) or ys[index] > edge.at + _NEAR:
                found.append(edge)
    return found


def _narrow(grids: Sequence[Grid], chars: Sequence[Char]) -> bool:
    """Whether a grid has a row too narrow for text: one of its lines may be no rule."""
    sample = chars[:: max(1, len(chars) // 50)]
    sizes = sorted(char.bottom - char.top for char in sample)
    size = sizes[len(sizes) // 2] if sizes else 0.0
    return any(
        below - above < 0.8 * size
        for grid in grids
        for above, below in zip(grid.ys, grid.ys[1:], strict=False)
    )


def _is_through(edge: Edge, chars: Sequence[Char]) -> bool:
    if edge.end - edge.start < 1:
        return False
    covered = sum(
        min(char.x1, edge.end) - max(char.x0, edge.start)
        for char in chars
        if char.x0 < edge.end and char.x1 > edge.start and is_struck(char, edge)
    )
    return covered >= _COVERED * (edge.end - edge.start)


def is_struck(char: Char, edge: Edge) -> bool:
    """Whether a horizontal line runs through the middle of a character, from side to side."""
    high = char.bottom - char.top
    return (
        char.top + _HIGH * high <= edge.at <= char.top + _LOW * high
        and min(char.x1, edge.end) - max(char.x0, edge.start) > 0.5 * (char.x1 - char.x0)
        and bool(char.text.strip())
    )
