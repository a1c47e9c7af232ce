"""Cells of a typeset grid: where each stands, and how a stacked heading is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Spot = Literal["left", "middle", "right"]


@dataclass(frozen=True)
class CellBox:
    """A cell: its box in points from the left margin and the top, its lines, where they stand."""

    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[str, ...]
    spot: Spot
    indent: int

    def start(self, width: float, size: float) -> float:
        """Where a line of ``width`` begins."""
        if self.spot == "left":
            return self.left + 2 + self.indent * size
        if self.spot == "right":
            return self.right - 2 - width
        return (self.left + self.right - width) / 2


def header_cells(
    columns: Sequence[tuple[str, ...]],
    widths: Sequence[float],
    top: float,
    size: float,
    wrap: Callable[[str, float, float], list[str]],
) -> tuple[list[CellBox], float]:
    """The heading: an outer cell over neighbours that share it, a single one over both rows."""
    starts = [sum(widths[:column]) for column in range(len(columns) + 1)]
    stacked = any(len(path) > 1 for path in columns)
    step = 1.25 * size
    inner = [wrap(path[-1], widths[column] - 4, size) for column, path in enumerate(columns)]
    low = max(len(lines) for lines in inner) * step + 4
    high = step + 4 if stacked else 0.0
    cells = []
    for column, path in enumerate(columns):
        upper = top + high if len(path) > 1 else top
        lines = tuple(inner[column])
        box = CellBox(
            starts[column], upper, starts[column + 1], top + high + low, lines, "middle", 0
        )
        cells.append(box)
        if len(path) > 1 and (column == 0 or columns[column - 1][0] != path[0]):
            end = column
            while end + 1 < len(columns) and columns[end + 1][0] == path[0]:
                end += 1
            left, right = starts[column], starts[end + 1]
            cells.append(CellBox(left, top, right, top + high, (path[0],), "middle", 0))
    return sorted(cells, key=lambda cell: (cell.top, cell.left)), top + high + low
