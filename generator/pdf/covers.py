"""What lies under the text of a page and over it: coloured areas and pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from generator.pdf.matrices import Area
from generator.pdf.painting import Colour, Cover, Painting, Shape, Text, bounds_of

# Paler than this against the paper, of 255, nobody sees.
FAINT = 20
WHITE = (255, 255, 255)
_BAND = 32.0


def on_paper(colour: Colour) -> tuple[int, int, int]:
    """What a colour looks like on white paper."""
    red, green, blue, opaque = colour
    return (
        255 - (255 - red) * opaque // 255,
        255 - (255 - green) * opaque // 255,
        255 - (255 - blue) * opaque // 255,
    )


def contrast(first: Sequence[int], second: Sequence[int]) -> int:
    """How far two colours are apart, from 0 to 255."""
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


class Covers:
    """The fills and pictures of a page, found by their place."""

    def __init__(self, painting: Painting) -> None:
        fills = list(filled(painting.shapes))
        above = [Cover(1 << 40, area, None, True) for _, area in painting.lying]
        self.bands: dict[int, list[Cover]] = defaultdict(list)
        self.last = 0
        colours: set[tuple[int, int, int]] = {WHITE}
        for cover in chain(fills, painting.pictures, above):
            self.last = max(self.last, cover.order)
            if cover.colour is not None:
                colours.add(on_paper(cover.colour))
            first, last = (band(y) for y in (cover.area.y0, cover.area.y1))
            for number in range(max(first, -1000), min(last, 1000) + 1):
                self.bands[number].append(cover)
        inks = {text.colour for text in painting.texts if text.colour is not None}
        #: The colours of text that are none, and those of the paper or of any fill on the page.
        self.clear = {ink for ink in inks if ink[3] < FAINT // 2}
        self.faint = {
            ink for ink in inks if any(contrast(on_paper(ink), each) < FAINT for each in colours)
        }

    def doubt(self, text: Text) -> bool:
        """Whether a piece of text may not be seen for its colour or for what lies over it."""
        if text.colour in self.faint:
            return text.area.size > 0
        return text.order < self.last and self.cover(text)

    def over(self, text: Text) -> Iterator[Cover]:
        """What is painted over a piece of text after it."""
        return (cover for cover in self.near(text.area) if cover.order > text.order)

    def near(self, area: Area) -> Iterator[Cover]:
        """What shares a good part of an area, or has a good part in it."""
        x0, y0, x1, y1 = area.x0, area.y0, area.x1, area.y1
        for cover in self.bands.get(band((y0 + y1) / 2), ()):
            other = cover.area
            if other.x0 >= x1 or other.x1 <= x0 or other.y0 >= y1 or other.y1 <= y0:
                continue
            shared = other.shared(area)
            if shared and shared.size > 0.1 * min(area.size, cover.area.size):
                yield cover

    def cover(self, text: Text) -> bool:
        """Whether anything is painted over a piece of text."""
        return any(True for _ in self.over(text))

    def under(self, text: Text) -> tuple[int, int, int]:
        """The colour of what a piece of text stands on."""
        area = text.area
        x, y = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2
        below = [
            cover
            for cover in self.near(area)
            if cover.order < text.order and cover.colour is not None and cover.area.holds(x, y)
        ]
        return on_paper(below[-1].colour or (255, 255, 255, 255)) if below else WHITE


def filled(shapes: Iterable[Shape]) -> Iterator[Cover]:
    """The fills that have an area: not the thin ones, which are lines."""
    for shape in shapes:
        if shape.fill is None:
            continue
        area: Area | None = bounds_of(shape.item, shape.outer)
        if shape.clip is not None and area is not None:
            area = area.shared(shape.clip)
        if area is not None and area.x1 - area.x0 > 3 and area.y1 - area.y0 > 3:
            yield Cover(shape.order, area, shape.fill, False)


def band(y: float) -> int:
    """In which of the bands across a page a height is; what is far beside a page is in the last."""
    return int(max(min(y, 1e6), -1e6) // _BAND)
