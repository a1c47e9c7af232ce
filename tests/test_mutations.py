"""One amount is changed in a correct disclosure: a rule reports it, with its place.

Of tables, every cell: none is without a rule. Of explanations, every figure but those that stand
alone (``tests.other_figures.ALONE`` has the reasons).
"""

import random
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import run_checks
from generator.facts import normalise
from generator.meaning.departments import Departments
from generator.models import Disclosure, Finding
from generator.problems import Report
from tests.disclosure_texts import typeset
from tests.doors import read_source, read_text
from tests.hypothesis_profile import MORE, examples
from tests.made_prose import Explained, explained_budgets
from tests.mutations import (
    Baseline,
    Place,
    bad,
    name_of,
    places,
    seen_of_amount,
    seen_of_prose,
    with_amount,
)
from tests.other_figures import changed, figures, with_figure
from tests.text_styles import Style, styles

TEXTS = (
    "guangzhou-2024-budget",
    "haizhu-2020-final-accounts",
    "haizhu-2025-budget",
    "huadu-2025-budget",
    "panyu-2024-budget",
)
#: Amounts that already contradict another, so that another contradiction says nothing new.
KNOWN = {"guangzhou-2024-budget": {"key-projects.fz2lzhyg-2zy6l46p.amount"}}

#: How many amounts, and how many figures, of each published text are changed, and of how many
#: changes what is found is compared with what all checks find.
CHANGES, COMPARED = (150, 12) if MORE > 1 else (75, 6)


@cache
def published(name: str) -> Disclosure:
    return read_source(f"{name}.txt").disclosure


def test_the_text_without_contradictions_has_none() -> None:
    assert not list(bad(run_checks(published("huadu-2025-budget")).findings))


# ── tables ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.hypothesis  # at night more are changed
@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_amount_of_a_published_table_is_reported(name: str) -> None:
    disclosure, chance = published(name), random.Random(name)
    known = KNOWN.get(name, set())
    cells = [p for p in places(disclosure) if _local(disclosure, p) not in known]
    assert silent_cells(disclosure, chance.sample(cells, CHANGES), chance) == []


def _local(disclosure: Disclosure, place: Place) -> str:
    return name_of(disclosure, place).split(".", 2)[2]


@given(explained_budgets(), styles(), st.integers(0, 2**32))
@examples(8)
def test_a_changed_amount_of_a_made_table_is_reported(
    made: Explained, style: Style, seed: int
) -> None:
    disclosure, chance = read_made(made, style), random.Random(seed)
    cells = places(disclosure)
    assert silent_cells(disclosure, chance.sample(cells, min(15, len(cells))), chance) == []


def silent_cells(disclosure: Disclosure, cells: list[Place], chance: random.Random) -> list[str]:
    """The cells whose change no rule reports, with what they were changed to."""
    baseline = Baseline(disclosure)
    silent = []
    for place in cells:
        size = chance.randrange(100, 10 ** chance.randrange(3, 9))
        after = with_amount(disclosure, place, Decimal(size * chance.choice([1, -1])) / 100)
        name = name_of(disclosure, place)
        news = baseline.news(seen_of_amount(after, place))
        if not any(each.outcome == "differs" and name in each.inputs for each in news):
            silent.append(f"{name} changed by {size}")
    return silent


# ── explanations ─────────────────────────────────────────────────────────────────────────


@pytest.mark.hypothesis  # at night more are changed
@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_figure_of_a_published_explanation_is_reported(name: str) -> None:
    chance = random.Random(name)
    assert silent_figures(published(name), chance, most=CHANGES) == []


@given(explained_budgets(), styles(), st.integers(0, 2**32))
@examples(8)
def test_a_changed_figure_of_a_made_explanation_is_reported(
    made: Explained, style: Style, seed: int
) -> None:
    assert silent_figures(read_made(made, style), random.Random(seed), most=8) == []


def silent_figures(disclosure: Disclosure, chance: random.Random, most: int) -> list[str]:
    """The figures whose change no rule reports."""
    baseline, found = Baseline(disclosure), figures(disclosure)
    silent = []
    for figure in chance.sample(found, min(most, len(found))):
        after = with_figure(disclosure, figure, chance)
        own = set(changed(disclosure, after))
        news = baseline.news(seen_of_prose(after))
        if not any(own & {each.statement, *each.inputs} for each in news):
            text = after.extract.sections[figure.section].text
            silent.append(
                f"{text[max(0, figure.start - 60) : figure.start]}[{text[figure.start :][:50]}"
            )
    return silent


# ── only the checks that can see a change are run ────────────────────────────────────────


@pytest.mark.hypothesis  # at night of more changes
@pytest.mark.parametrize("name", TEXTS)
def test_they_find_just_what_all_checks_find(name: str) -> None:
    disclosure, chance = published(name), random.Random(name)
    baseline = Baseline(disclosure)
    for place in chance.sample(places(disclosure), COMPARED):
        after = with_amount(disclosure, place, Decimal(chance.randrange(1, 10**6)) / 100)
        assert news_by(baseline, after, seen_of_amount(after, place))
    for figure in chance.sample(figures(disclosure), COMPARED):
        after = with_figure(disclosure, figure, chance)
        assert after == normalise(after.extract, Departments(()), Report("changed"))
        assert news_by(baseline, after, seen_of_prose(after))


def news_by(baseline: Baseline, after: Disclosure, narrowed: Iterable[Finding]) -> bool:
    """Whether the narrowed run says just what is new in the whole one.

    A slip of the unit is said beside a contradiction, of which it is a copy.
    """
    whole, part = (
        sorted(
            (each.rule, each.outcome, each.sentence, each.statement, each.inputs)
            for each in baseline.news(findings)
            if each.rule != "unit-slip"
        )
        for findings in (run_checks(after).findings, narrowed)
    )
    return whole == part


def read_made(made: Explained, style: Style) -> Disclosure:
    return read_text(typeset(made.budget, style, made.prose)).disclosure
