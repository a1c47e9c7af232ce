"""Geometry: a page's characters and edges become lines of text and rows of cells, top to bottom.

A row of a ruled table is one line whose cells are parted by tabs, as in texts that keep their
cells; so both routes go through the same definitions. Each cell keeps its box.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from generator.models import Box
from generator.pdf.objects import Char, PageObjects
from generator.reading.grids import Grid, find_grids

_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"^[A-Za-z]")
_AMOUNT = re.compile(r"^-?[\d,.]+%?$")
# A gap wider than this share of the type size is a blank.
_BLANK = 0.6


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of a page: its text, the box of each of its cells, and where it begins.

    A line of running text has a ``place`` and the ``edges`` of its characters instead of cells.
    """

    text: str
    top: float
    boxes: tuple[Box | None, ...] = ()
    place: Box | None = None
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _RuledTable:
    """A table of a page with its characters by cell."""

    page: int
    grid: Grid
    chars: dict[int, list[Char]]
    texts: dict[int, str]


def document_lines(pages: Iterable[PageObjects]) -> list[tuple[int, Placed]]:
    """The lines and table rows of all pages, each with its page's number, in reading order."""
    texts: list[tuple[int, Placed]] = []
    tables: list[_RuledTable] = []
    for page in pages:
        grids = find_grids(page.edges)
        inside, outside = _sorted_into(page.chars, grids)
        texts += [(page.number, line) for line in _text_lines(outside, page.number)]
        for grid, chars in zip(grids, inside, strict=True):
            cells = {number: cell_text(inner) for number, inner in sorted(chars.items())}
            tables.append(_RuledTable(page.number, grid, chars, cells))
    indents = _indents(tables)
    rows = [
        (table.page, row)
        for number, table in enumerate(tables)
        for row in _rows(number, table, indents)
    ]
    return sorted([*texts, *rows], key=lambda line: (line[0], line[1].top))


def _sorted_into(
    chars: Sequence[Char], grids: Sequence[Grid]
) -> tuple[list[dict[int, list[Char]]], list[Char]]:
    inside: list[dict[int, list[Char]]] = [defaultdict(list) for _ in grids]
    outside = []
    for char in chars:
        _, x0, top, x1, bottom = char
        for index, grid in enumerate(grids):
            cell = grid.at((x0 + x1) / 2, (top + bottom) / 2)
            if cell is not None:
                inside[index][cell].append(char)
                break
        else:
            outside.append(char)
    return inside, outside


# ── text ─────────────────────────────────────────────────────────────────────────────────


def split_lines(chars: Sequence[Char]) -> list[list[Char]]:
    """Group characters into lines by their middles, each from left to right."""
    if len(chars) < 2:
        return [list(chars)]
    lines: list[list[Char]] = []
    top = bottom = 0.0
    for char in sorted(chars, key=_middle):
        if lines and top <= (char.top + char.bottom) / 2 <= bottom:
            lines[-1].append(char)
        else:
            lines.append([char])
            top, bottom = char.top, char.bottom
    for line in lines:
        line.sort(key=_left)
    return lines


def _middle(char: Char) -> float:
    return char.top + char.bottom


_left = attrgetter("x0")


def line_text(chars: Sequence[Char]) -> str:
    """The text of one line; gaps become blanks, and blanks at its ends are dropped."""
    text, previous = "", None
    for char in chars:
        size = char.bottom - char.top
        if previous is not None and char.x0 - previous.x1 > _BLANK * size:
            text += " "
        text += char.text
        previous = char
    return text.strip()


def cell_text(chars: Sequence[Char]) -> str:
    """The text of a cell, its wrapped lines joined; digits wrapped inside a number close up."""
    text = ""
    for line in split_lines(chars):
        piece = line_text(line)
        if _LATIN_END.search(text) and _LATIN_START.match(piece):
            text += " "
        text += piece
    return text


