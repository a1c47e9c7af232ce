"""Large tables in Chromium by keyboard: Tab enters one once, arrow keys walk, rows lead on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.served import Desk, desk

TABLES = "departments/haizhu-data/2025-budget/tables/"
FOCUSED = "document.activeElement"


@pytest.fixture(scope="module")
def desk_of_all(browser: Browser) -> Iterator[Desk]:
    """A page for all tests."""
    with desk(browser, width=1280) as made:
        yield made


@pytest.fixture
def page(desk_of_all: Desk, sample: str) -> Iterator[Page]:
    """The tables of a budget; fails the test when the console or network complains."""
    with desk_of_all.watched() as page:
        page.goto(sample + TABLES)
        yield page


def entered(page: Page, number: int = 0) -> Locator:
    """A table whose stop has the focus, reached by Tab from what stands before it."""
    section = page.locator("section.table", has=page.locator("tbody a")).nth(number)
    section.locator("a.skip-table").focus()
    table = section.locator("table.accounts").first
    for _ in range(5):  # past the levels that it may be folded to
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.closest('tbody') !== null"):
            break
    expect(table.locator("tbody a:focus-visible")).to_have_count(1)
    return table


def at(page: Page) -> tuple[int, int]:
    """The row and the column of the link that has the focus."""
    cell = f"{FOCUSED}.closest('td, th')"
    row, column = page.evaluate(f"[{cell}.parentElement.sectionRowIndex, {cell}.cellIndex]")
    return row, column


def test_tab_enters_each_table_once(page: Page) -> None:
    stops = page.evaluate(
        "[...document.querySelectorAll('table.accounts:has(tbody a)')]"
        ".map((table) => table.querySelectorAll('a[tabindex=\"0\"]').length)"
    )
    assert stops
    assert set(stops) == {1}
    table = entered(page)
    page.keyboard.press("Tab")
    expect(table.locator("a:focus")).to_have_count(0)


def test_arrow_keys_walk_and_come_back_to_where_they_left(page: Page) -> None:
    table = entered(page)
    start = at(page)
    page.keyboard.press("End")
    row, last = at(page)
    assert last == table.locator("tbody tr").first.locator("td").count()
    page.keyboard.press("ArrowDown")
    assert at(page) == (row + 1, last)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    assert at(page) == (table.locator("tbody tr").count() - 1, last)
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    assert at(page) == start
    page.keyboard.press("ArrowRight")
    there = at(page)
    assert there != start
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert at(page) == there
    expect(table.locator("a:focus")).to_be_in_viewport()


def test_every_link_of_a_table_is_reached(page: Page) -> None:
    table = entered(page)
    links = table.locator("tbody a").count()
    seen = set()
    page.keyboard.press("Home")
    for _ in range(table.locator("tbody tr").count()):
        for _ in range(20):
            seen.add(page.evaluate(f"[...document.querySelectorAll('tbody a')].indexOf({FOCUSED})"))
            before = at(page)
            page.keyboard.press("ArrowRight")
            if at(page) == before:
                break
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
    assert len(seen) == links


def test_enter_follows_and_escape_leaves(page: Page) -> None:
    entered(page)
    page.keyboard.press("Escape")
    assert page.evaluate(f"{FOCUSED}.id.startsWith('after-')")
    table = entered(page)
    page.keyboard.press("End")
    way = table.locator("a:focus").get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{way.removeprefix('../')}")


def test_a_row_that_is_folded_away_gives_its_stop_back(page: Page) -> None:
    table = page.locator("table.accounts", has=page.locator("tbody a")).first
    table.locator("tbody a").last.focus()
    table.locator("tbody tr").last.evaluate("(row) => { row.hidden = true }")
    table.dispatch_event("change", {"bubbles": True})
    expect(table.locator("a[tabindex='0']")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_what_the_keys_do_is_said_where_they_do_it(
    browser: Browser, sample: str, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(sample + TABLES)
    expect(page.locator("#keys")).to_be_visible(visible=script)
    # Without script each row of figures has a stop that leads to its line.
    rows = page.locator("table.accounts tbody tr", has=page.locator("td.n a"))
    stops = page.locator("table.accounts td.at a:not([tabindex='-1'])")
    assert script or stops.count() >= rows.count() > 0
    context.close()
