"""Rows of the project table: units, their projects, and the performance target of each.

Nothing but the layout tells where a target ends and the next name begins: a name is indented, or
it is the name of a known unit, or it follows the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from generator.meaning.definitions import classes
from generator.meaning.wording import LONGEST_NAME, canonical_unit, fold, indent, join, name_start
from generator.models import Line, Role, Row
from generator.tables.cells import Cells, checked_cells, unread_cells
from generator.tables.rows import (
    TableReading,
    is_tabbed,
    loose_run,
    tab_rows,
    take_run,
)
from generator.tables.unit_levels import LevelEvidence, weigh_levels


@dataclass(slots=True)
class _Amounts:
    """A line with a row's amounts, the text before them on the line, and after."""

    line: Line
    head: str
    cells: Cells
    tail: str


def read_projects(reading: TableReading) -> list[Row]:
    """Read units and projects with their targets; ``role`` and ``unit`` are set here."""
    rows = _tabbed(reading) if is_tabbed(reading.lines) else _flowing(reading)
    return assign_units(rows, reading)


def assign_units(rows: list[Row], reading: TableReading) -> list[Row]:
    """Tell units from what belongs to them, and name each row's unit; levels may be in doubt."""
    totals = [fold(row.label) in reading.definition.totals for row in rows]
    others = [row for row, total in zip(rows, totals, strict=True) if not total]
    levels = iter(weigh_levels(others, _evidence(others, reading)))
    unit, assigned = "", []
    for row, total in zip(rows, totals, strict=True):
        if total:
            assigned.append(replace(row, role="total", level=0))
            continue
        level = next(levels)
        if level.is_unit:
            unit = row.name
            _report_unknown_unit(row, reading)
        role: Role = "subtotal" if level.is_unit else "item"
        deep = 1 if level.is_unit else 2
        assigned.append(replace(row, role=role, level=deep, unit=unit, level_doubt=level.doubt))
    _report_doubts(assigned, reading)
    return assigned


def _evidence(rows: Sequence[Row], reading: TableReading) -> list[LevelEvidence]:
    """What the names and the places of rows say of their levels."""
    pages = {line.number: line.page for line in reading.lines}
    indented = {pages.get(row.line) for row in rows if row.indent}
    return [
        LevelEvidence(
            _is_named(row, reading),
            # A page on which nothing is indented tells nothing, where others are indented.
            row.indent == 0 if pages.get(row.line) in indented else None,
        )
        for row in rows
    ]


def _is_named(row: Row, reading: TableReading) -> bool | None:
    if canonical_unit(row.name) in reading.units:
        return True
    classification = reading.definition.classification
    if reading.definition.shape == "units":
        # Below a unit stand its economic classes; a table without classes lists units alone.
        return not classification or (False if fold(row.name) in classes(classification) else None)
    return None


def _report_doubts(rows: Sequence[Row], reading: TableReading) -> None:
    """One problem for each run of rows whose levels are in doubt."""
    before = ""
    for row in rows:
        if row.level_doubt and row.level_doubt != before:
            reading.report.add(
                "level-in-doubt",
                row.line,
                title=reading.title,
                text=row.label[:40],
                reason=row.level_doubt,
            )
        before = row.level_doubt


def _report_unknown_unit(row: Row, reading: TableReading) -> None:
    if reading.definition.shape == "projects" and canonical_unit(row.name) not in reading.units:
        reading.report.add("unit-unmatched", row.line, text=row.name)


# ── cells given by tabs ──────────────────────────────────────────────────────────────────


def _tabbed(reading: TableReading) -> list[Row]:
    rows: list[Row] = []
    for line, cells in tab_rows(reading):
        places = reading.measures
        name = reading.texts(cells, "name")
        printed = [cells[place] for place in places]
        amounts = checked_cells(printed, line, reading, places, label=join(name))
        target = join(reading.texts(cells, "performance_target"))
        rows.append(_row(len(rows) + 1, name, line, amounts, target))
    return rows


def _row(number: int, pieces: list[str], line: Line, amounts: Cells, target: str) -> Row:
    label = join(pieces)
    deep = max((indent(piece) for piece in pieces), default=0)
    return Row(
        number,
        label,
        label,
        line.number,
        amounts.cells,
        text=target,
        indent=deep,
        doubts=amounts.doubts,
    )


# ── running text ─────────────────────────────────────────────────────────────────────────


def _flowing(reading: TableReading) -> list[Row]:
    """Cut the lines at the rows of amounts, then each stretch between into target and name."""
    rows: list[Row] = []
    between: list[Line] = []
    indented = any(indent(line.text) for line in reading.lines)
    target_of: list[list[str]] = []
    for line in reading.lines:
        amounts = _amounts(line, between, reading)
        if amounts is None:
            between.append(line)
            continue
        targets, name = _cut(between, amounts, indented and bool(rows), reading)
        if target_of:
            target_of[-1] += targets
        first = name[0] if name else line
        pieces = [each.text for each in name] + ([amounts.head] if amounts.head else [])
        rows.append(_row(len(rows) + 1, pieces, first, amounts.cells, ""))
        target_of.append([amounts.tail] if amounts.tail else [])
        between = []
    return _finish(rows, target_of, between)


def _finish(rows: list[Row], targets: list[list[str]], rest: list[Line]) -> list[Row]:
    if targets:
        targets[-1] += [line.text for line in rest]
    return [replace(row, text=join(text)) for row, text in zip(rows, targets, strict=True)]


def _amounts(line: Line, between: list[Line], reading: TableReading) -> _Amounts | None:
    if run := take_run(line.text, reading.width):
        label = join([*(each.text for each in between[-1:]), run.head])
        return _Amounts(
            line, run.head, checked_cells(run.amounts, line, reading, label=label), run.tail
        )
    part = loose_run(line.text)
    if part is None:
        return None
    if len(part.amounts) == reading.width:
        cells = checked_cells(part.amounts, line, reading)
    else:
        few = len(part.amounts) < reading.width
        reading.report.add(
            "too-few-amounts" if few else "too-many-amounts",
            line.number,
            title=reading.title,
            expected=reading.width,
            found=len(part.amounts),
            text=join([*(each.text for each in between[-1:]), line.text]),
        )
        cells = unread_cells(reading.width)
    return _Amounts(line, part.head, cells, part.tail)


def _cut(
    between: list[Line], amounts: _Amounts, indented: bool, reading: TableReading
) -> tuple[list[str], list[Line]]:
    """Cut the lines before a row's amounts into the last target and this row's name."""
    if amounts.head:
        start = len(between)
    else:
        start = _name_start([line.text for line in between], indented, reading)
    return [line.text for line in between[:start]], between[start:]


def _name_start(texts: Sequence[str], indented: bool, reading: TableReading) -> int:
    """The index at which the name begins in ``texts``, which may begin with a target."""
    least = max(0, len(texts) - LONGEST_NAME)
    for start in range(len(texts) - 1, least - 1, -1):
        if canonical_unit(join(list(texts[start:]))) in reading.units:
            return start
    return least + name_start(texts[least:], indented)
