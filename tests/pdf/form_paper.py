"""Ruled paper for tables of any form: cells that span, texts that wrap, tables cut into pages.

Like ``ruled.py``, ``<`` is merged with the cell to its left and ``^`` with the one above; but what
is too long for its cell is wrapped, and a column is as wide as it is told to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tests.pdf.paper import FONT, LONG, SHORT, text_width, wrap

LEFTWARDS, UPWARDS = "<", "^"
_LEFT, _SIZE, _LEAD, _TOP = 24.0, 5.0, 6.5, 40.0
# A column of words takes as much as so many characters, one of codes or amounts less.
_WORDS, _NARROW = 3.0, 1.0

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True)
class FormStyle:
    """How a table is set: where title and unit stand, and how it is cut into pages.

    ``rows``: of the body on one page; 0: all. ``cut``: the last name of a page goes on upon the
    next. ``running``: a line that each page has at its head.
    """

    title: str = "above"
    unit: str = "above"
    rows: int = 0
    repeat_head: bool = True
    repeat_total: bool = False
    cut: bool = False
    running: str = ""


@dataclass(frozen=True)
class Paper:
    """A table as it is printed: what stands over it, its heading and its body.

    ``names`` are the columns of words. ``total`` is the row that pages may repeat.
    """

    title: str
    unit: str
    head: Grid
    body: Grid
    names: frozenset[int] = frozenset()
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class _Page:
    above: Sequence[str]
    cells: Grid
    names: frozenset[int]


def typeset_forms(front: Sequence[str], papers: Sequence[Paper], style: FormStyle) -> bytes:
    """A PDF with lines of text on its first page, then each table on pages of its own."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=True)
    pages = [_Page(front, (), frozenset())]
    pages += [page for paper in papers for page in _pages(paper, style)]
    for page in pages:
        # A page is as long as what stands on it needs.
        longer = _beyond(canvas, page, style.running)
        canvas.setPageSize((LONG, SHORT + longer))
        canvas.translate(0, longer)
        canvas.setFont(FONT, _SIZE)
        _draw(canvas, page, style.running)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _pages(paper: Paper, style: FormStyle) -> Iterator[_Page]:
    width = len(paper.body[0])
    for number, rows in enumerate(_cut(paper, style)):
        above, inside = [], list[Sequence[str]]()
        if not number:
            texts = [(style.title, paper.title)]
            if style.unit != "none":
                texts.append((style.unit, f"单位：{paper.unit}"))
            above = [text for where, text in texts if where == "above"]
            inside = [(t, *LEFTWARDS * (width - 1)) for where, t in texts if where == "inside"]
        head = paper.head if not number or style.repeat_head else ()
        yield _Page(above, [*inside, *head, *rows], paper.names)


def _cut(paper: Paper, style: FormStyle) -> Iterator[list[Sequence[str]]]:
    """The body by page: no cut goes through cells that are merged downwards."""
    rest = [*paper.body]
    first = True
    while rest:
        count = style.rows or len(rest)
        while count < len(rest) and UPWARDS in rest[count]:
            count += 1
        part, rest = rest[:count], rest[count:]
        if style.repeat_total and paper.total and not first:
            part = [paper.total, *part]
        if rest and style.cut and not style.repeat_total and (halves := _halves(part[-1], paper)):
            part, rest = [*part[:-1], halves[0]], [halves[1], *rest]
        yield part
        first = False


def _halves(row: Sequence[str], paper: Paper) -> tuple[list[str], list[str]] | None:
    """A row with its longest name cut in two, where there is something to cut."""
    place = max(paper.names, key=lambda column: len(row[column]), default=None)
    if place is None or len(row[place]) < 6 or not any(row[c] for c in _others(row, paper)):
        return None
    middle = len(row[place]) // 2
    first = [text[:middle] if c == place else text for c, text in enumerate(row)]
    return first, [row[place][middle:] if c == place else "" for c in range(len(row))]


def _others(row: Sequence[str], paper: Paper) -> list[int]:
    return [column for column in range(len(row)) if column not in paper.names]


# ── drawing ──────────────────────────────────────────────────────────────────────────────


