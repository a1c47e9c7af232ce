"""What a reader does on the site of the committed packages, in a browser: tasks, levels, search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.foreign_text import unmarked
from tests.served import Desk, desk
from tests.sites import Sites
from tests.website_pages import Page as Written

PANYU = "departments/guangzhou-panyu-government-services-data/2024-budget/"
CITY = "departments/guangzhou-government-services-data/2024-budget/"
TAPS = 3


@pytest.fixture
def site(sites: Sites) -> Path:
    return sites.five().site


@pytest.fixture
def address(five: str) -> str:
    return five


class Reader:
    """Somebody with a phone who starts at the home page and follows links by their words."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.taps = page, 0
        page.goto(address)

    def tap(self, words: str, within: str = "body", *, exact: bool = True) -> None:
        link = self.page.locator(within).get_by_role("link", name=words, exact=exact)
        self.tap_on(link.locator("visible=true").first)

    def tap_on(self, what: Locator) -> None:
        self.taps += 1
        assert self.taps <= TAPS
        what.click()
        self.page.wait_for_load_state()

    def sees(self, what: Locator, words: str) -> None:
        expect(what).to_be_visible()
        expect(what).to_contain_text(words)


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Desk]:
    """A page for all tests."""
    with desk(browser) as made:
        yield made


@pytest.fixture
def reader(phone: Desk, address: str) -> Iterator[Reader]:
    with phone.watched() as page:
        yield Reader(page, address)


# ── ten tasks of those who are here for the first time: seven of a citizen ───────────────


def test_where_every_ten_yuan_of_a_department_go(reader: Reader) -> None:
    reader.tap("比如：", "#main", exact=False)
    reader.sees(reader.page.locator("#ten-yuan"), "每十块钱花在哪")
    reader.sees(reader.page.locator(".ten > li").first, "元")


def test_what_a_department_plans_and_where_that_is_printed(reader: Reader) -> None:
    card = reader.page.locator(".cards > li", has_text="海珠区")
    reader.tap_on(card.get_by_role("link", name="2025年预算"))
    reader.sees(reader.page.locator(".answer.much"), "4,417.50万元")
    reader.tap_on(reader.page.locator(".answer.much a.figure").first)
    reader.sees(reader.page.locator("li:target"), "4,417.50")


def test_who_bought_a_car(reader: Reader) -> None:
    bought = reader.page.locator("section.told", has=reader.page.locator("#cars"))
    reader.sees(bought, "番禺区")
    reader.tap_on(bought.locator("a.figure").last)
    reader.sees(reader.page.locator("li:target"), "20.00")


def test_what_panyu_plans_for_government_services_projects(reader: Reader) -> None:
    card = reader.page.locator(".cards > li", has_text="番禺区")
    reader.tap_on(card.get_by_role("link", name="2024年预算"))
    reader.tap("项目", ".sheets")
    project = reader.page.locator(".projects > li", has_text="政务服务").first
    reader.sees(project, "万元")
    expect(project).to_be_in_viewport()


def test_whether_the_hospitality_of_haizhu_rose(reader: Reader) -> None:
    card = reader.page.locator(".cards > li", has_text="海珠区")
    reader.tap_on(card.get_by_role("link", name="2025年预算"))
    said = reader.page.locator("#main li", has_text="公务接待费比上年")
    reader.sees(said, "公务接待费比上年减少0.20万元，下降33.3%")


def test_what_government_managed_funds_means(reader: Reader) -> None:
    reader.tap("名词解释", "#main")
    reader.tap("政府性基金预算", "#main")
    expect(reader.page.locator("dt#government-managed-funds")).to_be_in_viewport()
    reader.sees(reader.page.locator("dt#government-managed-funds + dd"), "收")


def test_how_a_department_compares_with_those_beside_it(reader: Reader) -> None:
    reader.tap("比较", "header nav")
    reader.tap("2025年预算", "#main", exact=False)
    for name in ("海珠区", "花都区"):
        reader.sees(reader.page.locator("#main"), name)


# ── and three of a journalist ────────────────────────────────────────────────────────────


def test_what_does_not_add_up_most_and_where_both_figures_stand(reader: Reader) -> None:
    wrong = reader.page.locator("section.told", has=reader.page.locator("#contradictions"))
    reader.tap_on(wrong.locator("a.whose").first)
    case = reader.page.locator(".case:target")
    reader.sees(case, "90,047.19")
    reader.sees(case, "87,249.22")
    reader.tap_on(case.locator(".places a", has_text="原文第").first)
    expect(reader.page.locator("li:target")).to_be_in_viewport()


def test_the_largest_project_of_the_city_and_its_target(reader: Reader) -> None:
    card = reader.page.locator(".cards > li", has_text="广州市政务服务数据管理局")
    reader.tap_on(card.get_by_role("link", name="2024年预算"))
    reader.tap("项目", ".sheets")
    first = reader.page.locator("#project-1")
    expect(first).to_contain_text("亿元")
    reader.tap_on(first.locator("summary"))
    target = first.locator("details p").first
    expect(target).to_be_visible()
    assert len(target.inner_text()) > 20


