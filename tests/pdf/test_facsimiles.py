"""The five facsimiles: read by geometry they say what the published texts say, cell by cell."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from generator.meaning.departments import read_departments
from generator.models import Disclosure, Document, Fact, Row, Table
from generator.pdf.limits import Limits
from generator.problems import Report
from generator.read import Task, read_file
from generator.reading import read_documents, read_source
from tests.pdf.cells import PlainPage, plain, plain_pages
from tests.pdf.settings import ROOT

DISCLOSURES = ROOT / "data" / "disclosures"
NAMES = (
    "guangzhou-2024-budget",
    "haizhu-2020-final-accounts",
    "haizhu-2025-budget",
    "huadu-2025-budget",
    "panyu-2024-budget",
)
PERFORMANCE = ("overall-performance", "project-performance")


@cache
def rendition(name: str, ending: str) -> Disclosure:
    """One rendition by its own first route: a text by flow, a PDF by geometry."""
    register = read_departments(ROOT / "data" / "departments.csv")
    task = Task(DISCLOSURES / f"{name}{ending}", DISCLOSURES, register, Limits())
    reading = read_file(task)
    assert [str(each) for each in reading.problems if each.severity != "warning"] == []
    return reading.disclosures[0]


@cache
def by_pdfplumber(name: str) -> list[PlainPage]:
    return plain_pages(DISCLOSURES / f"{name}.pdf")


def stated(fact: Fact) -> tuple[object, ...]:
    """What a fact says, apart from where it stands."""
    return (
        fact.fact_id, fact.table, fact.row, fact.column, fact.side, fact.functional_code,
        plain(fact.functional_name), fact.economic_code, plain(fact.economic_name), fact.item,
        plain(fact.unit), plain(fact.project), fact.fund_source, fact.expenditure_type,
        fact.budget_phase, plain(fact.label), fact.level, fact.role, fact.amount, fact.printed,
        fact.printed_unit,
    )  # fmt: skip


def row_of(row: Row) -> tuple[object, ...]:
    cells = tuple(cell.printed if cell else "" for cell in row.cells)
    names = plain(row.name), plain(row.unit), plain(row.text)
    return row.number, row.side, row.code, *names, row.level, row.role, row.item, cells


def tables(disclosure: Disclosure) -> dict[str, Table]:
    return {table.id: table for table in disclosure.extract.tables}


def test_there_are_4620_facts_in_each_rendition() -> None:
    for ending in (".txt", ".pdf"):
        assert sum(len(rendition(name, ending).facts) for name in NAMES) == 4620


@pytest.mark.parametrize("name", NAMES)
def test_both_renditions_give_the_same_facts(name: str) -> None:
    text, pdf = rendition(name, ".txt"), rendition(name, ".pdf")
    assert [stated(fact) for fact in pdf.facts] == [stated(fact) for fact in text.facts]


@pytest.mark.parametrize("name", NAMES)
def test_both_renditions_give_the_same_rows(name: str) -> None:
    text, pdf = tables(rendition(name, ".txt")), tables(rendition(name, ".pdf"))
    assert list(pdf) == list(text)
    for table in text:
        assert list(map(row_of, pdf[table].rows)) == list(map(row_of, text[table].rows))
        assert pdf[table].unit == text[table].unit
        assert [c.id for c in pdf[table].columns] == [c.id for c in text[table].columns]


@pytest.mark.parametrize("table", PERFORMANCE)
def test_both_renditions_give_the_same_performance_records(table: str) -> None:
    text, pdf = (
        [
            {key: plain(value) for key, value in record.values.items()}
            for record in tables(rendition("haizhu-2020-final-accounts", ending))[table].records
        ]
        for ending in (".txt", ".pdf")
    )
    assert pdf == text
    assert pdf


@pytest.mark.parametrize("name", NAMES)
def test_both_renditions_give_the_same_projects(name: str) -> None:
    text, pdf = rendition(name, ".txt"), rendition(name, ".pdf")
    for first, second in zip(pdf.projects, text.projects, strict=True):
        assert (plain(first.name), plain(first.target)) == (
            plain(second.name),
            plain(second.target),
        )
        assert (first.amount, first.funds, first.key) == (second.amount, second.funds, second.key)


@pytest.mark.parametrize("name", NAMES)
def test_each_amount_stands_in_its_box(name: str) -> None:
    """What pdfplumber finds inside a fact's box spells its printed amount, and nothing else."""
    pages = by_pdfplumber(name)
    for fact in rendition(name, ".pdf").facts:
        assert fact.box is not None, fact.fact_id
        box = fact.box
        assert box.page == fact.page
        inside = pages[box.page - 1].inside(box.x0, box.top, box.x1, box.bottom)
        assert inside == fact.printed, fact.fact_id


@pytest.mark.parametrize("name", NAMES)
def test_each_cell_is_the_one_that_pdfplumber_finds(name: str) -> None:
    ours = grid_rows(geometry(DISCLOSURES / f"{name}.pdf"))
    theirs = {number: list(page.rows) for number, page in enumerate(by_pdfplumber(name), start=1)}
    assert ours == {number: rows for number, rows in theirs.items() if rows}
    assert sum(Counter(cell for row in rows for cell in row).total() for rows in ours.values()) > 0


def geometry(path: Path) -> Document:
    report = Report(path.name)
    (document, *_) = read_documents(read_source(path, path.parent), report)
    assert document.route == "geometry:pdf"
    return document


def grid_rows(document: Document) -> dict[int, list[tuple[str, ...]]]:
    """The rows of all grids by page, as our reader gives them."""
    pages: dict[int, list[tuple[str, ...]]] = {}
    for line in document.lines:
        if line.boxes and line.page is not None:
            row = tuple(plain(cell) for cell in line.text.split("\t"))
            pages.setdefault(line.page, []).append(row)
    return pages
