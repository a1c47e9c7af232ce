"""Statements of prose in the wordings of many places: each figure says what it is known to say."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.hypothesis_profile import examples
from tests.made_statements import Paragraph, Said, explanations
from tests.test_prose import read_prose


def _said(paragraphs: list[Paragraph]) -> list[Said]:
    read = read_prose("budget", "2025", "\n".join(f"　　{each.text}" for each in paragraphs))
    return [
        (s.subject, s.measure, s.base, s.direction, s.printed, s.printed_unit, s.reason)
        for s in read.disclosure.statements
        if s.measure != "mentioned"
    ]


@pytest.mark.hypothesis
@examples(25)
@given(explanations())
def test_each_figure_says_what_it_is_known_to_say(paragraphs: list[Paragraph]) -> None:
    assert _said(paragraphs) == [said for each in paragraphs for said in each.said]
