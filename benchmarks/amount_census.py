"""Which amounts the pages of a PDF print, counted without the reader: by PDFium's text layer.

It shares no code with ``generator`` and knows no cell, table or column. Only pages with ruled lines
are counted. An amount is a word of its own with decimals, or with commas between thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_WHOLE = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)"
_AMOUNT = re.compile(rf"{_WHOLE}\.\d+|-?\d{{1,3}}(?:,\d{{3}})+")
# Amounts of two decimals that the text layer has without a blank between them.
_SIDE_BY_SIDE = re.compile(rf"(?:{_WHOLE}\.\d\d){{2,}}")
_TWO_DECIMALS = re.compile(rf"{_WHOLE}\.\d\d")
_ANYWHERE = re.compile(rf"(?<![\d.])(?<!\d,)(?:{_AMOUNT.pattern})(?![\d,.]*\d)")
#: A page has a ruled table if so many of its lines and boxes are longer than this, in points.
_LEAST, _LONG = 4, 20.0
_DEEPEST = 5


def amounts_by_page(path: Path) -> Mapping[int, Counter[str]]:
    """The amounts of each page with a ruled table, by its number from 1."""
    found = {}
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            if _is_ruled(page):
                text = page.get_textpage().get_text_range()
                found[number + 1] = Counter(amounts_in(text))
            page.close()
    return found


def amounts_in(text: str) -> Iterator[str]:
    """The amounts among the words of a text."""
    for word in unicodedata.normalize("NFKC", text).split():
        if _AMOUNT.fullmatch(word):
            yield word
        elif _SIDE_BY_SIDE.fullmatch(word):
            yield from _TWO_DECIMALS.findall(word)


def amounts_within(text: str) -> Iterator[str]:
    """The amounts in a text, whatever stands around them: 共100.00万元."""
    yield from _ANYWHERE.findall(unicodedata.normalize("NFKC", text))


def _is_ruled(page: pypdfium2.PdfPage) -> bool:
    lines = 0
    for each in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=_DEEPEST):
        left, bottom, right, top = each.get_bounds()
        lines += max(right - left, top - bottom) > _LONG
        if lines >= _LEAST:
            return True
    return False
