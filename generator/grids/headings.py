"""Headings: which rows of a sheet are its heading, and which texts stand above each column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.grids.sheets import Sheet
from generator.meaning.amounts import read_amount
from generator.meaning.ordinals import is_ordinals
from generator.meaning.wording import fold
from generator.models import Leaf, PrintedCell

_TOTALS = frozenset(("合计", "总计", "小计", "收入总计", "支出总计", "收入合计", "支出合计"))
_ENDS_TOTAL = ("合计", "总计", "小计")
# What begins a row of data: a code, 一、, （一）, 1. or 1、; none of them begins a heading.
_BEGINS_ROW = re.compile(
    r"^(?:[0-9]{3,}(?![0-9]*年)|[A-Z]?[0-9]{2,}[-—]|[一二三四五六七八九十]{1,3}[、.]"
    r"|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[、.](?![0-9])|[A-Z][-—])"
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_DEEPEST = 8

_Row = Sequence[PrintedCell]


def heading_length(sheet: Sheet) -> int:
    """How many rows of a sheet are its heading; none where it goes on with rows of data."""
    covered: set[tuple[int, int]] = set()
    length = 0
    for number, row in enumerate(sheet.cells[:_DEEPEST]):
        if is_ordinal_row(row) and number:
            return number + 1
        reached = any((number, column) in covered for column in range(sheet.width))
        parted = number > 0 and _parts(row, sheet.cells[number - 1])
        if is_data(row) or not (number == 0 or reached or parted):
            break
        covered |= {
            (cell.row + r, cell.column + c)
            for cell in row
            for r in range(cell.rows)
            for c in range(cell.columns)
        }
        length = number + 1
    after = sheet.cells[length] if length < len(sheet.cells) else ()
    return length + 1 if length and is_ordinal_row(after) else length


def is_data(row: _Row) -> bool:
    """Whether a row holds data: an amount, a code, a number of a list, or a total by itself."""
    texts = [fold(cell.text) for cell in row if cell.text.strip()]
    if not texts:
        return bool(row)  # a row of empty cells
    if any(_is_number(text) or _BEGINS_ROW.match(text) for text in texts):
        return True
    return texts[0] in _TOTALS and len(texts) == 1 and len(row) > 1


def begins_row(text: str) -> bool:
    """Whether a text begins as rows do: with a code, a number of a list, or a total."""
    folded = fold(text)
    return bool(_BEGINS_ROW.match(folded)) or folded in _TOTALS


def is_total(text: str) -> bool:
    """Whether a text is whole, since it names a total: nothing goes on behind it."""
    return fold(text).endswith(_ENDS_TOTAL)


def is_ordinal_row(row: _Row) -> bool:
    """Whether a row only numbers the columns."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    marks = bool(texts) and not set("".join(texts)) - {"*"}  # ** in place of each number
    return marks or (bool(texts) and is_ordinals(" ".join(texts)))


def _is_number(text: str) -> bool:
    return read_amount(text).plain is not None and not _YEAR.match(text)


def _parts(row: _Row, above: _Row) -> bool:
    """Whether a row has headings below one that stands over several columns."""
    for cell in above:
        span = range(cell.column, cell.column + cell.columns)
        below = [each for each in row if each.column in span and each.text.strip()]
        if cell.columns > 1 and cell.text.strip() and len(below) > 1:
            return True
    return False


def heading_cells(sheet: Sheet, length: int) -> tuple[PrintedCell, ...]:
    """The cells of the heading's rows that hold text; those that only number columns left out."""
    rows = [row for row in sheet.cells[:length] if not is_ordinal_row(row)]
    return tuple(cell for row in rows for cell in row if cell.text.strip())


def leaves(sheet: Sheet, length: int) -> tuple[Leaf, ...]:
    """The columns of a sheet, each with the headings above it."""
    head = heading_cells(sheet, length)
    found = []
    for column in range(sheet.width):
        above = [c for c in head if c.column <= column < c.column + c.columns]
        above.sort(key=lambda cell: cell.row)
        path = tuple(" ".join(cell.text.split()) for cell in above)
        cells = tuple((cell.row, cell.column) for cell in above)
        found.append(Leaf(column, path, cells, sheet.edges[column], sheet.edges[column + 1]))
    return tuple(found)


def same_heading(first: Sequence[PrintedCell], second: Sequence[PrintedCell]) -> bool:
    """Whether two headings say the same in the same order."""
    return [fold(cell.text) for cell in first] == [fold(cell.text) for cell in second]


def is_reordered(first: Sequence[PrintedCell], second: Sequence[PrintedCell]) -> bool:
    """Whether two headings say the same in different orders."""
    texts, others = ([fold(cell.text) for cell in each] for each in (first, second))
    return texts != others and sorted(texts) == sorted(others)
