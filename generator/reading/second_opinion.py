"""A second opinion: pdfplumber's own finding of tables, asked where our reading is in doubt.

It shares nothing with ours but the file: other characters, other edges, other cells. It is slow, so
only a disclosure with a contradiction or an unread table is put before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from generator.meaning.characters import unified, without_forbidden
from generator.meaning.wording import join
from generator.models import Line

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table


def plumbed_lines(data: bytes) -> tuple[Line, ...]:
    """The lines and table rows of a PDF as pdfplumber finds them, from top to bottom."""
    import pdfplumber  # takes a while to import, and most disclosures never need it

    placed: list[tuple[int, float, str]] = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            tables = page.find_tables()
            placed += _text(page, tables)
            placed += [row for table in tables for row in _rows(page.page_number, table)]
            page.close()
    placed.sort(key=lambda line: line[:2])
    return tuple(
        Line(number, page, without_forbidden(unified(text)))
        for number, (page, _, text) in enumerate(placed, start=1)
    )


def _rows(page: int, table: Table) -> Iterator[tuple[int, float, str]]:
    for row, cells in zip(table.rows, table.extract(), strict=True):
        texts = [join((cell or "").split("\n")) for cell in cells]
        yield page, row.bbox[1], "\t".join(texts)


def _text(page: Page, tables: list[Table]) -> Iterator[tuple[int, float, str]]:
    """The lines that stand in no table."""
    outside = page
    for table in tables:
        outside = outside.outside_bbox(table.bbox, strict=False)
    for line in outside.extract_text_lines(return_chars=False):
        yield page.page_number, line["top"], line["text"]
