"""Rows: what the readers of all shapes share, from a line's tokens to a row still without level."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.models import Cell, Column, Line, Row
from generator.problems import Report
from generator.tables.amounts import is_amount, is_decimal, is_nearly_amount
from generator.tables.definitions import Definition
from generator.tables.wording import indent, join

_BRACKETED = re.compile(r"^[\[【［]\s*(\d{3,7})\s*[\]】］]\s*(.*)$", re.DOTALL)
_LEADING = re.compile(r"^(\d{7}|\d{5}|\d{3})(?![\d.,])[\s　]*(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs to read the rows of one table."""

    title: str
    definition: Definition
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    report: Report
    units: frozenset[str] = frozenset()
    unread: Callable[[Line], None] = lambda line: None

    @property
    def coded(self) -> bool:
        """Whether labels begin with a code of the table's classification."""
        return self.definition.shape in ("coded", "two_panel")

    @property
    def width(self) -> int:
        """How many amounts a full row has."""
        return sum(column.measure for column in self.columns)


@dataclass(slots=True)
class Raw:
    """A row as it was put together: pieces of its label, its cells, and the lines after it."""

    line: int
    pieces: list[str]
    cells: tuple[Cell | None, ...]
    indent: int = 0
    tail: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The label, joined again where it was wrapped."""
        return join(self.pieces)


@dataclass(frozen=True, slots=True)
class Run:
    """A line taken apart: text, a run of amounts, and the text after it."""

    head: str
    amounts: tuple[str, ...]
    tail: str


def split_code(label: str) -> tuple[str, str]:
    """Split ``[206]科学技术支出`` or ``206 科学技术支出`` into code and name; no code is blank."""
    match = _BRACKETED.match(label) or _LEADING.match(label)
    return (match.group(1), match.group(2).strip()) if match else ("", label)


def label_indent(piece: str) -> int:
    """The indentation of a label's first line; a code in front of it does not count."""
    text = piece.lstrip(" ")
    match = _LEADING.match(text)
    return indent(text[match.end(1) :]) if match else indent(text)


def take_run(text: str, width: int) -> Run | None:
    """Take the last ``width`` tokens of the first run of at least that many amounts."""
    tokens = text.split()
    for start, end in _runs(tokens):
        if end - start >= width and any(map(is_decimal, tokens[start:end])):
            first = end - width
            return Run(
                _before(text, tokens, first), tuple(tokens[first:end]), " ".join(tokens[end:])
            )
    return None


def partial_run(text: str) -> Run | None:
    """Take the trailing amounts and near-amounts of a line that has too few or broken ones."""
    tokens = text.split()
    start = len(tokens)
    while start and (is_amount(tokens[start - 1]) or is_nearly_amount(tokens[start - 1])):
        start -= 1
    found = tokens[start:]
    if not any(is_decimal(token) or is_nearly_amount(token) for token in found):
        return None
    return Run(_before(text, tokens, start), tuple(found), "")


def _runs(tokens: list[str]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and is_amount(tokens[end]):
            end += 1
        if end > start:
            yield start, end
        start = max(end, start) + 1


def _before(text: str, tokens: list[str], count: int) -> str:
    """The text before token number ``count``, its indentation kept."""
    if count == 0:
        return ""
    position = 0
    for token in tokens[:count]:
        position = text.index(token, position) + len(token)
    return text[:position].lstrip(" ")


def cells_of(amounts: Sequence[str], line: int) -> tuple[Cell | None, ...]:
    """Make cells of printed amounts; a blank one is None."""
    return tuple(Cell(amount, line) if amount else None for amount in amounts)


def checked_cells(amounts: Sequence[str], line: Line, reading: Reading) -> tuple[Cell | None, ...]:
    """Make cells; what is not an amount is reported and left blank."""
    kept = []
    for amount in (amount.strip() for amount in amounts):
        good = is_amount(amount)
        if amount and not good:
            reading.report.add("amount-not-a-number", line.number, title=reading.title, text=amount)
        kept.append(amount if good else "")
    return cells_of(kept, line.number)


def tab_rows(lines: Sequence[Line], width: int) -> Iterator[tuple[Line, list[str]]]:
    """Rows of tab-separated lines: cells that were wrapped over lines are joined again.

    A line with fewer cells than ``width`` goes on in the next one, unless that one is full.
    """
    index = 0
    while index < len(lines):
        line = lines[index]
        cells = line.text.split("\t")
        while len(cells) < width and _continues(lines, index, width - len(cells)):
            index += 1
            following = lines[index].text.split("\t")
            cells = [*cells[:-1], join([cells[-1], following[0]]), *following[1:]]
        yield line, cells + [""] * (width - len(cells))
        index += 1


def _continues(lines: Sequence[Line], index: int, missing: int) -> bool:
    if index + 1 >= len(lines):
        return False
    return lines[index + 1].text.count("\t") == missing


def is_tabbed(lines: Sequence[Line]) -> bool:
    """Tell whether the lines give their cells by tabs."""
    return any("\t" in line.text for line in lines)


Reader = Callable[[Reading], list[Row]]
