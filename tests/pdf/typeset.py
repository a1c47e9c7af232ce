"""A typesetter: prints a made disclosure as a PDF, in the styles that disclosures come in.

Everything is drawn by hand on a reportlab canvas, so that each style is just what it says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from tests.pdf.grid import CellBox, Spot, header_cells
from tests.pdf.made_rows import MadeDocument, MadeTable, Printed
from tests.pdf.made_tables import tables
from tests.pdf.model import PaperBudget
from tests.pdf.paper import LONG, MARGIN, SHORT, Paper, text_width, wrap
from tests.pdf.styles import PaperStyle


def typeset(budget: PaperBudget, style: PaperStyle, *, encrypt: object = None) -> bytes:
    """Print ``budget`` as a PDF; the same bytes each time."""
    made = tuple(tables(budget))
    document = MadeDocument(budget.department, budget.year, "预算", budget.duties, made)
    return typeset_document(document, style, encrypt=encrypt)


def typeset_document(document: MadeDocument, style: PaperStyle, *, encrypt: object = None) -> bytes:
    """Print a disclosure of either kind as a PDF; the same bytes each time."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True, encrypt=encrypt)
    setter = _Setter(Paper(canvas, style), document, style)
    setter.front()
    for table in document.tables:
        setter.table(table)
    setter.back()
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Laid:
    """A row with its cells wrapped into lines."""

    lines: tuple[tuple[str, ...], ...]
    indent: int

    @property
    def height(self) -> int:
        return max(len(cell) for cell in self.lines)

    def cut(self, count: int) -> tuple[_Laid, _Laid]:
        """The first ``count`` lines of each cell, and the rest."""
        first = tuple(cell[:count] for cell in self.lines)
        rest = tuple(cell[count:] for cell in self.lines)
        return replace(self, lines=first), replace(self, lines=rest)


