"""All pages of a site agree: of one subject, measure and base, they say one value, in words too."""

from __future__ import annotations

import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.department.figures import Part
from generator.website.department.shares import FUNCTIONS, whole_of
from generator.website.department.stripes import stripes
from tests.doors import ROOT, extract, write_settings
from tests.said_on_pages import Pages, disagreeing, misspoken, read
from tests.sites import Sites

SITES = ("five", "sample", "many", "elsewhere")
#: Real disclosures of other places and forms, where they are at hand: a few small ones.
SHARED = ROOT.parent / "shared" / "disclosures"
ELSEWHERE = (
    "fuzhou/*仓山*.pdf",
    "shenzhen/*信访*.pdf",
)


@pytest.fixture(scope="module", params=SITES)
def said(
    request: pytest.FixtureRequest, sites: Sites, tmp_path_factory: pytest.TempPathFactory
) -> Pages:
    if request.param == "elsewhere":
        return _read(_elsewhere(sites, tmp_path_factory.mktemp("elsewhere")))
    return _read(getattr(sites, request.param)().site)


def _elsewhere(sites: Sites, folder: Path) -> Path:
    found = [path for each in ELSEWHERE for path in SHARED.glob(each)]
    if not found:
        pytest.skip(f"{SHARED} is absent: real disclosures are not committed")
    write_settings(folder)
    (folder / "disclosures").mkdir()
    for path in found:
        shutil.copyfile(path, folder / "disclosures" / path.name)
    result = extract(folder)
    assert f"{len(found)} disclosures" in result.output, result.output
    sites.render(folder / "packages", folder / "site")
    return folder / "site"


@cache
def _read(site: Path) -> Pages:
    return read(site)


def test_no_two_pages_disagree(said: Pages) -> None:
    assert {each.measure for each in said.statements} <= {"amount", "change", "share", "of-ten"}
    assert not list(disagreeing(said.statements))


def test_words_say_what_is_stated(said: Pages) -> None:
    wrong = [f"{each.page}: {why}" for each in said.statements if (why := misspoken(each))]
    assert not wrong


def test_no_change_or_share_is_said_in_words_alone(said: Pages) -> None:
    assert not said.unstated


def test_an_amount_in_a_sentence_leads_to_its_place_or_is_computed(said: Pages) -> None:
    assert not said.unlinked


# ── bars ─────────────────────────────────────────────────────────────────────────────────

YUAN = st.decimals(-100, 10**7, places=2)


def total(yuan: Decimal) -> Part:
    return Part("total_expenditure", "", yuan)


@given(st.lists(YUAN, max_size=12), st.one_of(st.none(), st.decimals(1, 10**8, places=2)))
def test_a_bar_is_as_long_as_the_share_that_is_said(
    amounts: list[Decimal], printed: Decimal | None
) -> None:
    parts = [Part(str(201 + n), f"{n}", yuan) for n, yuan in enumerate(amounts)]
    whole = whole_of(FUNCTIONS, parts, total(printed) if printed else None)
    found = {stripe.name: stripe for stripe in stripes(parts, total(printed) if printed else None)}
    positive = [part for part in parts if part.yuan > 0]
    assert list(found) == [part.name for part in positive]
    for part in positive:
        assert whole
        share = part.yuan * 1000 / whole.yuan
        assert abs(found[part.name].width - share) <= 1
        assert abs(whole.permille(part) - share) <= 1
        said = whole.share("a/b", part)
        assert f"of:{whole.term}|{share / 10:.4f}" in said
    assert sum(stripe.width for stripe in found.values()) <= 1000


def test_what_parts_lack_of_the_printed_total_is_said() -> None:
    parts = [Part("201", "甲", Decimal("100.00")), Part("202", "乙", Decimal("200.00"))]
    wanted = {
        "300": "",
        "400": "四舍五入的尾差",
        "90000": "没有列在各项里",
        "100": "占比按相加的数算",
    }
    for printed, says in wanted.items():
        whole = whole_of(FUNCTIONS, parts, total(Decimal(printed)))
        assert whole
        assert says in whole.difference
        assert bool(whole.difference) == bool(says)
        assert (whole.name == "支出总计") == (printed != "100")
