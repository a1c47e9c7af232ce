"""Filters and sorting in Chromium, on top of tables that are complete without them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator.website import comparison_pages
from generator.website.everyone import all_projects
from tests.conftest import QUIET
from tests.served import RULES, serve
from tests.served import desk as made_desk
from tests.sites import MANY, Sites

DEPARTMENTS = MANY
PROJECTS = DEPARTMENTS * 6
SHOWN = "#projects > tbody > tr:not([hidden])"
SHIFTS = """() => new Promise(done => {
  const sum = (list) => done(list.getEntries().reduce((all, one) => all + one.value, 0));
  new PerformanceObserver(sum).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 600);
})"""


@pytest.fixture(scope="module")
def several(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of many departments: its projects on several pages, its disclosures looked up."""
    site = tmp_path_factory.mktemp("filters") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(all_projects, "MOST_ROWS", 10)
        patch.setattr(comparison_pages, "MOST_CHOICES", 0)
        sites.render(sites.many().packages, site, drawn=sites.many())
    return site


@pytest.fixture(scope="module", params=["one-page", "several-pages"])
def address(sites: Sites, request: pytest.FixtureRequest) -> Iterator[str]:
    one = request.param == "one-page"
    with serve(sites.many().site if one else request.getfixturevalue("several")) as address:
        yield address


