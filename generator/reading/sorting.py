"""Characters sorted into the cells of a page; and what runs from one cell into the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from generator.pdf.objects import Char
from generator.reading.grids import Grid

_FIGURE = frozenset("0123456789.,%-")
_CellPlace = tuple[int, int]  # the grid's number on its page, and the cell's in the grid


class Sorting:
    """Characters sorted into the cells of grids."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        self.grids = grids
        self.inside: list[dict[int, list[Char]]] = [defaultdict(list) for _ in grids]
        self.outside: list[Char] = []
        #: By grid, the cells into or out of which a figure runs over a line.
        self.overflowing: list[set[int]] = [set() for _ in grids]

    def sort(self, chars: Sequence[Char]) -> None:
        """Sort the characters of a page, in their order."""
        before: _CellPlace | None = None
        into: list[Char] = []
        x0 = top = x1 = bottom = 0.0  # of the cell of the character before
        outside = self.outside
        for index, char in enumerate(chars):
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            if x0 <= x < x1 and top <= y < bottom:
                into.append(char)
                continue
            place = self._place(x, y)
            if index and place != before:
                place = self._run_on(chars, index, before, place)
            if place is None:
                outside.append(char)
                x0 = x1 = 0.0
            else:
                cell = self.grids[place[0]].cells[place[1]]
                into = self.inside[place[0]][place[1]]
                into.append(char)
                if cell.rows == cell.columns == 1:
                    x0, top, x1, bottom = cell.x0, cell.top, cell.x1, cell.bottom
                else:  # it may not fill its box
                    x0 = x1 = 0.0
            before = place

    def _run_on(
        self, chars: Sequence[Char], index: int, before: _CellPlace | None, place: _CellPlace | None
    ) -> _CellPlace | None:
        """The cell of a character that is not in the cell of the one before it."""
        first, second = chars[index - 1], chars[index]
        if not _runs_on(first, second, chars[index - 2] if index > 1 else None):
            return place
        if place is None:
            return before  # a text that is wider than its cell, over the table's border
        if first.text in _FIGURE and second.text in _FIGURE:
            for grid, cell in filter(None, (before, place)):
                self.overflowing[grid].add(cell)
        return place

    def _place(self, x: float, y: float) -> _CellPlace | None:
        for index, grid in enumerate(self.grids):
            cell = grid.at(x, y)
            if cell is not None:
                return index, cell
        return None


def _runs_on(first: Char, second: Char, before: Char | None) -> bool:
    """Whether two characters are neighbours without a gap, or set as wide as the one before."""
    size, gap = first.bottom - first.top, second.x0 - first.x1
    if abs(second.bottom - first.bottom) >= 0.2 * size:
        return False
    if abs(gap) < 0.12 * size:
        return True
    if before is None or abs(before.bottom - first.bottom) >= 0.2 * size:
        return False
    return 0 < gap < 1.5 * size and abs(gap - (first.x0 - before.x1)) < 0.15 * size
