"""Rows of two-panel tables: two lists of codes side by side, of different length.

The class of a code, or the label of a total, tells the panel; the place on the line does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.meaning.amounts import (
    DIGITS,
    is_amount,
    is_code,
    is_dash,
    is_decimal,
    is_nearly_amount,
)
from generator.meaning.wording import fold, join
from generator.models import Column, Line, Row
from generator.tables.cells import checked_cells, doubt_at, unread_cells
from generator.tables.rows import TableReading, is_tabbed, tab_rows
from generator.tables.unusual_codes import without_unusual_code


@dataclass(slots=True)
class _PanelEntry:
    line: Line
    code: str = ""
    pieces: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    place: int | None = None
    at: Line | None = None


def read_two_panel(reading: TableReading) -> list[Row]:
    """Read the rows of all panels; entries that share a printed row share its number."""
    order = list(dict.fromkeys(column.direction for column in reading.columns))
    rows: list[Row] = []
    tabbed = is_tabbed(reading.lines)
    for entry in _tabbed(reading) if tabbed else _entries(reading.lines):
        panel = _panel(entry, reading)
        last = rows[-1] if rows else None
        beside = last is not None and order.index(panel) > order.index(last.side)
        number = (last.number if last else 0) + (0 if beside else 1)
        rows.append(_row(number, panel, entry, reading))
    return rows


def _tabbed(reading: TableReading) -> list[_PanelEntry]:
    """The entries of tab-separated lines: each panel has code, name and amount columns."""
    entries: list[_PanelEntry] = []
    for line, cells in tab_rows(reading):
        last: _PanelEntry | None = None
        for panel in dict.fromkeys(column.direction for column in reading.columns):
            entry = _PanelEntry(line)
            for place, (cell, column) in enumerate(zip(cells, reading.columns, strict=True)):
                if column.direction == panel and cell.strip():
                    _put_cell(entry, column, cell.strip(), place)
                elif column.direction == panel and column.measure and doubt_at(line, place):
                    entry.place = place  # nothing can be read there, but something stands there
            if last is not None and entry.amounts and not (entry.code or entry.pieces):
                last.amounts, last.place = entry.amounts, entry.place
            elif entry.code or entry.pieces or entry.amounts:
                entries.append(entry)
                # The amount of a total may stand under the next panel, its label over both.
                last = None if entry.amounts else entry
    return entries


def _put_cell(entry: _PanelEntry, column: Column, cell: str, place: int) -> None:
    if column.measure:
        entry.amounts.append(cell)
        entry.place = place
    elif column.id == "code" and cell.isdecimal():
        entry.code += cell.translate(DIGITS)
    else:
        entry.pieces.append(cell)


def _entries(lines: Sequence[Line]) -> list[_PanelEntry]:
    entries: list[_PanelEntry] = []
    for line in lines:
        for place, cell in enumerate(line.text.split("\t")):
            for token in cell.split():
                if not entries or _begins(token, entries[-1]):
                    entries.append(_PanelEntry(line))
                _put(entries[-1], token, place, line)
    return entries


def _begins(token: str, entry: _PanelEntry) -> bool:
    if is_code(token):
        return bool(entry.amounts or entry.pieces or entry.code)
    return bool(entry.amounts) and not is_decimal(token)


def _put(entry: _PanelEntry, token: str, place: int, line: Line) -> None:
    if is_code(token) and not entry.pieces:
        entry.code = token
    elif is_decimal(token) or (entry.pieces and _is_like_amount(token)):
        entry.amounts.append(token)
        entry.place, entry.at = place, line
    else:
        entry.pieces.append(token)


def _is_like_amount(token: str) -> bool:
    return is_amount(token) or is_nearly_amount(token) or is_dash(token)


def _panel(entry: _PanelEntry, reading: TableReading) -> str:
    label = fold(join(entry.pieces))
    for rule in reading.definition.rows:
        if label in rule.labels:
            return rule.side
    codes = reading.definition.codes
    return codes.get(entry.code[:3], codes.get("default", ""))


def _row(number: int, panel: str, entry: _PanelEntry, reading: TableReading) -> Row:
    name = join(entry.pieces)
    if len(entry.amounts) != 1 and not entry.line.boxes:
        reading.report.add(
            "too-few-amounts" if not entry.amounts else "too-many-amounts",
            entry.line.number,
            title=reading.title,
            expected=1,
            found=len(entry.amounts),
            text=f"{entry.code} {name}".strip(),
        )
    amounts = entry.amounts if len(entry.amounts) == 1 else [""]
    at, label = entry.at or entry.line, f"{entry.code} {name}"
    places = [] if entry.place is None else [entry.place]
    read = checked_cells(amounts, at, reading, places, label=label, side=panel)
    read = unread_cells(1) if len(entry.amounts) > 1 else read
    line, doubts = entry.line.number, read.doubts
    row = Row(number, name, name, line, read.cells, panel, code=entry.code, doubts=doubts)
    return without_unusual_code(row, reading)
