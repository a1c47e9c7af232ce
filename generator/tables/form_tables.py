"""Ruled tables of known forms: each becomes its standard table, row by row of the grid.

What stands in the prose by its nature (key projects, performance) is a form of text: it is chosen
by the title or the heading of its grid, too, and read by the reader of its shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.meaning.definitions import Definition
from generator.meaning.wording import join
from generator.models import BodyRow, Line, RuledTable, Table, Use
from generator.problems import Report
from generator.tables.by_coordinates import uses_of
from generator.tables.known_forms import KnownForm
from generator.tables.rows import TableReading
from generator.tables.standard_table import Place, joined_notes, read_standard_table
from generator.tables.text_tables import TextRows, is_titled, unit_in_heading


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where a table is read: its unit of money, the units named so far."""

    unit: str
    units: frozenset[str]
    report: Report


def read_form(
    form: KnownForm, lines: Mapping[int, Line], context: Context
) -> tuple[Table, dict[int, Use]]:
    """The standard table of a form, and what its lines were used for; ``lines`` by number."""
    table, report = form.table, context.report
    reading = TableReading(
        form.definition.title,
        form.definition,
        form.columns,
        rows_as_lines(table),
        report,
        context.units,
        unit=context.unit,
    )
    found, repeated = read_standard_table(reading, form.present, _place(form, lines, report))
    uses: dict[int, Use] = {number: use.use for number, use in uses_of(table, "").items()}
    uses |= dict.fromkeys(table.note_lines, "note")
    uses |= dict.fromkeys((row.line for row in repeated), "repeated_total")
    return found, uses


def _place(form: KnownForm, lines: Mapping[int, Line], report: Report) -> Place:
    table, gaps = form.table, []
    for number in table.reordered[:1]:
        report.add("columns-reordered", number, title=form.definition.title)
        gaps.append("续页的栏次与首页不同")
    return Place(
        heading_of(table, lines) or form.definition.title,
        joined_notes(lines[number] for number in table.note_lines),
        table.first_line,
        max((table.last_line, *table.note_lines)),
        blank=any(row.is_blank for row in table.body[-1:]),
        gaps=tuple(gaps),
    )


def heading_of(table: RuledTable, lines: Mapping[int, Line]) -> str:
    """The title of a table as its first page prints it, its number left in."""
    titles = [lines[number] for number in table.title_lines]
    return join([line.text for line in titles if line.page == titles[0].page])


def rows_as_lines(table: RuledTable) -> list[Line]:
    """The rows of a table in which something is printed, as lines of cells with their places."""
    return [_as_line(row) for row in table.body if not row.is_blank]


def _as_line(row: BodyRow) -> Line:
    doubts = tuple(cell.doubt if cell else "" for cell in row.cells)
    return Line(
        row.line,
        row.page,
        "\t".join(cell.text if cell else "" for cell in row.cells),
        tuple(cell.box if cell else None for cell in row.cells),
        doubts=doubts if any(doubts) else (),
    )


# ── forms of text ────────────────────────────────────────────────────────────────────────


def keyed_forms(
    ruled: Sequence[RuledTable], definitions: Sequence[Definition]
) -> Iterator[tuple[Definition, list[RuledTable]]]:
    """The forms of text that are known by their title, each with all grids that belong to it.

    A form has grids of different columns; those after the first one have no title.
    """
    titled = [each for each in definitions if each.in_prose and each.located_by == "title"]
    known: Definition | None = None
    grids: list[RuledTable] = []
    for table in ruled:
        found = next((each for each in titled if is_titled(table.title, each)), None)
        if known and (found or table.title):
            yield known, grids
            known, grids = None, []
        known = found or known
        grids += [table] if known else []
    if known:
        yield known, grids


def rows_of_keyed(
    known: Definition, grids: Sequence[RuledTable], lines: Mapping[int, Line]
) -> TextRows:
    """All rows of a form, those of its headings, too: they tell what stands below them."""
    found = TextRows(known, heading_of(grids[0], lines), unit=grids[0].unit)
    for table in grids:
        uses = {number: use.use for number, use in uses_of(table, "").items()}
        rows = {number for number in uses if lines[number].boxes}
        found.uses |= uses | dict.fromkeys(rows, "row")
        found.lines += [lines[number] for number in sorted(rows)]
    return found


def rows_of_text(form: KnownForm, lines: Mapping[int, Line]) -> TextRows:
    """The rows of a form of text that is known by its heading."""
    table = form.table
    headings = (lines[number] for number in table.head_lines)
    found = TextRows(form.definition, form.definition.title, rows_as_lines(table))
    found.notes = [lines[number].text.strip() for number in table.note_lines]
    found.unit = unit_in_heading(headings) or table.unit
    found.uses = {number: use.use for number, use in uses_of(table, "").items()}
    found.uses |= dict.fromkeys(table.note_lines, "note")
    found.columns = form.columns
    return found
