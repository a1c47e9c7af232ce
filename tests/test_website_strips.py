"""The strip of like departments: who is on it, where, and that each point can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from generator.website.department.figures import Part
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.strips import MOST_LINKED, Strip, kind_strips
from generator.website.everyone.summaries import Summaries
from tests.made_summaries import made_summaries, write_lists
from tests.website_pages import Page

FINANCE = next(made_summaries(1))


def bureaus(
    shares: Sequence[int | None], level: str = "city", year: int = 2025
) -> Iterator[DisclosureSummary]:
    """Finance bureaus of one level whose project expenditure is so many per cent, or None."""
    for number, share in enumerate(shares):
        who = replace(FINANCE.head.department, id=f"bureau-{level}-{number}", level=level)
        head = replace(FINANCE.head, id=f"{who.id}/{year}-budget", department=who, year=year)
        parts = () if share is None else (
            Part("basic_expenditure", "", Decimal(100 - share), "4"),
            Part("project_expenditure", "", Decimal(share), "5"),
        )  # fmt: skip
        yield replace(FINANCE, head=head, spending=parts)


def strips(*groups: Iterator[DisclosureSummary]) -> list[Strip]:
    with Summaries() as summaries:
        for group in groups:
            for each in group:
                summaries.add(each)
        everyone = Everyone(summaries, {})
        like = [g for year in everyone.years for g in year.groups]
        return kind_strips(like, everyone.compared)


def test_only_like_departments_of_one_year_are_on_one_strip() -> None:
    city, district = strips(
        bureaus([10, 20, 90]),
        bureaus([50, 60, 70, None], "district"),
        bureaus([1, 2, 3], year=2024),
    )
    assert [point.said for point in city.points] == ["10.0%", "20.0%", "90.0%"]
    assert (city.middle, city.lacking, city.group.year) == ("20.0%", 0, 2025)
    assert (district.middle, district.lacking) == ("60.0%", 1)


def test_of_fewer_than_three_there_is_none_and_an_older_year_takes_its_place() -> None:
    assert strips(bureaus([10, 20, None])) == []
    [older] = strips(bureaus([10, None, 20]), bureaus([1, 2, 3], year=2024))
    assert older.group.year == 2024


def test_points_lie_by_their_share_and_not_on_one_another() -> None:
    [strip] = strips(bureaus([50, 0, 100, 50, 50, 51]))
    points = strip.points
    assert [p.x for p in points] == sorted(p.x for p in points)
    assert (points[0].x, points[-1].x) == (10, 350)
    places = [(p.x, p.y) for p in points]
    for one, other in pairwise(sorted(places)):
        assert (
            abs(one[0] - other[0]) >= 2 * strip.radius or abs(one[1] - other[1]) >= 2 * strip.radius
        )
    assert all(0 < y < strip.line for _, y in places)


def test_the_points_of_very_many_are_no_links() -> None:
    [strip] = strips(bureaus([n % 101 for n in range(MOST_LINKED + 1)]))
    assert not strip.linked
    assert strip.dots.count("M") == MOST_LINKED + 1


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = [*bureaus([10, 20, 90]), *bureaus([30], "district")]
    return write_lists(tmp_path_factory.mktemp("strips") / "site", found)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_each_department_of_a_kind_is_marked_by_its_address(lists: Path, prefix: str) -> None:
    page = Page(lists / prefix / "kinds/finance/index.html")
    anchors = [each for each in page.ids if each.startswith("department-")]
    assert sorted(anchors) == [
        *(f"department-bureau-city-{n}" for n in range(3)), "department-bureau-district-0"
    ]  # fmt: skip
    html = page.path.read_text(encoding="utf-8")
    points = re.findall(
        r'<a href="([^"]+)" id="department-[^"]+" aria-label="[^"]+ (\d+\.\d%)"', html
    )
    assert [share for _, share in points] == ["10.0%", "20.0%", "90.0%"]
    assert points[0][0] == "../../departments/bureau-city-0/2025-budget/"
    assert {f"#department-bureau-city-{n}" for n in range(3)} <= set(page.links)


def test_a_comparison_of_like_departments_has_strips_of_what_enough_print(lists: Path) -> None:
    html = (lists / "compare/2025-budget/finance/city/index.html").read_text(encoding="utf-8")
    found = re.findall(r'aria-labelledby="strip-([a-z-]+)-2025-budget-city">\s*<h3', html)
    assert found == ["projects", "three-public", "residents"]
    district = lists / "compare/2025-budget/finance/district/index.html"
    assert 'class="strip"' not in district.read_text(encoding="utf-8")
