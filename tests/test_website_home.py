"""The home page answers, by rules that it states, and leads to all of what it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generator.website.department.figures import Part
from generator.website.department.moves import StatedMove, stated_moves
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone import paging
from generator.website.everyone.home import MOST_TOLD, home_answers
from generator.website.everyone.moves import bought, count_moved, moved, vehicles
from generator.website.everyone.of_ten import of_ten
from generator.website.everyone.summaries import Summaries
from generator.website.published.checks import read_checks
from generator.website.published.descriptor import read_package
from tests.made_summaries import made_summaries, write_lists
from tests.website_pages import Page

ROOT = Path(__file__).parents[1]
HAIZHU = ROOT / "data/packages/guangzhou-haizhu-government-services-data"


def disclosure(
    number: int, year: int, kind: str = "budget", stated: Sequence[StatedMove] = (), **yuan: int
) -> DisclosureSummary:
    """A disclosure of a made department that prints these amounts."""
    made = next(s for s in made_summaries(number) if s.head.department.id == f"made-{number:04}")
    slug = f"{year}-{kind.replace('_', '-')}"
    head = replace(made.head, id=f"{made.head.department.id}/{slug}", year=year, kind=kind)
    parts = tuple(Part(term, "", Decimal(each), f"{year}") for term, each in yuan.items())
    return replace(made, head=head, followed=parts, stated=tuple(stated))


def told(found: Sequence[DisclosureSummary]) -> list[tuple[str, str, int, int]]:
    with Summaries() as summaries:
        for each in found:
            summaries.add(each)
        moves = list(moved(summaries))
        assert count_moved(summaries) == len(moves)
        assert set(moved(summaries, "by-amount")) == set(moves)
    return [(m.head.id, m.subject, int(m.was.yuan), int(m.now.yuan)) for m in moves]


@pytest.mark.parametrize(
    ("was", "now", "listed"),
    [
        (100_000, 200_000, True),
        (100_000, 199_999, False),
        (200_000, 100_000, True),
        (200_000, 100_001, False),
        (1_000, 3_000, False),  # the larger is less than what is told
        (40_000, 100_000, True),
        (0, 900_000, False),
        (900_000, 0, False),
    ],
)
def test_what_doubled_or_halved_is_listed_from_the_least_amount_on(
    was: int, now: int, listed: bool
) -> None:
    found = told([disclosure(1, 2024, project_expenditure=was),
                  disclosure(1, 2025, project_expenditure=now)])  # fmt: skip
    assert found == ([("made-0001/2025-budget", "project_expenditure", was, now)] * listed)


def test_an_amount_is_compared_with_the_same_of_the_year_before_only() -> None:
    assert told(
        [
            disclosure(1, 2022, three_public_expenses=900_000),  # two years before
            disclosure(1, 2023, kind="final_accounts", three_public_expenses=900_000),
            disclosure(1, 2024, three_public_expenses=100_000),
            disclosure(2, 2023, three_public_expenses=900_000),  # another department
            disclosure(1, 2023, basic_expenditure=900_000),  # another amount
        ]
    ) == []  # fmt: skip


def test_what_the_department_states_goes_before_what_it_printed_earlier() -> None:
    stated = StatedMove("total_expenditure", Decimal(500_000), Decimal(400_000), "7")
    earlier = disclosure(1, 2024, total_expenditure=100_000)
    assert told([earlier, disclosure(1, 2025, total_expenditure=500_000)]) != []
    assert told([earlier, disclosure(1, 2025, stated=[stated], total_expenditure=500_000)]) == []
    halved = replace(stated, before=Decimal(1_200_000))
    alone = told([disclosure(1, 2025, stated=[halved], total_expenditure=500_000)])
    assert alone == [("made-0001/2025-budget", "total_expenditure", 1_200_000, 500_000)]


def test_a_statement_that_contradicts_itself_is_not_used() -> None:
    package = read_package(HAIZHU / "2025-budget")
    checks = read_checks(package)
    stated = {m.subject: (m.before, m.now, m.line) for m in stated_moves(package, checks)}
    assert stated["total_expenditure"] == (Decimal("41957200.00"), Decimal("44175000.00"), "1158")
    [doubted] = {
        row["narrative_id"]
        for row in package.rows("narrative")
        if (row["subject"], row["measure"]) == ("total_expenditure", "change")
    }
    case = {"outcome": "differs", "statement": doubted, "inputs": ""}
    found = stated_moves(package, replace(checks, open=(case,)))
    assert {m.subject for m in found} == stated.keys() - {"total_expenditure"}


def test_who_bought_cars_and_who_lists_nothing_are_told_apart_from_who_lists_no_line() -> None:
    with Summaries() as summaries:
        for number, yuan in enumerate((180_000, 0, 250_000), 1):
            summaries.add(disclosure(number, 2025, vehicle_purchase=yuan))
        summaries.add(disclosure(4, 2024, vehicle_purchase=990_000))
        summaries.add(disclosure(5, 2025))
        found = vehicles(summaries)
        assert (found.bought, found.zero, found.absent) == (3, 1, 1)
        newest, largest = (
            [each.head.department.id for each in bought(summaries, order)]
            for order in ("by-year", "by-amount")
        )
    assert newest == ["made-0003", "made-0001", "made-0004"]
    assert largest == ["made-0004", "made-0003", "made-0001"]


def test_the_example_is_the_newest_that_tells_what_for_and_was_checked() -> None:
    later = [replace(disclosure(2, 2027), functions=()), disclosure(3, 2026)]
    with Summaries() as summaries:
        for each in [disclosure(1, 2025), *later]:
            summaries.add(each)
        example = home_answers(summaries, "zh-CN", []).example
    assert example
    assert example.head.id == "made-0003/2026-budget"


def test_ten_yuan_are_shared_out_among_what_is_spent() -> None:
    parts = [Part("a", "", Decimal(75)), Part("b", "", Decimal("24.9")), Part("c", "", Decimal(-9)),
             Part("d", "", Decimal("0.1"))]  # fmt: skip
    assert [(e.part.key, e.said) for e in of_ten(parts, None, 9)] == [
        ("a", "7.5元"), ("b", "2.5元"), ("d", "不到0.1元")
    ]  # fmt: skip
    whole = Part("total_expenditure", "", Decimal(200))  # what is in no class has its part of it
    assert [e.said for e in of_ten(parts, whole, 1)] == ["3.8元"]
    assert of_ten([Part("a", "", Decimal(0))], whole, 3) == []


# ── pages ────────────────────────────────────────────────────────────────────────────────────


def moving(count: int) -> list[DisclosureSummary]:
    """Departments of which each project expenditure doubled, and each bought a car."""
    return [
        disclosure(n, year, project_expenditure=n * year * 100_000 * (year - 2023),
                   vehicle_purchase=n * 1000)
        for n in range(1, count + 1) for year in (2024, 2025)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "MOST_ROWS", 3)
        return write_lists(tmp_path_factory.mktemp("home") / "site", moving(9))


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_home_page_begins_each_list_and_leads_to_all_of_it(lists: Path, prefix: str) -> None:
    html = (lists / prefix / "index.html").read_text(encoding="utf-8")
    sections = re.findall(r'<section class="told" aria-labelledby="([^"]+)">(.*?)</section>', html,
                          re.S)  # fmt: skip
    assert [name for name, _ in sections] == ["doubled", "cars", "contradictions", "projects"]
    figure = re.compile(r'<a class="figure" href="departments/made-\d+/20\d\d-budget/source/#L\d')
    for (_, section), amounts in zip(sections, (2, 1, 0, 1), strict=True):
        assert section.count("<li>") == MOST_TOLD
        assert len(figure.findall(section)) == MOST_TOLD * amounts
        [address] = re.findall(r'class="after"><a href="([^"]+)"', section)
        assert (lists / prefix / address / "index.html").is_file()
    example = html.split('class="answers example"')[1].split("</section>")[0]
    assert len(figure.findall(example)) == 4  # the whole, and three of the ten yuan


def test_a_list_has_all_in_pages_of_either_order(lists: Path) -> None:
    for order in ("", "by-amount/"):
        at = lists / "lists/cars" / order
        pages = [at, *sorted(at.glob("[0-9]*"), key=lambda p: int(p.name))]
        rows = [len(re.findall(r"<li>\s*<a class=\"whose\"", _text(p))) for p in pages]
        assert rows == [3] * 6
    assert "made-0009/2025-budget" in _text(lists / "lists/doubled/by-amount")


def _text(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("found", "lacking"),
    [([], 4), (moving(1)[:1], 2), (moving(1), 1)],  # of one nothing contradicts itself
    ids=["none", "one year", "two years"],
)
def test_a_site_of_little_makes_sense(
    found: list[DisclosureSummary], lacking: int, tmp_path: Path
) -> None:
    site = write_lists(tmp_path / "site", found)
    html = _text(site)
    assert html.count('<section class="told"') == 4
    assert html.count('<p class="empty">') == lacking
    assert ('class="answers example"' in html) == bool(found)
    assert "部门都没有换过" in Page(site / "lists/replaced/index.html").text
