"""Pages as a browser prints them, and what can be measured of paper."""

from __future__ import annotations

import itertools
import logging
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pdfplumber
from playwright.sync_api import Page

from generator.meaning.characters import unified

# Of fonts that the browser draws itself it has nothing to say.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
#: Characters of one column stand so many of their heights one under the other.
_STACKED = (0.9, 1.9)


@dataclass(frozen=True)
class Paper:
    """What a page is on paper."""

    pdf: bytes

    @cached_property
    def sheets(self) -> list[dict[str, Any]]:
        """Of each sheet its size and its characters, in the order in which they were set."""
        with pdfplumber.open(BytesIO(self.pdf)) as opened:
            return [
                {"wide": page.width > page.height, "chars": _seen(page.chars)}
                for page in opened.pages
            ]

    @property
    def smallest(self) -> float:
        """The size of the smallest letters, in points."""
        return float(min(char["size"] for sheet in self.sheets for char in sheet["chars"]))

    @property
    def text(self) -> str:
        """All of its text without blanks, in one form of each character."""
        return squeezed("".join(char["text"] for sheet in self.sheets for char in sheet["chars"]))

    @property
    def stacked(self) -> list[str]:
        """What stands in columns of one character: three or more, one under the other."""
        return [
            "".join(run) for sheet in self.sheets for run in _runs(sheet["chars"]) if len(run) > 2
        ]


def paper(page: Page, address: str) -> Paper:
    """Print what is at an address."""
    page.goto(address)
    return Paper(page.pdf(prefer_css_page_size=True))


def squeezed(text: str) -> str:
    """A text without blanks, its characters in one form: fonts give some another code."""
    return "".join(unicodedata.normalize("NFKC", unified(text)).split())


def _seen(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [char for char in chars if char["text"].strip()]


def _runs(chars: list[dict[str, Any]]) -> Iterator[list[str]]:
    run: list[str] = []
    for before, char in itertools.pairwise(chars):
        below = (char["top"] - before["top"]) / char["size"]
        if abs(char["x0"] - before["x0"]) < 1 and _STACKED[0] < below < _STACKED[1]:
            run = [*(run or [before["text"]]), char["text"]]
        else:
            yield run
            run = []
    yield run
