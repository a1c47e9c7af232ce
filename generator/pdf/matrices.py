"""Matrices of PDFs: six numbers that place, turn and scale; and what they do to points."""

from __future__ import annotations

import math

from msgspec import Struct

from generator.pdf import calls

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_MATRIX = calls.OutParameters("f", 6)
_PLACE = _MATRIX.places[0]


class Area(Struct, frozen=True, gc=False):
    """A rectangle: ``x0 < x1``, and ``y0 < y1`` in whichever direction y runs."""

    x0: float
    y0: float
    x1: float
    y1: float

    def shared(self, other: Area) -> Area | None:
        """What two rectangles have in common."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Area(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @property
    def size(self) -> float:
        """How large it is."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)


def area_of(points: list[Point]) -> Area:
    """The rectangle around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Area(min(xs), min(ys), max(xs), max(ys))


def moved(area: Area, matrix: Matrix) -> Area:
    """The rectangle around what a matrix makes of a rectangle."""
    if matrix == UNIT:
        return area
    x0, y0, x1, y1 = area.x0, area.y0, area.x1, area.y1
    if not (matrix[1] or matrix[2]) or not (matrix[0] or matrix[3]):
        return area_of([place(matrix, x0, y0), place(matrix, x1, y1)])
    return area_of([place(matrix, x, y) for x in (x0, x1) for y in (y0, y1)])


def matrix_of(item: int) -> Matrix:
    """The matrix of an object of a page."""
    return _MATRIX.read() if calls.matrix_into(item, _PLACE) else UNIT


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does first the one, then the other."""
    if second == UNIT:
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


def place(matrix: Matrix, x: float, y: float) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scaled(factor: float) -> Matrix:
    """The matrix that enlarges."""
    return factor, 0, 0, factor, 0, 0


def straight(width: float, height: float, askew: float) -> Matrix:
    """The matrix that puts a page straight whose lines rise by so many degrees; y runs down."""
    sine, cosine = math.sin(math.radians(askew)), math.cos(math.radians(askew))
    x, y = width / 2, height / 2
    return cosine, sine, -sine, cosine, x - x * cosine + y * sine, y - x * sine - y * cosine


def degrees(matrix: Matrix) -> float:
    """How far a matrix turns, against the clock, from -180 to 180."""
    return math.degrees(math.atan2(matrix[1], matrix[0]))
