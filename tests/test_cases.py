"""Golden cases: one trap of the sources each, in ``cases/*.txt``.

A case is a text, a line ``---``, and what is to be read of it, one thing a line:

    TABLE ROW SIDE CODE LEVEL ROLE NAME | AMOUNTS [| UNIT [| TARGET]]
    problem CODE LINE
    at TABLE ROW SIDE COLUMN LINE              the line on which an amount stands
    use LINE USE                               what a line of the source was used for
    section TOPIC HEADING | TEXT

``-`` is nothing, ``_`` a blank cell, ``⏎`` a new paragraph. All rows of all tables and all problems
must be given, but for missing tables and parts, since a case is only a piece of a disclosure; of
lines, uses and sections those that matter. Lines before the text that begin with ``#`` say what
the case is about; ``# xfail: REASON`` that it is not read rightly yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from generator.models import Row
from tests.doors import Read, read_text

FOLDER = Path(__file__).parent / "cases"
UNSAID = ("table-missing", "part-missing", "department-unregistered")


def case(path: Path) -> ParameterSet:
    lines = path.read_text(encoding="utf-8").split("\n")
    reasons = [line.removeprefix("# xfail: ") for line in lines if line.startswith("# xfail: ")]
    marks = [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]
    return pytest.param(path, id=path.stem, marks=marks)


def split(path: Path) -> tuple[str, list[str]]:
    """The text of a case, and the lines of what is expected."""
    lines = path.read_text(encoding="utf-8").split("\n")
    start = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    end = lines.index("---")
    return "\n".join(lines[start:end]), [line for line in lines[end + 1 :] if line]


def said(read: Read, expected: list[str]) -> list[str]:
    """What was read, in the words of a case; of what need not be complete, only what is asked."""
    asked = [line for line in (*_places(read), *_uses(read), *_sections(read)) if line in expected]
    return [*_rows(read), *_problems(read), *asked]


def _rows(read: Read) -> Iterator[str]:
    for table in read.disclosure.extract.tables:
        for row in table.rows:
            yield f"{table.id} {_row(row)}"


def _row(row: Row) -> str:
    head = (row.number, row.side or "-", row.code or "-", row.level, row.role, row.name or "-")
    cells = [cell.printed if cell else "_" for cell in row.cells]
    parts = [" ".join(map(str, head)), " ".join(cells)]
    if row.unit or row.text:
        parts.append(row.unit or "-")
    return " | ".join([*parts, row.text] if row.text else parts)


def _problems(read: Read) -> Iterator[str]:
    for problem in read.problems:
        if problem.code not in UNSAID:
            yield f"problem {problem.code} {problem.line or '-'}"


def _places(read: Read) -> Iterator[str]:
    for fact in read.disclosure.facts:
        yield f"at {fact.table} {fact.row} {fact.side or '-'} {fact.column} {fact.line}"


def _uses(read: Read) -> Iterator[str]:
    for number, use in sorted(read.disclosure.extract.uses.items()):
        yield f"use {number} {use.use}"


def _sections(read: Read) -> Iterator[str]:
    for section in read.disclosure.extract.sections:
        text = section.text.replace("\n", "⏎")
        yield f"section {section.topic} {section.heading or '-'} | {text}"


@pytest.mark.parametrize("path", [case(path) for path in sorted(FOLDER.glob("*.txt"))])
def test_case(path: Path) -> None:
    text, expected = split(path)
    kinds = ("problem", "at", "use", "section")
    order = {kind: place for place, kind in enumerate(kinds, start=1)}
    found = said(read_text(text), expected)
    assert found == sorted(expected, key=lambda line: order.get(line.split(" ")[0], 0))


def test_there_are_cases() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 30
