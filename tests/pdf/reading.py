"""Reading a made PDF back through the public door, and what came of it in comparable form."""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.checks import run_checks
from generator.facts import merge
from generator.meaning.departments import Departments
from generator.models import Disclosure, Finding, Table
from generator.pdf.limits import Limits
from generator.problems import Problem
from generator.read import Reading, Task, read_file
from tests.pdf.made_rows import Expected


def read_bytes(data: bytes, name: str = "made.pdf") -> Reading:
    """Read one file that is given as its bytes, without limits of a worker."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_file(Task(path, Path(folder), Departments(()), Limits()))


def errors(reading: Reading) -> list[Problem]:
    """The problems that are more than a warning."""
    return [problem for problem in reading.problems if problem.severity != "warning"]


def published(reading: Reading) -> Disclosure:
    """What would be published: both routes of the file merged."""
    return merge(reading.disclosures)


def differing(disclosure: Disclosure) -> list[Finding]:
    """The findings that say that something differs."""
    return [each for each in run_checks(disclosure).findings if each.outcome == "differs"]


def rows_of(table: Table) -> tuple[Expected, ...]:
    """The rows of a table in the form in which a made one expects them."""
    return tuple(
        Expected(
            row.side,
            row.code,
            row.name,
            row.level,
            row.role,
            row.unit,
            tuple(cell.printed if cell else "" for cell in row.cells),
            row.text,
        )
        for row in table.rows
    )
