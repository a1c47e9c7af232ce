"""The search in Chromium, under the policy of the deployment: the samples and the real five."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.sample_packages import FIRST_NAME, HTML_NAME
from tests.served import RULES, Desk
from tests.sites import Sites

SERVICES = "departments/guangzhou-haizhu-government-services-data/2025-budget/"


@pytest.fixture
def page(phone_of_tests: Desk) -> Iterator[Page]:
    """A phone's page that fails the test when its console complains."""
    with phone_of_tests.watched() as page:
        yield page


def search(page: Page, address: str, query: str, more: str = "") -> Locator:
    page.goto(f"{address}search/?q={quote(query)}{more}")
    expect(page.get_by_role("status")).to_have_text(re.compile("找到"))
    return page.locator(".found > li")


def kinds(page: Page) -> list[str]:
    return [text.split()[0] for text in page.locator("#results h2").all_inner_texts()]


def codes(found: Locator) -> list[str]:
    return [text.strip() for text in found.locator(".code").all_inner_texts()]


# ── what is found in the real five ───────────────────────────────────────────────────────


def test_departments_and_projects_come_first(page: Page, five: str) -> None:
    found = search(page, five, "政务服务")
    assert kinds(page) == ["部门", "项目", "表行", "文字"]
    expect(found.first).to_contain_text("政务服务")
    assert all("局" in text for text in found.all_inner_texts()[:4])


def test_every_amount_of_a_term_is_shown_with_department_and_year(page: Page, five: str) -> None:
    rows = search(page, five, "公务接待费", "&kind=表行").all_inner_texts()
    for department, when, amount in (
        ("海珠区政务服务和数据管理局", "2025年预算", "0.40万元"),
        ("花都区政务服务和数据管理局", "2025年预算", "0.50万元"),
        ("广州市政务服务数据管理局", "2024年预算", "12.60万元"),
        ("番禺区政务服务数据管理局", "2024年预算", "1.00万元"),
        ("海珠区政务服务数据管理局", "2020年决算", "0.00万元"),
    ):
        assert any(department in row and when in row and amount in row for row in rows)


def test_a_result_leads_down_to_its_table_and_its_line(page: Page, five: str) -> None:
    first = search(page, five, "海珠 2025 公务接待费").first
    line = first.locator("a.figure")
    expect(line).to_have_attribute("href", re.compile(f"{SERVICES}source/#L\\d+$"))
    first.locator(".name a").click()
    page.wait_for_url("**/#table-budget-operating-and-three-public")
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_text_leads_to_the_line_on_which_it_begins(page: Page, five: str) -> None:
    found = search(page, five, "督办广州12345政府服务热线工单")
    expect(found).to_have_count(1)
    found.locator(".name a").click()
    expect(page.locator("li:target")).to_contain_text("（二十）负责转派、协调、督办")


def test_words_may_be_set_apart_by_any_mark(page: Page, five: str) -> None:
    count = search(page, five, "海珠 公务接待费").count()
    for query in ("海珠、公务接待费", "海珠，公务接待费", "公务接待费　海珠"):
        assert search(page, five, query).count() == count


def test_codes_are_found_whole_and_by_their_beginning(page: Page, five: str) -> None:
    assert set(codes(search(page, five, "2010399"))) == {"2010399"}
    found = codes(search(page, five, "20103", "&kind=表行"))
    assert found[:4] == ["20103"] * 4  # one for each disclosure that prints it
    assert found == sorted(found)
    assert len(set(found)) > 1
    assert all(code.startswith("20103") for code in found)


def test_more_is_shown_where_a_reader_asks_for_it(page: Page, five: str) -> None:
    search(page, five, "支出", "&kind=表行")
    expect(page.locator(".found > li")).to_have_count(20)
    page.get_by_role("button", name="再看").click()
    expect(page.locator(".found > li")).to_have_count(40)
    expect(page.locator(".found > li").nth(20).locator("a").first).to_be_focused()


