"""One real figure on its way through all rooms, for ``docs/architecture.md``: what each one makes.

The budget of Haizhu 2025 prints 1,566.29 for science and technology in its fifth table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from generator.checks import run_all_checks
from generator.facts import merge
from generator.meaning.departments import read_departments
from generator.models import Checked, Disclosure, Document, Fact, Row, Table
from generator.pdf.limits import Limits
from generator.problems import Report
from generator.read import Task, read_file
from generator.reading import read_documents, read_source
from generator.tables import extract_tables
from generator.website.drawing.page_images import anchor
from tests.doors import DISCLOSURES, PACKAGES, ROOT

PACKAGE = "guangzhou-haizhu-government-services-data/2025-budget"
_TEXT, _PDF = "haizhu-2025-budget.txt", "haizhu-2025-budget.pdf"
_TABLE, _ROW, _COLUMN = "budget-general-public-by-function", 2, "subtotal"
_LINE = 647


@cache
def checked() -> Checked:
    """The disclosure read from its text and from its PDF, merged and checked."""
    register = read_departments(ROOT / "data" / "departments.csv")
    tasks = (Task(DISCLOSURES / name, DISCLOSURES, register, Limits()) for name in (_TEXT, _PDF))
    readings = [each for task in tasks for each in read_file(task).disclosures]
    return run_all_checks([merge(readings)], {})[0]


def disclosure() -> Disclosure:
    """The disclosure that the figure is of."""
    return checked().disclosure


def fact() -> Fact:
    """The figure as a fact, with all routes that saw it."""
    place = (_TABLE, _ROW, _COLUMN)
    return next(f for f in disclosure().facts if (f.table, f.row, f.column) == place)


def bytes_step() -> str:
    """The line of the file."""
    return (DISCLOSURES / _TEXT).read_text(encoding="utf-8").splitlines()[_LINE - 1]


def line_step() -> str:
    """What the room of reading makes of it, and of the same row of the PDF by its cells."""
    (row,) = (line for line in _document(_PDF).lines if line.text.startswith("[206]"))
    return f"{_shown(_document(_TEXT).lines[_LINE - 1])}\n{_shown(row)}"


def row_step() -> str:
    """What the room of tables makes of it: the row, and what the line was used for."""
    extract = extract_tables(_document(_TEXT), Report(_TEXT))
    row = next(filter(None, map(_row, extract.tables)))
    return f"{_shown(row)}\n{_shown(extract.uses[_LINE])}"


def fact_step() -> str:
    """What the room of facts makes of it, after the other readings confirmed it."""
    return _shown(fact())


def findings_step() -> str:
    """What the room of checks says of it."""
    found = [f for f in checked().findings if fact().fact_id in f.inputs]
    return "\n".join(f"{f.outcome}  {f.rule}\n    {f.sentence}" for f in found)


def csv_step() -> str:
    """The row of the published table, with its head."""
    lines = (PACKAGES / PACKAGE / f"{_TABLE}.csv").read_text(encoding="utf-8").splitlines()
    return f"{lines[0]}\n{lines[_ROW]}"


def facts_step() -> str:
    """Part of its row of ``facts.csv``, and how the descriptor types the amount."""
    with (PACKAGES / PACKAGE / "facts.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["fact_id"] == fact().fact_id)
    names = ("fact_id", "amount_yuan", "printed", "printed_unit", "line", "routes")
    return "\n".join(f"{name} = {row[name]}" for name in names)


def page_step() -> str:
    """Where the website shows it: its cell on the drawn page, and its line of the source."""
    base = f"departments/{PACKAGE}"
    return f"{base}/pages/#{anchor(fact().fact_id)}\n{base}/source/#L{_LINE}"


@cache
def _document(name: str) -> Document:
    """The file's first reading: a text's lines, a PDF's by its cells."""
    return read_documents(read_source(DISCLOSURES / name, DISCLOSURES), Report(name))[0]


def _row(table: Table) -> Row | None:
    return next((r for r in table.rows if (table.id, r.number) == (_TABLE, _ROW)), None)


def _shown(value: Any) -> str:
    """A frozen shape, a field on each line, without those that are empty."""
    return "\n".join(
        [type(value).__name__, *(f"  {name} = {_plain(v)}" for name, v in _held(value))]
    )


def _held(value: Any) -> Iterator[tuple[str, Any]]:
    named = ((field.name, getattr(value, field.name)) for field in fields(value))
    return ((name, held) for name, held in named if held not in ("", None, (), False))


def _plain(held: Any) -> str:
    if isinstance(held, tuple):
        return f"({', '.join(map(_plain, held))})"
    if isinstance(held, float):
        return f"{held:.1f}"
    if hasattr(held, "__dataclass_fields__"):
        inner = ", ".join(f"{name}={_plain(value)}" for name, value in _held(held))
        return f"{type(held).__name__}({inner})"
    return repr(held)
