"""Draws one card: the image that stands for a page where it is shared.

With our own font alone, so that it is the same bytes everywhere. The font is asked by its file: a
converter of SVG would ask the system for a font of that name, and the system's may be another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache as remembered
from io import BytesIO
from typing import TYPE_CHECKING

from generator.pdf.fonts import FONT

if TYPE_CHECKING:  # it is only needed where the cache lacks a card
    from PIL import ImageDraw, ImageFont

SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_PAPER, _INK, _SOFT = "#fbfaf6", "#1e2227", "#575d66"
_NAME_FORMS = ((66, 2), (46, 3))  # size and most lines; a name takes the first that holds it
_COLOURS = 128
_LONGEST = 200  # characters of a text that are looked at: far more than a card holds
_MISSING = "〓"  # what printers set for a character they do not have
_NO_LINE_STARTS_WITH = "，。、；：？！）】》”’…%"


@dataclass(frozen=True)
class Card:
    """What one card says: the site, a line above the name, the name, a figure and a bar."""

    site: str
    name: str
    above: str = ""
    label: str = ""
    figure: str = ""
    below: str = ""
    stripes: tuple[tuple[int, int, str], ...] = ()


def draw(card: Card) -> bytes:
    """Draw a card as a PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, _PAPER)
    on = ImageDraw.Draw(image)
    _masthead(on, card.site)
    _write(on, 156, card.above, 38, _SOFT)
    size, lines = _fitted(card.name)
    for number, line in enumerate(lines):
        _write(on, 212 + number * int(size * 1.25), line, size, _INK)
    _write(on, 402, card.label, 32, _SOFT)
    _write(on, 440, card.figure, 64, _INK)
    _bar(on, card.stripes)
    _write(on, 576, card.below, 28, _SOFT)
    buffer = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _masthead(on: ImageDraw.ImageDraw, site: str) -> None:
    """The stamp, a white 账 on ink, and the site's name beside it."""
    on.rectangle((0, 0, SIZE[0], 12), fill=_INK)
    on.rounded_rectangle((_MARGIN, 52, _MARGIN + 72, 124), 8, fill=_INK)
    on.text((_MARGIN + 36, 88), "账", "#ffffff", _font(48), anchor="mm")
    [line] = wrapped(site, 44, _WIDTH - 100, 1)
    on.text((_MARGIN + 96, 88), line, _INK, _font(44), anchor="lm")


def _bar(on: ImageDraw.ImageDraw, stripes: Sequence[tuple[int, int, str]]) -> None:
    for x, width, colour in stripes:
        left, right = (_MARGIN + at * _WIDTH // 1000 for at in (x, x + width))
        if right > left:
            on.rectangle((left, 544, right - 1, 567), fill=colour)


def _write(on: ImageDraw.ImageDraw, top: int, text: str, size: int, colour: str) -> None:
    """Write one line; what is too long for it ends in an ellipsis."""
    [line] = wrapped(text, size, _WIDTH, 1)
    on.text((_MARGIN, top), line, colour, _font(size))


def _fitted(name: str) -> tuple[int, list[str]]:
    """Return the largest size at which a name fits, and its lines, about equally long."""
    text = _printable(name)
    for size, most in _NAME_FORMS:
        count = len(list(_lines(text, size, _WIDTH)))
        if count <= most:
            break
    else:
        return size, wrapped(name, size, _WIDTH, most)
    width = _WIDTH
    while width > size and len(list(_lines(text, size, width - size))) == count:
        width -= size
    return size, wrapped(name, size, width, most)


def wrapped(text: str, size: int, width: int, most: int) -> list[str]:
    """Break a text into at most so many lines, none wider than `width`; at least one, maybe empty.

    A character that the font does not have is told by 〓.
    """
    lines = list(_lines(_printable(text), size, width)) or [""]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _font(size).getlength(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _lines(text: str, size: int, width: int) -> Iterator[str]:
    while text:
        end = len(text)
        while _font(size).getlength(text[:end]) > width:
            end -= 1
        end = max(1, _break(text, end))
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def _break(text: str, end: int) -> int:
    """Return where a line ends at best: not within a word, nor before a closing mark."""
    if end >= len(text):
        return end
    if text[end] in _NO_LINE_STARTS_WITH:
        return end - 1
    if text[end - 1 : end + 1].isascii() and " " in text[:end]:
        return text.rindex(" ", 0, end) + 1
    return end


def _printable(text: str) -> str:
    return "".join(c if _has(c) else _MISSING for c in " ".join(text.split())[:_LONGEST])


@remembered
def _has(character: str) -> bool:
    """Tell whether the font has a shape of its own for a character; all others share a box."""
    font = _font(32)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0003fffd")) or character == "□"


@remembered
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    # The basic layout: the other one depends on a library of the system.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
