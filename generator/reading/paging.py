"""Lines and pages of a text: where page breaks can be seen, and where they cannot.

A text extracted from a PDF shows its page breaks in one of three ways: a form feed; a page number
on a line of its own; or a line that begins with one ASCII space right under a line of text, where
the extractor otherwise leaves an empty line between lines.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.models import Line

_PAGE_NUMBER = re.compile(r"^\s*(?:[-—–]{1,2}\s*\d{1,3}\s*[-—–]{1,2}|第\s*\d{1,3}\s*页)\s*$")
_NEW_PAGE = re.compile(r"^ (?=\S|　)")


def split_lines(text: str) -> list[str]:
    """Split on CRLF, CR and LF only: other separators of Unicode may stand inside a cell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def number_pages(texts: list[str]) -> tuple[Line, ...]:
    """Number the lines from 1 and give each its page; None for all if no break can be seen."""
    page, lines = 1, []
    spaced = _mostly_spaced(texts)
    ended = False
    for index, text in enumerate(texts):
        previous = texts[index - 1] if index else ""
        if text.startswith("\f") or (ended and text.strip()):
            page, ended = page + 1, False
        elif spaced and previous.strip() and _NEW_PAGE.match(text):
            page += 1
        ended = ended or bool(_PAGE_NUMBER.match(text))
        plain = text.replace("\f", "")
        lines.append(Line(index + 1, page, plain, page_number=is_page_number(plain)))
    if page == 1:
        return tuple(replace(line, page=None) for line in lines)
    return tuple(lines)


def is_page_number(text: str) -> bool:
    """Tell whether a line holds nothing but a page number in dashes or words."""
    return bool(_PAGE_NUMBER.match(text))


def _mostly_spaced(texts: list[str]) -> bool:
    """Tell whether empty lines stand between most lines, so that a missing one means something."""
    return sum(1 for text in texts if not text.strip()) * 3 > len(texts)
