"""PDF objects: what is seen on a page, by pdfium, upright and from the top left.

Pdfium is the fast half of what pdfplumber does (``make bench`` prints the ratio). Its traps: forms
must be gone into; the page's own /Rotate, and text that is drawn turned or askew, must be undone;
it reads text that nobody sees, and drops a character where another like it lies beneath.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from generator.pdf.characters import (
    Char,
    Characters,
    characters,
    enlarged,
    straightened,
)
from generator.pdf.limits import Limits
from generator.pdf.matrices import Area, Matrix, moved, place, scaled, straight, times
from generator.pdf.painting import Lying, Painting, survey
from generator.pdf.rules import Edge, drawing
from generator.pdf.visible import Hidden, Sight, look
from generator.problems import UnreadableError

__all__ = ["Char", "Edge", "PageObjects", "quarter_turns", "read_page"]

# Text nearer than this, in quarter turns, to one of the four directions tells how a page lies.
_NEARLY = 0.12
# The usual size of type in points, and what is so far from it that the page is drawn to scale.
_USUAL, _SMALL, _LARGE = 9.0, 3.6, 40.0


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What is seen on a page: its size as it is looked at, its characters in order, its edges.

    ``units`` are the characters among the blanks and breaks that pdfium adds, ``unknown`` counts
    those whose text nobody knows. ``pictures`` and ``outlines`` (text as curves) are places where
    something stands that is no text, ``lying`` what lies over the page. ``hidden`` is text that
    nobody sees. Where the page lies askew or is printed very small, all places are those on the
    page put straight, by ``skew`` degrees, and enlarged by ``scale``; ``as_shown`` leads back.
    """

    number: int
    width: float
    height: float
    units: tuple[Char | str, ...]
    chars: tuple[Char, ...]
    edges: tuple[Edge, ...]
    unknown: int
    pictures: tuple[Area, ...] = ()
    outlines: tuple[Area, ...] = ()
    lying: tuple[tuple[Lying, Area], ...] = ()
    hidden: tuple[Hidden, ...] = ()
    skew: float = 0.0
    scale: float = 1.0

    def as_shown(self, *edges: float) -> tuple[float, float, float, float]:
        """Where a box (left, top, right, bottom) is on the page as it is looked at."""
        x0, top, x1, bottom = (edge / self.scale for edge in edges)
        if not self.skew:
            return x0, top, x1, bottom
        back = straight(self.width, self.height, -self.skew)
        x, y = place(back, (x0 + x1) / 2, (top + bottom) / 2)
        return x - (x1 - x0) / 2, y - (bottom - top) / 2, x + (x1 - x0) / 2, y + (bottom - top) / 2

    @property
    def shown_chars(self) -> tuple[Char, ...]:
        """The characters with their places on the page as it is looked at."""
        if self.scale == 1 and not self.skew:
            return self.chars
        return tuple(Char(char.text, *self.as_shown(*char.edges)) for char in self.chars)

    @property
    def text(self) -> str:
        """The text in the order in which it is drawn."""
        return "".join([unit if isinstance(unit, str) else unit.text for unit in self.units])


def read_page(
    document: pdfium.PdfDocument, index: int, limits: Limits, *, layers: bool = True
) -> PageObjects:
    """Read the page number ``index`` (from 0); ``layers`` may be False where there are none.

    Raises UnreadableError where the page is broken, or holds more than ``limits`` allow.
    """
    page = _page(document, index)
    within = partial(_within, index)
    try:
        within(limits.objects_per_page, "对象", raw.FPDFPage_CountObjects(page.raw))
        painting = survey(page.raw, layers, partial(within, limits.objects_per_page, "对象"))
        sight = look(page, painting)
        text_page = page.get_textpage()
        try:
            count = raw.FPDFText_CountChars(text_page.raw)
            within(limits.characters_per_page, "字符", count)
            lay = _Lay(page, quarter_turns(page, text_page.raw))
            shown = Area(0, 0, lay.width, lay.height)
            read = characters(text_page.raw, lay.turn, shown, sight)
        finally:
            text_page.close()
        return _objects(index, painting, lay, read, sight, limits)
    finally:
        page.close()


def _objects(
    index: int,
    painting: Painting,
    lay: _Lay,
    read: Characters,
    sight: Sight,
    limits: Limits,
) -> PageObjects:
    turn, units = lay.turn, read.units
    skew, scale = sight.skew, _scale(units)
    if skew:
        upright = straight(lay.width, lay.height, skew)
        units = straightened(units, skew, upright)
        turn = times(turn, upright)
    if scale != 1:
        units = enlarged(units, scale)
        turn = times(turn, scaled(scale))
    shown = Area(0, 0, lay.width * scale, lay.height * scale)
    drawn = drawing(painting, turn, shown, partial(_within, index, limits.edges_per_page, "线段"))
    return PageObjects(
        index + 1,
        lay.width,
        lay.height,
        units,
        tuple([unit for unit in units if type(unit) is Char]),
        tuple(drawn.edges),
        read.unknown,
        tuple(moved(picture.area, turn) for picture in painting.pictures),
        tuple(drawn.outlines),
        tuple((what, moved(area, turn)) for what, area in painting.lying),
        (*sight.hidden, *read.hidden),
        skew,
        scale,
    )


def _scale(units: Sequence[Char | str]) -> float:
    """How much a page must be enlarged for its text to have the size that others have."""
    chars = [unit for unit in units[:: max(1, len(units) // 100)] if not isinstance(unit, str)]
    if not chars:
        return 1.0
    sizes = sorted(char.bottom - char.top for char in chars)
    size = max(sizes[len(sizes) // 2], 0.01)
    return 2.0 ** round(math.log2(_USUAL / size)) if size < _SMALL or size > _LARGE else 1.0


def _page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableError("pdf-broken", reason=f"第 {index + 1} 页：{error}") from error


def _within(index: int, most: int, what: str, found: int) -> None:
    if found > most:
        raise UnreadableError("page-too-full", page=index + 1, what=what, found=found, most=most)


# ── turning upright ──────────────────────────────────────────────────────────────────────


def _angle(text_page: Any) -> int | None:
    """The angle, in quarter turns against the clock, at which most of the text is drawn."""
    count = raw.FPDFText_CountChars(text_page)
    step = max(1, count // 60)
    turns = [
        -raw.FPDFText_GetCharAngle(text_page, index) / (math.pi / 2)
        for index in range(0, count, step)
        if raw.FPDFText_GetUnicode(text_page, index) > 32
    ]
    angles = Counter(round(turn) % 4 for turn in turns if abs(turn - round(turn)) < _NEARLY)
    return angles.most_common(1)[0][0] if angles else None


def quarter_turns(page: pdfium.PdfPage, text_page: Any) -> int:
    """How many quarter turns with the clock make the page upright: its text's, or its own.

    A page may be shown on its side or upside down: whoever reads it turns it.
    """
    angle = _angle(text_page)
    return int(page.get_rotation() // 90) % 4 if angle is None else angle


class _Lay:
    """How a page lies: its size as it is looked at, and how its points get there."""

    def __init__(self, page: pdfium.PdfPage, quarter: int) -> None:
        left, bottom, right, top = page.get_cropbox()
        width, height = right - left, top - bottom
        turns: list[tuple[float, float, Matrix]] = [
            (width, height, (1, 0, 0, -1, -left, top)),
            (height, width, (0, 1, 1, 0, -bottom, -left)),
            (width, height, (-1, 0, 0, 1, right, -bottom)),
            (height, width, (0, -1, -1, 0, top, right)),
        ]
        self.width, self.height, self.turn = turns[quarter]
