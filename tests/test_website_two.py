"""Two disclosures side by side: chosen, shared by their address, at the width of a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.served import RULES, Desk

HAIZHU = "guangzhou-haizhu-government-services-data/2025-budget"
HUADU = "guangzhou-huadu-government-services-data/2025-budget"
CITY = "guangzhou-government-services-data/2024-budget"
LOADED = 100_000  # bytes of data


@pytest.fixture
def page(phone_of_tests: Desk) -> Iterator[Page]:
    with phone_of_tests.watched() as page:
        yield page


def of(page: Page, name: str) -> list[str]:
    """What both print of one thing."""
    thing = page.locator(
        "table.two tbody", has=page.get_by_role("rowheader", name=name, exact=True)
    )
    return [cell.split("\n")[0] for cell in thing.locator("td").all_inner_texts()]


def compared(page: Page, address: str, a: str, b: str) -> None:
    page.goto(f"{address}compare/two/?a={a}&b={b}")
    expect(page.locator("table.two")).to_be_visible()


def test_an_address_sets_two_side_by_side_as_their_pages_say_it(page: Page, five: str) -> None:
    compared(page, five, HAIZHU, HUADU)
    assert of(page, "支出总计") == ["4,417.50万元", "7,267.81万元"]
    assert of(page, "公务接待费") == ["0.40万元", "0.50万元"]
    assert of(page, "项目支出") == ["43.2% 1,910.00万元", "77.3% 5,616.61万元"]
    assert of(page, "一般公共服务支出") == ["没有列出支出", "87.2% 6,339.07万元"]
    expect(page.locator(".caution")).to_contain_text("可以比")
    largest = page.locator("table.two ol").first.locator("li")
    expect(largest).to_have_count(5)
    expect(largest.first).to_contain_text("686.56万元")


def test_each_number_leads_to_its_line(page: Page, five: str) -> None:
    compared(page, five, HAIZHU, CITY)
    links = page.locator("table.two a.figure")
    found = [(link.inner_text(), link.get_attribute("href") or "") for link in links.all()]
    assert len(found) > 40
    assert all(re.search(r"departments/[\w-]+/[\w-]+/source/#L\d+$", href) for _, href in found)
    links.first.click()
    page.wait_for_url("**/source/#L*")
    expect(page.locator(":target")).to_contain_text("4,417.50")


def test_what_is_not_alike_is_said(page: Page, five: str) -> None:
    compared(page, five, HAIZHU, CITY)
    said = page.locator(".caution").inner_text()
    assert "年份不同：2025年和2024年" in said
    assert "级别不同：区级和市级" in said
    compared(page, five, HAIZHU, HAIZHU.replace("2025-budget", "2020-final-accounts"))
    said = page.locator(".caution").inner_text()
    assert "一份是预算，一份是决算" in said
    assert "级别不同" not in said


def test_a_choice_is_in_the_address(page: Page, five: str) -> None:
    compared(page, five, HAIZHU, HUADU)
    page.get_by_label("右边：选一份文件").select_option(CITY)
    expect(page.locator("table.two thead")).to_contain_text("2024年预算")
    assert page.url.endswith("?" + f"a={HAIZHU}&b={CITY}".replace("/", "%2F"))


@pytest.mark.parametrize("language", ["", "en/"])
def test_two_columns_fit_a_phone_and_little_is_loaded(
    browser: Browser, five: str, language: str
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 800})  # nothing is in its cache
    # What came is weighed at last: within the event one would wait for a body, and the test go on.
    came: list[Response] = []

    def note(response: Response) -> None:
        came.append(response)

    page.on("response", note)
    compared(page, f"{five}{language}", CITY, HAIZHU)
    assert 0 < sum(len(each.body()) for each in came if "/json/" in each.url) < LOADED
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    cells = page.locator("table.two td").evaluate_all(
        "cells => cells.map((cell) => cell.scrollWidth - cell.clientWidth)"
    )
    assert max(cells) <= 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
    page.close()


def test_without_script_each_disclosure_and_the_comparisons_are_at_hand(
    browser: Browser, five: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{five}compare/two/")
    expect(page.locator("form")).to_be_hidden()
    links = page.locator("main a").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    page.close()
    for each in (HAIZHU, HUADU, CITY):
        assert f"../../departments/{each}/" in links
    assert {"../../compare/2025-budget/", "../../kinds/"} <= {*links}
