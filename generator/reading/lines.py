"""Characters to lines of text: which stand on one line, where blanks are, what lies on what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from generator.pdf.objects import Char

# A gap wider than this share of the type size is a blank.
BLANK = 0.6
# Two characters that share more than this of the narrower lie on one another.
_SHARED = 0.6


def split_lines(chars: Sequence[Char]) -> list[list[Char]]:
    """Group characters into lines by their middles, each from left to right."""
    if len(chars) < 2:
        return [list(chars)]
    if len(set(map(_height, chars))) == 1:  # as in nearly all cells
        return [sorted(chars, key=_left)]
    lines: list[list[Char]] = []
    top = bottom = 0.0
    for char in sorted(chars, key=_middle):
        if lines and top <= (char.top + char.bottom) / 2 <= bottom:
            lines[-1].append(char)
        else:
            lines.append([char])
            top, bottom = char.top, char.bottom
    for line in lines:
        line.sort(key=_left)
    return lines


def _middle(char: Char) -> float:
    return char.top + char.bottom


_left = attrgetter("x0")
_height = attrgetter("top", "bottom")


def line_text(chars: Sequence[Char]) -> str:
    """The text of one line; gaps become blanks, and blanks at its ends are dropped."""
    text, previous = "", None
    for char in chars:
        if previous is not None and char.x0 - previous.x1 > BLANK * (char.bottom - char.top):
            text += " "
        text += char.text
        previous = char
    return text.strip()


def overlaps(line: Sequence[Char]) -> bool:
    """Whether any two characters of a line lie on one another."""
    for first, second in pairwise(line):
        # They share nothing, but for what their loose boxes always do.
        if second.x0 > first.x1 - 0.5:
            continue
        shared = min(first.x1, second.x1) - second.x0
        narrower = min(first.x1 - first.x0, second.x1 - second.x0)
        if shared > _SHARED * narrower and first.text.strip() and second.text.strip():
            return True
    return False
