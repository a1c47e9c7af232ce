"""What is painted on a page, in the order of painting: text, shapes, pictures, and what lies above.

One walk over the objects of a page, into its forms. It is the evidence from which ``visible.py``
tells what a person sees of the text, and ``rules.py`` the lines of tables.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import Any, Literal

from msgspec import Struct
from pypdfium2 import raw

from generator.pdf import calls
from generator.pdf.matrices import (
    UNIT,
    Area,
    Matrix,
    Point,
    area_of,
    degrees,
    matrix_of,
    moved,
    times,
)

Colour = tuple[int, int, int, int]  # red, green, blue and how opaque, from 0 to 255
Lying = Literal["form_field", "annotation", "struck_through"]

_DEEPEST_FORM = 6
#: Text that paints nothing: invisible, or only a stencil for what comes next.
_NO_PAINT = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FILLED = raw.FPDF_TEXTRENDERMODE_FILL
_STROKED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_UNSEEN_FLAGS = 0x02 | 0x20  # an annotation that is hidden, or only printed
#: Annotations that hold or hide nothing: links, notes at the margin, marking pens.
_HARMLESS = {
    raw.FPDF_ANNOT_LINK,
    raw.FPDF_ANNOT_POPUP,
    raw.FPDF_ANNOT_TEXT,
    raw.FPDF_ANNOT_HIGHLIGHT,
    raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY,
}


class Text(Struct, frozen=True):
    """A piece of text: when it is painted, where its form stands, its colour, its stencil.

    ``start`` is where it begins.
    """

    order: int
    item: int
    outer: Matrix
    colour: Colour | None
    clip: Area | None
    angle: float
    start: Point
    layered: bool

    @property
    def area(self) -> Area:
        """The rectangle that its ink takes."""
        return bounds_of(self.item, self.outer)


class Shape(Struct, frozen=True):
    """A path: how it is filled and stroked; None where it is not."""

    order: int
    item: int
    outer: Matrix
    fill: Colour | None
    stroke: Colour | None
    clip: Area | None
    layered: bool

    @property
    def area(self) -> Area:
        """The rectangle that it takes, with its strokes."""
        return bounds_of(self.item, self.outer)


class Cover(Struct, frozen=True):
    """Something with an area that hides what was painted before it: a fill, a picture."""

    order: int
    area: Area
    colour: Colour | None
    picture: bool


@dataclass(slots=True)
class Painting:
    """All that is painted on a page; areas are in the page's own space, y upwards."""

    texts: list[Text] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Cover] = field(default_factory=list)
    lying: list[tuple[Lying, Area]] = field(default_factory=list)


def survey(page: Any, layers: bool, most: Callable[[int], None]) -> Painting:
    """Walk over a page; ``layers`` tells whether its document may have parts switched off.

    Annotations that lie over the page are taken as they are shown. ``most`` is told how many
    objects there are, those of forms among them, and may raise.
    """
    walk = _Walk(layers, most)
    get, count = partial(calls.page_object, calls.address(page)), raw.FPDFPage_CountObjects(page)
    walk.over(get, count, UNIT, in_form=False, depth=0)
    walk.painting.lying = _lying(page)
    return walk.painting


