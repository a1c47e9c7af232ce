"""Tables that stand in the prose: key projects, performance indicators, self-evaluations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.meaning.amounts import UNIT_PATTERN
from generator.meaning.definitions import Definition
from generator.meaning.furniture import is_furniture, printed_unit
from generator.meaning.notes import begins_note
from generator.meaning.wording import fold
from generator.models import Column, Line, Record, Row, Table, Use
from generator.problems import Report
from generator.tables.cells import report_doubts
from generator.tables.conservation import Taken, account_for
from generator.tables.doubtful_furniture import Head, Said, verdict_at
from generator.tables.headers import find_header
from generator.tables.indicator_rows import read_indicators
from generator.tables.key_project_places import Search
from generator.tables.key_project_rows import read_key_projects
from generator.tables.parts import DocumentPart
from generator.tables.rows import TableReading
from generator.tables.self_evaluation_rows import read_self_evaluation
from generator.tables.text_cells import width

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
_HEADING = re.compile(rf"^\s*({'|'.join(sorted(_NUMERALS, key=len, reverse=True))})\s*、")
_UNIT_IN_HEADING = re.compile(rf"[（(](?:单位[:：])?\s*({UNIT_PATTERN})[）)]")
_YEAR = re.compile(r"^\d{4}年度?")
# So many lines the heading of a table in the prose takes at most.
_LONGEST_HEADING = 12


@dataclass(slots=True)
class TextTable:
    """A table found in the prose, and what each of its lines was used for."""

    table: Table
    uses: dict[int, Use]


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables before say: their furniture, and the projects of the project table."""

    said: Said
    projects: tuple[Row, ...]


@dataclass(slots=True)
class TextRows:
    """A table's place in the prose, before its rows are read."""

    definition: Definition
    heading: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    uses: dict[int, Use] = field(default_factory=dict)
    unit: str = ""
    doubts: list[Line] = field(default_factory=list)
    columns: tuple[Column, ...] = ()


def find_text_tables(
    part: DocumentPart,
    definitions: Sequence[Definition],
    known: Known,
    report: Report,
) -> tuple[list[Line], list[TextTable]]:
    """Split the lines of a part into prose and the tables in it, and read these."""
    lines = [line for line in part.lines if line.text.strip()]
    rest, tables, index = [], [], 0
    while index < len(lines):
        found, count = _table_at(lines, index, definitions, known)
        if found is None:
            rest.append(lines[index])
            index += 1
            continue
        tables.append(read_text_rows(found, known.projects, report))
        index += count
    return rest, tables


def _table_at(
    lines: list[Line], index: int, definitions: Sequence[Definition], known: Known
) -> tuple[TextRows | None, int]:
    for definition in definitions:
        if definition.located_by == "header":
            header = find_header(lines, index, (definition,), _LONGEST_HEADING)
            if header:
                return _headed(lines, index, definition, known)
        elif definition.in_prose and is_titled(lines[index].text, definition):
            return _titled(lines, index, definition)
    return None, 0


def is_titled(text: str, definition: Definition) -> bool:
    """Whether a text is the title of a table in the prose, its year left out of account."""
    folded = fold(text)
    plain = _YEAR.sub("", folded) if folded[:1].isdigit() else folded
    return plain in definition.titles


# ── a table known by its heading: the key projects ───────────────────────────────────────


def _headed(
    lines: list[Line], start: int, definition: Definition, known: Known
) -> tuple[TextRows, int]:
    found = TextRows(definition, definition.title)
    index, ended = start, _next_numeral(lines[:start])
    while index < len(lines):
        header = find_header(lines, index, (definition,), _LONGEST_HEADING)
        if header:
            found.columns = found.columns or header.placed().columns
            for line in lines[index : index + header.length]:
                found.uses[line.number] = "header" if index == start else "repeated_header"
            found.unit = found.unit or unit_in_heading(lines[index : index + header.length])
            index += header.length
        elif begins_note(lines[index].text) and not _is_in_target(found, lines, index, known):
            found.notes.append(lines[index].text.strip())
            found.uses[lines[index].number] = "note"
            return found, index + 1 - start
        elif _numeral(lines[index].text) == ended:
            break
        else:
            _keep_text(found, lines, index, known.said)
            index += 1
    return found, index - start


