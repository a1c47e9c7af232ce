"""What a chart of years says where it happened: the largest change, and another name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from generator.website.department.figures import Part
from generator.website.department.happenings import happenings
from generator.website.department.measures import Amount, Measure
from generator.website.department.trends import Slot

TOTAL = Measure("total", "支出总计", lambda overview: None)


def slots(*amounts: tuple[int, str, int | None]) -> list[Slot]:
    return [Slot(year, kind, None, _amount(yuan)) for year, kind, yuan in amounts]


def _amount(yuan: int | None) -> Amount | None:
    if yuan is None:
        return None
    parts = (Part("", "支出总计", Decimal(yuan)),)
    return Amount("", parts, parts, parts)


def said(found: Sequence[Sequence[str]]) -> dict[int, str]:
    return {at: words for at, [words] in ((at, w) for at, w in enumerate(found) if w)}


def test_the_largest_change_is_said_where_it_is() -> None:
    found = slots((2021, "budget", 100000), (2022, "budget", 110000), (2023, "budget", 66000))
    assert said(happenings(TOTAL, found)) == {2: "变化最大：比2022年预算减少4.40万元，下降40.0%"}


def test_budgets_are_held_against_budgets_and_gaps_are_passed() -> None:
    found = slots(
        (2020, "budget", 100000), (2020, "final_accounts", 900000), (2021, "", None),
        (2022, "budget", 150000), (2022, "final_accounts", 990000), (2023, "budget", 160000),
    )  # fmt: skip
    assert said(happenings(TOTAL, found)) == {3: "变化最大：比2020年预算增加5.00万元，增长50.0%"}


@pytest.mark.parametrize(
    "amounts",
    [
        [(2021, "budget", 100000), (2022, "budget", 110000)],  # one change is not the largest
        [(2021, "budget", 100000), (2022, "final_accounts", 110000), (2023, "budget", 90000)],
        [(2021, "budget", 0), (2022, "budget", 110000), (2023, "budget", 90000)],
    ],
)
def test_where_there_are_no_two_changes_none_is_largest(
    amounts: list[tuple[int, str, int | None]],
) -> None:
    assert said(happenings(TOTAL, slots(*amounts))) == {}