def test_all_projects_as_a_spreadsheet(reader: Reader) -> None:
    files = reader.page.locator("#main .files").get_by_role("link", name="Excel")
    link = files.and_(reader.page.locator("[href*=project]")).first
    with reader.page.expect_download() as download:
        reader.tap_on(link)
    assert download.value.suggested_filename.endswith(".xlsx")
    assert download.value.path().read_bytes().startswith(b"PK")


# ── what else they do ────────────────────────────────────────────────────────────────────


def test_the_projects_of_a_department_can_be_filtered(reader: Reader) -> None:
    reader.tap("项目", "header nav")
    field = reader.page.get_by_role("searchbox")
    field.fill("政务服务")
    reader.page.get_by_label("部门", exact=True).select_option("广州市番禺区政务服务数据管理局")
    rows = reader.page.locator("tbody tr").locator("visible=true")
    expect(rows.filter(has_not_text="番禺区")).to_have_count(0)
    expect(rows.filter(has_not_text="政务服务")).to_have_count(0)
    expect(rows.first).to_contain_text("2024年预算")
    expect(reader.page.locator("form.filter .count")).to_contain_text(f"{rows.count()}个")


# ── the search of the home page ──────────────────────────────────────────────────────────


def test_the_home_page_searches(reader: Reader, address: str) -> None:
    reader.page.get_by_role("searchbox").fill("公务接待费")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{address}search/?q=*")
    results = reader.page.locator("#results")
    expect(results.get_by_role("link").first).to_be_visible()
    expect(results).to_contain_text("公务接待费")


def test_the_search_form_needs_no_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("searchbox").fill("基金")
    page.get_by_role("button", name="搜索").click()
    page.wait_for_url(f"{address}search/?q=%E5%9F%BA%E9%87%91")
    expect(page.get_by_role("link", name="各数据集，全部下载")).to_be_visible()
    context.close()


# ── the levels of a table ────────────────────────────────────────────────────────────────


@pytest.fixture
def scriptless(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def shown(page: Page, table: str) -> dict[int, int]:
    """How many rows of each level are to be seen."""
    rows = page.locator(f"#table-{table} tbody tr")
    return {n: rows.locator(f"visible=true >> th.l{n}").count() for n in (0, 1, 2, 3)}


def test_a_table_folds_without_script_and_not_on_paper(scriptless: Page, address: str) -> None:
    name = "budget-expenditure"
    scriptless.goto(f"{address}{PANYU}tables/")
    table = scriptless.locator(f"#table-{name}")
    whole = shown(scriptless, name)
    assert all(whole.values())
    table.get_by_label("到款").check()
    assert shown(scriptless, name) == whole | {3: 0}
    table.get_by_label("到类").check()
    assert shown(scriptless, name) == whole | {2: 0, 3: 0}
    scriptless.emulate_media(media="print")
    assert shown(scriptless, name) == whole
    scriptless.emulate_media(media="screen")
    table.get_by_label("全部").check()
    assert shown(scriptless, name) == whole


def test_a_row_that_a_link_leads_to_stays(scriptless: Page, address: str) -> None:
    """The row's figure is one of a contradiction, to which the list of those leads."""
    scriptless.goto(f"{address}{CITY}tables/")
    marked = scriptless.locator(
        "section.table:has(.levels) tr:has(> :is(.l2, .l3)) :is(td, th)[id]"
    ).first
    table = marked.locator("xpath=ancestor::section[1]")
    table.locator(".levels input").first.check()
    expect(marked).to_be_hidden()
    anchor = marked.get_attribute("id")
    scriptless.locator(".doubts a, a.mark").locator("visible=true").first.click()
    scriptless.locator(f'a[href$="/tables/#{anchor}"]').locator("visible=true").first.click()
    expect(marked).to_be_visible()
    expect(marked).to_be_in_viewport()


def test_short_tables_have_nothing_to_fold(scriptless: Page, address: str) -> None:
    scriptless.goto(f"{address}{PANYU}tables/")
    for section in scriptless.locator("section.table").all():
        rows = section.locator("tbody tr").count()
        levels = section.locator("fieldset.levels").count()
        assert not levels or rows >= 12
    assert scriptless.locator("fieldset.levels").count() > 1


# ── the committed disclosures in both languages ──────────────────────────────────────────


def test_what_the_english_pages_of_disclosures_quote_is_marked(site: Path) -> None:
    found = sorted((site / "en/departments").glob("guangzhou-*/*/index.html"))
    disclosures = [path for path in found if path.parent.name[:4].isdigit()]
    assert len(disclosures) == 5
    disclosures += sorted((site / "en/departments").glob("*/*/*/index.html"))
    assert [each for p in disclosures for each in unmarked(p.read_text("utf-8"))] == []


def test_the_changes_lead_to_lines_of_the_source(site: Path) -> None:
    for path in sorted((site / "departments").glob("*/*/index.html")):
        page = Written(path)
        links = {link for link in page.links if link.startswith("source/#L")}
        if links:
            assert {link.rpartition("#")[2] for link in links} <= set(
                Written(path.parent / "source/index.html").ids
            )
