"""Rows of the key-project table in the prose: name, amount, target, with nothing between them.

The names are those of the project table, so they are looked for there; only where that fails does
the layout decide, and the row is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.models import Line, Row
from generator.tables.amounts import is_amount, is_decimal, to_decimal
from generator.tables.rows import Reading, cells_of, checked_cells, is_tabbed, tab_rows
from generator.tables.wording import LONGEST_NAME, fold, join, name_start


@dataclass(frozen=True, slots=True)
class _Split:
    """A line split at one amount."""

    head: str
    printed: str
    tail: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: the index of its name's first line, and of its amount's line."""

    first: int
    at: int
    split: _Split


def read_key_projects(reading: Reading, projects: tuple[Row, ...]) -> list[Row]:
    """Read the key projects; ``projects`` are the rows of the project table."""
    known = {fold(row.name) for row in projects if row.level == 2}
    rows = _tabbed(reading) if is_tabbed(reading.lines) else _flowing(reading, known)
    return [_matched(row, projects, reading) for row in rows]


def _matched(row: Row, projects: tuple[Row, ...], reading: Reading) -> Row:
    """Give the row the unit of the project with the same name and amount."""
    same = [p for p in projects if p.level == 2 and fold(p.name) == fold(row.name)]
    equal = [project for project in same if _same_amount(project, row)]
    if len({project.unit for project in equal}) == 1:
        return replace(row, unit=equal[0].unit)
    reading.report.add("key-project-unmatched", row.line, text=row.name)
    return replace(row, unit=same[0].unit if len(same) == 1 else "")


def _same_amount(project: Row, row: Row) -> bool:
    first, here = project.cells[0], row.cells[0]
    return bool(first and here and to_decimal(first.printed) == to_decimal(here.printed))


def _tabbed(reading: Reading) -> list[Row]:
    rows: list[Row] = []
    for line, cells in tab_rows(reading):
        amounts = checked_cells(cells[1:2], line, reading, 1)
        label = join(cells[:1])
        rows.append(Row(len(rows) + 1, label, label, line.number, amounts, text=join(cells[2:])))
    return rows


def _flowing(reading: Reading, known: set[str]) -> list[Row]:
    lines = list(reading.lines)
    places = _places(lines, known)
    ends = [*(place.first for place in places[1:]), len(lines)]
    rows = [
        _row(number, lines, place, end)
        for number, (place, end) in enumerate(zip(places, ends, strict=False), start=1)
    ]
    for line in lines[: places[0].first] if places else lines:
        reading.report.add("line-unread", line.number, title=reading.title, text=line.text.strip())
    return rows


def _row(number: int, lines: list[Line], place: _Place, end: int) -> Row:
    pieces = [line.text for line in lines[place.first : place.at]]
    label = join([*pieces, place.split.head] if place.split.head else pieces)
    target = join([place.split.tail, *(line.text for line in lines[place.at + 1 : end])])
    cells = cells_of([place.split.printed], lines[place.at].number)
    return Row(number, label, label, lines[place.first].number, cells, text=target)


def _places(lines: list[Line], known: set[str]) -> list[_Place]:
    """Where the rows are: each amount whose label is a known name, or that stands alone."""
    found: list[_Place] = []
    for at, line in enumerate(lines):
        after = found[-1].at + 1 if found else 0
        place = _place(lines, at, _splits(line.text), after, known)
        if place:
            found.append(place)
    return found


def _place(
    lines: list[Line], at: int, splits: list[_Split], after: int, known: set[str]
) -> _Place | None:
    for split in splits:
        first = _by_name(lines, at, split.head, after, known)
        if first is not None:
            return _Place(first, at, split)
    if len(splits) == 1 and is_decimal(splits[0].printed) and not splits[0].head + splits[0].tail:
        return _Place(_by_layout(lines, at, after), at, splits[0])
    return None


def _splits(text: str) -> list[_Split]:
    """Split a line at each of its amounts into the text before, the amount, and the text after."""
    tokens = text.split()
    return [
        _Split(" ".join(tokens[:index]), token, " ".join(tokens[index + 1 :]))
        for index, token in enumerate(tokens)
        if is_amount(token)
    ]


def _by_name(lines: list[Line], at: int, head: str, after: int, known: set[str]) -> int | None:
    for first in range(at, max(after, at - LONGEST_NAME) - 1, -1):
        name = fold("".join(line.text for line in lines[first:at]) + head)
        if name in known:
            return first
    return None


def _by_layout(lines: list[Line], at: int, after: int) -> int:
    """The name begins with an indented line, or after the end of a sentence."""
    least = max(after, at - LONGEST_NAME)
    return least + name_start([line.text for line in lines[least:at]])
