"""The characters of a page by pdfium: their text, their boxes, and which of them are seen.

Pdfium's traps: tight character boxes split ``4,417.50``, so the loose ones are taken; a character
beyond the first plane comes as two halves; a glyph whose text its font does not tell comes as
nothing, or as a guess.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from pypdfium2 import raw

from generator.meaning.characters import UNIFIED, UNKNOWN
from generator.pdf import calls
from generator.pdf.matrices import Area, Matrix, place
from generator.pdf.visible import Hidden, Sight, Why

_BLANK = 32
# Blanks and breaks that a file itself may have; any other control character is an unknown glyph.
_WHITE = (9, 10, 12, 13)
# What pdfium makes of a hyphen at the end of a line, character by character; in Chinese it parts
# no word, and must stay.
_HYPHEN_AT_END = 0x02
# pdfium gives these codes for glyphs whose text it does not know.
_NO_CHARACTER = 0xFFFE
_HIGH, _LOW, _PAST = 0xD800, 0xDC00, 0xE000
# One character in this many is asked whether its font tells what it is.
_SAMPLE = 4
# A font that cannot tell this share of its characters has guessed the others.
_MOST_GUESSED = 0.05


class Char(Struct, frozen=True, gc=False):
    """A character and its loose box: ``x0 < x1``, ``top < bottom``, in points from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Where its box begins and ends: left, top, right, bottom."""
        return self.x0, self.top, self.x1, self.bottom


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page in their order, among the blanks and breaks that pdfium adds.

    ``unknown`` counts those whose text nobody knows; they are U+FFFD.
    """

    units: tuple[Char | str, ...]
    unknown: int
    hidden: tuple[Hidden, ...]


def characters(text_page: Any, turn: Matrix, page: Area, sight: Sight) -> Characters:
    """Read the characters of a text page.

    ``turn`` takes a point to the page as it is looked at, of which ``page`` is what is shown.
    """
    reader = _CharacterReader(text_page, turn, page, sight)
    reader.read()
    return Characters(tuple(reader.units), reader.unknown, tuple(reader.left_out()))


class _Texts(dict[int, str]):
    """The texts of characters by their codes, made as they are met."""

    def __missing__(self, code: int) -> str:
        text = self[code] = UNIFIED.get(code) or chr(code)
        return text


_TEXTS = _Texts()


