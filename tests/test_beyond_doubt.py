"""A finding accuses only what was read beyond doubt: with a doubt on any input, it cannot tell."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.checks import run_checks
from generator.facts import normalise
from generator.meaning.departments import Departments
from generator.models import Disclosure, Finding
from generator.problems import Report
from tests import hypothesis_profile
from tests.disclosure_texts import typeset
from tests.doors import read_source, read_text
from tests.doubtful import (
    place_of,
    with_cell,
    with_gap,
    with_level,
    with_line,
    with_other_reading,
)
from tests.made_budgets import sample_budget
from tests.made_prose import Explained, explained_budgets
from tests.mutations import name_of, places, printed_at, with_amount
from tests.text_styles import Style, styles

TEXTS = ("guangzhou-2024-budget", "haizhu-2020-final-accounts", "panyu-2024-budget")
SETTLED = ("differs", "remark")
#: How many accusations of a text are doubted, and how many lines one cut is from the next.
MOST, STEP = (4, 7) if hypothesis_profile.MORE > 1 else (2, 14)


@cache
def published(name: str) -> Disclosure:
    return read_source(f"{name}.txt").disclosure


def wrong(disclosure: Disclosure, chance: random.Random, changes: int = 8) -> Disclosure:
    """The disclosure with some amounts changed, so that much differs."""
    found = places(disclosure)
    for place in chance.sample(found, min(changes, len(found))):
        disclosure = with_amount(disclosure, place, Decimal(chance.randrange(100, 9999999)) / 100)
    return with_facts(disclosure)


def with_facts(disclosure: Disclosure) -> Disclosure:
    """The facts of the tables as changed: a blank that has an amount now is one like any other."""
    facts = normalise(disclosure.extract, Departments(()), Report("wrong")).facts
    return replace(disclosure, facts=facts)


def accusing(disclosure: Disclosure) -> list[Finding]:
    return [each for each in run_checks(disclosure).findings if each.outcome in SETTLED]


def doubted(disclosure: Disclosure, name: str) -> Iterator[Disclosure]:
    """The disclosure with each kind of doubt on one figure."""
    place = place_of(disclosure, name)
    if place is not None:
        yield with_cell(disclosure, place)
        yield with_cell(disclosure, place, blank=True)
        yield with_level(disclosure, place)
        yield with_gap(disclosure, place)
        yield with_other_reading(disclosure, place)
    for statement in disclosure.statements:
        if statement.statement_id == name:
            yield with_line(disclosure, statement.line)


def check_no_accusation(disclosure: Disclosure, chance: random.Random, most: int) -> None:
    found = accusing(disclosure)
    for finding in chance.sample(found, min(most, len(found))):
        for name in chance.sample(finding.inputs, min(3, len(finding.inputs))):
            for after in doubted(disclosure, name):
                rest = accusing(after)
                resting = [e for e in rest if name in (*e.inputs, *e.rests_on)]
                assert resting == []
                # One place of one rule has one outcome: the accusation itself is gone.
                assert finding.finding_id not in {e.finding_id for e in rest}
                # A doubt takes accusations back, and makes none.
                assert {e.finding_id for e in rest} <= {e.finding_id for e in found}


@pytest.mark.hypothesis  # at night more of them
@pytest.mark.parametrize("name", TEXTS)
def test_a_doubt_on_any_input_takes_an_accusation_back(name: str) -> None:
    chance = random.Random(name)
    check_no_accusation(wrong(published(name), chance), chance, most=MOST)


def test_an_amount_in_what_was_a_blank_can_be_read_otherwise_too() -> None:
    read = read_text(typeset(sample_budget(), Style(tabbed=True, blank_zeros=True))).disclosure
    known = {fact.fact_id for fact in read.facts}
    blanks = (p for p in places(read) if name_of(read, p) not in known)
    blank = next(p for p in blanks if read.extract.tables[p.table].id != "key-projects")
    filled = with_facts(with_amount(read, blank, Decimal("7.77")))
    found = run_checks(with_other_reading(filled, blank)).findings
    told = [each for each in found if each.rule == "routes"]
    assert [(e.inputs, e.printed) for e in told] == [((name_of(read, blank),), Decimal("7.77"))]
    resting = [e for e in found if name_of(read, blank) in (*e.inputs, *e.rests_on)]
    assert not [e for e in resting if e.outcome in SETTLED]


@given(explained_budgets(), styles(), st.integers(0, 2**32))
@hypothesis_profile.examples(3)
def test_a_doubt_on_any_input_of_a_made_budget_takes_an_accusation_back(
    made: Explained, style: Style, seed: int
) -> None:
    chance = random.Random(seed)
    read = read_text(typeset(made.budget, style, made.prose)).disclosure
    check_no_accusation(wrong(read, chance, changes=3), chance, most=2)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("\n212 城乡", "\n- 12 - 212 城乡", "row-without-code"),
        ("0.00\n2060503 ", "0.00 2060503 ", "amount-left-over"),
        ("120.90 120.90 0.00\n", "120.90 120.90 0.00\n12\n", "row-without-code"),
        ("“三公”经费 ", "“三公”费 ", "row-label-unknown"),
    ],
)
def test_rows_that_were_not_read_right_accuse_nobody(before: str, after: str, code: str) -> None:
    """Found by the fuzzer: a problem named the row, and its table's sums were held against it."""
    text = typeset(sample_budget(), Style(spaced=False, breaks=0)).decode()
    read = read_text(text.replace(before, after, 1))
    assert before in text
    assert code in read.codes
    assert [each.sentence for each in read.findings if each.outcome in SETTLED] == []


