"""Lines through text: they strike it out, and are no lines of a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

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
    candidates = [*_loose(edges, grids), *_within_cells(edges, grids)]
    if narrow := _narrow(grids, chars):
        candidates += _at(edges, narrow)
    return [edge for edge in dict.fromkeys(candidates[:_MOST]) if _is_through(edge, chars)]


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


def _within_cells(edges: Sequence[Edge], grids: Sequence[Grid]) -> list[Edge]:
    """The lines that cross a part of a cell, and so part no cell: a rule would."""
    crossed = [
        (y, cell)
        for grid in grids
        for cell in grid.cells
        if cell.rows > 1
        for y in grid.ys[cell.row + 1 : cell.row + cell.rows]
    ]
    if not crossed:
        return []
    heights = {y for y, _ in crossed}
    return [
        edge
        for edge in _at(edges, heights)
        if any(
            abs(edge.at - y) <= _NEAR and min(edge.end, cell.x1) - max(edge.start, cell.x0) > _NEAR
            for y, cell in crossed
        )
    ]


def _at(edges: Sequence[Edge], heights: Collection[float]) -> list[Edge]:
    ys = sorted(heights)
    found = []
    for edge in edges:
        if edge.horizontal and not edge.filled:
            index = bisect_left(ys, edge.at - _NEAR)
            if index < len(ys) and ys[index] <= edge.at + _NEAR:
                found.append(edge)
    return found


def _narrow(grids: Sequence[Grid], chars: Sequence[Char]) -> set[float]:
    """The lines of rows too narrow for text: one of the two may be no rule."""
    sample = chars[:: max(1, len(chars) // 50)]
    sizes = sorted(char.bottom - char.top for char in sample)
    size = sizes[len(sizes) // 2] if sizes else 0.0
    return {
        y
        for grid in grids
        for above, below in pairwise(grid.ys)
        if below - above < 1.1 * size
        for y in (above, below)
    }


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