def test_text_department_and_year_narrow_the_list(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/")
    desk.get_by_label("名称、单位").fill("信息 公开")
    count = desk.get_by_role("status")
    expect(count).to_have_text(f"{PROJECTS}个项目里，符合的有{DEPARTMENTS * 2}个")
    expect(desk.locator(SHOWN)).to_have_count(DEPARTMENTS * 2)
    desk.get_by_label("年度").select_option("2025年预算")
    expect(desk.locator(SHOWN)).to_have_count(DEPARTMENTS)
    expect(count).to_contain_text("金额相加")
    desk.get_by_label("部门", exact=True).select_option("made-003")
    expect(desk.locator(SHOWN)).to_have_count(1)
    desk.get_by_role("button", name="清除").click()
    expect(count).to_have_text(f"共{PROJECTS}个项目")


def test_amounts_bound_the_list_and_the_sum_is_exact(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/?y=2025年预算&d=made-001")
    # 8/3 of 519.61, 686.56 and 72.80 万元, as the made-up packages hold them.
    expect(desk.locator(SHOWN)).to_have_count(3)
    expect(desk.get_by_role("status")).to_contain_text("金额相加3,410.59万元")
    desk.get_by_label("金额从（万元）").fill("1,000")
    expect(desk.locator(SHOWN)).to_have_count(2)
    desk.get_by_label("到（万元）").fill("1500")
    expect(desk.locator(SHOWN)).to_have_count(1)
    expect(desk.get_by_role("status")).to_contain_text("没有金额的不在内")
    desk.get_by_label("到（万元）").fill("一千")
    expect(desk.get_by_role("status")).to_contain_text("请写成数字")
    expect(desk.get_by_label("到（万元）")).to_have_attribute("aria-invalid", "true")


def test_an_english_page_counts_and_sums_in_english(desk: Page, address: str) -> None:
    desk.goto(f"{address}en/projects/")
    desk.get_by_label("Name, unit").fill("信息 公开")
    count = desk.get_by_role("status")
    expect(count).to_have_text(f"Projects that match: {DEPARTMENTS * 2} of {PROJECTS}")
    desk.goto(f"{address}en/projects/?y=2025 budget&d=made-001")
    expect(desk.locator(SHOWN)).to_have_count(3)
    expect(count).to_have_text(
        f"Projects that match: 3 of {PROJECTS}, amounts add up to 34.11 million yuan"
    )
    desk.get_by_label("to (10,000 yuan)").fill("a lot")
    expect(count).to_have_text("Write amounts as numbers, such as 100 or 12.5")


def test_a_filter_is_kept_in_the_address(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/?q=公开")
    expect(desk.get_by_label("名称、单位")).to_have_value("公开")
    expect(desk.locator(SHOWN)).to_have_count(DEPARTMENTS * 2)
    desk.get_by_label("年度").select_option("2024年预算")
    desk.wait_for_url("**/projects/?*y=*")
    desk.wait_for_load_state("networkidle")
    desk.reload()
    expect(desk.locator(SHOWN)).to_have_count(DEPARTMENTS)


def test_typing_on_while_further_pages_come_adds_no_row_twice(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/")
    if not desk.locator("form[data-more]").count():
        return
    desk.route("**/projects/3/", lambda route: route.fulfill(status=200, body="<p>空"))
    desk.route("**/projects/2/", lambda route: route.fulfill(status=200, body="<p>空"))
    desk.get_by_label("名称、单位").press_sequentially("公开", delay=120)
    # Two pages without rows: nothing is counted that is not there, and nothing twice.
    expect(desk.get_by_role("status")).to_contain_text(f"{PROJECTS - 20}个项目里")


def test_a_page_that_does_not_come_is_said_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}projects/")
    several = page.locator("form[data-more]").count()
    page.route("**/projects/2/", lambda route: route.abort())
    page.get_by_label("名称、单位").fill("公开")
    status = page.get_by_role("status")
    expect(status).to_contain_text(f"{10 if several else PROJECTS}个项目里")
    if several:
        expect(status).to_contain_text("其余各页没有取到")
    page.close()


def test_each_row_that_was_found_leads_to_its_line(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/?d=made-009&y=2024年预算")
    expect(desk.locator(SHOWN)).to_have_count(3)
    desk.locator(f"{SHOWN} td.n a").last.click()
    desk.wait_for_url("**/departments/made-009/2024-budget/source/#L*")
    expect(desk.locator("li:target")).to_contain_text("区政府信息公开工作经费")


def test_columns_rank_the_departments(desk: Page, address: str) -> None:
    desk.goto(f"{address}compare/2025-budget/")
    rows = desk.locator("#board > tbody > tr")
    name = rows.first.locator("th a").inner_text()
    assert rows.first.locator(".rank").inner_text() == "1"
    desk.locator("#board").get_by_role("button", name="“三公”占支出").click()
    expect(desk.locator("#board th[aria-sort]")).to_have_text("“三公”占支出")
    values = desk.eval_on_selector_all(
        "#board > tbody > tr", "rows => rows.map(r => Number(r.cells[9].dataset.v))"
    )
    assert values == sorted(values, reverse=True)
    desk.locator("#board").get_by_role("button", name="支出总计").first.click()
    expect(rows.first.locator("th a")).to_have_text(name)


def test_departments_are_filtered_in_both_tables(desk: Page, address: str) -> None:
    desk.goto(f"{address}compare/2025-budget/")
    desk.get_by_label("部门、地区或级别").fill("第3号")
    for table in ("board", "functions"):
        expect(desk.locator(f"#{table} > tbody > tr:not([hidden])")).to_have_count(1)
    expect(desk.get_by_role("status")).to_have_text(f"{DEPARTMENTS}个部门里，符合的有1个")


def test_codes_are_filtered_by_number_or_name(desk: Page, address: str) -> None:
    desk.goto(f"{address}codes/")
    desk.get_by_label("编码或名称").fill("工资")
    shown = desk.locator("table.codes > tbody > tr:not([hidden])")
    expect(shown).to_have_count(2)
    shown.first.get_by_role("link").click()
    desk.wait_for_url("**/codes/economic/301/")


@pytest.fixture(scope="module")
def scriptless(chromium_path: Path, browser: Browser) -> Iterator[Page]:
    """A page of a browser that really has no script: Playwright's way leaves noscript out."""
    without = browser.browser_type.launch(
        executable_path=chromium_path, args=[*QUIET, "--blink-settings=scriptEnabled=false"]
    )
    yield without.new_page()
    without.close()


@pytest.mark.parametrize("path", ["projects/", "compare/2025-budget/", "codes/"])
def test_without_script_the_tables_are_complete(scriptless: Page, address: str, path: str) -> None:
    scriptless.goto(address + path)
    expect(scriptless.locator("noscript p")).to_be_visible()
    expect(scriptless.locator("form.filter")).to_be_hidden()
    rows = {"projects/": PROJECTS, "compare/2025-budget/": DEPARTMENTS * 2, "codes/": 7}
    shown = scriptless.locator("tbody tr:visible").count()
    pages = scriptless.get_by_role("navigation", name="项目的各页")
    further = pages.locator("a:not([rel])").count()
    assert shown == rows[path] if not further else further == -(-PROJECTS // 10)
    assert scriptless.locator("button.sort:enabled").count() == 0


@pytest.mark.parametrize("path", ["projects/", "compare/2025-budget/", "codes/"])
def test_nothing_jumps_while_the_page_loads(browser: Browser, address: str, path: str) -> None:
    # In a context of its own: fonts and scripts come late only where they were not seen before.
    with made_desk(browser, 1280, 900) as first_time, first_time.watched() as page:
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate(SHIFTS) == 0


@pytest.mark.parametrize("path", ["projects/?q=公开", "compare/2025-budget/?q=第3号"])
def test_axe_finds_nothing_in_a_filtered_page(desk: Page, address: str, path: str) -> None:
    desk.goto(address + path)
    expect(desk.get_by_role("status")).to_contain_text("符合的有")
    for dark in (False, True):
        desk.emulate_media(color_scheme="dark" if dark else "light")
        found = Axe().run(desk, options=RULES)
        assert found.violations_count == 0, found.generate_report()


def test_print_shows_every_row_and_heading(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/")
    desk.emulate_media(media="print")
    expect(desk.locator("form.filter")).to_be_hidden()
    region = desk.locator(".scroll.tall")
    assert region.evaluate("e => getComputedStyle(e).overflow") == "visible"
    desk.goto(f"{address}compare/2025-budget/")
    expect(desk.locator("#board button.sort").first).to_be_visible()


def test_two_departments_are_chosen_and_looked_up_where_they_are_many(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}compare/two/")
    for side in ("左边", "右边"):
        choice = desk.get_by_label(f"{side}：选一份文件")
        if desk.get_by_label(f"{side}：找部门").count():
            expect(choice.locator("option")).to_have_count(1)
            desk.get_by_label(f"{side}：找部门").fill("海珠区")
            expect(desk.get_by_role("status")).to_contain_text("份文件")
        choice.select_option(index=1 if side == "左边" else 2)
    expect(desk.locator("table.two thead a")).to_have_count(2)
    shown = desk.locator("table.two").inner_text()
    asked = desk.url.partition("?")[2]
    assert asked.count("=") == 2
    desk.goto(f"{address}compare/two/?{asked}")
    expect(desk.locator("table.two")).to_have_text(shown, use_inner_text=True)
