"""Geometry: a page's characters and edges become lines of text and rows of cells, top to bottom.

A row of a ruled table is one line whose cells are parted by tabs, as in texts that keep their
cells; so both routes go through the same definitions. Each cell keeps its box.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from generator.models import Box, Doubt
from generator.pdf.objects import Char, Edge, PageObjects
from generator.reading.alignment import Aligned, LoosePage, Unclear, align
from generator.reading.cells import CellEvidence, lying_in, read_cell, things_of
from generator.reading.grids import Grid, find_grids
from generator.reading.lines import BLANK, line_text, split_lines
from generator.reading.marks import RaisedMark
from generator.reading.sorting import Sorting
from generator.reading.strikes import strikes
from generator.reading.unruled_regions import may_be_table

_AMOUNT = re.compile(r"^-?[\d,.]+%?$")


class Placed(Struct, frozen=True):
    """A line of a page: its text, the box of each of its cells, and where it begins.

    A line of running text has a ``place`` and the ``edges`` of its characters instead of cells.
    ``doubts`` say of each cell why it may not be what a person reads; empty where none is.
    ``aligned``: its cells are told by where words stand, not by rules.
    """

    text: str
    top: float
    boxes: tuple[Box | None, ...] = ()
    place: Box | None = None
    edges: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class _RuledTable:
    """A table of a page with what its cells say, and the characters of their first lines."""

    page: int
    grid: Grid
    texts: dict[int, str]
    first_lines: dict[int, Sequence[Char]]
    doubts: dict[int, Doubt]
    marks: list[RaisedMark]


@dataclass(frozen=True, slots=True)
class PlacedLines:
    """The lines of a document with their pages.

    ``marks`` are, by page, those that were left out; ``unclear`` what looks like a table without
    rules and cannot be told.
    """

    lines: list[tuple[int, Placed]]
    marks: dict[int, list[RaisedMark]]
    unclear: Sequence[Unclear] = ()


@dataclass(slots=True)
class _ReadPage:
    """A page with its tables, the characters outside them, and the lines that these make."""

    page: PageObjects
    tables: list[_RuledTable]
    struck: Sequence[Edge]
    outside: Sequence[Char]
    lines: list[Placed]


def document_lines(pages: Iterable[PageObjects]) -> PlacedLines:
    """The lines and table rows of all pages, each with its page's number, in reading order."""
    read = [_page(page) for page in pages]
    unclear = _align(read)
    texts = [(each.page.number, line) for each in read for line in each.lines]
    tables = [table for each in read for table in each.tables]
    shown = {each.page.number: each.page for each in read}
    indents = _indents(tables)
    rows = [
        (table.page, row)
        for number, table in enumerate(tables)
        for row in _rows(number, table, indents)
    ]
    ordered = sorted([*texts, *rows], key=lambda line: (line[0], line[1].top))
    marks: dict[int, list[RaisedMark]] = defaultdict(list)
    for table in tables:
        if table.marks:
            marks[table.page] += table.marks
    return PlacedLines(
        [(number, _as_shown(line, shown[number])) for number, line in ordered], marks, unclear
    )


def _page(page: PageObjects) -> _ReadPage:
    """The ruled tables of a page, and the lines of running text."""
    if not page.chars:
        return _ReadPage(page, [], (), (), [])
    grids = find_grids(page.edges)
    struck = strikes(page.edges, grids, page.chars)
    if struck:
        grids = find_grids([edge for edge in page.edges if edge not in struck])
    sorting = Sorting(grids)
    sorting.sort(page.chars)
    tables = _tables(page, sorting, struck)
    lines = _text_lines(sorting.outside, page.number)
    return _ReadPage(page, tables, struck, sorting.outside, lines)


def _tables(page: PageObjects, sorting: Sorting, struck: Sequence[Edge]) -> list[_RuledTable]:
    """The tables of a page whose characters are sorted into cells."""
    things = things_of(page) if sorting.grids else []
    tables = []
    for index, grid in enumerate(sorting.grids):
        chars, texts, doubts = sorting.inside[index], dict[int, str](), dict[int, Doubt]()
        firsts: dict[int, Sequence[Char]] = {}
        marks: list[RaisedMark] = []
        for number, inner in sorted(chars.items()):
            texts[number], firsts[number], doubt, found = read_cell(grid.cells[number], inner)
            marks += found
            if doubt:
                doubts[number] = doubt
        evidence = CellEvidence(things, struck, sorting.overflowing[index])
        if things or struck or evidence.overflowing:
            doubts = {**lying_in(grid, texts, chars, evidence), **doubts}
        tables.append(_RuledTable(page.number, grid, texts, firsts, doubts, marks))
    return tables


