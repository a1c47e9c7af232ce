"""A standard table whose columns are known: its rows, their levels, and what of it is in doubt.

Where the rows stand does not matter here: on lines of a text, or in the cells of a ruled page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from generator.meaning.amounts import is_dash
from generator.meaning.furniture import (
    begins_with_page_number,
    has_page_number,
    has_spaced_page_number,
    is_bare_number,
)
from generator.meaning.notes import NOTE_STARTS
from generator.meaning.wording import join
from generator.models import Account, Column, Line, Row, Table
from generator.tables.cells import doubt_decimals, report_doubts
from generator.tables.completeness import report_cut_off
from generator.tables.conservation import Taken, account_for
from generator.tables.hierarchy import assign_hierarchy, drop_repeated_totals
from generator.tables.panel_rows import read_two_panel
from generator.tables.project_rows import assign_units, read_projects
from generator.tables.rows import TableReading, is_tabbed
from generator.tables.sided_rows import read_two_sided
from generator.tables.single_rows import read_single

_READERS: Mapping[str, Callable[[TableReading], list[Row]]] = {
    "coded": read_single,
    "labelled": read_single,
    "single": read_single,
    "units": lambda reading: assign_units(read_single(reading), reading),
    "projects": read_projects,
    "two_sided": read_two_sided,
    "two_panel": read_two_panel,
}

#: Of so many lines one at most is said to begin with the number of a page.
_FEW = 4
#: Problems of a row after which nobody knows which amounts belong to which row: its sums, and the
#: names and codes in it, accuse nobody.
_OUT_OF_PLACE = frozenset((
    "amount-left-over", "grid-width", "line-unread", "page-number-in-row", "row-label-unknown",
    "row-without-code", "table-cut-off",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a standard table stands: its heading as printed, its notes, its first and last line.

    ``blank``: it has rows in which nothing is printed. ``gaps``: why it may not be whole.
    """

    heading: str
    notes: tuple[str, ...]
    first_line: int
    last_line: int
    blank: bool = False
    gaps: tuple[str, ...] = ()


def read_standard_table(
    reading: TableReading, columns: Sequence[Column], place: Place
) -> tuple[Table, list[Row]]:
    """The table, and the totals that a later page of it prints again.

    ``columns`` are those of the reading in the order of the table's definition.
    """
    known = reading.definition
    report_doubts(reading)
    _report_page_numbers(reading)
    rows, repeated = drop_repeated_totals(_READERS[known.shape](reading), known)
    rows = doubt_decimals(rows, reading)
    notes, blank = place.notes, place.blank
    report_cut_off(place.first_line, known, rows, notes, reading.report, blank=blank)
    account = account_for(reading, Taken(rows, repeated, notes))
    ranked = assign_hierarchy(rows, reading)
    table = Table(
        known.id,
        place.heading,
        reading.unit,
        tuple(columns),
        tuple(_in_order(row, reading.columns, columns) for row in ranked),
        notes,
        place.first_line,
        place.last_line,
        gap=_gap(place, account, reading),  # after all that is said of its rows
        account=account,
    )
    return table, repeated


def _gap(place: Place, account: Account, reading: TableReading) -> str:
    """Why the table may not be whole, or its columns not where they are taken to be."""
    lines = {line.number for line in reading.lines}
    misplaced = any(p.code in _OUT_OF_PLACE and p.line in lines for p in reading.report.problems)
    gaps = [*place.gaps]
    gaps += [f"表中有 {account.lost} 个金额没有读到"] if account.lost else []
    gaps += ["有的行没有读准"] if misplaced else []
    return "；".join(dict.fromkeys(gaps))


def _in_order(row: Row, page: Sequence[Column], columns: Sequence[Column]) -> Row:
    """The row with its cells in the order of the definition instead of the page's."""
    printed = [c.id for c in page if c.measure and c.direction in ("", row.side)]
    wanted = [c.id for c in columns if c.measure and c.direction in ("", row.side)]
    places = [printed.index(name) for name in wanted]
    if places == list(range(len(row.cells))):
        return row
    doubts = {place: row.doubts[was] for place, was in enumerate(places) if was in row.doubts}
    return replace(row, cells=tuple(row.cells[place] for place in places), doubts=doubts)


def joined_notes(lines: Iterable[Line]) -> tuple[str, ...]:
    """Join the notes' wrapped lines; a note ends with a sentence, or where the next begins."""
    notes: list[str] = []
    for text in (line.text.strip() for line in lines):
        if notes and not text.startswith(NOTE_STARTS) and not notes[-1].endswith(("。", "；")):
            notes[-1] = join([notes[-1], text])
        else:
            notes.append(text)
    return tuple(notes)


# ── numbers of pages among the rows of a text ────────────────────────────────────────────


def _report_page_numbers(reading: TableReading) -> None:
    """Report rows that have a page's number among them: nobody knows what it joins."""
    numbered = any(column.id == "line_number" for column in reading.columns)
    flowing = not numbered and not is_tabbed(reading.lines)  # else it is a line unread
    glued = _glued_numbers(reading.lines) if flowing else frozenset()
    spaced = flowing and _has_no_dashes_for_cells(reading.lines)
    for line in reading.lines:
        bare = flowing and (is_bare_number(line.text) or line.number in glued)
        if bare or has_page_number(line.text) or (spaced and has_spaced_page_number(line.text)):
            reading.report.add(
                "page-number-in-row", line.number, title=reading.title, text=line.text.strip()
            )


def _glued_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The few lines that begin with a number, where the rows of the table are not numbered."""
    found = {line.number for line in lines if begins_with_page_number(line.text)}
    return frozenset(found) if len(found) * _FEW <= len(lines) else frozenset()


def _has_no_dashes_for_cells(lines: Sequence[Line]) -> bool:
    """Whether dashes stand only around what may be a page's number."""
    others = (line.text for line in lines if not has_spaced_page_number(line.text))
    return not any(is_dash(token) for text in others for token in text.split())