class _CharacterReader:
    """Goes through the characters of one page."""

    def __init__(self, text_page: Any, turn: Matrix, page: Area, sight: Sight) -> None:
        self.text_page = calls.address(text_page)
        self.turn, self.page, self.sight = turn, page, sight
        self.count = raw.FPDFText_CountChars(text_page)
        self.guessed = _guessed(self.text_page, self.count)
        self.units: list[Char | str] = []
        self.unknown = 0
        self.hidden: list[tuple[Why, str]] = []

    def read(self) -> None:  # noqa: PLR0912 -- calls would double the time of its thousands of turns
        box = calls.OutParameters("f", 4)
        place, box_read = box.places[0], box.read
        text_page, (a, b, c, d, e, f) = self.text_page, self.turn
        get_unicode, get_box, generated = calls.unicode_of, calls.loose_box, calls.is_generated
        width, height = self.page.x1, self.page.y1
        parts, guessed, append, texts = self.sight.parts, self.guessed, self.units.append, _TEXTS
        for index in range(self.count):
            code = get_unicode(text_page, index)
            if code == _HYPHEN_AT_END:
                code = 45
            # What has no shape still has a place: without it there would be a gap.
            if _BLANK < code < _HIGH and not guessed:
                text = texts[code]
            elif 0 < code <= _BLANK and (code in _WHITE or generated(text_page, index) == 1):
                append(chr(code))
                continue
            elif (asked := self._text(index, code)) is None:
                continue
            else:
                text = asked
            if not get_box(text_page, index, place):
                continue
            left, top, right, bottom = box_read()
            if code >= _HIGH and text > "\uffff":
                left, right = self._widened(index + 1, left, right)
            if b or c:
                x0, y0 = c * top + e, b * left + f
                x1, y1 = c * bottom + e, b * right + f
            else:
                x0, y0 = a * left + e, d * top + f
                x1, y1 = a * right + e, d * bottom + f
            if x0 > x1 or y0 > y1:
                x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
            x, y = x0 + x1, y0 + y1
            if x < 0 or y < 0 or x > 2 * width or y > 2 * height:
                self.hidden.append(("outside", text))
            elif parts and (why := self._covered(index, left, top, right, bottom)):
                self.hidden.append((why, text))
            else:
                append(Char(text, x0, y0, x1, y1))

    def _text(self, index: int, code: int) -> str | None:
        """The text of a character of which more must be asked; None for a second half."""
        if _HIGH <= code < _PAST:
            if code < _LOW:
                low = calls.unicode_of(self.text_page, index + 1)
                if _LOW <= low < _PAST:
                    return _TEXTS[0x10000 + ((code - _HIGH) << 10) + (low - _LOW)]
            elif index and _HIGH <= calls.unicode_of(self.text_page, index - 1) < _LOW:
                return None
        elif _BLANK <= code < _NO_CHARACTER and not self._is_guessed(index):
            return _TEXTS[code]
        self.unknown += 1
        return UNKNOWN

    def _widened(self, index: int, left: float, right: float) -> tuple[float, float]:
        """The sides of a box with those of its second half, which some fonts show for itself."""
        half = calls.OutParameters("f", 4)
        if not calls.loose_box(self.text_page, index, half.places[0]):
            return left, right
        half_left, _, half_right, _ = half.read()
        return min(left, half_left), max(right, half_right)

    def _is_guessed(self, index: int) -> bool:
        if not self.guessed:
            return False
        if _font(self.text_page, index) in self.guessed:
            return True
        return bool(calls.is_guessed(self.text_page, index) == 1)

    def _covered(self, index: int, *box: float) -> Why | None:
        """Why one character of a piece that is seen in part is not."""
        part = self.sight.parts.get(calls.object_of(self.text_page, index))
        if part is None:
            return None
        why, seen = part
        (x0, x1), (y0, y1) = sorted(box[::2]), sorted(box[1::2])
        inset = 0.15 * (x1 - x0)
        return None if seen(Area(x0 + inset, y0, x1 - inset, y1)) else why

    def left_out(self) -> list[Hidden]:
        """What was not seen, each run of characters as one."""
        runs: list[Hidden] = []
        for why, text in self.hidden:
            if runs and runs[-1].why == why:
                runs[-1] = Hidden(why, runs[-1].text + text)
            else:
                runs.append(Hidden(why, text))
        return [run for run in runs if run.text.strip()]


def _guessed(text_page: int, count: int) -> set[int]:
    """The fonts of a page that do not tell what their characters are; with 0 where any is not."""
    wrong = calls.is_guessed
    if not any(wrong(text_page, index) == 1 for index in range(0, count, _SAMPLE)):
        return set()
    errors: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for index in range(count):
        if font := _font(text_page, index):
            total[font] += 1
            errors[font] += wrong(text_page, index) == 1
    return {0, *(font for font in total if errors[font] > _MOST_GUESSED * total[font])}


def _font(text_page: int, index: int) -> int:
    item = calls.object_of(text_page, index)
    return (calls.font_of(item) or 0) if item else 0


def straightened(
    units: Sequence[Char | str], degrees: float, straight: Matrix
) -> tuple[Char | str, ...]:
    """The characters of a page that lies askew, on the page put straight.

    The box around a box that is turned is larger than that: what it was is computed back.
    """
    sine, cosine = abs(math.sin(math.radians(degrees))), math.cos(math.radians(degrees))
    share = cosine * cosine - sine * sine
    found: list[Char | str] = []
    for unit in units:
        if isinstance(unit, str):
            found.append(unit)
            continue
        x0, top, x1, bottom = unit.edges
        around, high = x1 - x0, bottom - top
        wide = max((around * cosine - high * sine) / share, 0.1) / 2
        tall = max((high * cosine - around * sine) / share, 0.1) / 2
        x, y = place(straight, (x0 + x1) / 2, (top + bottom) / 2)
        found.append(Char(unit.text, x - wide, y - tall, x + wide, y + tall))
    return tuple(found)


def enlarged(units: Sequence[Char | str], scale: float) -> tuple[Char | str, ...]:
    """The characters with their boxes enlarged."""
    return tuple(
        unit if isinstance(unit, str) else Char(unit.text, *(scale * edge for edge in unit.edges))
        for unit in units
    )
