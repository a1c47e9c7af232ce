"""Identifiers are made of what things are called: moving, adding and removing changes no other."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.checks import run_checks
from generator.facts import normalise
from generator.meaning.departments import Departments
from generator.meaning.keys import key_of, told_apart
from generator.models import Disclosure, Extract, Row
from generator.problems import Report
from generator.tables.row_keys import with_keys
from tests.doors import DISCLOSURES, read_text
from tests.hypothesis_profile import examples
from tests.test_mutations import TEXTS, published


def again(disclosure: Disclosure, change: dict[str, tuple[Row, ...]]) -> Disclosure:
    """The disclosure with other rows in some tables, normalised anew."""
    tables = tuple(
        with_keys(replace(table, rows=change.get(table.id, table.rows)))
        for table in disclosure.extract.tables
    )
    extract: Extract = replace(disclosure.extract, tables=tables)
    return normalise(extract, Departments(()), Report("made"))


def called(row: Row) -> tuple[str, ...]:
    return (row.side, row.code, row.unit, row.name)


def amounts(disclosure: Disclosure) -> dict[str, tuple[str, ...]]:
    """What each identifier names, but for its place."""
    return {
        fact.fact_id: (fact.table, fact.column, fact.label, fact.printed)
        for fact in disclosure.facts
    }


@examples(20)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_moving_and_removing_rows_changes_no_other_identifier(name: str, random: Random) -> None:
    read = published(name)
    assert amounts(again(read, {})) == amounts(read)
    table = random.choice([t for t in read.extract.tables if len(t.rows) > 3])
    count = Counter(map(called, table.rows))
    once = [row for row in table.rows if count[called(row)] == 1]
    gone = random.sample(once, min(2, len(once)))
    left = [row for row in table.rows if row not in gone]
    moved = sorted(left, key=lambda row: (count[called(row)] > 1, random.random()))
    several = [row for row in left if count[called(row)] > 1]  # in their order, as before
    rows = [*(row for row in moved if count[called(row)] == 1), *several]
    numbered = tuple(replace(row, number=at) for at, row in enumerate(rows, 1))
    before, after = amounts(read), amounts(again(read, {table.id: numbered}))
    assert set(after) <= set(before)
    assert all(before[identifier] == said for identifier, said in after.items())
    cells = sum(cell is not None for row in gone for cell in row.cells)
    published_amounts = table.id in {said[0] for said in before.values()}
    assert len(before) - len(after) == (cells if published_amounts else 0)


def test_a_line_put_into_a_text_changes_only_its_own_identifiers() -> None:
    """A row of 公安支出 in the second table, and a sentence in front of the explanations."""
    text = (DISCLOSURES / "haizhu-2025-budget.txt").read_text(encoding="utf-8")
    source = read_text(text).disclosure
    old = "[206]科学技术支出 1,566.29 1,566.29 0.00"
    assert text.count(old) == 1
    new = text.replace(old, f"[204]公共安全支出 0.00 0.00 0.00\n{old}")
    read = read_text(new).disclosure
    before, after = amounts(source), amounts(read)
    assert len(set(after) - set(before)) == 3
    assert all(after[identifier] == said for identifier, said in before.items())
    stated = {each.statement_id: each.quote for each in source.statements}
    assert {each.statement_id: each.quote for each in read.statements} == stated
    found = {each.finding_id for each in run_checks(source).findings}
    assert found <= {each.finding_id for each in run_checks(read).findings}


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "b", "b-2"]), max_size=12))
def test_keys_are_told_apart_whatever_they_are(keys: list[str]) -> None:
    apart = told_apart(keys)
    assert len(set(apart)) == len(keys)
    assert all(
        new == key or new.startswith(f"{key}-") for key, new in zip(keys, apart, strict=True)
    )


def test_the_same_words_in_other_widths_have_the_same_key() -> None:
    assert key_of("“三公”经费 ") == key_of('"三公"经 费') != key_of("三公经费")
    assert len(key_of("合计")) == 8
