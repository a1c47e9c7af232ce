"""Cells of text tables: an extractor leaves a blank at the end of a cell's last line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.meaning.wording import join
from generator.models import Line

# Two cells on one line: a finished sentence, a blank, and more text.
_TWO_CELLS = re.compile(r"(?<=[。；]) +(?=\S)")


@dataclass(frozen=True, slots=True)
class TextCell:
    """A run of lines up to a blank end: one cell, or several where ends were lost."""

    pieces: tuple[str, ...]
    line: int
    page: int | None
    complete: bool

    @property
    def text(self) -> str:
        """The cell's text, its wrapped lines joined."""
        return join(list(self.pieces))


def split_text_cells(lines: Sequence[Line]) -> list[TextCell]:
    """Split lines into cells at blank ends, and at page breaks, where a cell may be cut."""
    cells: list[TextCell] = []
    pieces: list[str] = []
    first: Line | None = None
    for line in lines:
        if first is not None and line.page != first.page and pieces:
            cells.append(TextCell(tuple(pieces), first.number, first.page, False))
            pieces, first = [], None
        for piece in _TWO_CELLS.split(
            line.text.strip(" ") + (" " if line.text.endswith(" ") else "")
        ):
            first = first or line
            pieces.append(piece.strip())
            ends = piece.endswith(" ") or not line.text.rstrip().endswith(piece.strip())
            if ends:
                cells.append(TextCell(tuple(pieces), first.number, first.page, True))
                pieces, first = [], None
    if pieces and first is not None:
        cells.append(TextCell(tuple(pieces), first.number, first.page, False))
    return cells


def width(text: str) -> float:
    """The width of a text in ems: a CJK character is one, an ASCII one half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text.strip())
