"""Lines of tables: those that a person sees, however they are drawn; and no others."""

from __future__ import annotations

import pytest
from PIL import Image
from reportlab.lib.colors import HexColor, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.pdf.sheet import ROWS, Step, Table, draw_rules, read, sheet

SIZES = [5.5, 9.0, 14.0]
PALE, YELLOW = HexColor(0xEDF2FF), HexColor(0xFFFF66)


def _dots(gap: float, side: float, *, one_path: bool) -> Step:
    """Rules of small squares."""

    def step(canvas: Canvas, table: Table) -> None:
        for x0, y0, x1, y1 in _lines(table):
            path = canvas.beginPath()
            length = max(abs(x1 - x0), abs(y1 - y0))
            for n in range(int(length / gap) + 1):
                x = x0 + (n * gap if x1 != x0 else 0)
                y = y0 - (n * gap if y1 != y0 else 0)
                path.rect(x - side / 2, y - side / 2, side, side)
                if not one_path:
                    canvas.drawPath(path, stroke=0, fill=1)
                    path = canvas.beginPath()
            if one_path:
                canvas.drawPath(path, stroke=0, fill=1)

    return step


def _lines(table: Table) -> list[tuple[float, float, float, float]]:
    left, right, top, foot = table.xs[0], table.xs[-1], table.ys[0], table.ys[-1]
    across = [(left, y, right, y) for y in table.ys]
    return [*across, *((x, top, x, foot) for x in table.xs)]


def _pictures(canvas: Canvas, table: Table) -> None:
    dot = ImageReader(Image.new("L", (1, 1), 0))
    for x0, y0, x1, y1 in _lines(table):
        canvas.drawImage(dot, x0, min(y0, y1), max(x1 - x0, 0.5), max(abs(y1 - y0), 0.5))


def _dashes(canvas: Canvas, table: Table) -> None:
    canvas.setDash(3, 2)
    draw_rules(canvas, table)


def _fills(gap: float) -> Step:
    """Coloured cells without lines."""

    def step(canvas: Canvas, table: Table) -> None:
        canvas.setFillColor(PALE)
        for row in range(len(table.rows)):
            for column in range(3):
                left, bottom, width, height = table.box(row, column)
                half = gap / 2
                canvas.rect(left + half, bottom + half, width - gap, height - gap, stroke=0, fill=1)

    return step


def _white_on_dark(canvas: Canvas, table: Table) -> None:
    """White lines over one coloured area, which are seen."""
    canvas.setFillColor(HexColor(0xB4C7E7))
    wide, high = table.xs[-1] - table.xs[0], table.ys[0] - table.ys[-1]
    canvas.rect(table.xs[0], table.ys[-1], wide, high, stroke=0, fill=1)
    canvas.setStrokeColor(white)
    draw_rules(canvas, table)


SEEN = {
    "dots in one path": _dots(2, 0.57, one_path=True),
    "dots each for itself": _dots(2, 0.57, one_path=False),
    "dots further apart": _dots(3, 0.8, one_path=False),
    "dashes": _dashes,
    "pictures": _pictures,
    "fills that touch": _fills(0),
    "fills with a gap": _fills(1),
    "white on a coloured area": _white_on_dark,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rules", SEEN.values(), ids=SEEN)
def test_lines_that_are_seen_make_a_table(rules: Step, size: float) -> None:
    found = read(sheet(Table(size), rules=rules))
    assert found.rows == [list(row) for row in ROWS]
    assert found.doubts == {} and found.problems == ()


def _in_all_amounts(draw: Step) -> Step:
    def step(canvas: Canvas, table: Table) -> None:
        draw_rules(canvas, table)
        draw(canvas, table)

    return step


def _white_lines(canvas: Canvas, table: Table) -> None:
    canvas.setStrokeColor(white)
    for column in (1, 2):
        x = (table.xs[column] + table.xs[column + 1]) / 2
        canvas.line(x, table.ys[0], x, table.ys[-1])


def _transparent_lines(canvas: Canvas, table: Table) -> None:
    canvas.setStrokeColor(HexColor(0))
    canvas.setStrokeAlpha(0)
    y = table.ys[1] - 8
    canvas.line(table.xs[0], y, table.xs[-1], y)


def _highlight(canvas: Canvas, table: Table) -> None:
    left, bottom, width, height = table.box(2, 1)
    canvas.setFillColor(YELLOW)
    canvas.rect(left + 0.4 * width, bottom + 2, 0.55 * width, height - 4, stroke=0, fill=1)


def _zebra(canvas: Canvas, table: Table) -> None:
    canvas.setFillColor(PALE)
    for row in (0, 2):
        bottom, high = table.ys[row + 1] + 1.5, table.ys[row] - table.ys[row + 1] - 3
        wide = table.xs[-1] - table.xs[0] - 3
        canvas.rect(table.xs[0] + 1.5, bottom, wide, high, stroke=0, fill=1)


def _beside_the_page(canvas: Canvas, table: Table) -> None:
    for x in (-50, 650):
        canvas.rect(x, 600, 30, 50)


UNSEEN = {
    "white lines": _white_lines,
    "transparent lines": _transparent_lines,
    "a highlight": _highlight,
    "zebra": _zebra,
    "lines beside the page": _beside_the_page,
}


@pytest.mark.parametrize("size", [9.0, 14.0])
@pytest.mark.parametrize("draw", UNSEEN.values(), ids=UNSEEN)
def test_what_is_no_line_parts_no_cell(draw: Step, size: float) -> None:
    found = read(sheet(Table(size), rules=_in_all_amounts(draw)))
    assert found.rows == [list(row) for row in ROWS]
    assert found.problems == ()


def test_a_white_frame_around_the_page_is_no_table() -> None:
    def step(canvas: Canvas, table: Table) -> None:
        canvas.setStrokeColor(white)
        for n in range(4):
            canvas.rect(table.xs[0] - 10, 715 + 20 * n, 400, 20)
        canvas.setStrokeColor(HexColor(0))
        draw_rules(canvas, table)

    def title(canvas: Canvas, _: Table) -> None:
        canvas.drawString(60, 741, "2025")

    found = read(sheet(rules=step, after=title))
    assert found.rows == [list(row) for row in ROWS]
    assert found.beside == ["2025"]
