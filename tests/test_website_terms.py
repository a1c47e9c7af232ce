"""Terms: explained where they stand, without script and by key; the glossary; what is refused."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from markupsafe import Markup
from playwright.sync_api import Browser, expect

from generator.problems import PackageError
from generator.website.wording.explained import Terms
from generator.website.wording.language import ENGLISH, speaking
from generator.website.wording.terms import TermList, read_terms
from tests.served import RULES
from tests.sites import Sites
from tests.website_pages import Page, broken_links, pages

HERE = Path(__file__).parent.parent
PACKAGES = HERE / "data/packages"
#: Pages that explain terms: a written one in each language, and one made of data.
EXPLAINING = ["how-to-read/", "en/how-to-read/", "codes/functional/206/"]
GOOD = """\
- group: 组
  english: Group
  terms:
  - id: one
    term: 基本支出
    explanation: 说明。
    english: basic
    english_explanation: Words.
"""


@pytest.fixture(scope="module")
def known() -> TermList:
    return read_terms(HERE / "content/terms.yaml")


@pytest.fixture
def terms(known: TermList) -> Terms:
    return Terms(known)


@pytest.fixture
def site(sites: Sites) -> Path:
    return sites.sample().site


@pytest.fixture
def address(sample: str) -> str:
    return sample


def test_each_term_of_a_page_has_one_card(site: Path) -> None:
    explaining = 0
    for page in pages(site):
        opened = [
            str(a["popovertarget"])
            for tag, a in page.elements
            if tag == "button" and a.get("class") == "term"
        ]
        cards = [str(a["id"]) for tag, a in page.elements if "popover" in a]
        assert sorted(opened) == sorted(set(cards)), page.path
        assert len(set(page.ids)) == len(page.ids), page.path
        explaining += bool(cards)
    assert explaining >= len(EXPLAINING)


def test_no_link_is_broken(site: Path) -> None:
    assert broken_links(site) == []


@pytest.mark.parametrize("tree", ["", "en/"])
def test_the_glossary_has_every_term_at_its_address(site: Path, known: TermList, tree: str) -> None:
    page = Page(site / tree / "glossary/index.html")
    assert [term.id for term in known if term.id not in page.ids] == []
    for term in known:
        assert (term.text.english if tree else term.text.chinese) in page.text


def test_the_glossary_says_what_departments_say_below_our_words(site: Path) -> None:
    text = Page(site / "glossary/index.html").text
    at = text.index("同级政府的财政部门给的钱")
    assert "部门怎么解释“财政拨款”" in text[at : at + 400]


def test_terms_that_only_disclosures_explain_have_an_address_that_stays(
    sites: Sites, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "terms.yaml").write_text("")  # takes ours away
    sites.render(sites.sample().packages, tmp_path / "site", content=content)
    page = Page(tmp_path / "site/glossary/index.html")
    assert "cai-zheng-bo-kuan-shou-ru" in page.ids


@pytest.mark.parametrize("path", EXPLAINING)
@pytest.mark.parametrize("script", [True, False])
def test_a_key_opens_a_card_and_escape_closes_it(
    browser: Browser, address: str, path: str, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + path)
    button = page.locator("button.term").first
    card = page.locator(f"#{button.get_attribute('popovertarget')}")
    expect(card).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    page.keyboard.press("Tab")
    expect(card.locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()
    context.close()


@pytest.mark.parametrize("path", EXPLAINING)
@pytest.mark.parametrize("width", [375, 1280])
def test_a_click_opens_a_card_inside_the_window(
    browser: Browser, address: str, path: str, width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": width, "height": 700},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address + path)
    for button in page.locator("button.term").all():
        button.click()
        card = page.locator(f"#{button.get_attribute('popovertarget')}")
        expect(card).to_be_in_viewport(ratio=1)
        target = button.bounding_box()
        assert target and target["height"] >= 24
        card.get_by_role("button").click()
        expect(card).to_be_hidden()
    context.close()


@pytest.mark.parametrize("path", [*EXPLAINING, "glossary/", "en/glossary/"])
def test_axe_finds_nothing_with_a_card_open(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address + path)
    if path in EXPLAINING:
        page.locator("button.term").first.press("Enter")
        expect(page.locator(".card-of:popover-open")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_in_print_a_term_is_text(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + EXPLAINING[0])
    page.emulate_media(media="print")
    expect(page.locator("button.term").first).to_be_visible()
    expect(page.locator(".terms")).to_be_hidden()
    context.close()


def words(markup: Markup) -> list[str]:
    return re.findall(r'class="term"[^>]*>([^<]*)<', markup)


def test_the_first_use_on_a_page_is_a_button(terms: Terms) -> None:
    first = terms.explained(Markup("<p>基本支出和项目支出，基本支出</p>"))
    assert words(first) == ["基本支出", "项目支出"]
    assert terms.explained("基本支出") == "基本支出"
    assert terms("basic-expenditure") == "基本支出"


@pytest.mark.parametrize("tag", ["a", "button", "h2", "summary", "th"])
def test_there_is_no_button_in_a_link_or_a_heading(terms: Terms, tag: str) -> None:
    inside = Markup(f'<p title="基本支出>"><{tag}>基本<b>支出</b>基本支出</{tag}></p>')
    assert terms.explained(inside) == inside
    assert words(terms.explained(Markup("<br>基本支出"))) == ["基本支出"]


def test_the_longest_wording_is_the_term(terms: Terms) -> None:
    sentence = "公务用车购置及运行维护费，非财政拨款，“三公”经费，国有资本经营收入，万元"
    assert words(terms.explained(sentence)) == ["公务用车购置及运行维护费", "“三公”经费"]


def test_what_is_not_markup_is_escaped(terms: Terms) -> None:
    found = terms.explained("<b>基本支出</b> & 1")
    assert words(found) == ["基本支出"]
    assert "&lt;b&gt;" in found
    assert "&amp; 1" in found
    assert terms("没有这个词<", "词<") == "词&lt;"


def test_an_english_page_finds_english_and_chinese_wordings(terms: Terms) -> None:
    with speaking(ENGLISH):
        found = terms.explained(
            "Basic expenditure, “three public” expenses; a grand totality, 绩效目标"
        )
        assert words(found) == ["Basic expenditure", "“three public” expenses", "绩效目标"]
        assert words(terms("项目支出")) == ["project expenditure"]


BAD = {
    "不是可读的 YAML": "- group: [",
    "整个文件：应为一列值": "terms: 1",
    "第 1 行，1：缺少 english、terms": "- group: 组",
    "1.terms.1：应为“键: 值”的列表，现为 '词'": GOOD.partition("  - id")[0] + "  - 词",
    "第 4 行，1.terms.1：缺少 explanation": GOOD.replace("    explanation: 说明。\n", ""),
    "1.terms.1.english_explanation：应为文字，现为 2": GOOD.replace("Words.", "2"),
    "只用小写字母": GOOD.replace("id: one", "id: 甲"),
    "第 9 行，1.terms.1：不认识的 “varients”（是不是“variants”？）": GOOD + "    varients: [词]\n",
    "variants：应为一列值": GOOD + "    variants: 词\n",
    "in_sentences：应为 true 或 false": GOOD + "    in_sentences: 不\n",
    "不写 HTML": GOOD.replace("说明。", "<b>说明</b>"),
    "id“one”用了两次": GOOD + GOOD.replace("基本支出", "项目支出"),
    "“基本支出”既是": GOOD + GOOD.replace("id: one", "id: two"),
}


@pytest.mark.parametrize("message", BAD)
def test_a_bad_entry_is_refused_with_its_place_and_the_mend(tmp_path: Path, message: str) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(BAD[message], encoding="utf-8")
    with pytest.raises(PackageError, match=re.escape(message)) as refused:
        read_terms(path)
    assert str(refused.value).startswith(f"{path}: ")


def test_a_site_without_the_file_has_no_terms(tmp_path: Path) -> None:
    assert not list(read_terms(tmp_path / "terms.yaml"))


# How to read a budget: its figures are links to the lines they stand on.

CITED = re.compile(r"\[([^\]]*)\]\(\.\./departments/([^)]*?)/source/#L(\d+)\)")
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def line(disclosure: str, number: str) -> str:
    with (PACKAGES / disclosure / "source.csv").open(encoding="utf-8", newline="") as file:
        return next(row["text"] for row in csv.DictReader(file) if row["line"] == number)


@pytest.mark.parametrize("name", ["how-to-read.md", "en/how-to-read.md"])
def test_each_figure_of_the_example_stands_on_its_line(name: str) -> None:
    text = (HERE / "content" / name).read_text(encoding="utf-8")
    cited = CITED.findall(text)
    assert len(cited) >= 9
    for words_, disclosure, number in cited:
        printed = {f.replace(",", "") for f in FIGURE.findall(line(disclosure, number))}
        figures = [f.replace(",", "") for f in FIGURE.findall(words_)]
        assert figures
        assert [f for f in figures if f not in printed] == [], (words_, number)


@pytest.mark.parametrize("name", ["how-to-read.md", "en/how-to-read.md"])
def test_the_example_has_no_figure_without_its_line(name: str) -> None:
    text = CITED.sub("", (HERE / "content" / name).read_text(encoding="utf-8"))
    text = re.sub(r"\]\([^)]*\)", "]", text)
    # Years, the digits of codes, and what explains the unit itself.
    explained = {"2020", "2025", "2", "3", "10,000", "1", "5.00", "0.00", "50,000", "44,175,000"}
    assert set(FIGURE.findall(text)) <= explained


def test_what_the_example_says_of_its_figures_is_so() -> None:
    (total,) = (
        Decimal(row["amount"])
        for row in rows("budget-summary")
        if (row["name"], row["direction"]) == ("支出总计", "expenditure")
    )
    assert total * 10_000 == 44_175_000
    three_public = next(
        r for r in rows("budget-operating-and-three-public") if r["row_number"] == "2"
    )
    assert round(Decimal(three_public["total"]) / total, 3) == Decimal("0.001")
    income = next(r for r in rows("budget-income") if r["role"] == "total")
    funds = ("general_public_budget", "government_managed_funds_budget")
    assert sum(Decimal(income[fund]) for fund in funds) == total
    projects = [Decimal(row["amount_yuan"]) for row in rows("projects")]
    assert max(projects) == 6_865_600


def rows(table: str) -> list[dict[str, str]]:
    example = PACKAGES / "guangzhou-haizhu-government-services-data/2025-budget"
    with (example / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
