"""Paper: pages that are upright, on their side or turned, with text and lines on them.

Coordinates are from the top left of the page as it is looked at. The font is one of those that
every reader of PDFs knows (STSong-Light), so no font file is needed.
"""

from __future__ import annotations

import re

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.pdf.styles import PaperStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
SHORT, LONG, MARGIN = 595.0, 842.0, 40.0
_PIECE = re.compile(r"[A-Za-z0-9.,%\[\]]+|.")


def wrap(text: str, width: float, size: float, *, anywhere: bool = False) -> list[str]:
    """Break a text into lines of at most ``width`` points; numbers and Latin words stay whole."""
    lines = [""]
    for piece in text if anywhere else _PIECE.findall(text):
        if lines[-1] and text_width(lines[-1] + piece, size) > width:
            lines.append("")
        lines[-1] += piece
    return _none_alone(lines)


def _none_alone(lines: list[str]) -> list[str]:
    """No Chinese character alone on the last line: pdfium drops a text of one such character.

    It does so where the font is neither embedded nor installed, as it has no shape without width.
    """
    if len(lines) > 1 and len(lines[-1]) == 1 and not lines[-1].isascii() and len(lines[-2]) > 2:
        return [*lines[:-2], lines[-2][:-1], lines[-2][-1] + lines[-1]]
    return lines


def text_width(text: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, size))


class Paper:
    """Prints page after page on a canvas."""

    def __init__(self, canvas: Canvas, style: PaperStyle) -> None:
        self.canvas, self.style = canvas, style
        self.page, self.height = 0, LONG

    def begin(self, *, wide: bool) -> float:
        """Begin a page; returns its width."""
        self.page += 1
        canvas, turn = self.canvas, self.style.wide if wide else ""
        width, self.height = (LONG, SHORT) if wide else (SHORT, LONG)
        # Where a page is rotated, reportlab is told its size as it is looked at.
        upright = turn in ("", "turned")
        canvas.setPageSize((SHORT, LONG) if upright else (LONG, SHORT))
        canvas.setPageRotation({"rotate90": 90, "rotate270": 270}.get(turn, 0))
        if turn in ("rotate90", "turned"):
            canvas.translate(SHORT, 0)
            canvas.rotate(90)
        elif turn == "rotate270":
            canvas.translate(0, LONG)
            canvas.rotate(270)
        return width

    def end(self, width: float) -> None:
        """Number the page and turn it over."""
        form = {"none": "", "dashes": f"- {self.page} -", "bare": str(self.page)}
        if number := form[self.style.page_numbers]:
            self.text(number, width / 2, self.height - 20, 9)
        self.canvas.showPage()

    def text(self, text: str, x: float, top: float, size: float) -> None:
        """One line of text whose top is at ``top``."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - top - 0.8 * size, text)

    def centred(self, text: str, width: float, top: float, size: float) -> None:
        self.text(text, (width - text_width(text, size)) / 2, top, size)

    def rectangle(self, left: float, top: float, right: float, bottom: float) -> None:
        """The outline of a cell; the margin is added."""
        self.canvas.rect(MARGIN + left, self.height - bottom, right - left, bottom - top)

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A line across or down; the margin is added."""
        canvas = self.canvas
        if self.style.strokes == "shapes":
            wide, high = max(x1 - x0, 0.5), max(bottom - top, 0.5)
            canvas.rect(MARGIN + x0, self.height - bottom, wide, high, stroke=0, fill=1)
        else:
            canvas.line(MARGIN + x0, self.height - top, MARGIN + x1, self.height - bottom)
