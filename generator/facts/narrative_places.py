"""Places of prose: on which line, page and box of its source a character of a section stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from generator.facts.narrative_words import BLANK, without_spaces
from generator.models import Box, Document, Line, Section


@dataclass(frozen=True, slots=True)
class CharacterPlace:
    """A line of a source, its page and, in a PDF, the box of what stands there."""

    number: int
    page: int | None
    box: Box | None


class SectionPlaces:
    """Finds the line of each character of a section whose wrapped lines were joined."""

    def __init__(self, document: Document, section: Section) -> None:
        self.file = document.file
        lines = document.lines[section.first_line - 1 : section.last_line]
        self.first = lines[0]
        self.blanks = [each.start() for each in BLANK.finditer(section.text)]
        self.starts, self.lines = _aligned(without_spaces(section.text), lines)

    def at(self, index: int, length: int = 1) -> CharacterPlace:
        """The place of ``length`` characters from ``index`` of the section's text."""
        solid = index - bisect_left(self.blanks, index)
        found = bisect_right(self.starts, solid) - 1
        if found < 0:
            return CharacterPlace(self.first.number, self.first.page, None)
        line = self.lines[found]
        start = solid - self.starts[found]
        return CharacterPlace(line.number, line.page, _box(line, start, start + length))


def _aligned(text: str, lines: tuple[Line, ...]) -> tuple[list[int], list[Line]]:
    """Where in ``text`` each line begins; lines of headings and page numbers are passed over."""
    starts: list[int] = []
    kept: list[Line] = []
    position = 0
    for line, piece in _pieces(lines):
        if piece and text.startswith(piece, position):
            starts.append(position)
            kept.append(line)
            position += len(piece)
    return starts, kept


def _pieces(lines: tuple[Line, ...]) -> Iterator[tuple[Line, str]]:
    for line in lines:
        yield line, without_spaces(line.text)


def _box(line: Line, start: int, end: int) -> Box | None:
    """The box of some characters of a line, as far as they stand on it."""
    if line.place is None or start >= len(line.edges) - 1:
        return None
    x0, x1 = line.edges[start], line.edges[min(end, len(line.edges) - 1)]
    return replace(line.place, x0=x0, x1=x1)