class _Setter:
    """Sets the prose and the tables of a disclosure on paper."""

    def __init__(self, paper: Paper, document: MadeDocument, style: PaperStyle) -> None:
        self.paper, self.document, self.style = paper, document, style

    # Prose.

    def front(self) -> None:
        """The cover, the contents page and the first part."""
        document = self.document
        width = self.paper.begin(wide=False)
        self.paper.centred(f"{document.year}年", width, 200, 22)
        self.paper.centred(f"{document.department}部门{document.kind}", width, 240, 22)
        self.paper.end(width)
        titles = [f"{table.title}" for table in document.tables]
        self._prose(["目 录", *self._headings()[:2], *titles, *self._headings()[2:]])
        duties = [f"（{n}）{text}" for n, text in zip("一二三", document.duties, strict=False)]
        self._prose(
            [self._headings()[0], "一、主要职责", *duties, "二、部门机构设置", "本部门无下属机构。"]
        )

    def back(self) -> None:
        """The explanation and the glossary."""
        said = "本部门收支与上年相比没有重大变化，数字见上表。"
        self._prose([self._headings()[2], f"一、部门{self.document.kind}收支增减变化情况", said])
        self._prose([self._headings()[3], "一、基本支出：指为保障机构正常运转而发生的支出。"])

    def _headings(self) -> list[str]:
        document = self.document
        return [
            f"第一部分 {document.department}概况",
            f"第二部分 {document.year}年部门{document.kind}表",
            f"第三部分 {document.year}年部门{document.kind}情况说明",
            "第四部分 名词解释",
        ]

    def _prose(self, paragraphs: Sequence[str]) -> None:
        width, top = self.paper.begin(wide=False), 80.0
        for paragraph in paragraphs:
            for line in wrap(paragraph, width - 2 * MARGIN, 12):
                self.paper.text(line, MARGIN, top, 12)
                top += 20
        self.paper.end(width)

    # Tables.

    def table(self, table: MadeTable) -> None:
        """One table, over as many pages as it takes; the first is headed 第二部分."""
        size = 5.5 if table.wide else 9.0
        page = (LONG if table.wide else SHORT) - 2 * MARGIN
        widths = _column_widths(table, page, size, 0.7 if self.style.narrow else 1.0)
        rows = [self._laid(row, table, widths, size) for row in table.printed]
        pages = list(self._pages(rows, size))
        for index, part in enumerate(pages):
            self._page(table, part, widths, size, first=index == 0, last=index + 1 == len(pages))

    def _laid(self, row: Printed, table: MadeTable, widths: Sequence[float], size: float) -> _Laid:
        cells = []
        for column, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            deep = row.indent if column in table.labels and not self.style.centred else 0
            text = "　" * deep + cell if self.style.indent == "spaces" else cell
            less = deep * size if self.style.indent == "offset" else 0
            digits = column not in _text_columns(table) and self.style.narrow
            cells.append(tuple(wrap(text, width - 4 - less, size, anywhere=digits)))
        return _Laid(tuple(cells), row.indent)

    def _pages(self, rows: Sequence[_Laid], size: float) -> Iterator[list[_Laid]]:
        """Rows by page; a row that does not fit is split, if the style says so, or moved on."""
        room, part = self.style.room, list[_Laid]()
        for whole in rows:
            row = whole
            while (fits := int((room - 4) // (1.25 * size))) < row.height:
                if self.style.split_rows and fits >= 1:
                    head, row = row.cut(fits)
                    part.append(head)
                elif not part:
                    break  # higher than a page: it stands alone on one, over its foot
                yield part
                part, room = [], self.style.room
            part.append(row)
            room -= row.height * 1.25 * size + 4
        if part:
            yield part

    def _page(
        self,
        table: MadeTable,
        rows: list[_Laid],
        widths: Sequence[float],
        size: float,
        *,
        first: bool,
        last: bool,
    ) -> None:
        width = self.paper.begin(wide=table.wide)
        top = 40.0
        if first and table.number == 1:
            self.paper.text(self._headings()[1], MARGIN, top - 15, 11)
        if first and self.style.title != "after":
            top = self._above(table, top, width)
        elif first:
            top += 45
        if self.style.repeat_total and not first and table.total:
            rows = [self._laid(table.total, table, widths, size), *rows]
        foot = self._grid(
            table, rows, widths, size, top, head=first or self.style.repeat_header, inside=first
        )
        if last:
            self.paper.text(table.note, MARGIN, foot + 6, 9)
        if first and self.style.title == "after":
            self._above(table, 40.0, width)
        self.paper.end(width)

    def _above(self, table: MadeTable, top: float, width: float) -> float:
        """The label, the title and the unit line above a grid; returns where the grid begins."""
        if self.style.numbered:
            self.paper.text(f"表{table.number}", MARGIN, top, 9)
        if self.style.title != "inside":
            self.paper.centred(table.title, width, top + 8, 12)
            self._unit_line(table, top + 28, width)
        return top + (45 if self.style.title != "inside" else 14)

    def _unit_line(self, table: MadeTable, top: float, width: float) -> None:
        name, unit = f"单位名称：{self.document.department}", f"单位：{table.unit}"
        self.paper.text(name, MARGIN, top, 8)
        if self.style.one_unit_line:
            self.paper.text(unit, width - MARGIN - text_width(unit, 8), top, 8)
        else:
            self.paper.text(unit, width - MARGIN - text_width(unit, 8), top - 10, 8)

    def _grid(
        self,
        table: MadeTable,
        rows: Sequence[_Laid],
        widths: Sequence[float],
        size: float,
        top: float,
        *,
        head: bool,
        inside: bool,
    ) -> float:
        """Draw the rows of one page with their lines; returns where they end."""
        cells: list[CellBox] = []
        if inside and self.style.title == "inside":
            furniture = f"单位名称：{self.document.department}　单位：{table.unit}"
            for text in (table.title, furniture):
                cells.append(_merged(text, widths, top, top + 16))
                top += 16
        if head:
            boxes, top = header_cells(table.columns, widths, top, size, wrap)
            cells += boxes
        for row in rows:
            height = row.height * 1.25 * size + 4
            cells += self._row_cells(row, table, widths, top, height)
            top += height
        for cell in cells:
            self._cell(cell, size)
        self._rules(cells)
        return top

    def _row_cells(
        self, row: _Laid, table: MadeTable, widths: Sequence[float], top: float, height: float
    ) -> Iterator[CellBox]:
        x, texts = 0.0, _text_columns(table)
        for column, (lines, width) in enumerate(zip(row.lines, widths, strict=True)):
            spot: Spot = "left" if column in texts else "right"
            if column in table.labels and self.style.centred:
                spot = "middle"
            deep = row.indent if column in table.labels and self.style.indent == "offset" else 0
            yield CellBox(x, top, x + width, top + height, lines, spot, deep)
            x += width

    def _cell(self, cell: CellBox, size: float) -> None:
        """Print a cell's lines, in the middle of its height unless its row may be split."""
        block = len(cell.lines) * 1.25 * size
        top = cell.top + 2
        if not self.style.split_rows:
            top = (cell.top + cell.bottom - block) / 2
        for line in cell.lines:
            x = cell.start(text_width(line, size), size)
            self.paper.text(line, MARGIN + x, top + 0.1 * size, size)
            top += 1.25 * size

    # Lines.

    def _rules(self, cells: Sequence[CellBox]) -> None:
        rules = self.style.rules
        right = max(cell.right for cell in cells)
        for cell in cells:
            if rules == "full" and self.style.strokes == "cells":
                self.paper.rectangle(cell.left, cell.top, cell.right, cell.bottom)
                continue
            if rules != "none":
                self.paper.line(cell.left, cell.top, cell.right, cell.top)
                self.paper.line(cell.left, cell.bottom, cell.right, cell.bottom)
            for x in (cell.left, cell.right):
                outer = x in (0.0, right)
                if rules == "full" or (rules == "open" and not outer):
                    self.paper.line(x, cell.top, x, cell.bottom)


def _merged(text: str, widths: Sequence[float], top: float, bottom: float) -> CellBox:
    return CellBox(0.0, top, sum(widths), bottom, (text,), "middle", 0)


def _text_columns(table: MadeTable) -> set[int]:
    """The columns that hold no amounts."""
    return {
        column
        for column, path in enumerate(table.columns)
        if path[-1] in ("项目", "科目编码", "科目名称", "绩效目标") or column in table.labels
    }


def _column_widths(table: MadeTable, page: float, size: float, share: float) -> list[float]:
    """Amounts take what the longest needs; names share the rest, and targets take two shares."""
    texts = _text_columns(table)
    widths = [0.0] * len(table.columns)
    for column, path in enumerate(table.columns):
        if column not in texts:
            longest = max(text_width(row.cells[column], size) for row in table.printed)
            widths[column] = max(share * longest + 6, 4 * size + 6)
        elif path[-1] == "科目编码":
            widths[column] = 8 * 0.5 * size + 10
    rest = page - sum(widths)
    shares = [
        0 if widths[column] else 2 if path[-1] == "绩效目标" else 1
        for column, path in enumerate(table.columns)
    ]
    return [
        width or rest * share / sum(shares) for width, share in zip(widths, shares, strict=True)
    ]
