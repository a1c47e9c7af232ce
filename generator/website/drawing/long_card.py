"""Draws the images of a figure or contradiction: a long one for phones, a wide one of its head.

The long one says all by itself: the sentence, the cell where it is printed, what was checked, where
to look, and a code that a phone scans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from generator.website.drawing.card_drawing import masthead
from generator.website.drawing.paper import INK, PAPER, SOFT, WHITE, Paper, wrapped

WIDTH, WIDE_HEIGHT = 1080, 567
_MARGIN = 60
_ROOM = WIDTH - 2 * _MARGIN
_LEADING = 1.5
_SENTENCE = 34
_EVER = 60  # lines
_MOST = 5  # lines of figure and sentence in the wide image
_FRAME, _WRONG = "#175676", "#a3271b"
_DOT = 5  # pixels of a dot of the code
_QUIET = 4  # dots of its margin


@dataclass(frozen=True)
class Crop:
    """A cell on the drawn page of a document: the image and its width in points.

    `box` is the cell's left, top, width and height; `seen` the left, top, right and bottom of what
    of the page is seen.
    """

    page: bytes
    width: float
    box: tuple[float, float, float, float]
    seen: tuple[float, float, float, float]


@dataclass(frozen=True)
class LongCard:
    """What the images of one card say; `notes` are headings with their lines.

    `wrong` tells that it is a contradiction, which alone is red.
    """

    site: str
    who: str
    question: str
    figure: str
    sentence: str
    crop: Crop | None
    caption: str
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    scan: str
    address: str
    wrong: bool = False


def draw_both(card: LongCard) -> tuple[bytes, bytes]:
    """Draw a card as PNG: the long image, and the wide one of its head.

    The wide one is for those who show an address with an image; what it has no room for is cut.
    """
    on = Paper(WIDTH, _all(None, card) + 40)
    lines = _MOST - len(wrapped(card.figure, 64, _ROOM, 2))
    if len(wrapped(card.sentence, _SENTENCE, _ROOM, _EVER)) > lines:
        short = Paper(WIDTH, WIDE_HEIGHT)
        _head(short, card, lines)
        _rest(on, card, _head(on, card, _EVER))
        return on.png(), short.png()
    at = _head(on, card, _EVER)
    wide = on.png(WIDE_HEIGHT)
    _rest(on, card, at)
    return on.png(), wide


def _all(on: Paper | None, card: LongCard) -> int:
    """Set all of a card, if there is paper, and return how high it is."""
    return _rest(on, card, _head(on, card, _EVER))


def _rest(on: Paper | None, card: LongCard, at: int) -> int:
    at = _cell(on, card, at)
    for heading, lines in card.notes:
        at = _text(on, heading, at + 24, 28, SOFT)
        for line in lines:
            at = _text(on, line, at, 30, INK)
    return _code(on, card, at + 36)


def _head(on: Paper | None, card: LongCard, most: int) -> int:
    if on:
        masthead(on, card.site, _MARGIN)
    at = _text(on, card.who, 146, 30, SOFT, 1)
    at = _text(on, card.question, at + 6, 34, SOFT, 1)
    at = _text(on, card.figure, at, 64, INK, 2)
    return _text(on, card.sentence, at + 10, _SENTENCE, INK, most)


def _text(on: Paper | None, text: str, at: int, size: int, ink: str, most: int = _EVER) -> int:
    """Write a paragraph, if there is paper, and return where the next begins."""
    step = int(size * _LEADING)
    for line in wrapped(text, size, _ROOM, most) if text else ():
        if on:
            on.write((_MARGIN, at), line, size, ink)
        at += step
    return at


def _cell(on: Paper | None, card: LongCard, at: int) -> int:
    """Draw the stretch of the page around the cell, the cell in a frame, and what the page is."""
    crop, at = card.crop, at + 20
    if crop:
        left, top, right, bottom = crop.seen
        scale = _ROOM / (right - left)
        if on:
            _stretch(on, crop, at, scale, _WRONG if card.wrong else _FRAME)
        at += int((bottom - top) * scale) + 16
    return _text(on, card.caption, at, 26, SOFT)


def _stretch(on: Paper, crop: Crop, at: int, scale: float, colour: str) -> None:
    from PIL import Image

    left, top, right, bottom = crop.seen
    image = Image.open(BytesIO(crop.page)).convert("L")
    of_point = image.width / crop.width
    part = image.crop((left * of_point, top * of_point, right * of_point, bottom * of_point))
    size = (_ROOM, int((bottom - top) * scale))
    on.picture((_MARGIN, at), part.resize(size, Image.Resampling.BILINEAR))
    x, y, width, high = crop.box
    corners = (x - left, y - top, x + width - left, min(y + high, bottom) - top)
    x0, y0, x1, y1 = (int(each * scale) for each in corners)
    on.frame((_MARGIN + x0, at + y0, _MARGIN + x1, at + y1), colour, 4)
    on.frame((_MARGIN, at, _MARGIN + size[0], at + size[1]), "#dcd7ca", 1)


def _code(on: Paper | None, card: LongCard, at: int) -> int:
    """Draw the code of the address, and beside it what it is."""
    dots = _dots(card.address)
    side = (len(dots) + 2 * _QUIET) * _DOT
    if on:
        on.fill((_MARGIN, at, _MARGIN + side, at + side), WHITE)
        for y, row in enumerate(dots, _QUIET):
            for x, dark in enumerate(row, _QUIET):
                if dark:
                    left, upper = _MARGIN + x * _DOT, at + y * _DOT
                    on.fill((left, upper, left + _DOT, upper + _DOT), INK)
        beside = wrapped(card.scan, 30, _ROOM - side - 30, 4)
        where = wrapped(card.address, 22, _ROOM - side - 30, 5)
        for number, line in enumerate(beside):
            on.write((_MARGIN + side + 30, at + 10 + 44 * number), line, 30, INK, PAPER)
        for number, line in enumerate(where):
            y = at + 24 + 44 * len(beside) + 32 * number
            on.write((_MARGIN + side + 30, y), line, 22, SOFT, PAPER)
    return at + side


@lru_cache(4)
def _dots(address: str) -> Sequence[Sequence[bool]]:
    import segno

    return [[bool(dot) for dot in row] for row in segno.make(address, error="m").matrix]
