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
    """The heading: an outer cell over neighbours that share it, an inner one down to the rows."""
    starts = [sum(widths[:column]) for column in range(len(columns) + 1)]
    depth = max(len(path) for path in columns)
    step = 1.25 * size
    inner = [wrap(path[-1], widths[column] - 4, size) for column, path in enumerate(columns)]
    high = step + 4
    bottom = top + (depth - 1) * high + max(len(lines) for lines in inner) * step + 4
    cells = []
    for column, path in enumerate(columns):
        left, right, upper = starts[column], starts[column + 1], top + (len(path) - 1) * high
        cells.append(CellBox(left, upper, right, bottom, tuple(inner[column]), "middle", 0))
        for level in range(len(path) - 1):
            shared = path[: level + 1]
            if column and columns[column - 1][: level + 1] == shared:
                continue
            end = column + 1
            while end < len(columns) and columns[end][: level + 1] == shared:
                end += 1
            upper = top + level * high
            text = (path[level],)
            cells.append(CellBox(left, upper, starts[end], upper + high, text, "middle", 0))
    return sorted(cells, key=lambda cell: (cell.top, cell.left)), bottom
