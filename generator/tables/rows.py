"""Rows: what the readers of all shapes share, from a line's tokens to a row still without level."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.meaning.amounts import DIGITS, is_amount, is_dash, is_decimal, is_nearly_amount
from generator.meaning.definitions import Definition
from generator.meaning.wording import fold, indent, join
from generator.models import Cell, Column, Line, Row
from generator.problems import Report

_BRACKETED = re.compile(r"^[\[【［][ 　]*([0-9]{3,7})[ 　]*[\]】］]\s*(.*)$", re.DOTALL)
# Of 4 or 6 digits, which no code has, only where it stands apart: 2025年 begins a name.
_LEADING = re.compile(
    r"^([0-9]{7}|[0-9]{5}|[0-9]{3}|(?:[0-9]{6}|[0-9]{4})(?=\s))(?![\d.,])\s*(.*)$", re.DOTALL
)
_PAGE_IN_WORDS = re.compile(r"^第[零〇一二三四五六七八九十百]{1,6}页$")
_WORDS = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a reader needs to read the rows of one table."""

    title: str
    definition: Definition
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    report: Report
    units: frozenset[str] = frozenset()
    unread: Callable[[Line], None] = lambda line: None
    unit: str = ""

    @property
    def coded(self) -> bool:
        """Whether labels begin with a code of the table's classification."""
        return self.definition.shape in ("coded", "two_panel")

    @property
    def width(self) -> int:
        """How many amounts a full row has."""
        return len(self.measures)

    @property
    def measures(self) -> list[int]:
        """The places of the columns of amounts, in the order of the page."""
        return [place for place, column in enumerate(self.columns) if column.measure]

    def texts(self, cells: Sequence[str], *ids: str) -> list[str]:
        """The texts of a row's cells that hold no amounts; of some columns only, where named."""
        return [
            cell
            for cell, column in zip(cells, self.columns, strict=False)
            if not column.measure and (not ids or column.id in ids)
        ]


@dataclass(slots=True)
class Raw:
    """A row as it was put together: pieces of its label, its cells, and the lines after it."""

    line: int
    pieces: list[str]
    cells: tuple[Cell | None, ...]
    indent: int = 0
    tail: list[str] = field(default_factory=list)
    doubts: Mapping[int, str] = field(default_factory=dict)
    level_doubt: str = ""

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
    narrow = label.translate(DIGITS)
    match = _BRACKETED.match(narrow) or _LEADING.match(narrow)
    return (match.group(1), label[match.start(2) :].strip()) if match else ("", label)


def label_indent(piece: str) -> int:
    """The indentation of a label's first line; a code in front of it does not count."""
    text = piece.lstrip(" ")
    match = _LEADING.match(text.translate(DIGITS))
    return indent(text[match.end(1) :]) if match else indent(text)


def take_run(text: str, width: int) -> Run | None:
    """Take the last ``width`` tokens of the first run of at least that many amounts."""
    tokens = text.split()
    for start, last in _runs(tokens):
        end = last
        while end - start > width and is_dash(tokens[end - 1]):
            end -= 1  # the text after the amounts begins with a dash
        if end - start >= width and any(map(is_decimal, tokens[start:end])):
            first = end - width
            if any(map(is_decimal, tokens[start:first])):
                return None  # one amount too many, not a name that ends in a number
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


def loose_run(text: str) -> Run | None:
    """Take the first run of amounts and near-amounts, two at least, wherever it stands."""
    tokens = text.split()
    for start, end in _runs(tokens, lambda token: is_amount(token) or is_nearly_amount(token)):
        if end - start >= 2 and any(map(is_decimal, tokens[start:end])):
            found = tuple(tokens[start:end])
            return Run(_before(text, tokens, start), found, " ".join(tokens[end:]))
    return None


def _is_cell(token: str) -> bool:
    return is_amount(token) or is_dash(token)


def _runs(
    tokens: list[str], belongs: Callable[[str], bool] = _is_cell
) -> Iterator[tuple[int, int]]:
    """Where runs of tokens that belong together begin and end."""
    start = 0
    for among, run in groupby(tokens, belongs):
        end = start + sum(1 for _ in run)
        if among:
            yield start, end
        start = end


def _before(text: str, tokens: list[str], count: int) -> str:
    """The text before token number ``count``, its indentation kept."""
    if count == 0:
        return ""
    position = 0
    for token in tokens[:count]:
        position = text.index(token, position) + len(token)
    return text[:position].lstrip(" ")


def tab_rows(reading: TableReading) -> Iterator[tuple[Line, list[str]]]:
    """Rows of lines that give cells, each with as many cells as the table has columns.

    Those of a grid are whole. In a text a line with fewer cells goes on in the next one, if that
    has just the missing ones: the cell was wrapped.
    """
    of_grid = any(line.boxes for line in reading.lines)
    whole = ((line, line.text.split("\t")) for line in reading.lines)
    for line, cells in whole if of_grid else _whole_rows(reading, len(reading.columns)):
        if any(cell.strip() for cell in cells):
            yield line, cells


def _whole_rows(reading: TableReading, width: int) -> Iterator[tuple[Line, list[str]]]:
    lines, index = reading.lines, 0
    last: tuple[Line, list[str]] | None = None
    while index < len(lines):
        line = lines[index]
        cells = line.text.split("\t")
        if last and (whole := _with_rest(last[1], line, reading)):
            last = last[0], whole
            index += 1
            continue
        while len(cells) < width and _continues(lines, index, width - len(cells)):
            if len(cells) == 1 and _is_number_alone(line.text):
                break
            index += 1
            following = lines[index].text.split("\t")
            cells = [*cells[:-1], join([cells[-1], following[0]]), *following[1:]]
        index += 1
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if len(cells) > width:
            _wrong_width(line, cells, reading)
        elif len(cells) == 1 < width:
            reading.report.add(
                "line-unread", line.number, title=reading.title, text=line.text.strip()
            )
        else:
            if last:
                yield last
            last = line, cells + [""] * (width - len(cells))
    if last:
        yield last


def _is_number_alone(text: str) -> bool:
    """Tell whether a line may be a page's number in any form, and begins no row: it has no code."""
    if _PAGE_IN_WORDS.match(fold(text)):
        return True
    if not any(char.isdigit() for char in text) or split_code(text.strip())[0]:
        return False
    return "页" in text or not _WORDS.search(text)


def _with_rest(cells: list[str], line: Line, reading: TableReading) -> list[str] | None:
    """The cells with ``line`` added, if that is the rest of the last one: it has no tab.

    An amount is whole only with it, or a target has not come to the end of its sentence.
    """
    if "\t" in line.text or len(cells) < 2:
        return None
    whole = join([cells[-1], line.text])
    if reading.columns[-1].measure:
        rest = is_amount(whole) and not is_amount(cells[-1].strip()) and bool(cells[-1].strip())
    else:
        rest = bool(cells[-1].strip()) and not cells[-1].rstrip().endswith(("。", "！", "？"))
    return [*cells[:-1], whole] if rest else None


def _continues(lines: Sequence[Line], index: int, missing: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].text.count("\t") == missing


def _wrong_width(line: Line, cells: Sequence[str], reading: TableReading) -> None:
    reading.report.add(
        "grid-width",
        line.number,
        title=reading.title,
        found=len(cells),
        expected=len(reading.columns),
        text=" ".join(cell.strip() for cell in cells if cell.strip())[:80],
    )


def is_tabbed(lines: Sequence[Line]) -> bool:
    """Tell whether the lines give their cells by tabs."""
    return any("\t" in line.text for line in lines)


Reader = Callable[[TableReading], list[Row]]
