"""The text of cells, and why it may not be what a person reads there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from generator.meaning.characters import UNKNOWN, is_unknown
from generator.models import Doubt
from generator.pdf.matrices import Area
from generator.pdf.objects import Char, Edge, PageObjects
from generator.pdf.rules import THIN
from generator.reading.grids import Grid, GridCell
from generator.reading.lines import line_text, overlaps, split_lines
from generator.reading.marks import RaisedMark, raised_marks
from generator.reading.strikes import is_struck

_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"^[A-Za-z]")
#: A whole amount as it may be printed; what only tries to be one is none.
_WHOLE = re.compile(r"^[-+−－–▲(（]?[¥￥]?\d[\d,，]*(?:[.．]\d+)?[)）]?$")
_HAS_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r"[.．]\d")
#: Between two amounts of one cell, so that nobody takes them for one.
_PARTED = "；"
_SPREAD = 2
_BLANKS = ("", " ", "\u3000", "\xa0")
# What a cell leaves free at its sides at most, in points: both margins of a word processor.
_PADDING = 11.0
# A picture or an annotation larger than this share of its page is the ground of it.
_GROUND = 0.5


@dataclass(slots=True)
class CellEvidence:
    """What of a page may lie in its cells: things that are no text, lines through it, overflow."""

    things: Sequence[tuple[Doubt, Area]] = ()
    strikes: Sequence[Edge] = ()
    overflowing: set[int] = field(default_factory=set)


def things_of(page: PageObjects) -> list[tuple[Doubt, Area]]:
    """The pictures, outlines, fields and annotations of a page that may stand for text."""
    found: list[tuple[Doubt, Area]] = [("picture", area) for area in page.pictures]
    found += [("curves", area) for area in page.outlines]
    found += page.lying
    most = _GROUND * page.scale**2 * page.width * page.height
    return [(doubt, area) for doubt, area in found if area.size <= most and not _is_thin(area)]


def _is_thin(area: Area) -> bool:
    return min(area.x1 - area.x0, area.y1 - area.y0) <= THIN


def _joined(pieces: Iterable[str]) -> str:
    text = ""
    for piece in pieces:
        if _LATIN_END.search(text, max(0, len(text) - 2)) and _LATIN_START.match(piece):
            text += " "
        text += piece
    return text


class CellText(NamedTuple):
    """What a cell says, the doubt that lies in its characters, and the marks left out of it.

    ``first_line`` are the characters of its first line, marks included.
    """

    text: str
    first_line: Sequence[Char]
    doubt: Doubt = ""
    marks: Sequence[RaisedMark] = ()


def read_cell(cell: GridCell, chars: Sequence[Char]) -> CellText:
    """Read the characters of a cell: its wrapped lines are joined, digits of a number close up."""
    lines = split_lines(chars)
    pieces = [line_text(line) for line in lines]
    text = _joined(pieces)
    if _HAS_DIGIT.search(text) is None:
        return CellText(text, lines[0], "unknown_character" if UNKNOWN in text else "")
    mixed = _mixed_sizes(lines)
    if mixed and (marks := raised_marks(chars)):
        marked = {char for mark in marks for char in mark.chars}
        rest = read_cell(cell, [char for char in chars if char not in marked])
        if _WHOLE.match(rest.text):  # behind other figures, a change of font looks the same
            return CellText(rest.text, lines[0], rest.doubt, marks)
    if len(pieces) == 1:
        pieces = text.split(" ")
        if len(pieces) > _SPREAD and all(len(piece) <= 1 for piece in pieces):
            # Set wide, each character for itself, to fill the cell.
            pieces = [text := "".join(pieces)]
    if len(pieces) > 1 and _two_amounts(cell, lines, pieces):
        return CellText(_PARTED.join(pieces), lines[0], "two_amounts")
    return CellText(text, lines[0], _doubt(text, lines, mixed_sizes=mixed))


def _doubt(text: str, lines: Sequence[Sequence[Char]], *, mixed_sizes: bool) -> Doubt:
    """Why a text with figures may not be what a person reads."""
    whole = _WHOLE.match(text)
    if not whole and is_unknown(text):
        return "unknown_character"
    if any(overlaps(line) for line in lines):
        return "overlaid"
    if mixed_sizes and (whole or _WHOLE.match(text.replace(" ", ""))):
        return "raised_mark"
    return ""


def _two_amounts(cell: GridCell, lines: Sequence[Sequence[Char]], pieces: Sequence[str]) -> bool:
    """Whether two pieces of a cell are two amounts, and not one that was wrapped or spaced.

    Two with decimals are two. A whole number is a second one where there was room for more on the
    line above, or it is longer than what was wrapped can be. On one line only those with decimals
    are two: a blank may stand in the place of a comma.
    """
    for index, (first, second) in enumerate(pairwise(pieces)):
        if not (_WHOLE.match(first) and _WHOLE.match(second)):
            continue
        decimals = bool(_DECIMAL.search(first)), bool(_DECIMAL.search(second))
        if all(decimals):
            return True
        if any(decimals) or len(lines) < len(pieces) or len(second) < 3:
            continue
        room = cell.x1 - cell.x0 - _width(lines[index])
        wide = lines[index][0].x1 - lines[index][0].x0
        if len(second) >= len(first) or room > 1.3 * wide + _PADDING:
            return True
    return False


def _width(line: Sequence[Char]) -> float:
    return line[-1].x1 - line[0].x0


def _mixed_sizes(lines: Sequence[Sequence[Char]]) -> bool:
    heights = [c.bottom - c.top for line in lines for c in line if c.text not in _BLANKS]
    return bool(heights) and min(heights) < 0.8 * max(heights)


# ── what else lies in a cell ─────────────────────────────────────────────────────────────


def lying_in(
    grid: Grid,
    texts: Mapping[int, str],
    chars: Mapping[int, Sequence[Char]],
    evidence: CellEvidence,
) -> dict[int, Doubt]:
    """The doubts about cells that come of what lies in them besides their characters."""
    doubts: dict[int, Doubt] = {}
    for doubt, area in evidence.things:
        for number in _cells_under(grid, area):
            text = texts.get(number, "")
            if not text.strip():
                doubts.setdefault(number, doubt)
            elif doubt == "struck_through" and any(map(str.isdigit, text)):
                doubts[number] = doubt
    for strike in evidence.strikes:
        for number, inner in chars.items():
            if any(char.text.isdigit() and is_struck(char, strike) for char in inner):
                doubts[number] = "struck_through"
    for number in evidence.overflowing:
        doubts.setdefault(number, "overlaid")
    return doubts


def _cells_under(grid: Grid, area: Area) -> list[int]:
    """The cells that a thing fills to a good part, or that hold it."""
    x0, y0, x1, y1 = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
    if not area.shared(Area(x0, y0, x1, y1)):
        return []
    found = []
    for number, cell in enumerate(grid.cells):
        box = Area(cell.x0, cell.top, cell.x1, cell.bottom)
        shared = box.shared(area)
        if shared and shared.size >= 0.4 * min(box.size, max(area.size, 1e-6)):
            found.append(number)
    return found
