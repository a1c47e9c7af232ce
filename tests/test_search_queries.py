"""What people type, and what they must find first, in the real five."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

#: A query, and what stands in the title, the code or the department of the first that it finds.
QUERIES = """
# as departments print it
公务接待费 | 公务接待费
公务用车 | 公务用车购置
因公出国 | 因公出国
三公 | “三公”经费
三公经费 | “三公”经费
“三公”经费 | “三公”经费
行政运行 | 2010301
2010301 | 行政运行
20103 | 政府办公厅
206 | 科学技术支出
住房公积金 | 2210201
政府采购 | 政府采购
国有资产 | 国有资产
信息化 | 信息化
政务云 | 政务云
一网通办 | 一网通办
电子政务 | 电子政务
12345热线 | 热线服务外包项目
热线 | 热线
穗智管 | 穗智管
# everyday words
公车 | 公务用车
买车 | 公务用车购置
招待费 | 公务接待费
吃喝 | 公务接待费
吃饭 | 公务接待费
出国 | 因公出国
出差 | 差旅费
开会 | 会议费
物业费 | 物业管理费
办公用品 | 办公费
电脑 | 办公设备购置
房租 | 租赁
维修费 | 维修(护)费
电话费 | 邮电费
临时工 | 劳务费
外包 | 外包
工资 | 工资福利支出
公积金 | 住房公积金
社保 | 社会保障和就业
养老金 | 养老保险
退休金 | 退休费
警察 | 公安
医院 | 卫生健康
学校 | 教育支出
罚款 | 罚没收入
卖地 | 国有土地使用权出让
# who
海珠 | 海珠区政务服务和数据管理局
番禺 | 番禺区政务服务数据管理局
花都 | 花都区政务服务和数据管理局
海珠区政务服务数据管理局 | 海珠区政务服务和数据管理局
政务服务 | 广州市政务服务数据管理局
2025年预算 | 2025年部门预算
海珠 2025 公务接待费 | 海珠区政务服务和数据管理局
番禺 2024 物业管理费 | 番禺区政务服务数据管理局
花都 三公经费 | 花都区政务服务和数据管理局
# amounts
2345.8万元 | 工资福利支出
23,458,000 | 工资福利支出
101,820.73 | 广州市政务服务数据管理局
10.18亿元 | 广州市政务服务数据管理局
10.18亿 | 广州市政务服务数据管理局
4417.5万 | 海珠区政务服务和数据管理局
44.18 million yuan | 海珠区政务服务和数据管理局
1.02 billion | 广州市政务服务数据管理局
50,000 yuan | “三公”经费
# letters
gwjdf | 公务接待费
gongwujiedai | 公务接待费
zwfw | 政务服务
haizhuqu | 海珠区
Haizhu | 海珠区
WAGES | 工资福利支出
official hospitality | 公务接待费
# traditional characters, and words of Hong Kong and Taiwan
公務接待費 | 公务接待费
住房公積金 | 2210201
海珠區 | 海珠区政务服务和数据管理局
政務服務數據管理局 | 广州市政务服务数据管理局
預算 | 2025年部门预算
決算 | 2020年部门决算
採購 | 采购
衞生 | 卫生健康支出
資訊化 | 信息化
網路 | 网络
軟體 | 软件
薪酬 | 工资福利支出
公務車 | 公务用车
電腦 | 办公设备购置
歲出 | 支出
"""
#: What is typed in English, and the Chinese term that must find the same first.
ENGLISH = """
vehicles | 公务用车
official cars | 公务用车
hospitality | 公务接待
salaries | 工资福利支出
disaster | 灾害防治
business trips | 差旅费
meetings | 会议费
training | 培训费
pensions | 养老
software | 软件购置
rent | 租赁费
hotline | 热线
police | 公安
hospital | 卫生健康支出
social security | 社会保障
housing fund | 住房公积金
procurement | 政府采购
overseas travel | 因公出国
three public expenses | 三公经费
2025 hospitality | 2025 公务接待
"""


def recorded(lines: str) -> list[tuple[str, str]]:
    parted = (line.partition("|") for line in lines.splitlines())
    return [(query.strip(), expected.strip()) for query, _, expected in parted if expected]


_SCRIPT = """async (queries) => {
  const { lookup, index } = document.querySelector("form.search").dataset;
  const { Index } = await import(new URL(lookup, document.baseURI));
  const asked = new Index(new URL(index, document.baseURI));
  const first = async (query) => {
    const { groups, terms } = await asked.find(query);
    for (const { ids } of groups) {
      const [record] = await asked.records(ids.slice(0, 6), terms);
      if (record) return `${record.c ?? ""} ${record.t} ${record.of.map(({ name }) => name)}`;
    }
    return (await asked.suggestions(query)).map((text) => `? ${text}`).join("");
  };
  return Promise.all(queries.map(first));
}"""


@pytest.fixture
def page(browser: Browser, five: str) -> Iterator[Page]:
    made = browser.new_page()
    made.goto(f"{five}search/")
    yield made
    made.close()


def test_recorded_queries_find_first_what_they_must(page: Page) -> None:
    queries = recorded(QUERIES)
    assert len(queries) >= 60
    found = page.evaluate(_SCRIPT, [query for query, _ in queries])
    wrong = [
        (query, expected, first)
        for (query, expected), first in zip(queries, found, strict=True)
        if expected not in first
    ]
    assert wrong == []


def test_english_finds_first_what_the_chinese_term_does(page: Page) -> None:
    pairs = recorded(ENGLISH)
    found = [page.evaluate(_SCRIPT, list(queries)) for queries in zip(*pairs, strict=True)]
    assert [pair for pair, *firsts in zip(pairs, *found, strict=True) if len({*firsts}) > 1] == []
    assert all(first and not first.startswith("?") for first in found[0])


@pytest.mark.parametrize("language", ["", "en/"])
def test_examples_are_links_that_find_something(page: Page, five: str, language: str) -> None:
    page.goto(f"{five}{language}search/")
    examples = page.locator(".examples a")
    queries = examples.all_inner_texts()
    assert 4 <= len(queries) <= 6
    found = page.evaluate(_SCRIPT, queries)
    assert [q for q, f in zip(queries, found, strict=True) if not f or f.startswith("?")] == []
    examples.first.click()
    page.locator(".found > li").first.wait_for()
    assert page.get_by_role("searchbox").input_value() == queries[0]


@pytest.mark.parametrize("query", ["支出", "公务用车", "信息化", "因公出国", "费", "经费"])
def test_what_is_zero_or_blank_comes_after_all_that_has_an_amount(page: Page, query: str) -> None:
    """Over all names and years, not within one of them."""
    amounts = page.evaluate(
        """async (query) => {
          const { lookup, index } = document.querySelector("form.search").dataset;
          const { Index } = await import(new URL(lookup, document.baseURI));
          const asked = new Index(new URL(index, document.baseURI));
          const { groups } = await asked.find(query, {}, Infinity, Infinity);
          const rows = groups.filter(({ word }) => ["项目", "表行"].includes(word));
          const found = await Promise.all(rows.map(({ ids }) => asked.records(ids, [])));
          const printed = (record) => (record.a ?? []).map(([, amount]) => amount);
          return found.map((some) => some.map(printed));
        }""",
        query,
    )
    assert any(amounts)
    for of_kind in amounts:
        nothing = [not any(printed.strip("0.,") for printed in of_row) for of_row in of_kind]
        assert nothing == sorted(nothing)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("公务接侍费", "公务接待费"), ("物业管里费", "物业管理费"), ("住房公基金", "住房公积金")],
)
def test_one_wrong_character_leads_to_the_name_that_was_meant(
    page: Page, query: str, expected: str
) -> None:
    assert page.evaluate(_SCRIPT, [query]) == [f"? {expected}"]


def test_the_same_figure_in_several_tables_is_one_result(page: Page, five: str) -> None:
    page.goto(f"{five}search/?q=20103&kind=表行")
    first = page.locator(".found > li").first
    first.wait_for()
    assert "行同名同数" in first.inner_text()
