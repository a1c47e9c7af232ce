"""The page of a department: its years with their gaps, its trends, its names, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.website import SiteSettings
from generator.website.department.charts import Chart
from generator.website.department.departments import DepartmentView, departments_of
from generator.website.department.disclosure import overview
from generator.website.department.trends import trends
from generator.website.drawing.render_svg import draw, spec_json
from generator.website.published.descriptor import read_packages
from generator.website.wording.language import ENGLISH, speaking
from tests.sample_packages import GAPS_NAMES, LONG_NAME, write_packages_with_gaps
from tests.sites import BASE, Sites
from tests.website_pages import Page, broken_links

NOT_HELD, NOT_PRINTED = "没有收录", "没有列出"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_packages_with_gaps(tmp_path_factory.mktemp("made") / "packages")


@pytest.fixture(scope="module")
def site(sites: Sites, packages: Path) -> Path:
    sites.render(packages, packages.parent / "site", SiteSettings(base_url=BASE))
    return packages.parent / "site"


def departments(packages: Path) -> dict[str, DepartmentView]:
    read = read_packages(packages)
    overviews = [overview(package) for package in read.disclosures]
    return {d.id: d for d in departments_of(overviews, read.rows("department-names"))}


@pytest.fixture(scope="module")
def gaps(packages: Path) -> DepartmentView:
    return departments(packages)["gaps"]


def chart_of(department: DepartmentView, name: str) -> Chart:
    return next(chart for chart in department.charts if chart.id == f"years-{name}")


def rows_of(chart: Chart) -> dict[str, str]:
    return {row.name: str(row.amount.striptags()) for row in chart.rows}


def test_a_year_of_which_nothing_is_held_is_a_gap_in_every_chart(gaps: DepartmentView) -> None:
    assert gaps.missing == [2020]
    for chart in gaps.charts:
        assert not chart.rows or rows_of(chart)["2020年"] == NOT_HELD
    assert [(year, len(held)) for year, held in gaps.years] == [
        (2022, 1), (2021, 1), (2020, 0), (2019, 1)
    ]  # fmt: skip


def test_what_is_not_printed_and_what_is_not_held_are_told_apart(gaps: DepartmentView) -> None:
    rows = rows_of(chart_of(gaps, "total"))
    assert rows == {
        "2019年预算": "4,417.50万元",
        "2019年决算": NOT_HELD,
        "2020年": NOT_HELD,
        "2021年预算": NOT_HELD,
        "2021年决算": "5,143.02万元",
        "2022年预算": NOT_PRINTED,
        "2022年决算": NOT_HELD,
    }


def test_a_gap_is_dashed_and_a_blank_is_an_empty_track(gaps: DepartmentView) -> None:
    spec = chart_of(gaps, "total").spec
    assert spec
    data = spec["datasets"]
    assert (len(data["gaps"]), len(data["tracks"]), len(data["segments"])) == (4, 3, 2)
    assert {row["value"] for row in data["bars"]} >= {NOT_HELD, NOT_PRINTED}
    assert data["zeros"] == []
    drawn = draw(spec_json(spec))
    dashed = re.findall(r"<path[^>]*stroke-dasharray[^>]*>", drawn)
    assert len(dashed) == 4
    assert all('fill="none"' in path for path in dashed)


def test_a_printed_zero_is_drawn_as_nothing_and_told(gaps: DepartmentView) -> None:
    chart = chart_of(gaps, "three-public")
    assert chart.spec
    assert [zero["end"] for zero in chart.spec["datasets"]["zeros"]] == [0]
    assert rows_of(chart)["2022年预算：“三公”经费"] == "0元"
    text = chart.sentence.striptags()
    assert "从2019年预算的5.00万元到2022年预算的0元，减少5.00万元，下降100.0%。" in text
    assert "口径不同" not in text


def test_final_accounts_tell_the_plan_of_a_year_whose_budget_is_not_held(
    gaps: DepartmentView,
) -> None:
    chart = chart_of(gaps, "three-public")
    rows = rows_of(chart)
    assert rows["2021年调整预算（决算所列）：“三公”经费"] == "6.00万元"
    assert rows["2021年决算：“三公”经费"] == "1.50万元"
    assert "2021年的预算没有收录，图中是当年决算里列出的调整预算。" in chart.sentence


def test_the_sentence_has_the_direction_and_what_to_bear_in_mind(gaps: DepartmentView) -> None:
    text = str(chart_of(gaps, "total").sentence.striptags())
    assert text.startswith("支出总计从2019年预算的4,417.50万元到2021年决算的5,143.02万元，增加")
    assert "口径不同" in text
    assert "改过名称" in gaps.trends.caveats
    assert "改过名称" not in text


def test_what_holds_of_every_chart_is_said_once_above_them(
    packages: Path,
) -> None:
    both = [o for o in departments(packages)["gaps"].overviews if o.package.year != 2022]
    found = trends(both)
    assert "口径不同" in found.caveats
    drawn = [chart for chart in found.charts if chart.spec]
    assert len(drawn) > 1
    assert not [chart.id for chart in drawn if "口径不同" in chart.sentence]


def test_staff_spending_says_what_was_added_and_does_not_compare_unlike_sums(
    gaps: DepartmentView,
) -> None:
    chart = chart_of(gaps, "staff")
    rows = rows_of(chart)
    assert rows["2021年决算：工资福利支出"] == "2,435.48万元"
    assert rows["2021年决算：对个人和家庭的补助"] == "43.14万元"
    assert chart.spec
    said = [row["value"] for row in chart.spec["datasets"]["bars"]]
    assert "2,345.80万元（只有工资福利支出）" in said
    assert "2,478.62万元" in said
    assert "不作比较" in chart.sentence
    assert "大致比较" not in chart.sentence


def test_another_name_is_said_where_it_begins(gaps: DepartmentView) -> None:
    spec = chart_of(gaps, "total").spec
    assert spec
    [note] = spec["datasets"]["notes"]
    assert note["label"].startswith("改了名，此前叫")


def test_a_trend_of_one_number_is_not_drawn(gaps: DepartmentView) -> None:
    chart = chart_of(gaps, "projects")
    assert chart.spec is None
    assert "只有2019年预算列出（3个项目）" in chart.sentence


def test_a_department_with_one_disclosure_has_no_trend_and_a_whole_page(
    packages: Path, site: Path
) -> None:
    assert departments(packages)["long-name"].charts == ()
    page = Page(site / "departments/long-name/index.html")
    assert "看变化至少要两份" in page.text
    assert LONG_NAME in page.text
    assert "没有收录较早的文件" in page.text
    assert not [tag for tag, a in page.elements if "drawing" in str(a.get("class"))]


def test_the_page_has_every_year_and_escapes_names(site: Path) -> None:
    page = Page(site / "departments/gaps/index.html")
    cells = re.sub(r"\s+", "", page.text)
    assert "2020年没有收录" in cells
    assert "最近的一份是2022年预算，它没有列出支出总计。" in cells
    assert GAPS_NAMES[1] in page.text
    assert "b" not in [tag for tag, _ in page.elements]
    assert len([i for i in page.ids if i.startswith("chart-years-")]) == 4
    assert len(page.ids) == len(set(page.ids))


def test_links_lead_to_the_lines_of_the_source(site: Path) -> None:
    assert [link for link in broken_links(site) if link.startswith(("departments/gaps/index",
            "departments/long-name/index", "en/departments/gaps/index"))] == []  # fmt: skip
    page = Page(site / "departments/gaps/index.html")
    assert any(re.match(r"2021-final-accounts/source/#L\d+$", link) for link in page.links)


def test_english_says_the_same_and_marks_what_stays_chinese(packages: Path, site: Path) -> None:
    with speaking(ENGLISH):
        chart = chart_of(departments(packages)["gaps"], "total")
        assert rows_of(chart)["2020"] == "No document here"
        text = str(chart.sentence.striptags())
    assert text.startswith("Total expenditure: from ")
    assert "2019" in text and "2021" in text
    path = site / "en/departments/gaps/index.html"
    main = path.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
    outside = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", main, flags=re.DOTALL)
    assert f'<span lang="zh-CN">{GAPS_NAMES[0]}</span>' in main
    for own in (GAPS_NAMES[0], "没有", "年", "历年"):
        assert own not in outside, own


def test_the_charts_are_the_same_every_time(packages: Path, gaps: DepartmentView) -> None:
    again = departments(packages)["gaps"]
    specs = [json.dumps(chart.spec, sort_keys=True) for chart in again.charts]
    assert specs == [json.dumps(chart.spec, sort_keys=True) for chart in gaps.charts]


def test_projects_of_one_name_are_joined_over_the_years(sites: Sites) -> None:
    page = Page(sites.sample().site / "departments/haizhu-data/index.html")
    text = re.sub(r"\s+", "", page.text)
    # Of 2024 and 2025 three projects each, of the same names; the older amounts are half.
    assert "一共列出6个项目" in text
    assert text.count("更早：2024年预算") == 3
    assert "686.56万元2025年预算" in text
    assert "更早：2024年预算343.28万元" in text
    assert {"2024-budget/source/#L", "2025-budget/source/#L"} <= {
        link.rstrip("0123456789") for link in page.links if "/source/#L" in link
    }


def test_a_department_leads_to_its_place_and_its_kind(sites: Sites) -> None:
    page = Page(sites.sample().site / "departments/haizhu-data/index.html")
    assert {"../../places/440000/", "../../places/440100/", "../../places/440105/"} <= set(
        page.links
    )
    assert any(
        x.startswith("../../kinds/government-services-data/#department-") for x in page.links
    )