def _text_lines(chars: Sequence[Char], page: int) -> list[Placed]:
    """Lines outside tables; one that begins indented keeps that as full-width spaces."""
    lines = [line for line in split_lines(chars) if line_text(line)]
    if not lines:
        return []
    margin = min(_first(line).x0 for line in lines)
    return [_placed(line, _indented(line, margin), page) for line in lines]


def _placed(line: Sequence[Char], text: str, page: int) -> Placed:
    solid = [char for char in line if char.text.strip()]
    tops, bottoms = [char.top for char in solid], [char.bottom for char in solid]
    # One character of the page may be several of the text (a ligature): they begin together.
    edges = [char.x0 for char in solid for _ in char.text.strip()]
    box = Box(page, solid[0].x0, min(tops), solid[-1].x1, max(bottoms))
    return Placed(text, line[0].top, place=box, edges=(*edges, solid[-1].x1))


def _first(line: Sequence[Char]) -> Char:
    return next((char for char in line if char.text.strip()), line[0])


def _indented(line: Sequence[Char], margin: float) -> str:
    first = _first(line)
    spaces = round((first.x0 - margin) / max(first.bottom - first.top, 1.0))
    return ("　" * spaces if spaces <= 3 else "") + line_text(line)


# ── rows of tables ───────────────────────────────────────────────────────────────────────

_Place = tuple[int, int]  # the table's number in the document, and the cell's in the table
_Indents = dict[_Place, int]


def _rows(number: int, table: _RuledTable, indents: _Indents) -> list[Placed]:
    grid = table.grid
    rows = []
    for index, fields in enumerate(grid.fields):
        line = [""] * len(fields)
        boxes: list[Box | None] = [None] * len(fields)
        for place in dict.fromkeys(fields):
            cell = grid.cells[place]
            if cell.row == index:
                spaces = "　" * indents.get((number, place), 0)
                line[cell.column] = spaces + table.texts.get(place, "")
                boxes[cell.column] = Box(table.page, cell.x0, cell.top, cell.x1, cell.bottom)
        rows.append(Placed("\t".join(line), grid.ys[index], tuple(boxes)))
    return rows


def _indents(tables: Sequence[_RuledTable]) -> _Indents:
    """How many characters each label is indented, where a column is indented at all.

    Columns of the same left and right edge on different pages are one column: a page of a long
    table may hold nothing but indented rows.
    """
    columns: dict[tuple[int, int], list[_Label]] = defaultdict(list)
    for number, table in enumerate(tables):
        for place, text in table.texts.items():
            cell = table.grid.cells[place]
            if cell.columns == 1 and text and not _AMOUNT.match(text):
                line = split_lines(table.chars[place])[0]
                first = _first(line)
                size = first.bottom - first.top
                gap = cell.x1 - line[-1].x1
                label = _Label((number, place), first.x0 - cell.x0, gap, size)
                columns[round(cell.x0), round(cell.x1)].append(label)
    indents: _Indents = {}
    for labels in columns.values():
        indents.update(_whole_indents(labels))
    return indents


@dataclass(frozen=True, slots=True)
class _Label:
    """A cell with text: how far its first line stands from its edges, and its type size."""

    place: _Place
    offset: float
    gap: float
    size: float

    @property
    def centred(self) -> bool:
        """Whether the line stands in the middle of a cell that it does not fill."""
        return abs(self.offset - self.gap) <= self.size

    @property
    def short(self) -> bool:
        """Whether the line leaves room enough to tell a centred one from others."""
        return self.offset + self.gap >= 4 * self.size


def _whole_indents(labels: Sequence[_Label]) -> _Indents:
    """Offsets must be whole characters; in a centred column they mean nothing."""
    short = [label for label in labels if label.short]
    if short and sum(label.centred for label in short) >= 0.8 * len(short):
        return {}
    left = min(label.offset for label in labels)
    offsets = [(label.place, (label.offset - left) / max(label.size, 1.0)) for label in labels]
    whole = [abs(offset - round(offset)) <= _BLANK / 3 for _, offset in offsets]
    if sum(whole) < 0.8 * len(whole):
        return {}
    return {place: round(offset) for place, offset in offsets}
