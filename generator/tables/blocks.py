"""Blocks: where each table stands in the text, and what each of its lines is.

Title, furniture, heading, notes and repeats are told apart from the lines that hold data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec.structs import replace

from generator.meaning.amounts import is_decimal
from generator.meaning.definitions import Definition
from generator.meaning.furniture import is_furniture, is_label, printed_unit
from generator.meaning.notes import begins_note, surely_begins_note
from generator.meaning.ordinals import is_ordinals
from generator.meaning.wording import fold, join
from generator.models import Line, LineUse, Use
from generator.tables.doubtful_furniture import Head, Said, verdict_at
from generator.tables.headers import Header, find_header
from generator.tables.titles import KnownTitles, known_title, listed_title

_LIKE_TITLE = re.compile(r"^[^\d,，。；;:：]{2,40}表(?:\([^()]*\))?$")
_LEVELS = re.compile(r"^\s*类\s+款(?:\s+项)?(?=\s)")
_SHORTEST_LIST = 3


@dataclass(slots=True)
class Block:
    """The lines of one table; ``candidates`` are the definitions with its title."""

    heading: str
    candidates: tuple[Definition, ...]
    first_line: int
    unit: str = ""
    header: Header | None = None
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    last_line: int = 0
    #: Where a repeated heading has its columns in another order than the first.
    reordered: list[Line] = field(default_factory=list)

    @property
    def pages(self) -> frozenset[int]:
        """The pages that its rows stand on, where there are pages."""
        return frozenset(line.page for line in self.lines if line.page)


class Scanner:
    """Goes through the lines of a part once and sorts them into blocks."""

    def __init__(
        self,
        lines: tuple[Line, ...],
        part: int,
        definitions: tuple[Definition, ...],
        said: Said,
        *,
        beside_grids: bool = False,
    ) -> None:
        """Scan ``lines`` of ``part`` for the tables of ``definitions``.

        ``said`` is what furniture said so far; the lines in ``doubts`` may be furniture.
        ``beside_grids``: tables that are ruled, and their titles, are not among the lines.
        """
        self.part, self.said, self.beside_grids = part, said, beside_grids
        self.doubts: list[Line] = []
        self.lines = [part for line in lines if line.text.strip() for part in _unglued(line)]
        self.titles: dict[str, tuple[Definition, ...]] = {}
        for definition in definitions:
            for title in definition.titles:
                self.titles[title] = (*self.titles.get(title, ()), definition)
        self._known = KnownTitles(self.titles)
        self.uses: dict[int, LineUse] = {}
        self.blocks: list[Block] = []
        self.unit, self.labelled = "", False

    def scan(self) -> list[Block]:
        """Sort all lines; returns the blocks, in order, those of unknown tables included."""
        index = 0
        while index < len(self.lines):
            index += (
                self._furniture(index)
                or self._contents(index)
                or self._title(index)
                or self._header(index)
                or self._other(index)
            )
        for block in filter(_has_targets, self.blocks):
            self._take_back_explanation(block)
        return self.blocks

    def _current(self) -> Block | None:
        return self.blocks[-1] if self.blocks else None

    def _use(self, line: Line, use: Use) -> None:
        block = self._current()
        table = block.header.definition.id if block and block.header else ""
        self.uses[line.number] = LineUse(use, self.part, table)
        if block:
            block.last_line = line.number

    def _furniture(self, index: int) -> int:
        line = self.lines[index]
        if not is_furniture(line) or self._is_text(index):
            return 0
        self.said.add(line)
        self.labelled = is_label(line.text) or self.labelled
        if unit := printed_unit(line.text):
            self._set_unit(unit)
        # Furniture may be printed before the title of the table that it belongs to.
        self.uses[line.number] = LineUse("furniture", self.part)
        return 1

    def _is_text(self, index: int) -> bool:
        """Tell whether a line like furniture is a wrapped line of a target, or of a note."""
        block, line = self._current(), self.lines[index]
        if block is None or not (block.notes or _has_targets(block)):
            return False
        verdict = verdict_at(self.lines, index, self.said, self._head, self._is_free_text)
        if verdict == "doubt":
            self.doubts.append(line)
        return verdict != "furniture"

    def _is_free_text(self, line: Line) -> bool:
        return self.uses[line.number].use in ("row", "note")

    def _head(self, index: int) -> Head:
        """What begins at ``index``, below furniture."""
        if index == len(self.lines) or self._title_at(index):
            return "table"
        block = self._current()
        known = (block.header.definition,) if block and block.header else ()
        if find_header(self.lines, index, known):
            return "heading"
        return "table" if _LIKE_TITLE.match(fold(self.lines[index].text)) else ""

    def _set_unit(self, unit: str) -> None:
        block = self._current()
        if block and not block.lines and not block.notes:
            block.unit = unit
        else:
            self.unit = unit

    def _contents(self, index: int) -> int:
        """Titles in a row, none with its table, are a list of the tables."""
        listed: list[str] = []
        for place in range(index, len(self.lines)):  # a slice would copy all the rest
            title = listed_title(fold(self.lines[place].text), self._known)
            if not title or title in listed:
                break
            listed.append(title)
        end = index + len(listed)
        if end < len(self.lines) and is_furniture(self.lines[end]) and not self.beside_grids:
            listed = listed[:-1]  # the title of the first table
        if len(listed) < _SHORTEST_LIST:
            return 0
        for line in self.lines[index : index + len(listed)]:
            self.uses[line.number] = LineUse("contents", self.part)
        return len(listed)

    def _title(self, index: int) -> int:
        if found := self._title_at(index):
            title, count = found
            self._open(self.lines[index : index + count], self.titles[title])
            return count
        if self._is_unknown_title(index):
            self._open(self.lines[index : index + 1], ())
            return 1
        return 0

    def _title_at(self, index: int) -> tuple[str, int] | None:
        """The known title that begins at ``index``, and how many lines it takes."""
        for count in (1, 2, 3):
            lines = self.lines[index : index + count]
            text = "".join(fold(line.text) for line in lines)
            if title := known_title(text, self._known, count):
                return title, count
        return None

    def _is_unknown_title(self, index: int) -> bool:
        text = fold(self.lines[index].text)
        block = self._current()
        if not _LIKE_TITLE.match(text) or (block and block.header and not self._closed(block)):
            return False
        if self.labelled or block is None:
            return True
        in_target = _has_targets(block) and _explanation(block) == len(block.notes)
        return bool(block.notes) and not in_target

    def _closed(self, block: Block) -> bool:
        """A table may end with notes, or simply where a numbered title follows."""
        return bool(block.notes) or self.labelled

    def _open(self, lines: list[Line], candidates: tuple[Definition, ...]) -> None:
        block = self._current()
        repeated = block and candidates and block.candidates == candidates
        if not repeated:
            heading = join([line.text for line in lines])
            self.blocks.append(Block(heading, candidates, lines[0].number, self.unit))
        self.unit, self.labelled = "", False
        for line in lines:
            self._use(line, "title")

    def _header(self, index: int) -> int:
        block = self._current()
        if block is None:
            return 0
        candidates = (block.header.definition,) if block.header else block.candidates
        header = find_header(self.lines, index, candidates)
        if header is None:
            return self._ordinals(index)
        header = header.placed()
        use: Use = "repeated_header" if block.header else "header"
        if block.header and [c.id for c in block.header.columns] != [c.id for c in header.columns]:
            block.reordered.append(self.lines[index])
        block.header = block.header or header
        for line in self.lines[index : index + header.length]:
            self._use(line, use)
        return header.length

    def _ordinals(self, index: int) -> int:
        if not is_ordinals(self.lines[index].text):
            return 0
        block = self._current()
        assert block is not None  # _header has asked
        self._use(self.lines[index], "repeated_header" if block.lines else "header")
        return 1

    def _other(self, index: int) -> int:
        line, block = self.lines[index], self._current()
        if block is None:
            self._use(line, "prose")
        elif begins_note(line.text) or (block.notes and not _is_data(line.text)):
            block.notes.append(line)
            self._use(line, "note")
        else:
            self._take_back_notes(block)
            block.lines.append(line)
            self._use(line, "row")
        return 1

    def _take_back_notes(self, block: Block) -> None:
        """Notes that another project follows were lines of a target, which may begin like one."""
        if block.notes and block.header and block.header.definition.shape == "projects":
            for note in block.notes:
                self._use(note, "row")
            block.lines += block.notes
            block.notes = []

    def _take_back_explanation(self, block: Block) -> None:
        """Take back what may go on with the last target; it is in doubt where no note follows."""
        count = _explanation(block)
        for line in block.notes[:count]:
            self.uses[line.number] = replace(self.uses[line.number], use="row")
        block.lines += block.notes[:count]
        if count and count == len(block.notes):
            self.doubts.append(block.notes[0])
        block.notes = block.notes[count:]


def _explanation(block: Block) -> int:
    """How many of a table's notes may go on with its last target: 说明 may be a word of that.

    They begin with 说明 in a sentence that is not at its end, and end where a 注 begins.
    """
    before = block.lines[-1].text.split()[-2:]
    no_target = len(before) == 2 and all(map(is_decimal, before))
    if not block.notes or no_target or before[-1].endswith(("。", "！", "？")):
        return 0
    notes = [surely_begins_note(line.text) for line in block.notes]
    return notes.index(True) if True in notes else len(notes)


def _unglued(line: Line) -> tuple[Line, ...]:
    """Part the levels of a split code (类, 款, 项) from the row of totals printed beside them."""
    match = _LEVELS.match(line.text)
    if match is None or not line.text[match.end() :].strip():
        return (line,)
    levels, rest = line.text[: match.end()], line.text[match.end() :]
    blank = re.sub(r"[^\t]", "", levels) if "\t" in levels else ""
    return replace(line, text=levels, doubts=()), replace(line, text=blank + rest)


def _has_targets(block: Block) -> bool:
    """Tell whether rows were read of a table that has text in its cells."""
    return bool(block.lines and block.header and block.header.definition.shape == "projects")


def _is_data(text: str) -> bool:
    """Tell whether a line below the notes is data after all: cells, or amounts side by side."""
    tokens = text.split()
    decimals = [is_decimal(token) for token in tokens]
    side_by_side = any(a and b for a, b in pairwise(decimals))
    return "\t" in text or side_by_side or (len(tokens) == 2 and decimals[1])
