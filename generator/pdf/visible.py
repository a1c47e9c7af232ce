"""What a person sees of the text of a page; the rest is switched off before the text is read.

Most pages need no more than a look at how each piece of text is painted. Where that leaves a doubt
(white text, a shape over it, a layer), the page is drawn twice, with the text in doubt and without:
where no dot differs, nothing was to be seen.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Literal, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from generator.pdf.calls import handle
from generator.pdf.matrices import Area
from generator.pdf.painting import Colour, Cover, Painting, Shape, Text, bounds_of

Why = Literal["invisible", "outside", "clipped", "covered", "watermark"]

# Paler than this against the paper, of 255, nobody sees.
_FAINT = 20
# A watermark may be this dark: it is printed so that what lies over it can be read.
_PALE = 100
_DARK = 140
_OPAQUE = 250
# Farther from the lines of the page, in degrees, than any page lies askew in a scanner.
_ASKEW = 10.0
_REPEATS = 3
_BAND = 32.0
# Text printed twice begins this near, in points.
_SHIFT = 2.0
_SQUARE = 2 * _SHIFT
_MOST_TWINS = 4
_ROW = 1 << 20
_MOST_PIXELS = 12_000_000
_MOST_ROUNDS = 6


class Hidden(NamedTuple):
    """Text that was left out, and why."""

    why: Why
    text: str


@dataclass(slots=True)
class Sight:
    """What was switched off on a page, and of which pieces of text only a part is seen.

    ``parts`` tells of a piece, by its address, whether a person sees an area of it.
    """

    hidden: list[Hidden] = field(default_factory=list)
    parts: dict[int, tuple[Why, Callable[[Area], bool]]] = field(default_factory=dict)
    skew: float = 0.0


def look(page: pdfium.PdfPage, painting: Painting) -> Sight:
    """Switch off the text of ``page`` that a person does not see or does not take for its text."""
    sight = Sight()
    painting.shapes = _shown(page, painting.shapes)
    off: dict[int, tuple[Text, Why]] = {}
    doubted: list[Text] = []
    covers = _Covers(painting)
    special = covers.clear | covers.faint
    for text in painting.texts:
        if not (text.clip or text.layered or text.order < covers.last or text.colour in special):
            continue
        why = _plain(text, sight)
        if why:
            off[text.order] = text, why
        elif covers.doubt(text) or (text.layered and text.area.size):
            doubted.append(text)
    if doubted:
        for text, seen in _drawn_test(page, doubted):
            if seen is None:
                off[text.order] = text, covers.why(text)
            else:
                sight.parts[text.item] = covers.why(text), seen
    shown = [text for text in painting.texts if text.order not in off]
    off.update((text.order, (text, "watermark")) for text in _watermarks(page, shown, covers))
    twice = _twice(page, [text for text in shown if text.order not in off])
    sight.hidden += _switched_off(page, list(off.values()))
    for text in twice:
        _switch(text, on=False)
    sight.skew = _skew([text for text in shown if text.order not in off])
    return sight


def _plain(text: Text, sight: Sight) -> Why | None:
    """Why a piece of text is not seen, where how it is painted says so by itself."""
    if text.colour is not None and text.colour[3] < _FAINT // 2:
        return "invisible"
    if text.clip is None:
        return None
    area, clip = text.area, text.clip
    if area[0] >= clip[0] and area[1] >= clip[1] and area[2] <= clip[2] and area[3] <= clip[3]:
        return None
    if not area.size:
        return None  # blanks
    inside = area.shared(text.clip)
    if inside is None:
        return "clipped"
    if inside.x1 - inside.x0 < area.x1 - area.x0 - 1 or inside.y1 - inside.y0 < 0.5 * (
        area.y1 - area.y0
    ):
        sight.parts[text.item] = (
            "clipped",
            lambda part: clip.holds((part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2),
        )
    return None


# ── what lies under the text and over it ─────────────────────────────────────────────────


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


_WHITE = (255, 255, 255)


class _Covers:
    """The fills and pictures of a page, found by their place."""

    def __init__(self, painting: Painting) -> None:
        fills = list(filled(painting.shapes))
        above = [Cover(1 << 40, area, None, True) for _, area in painting.lying]
        self.bands: dict[int, list[Cover]] = defaultdict(list)
        self.last = 0
        colours: set[tuple[int, int, int]] = {_WHITE}
        for cover in chain(fills, painting.pictures, above):
            self.last = max(self.last, cover.order)
            if cover.colour is not None:
                colours.add(on_paper(cover.colour))
            first, last = (band(y) for y in (cover.area.y0, cover.area.y1))
            for number in range(max(first, -1000), min(last, 1000) + 1):
                self.bands[number].append(cover)
        inks = {text.colour for text in painting.texts if text.colour is not None}
        #: The colours of text that are none, and those of the paper or of any fill on the page.
        self.clear = {ink for ink in inks if ink[3] < _FAINT // 2}
        self.faint = {
            ink for ink in inks if any(contrast(on_paper(ink), each) < _FAINT for each in colours)
        }

    def doubt(self, text: Text) -> bool:
        """Whether a piece of text may not be seen for its colour or for what lies over it."""
        if text.colour in self.faint:
            return text.area.size > 0
        return text.order < self.last and any(True for _ in self.over(text))

    def over(self, text: Text) -> Iterator[Cover]:
        """What is painted over a piece of text after it."""
        return (cover for cover in self.near(text.area) if cover.order > text.order)

    def near(self, area: Area) -> Iterator[Cover]:
        x0, y0, x1, y1 = area
        for cover in self.bands.get(band((y0 + y1) / 2), ()):
            other = cover.area
            if other[0] >= x1 or other[2] <= x0 or other[1] >= y1 or other[3] <= y0:
                continue
            shared = other.shared(area)
            if shared and shared.size > 0.1 * min(area.size, cover.area.size):
                yield cover

    def why(self, text: Text) -> Why:
        return "covered" if any(True for _ in self.over(text)) else "invisible"

    def under(self, text: Text) -> tuple[int, int, int]:
        """The colour of what a piece of text stands on."""
        area = text.area
        x, y = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2
        below = [
            cover
            for cover in self.near(area)
            if cover.order < text.order and cover.colour is not None and cover.area.holds(x, y)
        ]
        return on_paper(below[-1].colour or (255, 255, 255, 255)) if below else _WHITE


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


# ── drawn with it and without it ─────────────────────────────────────────────────────────


def _drawn_test(
    page: pdfium.PdfPage, texts: Sequence[Text]
) -> Iterator[tuple[Text, Callable[[Area], bool] | None]]:
    """Of each piece of text: nothing where it is not seen, else which part of it is.

    Pieces that lie on one another are tried in different rounds: one may hide the other.
    """
    with_all = _Picture(page)
    for batch in _apart(texts):
        for text in batch:
            _switch(text, on=False)
        without = _Picture(page)
        for text in batch:
            _switch(text, on=True)
        for text in batch:

            def seen(area: Area, without: _Picture = without) -> bool:
                return with_all.differs(without, area)

            yield text, seen if seen(text.area) else None


def _shown(page: pdfium.PdfPage, shapes: list[Shape]) -> list[Shape]:
    """The shapes without those of layers that are switched off."""
    layered = [shape for shape in shapes if shape.layered]
    if not layered:
        return shapes
    with_all = _Picture(page)
    for shape in layered:
        _switch(shape, on=False)
    without = _Picture(page)
    for shape in layered:
        _switch(shape, on=True)
    # In the middle, where lines that meet it are not taken for it.
    off = {s.order for s in layered if not with_all.differs(without, _middle(s.area))}
    return [shape for shape in shapes if shape.order not in off]


def _middle(area: Area) -> Area:
    wide, high = 0.4 * (area.x1 - area.x0), 0.4 * (area.y1 - area.y0)
    return Area(area.x0 + wide, area.y0 + high, area.x1 - wide, area.y1 - high)


def _apart(texts: Sequence[Text]) -> list[list[Text]]:
    """Batches of pieces that do not lie on one another; what does not fit is not tried."""
    batches: list[tuple[list[Text], dict[int, list[Area]]]] = []
    for text in texts:
        area = text.area
        bands = range(band(area.y0), band(area.y1) + 1)
        free = (
            each
            for each in batches
            if not any(area.shared(other) for number in bands for other in each[1].get(number, ()))
        )
        chosen = next(free, None)
        if chosen is None:
            if len(batches) == _MOST_ROUNDS:
                continue
            chosen = [], {}
            batches.append(chosen)
        chosen[0].append(text)
        for number in bands:
            chosen[1].setdefault(number, []).append(area)
    return [batch for batch, _ in batches]


class _Picture:
    """A page as it is drawn, not turned, with its annotations."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, bottom, right, self.top = page.get_bbox()
        width, height = right - self.left, self.top - bottom
        self.scale = min(2.0, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
        bitmap = page.render(
            scale=self.scale,
            rotation=(360 - page.get_rotation()) % 360,
            may_draw_forms=False,
            fill_color=(255, 255, 255, 255),
            bitmap_maker=pdfium.PdfBitmap.new_native,
        )
        self.data = bytes(bitmap.buffer)
        self.stride, self.width, self.height = bitmap.stride, bitmap.width, bitmap.height
        self.bytes = bitmap.n_channels
        bitmap.close()

    def differs(self, other: _Picture, area: Area) -> bool:
        """Whether, within an area, the two pictures differ so much that a person sees it."""
        x0 = max(0, math.floor((area.x0 - self.left) * self.scale))
        x1 = min(self.width, math.ceil((area.x1 - self.left) * self.scale))
        y0 = max(0, math.floor((self.top - area.y1) * self.scale))
        y1 = min(self.height, math.ceil((self.top - area.y0) * self.scale))
        for row in range(y0, y1):
            start, end = row * self.stride + x0 * self.bytes, row * self.stride + x1 * self.bytes
            mine, others = self.data[start:end], other.data[start:end]
            if mine != others and contrast(mine, others) >= _FAINT:
                return True
        return False


# ── watermarks ───────────────────────────────────────────────────────────────────────────


def _watermarks(page: pdfium.PdfPage, texts: Sequence[Text], covers: _Covers) -> list[Text]:
    """Text that runs across the lines of the page; and pale text printed time and again."""
    main, across, rest = 0.0, list[Text](), texts
    if any(text.angle for text in texts):
        main = _main_angle(texts)
        across = [text for text in texts if _across(text.angle - main)]
        rest = [text for text in texts if not _across(text.angle - main)]
    pales = {colour for colour in {text.colour for text in rest} if _is_pale(colour)}
    if not pales:
        return across
    pale = [text for text in rest if text.colour in pales and min(covers.under(text)) > _DARK]
    if not pale or len(pale) == len(rest):
        return across
    with _Strings(page) as strings:
        counts = Counter(strings.of(text) for text in pale)
        dark = max((text.area.y1 - text.area.y0 for text in rest if text not in pale), default=0)
        across += [
            text
            for text in pale
            if counts[strings.of(text)] >= _REPEATS
            or text.area.y1 - text.area.y0 > 2 * dark
            or abs(text.angle - main) > _ASKEW
        ]
    return across


def _is_pale(colour: Colour | None) -> bool:
    return colour is not None and contrast(on_paper(colour), _WHITE) <= _PALE


def _across(angle: float) -> bool:
    """Whether an angle is none of the four in which a page is read, nor nearly."""
    return angle != 0 and min(angle % 90, 90 - angle % 90) > _ASKEW


def _main_angle(texts: Sequence[Text]) -> float:
    """The angle, in whole degrees, at which most of the text runs that is not across the page."""
    angles = Counter(round(text.angle) for text in texts if not _across(text.angle))
    return float(angles.most_common(1)[0][0]) if angles else 0.0


def _skew(texts: Sequence[Text]) -> float:
    """How far the page lies askew, in degrees against the clock."""
    askew = [text.angle for text in texts if text.angle and text.angle % 90]
    if len(askew) < 0.5 * len(texts) or not askew:
        return 0.0
    rest = sorted((angle + 45) % 90 - 45 for angle in askew)
    middle = rest[len(rest) // 2]
    return middle if abs(middle) > 0.2 else 0.0


# ── drawn twice ──────────────────────────────────────────────────────────────────────────


def _twice(page: pdfium.PdfPage, texts: Sequence[Text]) -> list[Text]:
    """Text that is printed again over itself, or a little beside: bold letters, or a shadow."""
    if not _any_near(texts):
        return []
    near: dict[int, list[Text]] = {}
    pairs: list[tuple[Text, Text]] = []
    get, square, shift = near.get, _SQUARE, _SHIFT
    for text in texts:
        x, y = text.start
        across, down = x / square, y / square
        column, row = int(across), int(down) * _ROW
        # Of the squares around, the nearer ones: what is near enough is in one of these four.
        beside = column + 1 if across - column > 0.5 else column - 1
        below = row + _ROW if down - int(down) > 0.5 else row - _ROW
        for key in (column + row, beside + row, column + below, beside + below):
            for other in get(key, ())[-_MOST_TWINS:]:
                if abs(other.start[0] - x) <= shift and abs(other.start[1] - y) <= shift:
                    pairs.append((other, text))
        own = get(column + row)
        if own is None:
            near[column + row] = [text]
        else:
            own.append(text)
    pairs = [(first, again) for first, again in pairs if _same_place(first, again)]
    if not pairs:
        return []
    found: dict[int, Text] = {}
    with _Strings(page) as strings:
        for first, again in pairs:
            if first.order in found:
                continue
            before, after = strings.of(first), strings.of(again)
            if _is_of(after, before) or _is_of(before, after):
                found[again.order] = again
    return list(found.values())


def _any_near(texts: Sequence[Text]) -> bool:
    """Whether any two pieces begin at one place: a quick look, for most pages have none.

    Of a page printed twice hundreds do; a lone piece a little beside another may slip through,
    and is then seen to lie on it.
    """
    starts = [text.start for text in texts]
    if len({int(x / _SQUARE) + int(y / _SQUARE) * _ROW for x, y in starts}) < len(starts):
        return True
    return any(abs(x - u) <= _SHIFT and abs(y - v) <= _SHIFT for (x, y), (u, v) in pairwise(starts))


def _same_place(first: Text, again: Text) -> bool:
    one, other = first.area, again.area
    high = one.y1 - one.y0
    return abs(high - (other.y1 - other.y0)) < 0.1 * max(high, 1.0) and abs(
        (one.x1 - one.x0) - (other.x1 - other.x0)
    ) < 0.3 * max(high, 1.0)


def _is_of(part: str, whole: str) -> bool:
    """Whether a text is another, or what pdfium leaves of it where one lies over the other."""
    letters = iter(whole)
    return all(letter in letters for letter in part.replace(" ", ""))


# ── switching off ────────────────────────────────────────────────────────────────────────


def _switched_off(page: pdfium.PdfPage, texts: Sequence[tuple[Text, Why]]) -> list[Hidden]:
    if not texts:
        return []
    with _Strings(page) as strings:
        hidden = [Hidden(why, strings.of(text)) for text, why in texts]
    for text, _ in texts:
        _switch(text, on=False)
    return [each for each in hidden if each.text.strip()]


def _switch(item: Text | Shape, *, on: bool) -> None:
    """Leave a piece of a page out of what is drawn and read, or take it in again."""
    raw.FPDFPageObj_SetIsActive(handle(item.item), on)


class _Strings:
    """What the pieces of text say, before any is switched off."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.text_page = page.get_textpage()
        self.known: dict[int, str] = {}

    def __enter__(self) -> _Strings:
        return self

    def __exit__(self, *_: object) -> None:
        self.text_page.close()

    def of(self, text: Text) -> str:
        if text.order not in self.known:
            buffer = (ctypes.c_ushort * 512)()
            count = raw.FPDFTextObj_GetText(handle(text.item), self.text_page.raw, buffer, 1024)
            data = bytes(buffer)[: min(count, 1024)]
            self.known[text.order] = data.decode("utf-16-le", "replace").strip("\0")
        return self.known[text.order]
