"""Tables of other places, typeset with random values and read back: each amount is its fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import Disclosure, Fact
from generator.problems import Problem
from tests.hypothesis_profile import examples
from tests.pdf.form_columns import BASIC, BOTH, GENERAL, PROJECT
from tests.pdf.form_paper import FormStyle, typeset_forms
from tests.pdf.form_parts import coded
from tests.pdf.form_tables import Col, FormTable, Point
from tests.pdf.forms import FORMS
from tests.pdf.reading import differing, published, read_bytes

#: The made documents have some of the tables only, and a department that nobody registered.
_OF_THE_PAPER = ("department-unregistered", "table-missing")
FRONT = ("某市信访局2026年部门预算",)


def read(tables: Sequence[FormTable], style: FormStyle) -> tuple[Disclosure, list[Problem]]:
    papers = [table.paper() for table in tables]
    reading = read_bytes(typeset_forms(FRONT, papers, style))
    assert reading.disclosures, [str(problem) for problem in reading.problems]
    return published(reading), list(reading.problems)


def point(fact: Fact) -> Point:
    return Point(
        fact.table, fact.side, fact.label, fact.level, fact.role, fact.functional_code,
        fact.economic_code, fact.government_economic_code, fact.unit, fact.item, fact.fund_source,
        fact.expenditure_type, fact.qualifier, fact.amount_year or 0, fact.printed,
    )  # fmt: skip


def assert_facts(disclosure: Disclosure, tables: Sequence[FormTable]) -> None:
    """Each typeset amount is the fact that it must be, and there is no other fact."""
    found = Counter(map(point, disclosure.facts))
    wanted = Counter(each for table in tables for each in table.points())
    missing, more = list((wanted - found).elements()), list((found - wanted).elements())
    assert not (missing or more), f"\nmissing {missing[:5]}\nmore    {more[:5]}"


def assert_whole(disclosure: Disclosure) -> None:
    """No amount is lost, and no row of a grid is taken for prose."""
    for table in disclosure.extract.tables:
        account = table.account
        assert account is not None
        assert account.lost == 0
        assert account.printed == account.published + account.repeated + account.named
    rows = [line for line in disclosure.extract.document.lines if line.boxes and line.text.strip()]
    uses = disclosure.extract.uses
    assert [line.text for line in rows if not uses[line.number].table] == []


@st.composite
def styles(draw: st.DrawFn) -> FormStyle:
    rows = draw(st.sampled_from([0, 4, 7, 12]))
    return FormStyle(
        title=draw(st.sampled_from(["above", "inside"])),
        unit=draw(st.sampled_from(["above", "inside"])),
        rows=rows,
        repeat_head=draw(st.booleans()),
        repeat_total=draw(st.booleans()),
        cut=draw(st.booleans()),
        running=draw(st.sampled_from(["", "某市信访局2026年部门预算"])),
    )


@pytest.mark.hypothesis
@pytest.mark.parametrize("place", FORMS)
def test_each_amount_is_the_fact_that_its_words_say(place: str) -> None:
    @examples(3)
    @given(st.randoms(use_true_random=False), styles())
    def check(random: Random, style: FormStyle) -> None:
        tables = FORMS[place](random)
        disclosure, problems = read(tables, style)
        assert_facts(disclosure, tables)
        assert_whole(disclosure)
        assert [str(each) for each in problems if each.code not in _OF_THE_PAPER] == []
        assert [finding.sentence for finding in differing(disclosure)] == []

    check()


@pytest.mark.hypothesis
@examples(7)
@given(st.sampled_from(sorted(FORMS)), st.randoms(use_true_random=False))
def test_the_order_of_the_columns_changes_no_fact_and_no_identifier(
    place: str, random: Random
) -> None:
    tables = FORMS[place](random)
    others = [table.shuffled(random) for table in tables]
    first, second = (read(each, FormStyle())[0] for each in (tables, others))
    assert_facts(second, others)
    assert _named(first) == _named(second)


def _named(disclosure: Disclosure) -> Counter[tuple[str, Point]]:
    return Counter((fact.column, point(fact)) for fact in disclosure.facts)


_NOBODY_KNOWS = st.text("鼎彝簋爵觚尊卣罍", min_size=2, max_size=4)


@examples(5)
@given(st.randoms(use_true_random=False), _NOBODY_KNOWS, st.sampled_from(["", "基本支出"]))
def test_a_word_that_nobody_knows_is_named_and_means_no_other_column(
    random: Random, word: str, known: str
) -> None:
    unknown = Col("project", (word + known,), **GENERAL, qualifier="unknown", year=0)
    columns = [BOTH, BASIC, unknown]
    random.shuffle(columns)
    general = [replace(col, **GENERAL) for col in columns]
    table = coded(random, "budget-general-public-by-function", "一般公共预算支出表", general)
    disclosure, problems = read([table], FormStyle())
    assert_facts(disclosure, [table])
    named = [each.message for each in problems if each.code == "heading-word-unknown"]
    assert len(named) == 1
    assert f"“{word}”" in named[0]
    ids = {fact.column for fact in disclosure.facts if fact.printed not in _other(table)}
    assert all("unknown" in each for each in ids)


def _other(table: FormTable) -> set[str]:
    """What is printed in the columns that are known."""
    (panel,) = table.panels
    known = [col.key for col in panel.columns if col.key != "project"]
    return {table.printed(line.values[key]) for line in panel.lines for key in known}


def test_a_code_with_a_digit_too_few_in_one_column_is_no_other_code() -> None:
    """7, 11 and 02 in three columns are not the five digits of 71102."""
    table = coded(Random(1), "budget-expenditure", "支出预算总表", (BOTH, BASIC, PROJECT), parts=3)
    (panel,) = table.panels
    wrong = next(number for number, line in enumerate(panel.lines) if line.level == 3)
    lines = list(panel.lines)
    code, *cells = lines[wrong].cells
    lines[wrong] = replace(lines[wrong], cells=(code[-1], *cells))
    disclosure, problems = read(
        [replace(table, panels=(replace(panel, lines=tuple(lines)),))], FormStyle()
    )
    assert [each.code for each in problems if each.code not in _OF_THE_PAPER] == ["code-unusual"]
    label = " ".join((code[-1], *cells))
    assert {f.functional_code for f in disclosure.facts if f.label == label} == {""}