@pytest.mark.parametrize("separator", ["\x85", "\x9f", "\u2028", "\u2029"])
def test_a_separator_of_lines_within_an_amount_splits_nothing(separator: str) -> None:
    """Found by the fuzzer: 60.00 was published for 1,060.00, and held against the sums."""
    text = typeset(sample_budget(), Style(spaced=False, breaks=0)).decode()
    whole = read_text(text)
    read = read_text(text.replace("条件与服务 1,060.00", f"条件与服务 1,0{separator}60.00", 1))
    assert [f.printed for f in read.disclosure.facts] == [f.printed for f in whole.disclosure.facts]
    assert set(read.codes) > set(whole.codes)
    assert "differs" not in {each.outcome for each in read.findings}


def test_the_sentence_says_why_and_no_longer_what_differs() -> None:
    read = published("guangzhou-2024-budget")
    (known,) = (each for each in accusing(read) if each.rule == "key-project")
    place = place_of(read, known.inputs[1])
    assert place is not None
    found = {e.finding_id: e for e in run_checks(with_cell(read, place)).findings}
    told = found[known.finding_id]
    assert (told.outcome, told.reason, told.expected) == ("cannot_tell", "cell", None)
    assert "格子里是图片，无法核对" in told.sentence
    assert "对不上" not in told.sentence
    gap = {e.finding_id: e for e in run_checks(with_gap(read, place)).findings}[known.finding_id]
    assert (gap.outcome, gap.reason) == ("cannot_tell", "not_whole")
    assert "没有读全（有 3 个金额没有读进来）" in gap.sentence


def test_what_holds_in_spite_of_a_doubt_still_holds_and_says_so() -> None:
    read = published("huadu-2025-budget")
    place = next(p for p in places(read) if printed_at(read, p) == "budget-income.r1.total")
    before, after = run_checks(read).findings, run_checks(with_cell(read, place)).findings
    assert Counter(e.outcome for e in before) == Counter(e.outcome for e in after)
    touched = [e for e in after if e.reason]
    assert touched
    assert all(name_of(read, place) in (*e.inputs, *e.rests_on) for e in touched)
    assert all("数目仍然相符" in e.sentence for e in touched)


def test_the_level_of_one_row_puts_the_sums_of_its_table_in_doubt() -> None:
    """A unit that was read as a project: the sum of units is ours to mend."""
    read = published("panyu-2024-budget")
    (number,) = (n for n, t in enumerate(read.extract.tables) if t.id == "budget-project-by-unit")
    units = [p for p in places(read) if p.table == number]
    units = [p for p in units if read.extract.tables[number].rows[p.row].level == 1]
    lower = read.extract.tables[number].rows[units[0].row]
    rows = tuple(replace(r, level=2) if r is lower else r for r in read.extract.tables[number].rows)
    tables = tuple(
        replace(t, rows=rows) if t.id == "budget-project-by-unit" else t
        for t in read.extract.tables
    )
    misread = replace(read, extract=replace(read.extract, tables=tables))
    assert any(
        e.rule == "unit-sum" and e.outcome == "differs" for e in run_checks(misread).findings
    )
    other = next(p for p in units if p.row != units[0].row)
    after = run_checks(with_level(misread, other)).findings
    assert not [e for e in after if e.rule == "unit-sum" and e.outcome in SETTLED]
    assert {e.reason for e in after if e.rule == "unit-sum" and e.outcome == "cannot_tell"} == {
        "level"
    }


