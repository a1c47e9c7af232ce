"""PDF objects: the characters and ruling edges of a page, by pdfium, upright and from the top left.

Pdfium is the fast half of what pdfplumber does (``make bench`` prints the ratio). Its traps: tight
character boxes split ``4,417.50``, so the loose ones are taken; forms must be gone into; the page's
own /Rotate, and text that is drawn turned, must be undone.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from generator.pdf.limits import Limits
from generator.problems import UnreadableError

Point = tuple[float, float]
Turn = Callable[[float, float], Point]

_DEEPEST_FORM = 6
# An edge is a line or a rectangle this thin, in points; pdfplumber's default is the same order.
_THIN = 3.0
_BLANK = 32
# What pdfium makes of a hyphen at the end of a line, character by character; in Chinese it parts
# no word, and must stay.
_HYPHEN_AT_END = 0x02
# pdfium gives these codes for glyphs whose text it does not know, and in a page's whole text the
# first of them for such a hyphen.
_NO_CHARACTER = 0xFFFE


# Tuples: a document has tens of thousands, and a frozen dataclass takes three times as long.
class Char(NamedTuple):
    """A character and its loose box: ``x0 < x1``, ``top < bottom``, in points from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Edge(NamedTuple):
    """A horizontal or vertical line: ``at`` is its fixed coordinate, from ``start`` to ``end``."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What is on a page: its size as it is looked at, its characters in order, its edges."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    edges: tuple[Edge, ...]
    text: str
    unknown: int
    has_image: bool


def read_page(document: pdfium.PdfDocument, index: int, limits: Limits) -> PageObjects:
    """Read the page number ``index`` (from 0).

    Raises UnreadableError where the page is broken, or holds more than ``limits`` allow.
    """
    page = _page(document, index)
    text_page = page.get_textpage()
    try:
        _within(index, raw.FPDFPage_CountObjects(page.raw), limits.objects_per_page, "对象")
        count = raw.FPDFText_CountChars(text_page.raw)
        _within(index, count, limits.characters_per_page, "字符")
        width, height, turn = _turning(page, quarter_turns(page, text_page.raw))
        chars, unknown = _chars(text_page.raw, count, turn)
        edges = _limited(_edges(page.raw, turn), index, limits.edges_per_page)
        text = text_page.get_text_range()
        if not unknown:
            text = text.replace(chr(_NO_CHARACTER), "-")
        return PageObjects(
            index + 1, width, height, tuple(chars), edges, text, unknown, _has_image(page.raw)
        )
    finally:
        text_page.close()
        page.close()


def _page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableError("pdf-broken", reason=f"第 {index + 1} 页：{error}") from error


def _within(index: int, found: int, most: int, what: str) -> None:
    if found > most:
        raise UnreadableError("page-too-full", page=index + 1, what=what, found=found, most=most)


def _limited(edges: Iterator[Edge], index: int, most: int) -> tuple[Edge, ...]:
    taken: list[Edge] = []
    for edge in edges:
        taken.append(edge)
        _within(index, len(taken), most, "线段")
    return tuple(taken)


def _has_image(page: Any) -> bool:
    return any(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) == raw.FPDF_PAGEOBJ_IMAGE
        for index in range(raw.FPDFPage_CountObjects(page))
    )


# ── turning upright ──────────────────────────────────────────────────────────────────────


def _angle(text_page: Any) -> int:
    """The angle, in quarter turns against the clock, at which most of the text is drawn."""
    count = raw.FPDFText_CountChars(text_page)
    step = max(1, count // 60)
    angles = Counter(
        round(-raw.FPDFText_GetCharAngle(text_page, index) / 1.5707963) % 4
        for index in range(0, count, step)
        if raw.FPDFText_GetUnicode(text_page, index) > 32
    )
    return angles.most_common(1)[0][0] if angles else 0


def quarter_turns(page: pdfium.PdfPage, text_page: Any) -> int:
    """How many quarter turns with the clock make the page upright: its own, or its text's."""
    return (page.get_rotation() // 90) % 4 or _angle(text_page)


def _turning(page: pdfium.PdfPage, quarter: int) -> tuple[float, float, Turn]:
    """The size of the page as it is looked at, and how its points get there."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    turns: list[tuple[float, float, Turn]] = [
        (width, height, lambda x, y: (x - left, top - y)),
        (height, width, lambda x, y: (y - bottom, x - left)),
        (width, height, lambda x, y: (right - x, y - bottom)),
        (height, width, lambda x, y: (top - y, right - x)),
    ]
    return turns[quarter]


# ── characters ───────────────────────────────────────────────────────────────────────────


def _chars(text_page: Any, count: int, turn: Turn) -> tuple[list[Char], int]:
    """The characters with their boxes, and how many have no known text.

    Blanks that pdfium thought of are left out: gaps tell where blanks are.
    """
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    get_unicode, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    chars: list[Char] = []
    unknown = 0
    for index in range(count):
        code = get_unicode(text_page, index)
        if code == _HYPHEN_AT_END:
            code = ord("-")
        if code <= _BLANK and (code < _BLANK or raw.FPDFText_IsGenerated(text_page, index) == 1):
            unknown += code == 0
            continue
        if code >= _NO_CHARACTER:
            unknown += 1
            continue
        if get_box(text_page, index, reference):
            (x0, y0), (x1, y1) = turn(box.left, box.top), turn(box.right, box.bottom)
            if x0 > x1:
                x0, x1 = x1, x0
            if y0 > y1:
                y0, y1 = y1, y0
            chars.append(Char(chr(code), x0, y0, x1, y1))
    return chars, unknown


# ── edges ────────────────────────────────────────────────────────────────────────────────


def _edges(page: Any, turn: Turn) -> Iterator[Edge]:
    for path, matrix in _paths(page):
        for points in _subpaths(path):
            placed = [_place(matrix, x, y) for x, y in points]
            yield from _edges_of([turn(x, y) for x, y in placed])


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1, 0, 0, 1, 0, 0)


def _paths(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    def walk(
        get: Callable[[int], Any], count: int, outer: _Matrix, depth: int
    ) -> Iterator[tuple[Any, _Matrix]]:
        for index in range(count):
            item = get(index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
                continue
            matrix = _times(_matrix(item), outer)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield item, matrix
            elif depth < _DEEPEST_FORM:
                form = item
                yield from walk(
                    lambda k, form=form: raw.FPDFFormObj_GetObject(form, k),  # type: ignore[misc]
                    raw.FPDFFormObj_CountObjects(form),
                    matrix,
                    depth + 1,
                )

    yield from walk(
        lambda k: raw.FPDFPage_GetObject(page, k), raw.FPDFPage_CountObjects(page), _UNIT, 0
    )


def _matrix(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _UNIT
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    if second == _UNIT:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _place(matrix: _Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _subpaths(path: Any) -> Iterator[list[Point]]:
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _edges_of(points: list[Point]) -> Iterator[Edge]:
    """The edges of one subpath: a thin shape is one line, a rectangle four, a line itself."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if y1 - y0 <= _THIN and x1 - x0 > y1 - y0:
        yield Edge(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= _THIN and y1 - y0 > x1 - x0:
        yield Edge(False, (x0 + x1) / 2, y0, y1)
    elif len(points) >= 4:
        yield from _straight(points)


def _straight(points: list[Point]) -> Iterator[Edge]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= 0.5 and abs(x1 - x0) > 0.5:
            yield Edge(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= 0.5 and abs(y1 - y0) > 0.5:
            yield Edge(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
