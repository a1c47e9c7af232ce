"""An image in few colours with texts of our own font alone, so it is the same bytes everywhere.

The font is asked by its file: a converter of SVG would ask the system for a font of that name, and
the system's may be another one. Few colours make it small, and cost a tenth of what it takes to
find the best ones of an image in all colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache as remembered
from io import BytesIO
from typing import TYPE_CHECKING

from generator.pdf.fonts import FONT

if TYPE_CHECKING:  # it is only needed where the cache lacks an image
    from PIL import Image, ImageFont

PAPER, WHITE, INK, SOFT = "#fbfaf6", "#ffffff", "#1e2227", "#575d66"
_MISSING = "〓"  # what printers set for a character they do not have
_NO_LINE_STARTS_WITH, _NO_LINE_ENDS_WITH = "，。、；：？！）】》”’…%", "（【《“‘"
_SHADES = 8  # between the colour of a text and that of its ground


class Paper:
    """An image while it is written on; its pixels are numbers of colours."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image

        self.width = width
        self._colours: list[tuple[int, int, int]] = []
        self._first: dict[tuple[str, str], int] = {}
        self._image = Image.new("L", (width, height), self._shades(INK, PAPER))

    def _shades(self, ink: str, ground: str) -> int:
        """Return the number of a ground, after which come the shades up to an ink."""
        from PIL import ImageColor

        if (ink, ground) not in self._first:
            self._first[ink, ground] = len(self._colours)
            pairs = list(zip(ImageColor.getrgb(ground), ImageColor.getrgb(ink), strict=True))
            for step in range(_SHADES):
                mixed = [a + (b - a) * step // (_SHADES - 1) for a, b in pairs]
                self._colours.append((mixed[0], mixed[1], mixed[2]))
        return self._first[ink, ground]

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """Fill a rectangle, given by its corners; the second is outside of it."""
        self._image.paste(self._shades(colour, colour), box)

    def frame(self, box: tuple[int, int, int, int], colour: str, thick: int) -> None:
        """Draw a frame around a rectangle."""
        x0, y0, x1, y1 = box
        self.fill((x0 - thick, y0 - thick, x1 + thick, y0), colour)
        self.fill((x0 - thick, y1, x1 + thick, y1 + thick), colour)
        self.fill((x0 - thick, y0, x0, y1), colour)
        self.fill((x1, y0, x1 + thick, y1), colour)

    def write(
        self, at: tuple[int, int], text: str, size: int, ink: str = INK, ground: str = PAPER
    ) -> None:
        """Write one line, whose letters begin below and right of a point."""
        from PIL import Image, ImageDraw

        if not text:
            return
        room = (int(font(size).getlength(text)) + 2, int(size * 1.5))
        mask = Image.new("L", room, 0)
        ImageDraw.Draw(mask).text((0, 0), text, 255, font(size))
        if box := mask.getbbox():  # what is around the letters may be another line's
            self._put(mask.crop(box), (at[0] + box[0], at[1] + box[1]), ink, ground)

    def stamp(self, at: tuple[int, int], side: int) -> None:
        """Draw the site's stamp, a white 账 on ink."""
        from PIL import Image, ImageDraw

        mask = Image.new("L", (side, side), 0)
        middle = (side / 2, side / 2)
        ImageDraw.Draw(mask).text(middle, "账", 255, font(side * 2 // 3), anchor="mm")
        self._put(mask, at, WHITE, INK)

    def picture(self, at: tuple[int, int], greys: Image.Image) -> None:
        """Put a picture in greys on it."""
        from PIL import ImageOps

        self._put(ImageOps.invert(greys), at, "#000000", WHITE)

    def _put(self, mask: Image.Image, at: tuple[int, int], ink: str, ground: str) -> None:
        first = self._shades(ink, ground)
        numbers = [first + (level * (_SHADES - 1) + 127) // 255 for level in range(256)]
        self._image.paste(mask.point(numbers), at)

    def png(self, height: int = 0) -> bytes:
        """Return the image, or what is above some height, as PNG."""
        image = self._image.crop((0, 0, self.width, height or self._image.height))
        image.putpalette([part for colour in self._colours for part in colour])
        buffer = BytesIO()
        image.save(buffer, "PNG", compress_level=4)
        return buffer.getvalue()


def wrapped(text: str, size: int, width: int, most: int) -> list[str]:
    """Break a text into at most so many lines, none wider than `width`; at least one, maybe empty.

    A character that the font does not have is told by 〓.
    """
    lines = list(_lines(printable(text), size, width)) or [""]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _length(f"{last}…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _lines(text: str, size: int, width: int) -> Iterator[str]:
    while text:
        room, end = float(width), 0
        while end < len(text) and (room := room - _advance(text[end], size)) >= 0:
            end += 1
        end = max(1, _break(text, end))
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def _break(text: str, end: int) -> int:
    """Return where a line ends at best: not within a word, nor before a closing mark."""
    if end >= len(text):
        return end
    while end > 1 and (text[end] in _NO_LINE_STARTS_WITH or text[end - 1] in _NO_LINE_ENDS_WITH):
        end -= 1
    if text[end - 1 : end + 1].isascii() and " " in text[:end]:
        return text.rindex(" ", 0, end) + 1
    return end


def _length(text: str, size: int) -> float:
    return sum(_advance(character, size) for character in text)


@remembered
def _advance(character: str, size: int) -> float:
    return font(size).getlength(character)


def printable(text: str) -> str:
    """Return a text on one line, with 〓 for what the font does not have."""
    return "".join(c if _has(c) else _MISSING for c in " ".join(text.split()))


@remembered
def _has(character: str) -> bool:
    """Tell whether the font has a shape of its own for a character; all others share a box."""
    shape = bytes(font(32).getmask(character))
    return shape != bytes(font(32).getmask("\U0003fffd")) or character == "□"


@remembered
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return our font in a size."""
    from PIL import ImageFont

    # The basic layout: the other one depends on a library of the system.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
