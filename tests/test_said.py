"""All pages of a site agree: of one subject, measure and base, they say one value, in words too."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.said_on_pages import Statement, disagreeing, misspoken, read
from tests.sites import Sites

SITES = ("five", "sample", "many")


@pytest.fixture(scope="module", params=SITES)
def said(request: pytest.FixtureRequest, sites: Sites) -> tuple[list[Statement], list[str]]:
    return _read(getattr(sites, request.param)().site)


@cache
def _read(site: Path) -> tuple[list[Statement], list[str]]:
    return read(site)


def test_no_two_pages_disagree(said: tuple[list[Statement], list[str]]) -> None:
    statements, _unstated = said
    assert {each.measure for each in statements} == {"amount", "change", "share"}
    assert not list(disagreeing(statements))


def test_words_say_what_is_stated(said: tuple[list[Statement], list[str]]) -> None:
    wrong = [f"{each.page}: {why}" for each in said[0] if (why := misspoken(each))]
    assert not wrong


def test_no_change_or_share_is_said_in_words_alone(said: tuple[list[Statement], list[str]]) -> None:
    assert not said[1]