@pytest.mark.parametrize(
    "query", ["2,345.80", "2345.8", "２，３４５．８０", "23458000", "23,458,000.00", "2345.8万元"]
)
def test_a_number_is_found_however_it_is_written(page: Page, five: str, query: str) -> None:
    found = search(page, five, query)
    expect(found).to_have_count(1)
    expect(found).to_contain_text("2,345.80万元")
    expect(found).to_contain_text("工资福利支出")
    expect(found.locator("mark")).to_have_text("2,345.80")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("12345热线", "广州12345政务服务便民热线服务外包项目"),
        ("三公", "“三公”经费"),
        ("“三公”经费", "“三公”经费"),
        ("三公经费", "“三公”经费"),
        ("穗智管", "穗智管"),
        ("云服务运维", "政务云服务运维项目"),
        ("局", "广州市政务服务数据管理局"),
        ("费", "经费"),
        ("热线", "热线"),
        ("２０２５", "2025年部门预算"),
        ("2025年预算", "2025年部门预算"),
        ("因公出国(境)", "因公出国（境）"),
        ("海珠区政务服务数据管理局", "广州市海珠区政务服务和数据管理局"),
        ("101,820.73", "广州市政务服务数据管理局2024年部门预算"),
    ],
)
def test_the_first_result(page: Page, five: str, query: str, expected: str) -> None:
    first = search(page, five, query).first
    expect(first).to_contain_text(expected)


def test_the_number_of_a_row_is_no_part_of_its_name(page: Page, five: str) -> None:
    found = search(page, five, "三公", "&kind=表行")
    assert all("“三公”经费" in name for name in found.locator(".name").all_inner_texts())
    expect(found.filter(has_text="决算数：合计")).to_contain_text("1.50万元")


def test_a_name_is_found_by_itself_whatever_it_is(page: Page, five: str, sites: Sites) -> None:
    """Both halves cut a text alike: each title, looked up, finds what it is the title of."""
    folder = next((sites.five().site / "assets").glob("search.*/"))
    files = len(list(folder.glob("r*.json")))
    read = [json.loads((folder / f"r{n}.json").read_text("utf-8")) for n in range(files)]
    slots = json.loads((folder / "index.json").read_text("utf-8"))["slots"]
    titles = [
        (number * slots + place, record["t"])
        for number, file in enumerate(read)
        for place, record in enumerate(file)
    ]
    assert len(titles) > 1000
    page.goto(f"{five}search/")
    missed = page.evaluate(
        """async (titles) => {
          const { lookup, index } = document.querySelector("form.search").dataset;
          const { Index } = await import(new URL(lookup, document.baseURI));
          const asked = new Index(new URL(index, document.baseURI));
          const missed = [];
          for (const [id, title] of titles) {
            if (title.startsWith("绩效目标：")) continue; // found by its own text
            const query = title.replace(/\\s+/g, "");
            const { groups } = await asked.find(query, {}, Infinity, Infinity);
            if (!groups.some(({ ids }) => ids.includes(id))) missed.push(title);
          }
          return missed;
        }""",
        titles,
    )
    # The title of a text is its section's, which finds its first paragraph; that of a table of
    # words finds the table in the list of the disclosure's.
    sections = {r["t"] for file in read for r in file if "s" in r}
    assert set(missed) <= sections


def test_an_english_page_says_what_was_found_in_english(page: Page, five: str) -> None:
    page.goto(f"{five}en/search/?q=2010399")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Results: \d+$"))
    expect(page.locator("#results h2").first).to_contain_text("Table rows")
    found = page.locator(".found > li").first
    expect(found.locator(".where")).to_contain_text(re.compile(r"Bureau\W+20\d\d budget"))
    name = found.locator(".name a")
    expect(name).to_have_attribute("lang", "zh-CN")
    name.click()
    page.wait_for_url("**/en/departments/**")
    page.goto(f"{five}en/search/?q=zzzz")
    expect(page.get_by_role("status")).to_have_text("Nothing found")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Haizhu", "海珠区政务服务和数据管理局"),
        ("official hospitality haizhu 2025", "公务接待费"),
        ("WAGES", "工资福利支出"),
    ],
)
def test_an_english_name_finds_what_has_one(
    page: Page, five: str, query: str, expected: str
) -> None:
    page.goto(f"{five}en/search/?q={quote(query)}")
    expect(page.locator(".found > li").first).to_contain_text(expected)


# ── filters, no result, what a reader does ───────────────────────────────────────────────


def test_kind_and_year_narrow_what_is_found(page: Page, five: str) -> None:
    rows = search(page, five, "公务接待费", "&kind=表行&year=2024")
    assert kinds(page) == ["表行"]
    assert all("2024年" in text for text in rows.all_inner_texts())
    page.get_by_label("种类").select_option("文字")
    expect(page.locator("#results h2")).to_contain_text("文字")
    assert "kind=" + quote("文字") in page.url
    page.get_by_label("年度").select_option("")
    expect(page.locator(".found")).to_contain_text("2025年")