def test_a_table_that_may_stand_on_a_page_without_text_is_not_said_to_be_missing() -> None:
    read = published("huadu-2025-budget")
    tables = tuple(t for t in read.extract.tables if t.id != "budget-state-capital-operations")
    lines = tuple(
        replace(line, text="")
        if "国有资本经营预算支出情况表" in line.text and number > 300
        else line
        for number, line in enumerate(read.extract.document.lines)
    )
    document = replace(read.extract.document, lines=lines)
    lost = replace(read, extract=replace(read.extract, tables=tables, document=document))
    assert [e.rule for e in accusing(lost) if e.rule == "contents"] == ["contents"]
    number = next(iter(lost.extract.uses))
    uses = {**lost.extract.uses, number: replace(lost.extract.uses[number], use="unread")}
    unread = replace(lost, extract=replace(lost.extract, uses=uses))
    found = [e for e in run_checks(unread).findings if e.rule == "contents"]
    assert [(e.outcome, e.reason) for e in found] == [("cannot_tell", "not_whole")]


@pytest.mark.hypothesis  # at night in more places
@pytest.mark.parametrize("tabbed", [False, True])
def test_a_text_that_is_cut_accuses_nobody(tabbed: bool) -> None:
    lines = typeset(sample_budget(), Style(tabbed=tabbed)).decode().split("\n")
    first = next(i for i, line in enumerate(lines) if line.strip().startswith("合计"))
    last = max(i for i, line in enumerate(lines) if "第三部分" in line)
    for end in range(first + 1, last, STEP):
        read = read_text("\n".join(lines[:end]))
        assert not accusing(read.disclosure), lines[end - 1]


@pytest.mark.parametrize("row", [1, 4, 7])
def test_a_table_of_which_no_total_was_read_accuses_none_that_needs_it(row: int) -> None:
    """A tab in one row makes cells of its line, and leaves all others of its table unread."""
    text = typeset(sample_budget(), Style(spaced=False, breaks=0)).decode()
    head, table = text.rsplit("\n支出总体情况表", 1)
    lines = table.split("\n")
    rows = [i for i, line in enumerate(lines) if line.count(".") == 7]
    lines[rows[row]] = lines[rows[row]].replace(" ", "\t")
    read = read_text("\n支出总体情况表".join([head, "\n".join(lines)]))
    assert "line-unread" in [problem.code for problem in read.problems]
    assert not accusing(read.disclosure)


@pytest.mark.parametrize("glued", ["12 {row}", "{label} - 12 - {amounts}"])
def test_a_page_number_glued_to_a_row_of_a_text_is_said_and_accuses_nobody(glued: str) -> None:
    text = typeset(sample_budget(), Style(spaced=False, breaks=0)).decode()
    lines = text.split("\n")
    row = next(i for i, line in enumerate(lines) if "工资福利支出" in line and line.count(".") >= 7)
    label, _, amounts = lines[row].partition(" ")
    lines[row] = glued.format(row=lines[row], label=label, amounts=amounts)
    read = read_text("\n".join(lines))
    assert "page-number-in-row" in [problem.code for problem in read.problems]
    assert not accusing(read.disclosure)


@pytest.mark.parametrize("place", [20, 60, 75])
@pytest.mark.parametrize("number", ["12", "—12—"])
def test_a_page_number_among_the_rows_of_a_text_is_said_and_accuses_nobody(
    number: str, place: int
) -> None:
    text = typeset(sample_budget(), Style(spaced=False, breaks=0)).decode()
    lines = text.split("\n")
    rows = [i for i, line in enumerate(lines) if line.count(".") >= 7]
    row = rows[min(place, len(rows) - 2)]
    again = [f"{lines[row]} {number}"] if number != "12" else [lines[row], number]
    read = read_text("\n".join([*lines[:row], *again, *lines[row + 1 :]]))
    assert "page-number-in-row" in [problem.code for problem in read.problems]
    assert not accusing(read.disclosure)
