"""Regions of a page that may be tables without rules: a title or unit, a heading, rows of amounts.

Only where a table is evident: the title of a standard table or the unit of its amounts stands
above it, or it goes on from the page before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.meaning.definitions import titled
from generator.meaning.furniture import is_label, printed_name, printed_unit
from generator.meaning.notes import begins_note
from generator.meaning.wording import fold
from generator.reading.unruled_words import WordLine

# A heading has at most so many lines; what is farther from the rows is no part of it.
_MOST_HEADING = 14
_LONGEST_TITLE = 60
_ENDS_AS_TITLE = re.compile(r"表(?:\([^()]{1,20}\)){0,3}(?:\(续表?\)|续)?\d{0,2}$")
_HAS_AMOUNT = re.compile(r"\d[.,，．]\d|\d{3}")
_OF_PROSE = re.compile(r"[。；]|，(?!\d)")
_HAS_TWO = re.compile(r"\d\.\d+\s+-?[\d,]+\.\d")
_LEAST = 2
# Prose begins at the left of its page, or so many sizes of type from it.
_INDENT = 4.0
_PAGE_NUMBER = re.compile(r"^[-—–·第]?\s*\d{1,4}\s*[-—–·页]?$")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that may be a table: its heading, and its rows from the first amounts on.

    ``title`` is blank where only a unit stands above; ``opened`` tells whether anything does.
    ``first`` and ``last`` tell whether no other line of text is before or behind it on its page.
    """

    page: int
    title: str
    opened: bool
    head: tuple[WordLine, ...]
    body: tuple[WordLine, ...]
    first: bool
    last: bool


def may_be_table(texts: Sequence[str]) -> bool:
    """Whether lines of text may hold rows with amounts: cheap, for all pages."""
    found = 0
    for text in texts:
        if _HAS_AMOUNT.search(text) and not _OF_PROSE.search(text):
            found += 1
            if found == _LEAST or _HAS_TWO.search(text):
                return True
    return False


def find_regions(page: int, lines: Sequence[WordLine], walls: Sequence[float]) -> list[Region]:
    """The regions of a page; ``walls`` are the heights of ruled tables, which part regions."""
    return [region for part in _parts(lines, walls) if (region := _region(page, part))]


@dataclass(slots=True)
class _Part:
    title: str
    opened: bool
    lines: list[WordLine]
    first: bool
    last: bool = False


def _parts(lines: Sequence[WordLine], walls: Sequence[float]) -> Iterator[_Part]:
    """The stretches between titles, units and prose."""
    part = _Part("", False, [], first=True)
    bottom = 0.0
    shown = [line for line in lines if not _PAGE_NUMBER.match(line.text)]
    left = min((line.words[0].x0 for line in shown), default=0.0)
    for line in shown:
        walled = any(bottom <= wall <= line.top for wall in walls)
        bottom = line.bottom
        title = _title(line)
        if title or is_opening(line) or walled or _is_text(line, left):
            yield part
            opens = not walled and (bool(title) or is_opening(line))
            same = opens and part.opened and not part.lines
            part = _Part(title or (part.title if same else ""), opens, [], first=walled)
            if walled and not title:
                part.lines.append(line)
        else:
            part.lines.append(line)
    part.last = True
    yield part


def _is_text(line: WordLine, left: float) -> bool:
    """Whether a line is prose or a note; what reads like a sentence in a column is neither."""
    near = line.words[0].x0 < left + _INDENT * (line.bottom - line.top)
    return (near and line.is_prose) or begins_note(line.text)


def is_opening(line: WordLine) -> bool:
    """Whether a line is what stands right above a table: its unit, its number, a department."""
    text = line.text
    return bool(printed_unit(text) or printed_name(text) or is_label(text)) and not line.is_anchor


def _title(line: WordLine) -> str:
    text = fold(line.text)
    if len(text) > _LONGEST_TITLE or not _ENDS_AS_TITLE.search(text) or line.is_anchor:
        return ""
    known = titled(text, "budget") or titled(text, "final_accounts")
    return line.text if known else ""


def _region(page: int, part: _Part) -> Region | None:
    anchors = [index for index, line in enumerate(part.lines) if line.is_anchor]
    if not anchors:
        return None
    start, end = anchors[0], anchors[-1]
    while start and _is_row(part.lines[start - 1]):
        start -= 1
    if start > _MOST_HEADING:
        return None
    return Region(
        page,
        part.title,
        part.opened,
        tuple(part.lines[:start]),
        tuple(part.lines[start:]),
        part.first,
        part.last and end == anchors[-1],
    )


def _is_row(line: WordLine) -> bool:
    """Whether a line above the first amounts is a row without any."""
    return line.words[0].begins_row and not line.words[0].is_total
