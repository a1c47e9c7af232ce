"""At 375 pixels every table shows its answer: what one looks for is not beside the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.test_website_browser import PAGES

LARGEST = "departments/guangzhou-government-services-data/2024-budget/"
FINAL = "departments/guangzhou-haizhu-government-services-data/2020-final-accounts/"
#: Of each region the first cell that answers, an amount or a change, and by how much it is beside.
_BESIDE = """() => [...document.querySelectorAll(".scroll")].flatMap((region) => {
  const answer = region.querySelector("tbody :is(td.n, td.moved)");
  if (!answer || !region.checkVisibility()) return [];
  const over = answer.getBoundingClientRect().right - region.getBoundingClientRect().left
    - region.clientLeft - region.clientWidth;
  return over > 1 ? [`${region.querySelector("caption")?.textContent}: ${over}`] : [];
})"""
_REGIONS = "document.querySelectorAll('.scroll tbody td.n').length"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A page of 375 pixels."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def test_on_every_kind_of_page_the_answer_is_in_sight(phone: Page, sample: str) -> None:
    beside, regions = {}, 0
    for path in [*PAGES, "departments/gaps/", "changes/", "questions/", "kinds/", "places/"]:
        phone.goto(sample + path)
        regions += phone.evaluate(_REGIONS)
        if found := phone.evaluate(_BESIDE):
            beside[path] = found
    assert beside == {}
    assert regions > 100


@pytest.mark.parametrize("path", [f"{LARGEST}tables/", f"{FINAL}tables/", f"{FINAL}charts/"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_in_the_tables_of_the_seeds_the_first_amount_is_in_sight(
    phone: Page, five: str, path: str, language: str
) -> None:
    phone.goto(f"{five}{language}{path}")
    assert phone.evaluate(_BESIDE) == []
