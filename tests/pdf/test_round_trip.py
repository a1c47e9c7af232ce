"""Made disclosures, typeset in many styles and read back: equal cells, and no false alarm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from generator.models import Fact
from tests.hypothesis_profile import MORE, examples
from tests.made_accounts import Accounts, accounts
from tests.pdf.made_accounts import document
from tests.pdf.made_rows import MadeDocument
from tests.pdf.made_tables import tables
from tests.pdf.model import FUND_LEAF, PaperBudget, PaperProject, Unit, budgets, example_budget
from tests.pdf.reading import differing, errors, published, read_bytes, rows_of
from tests.pdf.styles import PaperStyle, styles
from tests.pdf.typeset import typeset, typeset_document

STYLES = {
    "ruled grid": PaperStyle(),
    "rectangles around cells": PaperStyle(strokes="cells"),
    "thin filled shapes": PaperStyle(strokes="shapes"),
    "rotated by 90": PaperStyle(wide="rotate90"),
    "rotated by 270": PaperStyle(wide="rotate270"),
    "text drawn turned": PaperStyle(wide="turned"),
    "title inside the grid": PaperStyle(title="inside"),
    "title drawn after the grid": PaperStyle(title="after"),
    "header not repeated": PaperStyle(repeat_header=False, room=170),
    "total repeated": PaperStyle(repeat_total=True, room=170),
    "total repeated without header": PaperStyle(repeat_total=True, repeat_header=False, room=170),
    "names centred": PaperStyle(centred=True, indent="none"),
    "indented by offset": PaperStyle(indent="offset"),
    "not indented": PaperStyle(indent="none"),
    "rows split": PaperStyle(split_rows=True, room=170),
    "rows split without header": PaperStyle(split_rows=True, repeat_header=False, room=170),
    "digits wrapped in cells": PaperStyle(narrow=True),
    "unit on a line of its own": PaperStyle(one_unit_line=False),
    "no labels": PaperStyle(numbered=False),
    "bare page numbers": PaperStyle(page_numbers="bare"),
    "no page numbers": PaperStyle(page_numbers="none"),
    "no outer side lines": PaperStyle(rules="open"),
}


#: By day each style in one of the two units, in turn; at night in both.
IN_YUAN = [
    (name, in_yuan)
    for number, name in enumerate(STYLES)
    for in_yuan in (False, True)
    if MORE > 1 or in_yuan == (number % 2 == 1)
]


@pytest.mark.hypothesis
@pytest.mark.parametrize(("style", "in_yuan"), IN_YUAN)
def test_a_style_is_read_back_cell_by_cell(style: str, in_yuan: bool) -> None:
    assert_read_back(example_budget(in_yuan=in_yuan), STYLES[style])


@examples(12)
@given(budgets(), styles())
def test_random_disclosures_are_read_back(budget: PaperBudget, style: PaperStyle) -> None:
    assert_read_back(budget, style)


def test_centred_names_of_units_are_not_indented() -> None:
    projects = (
        PaperProject("咨询服务项目", "按时支付。", "managed", FUND_LEAF, "30108", 2_404_442),
    )
    first = Unit("佛山市禅城区政务服务和数据管理局", "2010301", (("30227", 131_072),), projects)
    basic = (("30102", 215), ("30201", 78_464), ("30227", 1_847_854))
    second = Unit("佛山市禅城区档案馆", "2210201", basic, projects)
    budget = PaperBudget(first.name, 2025, False, (first, second), ("按时支付。",))
    assert_read_back(budget, PaperStyle(centred=True, indent="none"))


@pytest.mark.parametrize(
    "style", [PaperStyle(indent="spaces"), PaperStyle(indent="offset")], ids=["spaces", "offset"]
)
def test_a_project_cut_by_the_page_stays_a_project(style: PaperStyle) -> None:
    assert_read_back(example_budget(), replace(style, split_rows=True, room=100))


def test_the_rest_of_a_row_may_stand_below_a_repeated_total() -> None:
    style = PaperStyle(split_rows=True, repeat_total=True, indent="none", room=93)
    assert_read_back(example_budget(), style)


def test_rows_of_one_name_under_two_units_are_not_compared() -> None:
    projects = (PaperProject("热线项目", "按时支付。", "general", "2010302", "30227", 1_234),)
    name = "广州市花都区科技工业和信息化局"
    first = Unit(name, "2080501", (("30101", 55),), projects)
    basic = (("30102", 1_434_483), ("30213", 5), ("30302", 55))
    second = Unit("广州市花都区档案馆", "2080501", basic, projects)
    budget = PaperBudget(name, 2023, True, (first, second), ("按时支付。",))
    assert_read_back(budget, PaperStyle(narrow=True, indent="none"))


@pytest.mark.parametrize("rules", ["horizontal", "none"])
def test_unruled_tables_are_read_by_alignment_or_named(rules: str) -> None:
    """Each table is whole, or it is named in an error; a row that is read is never a wrong one."""
    budget = example_budget()
    reading = read_bytes(
        typeset(budget, PaperStyle(rules="none" if rules == "none" else "horizontal"))
    )
    named = "".join(problem.message for problem in errors(reading))
    extracts = [published(reading).extract] if reading.disclosures else []
    read = {table.id: rows_of(table) for extract in extracts for table in extract.tables}
    for made in tables(budget):
        assert read.get(made.id) == made.expected or f"“{made.title}”" in named
        assert set(read.get(made.id, ())) <= set(made.expected)


@examples(8)
@given(accounts(), styles())
def test_random_final_accounts_are_read_back(made: Accounts, style: PaperStyle) -> None:
    assert_document_read_back(document(made), style)


def assert_read_back(budget: PaperBudget, style: PaperStyle) -> None:
    made = tuple(tables(budget))
    assert_document_read_back(
        MadeDocument(budget.department, budget.year, "预算", budget.duties, made), style
    )


def assert_document_read_back(document: MadeDocument, style: PaperStyle) -> None:
    """Both the cells and the units are equal, nothing is missing, and nothing differs."""
    reading = read_bytes(typeset_document(document, style))
    assert [str(problem) for problem in errors(reading)] == []
    disclosure = published(reading)
    extract = disclosure.extract
    read = {table.id: table for table in extract.tables}
    assert list(read) == [table.id for table in document.tables]
    for made in document.tables:
        assert read[made.id].unit == made.unit
        assert rows_of(read[made.id]) == made.expected
    assert (extract.department_name, extract.year) == (document.department, document.year)
    assert [finding.sentence for finding in differing(disclosure)] == []
    assert all(_is_placed(fact) for fact in disclosure.facts)


def _is_placed(fact: Fact) -> bool:
    return fact.box is not None and fact.box.page == fact.page
