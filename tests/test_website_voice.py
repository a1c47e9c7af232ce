"""How the site speaks: clumsy words stay away, terms do not judge, units stay on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.website.wording.explained import Terms
from generator.website.wording.terms import TermList, read_terms
from generator.website.wording.unbroken import unbroken
from tests.sites import Sites
from tests.website_pages import Page

HERE = Path(__file__).parent.parent
BUDGET = "departments/haizhu-data/2025-budget/"
#: Pages of every kind, in either language.
SEEN = [
    *("", "departments/haizhu-data/", "contradictions/", "method/", "compare/", "places/"),
    *(f"{BUDGET}{sheet}" for sheet in ("", "charts/", "tables/", "checks/", "downloads/")),
    *("lists/doubled/", "lists/cars/", "glossary/", "how-to-read/", "search/", "kinds/"),
]
CLUMSY = re.compile(
    r"比上年持平|没有不符|钱怎么流|仿制|无法判断0|另计|\d{4}\s?年度|应为|[多少]\d[\d.]*%"
)
CLUMSY_IN_ENGLISH = re.compile(
    r"\b[Nn]ot held\b|\b(?:is|are) held\b|(?:yuan|remarks?) apart|[Ff]acsimile"
    r"|\b(?:holds|rounding|differs) \d"
    r"|(?<![\d.,–-])1 (?:departments|projects|documents|checks|places|terms|codes|remarks)\b"
)


@pytest.fixture
def site(sites: Sites) -> Path:
    return sites.sample().site


@pytest.fixture(scope="module")
def known() -> TermList:
    return read_terms(HERE / "content/terms.yaml")


@pytest.mark.parametrize("path", SEEN)
def test_clumsy_words_stay_away(site: Path, path: str) -> None:
    said = Page(site / path / "index.html").text
    assert CLUMSY.findall(said) == []
    assert CLUMSY_IN_ENGLISH.findall(Page(site / "en" / path / "index.html").text) == []


def test_a_term_is_explained_in_three_sentences_that_do_not_judge(known: TermList) -> None:
    judging = re.compile(r"浪费|盯|仅|高达|竟|值得|\bwast|\bonly\b|\bwatch|\bworth\b")
    assert len(list(known)) > 40
    for term in known:
        chinese, english = term.text.chinese, term.text.english
        assert chinese.count("。") <= 3, term.id
        assert len(re.findall(r"\.(?:\s|$)", english)) <= 3, term.id
        assert not judging.findall(chinese + english), term.id


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("共4,417.50万元。", ["4,417.50万元"]),
        ("一处写 87,249.22 万元，另一处写−3元", ["87,249.22 万元", "−3元"]),
        ("2025年预算", ["2025年"]),
        ("44.18 million yuan, or 5.3%", ["44.18 million yuan"]),
        ("第12页，科目2080505，3个", []),
    ],
)
def test_a_number_keeps_its_unit(known: TermList, text: str, whole: list[str]) -> None:
    in_spans = re.compile(r'<span class="whole">([^<]*)</span>')
    for said in (unbroken(text), Terms(known).explained(text)):
        assert in_spans.findall(said) == whole
    assert "<" not in unbroken(text).striptags()
    assert unbroken(unbroken("<b>")) == "&lt;b&gt;"
