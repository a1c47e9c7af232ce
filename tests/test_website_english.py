"""The English pages: what departments published is marked as Chinese, all else is English."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from generator.website.department.places import FigurePlaces
from generator.website.published.descriptor import read_packages
from generator.website.published.glosses import Glosses, read_glosses
from generator.website.wording.language import ENGLISH, chinese, chinese_within, speaking
from tests.foreign_text import unmarked
from tests.sample_packages import write_sample_packages
from tests.sites import Sites

HERE = Path(__file__).parent.parent
BUDGET = "departments/haizhu-data/2025-budget/"
FINAL = "departments/long-name/2020-final-accounts/"
PAGES = [
    *("contradictions/", "method/", "problems/", "datasets/", "datasets/facts/"),
    *("datasets/budget-income/", "datasets/rules/", f"{BUDGET}source/", f"{FINAL}source/"),
    *(BUDGET, FINAL),
]
CODES = {"206": "Science and technology", "20601": "Administration of science"}
LABELS = {"合计": "Total", "财政专户拨款": "Special fiscal account appropriation"}


def add_english(packages: Path) -> None:
    """Give the packages what those of today have in English and older ones have not."""
    for path in packages.rglob("datapackage.json"):
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["titleEnglish"] = "The title"
        for resource in descriptor["resources"]:
            resource |= {"titleEnglish": resource["name"], "descriptionEnglish": "What it is"}
            if resource["name"].startswith("codes-"):
                _column(path.parent, resource, "name_english", "code", CODES)
            if resource["name"] == "rules":
                _column(path.parent, resource, "title_english", "rule", {"row-sum": "In a row"})
            for field in resource["schema"]["fields"]:
                field |= {"titleEnglish": f"The {field['name']}", "descriptionEnglish": "Means"}
        if path.parent.name == "all":
            descriptor["resources"].append(_labels(path.parent))
        path.write_text(json.dumps(descriptor), encoding="utf-8")


def _column(
    folder: Path, resource: dict[str, Any], name: str, key: str, values: Mapping[str, str]
) -> None:
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    resource["schema"]["fields"].append({"name": name, "type": "string"})
    header = [field["name"] for field in resource["schema"]["fields"]]
    with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {name: values.get(row[key], "")} for row in rows)
    resource.pop("hash", None)


def _labels(folder: Path) -> dict[str, Any]:
    lines = [f"{label},{english}" for label, english in LABELS.items()]
    (folder / "labels.csv").write_text("\n".join(["label,english", *lines, ""]), encoding="utf-8")
    fields = [{"name": name, "type": "string"} for name in ("label", "english")]
    return {"name": "labels", "path": "labels.csv", "schema": {"fields": fields}}


def render(sites: Sites, folder: Path, packages: Path) -> Path:
    content = folder / "content"
    shutil.copytree(HERE / "content", content)
    (content / "untranslated.md").write_text("# 还没有翻译\n\n正文。\n", "utf-8")
    sites.render(packages, folder / "site", content=content)
    return folder / "site"


@pytest.fixture(scope="module")
def site(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("english")
    packages = write_sample_packages(folder / "packages")
    add_english(packages)
    return render(sites, folder, packages)


@pytest.fixture
def older(sites: Sites) -> Path:
    return sites.sample().site


def text_of(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def tables_of(text: str) -> list[str]:
    return re.findall(r'<section class="table".*?</section>', text, re.S)


@pytest.mark.parametrize("path", PAGES)
def test_only_what_is_marked_is_chinese(site: Path, path: str) -> None:
    assert unmarked(text_of(site, f"en/{path}")) == []


@pytest.mark.parametrize("path", PAGES)
def test_what_an_older_package_does_not_say_in_english_is_marked(older: Path, path: str) -> None:
    body = text_of(older, f"en/{path}").partition("<body")[2]
    assert unmarked(f'<body lang="en"{body}') == []


@pytest.mark.parametrize("path", [BUDGET, FINAL])
def test_the_tables_of_a_disclosure_are_english(site: Path, older: Path, path: str) -> None:
    for each in (site, older):
        tables = tables_of(text_of(each, f"en/{path}tables"))
        assert tables
        assert [found for table in tables for found in unmarked(f'<div lang="en">{table}')] == []


def test_the_check_finds_what_is_not_marked() -> None:
    page = '<body lang="en"><p>x<br>合计 <i lang="zh-CN">表<b>行</b></i></p><i lang="en">（</i>'
    assert unmarked(page) == ["<p> 合计", "<i> （"]
    assert unmarked('<html lang="en"><title>Terms — 明账</title>') == []


def test_a_page_that_nobody_translated_is_marked(site: Path) -> None:
    text = text_of(site, "en/untranslated")
    assert '<div class="prose" lang="zh-CN">' in text
    assert '<h1 lang="zh-CN">' in text
    assert "<h1>" in text_of(site, "en/method")


def test_names_have_glosses_on_english_pages_only(site: Path, older: Path) -> None:
    text = text_of(site, f"en/{BUDGET}tables")
    assert '<span lang="zh-CN">科学技术支出</span>' in text
    assert '<span class="gloss">Science and technology</span>' in text
    gloss = '<span class="gloss">Special fiscal account appropriation</span>'
    assert f'<span lang="zh-CN">二、财政专户拨款</span>{gloss}' in text
    assert 'class="gloss"' not in text_of(site, f"{BUDGET}tables")
    assert 'class="gloss"' not in text_of(older, f"en/{BUDGET}tables")


def test_glosses_are_by_code_then_by_label_without_its_number(tmp_path: Path) -> None:
    packages = write_sample_packages(tmp_path / "packages")
    assert read_glosses(read_packages(packages)).labels == {}
    add_english(packages)
    glosses = read_glosses(read_packages(packages))
    with speaking(ENGLISH):
        assert glosses.of("206", "科学技术支出") == "Science and technology"
        assert glosses.of("", "其中：（一） 合 计") == "Total"
        assert glosses.of("999", "海珠区") == ""
    assert glosses.of("206", "") == ""


def test_headings_and_sides_are_english(site: Path) -> None:
    income, summary = (
        next(t for t in tables_of(text_of(site, f"en/{BUDGET}tables")) if f'id="table-{name}"' in t)
        for name in ("budget-income", "budget-summary")
    )
    assert 'class="group">Fiscal appropriation</th>' in income
    assert ">The general_public_budget</th>" in income
    assert ">Source line</th>" in income
    assert (
        '</span>Income<span class="unit">, 10,000 yuan (<span lang="zh-CN">万元</span>)' in summary
    )


def test_a_finding_says_its_rule_its_numbers_and_the_chinese_sentence(site: Path) -> None:
    text = text_of(site, "en/contradictions")
    first = re.findall(r'<li class="finding">(.*?)\n</li>', text, re.S)[0]
    order = [
        *(
            '<p class="says">They should be equal.</p>',
            "<dt>One place prints</dt><dd>1,910.00</dd>",
        ),
        *("Table “budget-expenditure”", '<p class="original"><span lang="zh-CN">合计应等于'),
    ]
    assert [first.find(each) for each in order] == sorted(first.find(each) for each in order)
    assert first.find(order[0]) >= 0
    assert 'class="original"' not in text_of(site, "contradictions")


def test_a_place_is_said_in_english_with_the_row_in_chinese(tmp_path: Path) -> None:
    packages = read_packages(write_sample_packages(tmp_path / "packages"))
    places = FigurePlaces(packages.disclosures, {}, Glosses({"206": "Science and technology"}, {}))
    with speaking(ENGLISH):
        found = places.find("haizhu-data.2025-budget.budget-income.r2.total")
    assert found is not None
    assert re.sub("<[^>]+>", "", found.words) == (
        "Table “A table 2”, row “科学技术支出” (Science and technology), column “合计”"
    )
    assert found.printed == '2517.50 <span lang="zh-CN">万元</span>'


def test_chinese_is_marked_whole_or_by_the_stretch() -> None:
    assert chinese("合计 <b>") == "合计 &lt;b&gt;"
    with speaking(ENGLISH):
        assert chinese("5G 基站“项目”") == '<span lang="zh-CN">5G 基站“项目”</span>'
        assert chinese("Total <b>") == "Total &lt;b&gt;"
        mixed = 'yuan (<span lang="zh-CN">万元</span>) &amp; more'
        assert chinese("yuan (万元) & more") == mixed


def test_chinese_within_markup_is_marked_and_its_tags_are_kept() -> None:
    html = Markup('<a href="#表">a table (《表》)</a>')
    assert chinese_within(html) == html
    with speaking(ENGLISH):
        marked = '<a href="#表">a table (<span lang="zh-CN">《表》</span>)</a>'
        assert chinese_within(html) == marked


def test_no_such_page_speaks_both_languages(site: Path) -> None:
    text = (site / "404.html").read_text(encoding="utf-8")
    assert "没有这一页" in text
    assert '<p lang="en">There is no such page. <a href="/en/">' in text
