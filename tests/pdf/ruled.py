"""A page with one ruled table, given as rows of texts; for the trap that a test is about.

``<`` is merged with the cell to its left, ``^`` with the one above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tests.pdf.paper import FONT, LONG, SHORT

_LEFT, _HIGH, _SIZE = 30.0, 16.0, 5.0
_LEFTWARDS, _UPWARDS = "<", "^"


@dataclass(frozen=True)
class Sheet:
    """A page: lines above, the cells of a table, and lines below; a landscape one if ``wide``."""

    above: Sequence[str] = ()
    cells: Sequence[Sequence[str]] = ()
    below: Sequence[str] = ()
    wide: bool = False


def made(sheets: Sequence[Sheet]) -> bytes:
    """A PDF of these pages."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for sheet in sheets:
        _draw(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, sheet: Sheet) -> None:
    width, height = (LONG, SHORT) if sheet.wide else (SHORT, LONG)
    canvas.setPageSize((width, height))
    canvas.setFont(FONT, _SIZE)
    top = 40.0
    for text in sheet.above:
        canvas.drawString(_LEFT, height - top, text)
        top += _HIGH
    if sheet.cells:
        _table(canvas, sheet.cells, width - 2 * _LEFT, height - top)
        top += _HIGH * (len(sheet.cells) + 1)
    for text in sheet.below:
        canvas.drawString(_LEFT, height - top, text)
        top += _HIGH


def _table(canvas: Canvas, cells: Sequence[Sequence[str]], width: float, top: float) -> None:
    step = width / len(cells[0])
    for row, line in enumerate(cells):
        assert len(line) == len(cells[0]), line
        for column, text in enumerate(line):
            if text in (_LEFTWARDS, _UPWARDS):
                continue
            across = _run(line[column + 1 :], _LEFTWARDS)
            down = _run([each[column] for each in cells[row + 1 :]], _UPWARDS)
            x, y = _LEFT + column * step, top - (row + down) * _HIGH
            canvas.rect(x, y, across * step, down * _HIGH)
            # The blank gives a single character a width, even where the font is not at hand.
            canvas.drawString(x + 2, top - (row + 1) * _HIGH + 5, f"{text} ")


def _run(texts: Sequence[str], mark: str) -> int:
    """How many fields a cell takes, with those behind it that are merged into it."""
    return 1 + next((index for index, text in enumerate(texts) if text != mark), len(texts))
