"""The sample site in Chromium, served with the headers of the deployment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import Desk
from tests.visits import SCHEMES, WIDTHS, Visitor, visitor

BUDGET = "departments/haizhu-data/2025-budget/"
PAGES = [
    *("", "departments/", "departments/haizhu-data/", BUDGET, f"{BUDGET}source/"),
    *("departments/long-name/2020-final-accounts/", "datasets/", "datasets/facts/"),
    *(
        "contradictions/",
        "method/",
        "glossary/",
        "problems/",
        "how-to-read/",
        "data-guide/",
        "404.html",
    ),
    *("compare/", "compare/2025-budget/", "codes/", "codes/functional/206/", "projects/"),
    "codes/economic/302/",
    *("en/contradictions/", "en/method/", "en/problems/", "en/datasets/", "en/datasets/facts/"),
    *(f"en/{BUDGET}", f"en/{BUDGET}source/"),
    *(
        f"{BUDGET}{sheet}/"
        for sheet in ("charts", "projects", "tables", "text", "checks", "downloads")
    ),
    *("en/compare/2025-budget/", "en/codes/functional/206/", "en/projects/", "en/data-guide/"),
]


@pytest.fixture
def address(sample: str) -> str:
    return sample


@pytest.fixture(scope="module")
def phone_of_all(browser: Browser) -> Iterator[Visitor]:
    """One for all pages, each of which is loaded once."""
    with visitor(browser) as visiting:
        yield visiting


@pytest.fixture
def phone(phone_of_tests: Desk) -> Iterator[Page]:
    """A page of 375 pixels that fails the test when its console or network complains."""
    with phone_of_tests.watched() as page:
        yield page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(phone_of_all: Visitor, address: str, path: str, scheme: str) -> None:
    seen = phone_of_all.visit(address + path)
    assert seen.violations[scheme] == ""
    assert seen.complaints == ()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_does_not_scroll_sideways(
    phone_of_all: Visitor, address: str, path: str, width: int
) -> None:
    seen = phone_of_all.visit(address + path)
    assert seen.over[width] == 0
    assert seen.complaints == ()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_the_page_comes(phone_of_all: Visitor, address: str, path: str) -> None:
    seen = phone_of_all.visit(address + path)
    assert sum(seen.shifts) == 0
    assert seen.complaints == ()


def test_the_page_is_complete_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{BUDGET}charts/")
    expect(page.locator(".chart svg").first).to_be_visible()
    page.get_by_role("link", name="各表全文").click()
    expect(page.locator("table.accounts").first).to_be_visible()
    context.close()


def test_a_figure_leads_to_its_line(phone: Page, address: str) -> None:
    phone.goto(address + BUDGET)
    phone.locator(".answers a.figure").first.click()
    phone.wait_for_url("**/source/#L*")
    line = phone.locator("li:target")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("4417.50")


def test_a_watched_page_tells_what_failed_and_not_what_was_left(
    phone_of_tests: Desk, address: str
) -> None:
    failing = r"connectionrefused|ERR_CONNECTION_REFUSED"
    with pytest.raises(AssertionError, match=failing), phone_of_tests.watched() as page:
        page.route("**/*.css", lambda route: route.abort("connectionrefused"))
        page.goto(address)
    with phone_of_tests.watched() as page:
        page.route("**/*.css", lambda route: route.abort("aborted"))
        page.goto(address)


def test_the_keyboard_reaches_the_text_first(phone: Page, address: str) -> None:
    phone.goto(address + BUDGET)
    phone.keyboard.press("Tab")
    expect(phone.locator(".skip")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("#main")).to_be_focused()
