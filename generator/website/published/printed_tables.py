"""Tables as printed: what nobody interpreted, shown as it stands in the source, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.meaning.amounts import read_amount
from generator.website.published.package import Package
from generator.website.published.rows import Row


@dataclass(frozen=True)
class ShownCell:
    """A cell with its text, and how many rows and columns it spans."""

    text: str
    rows: int
    columns: int

    @property
    def numeric(self) -> bool:
        """Tell whether it holds an amount."""
        return read_amount(self.text).plain is not None


@dataclass(frozen=True)
class ShownTable:
    """One table: its heading and its rows, each a list of cells with those that are blank."""

    id: str
    title: str
    reason: str
    pages: tuple[str, ...]
    heading: tuple[tuple[ShownCell, ...], ...]
    body: tuple[tuple[ShownCell, ...], ...]


def printed_tables(package: Package) -> list[ShownTable]:
    """The tables of a disclosure that are published as printed, in the order of the source."""
    rows = package.rows("printed-tables")
    return [
        _table(name, list(cells)) for name, cells in groupby(rows, key=lambda row: row["table_id"])
    ]


def _table(name: str, cells: Sequence[Row]) -> ShownTable:
    width = max(int(cell["column_number"]) + int(cell["column_span"]) - 1 for cell in cells)
    pages = dict.fromkeys(cell["box_page"] for cell in cells if cell["box_page"])
    return ShownTable(
        name,
        cells[0]["title"],
        cells[0]["reason"],
        tuple(pages),
        _rows([cell for cell in cells if cell["part"] == "heading"], width),
        _rows([cell for cell in cells if cell["part"] == "body"], width),
    )


def _rows(cells: Sequence[Row], width: int) -> tuple[tuple[ShownCell, ...], ...]:
    """Lay cells out by row; a place that no cell covers is blank, one that is covered is none."""
    if not cells:
        return ()
    placed = {(int(cell["row_number"]), int(cell["column_number"])): cell for cell in cells}
    covered: set[tuple[int, int]] = set()
    lines: dict[int, list[ShownCell]] = defaultdict(list)
    first, last = min(row for row, _ in placed), max(row for row, _ in placed)
    for row in range(first, last + 1):
        for column in range(1, width + 1):
            if (row, column) in covered:
                continue
            lines[row].append(_cell(placed, row, column, last, covered))
    return tuple(tuple(line) for _, line in sorted(lines.items()))


def _cell(
    placed: dict[tuple[int, int], Row],
    row: int,
    column: int,
    last: int,
    covered: set[tuple[int, int]],
) -> ShownCell:
    found = placed.get((row, column))
    if found is None:
        return ShownCell("", 1, 1)
    rows = min(int(found["row_span"]), last - row + 1)
    columns = int(found["column_span"])
    area = {(row + r, column + c) for r in range(rows) for c in range(columns)}
    if area & (placed.keys() | covered) - {(row, column)}:
        rows, columns, area = 1, 1, {(row, column)}  # it runs into another: the text counts
    covered |= area
    return ShownCell(found["text"], rows, columns)
