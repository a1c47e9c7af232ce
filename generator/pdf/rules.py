"""The lines of tables that a person sees on a page, and the outlines that are no lines.

A line may be stroked, a thin fill, the edge of a coloured cell, a stretched picture, or a row of
dots. What nobody sees is none: white on white, beside the page, behind its stencil.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from pypdfium2 import raw

from generator.pdf import calls
from generator.pdf.covers import WHITE, band, contrast, filled, on_paper
from generator.pdf.matrices import Area, Matrix, Point, area_of, matrix_of, moved, times
from generator.pdf.painting import Colour, Cover, Painting, Shape

# An edge is a line or a rectangle this thin, in points; pdfplumber's default is the same order.
THIN = 3.0
# A row of dots is a line: this many, this far apart at most.
_DOTS = 5
_DOT_GAP = 4.0
# Fills and lines less apart from what they lie on than this, of 255, are not seen.
_FAINT_SHAPE = 6
_PALE = 200
# So many pieces of lines are counted as they come: a page may be made to have no end of them.
_MANY = 1000
#: Corners of an outline: a rectangle has five with the way back.
_OUTLINE = 6
_LETTER = 30.0
_SPOT = calls.OutParameters("f", 2)


class Edge(Struct, frozen=True, gc=False):
    """A horizontal or vertical line: ``at`` is its fixed coordinate, from ``start`` to ``end``.

    ``filled`` tells that it is only where a coloured area ends.
    """

    horizontal: bool
    at: float
    start: float
    end: float
    filled: bool = False


class Drawing(NamedTuple):
    """What is drawn on a page besides text: its edges, and its outlines (text as curves)."""

    edges: list[Edge]
    outlines: list[Area]


def drawing(painting: Painting, turn: Matrix, page: Area, most: Callable[[int], None]) -> Drawing:
    """The edges and outlines of a page as it is looked at.

    ``most`` is told how many there are, and may raise.
    """
    ground = _Ground(painting)
    edges: list[Edge] = []
    clipped: list[Edge] = []
    outlines: list[Area] = []
    dots: list[Area] = []
    for shape in painting.shapes:
        visible = _visible(shape, ground)
        if visible is None:
            continue
        # A fill that is only an area gives where it ends.
        area_only = visible.stroke is None
        for points, curved in _subpaths(shape, turn):
            found, outline, dot = _parts(points, area_only, curved)
            if shape.clip is None:
                edges += found
            elif found:
                clipped += _clipped(found, shape.clip, turn)
            if outline is not None:
                outlines.append(outline)
            if dot is not None:
                dots.append(dot)
            if len(dots) + len(edges) > _MANY:
                most(len(edges) + len(dots) // 8)
    for picture in painting.pictures:
        area = moved(picture.area, turn)
        if min(area.x1 - area.x0, area.y1 - area.y0) <= THIN:
            edges += _edges_of([], area, area_only=False)
    edges = list(_inside([*edges, *clipped, *_dotted(dots)], page))
    most(len(edges))
    return Drawing(edges, outlines)


# ── what is seen ─────────────────────────────────────────────────────────────────────────


class _Ground:
    """What shapes lie on: the coloured areas of a page that are painted before."""

    def __init__(self, painting: Painting) -> None:
        self.bands: dict[int, list[Cover]] = defaultdict(list)
        if any(_is_pale(s.fill) or _is_pale(s.stroke) for s in painting.shapes):
            for cover in filled(painting.shapes):
                for number in range(band(cover.area.y0), band(cover.area.y1) + 1):
                    self.bands[number].append(cover)

    def under(self, shape: Shape) -> set[tuple[int, int, int]]:
        """The colours on which a shape lies: of its middle, and around its corners."""
        if not self.bands:
            return {WHITE}
        area = shape.area
        spots = [
            ((area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2),
            *((x, y) for x in (area.x0 - 1, area.x1 + 1) for y in (area.y0 - 1, area.y1 + 1)),
        ]
        return {self._at(x, y, shape.order) for x, y in spots}

    def _at(self, x: float, y: float, before: int) -> tuple[int, int, int]:
        for cover in reversed(self.bands.get(band(y), ())):
            if cover.order < before and cover.colour is not None and cover.area.holds(x, y):
                return on_paper(cover.colour)
        return WHITE


def _is_pale(colour: Colour | None) -> bool:
    return colour is not None and min(on_paper(colour)) > _PALE


class _Seen(NamedTuple):
    fill: Colour | None
    stroke: Colour | None


def _visible(shape: Shape, ground: _Ground) -> _Seen | None:
    """How a shape is seen; None where it is not."""
    fill, stroke = shape.fill, shape.stroke
    if _is_pale(fill) or _is_pale(stroke):
        under = ground.under(shape)
        fill = fill if _stands_out(fill, under) else None
        stroke = stroke if _stands_out(stroke, under) else None
    return _Seen(fill, stroke) if fill or stroke else None


def _stands_out(colour: Colour | None, under: Iterable[tuple[int, int, int]]) -> bool:
    if colour is None:
        return False
    seen = on_paper(colour)
    return any(contrast(seen, each) > _FAINT_SHAPE for each in under)


def _clipped(found: list[Edge], clip: Area, turn: Matrix) -> Iterator[Edge]:
    return _inside(found, moved(clip, turn))


def _inside(edges: Iterable[Edge], area: Area) -> Iterator[Edge]:
    """What of the edges is within an area; a line at its very border counts."""
    for edge in edges:
        if edge.horizontal:
            low, high, first, last = area.y0, area.y1, area.x0, area.x1
        else:
            low, high, first, last = area.x0, area.x1, area.y0, area.y1
        if not low - 1.5 <= edge.at <= high + 1.5:
            continue
        if edge.start >= first and edge.end <= last:
            yield edge
        elif (start := max(edge.start, first)) < (end := min(edge.end, last)):
            yield replace(edge, start=start, end=end)


# ── paths ────────────────────────────────────────────────────────────────────────────────


def _subpaths(shape: Shape, turn: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The corners of each part of a path, and whether it is curved."""
    path = shape.item
    a, b, c, d, e, f = times(times(matrix_of(path), shape.outer), turn)
    points: list[Point] = []
    curved = False
    x_place, y_place = _SPOT.places
    for index in range(calls.segment_count(path)):
        segment = calls.path_segment(path, index)
        calls.segment_point(segment, x_place, y_place)
        kind = calls.segment_type(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        elif points and kind == raw.FPDF_SEGMENT_MOVETO:
            yield points, curved
            points, curved = [], False
        x, y = _SPOT.read()
        points.append((a * x + c * y + e, b * x + d * y + f))
        if calls.segment_closes(segment):
            points.append(points[0])
    if points:
        yield points, curved


def _parts(
    points: list[Point], area_only: bool, curved: bool
) -> tuple[list[Edge], Area | None, Area | None]:
    """The edges of a subpath; or it is an outline, or a dot."""
    area = area_of(points)
    wide, high = area.x1 - area.x0, area.y1 - area.y0
    if wide <= THIN and high <= THIN and max(wide, high) <= 2.5 * min(wide, high):
        return [], None, area
    small = curved and max(wide, high) < _LETTER  # a larger one may be a frame with round corners
    if len(points) > _OUTLINE and min(wide, high) > THIN and (small or not _is_straight(points)):
        return [], area, None
    return list(_edges_of(points, area, area_only=area_only)), None, None


def _is_straight(points: Sequence[Point]) -> bool:
    """Whether a path runs only across and down."""
    return all(
        abs(x1 - x0) <= 0.5 or abs(y1 - y0) <= 0.5 for (x0, y0), (x1, y1) in pairwise(points)
    )


def _edges_of(points: list[Point], area: Area, *, area_only: bool) -> Iterator[Edge]:
    """The edges of one subpath: a thin shape is one line, a rectangle four, a line itself."""
    x0, y0, x1, y1 = area.x0, area.y0, area.x1, area.y1
    if y1 - y0 <= THIN and x1 - x0 > y1 - y0:
        yield Edge(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= THIN and y1 - y0 > x1 - x0:
        yield Edge(False, (x0 + x1) / 2, y0, y1)
    elif len(points) >= 4:
        yield from _straight(points, area_only)


def _straight(points: list[Point], area_only: bool) -> Iterator[Edge]:
    for (x0, y0), (x1, y1) in pairwise([*points, points[0]] if area_only else points):
        if abs(y0 - y1) <= 0.5 and abs(x1 - x0) > 0.5:
            yield Edge(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1), area_only)
        elif abs(x0 - x1) <= 0.5 and abs(y1 - y0) > 0.5:
            yield Edge(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1), area_only)


# ── rows of dots ─────────────────────────────────────────────────────────────────────────


def _dotted(dots: Sequence[Area]) -> Iterator[Edge]:
    """The lines that dots make, across and down."""
    if len(dots) < _DOTS:
        return
    middles = [((dot.x0 + dot.x1) / 2, (dot.y0 + dot.y1) / 2) for dot in dots]
    for horizontal in (True, False):
        lines: dict[int, list[Point]] = defaultdict(list)
        for x, y in middles:
            at, along = (y, x) if horizontal else (x, y)
            lines[round(at * 2)].append((along, at))
        for line in lines.values():
            for run in _runs(sorted(line)):
                at = sum(at for _, at in run) / len(run)
                yield Edge(horizontal, at, run[0][0], run[-1][0])


def _runs(line: list[Point]) -> Iterator[list[Point]]:
    run = line[:1]
    for point in line[1:]:
        if point[0] - run[-1][0] > _DOT_GAP:
            if len(run) >= _DOTS:
                yield run
            run = []
        run.append(point)
    if len(run) >= _DOTS:
        yield run
