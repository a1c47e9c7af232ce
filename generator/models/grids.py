"""Ruled tables before anyone knows what they mean: cells with places, headings, bodies."""

from __future__ import annotations

from msgspec import Struct

from generator.models.reading import Box, Doubt


class PrintedCell(Struct, frozen=True):
    """A cell of a ruled table: what is printed in it, where, and how many fields it covers.

    ``row`` counts the rows of its table from 0, over all its pages; ``column`` the columns.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    line: int
    box: Box
    doubt: Doubt = ""

    def in_row(self, row: int) -> PrintedCell:
        """The same cell in another row; every cell is put into one, so it is made at once."""
        return PrintedCell(
            row,
            self.column,
            self.rows,
            self.columns,
            self.text,
            self.line,
            self.box,
            self.doubt,
        )


class Leaf(Struct, frozen=True):
    """A column of a ruled table: the texts of the headings above it, outermost first.

    ``cells`` tells which heading cell each text is of, by its row and column: cells that stand
    over several columns are shared by them.
    """

    column: int
    path: tuple[str, ...]
    cells: tuple[tuple[int, int], ...] = ()
    x0: float = 0.0
    x1: float = 0.0

    @property
    def heading(self) -> str:
        """The innermost heading; blank where nothing stands above the column."""
        return self.path[-1] if self.path else ""


class BodyRow(Struct, frozen=True):
    """A row below the heading: its cell in each column, None where one from before goes on."""

    number: int
    page: int
    line: int
    cells: tuple[PrintedCell | None, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each column's cell, without spaces around it."""
        return tuple(cell.text.strip() if cell else "" for cell in self.cells)

    def text_in(self, column: int) -> str:
        """The text of one column's cell, without spaces around it."""
        cell = self.cells[column]
        return cell.text.strip() if cell else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not any(cell and cell.text.strip() for cell in self.cells)


class RuledTable(Struct, frozen=True):
    """A ruled table as printed, put together from all its pages.

    ``around`` are the lines that belong to it and stand outside its grid, or take a whole row of
    it: its number, unit, who compiled it. ``repeated`` are the lines of headings that a later page
    prints again, ``reordered`` of those that print the columns in another order; ``notes`` is what
    stands below it, on ``note_lines``; ``joined`` the lines of rests of rows that the page before
    cut off.
    """

    title: str
    unit: str
    leaves: tuple[Leaf, ...]
    head: tuple[PrintedCell, ...]
    body: tuple[BodyRow, ...]
    pages: tuple[int, ...]
    first_line: int
    last_line: int
    title_lines: tuple[int, ...] = ()
    around: tuple[int, ...] = ()
    head_lines: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    compiled_by: str = ""
    joined: tuple[int, ...] = ()
    note_lines: tuple[int, ...] = ()
    reordered: tuple[int, ...] = ()
