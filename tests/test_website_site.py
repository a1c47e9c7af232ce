"""A whole site from the sample packages: escaping, links, determinism, and what is refused."""

from __future__ import annotations

import codecs
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator.problems import PackageError
from generator.website import SiteSettings, SiteSummary
from tests.sample_packages import FORMULA_NAME, HTML_NAME, LONG_NAME, rehash, write_sample_packages
from tests.sites import BASE, Sites
from tests.sites import render as render_into
from tests.website_pages import Page, broken_links, pages

HERE = Path(__file__).parent.parent
BUDGET = "departments/haizhu-data/2025-budget"


def render(packages: Path, site: Path, cache: Path, base_url: str = BASE) -> SiteSummary:
    return render_into(packages, site, cache, SiteSettings(base_url=base_url), excel=True)


@pytest.fixture
def packages(sites: Sites) -> Path:
    return sites.sample().packages


@pytest.fixture
def cache(sites: Sites) -> Path:
    return sites.cache


@pytest.fixture
def site(sites: Sites) -> Path:
    return sites.sample().site


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_every_page_is_there(site: Path) -> None:
    expected = [
        *("", "departments/", "datasets/", "glossary/", "problems/", "contradictions/"),
        *("about/", "method/", "how-to-read/", "data-guide/"),
        *("departments/haizhu-data/", f"{BUDGET}/", f"{BUDGET}/source/", "datasets/facts/"),
    ]
    assert [a for a in expected if not (site / a / "index.html").is_file()] == []
    for name in ("404.html", "favicon.svg", "robots.txt", "sitemap.xml", "feed.xml"):
        assert (site / name).is_file()


def test_the_summary_counts_what_was_written(packages: Path, cache: Path, tmp_path: Path) -> None:
    summary = render(packages, tmp_path / "site", cache)
    written = contents(tmp_path / "site")
    assert summary.bytes == sum(len(data) for data in written.values())
    assert summary.pages == sum(name.endswith(".html") for name in written)
    assert summary.downloads == sum(name.startswith(("downloads/", "data/")) for name in written)
    assert summary.charts == sum(bool(re.fullmatch(r"charts/.*[.]json", name)) for name in written)


def test_no_link_is_broken(site: Path) -> None:
    assert broken_links(site) == []


def test_ids_are_unique(site: Path) -> None:
    twice = {
        str(page.path.relative_to(site)): {i for i in page.ids if page.ids.count(i) > 1}
        for page in pages(site)
        if len(set(page.ids)) < len(page.ids)
    }
    assert twice == {}


def test_nothing_is_inline(site: Path) -> None:
    for page in pages(site):
        for tag, attributes in page.elements:
            assert tag != "style"
            # Data is never run, so the policy lets it.
            data = attributes.get("type") in ("application/ld+json", "application/json")
            assert tag != "script" or attributes.get("src") or data
            assert not [n for n in attributes if n == "style" or n.startswith("on")]
            assert not str(attributes.get("href", "")).startswith("javascript:")


def test_nothing_is_asked_of_a_third_party(site: Path) -> None:
    for page in pages(site):
        for tag, attributes in page.elements:
            if tag in ("script", "img", "link") and attributes.get("rel") not in (
                "canonical",
                "alternate",
            ):
                address = str(attributes.get("src") or attributes.get("href"))
                assert "//" not in address, (page.path, address)


def test_html_in_a_name_is_text_on_every_page(site: Path) -> None:
    for page in pages(site):
        assert "<script>alert" not in page.path.read_text(encoding="utf-8")
    assert HTML_NAME in Page(site / BUDGET / "index.html").text
    source = Page(site / BUDGET / "source" / "index.html")
    assert HTML_NAME in source.text


def test_html_in_a_name_is_text_in_charts_and_feed(site: Path) -> None:
    specs = [p.read_text(encoding="utf-8") for p in sorted((site / "charts").glob("*.json"))]
    assert all("<" not in spec for spec in specs)
    data = [json.loads(spec)["datasets"] for spec in specs]
    labels = {bar["label"] for each in data for bar in each.get("bars", [])}
    assert HTML_NAME in labels
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert "<script" not in feed


def test_excel_keeps_text_as_text_and_amounts_as_numbers(site: Path) -> None:
    book = openpyxl.load_workbook(site / "downloads/projects.xlsx")
    rows = list(book.worksheets[1].iter_rows())
    column = {cell.value: at for at, cell in enumerate(rows[0])}
    names = [row[column["name"]] for row in rows[1:]]
    assert {FORMULA_NAME, HTML_NAME} <= {cell.value for cell in names}
    assert all(cell.data_type == "s" for cell in names)
    amounts = [row[column["amount_yuan"]] for row in rows[1:]]
    assert 5196100 in [cell.value for cell in amounts]
    assert book.worksheets[1].freeze_panes == "A2"


def test_a_whole_workbook_has_a_sheet_per_file(site: Path) -> None:
    file = site / "downloads/haizhu-data/2025-budget/haizhu-data-2025-budget.xlsx"
    names = openpyxl.load_workbook(file).sheetnames
    assert (names[:2], names[-1]) == (["说明", "1 收支总体情况表"], "字段")
    assert all(len(name) <= 31 for name in names)


def test_csv_is_the_canonical_file(site: Path, packages: Path) -> None:
    canonical = (packages / "haizhu-data/2025-budget/facts.csv").read_bytes()
    assert (site / "data/haizhu-data/2025-budget/facts.csv").read_bytes() == canonical
    for_excel = site / "downloads/haizhu-data/2025-budget/facts.csv"
    assert for_excel.read_bytes() == codecs.BOM_UTF8 + canonical


