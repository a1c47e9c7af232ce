"""Small raised marks behind figures: they lead to a note, and are no digits of the figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from generator.pdf.objects import Char

# A mark is at most this share of the size of the figure before it, and this share above its foot.
_SMALLER, _RAISED = 0.75, 0.2
# It stands so near behind it, in shares of that size.
_NEAREST, _FARTHEST = -0.3, 0.5
_FIGURE = frozenset("0123456789.,")


class RaisedMark(NamedTuple):
    """A mark and the figure that it stands behind."""

    figure: str
    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        """What the mark says."""
        return "".join(char.text for char in self.chars)


def raised_marks(chars: Sequence[Char]) -> list[RaisedMark]:
    """The marks among the characters of a cell."""
    solid = [char for char in chars if char.text.strip()]
    tallest = max((char.bottom - char.top for char in solid if char.text.isdigit()), default=0.0)
    small = [char for char in solid if char.bottom - char.top <= _SMALLER * tallest]
    if not small:
        return []
    large = [char for char in solid if char.bottom - char.top > _SMALLER * tallest]
    digits = sorted((char for char in large if char.text.isdigit()), key=_end)
    ends = [digit.x1 for digit in digits]
    marks: list[RaisedMark] = []
    for char in sorted(small, key=lambda char: char.x0):
        if marks and _follows(char, marks[-1].chars[-1]):
            last = marks[-1]
            marks[-1] = RaisedMark(last.figure, (*last.chars, char))
            continue
        near = slice(bisect_left(ends, char.x0 - tallest), bisect_left(ends, char.x0 + tallest))
        if hosts := [digit for digit in digits[near] if _is_mark(char, digit)]:
            marks.append(RaisedMark(_figure(large, max(hosts, key=_end)), (char,)))
    return marks


def _end(char: Char) -> float:
    return char.x1


def _is_mark(char: Char, digit: Char) -> bool:
    """Whether a small character stands right behind a digit, above its foot."""
    size = digit.bottom - digit.top
    return (
        char.bottom < digit.bottom - _RAISED * size
        and char.top > digit.top - 0.7 * size
        and _NEAREST * size < char.x0 - digit.x1 < _FARTHEST * size
    )


def _follows(char: Char, before: Char) -> bool:
    """Whether a small character goes on with a mark."""
    size = before.bottom - before.top
    return (
        abs(char.bottom - before.bottom) < 0.3 * size
        and _NEAREST * size < char.x0 - before.x1 < _FARTHEST * size
    )


def _figure(large: Sequence[Char], end: Char) -> str:
    """The figure that ends with a digit."""
    middle = (end.top + end.bottom) / 2
    line = [c for c in large if c.top < middle < c.bottom and c.x0 <= end.x0]
    figure = ""
    for char in sorted(line, key=lambda char: -char.x0):
        if char.text not in _FIGURE:
            break
        figure = char.text + figure
    return figure
