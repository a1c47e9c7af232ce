"""The filter of very many projects: what it finds, in which order, and what it fetches for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from generator.website.everyone import all_projects
from tests.made_summaries import BUREAUS, made_summaries, write_lists
from tests.served import serve

DEPARTMENTS = 105
ROWS = "#projects > tbody > tr"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(all_projects, "MOST_FETCHED", 1)
        folder: Path = tmp_path_factory.mktemp("projects") / "site"
        write_lists(folder, [*made_summaries(DEPARTMENTS)])
    with serve(folder) as at:
        yield at


def test_words_year_and_kind_narrow_the_list_and_the_largest_come_first(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}projects/")
    desk.get_by_label("名称、单位或部门").fill("运维 教育局")
    expect(desk.get_by_role("status")).to_contain_text("先列金额最大的20个")
    expect(desk.locator(ROWS)).to_have_count(20)
    desk.get_by_label("年度").select_option("2024年预算")
    desk.get_by_label("同类部门").select_option("教育")
    desk.get_by_label("地方", exact=True).select_option("四川省")
    expect(desk.get_by_role("status")).to_contain_text("符合的有5个")
    texts = desk.locator(f"{ROWS} td.n").all_inner_texts()
    values = [float(text.replace(",", "")) for text in texts]
    assert values == sorted(values, reverse=True)
    assert all("成都市" in text for text in desk.locator(ROWS).all_inner_texts())
    desk.get_by_role("button", name="清除").click()
    expect(desk.get_by_role("status")).to_contain_text(f"共{DEPARTMENTS * 2}个项目")


def test_amounts_bound_the_list(desk: Page, address: str) -> None:
    desk.goto(f"{address}projects/?min=1200&max=1250")
    expect(desk.get_by_role("status")).to_contain_text("符合的有")
    texts = desk.locator(f"{ROWS} td.n").all_inner_texts()
    assert texts
    assert all(1200 <= float(text.replace(",", "")) <= 1250 for text in texts)
    desk.get_by_label("到（万元）").fill("一千")
    expect(desk.get_by_role("status")).to_contain_text("请写成数字")


def test_a_row_leads_to_its_line_in_the_language_of_the_page(desk: Page, address: str) -> None:
    desk.goto(f"{address}en/projects/?q=第0007号运维&y=2025-budget")
    expect(desk.locator(ROWS)).to_have_count(1)
    link = desk.locator(f"{ROWS} td.n a").get_attribute("href")
    assert link == f"{address}en/departments/made-0007/2025-budget/source/#L8"
    expect(desk.locator(f"{ROWS} td.short")).to_have_text("2025 budget")


def test_one_search_fetches_little(desk: Page, address: str) -> None:
    # What came is weighed at last: within the event one would wait for a body, and the test go on.
    came: list[Response] = []

    def note(response: Response) -> None:
        came.append(response)

    desk.on("response", note)
    desk.goto(f"{address}projects/?q={BUREAUS[0]} 运维项目")
    expect(desk.locator(ROWS)).to_have_count(20)
    desk.remove_listener("response", note)
    sizes = [len(each.body()) for each in came if "projects/index/" in each.url]
    assert sizes
    assert sum(sizes) <= 200_000


def test_what_does_not_come_is_said_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/projects/index/s/**", lambda route: route.abort())
    page.goto(f"{address}projects/?q=运维项目")
    expect(page.get_by_role("status")).to_contain_text("没有取到")
    page.close()