def test_nothing_found_says_so_and_suggests(page: Page, five: str) -> None:
    search(page, five, "公务用车费")
    expect(page.get_by_role("status")).to_have_text("没有找到")
    page.get_by_role("link", name="公务用车", exact=True).click()
    expect(page.locator(".found > li").first).to_contain_text("公务用车")
    search(page, five, "2010601")
    expect(page.locator(".nothing")).to_contain_text("没有找到“2010601”")
    expect(page.locator(".nothing a")).to_have_text(["201"])
    search(page, five, "zzzz、。")
    expect(page.locator(".nothing a")).to_have_count(0)


def test_the_last_of_what_is_typed_fast_is_shown(page: Page, five: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:  # Playwright cannot take the list's own method
        held.append(route)

    page.route("**/r0.json", hold)
    page.goto(f"{five}search/")
    box = page.get_by_role("searchbox")
    box.press_sequentially("政务服务")
    page.wait_for_timeout(600)  # the first search now waits for its records
    box.fill("“三公”经费")
    expect(page.locator("#results h2").first).to_contain_text("表行")
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    assert kinds(page) == ["表行", "名词", "文字"]


def test_the_address_is_shared_and_going_back_restores(page: Page, five: str) -> None:
    page.goto(f"{five}search/")
    box = page.get_by_role("searchbox")
    box.press_sequentially("热线")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"找到\d+条"))
    assert page.url.endswith("search/?q=" + quote("热线"))
    box.press("Enter")
    box.fill("公务接待费")
    box.press("Enter")
    expect(page.locator(".found > li").first).to_contain_text("公务接待费")
    page.locator(".found .name a").first.click()
    page.wait_for_url("**/departments/**")
    page.go_back()
    expect(box).to_have_value("公务接待费")
    expect(page.locator(".found > li").first).to_contain_text("公务接待费")
    page.go_back()
    expect(box).to_have_value("热线")
    expect(page.locator(".found > li").first).to_contain_text("热线")
    page.go_back()
    expect(box).to_have_value("")
    expect(page.locator(".found > li")).to_have_count(0)


def test_the_keyboard_goes_from_the_box_to_the_results(page: Page, five: str) -> None:
    page.goto(f"{five}search/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("三公")
    page.keyboard.press("Enter")
    expect(page.locator(".found > li").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.locator(".found a").first).to_be_focused()


def test_nothing_is_loaded_before_the_reader_searches_and_little_then(
    page: Page, five: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{five}search/", wait_until="networkidle")
    assert not [url for url in asked if "/assets/search." in url and url.endswith(".json")]
    assert not [url for url in asked if "search-index" in url]
    search(page, five, "2,345.80")
    assert 0 < len([url for url in asked if url.endswith(".json")]) <= 4
    assert all(url.startswith(five) for url in asked)


def test_a_broken_line_is_said_and_tried_again(browser: Browser, five: str) -> None:
    page = browser.new_page()
    page.route("**/index.json", lambda route: route.abort())
    page.goto(f"{five}search/?q={quote('三公')}")
    expect(page.get_by_role("status")).to_contain_text("没有载入")
    page.unroute("**/index.json")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator(".found > li").first).to_contain_text("三公")
    page.close()


# ── the samples: hostile names, axe, without script ──────────────────────────────────────


def test_html_in_a_name_is_text(page: Page, sample: str) -> None:
    expect(search(page, sample, "script").first.locator(".name")).to_have_text(HTML_NAME)


@pytest.mark.parametrize("query", ["2060101", "20601", "行政运行", FIRST_NAME, "4417.5"])
def test_the_samples_are_found(page: Page, sample: str, query: str) -> None:
    assert search(page, sample, query).count()


@pytest.mark.parametrize("query", ["", "科学技术", "4417.5", "没有这个词"])
def test_axe_finds_nothing(page: Page, sample: str, query: str) -> None:
    if query:
        search(page, sample, query)
    else:
        page.goto(f"{sample}search/")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    for width, dark in product((320, 1280), (False, True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0


def test_without_script_the_page_is_a_whole_way_in(browser: Browser, sample: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sample)
    page.get_by_role("link", name="搜索").click()
    expect(page.get_by_role("search")).to_be_hidden()
    for address in ("haizhu-data/", "haizhu-data/2024-budget/", "long-name/2020-final-accounts/"):
        expect(page.locator(f".directory a[href$='departments/{address}']")).to_be_visible()
    expect(page.locator(".directory a[href$='projects.csv']")).to_be_visible()
    context.close()
