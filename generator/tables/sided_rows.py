"""Rows of two-sided tables: income on the left, expenditure on the right.

With 行次 printed, the number tells the side. Without it a line with one side belongs to 支出,
unless its label is known as income.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.meaning.amounts import is_amount, is_dash, is_decimal, is_nearly_amount
from generator.meaning.definitions import SIDES
from generator.meaning.wording import fold, indent, join, strip_enumerator
from generator.models import Column, Line, Row
from generator.tables.cells import Cells, checked_cells, unread_cells
from generator.tables.rows import TableReading, is_tabbed, tab_rows

# No table has more rows than a 行次 of four digits counts.
_LONGEST_NUMBER = 4


@dataclass(slots=True)
class _SideEntry:
    """One side of a row while it is put together."""

    line: Line
    pieces: list[str] = field(default_factory=list)
    number: int | None = None
    amounts: list[str] = field(default_factory=list)
    last: int = 0
    at: Line | None = None

    @property
    def label(self) -> str:
        return join(self.pieces)


def read_two_sided(reading: TableReading) -> list[Row]:
    """Read the rows; both sides of a printed row get the same number."""
    if is_tabbed(reading.lines):
        return _tabbed(reading)
    entries = list(_entries(reading))
    if any(column.id == "line_number" for column in reading.columns):
        return _numbered(entries, reading)
    return _unnumbered(entries, reading)


def _measures(reading: TableReading, side: str) -> list[Column]:
    return [c for c in reading.columns if c.measure and c.direction == side]


# ── cells given by tabs ──────────────────────────────────────────────────────────────────


def _tabbed(reading: TableReading) -> list[Row]:
    rows = []
    for number, (line, cells) in enumerate(tab_rows(reading), start=1):
        for side in SIDES:
            places = [i for i, c in enumerate(reading.columns) if c.direction == side]
            if any(cells[i].strip() for i in places if reading.columns[i].id != "line_number"):
                rows.append(_tab_side(number, side, line, cells, reading))
    return rows


def _tab_side(number: int, side: str, line: Line, cells: list[str], reading: TableReading) -> Row:
    columns = [(i, c) for i, c in enumerate(reading.columns) if c.direction == side]
    label = next(cells[i] for i, column in columns if column.id == "name")
    places = [i for i, column in columns if column.measure]
    printed = [cells[i] for i in places]
    amounts = checked_cells(printed, line, reading, places, label=label, side=side)
    return Row(
        number,
        join([label]),
        strip_enumerator(label),
        line.number,
        amounts.cells,
        side,
        indent=indent(label),
        doubts=amounts.doubts,
    )


# ── running text ─────────────────────────────────────────────────────────────────────────


def _entries(reading: TableReading) -> Iterator[_SideEntry]:
    """Group the tokens into entries: text, then a line number where printed, then amounts."""
    numbered = any(column.id == "line_number" for column in reading.columns)
    entry: _SideEntry | None = None
    for line in reading.lines:
        for token in line.text.split():
            kind = _kind(token, entry, numbered)
            done = entry is not None and (entry.amounts or entry.number is not None)
            if entry is None or (kind in ("text", "number") and done):
                if entry:
                    yield entry
                entry = _SideEntry(line)
            _put(entry, kind, token, line)
    if entry:
        yield entry


def _kind(token: str, entry: _SideEntry | None, numbered: bool) -> str:
    if numbered and token.isdecimal() and len(token) <= _LONGEST_NUMBER:
        return "number"
    if is_decimal(token) or (is_amount(token) and entry and entry.pieces and not numbered):
        return "amount"
    tries = is_nearly_amount(token) or is_dash(token)
    if tries and entry and (entry.pieces or entry.number is not None):
        return "amount"
    return "text"


def _put(entry: _SideEntry, kind: str, token: str, line: Line) -> None:
    entry.last = line.number
    if kind == "number":
        entry.number = int(token)
    elif kind == "amount":
        entry.amounts.append(token)
        entry.at = line
    else:
        entry.pieces.append(token)


def _unnumbered(entries: list[_SideEntry], reading: TableReading) -> list[Row]:
    rows: list[Row] = []
    left, right = _sides(reading)
    number, side = 0, right
    for index, entry in enumerate(entries):
        following = entries[index + 1] if index + 1 < len(entries) else None
        begins = side == right and _is_left(entry, following, reading)
        number += 1 if side == right else 0
        side = left if begins else right
        rows.append(_row(number, side, entry, reading))
    return sorted(rows, key=lambda row: (row.number, SIDES.index(row.side)))


def _sides(reading: TableReading) -> tuple[str, str]:
    """The left and the right side of the page."""
    first, second = dict.fromkeys(c.direction for c in reading.columns if c.direction)
    return first, second


def _is_left(entry: _SideEntry, following: _SideEntry | None, reading: TableReading) -> bool:
    """Two entries on one line are the two sides; otherwise the label tells.

    A label that both sides know belongs to expenditure, of which there is more.
    """
    left, _ = _sides(reading)
    if following is not None and following.line.number == entry.last:
        return True
    label = fold(strip_enumerator(entry.label))
    sides = {rule.side for rule in reading.definition.rows if label in rule.labels}
    return (sides == {"income"}) == (left == "income")


def _numbered(entries: list[_SideEntry], reading: TableReading) -> list[Row]:
    """Sort entries to sides by 行次: each side counts on by one, the left from 1."""
    last = dict.fromkeys(SIDES, 0)
    counts = dict.fromkeys(SIDES, 0)
    rows = []
    for entry in entries:
        side = _side(entry, last, reading)
        counts[side] += 1
        last[side] = entry.number or last[side]
        if entry.pieces or entry.amounts:
            rows.append(_row(counts[side], side, entry, reading))
    return sorted(rows, key=lambda row: (row.number, SIDES.index(row.side)))


def _side(entry: _SideEntry, last: dict[str, int], reading: TableReading) -> str:
    left, right = _sides(reading)
    if entry.number is None:
        text = " ".join([entry.label, *entry.amounts])
        reading.report.add("line-unread", entry.line.number, title=reading.title, text=text)
        return right
    if entry.number == last[left] + 1:
        return left
    if last[right] and entry.number != last[right] + 1:
        reading.report.add(
            "row-number-gap",
            entry.line.number,
            title=reading.title,
            previous=last[right],
            found=entry.number,
        )
    return right


def _row(number: int, side: str, entry: _SideEntry, reading: TableReading) -> Row:
    width = len(_measures(reading, side))
    fitted = _fitted(entry, width, side, reading)
    label, line = entry.label, entry.line.number
    name = strip_enumerator(label)
    return Row(number, label, name, line, fitted.cells, side, doubts=fitted.doubts)


def _fitted(entry: _SideEntry, width: int, side: str, reading: TableReading) -> Cells:
    """A side has all its amounts or none; anything else cannot be put in its columns."""
    if len(entry.amounts) == width:
        at = entry.at or entry.line
        return checked_cells(entry.amounts, at, reading, label=entry.label, side=side)
    if entry.amounts or (entry.number is None and entry.pieces):
        few = len(entry.amounts) < width
        reading.report.add(
            "too-few-amounts" if few else "too-many-amounts",
            entry.line.number,
            title=reading.title,
            expected=width,
            found=len(entry.amounts),
            text=" ".join([entry.label, *entry.amounts]),
        )
        return unread_cells(width)
    return Cells((None,) * width)
