"""Rows of the key-project table in the prose: name, amount, target, with nothing between them.

The projects are those of the project table, so they are looked for there; only where that fails
does the layout decide, and the row is reported.
"""

from __future__ import annotations

from dataclasses import replace

from generator.meaning.amounts import to_decimal
from generator.meaning.wording import fold, join
from generator.models import Line, Row
from generator.tables.cells import checked_cells
from generator.tables.key_project_places import RowPlace, Search
from generator.tables.rows import TableReading, is_tabbed, tab_rows


def read_key_projects(reading: TableReading, projects: tuple[Row, ...]) -> list[Row]:
    """Read the key projects; ``projects`` are those of the project table."""
    rows = _tabbed(reading) if is_tabbed(reading.lines) else _flowing(reading, projects)
    return [_matched(row, projects, reading) for row in rows]


def _matched(row: Row, projects: tuple[Row, ...], reading: TableReading) -> Row:
    """Give the row the unit of the project with the same name and amount."""
    same = [project for project in projects if fold(project.name) == fold(row.name)]
    equal = [project for project in same if _same_amount(project, row)]
    if len({project.unit for project in equal}) == 1:
        return replace(row, unit=equal[0].unit)
    reading.report.add("key-project-unmatched", row.line, text=row.name)
    return replace(row, unit=same[0].unit if len(same) == 1 else "")


def _same_amount(project: Row, row: Row) -> bool:
    first, here = project.cells[0], row.cells[0]
    return bool(first and here and to_decimal(first.printed) == to_decimal(here.printed))


def _tabbed(reading: TableReading) -> list[Row]:
    rows: list[Row] = []
    for line, cells in tab_rows(reading):
        label = join(cells[:1])
        read = checked_cells(cells[1:2], line, reading, 1, label=label)
        number, target = len(rows) + 1, join(cells[2:])
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