def test_a_zip_is_the_package(site: Path, packages: Path) -> None:
    file = site / "downloads/haizhu-data/2025-budget/haizhu-data-2025-budget.zip"
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert "datapackage.json" in names
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.external_attr >> 16 for i in archive.infolist()} == {0o644}


def test_two_renders_are_the_same_bytes_with_and_without_a_cache(
    site: Path, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    render(packages, tmp_path / "site", tmp_path / "cold-cache")
    assert contents(tmp_path / "site") == contents(site)


def test_a_torn_cache_entry_is_made_again(site: Path, packages: Path, tmp_path: Path) -> None:
    cache = shutil.copytree(site.parent / "cache", tmp_path / "cache")
    entries = [path for path in cache.rglob("*") if path.is_file()]
    assert {path.parent.name for path in entries} >= {"cards", "charts"}
    for entry in entries:
        entry.write_bytes(entry.read_bytes()[:-1])
    render(packages, tmp_path / "site", cache)
    assert contents(tmp_path / "site") == contents(site)


def test_without_a_base_url_there_is_no_feed_and_no_absolute_link(
    packages: Path, cache: Path, tmp_path: Path
) -> None:
    render(packages, tmp_path / "site", cache, base_url="")
    assert not (tmp_path / "site/feed.xml").exists()
    assert not (tmp_path / "site/sitemap.xml").exists()
    assert "canonical" not in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert broken_links(tmp_path / "site") == []


def test_each_amount_of_a_table_leads_to_its_line(site: Path) -> None:
    text = (site / BUDGET / "tables/index.html").read_text(encoding="utf-8")
    source = Page(site / BUDGET / "source/index.html")
    links = re.findall(r'<a href="../source/#(L\d+)" tabindex="-1">([^<]+)</a>', text)
    lines = dict(
        zip(
            [i for i in source.ids if i.startswith("L")],
            _items(site / BUDGET / "source/index.html"),
            strict=True,
        )
    )
    assert len(links) > 40
    assert [(a, f) for a, f in links if f.replace(",", "") not in lines[a]] == []


def _items(path: Path) -> list[str]:
    return re.findall(r"<li id=\"L\d+\"[^>]*>(.*?)</li>", path.read_text(encoding="utf-8"))


def test_a_written_page_is_its_markdown(site: Path) -> None:
    page = Page(site / "data-guide/index.html")
    assert "数据指南 — 明账" in page.text
    tags = [tag for tag, _ in page.elements]
    assert tags.count("h1") == 1
    assert tags.count("table") > 2
    assert "<p>" not in page.text


def test_the_data_guide_names_every_column_of_the_derived_files() -> None:
    guide = (HERE / "content/data-guide.md").read_text(encoding="utf-8")
    missing = set()
    for path in sorted((HERE / "data/packages").rglob("datapackage.json")):
        for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
            if resource["category"] != "standard_table":
                missing |= {f["name"] for f in resource["schema"]["fields"]}
    assert {name for name in missing if f"`{name}`" not in guide} == set()


def test_what_is_empty_says_so(site: Path) -> None:
    text = Page(site / BUDGET / "tables/index.html").text
    assert "原文有这张表，但没有任何数据行。原文注：本表本年无发生额。" in text
    assert "空白" in text
    final = Page(site / "departments/long-name/2020-final-accounts/index.html").text
    assert LONG_NAME in final
    assert "这份文件没有列出“三公”经费。" in final


def test_the_feed_takes_its_dates_from_the_disclosures(site: Path) -> None:
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert "2025-02-03T00:00:00+00:00" in feed
    assert "2026-01-02T00:00:00+00:00" in feed


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (".mingzhang", None, None, "没有标记文件"),
        ("haizhu-data/2025-budget/datapackage.json", '"year": 2025', '"year": "x"', "缺少或写错"),
        ("haizhu-data/2025-budget/datapackage.json", '"year": 2025', '"year": 2023', "不一致"),
        (
            "haizhu-data/2025-budget/datapackage.json",
            '"path": "facts.csv"',
            '"path": "../facts.csv"',
            "缺少或写错",
        ),
        ("haizhu-data/2025-budget/facts.csv", "fact_id,department", "x,department", "表头"),
        ("haizhu-data/2025-budget/facts.csv", "44175000.00", "四千万", "不是数"),
        ("haizhu-data/2025-budget/projects.csv", "6865600", "x", "不是数"),
        ("haizhu-data/2025-budget/source.csv", "1,1,2,", "1,2,", "应有6格"),
        ("all/datapackage.json", "{", "[", "读不出来"),
    ],
)
def test_a_malformed_package_is_refused_with_the_place_and_the_mend(
    tmp_path: Path, cache: Path, file: str, old: str | None, new: str | None, says: str
) -> None:
    packages = write_sample_packages(tmp_path / "packages")
    path = packages / file
    if old is None or new is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if path.suffix == ".csv":
        rehash(path.parent)
    with pytest.raises(PackageError, match=says) as caught:
        render(packages, tmp_path / "site", cache)
    assert str(tmp_path) in str(caught.value)


def test_an_amount_that_was_altered_in_a_package_is_not_published(
    tmp_path: Path, cache: Path
) -> None:
    packages = write_sample_packages(tmp_path / "packages")
    path = packages / "haizhu-data/2025-budget/facts.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("44175000.00", "44176000.00", 1), encoding="utf-8")
    with pytest.raises(PackageError, match="写出之后被改过") as caught:
        render(packages, tmp_path / "site", cache)
    assert str(path) in str(caught.value)
    assert not (tmp_path / "site" / "index.html").exists()