def _is_in_target(found: TextRows, lines: list[Line], index: int, known: Known) -> bool:
    """Tell whether a line like a note is one of a target, which may begin like one."""
    ended = _next_numeral(lines[:index])
    ends = (at for at in range(index, len(lines)) if _numeral(lines[at].text) == ended)
    following = lines[index : next(ends, len(lines))]
    search = Search([*found.lines, *following], known.projects)
    return search.is_in_target(len(found.lines))


def _keep_text(found: TextRows, lines: list[Line], index: int, said: Said) -> None:
    """Keep a line of a table that has text in its cells; it may only look like furniture."""

    def head_at(place: int) -> Head:
        ended = place >= len(lines)
        known = (found.definition,)
        return "heading" if ended or find_header(lines, place, known, _LONGEST_HEADING) else ""

    line = lines[index]
    verdict = verdict_at(lines, index, said, head_at, lambda x: found.uses.get(x.number) == "row")
    if verdict == "doubt":
        found.doubts.append(line)
    _keep(found, line, verdict == "furniture")


def _numeral(text: str) -> int:
    match = _HEADING.match(text)
    return _NUMERALS.index(match.group(1)) + 1 if match else 0


def _next_numeral(lines: list[Line]) -> int:
    """The number of the heading that comes next; a target may be numbered, too, but from 一."""
    last = next((n for line in reversed(lines) if (n := _numeral(line.text))), 0)
    return last + 1 if last else -1


def unit_in_heading(lines: Iterable[Line]) -> str:
    """The unit that a heading names in brackets; blank where it names none."""
    match = _UNIT_IN_HEADING.search("".join(line.text.strip() for line in lines))
    return match.group(1) if match else ""


def _keep(found: TextRows, line: Line, furniture: bool) -> None:
    if furniture:
        found.uses[line.number] = "furniture"
        found.unit = found.unit or printed_unit(line.text)
    else:
        found.uses[line.number] = "row"
        found.lines.append(line)


# ── tables known by their title: performance ─────────────────────────────────────────────


def _titled(lines: list[Line], start: int, definition: Definition) -> tuple[TextRows, int]:
    found = TextRows(definition, lines[start].text.strip())
    found.uses[lines[start].number] = "title"
    end = _end_of_narrow_lines(lines, start + 1)
    for line in lines[start + 1 : end]:
        _keep(found, line, is_furniture(line))
    return found, end - start


def _end_of_narrow_lines(lines: list[Line], start: int) -> int:
    """A table of narrow cells ends where lines of full width begin again."""
    full = 0.8 * max(width(line.text) for line in lines)
    wide = (i for i in range(start + 8, len(lines)) if width(lines[i].text) >= full)
    return next(wide, len(lines))


def read_text_rows(found: TextRows, projects: tuple[Row, ...], report: Report) -> TextTable:
    """Read the rows of a table by the reader of its shape; ``projects`` are known by name."""
    definition = found.definition
    columns = found.columns or definition.layouts[0].columns
    for line in found.doubts:
        report.add("furniture-in-doubt", line.number, text=line.text.strip())
    numbers = sorted(found.uses)
    reading = TableReading(
        definition.title, definition, columns, found.lines, report, unit=found.unit
    )
    report_doubts(reading)
    rows: list[Row] = []
    records: tuple[Record, ...] = ()
    if definition.shape == "key_projects":
        rows = read_key_projects(reading, projects)
    elif definition.shape == "indicators":
        records = read_indicators(definition, found.lines, found.uses, report)
    else:
        records = read_self_evaluation(definition, found.lines, report)
    table = Table(
        definition.id,
        found.heading,
        found.unit,
        columns,
        tuple(rows),
        tuple(found.notes),
        numbers[0],
        numbers[-1],
        records,
        account=account_for(reading, Taken([*rows, *map(_as_row, records)], (), found.notes)),
    )
    return TextTable(table, found.uses)


def _as_row(record: Record) -> Row:
    """A record as a row that is all label: the amounts in its texts are published with them."""
    return Row(0, "\n".join(record.values.values()), "", record.line, ())
