"""Rows of the overall performance table: one objective beside all rows, then triples of cells.

Cells that a page break cuts lose their end and stand glued to their neighbour. All cut cells of a
row end at the same foot of the page, so they have the same number of lines; that tells them apart,
and each such place is reported, since it is an inference.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.meaning.definitions import Definition
from generator.meaning.wording import fold, join
from generator.models import Line, Record, Use
from generator.problems import Report
from generator.tables.headers import find_header
from generator.tables.text_cells import TextCell, split_text_cells, width

_COLUMNS = ("indicator", "expected", "achieved")


def read_indicators(
    definition: Definition, lines: list[Line], uses: dict[int, Use], report: Report
) -> tuple[Record, ...]:
    """Read the records: the objective first, then indicator, expected and achieved values."""
    body = _after_header(definition, lines, uses)
    if any(line.boxes for line in body):
        return tuple(_boxed([line for line in body if line.boxes]))
    pages = _by_page(split_text_cells(body))
    objective, rows = _Rows(definition, report).read(pages)
    records = [Record({"objective": objective.text}, objective.line)] if objective else []
    return (*records, *(Record(values, line) for values, line in rows))


def _boxed(lines: list[Line]) -> Iterator[Record]:
    """Rows of a PDF's table, whose last four cells are objective, indicator and two values."""
    rows: list[tuple[list[str], Line]] = []
    for line in lines:
        cells = [cell.strip() for cell in line.text.split("\t")][-4:]
        if rows and line.page != rows[-1][1].page and not cells[1]:
            before = rows[-1][0]
            rows[-1] = [join(list(pair)) for pair in zip(before, cells, strict=True)], line
        elif any(cells):
            rows.append((cells, line))
    for index, ((objective, *values), line) in enumerate(rows):
        if objective and index == 0:
            yield Record({"objective": objective}, line.number)
        yield Record(dict(zip(_COLUMNS, _split_total(objective, values), strict=True)), line.number)


def _split_total(objective: str, values: list[str]) -> list[str]:
    """A cell over two columns states an indicator and, after its colon, what was expected."""
    if values[0] or not objective:
        return values
    label, _, expected = objective.replace(":", "：").rpartition("：")
    return [label or objective, join([expected]), values[2]]


def _after_header(definition: Definition, lines: list[Line], uses: dict[int, Use]) -> list[Line]:
    for start in range(len(lines)):
        header = find_header(lines, start, (definition,))
        if header:
            for line in lines[: start + header.length]:
                uses[line.number] = "header"
            return lines[start + header.length :]
    return lines


def _by_page(cells: list[TextCell]) -> list[list[TextCell]]:
    pages: dict[int | None, list[TextCell]] = {}
    for cell in cells:
        pages.setdefault(cell.page, []).append(cell)
    return list(pages.values())


class _Rows:
    """Puts the cells of all pages together to rows of three."""

    def __init__(self, definition: Definition, report: Report) -> None:
        self.definition, self.report = definition, report

    def read(
        self, pages: list[list[TextCell]]
    ) -> tuple[TextCell | None, list[tuple[dict[str, str], int]]]:
        """The objective and the rows."""
        cells: list[TextCell] = []
        objective: TextCell | None = None
        open_cells: list[int] = []
        open_objective = True
        for printed, following in zip(pages, [*pages[1:], []], strict=True):
            page = list(printed)
            if open_objective and page:
                objective, page, cut = self._objective(objective, page)
                open_objective = cut
            for index in open_cells:
                if page:
                    cells[index] = _continued(cells[index], page.pop(0))
            page, open_cells = self._cut_row(page, len(cells), bool(following), objective)
            cells += page
        return objective, list(_triples(cells))

    def _objective(
        self, objective: TextCell | None, page: list[TextCell]
    ) -> tuple[TextCell, list[TextCell], bool]:
        """Take the objective's share of a page; it is cut if it runs into the first indicator."""
        first = page[0]
        share, rest = _narrower(first.pieces)
        if rest:
            self._report(first)
            remainder = TextCell(rest, first.line + 2 * len(share), first.page, first.complete)
            taken = TextCell(share, first.line, first.page, False)
            return _continued(objective, taken), [remainder, *page[1:]], True
        return _continued(objective, first), page[1:], not first.complete

    def _cut_row(
        self, page: list[TextCell], before: int, more: bool, objective: TextCell | None
    ) -> tuple[list[TextCell], list[int]]:
        """Undo the gluing in the page's last row; returns its cells and the indexes still open."""
        missing = -(before + len(page)) % 3
        if not (more and missing and page):
            return page, [before + len(page) - 1] if page and not page[-1].complete else []
        glued = page[-1]
        lines = self._lines_of_cut(glued, objective)
        self._report(glued)
        first = TextCell(glued.pieces[:lines], glued.line, glued.page, False)
        second = TextCell(glued.pieces[lines:], glued.line + 2 * lines, glued.page, glued.complete)
        index = before + len(page) - 1
        open_cells = [index] if second.complete else [index, index + 1]
        return [*page[:-1], first, second], open_cells

    def _lines_of_cut(self, glued: TextCell, objective: TextCell | None) -> int:
        if not glued.complete:
            return len(glued.pieces) // 2
        same = len(objective.pieces) if objective else 0
        return same if 0 < same < len(glued.pieces) else (len(glued.pieces) + 1) // 2

    def _report(self, cell: TextCell) -> None:
        text = cell.text
        short = text if len(text) <= 40 else f"{text[:20]}……{text[-20:]}"
        self.report.add("cells-joined", cell.line, title=self.definition.title, text=short)


def _continued(cell: TextCell | None, more: TextCell) -> TextCell:
    if cell is None:
        return more
    return TextCell((*cell.pieces, *more.pieces), cell.line, cell.page, more.complete)


def _narrower(pieces: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split where the lines become narrower for good, at the steepest step: a new column."""
    widths = [width(piece) for piece in pieces]
    widest = max(widths, default=0.0)
    steps = {
        index: widths[index - 1] - widths[index]
        for index in range(1, len(pieces) - 1)
        if max(widths[index:]) <= widest - 2
    }
    if not steps:
        return pieces, ()
    index = max(steps, key=lambda place: (steps[place], place))
    return pieces[:index], pieces[index:]


def _triples(cells: list[TextCell]) -> Iterator[tuple[dict[str, str], int]]:
    for start in range(0, len(cells), 3):
        group = cells[start : start + 3]
        texts = [cell.text for cell in group]
        if len(group) == 2 and fold(texts[0]).startswith("其中"):
            texts = _split_total(texts[0], ["", "", texts[1]])
        yield dict(zip(_COLUMNS, texts, strict=False)), group[0].line
