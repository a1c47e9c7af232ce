"""Cells and characters of a PDF as plain pdfplumber finds them, without ``generator``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page

Row = tuple[str, ...]


def plain(text: str | None) -> str:
    """A text without spaces, full-width ones included, and without line breaks."""
    return re.sub(r"\s", "", text or "")


@dataclass(frozen=True)
class PlainPage:
    """The rows of all tables of a page, from top to bottom, and its characters with their boxes."""

    rows: tuple[Row, ...]
    chars: tuple[tuple[float, float, str], ...]

    def inside(self, x0: float, top: float, x1: float, bottom: float) -> str:
        """The characters whose middles lie in a box, line by line."""
        found = [char for char in self.chars if x0 <= char[0] <= x1 and top <= char[1] <= bottom]
        return plain("".join(text for _, _, text in _in_reading_order(found)))


def _in_reading_order(
    chars: Sequence[tuple[float, float, str]],
) -> Iterator[tuple[float, float, str]]:
    lines: list[list[tuple[float, float, str]]] = []
    for char in sorted(chars, key=lambda each: each[1]):
        if lines and char[1] - lines[-1][-1][1] <= 3:
            lines[-1].append(char)
        else:
            lines.append([char])
    for line in lines:
        yield from sorted(line)


def plain_pages(path: Path) -> list[PlainPage]:
    """All pages of the PDF at ``path``."""
    pages = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            pages.append(PlainPage(tuple(_rows(page)), tuple(_chars(page))))
            page.close()
    return pages


def _rows(page: Page) -> Iterator[Row]:
    for table in page.find_tables():
        for row in table.extract():
            yield tuple(plain(cell) for cell in row)


def _chars(page: Page) -> Iterator[tuple[float, float, str]]:
    for char in page.chars:
        middle = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        yield (*middle, char["text"])
