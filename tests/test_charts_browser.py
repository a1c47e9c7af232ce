"""Charts in Chromium: they answer to finger, key and mouse alike, in the words of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.served import Desk

BUDGET = "departments/haizhu-data/2025-budget/"
CHARTS = f"{BUDGET}charts/"
FIRST = re.compile(r"2,345\.80万元")


@pytest.fixture
def page(phone_of_tests: Desk) -> Iterator[Page]:
    """A page that fails the test when its console or network complains."""
    with phone_of_tests.watched() as page:
        yield page


@pytest.fixture
def finger(browser: Browser) -> Iterator[Page]:
    """A phone that is touched."""
    context = browser.new_context(viewport={"width": 375, "height": 800}, has_touch=True)
    page = context.new_page()
    yield page
    context.close()


def economic(page: Page) -> Locator:
    return page.locator("section.chart", has=page.locator("#chart-economic"))


def test_no_chart_asks_for_anything_more(page: Page, sample: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(sample + CHARTS, wait_until="networkidle")
    economic(page).locator("[data-row]").first.hover()
    scripts = [url for url in asked if url.endswith(".js")]
    assert len(scripts) == 3  # that of the site, that of charts, that of what is sent on
    assert not [url for url in asked if "/charts/" in url.removeprefix(sample + CHARTS)]


def test_a_mouse_over_a_mark_tells_its_row(page: Page, sample: str) -> None:
    page.goto(sample + CHARTS)
    chart = economic(page)
    told = chart.locator(".told")
    expect(told).to_be_hidden()
    chart.locator("[data-row='0']").hover()
    expect(told).to_contain_text("工资福利支出")
    expect(told).to_contain_text(FIRST)
    expect(chart.locator("[data-row='0']")).to_have_class("lit")
    page.mouse.move(1, 1)
    expect(told).to_be_hidden()
    expect(chart.locator(".lit")).to_have_count(0)


def test_a_click_keeps_what_is_told_with_the_way_to_its_place(page: Page, sample: str) -> None:
    page.goto(sample + CHARTS)
    chart = economic(page)
    chart.locator("[data-row='0']").click()
    page.mouse.move(1, 1)
    chart.locator(".told a").click()
    page.wait_for_url("**/source/#L*")


def test_a_row_of_the_table_lights_its_mark(page: Page, sample: str) -> None:
    page.goto(sample + CHARTS)
    chart = economic(page)
    chart.locator("summary").first.click()
    chart.locator("tbody tr").nth(1).hover()
    expect(chart.locator("[data-row='1']")).to_have_class("lit")
    expect(chart.locator("[data-row='0']")).not_to_have_class("lit")
    chart.locator("[data-row='0']").hover()
    expect(chart.locator("tbody tr").first).to_have_class("lit")


def test_arrows_walk_and_escape_closes(page: Page, sample: str) -> None:
    page.goto(sample + CHARTS)
    chart = economic(page)
    canvas, told = chart.locator(".canvas"), chart.locator(".told")
    expect(canvas).to_have_attribute("role", "group")
    canvas.focus()
    expect(told).to_contain_text(FIRST)
    for key, row in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(chart.locator(f"[data-row='{row}']")).to_have_class("lit")
        expect(chart.locator("tbody tr").nth(row)).to_have_class("lit")
    page.keyboard.press("End")
    rows = chart.locator("tbody tr")
    expect(told).to_contain_text(rows.last.locator("th").inner_text())
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(canvas).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(told.locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/#L*")


def test_the_keyboard_passes_by_way_of_the_link_and_closes(page: Page, sample: str) -> None:
    page.goto(sample + CHARTS)
    chart = economic(page)
    chart.locator(".canvas").focus()
    page.keyboard.press("Tab")
    expect(chart.locator(".told a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(chart.locator("summary").first).to_be_focused()
    expect(chart.locator(".told")).to_be_hidden()


@pytest.mark.parametrize("beside", [0, 18])
def test_a_finger_needs_not_meet_a_mark(finger: Page, sample: str, beside: int) -> None:
    finger.goto(sample + CHARTS)
    chart = economic(finger)
    chart.scroll_into_view_if_needed()
    box = chart.locator("[data-row='0']").bounding_box()
    assert box
    finger.touchscreen.tap(box["x"] + 20, box["y"] + box["height"] + beside)
    expect(chart.locator(".told")).to_contain_text(FIRST)
    expect(chart.locator(".told a")).to_be_visible()
    finger.touchscreen.tap(5, 5)
    expect(chart.locator(".told")).to_be_hidden()


@pytest.mark.parametrize("path", [BUDGET, CHARTS, f"en/{BUDGET}", "departments/haizhu-data/"])
def test_what_is_told_never_leaves_the_page(finger: Page, sample: str, path: str) -> None:
    finger.goto(sample + path)
    for canvas in finger.locator(".canvas[tabindex]").all():
        canvas.focus()
        for key in ("Home", "End"):
            finger.keyboard.press(key)
            box = canvas.locator(".told").bounding_box()
            assert box
            assert box["x"] >= 0 and box["x"] + box["width"] <= 375
    assert finger.evaluate("document.documentElement.scrollWidth") == 375


@pytest.mark.parametrize(("width", "form"), [(375, "narrow"), (768, "wide"), (1280, "wide")])
def test_the_flow_has_the_form_that_fits(page: Page, sample: str, width: int, form: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(sample + BUDGET)
    drawings = page.locator(".flow-of .drawing")
    expect(drawings).to_have_count(2)
    expect(page.locator(f".flow-of .drawing.{form}")).to_be_visible()
    visible = [each for each in drawings.all() if each.is_visible()]
    assert len(visible) == 1


@pytest.mark.parametrize("path", [BUDGET, CHARTS, f"en/{BUDGET}", f"en/{CHARTS}"])
@pytest.mark.parametrize("width", [375, 768, 1280])
def test_texts_of_charts_are_legible_and_lie_apart(
    page: Page, sample: str, path: str, width: int
) -> None:
    """As a browser sets them, in whatever fonts this machine has."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(sample + path)
    found = page.evaluate(MEASURED)
    assert found["least"] >= 11
    assert found["over"] == []
    assert found["outside"] == []


MEASURED = """() => {
  const found = {least: 99, over: [], outside: []};
  for (const svg of document.querySelectorAll(".drawing")) {
    if (!svg.getClientRects().length) continue;
    const around = svg.getBoundingClientRect();
    const scale = around.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")].map((text) => {
      found.least = Math.min(found.least, parseFloat(text.getAttribute("font-size")) * scale);
      const box = text.getBoundingClientRect();
      const inset = box.height * 0.2; // the box of a line has room above and below its letters
      return {say: text.textContent, left: box.left, right: box.right,
              top: box.top + inset, bottom: box.bottom - inset};
    });
    for (const [at, one] of texts.entries()) {
      if (one.left < around.left - 1 || one.right > around.right + 1) found.outside.push(one.say);
      for (const other of texts.slice(at + 1)) {
        const across = one.left < other.right - 0.5 && other.left < one.right - 0.5;
        const down = one.top < other.bottom && other.top < one.bottom;
        if (across && down) found.over.push([one.say, other.say]);
      }
    }
  }
  return found;
}"""