def _align(read: Sequence[_ReadPage]) -> Sequence[Unclear]:
    """Find tables without rules in what stands outside ruled ones; tell what is unclear."""
    loose = [
        LoosePage(
            each.page.number,
            each.outside,
            [edge for edge in each.page.edges if edge not in each.struck],
            [table.grid.ys[0] for table in each.tables],
        )
        for each in read
        if may_be_table([line.text for line in each.lines])
    ]
    aligned = align(loose) if loose else Aligned()
    for each in read:
        if grids := aligned.grids.get(each.page.number):
            sorting = Sorting(grids)
            sorting.sort(each.outside)
            each.tables += _tables(each.page, sorting, each.struck)
            each.outside = sorting.outside
            each.lines = _text_lines(sorting.outside, each.page.number)
    return aligned.unclear


def _as_shown(line: Placed, page: PageObjects) -> Placed:
    """The line with its places on the page as it is looked at."""
    if page.scale == 1 and not page.skew:
        return line
    boxes = tuple(box and _box_as_shown(box, page) for box in line.boxes)
    place = line.place and _box_as_shown(line.place, page)
    edges = tuple(edge / page.scale for edge in line.edges)
    return replace(line, boxes=boxes, place=place, edges=edges)


def _box_as_shown(box: Box, page: PageObjects) -> Box:
    x0, top, x1, bottom = page.as_shown(box.x0, box.top, box.x1, box.bottom)
    return Box(box.page, x0, top, x1, bottom)


# ── text ─────────────────────────────────────────────────────────────────────────────────


def _text_lines(chars: Sequence[Char], page: int) -> list[Placed]:
    """Lines outside tables; one that begins indented keeps that as full-width spaces."""
    lines = [(line, text) for line in split_lines(chars) if (text := line_text(line))]
    if not lines:
        return []
    margin = min(_first(line).x0 for line, _ in lines)
    return [_placed(line, _indent(line, margin) + text, page) for line, text in lines]


def _placed(line: Sequence[Char], text: str, page: int) -> Placed:
    solid = [char for char in line if char.text.strip()]
    tops, bottoms = [char.top for char in solid], [char.bottom for char in solid]
    # One character of the page may be several of the text (a ligature): they begin together.
    edges = [char.x0 for char in solid for _ in char.text.strip()]
    box = Box(page, solid[0].x0, min(tops), solid[-1].x1, max(bottoms))
    return Placed(text, line[0].top, place=box, edges=(*edges, solid[-1].x1))


def _first(line: Sequence[Char]) -> Char:
    return next((char for char in line if char.text.strip()), line[0])


def _indent(line: Sequence[Char], margin: float) -> str:
    first = _first(line)
    spaces = round((first.x0 - margin) / max(first.bottom - first.top, 1.0))
    return "　" * spaces if spaces <= 3 else ""


# ── rows of tables ───────────────────────────────────────────────────────────────────────

_Place = tuple[int, int]  # the table's number in the document, and the cell's in the table
_Indents = dict[_Place, int]


def _rows(number: int, table: _RuledTable, indents: _Indents) -> list[Placed]:
    grid = table.grid
    rows = []
    for index, fields in enumerate(grid.fields):
        line = [""] * len(fields)
        boxes: list[Box | None] = [None] * len(fields)
        doubts: list[Doubt] = [""] * len(fields)
        for place in dict.fromkeys(fields):
            cell = grid.cells[place]
            if cell.row == index:
                spaces = "　" * indents.get((number, place), 0)
                line[cell.column] = spaces + table.texts.get(place, "")
                boxes[cell.column] = Box(table.page, cell.x0, cell.top, cell.x1, cell.bottom)
                if place in table.doubts:
                    doubts[cell.column] = table.doubts[place]
        seen = tuple(doubts) if any(doubts) else ()
        text = "\t".join(line)
        rows.append(Placed(text, grid.ys[index], tuple(boxes), doubts=seen, aligned=grid.aligned))
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
            if cell.columns == 1 and text and not _AMOUNT.match(text) and place not in table.doubts:
                line = table.first_lines[place]
                first = _first(line)
                size = first.bottom - first.top
                gap = cell.x1 - line[-1].x1
                label = _Label((number, place), first.x0 - cell.x0, gap, size)
                columns[round(cell.x0), round(cell.x1)].append(label)
    indents: _Indents = {}
    for labels in columns.values():
        indents.update(_whole_indents(labels))
    return indents


class _Label(Struct, frozen=True):
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
    whole = [abs(offset - round(offset)) <= BLANK / 3 for _, offset in offsets]
    if sum(whole) < 0.8 * len(whole):
        return {}
    return {place: round(offset) for place, offset in offsets}
