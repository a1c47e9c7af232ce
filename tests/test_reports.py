"""Errors are reported from where they are seen, and what was put right stands on a page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from generator.config import read_settings
from generator.problems import ConfigError, PackageError
from generator.website import SiteSettings
from generator.website.output.reporting import reporter
from generator.website.published.corrections import read_corrections
from generator.website.published.descriptor import read_packages
from generator.website.published.history import PublishedHistory
from tests.sample_packages import write_sample_packages
from tests.served import desk, serve
from tests.sites import BASE, Sites

BUDGET = "departments/haizhu-data/2025-budget/"
CORRECTIONS = """\
- {date: 2026-03-01, wrong: 页面上写 1.00 万元, right: 原文是 10.00 万元, figure: 《甲表》}
- date: 2026-04-01
  disclosure: haizhu-data/2025-budget
  wrong: 单位写成元
  right: 是万元
  noticed: 一位读者
"""


@pytest.fixture(scope="module")
def reporting(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples with an address for reports and two corrections."""
    folder = tmp_path_factory.mktemp("reporting")
    packages = write_sample_packages(folder / "packages")
    content = folder / "content"
    content.mkdir()
    (content / "corrections.yaml").write_text(CORRECTIONS, encoding="utf-8")
    settings = SiteSettings(base_url=BASE, report="fix@example.org")
    sites.render(packages, folder / "site", settings, content)
    return folder / "site"


def reports(site: Path, path: str) -> list[str]:
    text = (site / path / "index.html").read_text(encoding="utf-8")
    return [unescape(each) for each in re.findall(r'class="report" href="([^"]+)"', text)]


def test_a_mail_is_filled_in_with_figure_page_and_value() -> None:
    to = reporter(SiteSettings(base_url=BASE, report="fix@example.org"))
    mail = urlsplit(to("a.2025-budget.表", "departments/a/#表 1", "1,0 & 2"))
    said = parse_qs(mail.query)
    assert (mail.scheme, mail.path) == ("mailto", "fix@example.org")
    assert said["subject"] == ["报告错误：a.2025-budget.表"]
    assert said["body"][0].split("\r\n")[:3] == [
        "哪个数：a.2025-budget.表",
        f"在哪一页：{BASE}/departments/a/#表 1",
        "页面上写的：1,0 & 2",
    ]


def test_a_form_gets_each_in_its_place() -> None:
    to = reporter(SiteSettings(report="https://f.example/?n={figure}&p={address}&v={value}"))
    assert parse_qs(urlsplit(to("甲&乙", "x/", "1%")).query) == {
        "n": ["甲&乙"], "p": ["/x/"], "v": ["1%"]
    }  # fmt: skip


def test_without_an_address_nothing_is_shown(sites: Sites) -> None:
    for path in (f"{BUDGET}tables", f"{BUDGET}checks", f"{BUDGET}source", "contradictions", ""):
        text = (sites.sample().site / path / "index.html").read_text(encoding="utf-8")
        assert "data-report" not in text and 'class="report"' not in text
        assert "mailto:" not in text


def test_tables_findings_and_the_source_lead_to_a_report(reporting: Path) -> None:
    tables = reports(reporting, f"{BUDGET}tables")
    text = (reporting / BUDGET / "tables/index.html").read_text(encoding="utf-8")
    assert len(tables) == text.count('<section class="table"') > 3
    assert "haizhu-data.2025-budget." in unquote(tables[0])
    assert len(reports(reporting, f"{BUDGET}source")) == 1


def test_a_report_of_a_finding_names_it_and_its_place(reporting: Path) -> None:
    text = (reporting / "contradictions/index.html").read_text(encoding="utf-8")
    found = [unquote(each) for each in reports(reporting, "contradictions")]
    assert len(found) == text.count('<div class="part">') > 0
    assert all(re.search(r"\.check\.\S+\r\n.*/checks/#check\.", each) for each in found)


@pytest.mark.parametrize("report", ["nobody", "ftp://x.example/", "https://x.example/?{who}", "{"])
def test_where_no_error_can_be_reported_to_is_refused(report: str, tmp_path: Path) -> None:
    file = tmp_path / "mingzhang.toml"
    file.write_text(f'[site]\nreport = "{report}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"site\.report: expected an e-mail address"):
        read_settings(file)


def test_corrections_stand_on_their_page_and_in_the_feed(reporting: Path) -> None:
    page = (reporting / "corrections/index.html").read_text(encoding="utf-8")
    assert page.index("2026-04-01") < page.index("2026-03-01")
    assert "一位读者" in page and f'href="../{BUDGET}"' in page
    feed = (reporting / "changes.xml").read_text(encoding="utf-8")
    ids = re.findall(r'id="(c2026[^"]+)"', page)
    assert len(ids) == 2 and all(f"{BASE}/corrections/#{each}" in feed for each in ids)


def test_without_corrections_a_sentence_says_so(sites: Sites) -> None:
    site = sites.five().site
    assert "还没有更正的记录" in (site / "corrections/index.html").read_text(encoding="utf-8")
    for page in ("", "changes/"):
        assert 'corrections/"' in (site / page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("- {date: 2026-03-01, wrong: 甲}", "第 1 行，.*缺少 right"),
        ("- {date: soon, wrong: 甲, right: 乙}", "第 1 行"),
        ("- {date: 2026-03-01, wrong: 甲, right: 乙, disclosure: x/y}", "没有收录过 x/y；"),
    ],
)
def test_a_correction_that_is_none_is_refused(
    sites: Sites, written: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(written, encoding="utf-8")
    history = PublishedHistory(read_packages(sites.sample().packages), [])
    with pytest.raises(PackageError, match=said):
        read_corrections(file, history)


def test_a_row_and_a_line_of_the_source_are_reported_themselves(
    reporting: Path, browser: Browser
) -> None:
    with serve(reporting) as address, desk(browser, width=1280) as made, made.watched() as page:
        page.goto(f"{address}{BUDGET}tables/")
        page.locator("table.accounts tbody td.at a").first.focus()
        row = page.locator("table.accounts tbody a.report")
        expect(row).to_have_count(1)
        assert re.search(r"haizhu-data/2025-budget/source L\d+", unquote(str(_href(row))))
        # Where the page of a cell is drawn, the very amount is named, and the one looked at last.
        of_amount = "table.accounts tbody td.n a"
        drawn = "(links) => links.forEach((a, n) => a.href = `../pages/#t.r${n}.income.amount`)"
        page.locator(of_amount).evaluate_all(drawn)
        for number in (1, 0):
            page.locator(of_amount).nth(number).hover()
            named = rf"haizhu-data\.2025-budget\.t\.r{number}\.income\.amount"
            assert re.search(named, unquote(str(_href(row))))
            row.hover()  # as one does to select it, it names the same
            assert re.search(named, unquote(str(_href(row))))
        page.goto(f"{address}{BUDGET}source/#L2")
        line = page.locator("li:target a.report")
        assert "/source/#L2\r\n" in unquote(str(_href(line)))


def _href(link: Locator) -> str | None:
    return link.get_attribute("href")