class _Walk:
    """Goes over the objects of a page, in order."""

    def __init__(self, layers: bool, most: Callable[[int], None]) -> None:
        self.most = most
        self.texts: list[Text] = []
        self.painting, self.order, self.layers = Painting(self.texts), 0, layers
        self.colour = _ColourReader()

    def over(
        self, get: Callable[[int], Any], count: int, outer: Matrix, *, in_form: bool, depth: int
    ) -> None:
        """Go over ``count`` objects of the page, or of a form that ``outer`` places on it."""
        mode_of, clips = calls.render_mode, _Clips(outer)
        self.most(self.order + count)
        for index in range(count):
            item = get(index)
            self.order += 1
            # A form may be a layer, too, which pdfium does not tell.
            layered = self.layers and (in_form or _in_layer(item))
            mode = mode_of(item)
            if mode != raw.FPDF_TEXTRENDERMODE_UNKNOWN:
                self._text(item, mode, clips, layered)
                continue
            kind = calls.object_type(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._shape(item, clips, layered)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                area = bounds_of(item, outer)
                self.painting.pictures.append(Cover(self.order, area, None, True))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = times(matrix_of(item), outer)
                within = partial(calls.form_object, item)
                count = raw.FPDFFormObj_CountObjects(calls.handle(item))
                self.over(within, count, inner, in_form=True, depth=depth + 1)

    def _text(self, item: int, mode: int, clips: _Clips, layered: bool) -> None:
        if mode == _FILLED:
            colour = self.colour.fill(item)
        elif mode in _NO_PAINT:
            colour = (0, 0, 0, 0)
        elif mode in _STROKED:
            colour = self.colour.stroke(item)
        else:
            colour = self.colour.fill(item)
            if colour is None or colour[3] == 0:
                colour = self.colour.stroke(item)
        matrix, angle, outer = matrix_of(item), 0.0, clips.outer
        start = matrix[4:]
        if matrix[1] or matrix[0] <= 0 or outer is not UNIT:
            placed = times(matrix, outer)
            angle, start = degrees(placed), placed[4:]
        clip = clips.of(item)
        self.texts.append(Text(self.order, item, outer, colour, clip, angle, start, layered))

    def _shape(self, item: int, clips: _Clips, layered: bool) -> None:
        fill, stroke = self.colour.drawn(item)
        if fill or stroke:
            clip = clips.of(item)
            self.painting.shapes.append(
                Shape(self.order, item, clips.outer, fill, stroke, clip, layered)
            )


class _ColourReader:
    """Asks for colours, with the places for the answers made once."""

    def __init__(self) -> None:
        self._parts = calls.OutParameters("I", 4)
        self._modes = calls.OutParameters("i", 2)

    def fill(self, item: int) -> Colour | None:
        """The colour of a fill; None where it is a pattern."""
        parts = self._parts
        return parts.read() if calls.fill_colour(item, *parts.places) else None

    def stroke(self, item: int) -> Colour | None:
        """The colour of a stroke; None where it is a pattern."""
        parts = self._parts
        return parts.read() if calls.stroke_colour(item, *parts.places) else None

    def drawn(self, path: int) -> tuple[Colour | None, Colour | None]:
        """The colours of a path's fill and stroke; None where there is none to be seen."""
        calls.draw_mode(path, *self._modes.places)
        filled, stroked = self._modes.read()
        fill = (self.fill(path) or _PATTERN) if filled else None
        stroke = (self.stroke(path) or _PATTERN) if stroked else None
        return fill if fill and fill[3] > 8 else None, stroke if stroke and stroke[3] > 8 else None


_PATTERN: Colour = (128, 128, 128, 255)


class _Clips:
    """The stencils through which the objects of a page or form are seen; most share theirs.

    ``outer`` places the form on the page.
    """

    def __init__(self, outer: Matrix) -> None:
        self.outer = outer
        # By where the paths of a stencil lie, which is the same for all that share it.
        self._known: dict[tuple[int | None, ...], Area | None] = {}

    def of(self, item: int) -> Area | None:
        """What is seen of an object; None where it has no stencil."""
        clip = calls.clip_path(item)
        count = calls.clip_count(clip)
        if count <= 0:
            return None
        paths = tuple(map(calls.clip_segment, repeat(clip), range(count), repeat(0)))
        if paths not in self._known:
            self._known[paths] = _stencil(clip, paths, self.outer)
        return self._known[paths]


def _stencil(clip: int, paths: tuple[int | None, ...], outer: Matrix) -> Area | None:
    area: Area | None = None
    for index, start in enumerate(paths):
        if start:
            inside = moved(_path_area(clip, index), outer)
            # Nothing in common: what is left is a point, through which nothing is seen.
            area = inside if area is None else area.shared(inside) or Area(0, 0, 0, 0)
    return area


def _path_area(clip: int, index: int) -> Area:
    spot = calls.OutParameters("f", 2)
    points = []
    for number in range(min(calls.clip_segment_count(clip, index), 10_000)):
        segment = calls.clip_segment(clip, index, number)
        calls.segment_point(segment, *spot.places)
        points.append(spot.read())
    return area_of(points)


_EDGES = calls.OutParameters("f", 4)


def bounds_of(item: int, outer: Matrix) -> Area:
    """The rectangle that an object takes on its page."""
    calls.bounds_into(item, *_EDGES.places)
    area = Area(*_EDGES.read())
    return area if outer is UNIT else moved(area, outer)


def _in_layer(item: int) -> bool:
    """Whether an object is marked as part of a layer (``/OC``)."""
    pointer = calls.handle(item)
    for index in range(raw.FPDFPageObj_CountMarks(pointer)):
        mark = raw.FPDFPageObj_GetMark(pointer, index)
        buffer, length = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        if bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0") == "OC":
            return True
    return False


def _lying(page: Any) -> list[tuple[Lying, Area]]:
    """Annotations and form fields that show something of their own."""
    found: list[tuple[Lying, Area]] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        box = raw.FS_RECTF()
        shown = not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN_FLAGS
        if shown and kind not in _HARMLESS and raw.FPDFAnnot_GetRect(annotation, box):
            what: Lying = "annotation"
            if kind == raw.FPDF_ANNOT_WIDGET:
                what = "form_field"
            elif kind == raw.FPDF_ANNOT_STRIKEOUT:
                what = "struck_through"
            x0, x1 = sorted((box.left, box.right))
            y0, y1 = sorted((box.bottom, box.top))
            found.append((what, Area(x0, y0, x1, y1)))
        raw.FPDFPage_CloseAnnot(annotation)
    return found
