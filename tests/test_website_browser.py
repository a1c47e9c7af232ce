"""The sample site in Chromium, served with the headers of the deployment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator.website import SiteSettings, render_site
from tests.sample_packages import write_sample_packages
from tests.served import RULES, serve, watched

HERE = Path(__file__).parent.parent
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
    *("en/compare/2025-budget/", "en/codes/functional/206/", "en/projects/", "en/data-guide/"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser")
    site = folder / "site"
    site.mkdir()
    render_site(
        write_sample_packages(folder / "packages"),
        site,
        templates=HERE / "templates",
        content=HERE / "content",
        settings=SiteSettings(),
        cache=folder / "cache",
    )
    with serve(site) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of 375 pixels that fails the test when its console or network complains."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    with watched(context.new_page()) as page:
        yield page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(phone: Page, address: str, path: str, scheme: str) -> None:
    phone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    phone.goto(address + path)
    phone.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(phone, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_page_does_not_scroll_sideways(
    phone: Page, address: str, path: str, width: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto(address + path)
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(over) == 0


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_the_page_comes(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path, wait_until="networkidle")
    moved = """() => new Promise(done => {
        new PerformanceObserver(list => done(list.getEntries().map(entry => entry.value)))
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done([]), 200);
    })"""
    assert sum(phone.evaluate(moved)) == 0


def test_a_chart_becomes_interactive_on_demand_only(phone: Page, address: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(address + BUDGET, wait_until="networkidle")
    assert not [url for url in asked if "vega" in url or "/charts/" in url]
    bars = phone.locator("section.chart", has=phone.locator("#chart-economic"))
    bars.get_by_role("button", name="交互图表").click()
    canvas = phone.locator("canvas").first
    expect(canvas).to_be_visible()
    canvas.hover(position={"x": 20, "y": 33})
    expect(phone.locator("#vg-tooltip-element.visible")).to_contain_text("2,345.80万元")
    assert all(url.startswith(address) for url in asked)


def test_the_page_is_complete_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + BUDGET)
    expect(page.locator(".chart svg").first).to_be_visible()
    expect(page.get_by_role("button", name="交互图表")).to_have_count(0)
    expect(page.locator("table.accounts").first).to_be_visible()
    context.close()


def test_a_figure_leads_to_its_line(phone: Page, address: str) -> None:
    phone.goto(address + BUDGET)
    phone.locator(".answers a.figure").first.click()
    phone.wait_for_url("**/source/#L*")
    line = phone.locator("li:target")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("4417.50")


def test_the_keyboard_reaches_the_text_first(phone: Page, address: str) -> None:
    phone.goto(address + BUDGET)
    phone.keyboard.press("Tab")
    expect(phone.locator(".skip")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("#main")).to_be_focused()