def _draw(canvas: Canvas, page: _Page, running: str) -> None:
    above = _above(page, running)
    for number, text in enumerate(above):
        canvas.drawString(_LEFT, SHORT - _TOP - 2 * _LEAD * number, text)
    if page.cells:
        _Drawn(canvas, page, _TOP + 2 * _LEAD * len(above)).draw()


def _above(page: _Page, running: str) -> list[str]:
    return [running, *page.above] if running and page.cells else [*page.above]


def _beyond(canvas: Canvas, page: _Page, running: str) -> float:
    """How far the grid goes on below a page of the usual length."""
    if not page.cells:
        return 0
    top = _TOP + 2 * _LEAD * len(_above(page, running))
    return max(0, _LEFT - _Drawn(canvas, page, top).ys[-1])


class _Drawn:
    """The grid of one page under its lines."""

    def __init__(self, canvas: Canvas, page: _Page, top: float) -> None:
        self.canvas, self.cells = canvas, page.cells
        shares = [_WORDS if c in page.names else _NARROW for c in range(len(page.cells[0]))]
        step = (LONG - 2 * _LEFT) / sum(shares)
        self.xs = [_LEFT]
        for share in shares:
            self.xs.append(self.xs[-1] + share * step)
        self.ys = [SHORT - top]
        for row in range(len(page.cells)):
            self.ys.append(self.ys[-1] - self._height(row))

    def draw(self) -> None:
        for row, line in enumerate(self.cells):
            for column, text in enumerate(line):
                if text not in (LEFTWARDS, UPWARDS):
                    self._cell(row, column, text)

    def _span(self, row: int, column: int) -> tuple[int, int]:
        """How many rows and columns a cell takes."""
        across = _run(self.cells[row][column + 1 :], LEFTWARDS)
        down = _run([line[column] for line in self.cells[row + 1 :]], UPWARDS)
        return down, across

    def _lines(self, row: int, column: int) -> list[str]:
        _, across = self._span(row, column)
        width = self.xs[column + across] - self.xs[column] - 4
        return wrap(self.cells[row][column], width, _SIZE)

    def _height(self, row: int) -> float:
        """As high as the cells that end here need; those over several rows share them."""
        most = 1.0
        for column, text in enumerate(self.cells[row]):
            if text not in (LEFTWARDS, UPWARDS):
                down, _ = self._span(row, column)
                most = max(most, len(self._lines(row, column)) / down)
        return most * _LEAD + 4

    def _cell(self, row: int, column: int, text: str) -> None:
        down, across = self._span(row, column)
        x, y = self.xs[column], self.ys[row + down]
        self.canvas.rect(x, y, self.xs[column + across] - x, self.ys[row] - y)
        indent = text_width("　" * (len(text) - len(text.lstrip("　"))), _SIZE)
        for number, line in enumerate(self._lines(row, column)):
            base = self.ys[row] - 2 - (number + 0.8) * _LEAD
            # The blank gives a single character a width, even where the font is not at hand.
            self.canvas.drawString(x + 2 + (indent if number else 0), base, f"{line} ")


def _run(texts: Sequence[str], mark: str) -> int:
    return 1 + next((index for index, text in enumerate(texts) if text != mark), len(texts))


# ── headings ─────────────────────────────────────────────────────────────────────────────


def heading_grid(paths: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The rows of a heading from the texts above each column: what is the same is one cell."""
    depth = max(map(len, paths))
    return [
        tuple(_head_cell(row, column, paths) for column in range(len(paths)))
        for row in range(depth)
    ]


def _head_cell(row: int, column: int, paths: Sequence[Sequence[str]]) -> str:
    path = paths[column]
    if row >= len(path):
        return UPWARDS
    before = paths[column - 1] if column else ()
    # The innermost heading is shared where a name stands over a code and its name.
    return LEFTWARDS if before[: row + 1] == path[: row + 1] else path[row]


def with_rows(style: FormStyle, rows: int) -> FormStyle:
    """The style with so many rows of the body on a page."""
    return replace(style, rows=rows)


__all__ = ["FormStyle", "Paper", "heading_grid", "typeset_forms", "with_rows"]
