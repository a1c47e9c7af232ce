"""Comparisons, codes and the list of projects, on made-up departments: the numbers, the words."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.website import SiteSettings
from generator.website.drawing.render_svg import Spec, spec_hash
from generator.website.everyone import all_projects as projects_module
from generator.website.everyone.codes import read_codes
from generator.website.everyone.summaries import Summaries
from generator.website.wording.amounts import in_ten_thousands
from generator.website.wording.language import CHINESE, ENGLISH, speaking
from tests.sample_packages import FORMULA_NAME, HTML_NAME, write_many_packages
from tests.sites import BASE, MANY, Sites
from tests.website_pages import Page, broken_links, pages

HERE = Path(__file__).parent.parent
DEPARTMENTS = MANY
MOST_BYTES = 150 * 1024
PROJECT_NAME = "区政府信息公开工作经费"


def made(sites: Sites, folder: Path, departments: int) -> Path:
    """The site of made-up departments."""
    packages = write_many_packages(folder / "packages", departments)
    sites.render(packages, folder / "site", SiteSettings(base_url=BASE), drawn=sites.many())
    return folder / "site"


@pytest.fixture
def many(sites: Sites) -> tuple[Path, Path]:
    return sites.many().packages, sites.many().site


@pytest.fixture(scope="module")
def few(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose list of projects needs several pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projects_module, "MOST_ROWS", 4)
        patch.setattr(projects_module, "MOST_TARGET_CHARACTERS", 10)
        return made(sites, tmp_path_factory.mktemp("few"), 2)


def facts(packages: Path, **wanted: str) -> list[dict[str, str]]:
    with (packages / "all/facts.csv").open(encoding="utf-8", newline="") as file:
        return [r for r in csv.DictReader(file) if all(r[k] == v for k, v in wanted.items())]


def cells(page: Path, table: str) -> list[list[tuple[str, str]]]:
    """The rows of a table by its id: the text of each cell and the value it is sorted by."""
    text = page.read_text(encoding="utf-8")
    body = re.search(rf'<table [^>]*id="{table}".*?<tbody>(.*?)</tbody>', text, re.DOTALL)
    assert body
    return [
        [
            (re.sub(r"<[^>]+>|\s+", "", cell), value)
            for value, cell in re.findall(
                r'<t[hd][^>]*?(?: data-v="([^"]*)")?>(.*?)</t[hd]>', row, re.DOTALL
            )
        ]
        for row in re.findall(r"<tr.*?</tr>", body[1], re.DOTALL)
    ]


def column(rows: Sequence[Sequence[tuple[str, str]]], at: int) -> list[Decimal]:
    return [Decimal(row[at][1]) for row in rows]


def test_totals_are_the_facts_of_that_year_and_kind_only(many: tuple[Path, Path]) -> None:
    packages, site = many
    for year in ("2024", "2025"):
        rows = cells(site / f"compare/{year}-budget/index.html", "board")
        printed = facts(packages, year=year, kind="budget", item="total_expenditure")
        assert len(rows) == DEPARTMENTS
        assert sorted(column(rows, 1)) == sorted(Decimal(f["amount_yuan"]) for f in printed)
        assert column(rows, 1) == sorted(column(rows, 1), reverse=True)


def test_functions_add_up_to_the_item_facts(many: tuple[Path, Path]) -> None:
    packages, site = many
    page = site / "compare/2025-budget/index.html"
    rows = cells(page, "functions")
    wanted = {"year": "2025", "table_id": "budget-expenditure", "column_id": "total", "level": "1"}
    for at, code in enumerate(("206", "212"), 1):
        found = facts(packages, functional_code=code, **wanted)
        total = sum((Decimal(f["amount_yuan"]) for f in found), Decimal(0))
        assert sum(column(rows, at)) == total
        assert f'<td class="n">{in_ten_thousands(total)}</td>' in page.read_text(encoding="utf-8")


def test_equal_amounts_share_a_rank(many: tuple[Path, Path]) -> None:
    rows = cells(many[1] / "compare/2025-budget/index.html", "board")
    amounts = column(rows, 1)
    ranks = [int(m[0]) for row in rows if (m := re.match(r"\d+", row[0][0]))]
    assert ranks == [1 + sum(other > amount for other in amounts) for amount in amounts]


def test_a_change_has_the_right_word(many: tuple[Path, Path]) -> None:
    newer = cells(many[1] / "compare/2025-budget/index.html", "board")
    assert all("增加" in row[2][0] and "增长33.3%" in row[2][0] for row in newer)
    older = Page(many[1] / "compare/2024-budget/index.html").text
    assert "比上年预算" not in older


def test_the_chart_says_who_has_most_and_least(many: tuple[Path, Path]) -> None:
    page = many[1] / "compare/2025-budget/index.html"
    rows = cells(page, "board")
    text = re.sub(r"\s+", "", Page(page).text)
    most, least = (re.sub(r"^\d+|（编造）.*$", "", rows[at][0][0]) for at in (0, -1))
    times = Decimal(rows[0][1][1]) / Decimal(rows[-1][1][1])
    assert f"支出总计最多的是{most}（编造）" in text
    assert f"最少的是{least}（编造）" in text
    assert f"前者是后者的{times:.1f}倍" in text or f"前者是后者的{times:.0f}倍" in text


def test_equals_are_said_to_be_equal(sites: Sites, many: tuple[Path, Path], tmp_path: Path) -> None:
    # Every made-up department is the same at another size, and each 23rd of the same size.
    text = Page(many[1] / "compare/2025-budget/index.html").text
    assert f"{DEPARTMENTS}个部门的项目支出占基本支出与项目支出之和的比重都是43.2%。" in text
    packages, site = write_many_packages(tmp_path / "packages", 36), tmp_path / "site"
    # 300 charts, which nobody looks at, and in two languages, would be most of the work.
    blank: Callable[..., dict[str, str]] = lambda specs, _: _blank(specs)  # noqa: E731
    with (
        patch("generator.website.share_pages.draw_charts", blank),
        patch("generator.website.one_department.draw_charts", blank),
    ):
        sites.render(packages, site, SiteSettings(languages=(CHINESE,)))
    text = Page(site / "compare/2025-budget/index.html").text
    assert "支出总计最多的是海珠区第13号局（编造）等2个并列的部门（3.39亿元）" in text
    assert "最多的10个部门" in text


def _blank(specs: Iterable[Spec]) -> dict[str, str]:
    """A drawing without anything for each chart."""
    return {spec_hash(spec): "<svg {attributes}></svg>" for spec in specs}


def test_a_code_lists_each_spender_once_per_year_and_kind(many: tuple[Path, Path]) -> None:
    packages, site = many
    text = (site / "codes/functional/20601/index.html").read_text(encoding="utf-8")
    for year in ("2024", "2025"):
        section = text.split(f'id="g-{year}-budget"')[1].split("</section>")[0]
        wanted = {"functional_code": "20601", "year": year, "table_id": "budget-expenditure"}
        found = facts(packages, column_id="total", **wanted)
        values = re.findall(r'</th><td class="n" data-v="([^"]+)"', section)
        assert sorted(map(Decimal, values)) == sorted(Decimal(f["amount_yuan"]) for f in found)


def test_an_economic_code_adds_basic_and_project(many: tuple[Path, Path]) -> None:
    packages, site = many
    text = (site / "codes/economic/302/index.html").read_text(encoding="utf-8")
    section = text.split('id="g-2025-budget"')[1].split("</section>")[0]
    values = map(Decimal, re.findall(r'</th><td class="n" data-v="([^"]+)"', section))
    found = facts(packages, economic_code="302", year="2025")
    assert {f["table_id"].rpartition("-general-public-")[2] for f in found} == {
        "basic-by-economic-class",
        "project-by-economic-class",
    }
    assert sum(values) == sum(Decimal(f["amount_yuan"]) for f in found)


def test_codes_lead_to_parents_and_children(many: tuple[Path, Path]) -> None:
    page = Page(many[1] / "codes/functional/20601/index.html")
    assert {"../../../codes/functional/206/", "../2060101/"} <= set(page.links)
    assert "../20601/" in Page(many[1] / "codes/functional/206/index.html").links


def test_every_project_is_in_the_list(many: tuple[Path, Path]) -> None:
    packages, site = many
    with (packages / "all/projects.csv").open(encoding="utf-8", newline="") as file:
        projects = list(csv.DictReader(file))
    rows = cells(site / "projects/index.html", "projects")
    amounts = sorted(Decimal(p["amount_yuan"]) for p in projects)
    assert sorted(column(rows, 1)) == amounts
    text = Page(site / "projects/index.html").text
    assert FORMULA_NAME in text
    assert HTML_NAME in text
    assert f"一共列了{len(projects)}个项目" in text
    assert "目标一" in text


def test_a_long_list_goes_on_over_pages_and_leaves_targets_to_the_disclosures(few: Path) -> None:
    found = [few / "projects/index.html", *sorted(few.glob("projects/[0-9]/index.html"))]
    counts = [len(cells(page, "projects")) for page in found]
    assert counts == [4, 4, 4]
    assert "目标一" not in Page(found[0]).text
    assert any(link.endswith("2025-budget/projects/#project-2") for link in Page(found[0]).links)
    assert broken_links(few) == []


def test_no_link_is_broken_and_no_id_is_twice(many: tuple[Path, Path]) -> None:
    assert broken_links(many[1]) == []
    for page in pages(many[1]):
        assert len(page.ids) == len(set(page.ids)), page.path


def test_one_department_is_not_compared(sites: Sites, tmp_path: Path) -> None:
    site = made(sites, tmp_path, 1)
    text = Page(site / "compare/2025-budget/index.html").text
    assert "没有可以比较的" in text
    assert "前者是后者" not in text


def test_the_pages_are_light(many: tuple[Path, Path]) -> None:
    for folder in ("compare", "codes", "projects"):
        for page in (many[1] / folder).rglob("*.html"):
            assert len(gzip.compress(page.read_bytes(), 9)) <= MOST_BYTES, page
    sitemap = (many[1] / "sitemap.xml").read_text(encoding="utf-8")
    for address in ("compare/", "compare/2025-budget/", "codes/", "projects/"):
        assert f"<loc>https://example.org/{address}</loc>" in sitemap


def test_english_pages_say_it_in_english(many: tuple[Path, Path]) -> None:
    site = many[1] / "en"
    text = re.sub(r"\s+", " ", Page(site / "compare/2025-budget/index.html").text)
    assert "2025 budget: total expenditure by function" in text
    assert re.search(r"The highest total expenditure is that of A \(\d+\.\d\d million yuan\)", text)
    assert f"In all {DEPARTMENTS} departments, project expenditure is 43.2% of" in text
    assert not re.search("支出总计|名次|占比是|个部门", text)
    text = Page(site / "codes/functional/20601/index.html").text
    assert re.search(rf"{DEPARTMENTS} departments list expenditure here, .* yuan together\.", text)
    text = Page(site / "projects/index.html").text
    assert f"The disclosures here list {DEPARTMENTS * 6} projects (2025 budget: " in text


def test_what_departments_print_is_marked_as_chinese_on_english_pages(
    many: tuple[Path, Path],
) -> None:
    for path, printed in (("projects", PROJECT_NAME), ("codes/functional/206", "科学技术支出")):
        english = (many[1] / f"en/{path}/index.html").read_text(encoding="utf-8")
        own = (many[1] / f"{path}/index.html").read_text(encoding="utf-8")
        assert f'<span lang="zh-CN">{printed}</span>' in english
        assert '<span lang="zh-CN">' not in own


def test_a_code_is_called_by_its_english_name_where_it_has_one() -> None:
    rows = [
        {"code": "206", "name": "科学技术支出", "other_names": ""},
        {"code": "20601", "name": "科学技术管理事务", "other_names": "", "name_english": "Science"},
    ]
    with speaking(ENGLISH), Summaries() as summaries:
        above, below = read_codes(summaries, {"functional": rows})
        assert (above.name, below.name, below.names.chinese) == (
            "科学技术支出",
            "Science",
            "科学技术管理事务",
        )
        assert below.trail == [("codes/", "Codes"), ("codes/functional/206/", "科学技术支出")]
        assert below.level == "section"
    assert below.name == "科学技术管理事务"


@pytest.mark.parametrize("script", ["filter", "search", "site"])
def test_scripts_hold_no_words_of_a_language(script: str) -> None:
    text = (HERE / f"templates/assets/{script}.js").read_text(encoding="utf-8")
    assert not re.search("[\u4e00-\u9fff]", text.replace('endsWith("元")', ""))
