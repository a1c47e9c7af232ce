"""Rows of the key-project table in the prose: name, amount, target, with nothing between them.

The projects are those of the project table, so they are looked for there; only where that fails
does the layout decide, and the row is reported.
"""

from __future__ import annotations

from generator.meaning.wording import join
from generator.models import Line, Row
from generator.tables.cells import checked_cells
from generator.tables.key_project_places import RowPlace, Search
from generator.tables.key_project_units import assign_key_units
from generator.tables.rows import TableReading, is_tabbed, tab_rows


def read_key_projects(reading: TableReading, projects: tuple[Row, ...]) -> list[Row]:
    """Read the key projects; ``projects`` are those of the project table."""
    rows = _tabbed(reading) if is_tabbed(reading.lines) else _flowing(reading, projects)
    return assign_key_units(rows, projects, reading)


def _tabbed(reading: TableReading) -> list[Row]:
    rows: list[Row] = []
    for line, cells in tab_rows(reading):
        places = reading.measures
        label = join(reading.texts(cells, "name"))
        amounts = [cells[place] for place in places]
        read = checked_cells(amounts, line, reading, places, label=label)
        number, target = len(rows) + 1, join(reading.texts(cells, "performance_target"))
        row = Row(number, label, label, line.number, read.cells, text=target, doubts=read.doubts)
        rows.append(row)
    return rows


def _flowing(reading: TableReading, projects: tuple[Row, ...]) -> list[Row]:
    lines = list(reading.lines)
    search = Search(lines, projects)
    places = search.places()
    ends = [*(place.first for place in places[1:]), len(lines)]
    rows = [
        _row(number, lines, place, end, reading)
        for number, (place, end) in enumerate(zip(places, ends, strict=False), start=1)
    ]
    for line in lines[: places[0].first] if places else lines:
        reading.report.add("line-unread", line.number, title=reading.title, text=line.text.strip())
    for line in search.doubts:
        reading.report.add("key-project-in-doubt", line.number, text=line.text.strip())
    return rows


def _row(number: int, lines: list[Line], place: RowPlace, end: int, reading: TableReading) -> Row:
    pieces = [line.text for line in lines[place.first : place.at]]
    label = join([*pieces, place.split.head] if place.split.head else pieces)
    target = join([place.split.tail, *(line.text for line in lines[place.at + 1 : end])])
    read = checked_cells([place.split.printed], lines[place.at], reading, label=label)
    line, doubts = lines[place.first].number, read.doubts
    return Row(number, label, label, line, read.cells, text=target, doubts=doubts)
