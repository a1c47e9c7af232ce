"""The five seeds on paper, as a browser without script prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.paper import Paper, paper, squeezed
from tests.sites import BASE, ROOT

SEEDS = sorted(
    str(file.parent.relative_to(ROOT / "data/packages"))
    for file in (ROOT / "data/packages").glob("*/20*/datapackage.json")
)
LARGEST = "departments/guangzhou-government-services-data/2024-budget/"
BUDGET = "departments/haizhu-data/2025-budget/"
LEGIBLE = 7  # points


@pytest.fixture(scope="module")
def press(browser: Browser) -> Iterator[Page]:
    """A page without script, which is printed."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def tables(press: Page, five: str) -> Paper:
    """The largest of the pages of tables."""
    return paper(press, f"{five}{LARGEST}tables/")


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_is_one_sheet(press: Page, five: str, seed: str, language: str) -> None:
    story = paper(press, f"{five}{language}departments/{seed}/")
    assert len(story.sheets) == 1
    assert story.smallest > LEGIBLE


def test_a_sheet_says_where_it_is_from_and_of_which_data(press: Page, five: str) -> None:
    version = json.loads((ROOT / f"data/packages/{SEEDS[0]}/datapackage.json").read_bytes())
    story = paper(press, f"{five}departments/{SEEDS[0]}/").text
    assert f"/departments/{SEEDS[0]}/" in story
    assert version["version"] in story


def test_of_a_site_with_an_address_the_whole_address_is_printed(press: Page, sample: str) -> None:
    assert f"{BASE}/{BUDGET}" in paper(press, f"{sample}{BUDGET}").text


def test_the_largest_tables_take_twenty_sheets_at_most(tables: Paper) -> None:
    assert len(tables.sheets) <= 20
    assert all(sheet["wide"] for sheet in tables.sheets)


def test_every_table_can_be_read(tables: Paper) -> None:
    assert tables.smallest > LEGIBLE
    assert tables.stacked == []


def test_a_table_has_its_head_on_every_sheet(tables: Paper) -> None:
    tops = [min(c["top"] for c in s["chars"]) for s in tables.sheets]
    firsts = [
        "".join(c["text"] for c in s["chars"] if c["top"] < top + 60)
        for s, top in zip(tables.sheets, tops, strict=True)
    ]
    assert [first for first in firsts[1:] if "原文行" not in squeezed(first)] == []


@pytest.mark.parametrize(("sheet", "folded"), [("text/", "details.topic"), ("checks/", "details")])
def test_what_is_folded_is_printed(press: Page, five: str, sheet: str, folded: str) -> None:
    printed = paper(press, f"{five}{LARGEST}{sheet}").text
    lines = [
        squeezed(text)
        for text in press.locator(f"{folded}:not([open]) :is(p, li, td.text)").all_text_contents()
    ]
    assert len(lines) > 3
    assert [line for line in lines if line[:8] not in printed] == []


def test_the_summary_is_printed_at_once_or_it_is_said_how(browser: Browser, sample: str) -> None:
    for script in (False, True):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.add_init_script("globalThis.print = () => { document.title = 'printed' }")
        page.goto(sample + BUDGET)
        page.get_by_role("link", name="打印一页摘要").click()
        if script:
            assert page.title() == "printed"
        else:
            expect(page.locator("#paper")).to_be_in_viewport()
        context.close()
