"""One cause is one case: what was changed in a correct disclosure is among its explanations."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import run_checks
from generator.checks.slips import slip_of
from generator.models import Case, Checked, Disclosure
from tests import hypothesis_profile
from tests.disclosure_texts import typeset
from tests.doors import read_source, read_text
from tests.made_prose import Explained, explained_budgets
from tests.mutations import Place, name_of, places, printed_at, with_amount
from tests.text_styles import Style, styles


@cache
def published(name: str) -> Disclosure:
    return read_source(f"{name}.txt").disclosure


# ── one amount changed ───────────────────────────────────────────────────────────────────


def check_one_case(disclosure: Disclosure, place: Place, change: Decimal) -> Case | None:
    """Exactly one case, which tells of all that differs, and which the figure explains."""
    checked = run_checks(with_amount(disclosure, place, change))
    figure = name_of(disclosure, place)
    if not any(each.outcome == "differs" for each in checked.findings):
        return None
    assert len(checked.cases) == 1, (figure, [each.sentence for each in checked.cases])
    (case,) = checked.cases
    assert figure in case.figures, (figure, case)
    assert case.changes == 1
    assert case.figure in ("", figure)
    assert bool(case.figure) == (case.figures == (figure,))
    consistent(checked)
    return case


def consistent(checked: Checked) -> None:
    """Each contradiction names its case, and each case its contradictions."""
    named = {e.finding_id: e.case for e in checked.findings if e.case}
    assert set(named) == {e.finding_id for e in checked.findings if e.outcome == "differs"}
    assert named == {name: case.case_id for case in checked.cases for name in case.findings}
    assert len({case.case_id for case in checked.cases}) == len(checked.cases)
    assert not any("应为" in case.sentence for case in checked.cases)


@pytest.mark.parametrize("name", ["huadu-2025-budget", "haizhu-2025-budget", "panyu-2024-budget"])
def test_one_changed_amount_of_a_published_table_is_one_case(name: str) -> None:
    disclosure, chance = published(name), random.Random(name)
    for place in chance.sample(places(disclosure), 40):
        check_one_case(disclosure, place, Decimal(chance.randrange(100, 9999999)) / 100)


@given(explained_budgets(), styles(), st.integers(0, 2**32))
@hypothesis_profile.examples(8)
def test_one_changed_amount_of_a_made_budget_is_one_case(
    made: Explained, style: Style, seed: int
) -> None:
    chance = random.Random(seed)
    disclosure = read_text(typeset(made.budget, style, made.prose)).disclosure
    cells = places(disclosure)
    for place in chance.sample(cells, min(8, len(cells))):
        check_one_case(disclosure, place, Decimal(chance.randrange(100, 9999999)) / 100)


# ── what the digits tell ─────────────────────────────────────────────────────────────────

#: Printed, the other value, and the slip.
SLIPS = [
    ("327.40", "372.40", "transposed_digits"),
    ("1,234.56", "1,534.26", "transposed_digits"),
    ("1,510.38", "1,610.38", "one_digit"),
    ("23.38", "273.38", "missing_digit"),
    ("273.38", "23.38", "extra_digit"),
    ("44.00", "4.40", "factor_10"),
    ("4400", "44.00", "factor_100"),
    ("44.00", "44000.00", "factor_1000"),
    ("440,000.00", "44.00", "unit"),
    ("0.44", "4,400.00", "unit"),
    ("-44.00", "44.00", "sign"),
    ("3.64", "1.50", ""),
    ("0.00", "44.00", ""),
    ("90,047.19", "87,249.22", ""),
    ("1.00", "2.00", "one_digit"),
    ("0.01", "0.02", ""),
]


@pytest.mark.parametrize(("printed", "other", "slip"), SLIPS)
def test_a_slip_is_told_by_its_digits(printed: str, other: str, slip: str) -> None:
    ours, theirs = (Decimal(each.replace(",", "")) for each in (printed, other))
    assert slip_of(ours, theirs) == slip


@given(st.integers(100, 10**9), st.data())
def test_two_digits_swapped_are_told_in_any_amount(cents: int, data: st.DataObject) -> None:
    digits = list(str(cents))
    first, second = sorted(
        data.draw(st.lists(st.integers(0, len(digits) - 1), min_size=2, max_size=2, unique=True))
    )
    digits[first], digits[second] = digits[second], digits[first]
    other = int("".join(digits))
    if digits[0] == "0" or cents == other:
        return  # a digit fewer, or the same
    told = slip_of(Decimal(cents) / 100, Decimal(other) / 100)
    assert told in ("transposed_digits", "factor_10", "factor_100", "factor_1000", "unit")
    assert (cents - other) % 9 == 0


def test_a_slip_in_a_table_is_said_and_supported() -> None:
    """3,274.02 for 3,724.02 in the total of the projects: what prints either, and how many."""
    read = published("huadu-2025-budget")
    place = next(
        p
        for p in places(read)
        if printed_at(read, p) == "budget-expenditure.r1.project_expenditure"
    )
    cell = read.extract.tables[place.table].rows[place.row].cells[place.cell]
    assert cell is not None
    right = Decimal(cell.printed.replace(",", ""))
    digits = cell.printed.replace(",", "")
    wrong = Decimal(digits[1] + digits[0] + digits[2:])
    checked = run_checks(with_amount(read, place, wrong - right))
    (case,) = checked.cases
    assert (case.figure, case.value, case.other) == (name_of(read, place), wrong, right)
    assert case.slip == "transposed_digits"
    assert case.places == 1
    assert case.other_places is not None
    assert case.other_places > 3
    assert f"支持 {wrong:,} 万元的有 1 处" in case.sentence
    assert "位置对调" in case.sentence


# ── several at once, and none ────────────────────────────────────────────────────────────


def test_two_errors_far_apart_are_two_cases() -> None:
    read = published("huadu-2025-budget")
    names = (
        "budget-expenditure.r3.basic_expenditure",
        "budget-operating-and-three-public.r2.total",
    )
    found = [p for p in places(read) if printed_at(read, p) in names]
    assert len(found) == 2
    wrong = read
    for place in found:
        wrong = with_amount(wrong, place, Decimal("77.31"))
    checked = run_checks(wrong)
    consistent(checked)
    assert len(checked.cases) == 2
    for place in found:
        assert any(name_of(read, place) in case.figures for case in checked.cases)


def test_the_contradictions_of_the_published_texts_are_three_cases() -> None:
    city = run_checks(published("guangzhou-2024-budget"))
    accounts = run_checks(published("haizhu-2020-final-accounts"))
    for checked in (city, accounts):
        consistent(checked)
    assert [len(case.findings) for case in city.cases] == [2, 1]
    assert [len(case.findings) for case in accounts.cases] == [2]
    projects, key = city.cases
    assert (str(projects.value), str(projects.other), projects.figure) == (
        "90047.19", "87249.22", "",
    )  # fmt: skip
    assert key.figure.endswith("key-projects.fz2lzhyg-2zy6l46p.amount")
    assert (str(key.value), str(key.other), key.slip) == ("1510.38", "1610.38", "one_digit")
    (three,) = accounts.cases
    assert (str(three.value), str(three.other), three.changes) == ("3.64", "1.50", 2)
