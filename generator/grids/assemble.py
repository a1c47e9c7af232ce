"""Assembling: the sheets of a document become its ruled tables, each with all its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from generator.grids.headings import (
    begins_row,
    heading_cells,
    heading_length,
    is_reordered,
    is_total,
    leaves,
    same_heading,
)
from generator.grids.running_heads import without_running_heads
from generator.grids.sheets import Sheet, split_sheets
from generator.grids.surroundings import Surroundings, read_surroundings
from generator.meaning.amounts import read_amount
from generator.meaning.notes import begins_note, is_sentence
from generator.meaning.wording import fold, join
from generator.models import BodyRow, Line, PrintedCell, RuledTable

# Columns of two pages whose edges are nearer than this are the same.
_NEAR = 12.0


def ruled_tables(lines: Sequence[Line]) -> tuple[RuledTable, ...]:
    """Put together the ruled tables of ``lines``, in their order."""
    sheets, below = split_sheets(without_running_heads(lines))
    open_tables: list[_Open] = []
    for sheet in sheets:
        inner, surroundings = _read(sheet)
        last = open_tables[-1] if open_tables else None
        if last:
            last.notes += _notes(sheet.above, surroundings, last)
        if last and _goes_on(last, inner, surroundings):
            last.add(inner, surroundings)
        elif last and _is_beside(last, inner, surroundings):
            last.unit = last.unit or surroundings.unit
            open_tables.append(_Open(inner, surroundings))
            open_tables[-1].add(inner, surroundings)
        else:
            open_tables.append(_Open(inner, surroundings))
            open_tables[-1].add(inner, surroundings)
    if open_tables:
        open_tables[-1].notes += _notes(below, Surroundings(), open_tables[-1])
    return tuple(each.close() for each in open_tables)


@dataclass(slots=True)
class _Open:
    """A table that may go on: its first sheet, what stands around it, its rows so far."""

    first: Sheet
    surroundings: Surroundings
    head: tuple[PrintedCell, ...] = ()
    length: int = 0
    body: list[BodyRow] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    turn: int = 0
    lines: list[int] = field(default_factory=list)
    head_lines: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    rest_page: int = 0
    around: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    reordered: list[int] = field(default_factory=list)
    unit: str = ""

    def add(self, sheet: Sheet, around: Surroundings) -> None:
        """Add a page: its heading is kept once, its rows are counted on."""
        length = heading_length(sheet) if not self.pages else self.repeated_rows(sheet)
        head = [line.number for line in sheet.lines[:length]]
        if not self.pages:
            self.head, self.length = heading_cells(sheet, length), length
            self.head_lines += head
        else:
            self.repeated += head
            self.reordered += head[:1] if self._is_reordered(sheet, length) else []
        self.around += around.around
        self.titles += around.title_lines
        self.unit = self.unit or around.unit
        self.lines += [line.number for line in sheet.lines]
        for row, line in zip(sheet.cells[length:], sheet.lines[length:], strict=True):
            self._row(row, line, sheet)
        self.pages.append(sheet.page)
        self.turn = sheet.turn

    def repeated_rows(self, sheet: Sheet) -> int:
        """How many rows of a later page repeat the heading; a few words at its head do not."""
        length = heading_length(sheet)
        head = heading_cells(sheet, length)
        if same_heading(head, self.head) or 2 * len(head) > len(self.head):
            return length
        return 0

    def _is_reordered(self, sheet: Sheet, length: int) -> bool:
        """Whether a later page prints the same headings in another order."""
        head = heading_cells(sheet, length)
        return is_reordered(head, self.head)

    def _cut_row(self, sheet: Sheet) -> int | None:
        """The last row of the page before, where nothing but a repeated total is below it."""
        if sheet.page in (self.rest_page, *self.pages):
            return None
        own = [row for row in self.body[-2:] if row.page == sheet.page]
        last = len(self.body) - len(own) - 1
        if last < 0 or self.body[last].page == sheet.page:
            return None
        return last if all(self._is_repeated(row.texts) for row in own) else None

    def _is_repeated(self, texts: Sequence[str]) -> bool:
        """Whether a row is the total that stands at the head of the table."""
        return any(map(is_total, texts)) and any(row.texts == texts for row in self.body[:2])

    def _is_rest(self, cells: Sequence[PrintedCell | None], before: Sequence[str]) -> bool:
        """Whether a row at the head of a page is the rest of one that the page before cut off.

        It has nothing but words, in columns where the row before has words, too.
        """
        words = [c for c in cells if c and c.text.strip()]
        if not words or any(_begins(c.text) or is_total(before[c.column]) for c in words):
            return False
        amounts = any(read_amount(text).plain is not None for text in before)
        return amounts and all(before[c.column] and self._is_of_words(c.column) for c in words)

    def _is_of_words(self, column: int) -> bool:
        """Whether most of a column is words: a name that is cut may look like an amount, 30201."""
        texts = [row.text_in(column) for row in self.body if row.text_in(column)]
        return 2 * sum(read_amount(text).plain is None for text in texts) > len(texts)

    def _row(self, row: Sequence[PrintedCell], line: Line, sheet: Sheet) -> None:
        number = len(self.body)
        cells: list[PrintedCell | None] = [None] * self.first.width
        for cell in row:
            placed = cell.in_row(number)
            if sheet.width != self.first.width:
                placed = self._placed(placed)
            column = placed.column
            before = cells[column]
            # Of two cells in one column the text stays: the other is a gap of the ruling.
            if before is None or not before.text.strip():
                cells[column] = placed
            elif cell.text.strip():
                cells[column] = replace(before, text=f"{before.text} {cell.text.strip()}")
        cut = self._cut_row(sheet)
        if cut is not None and self._is_rest(cells, self.body[cut].texts):
            self._join(cut, cells, line)
            return
        self.body.append(BodyRow(number, sheet.page, line.number, tuple(cells)))

    def _join(self, cut: int, rest: Sequence[PrintedCell | None], line: Line) -> None:
        """Put the rest of a cut row behind the texts of that row."""
        self.rest_page = line.page or 0
        self.joined.append(line.number)
        last = self.body[cut]
        cells = [_with_rest(cell, more) for cell, more in zip(last.cells, rest, strict=True)]
        self.body[cut] = replace(last, cells=tuple(cells))

    def _placed(self, cell: PrintedCell) -> PrintedCell:
        """A cell of a page with fewer or more columns, in those of the first that it covers.

        A page that has only a total over three columns has no lines between them.
        """
        middle = cell.box.x0 + min(cell.box.x1 - cell.box.x0, _NEAR) / 2
        left = [index for index, edge in enumerate(self.first.edges[:-1]) if edge <= middle]
        column = left[-1] if left else 0
        behind = self.first.edges[column + 1 : -1]
        columns = 1 + sum(edge < cell.box.x1 - _NEAR for edge in behind)
        return replace(cell, column=column, columns=columns)

    def close(self) -> RuledTable:
        return RuledTable(
            self.surroundings.title,
            self.unit,
            leaves(self.first, self.length),
            self.head,
            tuple(self.body),
            tuple(dict.fromkeys(self.pages)),
            min((*self.titles, *self.lines)),
            max(self.lines),
            tuple(self.titles),
            tuple(self.around),
            tuple(self.head_lines),
            tuple(self.repeated),
            tuple(line.text.strip() for line in self.notes),
            self.surroundings.compiled_by,
            tuple(self.joined),
            tuple(line.number for line in self.notes),
            tuple(self.reordered),
        )


def _with_rest(cell: PrintedCell | None, rest: PrintedCell | None) -> PrintedCell | None:
    if cell is None or rest is None or not rest.text.strip():
        return cell
    joined = join([cell.text, rest.text])
    before = cell.text[: len(cell.text) - len(cell.text.lstrip())]  # its level is told by it
    return replace(cell, text=before + joined.lstrip(), doubt=cell.doubt or rest.doubt)


def _begins(text: str) -> bool:
    """Whether a text begins a row: it is an amount, or numbered, or a code."""
    return read_amount(text).plain is not None or begins_row(text)


def _read(sheet: Sheet) -> tuple[Sheet, Surroundings]:
    """What stands around a sheet; rows of one cell at its head may say it, and are cut off."""
    inside = 0
    while inside < len(sheet.cells) - 1 and _is_whole_row(sheet.cells[inside], sheet):
        inside += 1
    head = tuple(
        Line(line.number, line.page, "  ".join(filter(None, map(str.strip, line.text.split("\t")))))
        for line in sheet.lines[:inside]
    )
    around = read_surroundings((*sheet.above, *(line for line in head if line.text)))
    if not inside:
        return sheet, around
    numbers = tuple(line.number for line in head)
    around = replace(around, around=tuple(sorted({*around.around, *numbers})))
    cells = tuple(
        tuple(replace(cell, row=cell.row - inside) for cell in row) for row in sheet.cells[inside:]
    )
    return replace(sheet, lines=sheet.lines[inside:], cells=cells), around


def _is_whole_row(row: Sequence[PrintedCell], sheet: Sheet) -> bool:
    """Whether one cell takes a whole row, or all but one say nothing: a title, a unit."""
    if sheet.width < 2:
        return False
    texts = [cell for cell in row if cell.text.strip()]
    if len(row) == 1 and row[0].columns == sheet.width:
        return True
    around = read_surroundings([Line(cell.line, sheet.page, cell.text) for cell in texts])
    return bool(texts) and len(texts) <= 2 and bool(around.unit) and not around.title


def _goes_on(table: _Open, sheet: Sheet, around: Surroundings) -> bool:
    """Whether a sheet is the next page of a table."""
    same_title = bool(around.title) and fold(around.title) == fold(table.surroundings.title)
    length = table.repeated_rows(sheet)
    head = heading_cells(sheet, length)
    if around.continued or same_title:
        return not head or sheet.width == table.first.width or same_heading(head, table.head)
    if around.title and around.surely:
        return False
    if sheet.turn != table.turn + 1:
        return False
    if head and (same_heading(head, table.head) or is_reordered(head, table.head)):
        return True
    if around.title:
        return False
    return not head and _same_columns(table.first, sheet)


def _is_beside(table: _Open, sheet: Sheet, around: Surroundings) -> bool:
    """Whether a sheet has further columns of the table before it: too wide for one page.

    It has no title, no row of it is named, and its unit is that of the whole table.
    """
    follows = not around.title and sheet.turn == table.turn + 1
    texts = [cell.text.strip() for row in sheet.cells for cell in row if cell.text.strip()]
    return follows and sheet.width < table.first.width and not any(map(begins_row, texts))


def _same_columns(first: Sheet, second: Sheet) -> bool:
    """Whether the columns of two pages stand at the same places, or nearly all of them."""
    if abs(first.edges[0] - second.edges[0]) > 3 * _NEAR:
        return False
    near = [any(abs(edge - other) <= _NEAR for other in first.edges) for edge in second.edges]
    return sum(near) >= 0.8 * len(near)


def _notes(lines: Sequence[Line], around: Surroundings, table: _Open) -> list[Line]:
    """The sentences right below a table, on its last page."""
    page = table.pages[-1] if table.pages else 0
    title = set(around.title_lines) | set(around.around)
    notes: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if line.page != page or line.number in title:
            break
        goes_on = bool(notes) and begins_note(notes[0].text) and not begins_row(text)
        if not (begins_note(text) or is_sentence(text) or goes_on):
            break
        notes.append(line)
    return notes
