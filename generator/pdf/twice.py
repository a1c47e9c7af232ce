"""Text that is printed twice: bold letters, a shadow, or a second pass over a whole page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pypdfium2 as pdfium

from generator.pdf.painting import Text
from generator.pdf.pieces import Strings

# Text printed twice begins this near, in points.
_SHIFT = 2.0
_SQUARE = 2 * _SHIFT
_MOST_TWINS = 4
# The number of a square is that of its column and this many times that of its row.
_ROW = 1 << 20


def printed_twice(page: pdfium.PdfPage, texts: Sequence[Text]) -> list[Text]:
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
    with Strings(page) as strings:
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
