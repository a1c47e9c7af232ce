"""Whatever a ruled table prints is a fact, a repeated total, named in a problem, or as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from generator.meaning.amounts import is_decimal
from generator.models import Disclosure
from tests.hypothesis_profile import examples
from tests.made_city import EXPENDITURE, SUMMARY, UNKNOWN
from tests.made_city import FRONT as CITY
from tests.pdf.form_paper import FormStyle, Paper, typeset_forms
from tests.pdf.form_tables import FormTable
from tests.pdf.forms import FORMS
from tests.pdf.reading import published, read_bytes
from tests.pdf.ruled import Sheet, made
from tests.pdf.test_forms import FRONT, assert_whole

_MERGED = ("<", "^")
#: What stands in a column of amounts and is none, or is none beyond doubt.
_NO_AMOUNTS = ("1,2a3.00", "见备注", "12.34万元", "——", "1.00 2.00", "3.5%", "0.0.1", "说明")
#: Headings that say too little or the wrong thing of the amounts below them.
_HEADINGS = ("鼎彝", "备注", "序号", "合计", "科目名称", "", "2024年", "项目", "说明")


def spoilt(table: FormTable, random: Random) -> Paper:
    """The table with some cells, most of a column, or a heading changed."""
    paper = table.paper()
    head, body = [list(row) for row in paper.head], [list(row) for row in paper.body]
    columns = table.amount_columns()
    column = random.choice(columns)
    how = random.choice(("cells", "column", "heading"))
    if how == "heading":
        innermost = next(row for row in reversed(head) if row[column] not in _MERGED)
        innermost[column] = random.choice(_HEADINGS)
    for row in body:
        for place in columns if how == "cells" else [column] if how == "column" else []:
            if random.random() < (0.1 if how == "cells" else 0.7):
                row[place] = random.choice(_NO_AMOUNTS)
    return replace(paper, head=head, body=body, total=paper.total and tuple(body[0]))


@st.composite
def pages(draw: st.DrawFn) -> FormStyle:
    return FormStyle(
        rows=draw(st.sampled_from([0, 5])),
        repeat_head=draw(st.booleans()),
        repeat_total=draw(st.booleans()),
    )


@examples(10)
@given(st.sampled_from(sorted(FORMS)), st.randoms(use_true_random=False), pages())
def test_no_amount_is_lost_whatever_is_printed(
    place: str, random: Random, style: FormStyle
) -> None:
    papers = [spoilt(table, random) for table in FORMS[place](random)]
    reading = read_bytes(typeset_forms(FRONT, papers, style))
    disclosure = published(reading)
    printed = Counter(text for paper in papers for row in paper.body for text in row)
    read = _read(disclosure)
    found = read + Counter(_as_printed(disclosure))
    missing = [text for text in (printed - found).elements() if is_decimal(text)]
    messages = " ".join(problem.message for problem in reading.problems)
    assert [text for text in missing if text not in messages] == []
    # As printed is all that is printed, totals on every page; read is each of them once.
    assert [text for text in (read - printed).elements() if is_decimal(text)] == []
    assert_whole(disclosure)


def _read(disclosure: Disclosure) -> Counter[str]:
    """The amounts of all tables that are not published as printed."""
    tables = disclosure.extract.tables
    return Counter(cell.printed for t in tables for row in t.rows for cell in row.cells if cell)


def _as_printed(disclosure: Disclosure) -> list[str]:
    tables = (each.table for each in disclosure.extract.printed)
    return [text for table in tables for row in table.body for text in row.texts if text]


@examples(3)
@given(st.sampled_from(sorted(FORMS)), st.randoms(use_true_random=False), pages())
def test_a_table_that_nobody_knows_is_published_as_printed(
    place: str, random: Random, style: FormStyle
) -> None:
    known, *others = FORMS[place](random)
    papers = [
        replace(table.paper(), title=f"第{number}号情况一览表")
        for number, table in enumerate(others)
    ]
    style = replace(style, repeat_total=False)
    reading = read_bytes(typeset_forms(FRONT, [*papers, known.paper()], style))
    disclosure = published(reading)
    assert {fact.table for fact in disclosure.facts} == {known.id}
    assert [each.table.title for each in disclosure.extract.printed] == [p.title for p in papers]
    assert Counter(_as_printed(disclosure)) == Counter(_texts(papers))
    amounts = sum(each.amounts for each in disclosure.extract.printed)
    assert amounts == sum(map(is_decimal, _texts(papers)))
    codes = Counter(problem.code for problem in reading.problems)
    assert codes["table-as-printed"] == len(papers)


def _texts(papers: Sequence[Paper]) -> list[str]:
    cells = (text for paper in papers for row in paper.body for text in row)
    return [text.strip("　") for text in cells if text and text not in _MERGED]


@examples(2)
@given(st.sampled_from(sorted(FORMS)), st.randoms(use_true_random=False))
def test_amounts_without_a_unit_are_published_but_are_no_facts(place: str, random: Random) -> None:
    tables = FORMS[place](random)
    papers = [table.paper() for table in tables]
    reading = read_bytes(typeset_forms(FRONT, papers, FormStyle(unit="none")))
    disclosure = published(reading)
    assert disclosure.facts == ()
    assert _read(disclosure) + Counter(_as_printed(disclosure)) == Counter(
        point.printed for table in tables for point in table.points()
    )
    assert sum(problem.code == "unit-missing" for problem in reading.problems) == len(tables)


def test_the_rest_of_a_cell_above_a_page_is_no_title_and_parts_no_table() -> None:
    rows = [(f"服务{number}", "3.00", "2.00", "1.00") for number in range(1, 5)]
    first = Sheet(UNKNOWN.above, [UNKNOWN.cells[0], *rows[:2]])
    read = read_bytes(made([CITY, SUMMARY, EXPENDITURE, first, Sheet(("费",), rows[2:])]))
    (printed,) = published(read).extract.printed
    assert (printed.table.title, printed.amounts) == (UNKNOWN.above[0], 12)
