"""Lines and pages of a text: where page breaks can be seen, and where they cannot.

A text extracted from a PDF shows its page breaks in one of three ways: a form feed; a page number
on a line of its own; or a line that begins with one ASCII space right under a line of text, where
the extractor otherwise leaves an empty line between lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from generator.models import Line

_PAGE_NUMBER = re.compile(r"^\s*(?:[-—–]{1,2}\s*\d{1,3}\s*[-—–]{1,2}|第\s*\d{1,3}\s*页)\s*$")
#: A page and how many there are, without blanks: 第3页共30页, Page3of30, 3/30.
_OF_ALL = re.compile(
    r"[-—–]{0,2}(?:第|page)?(?P<page>\d{1,3})页?(?:[,，、/／]?共|of|[/／])(?P<all>\d{1,3})页?[-—–]{0,2}",
    re.IGNORECASE,
)
_ALL_FIRST = re.compile(r"共(?P<all>\d{1,3})页[,，、/／]?第(?P<page>\d{1,3})页")
_BARE = re.compile(r"[\s\d/／]*")
_LONGEST = 40
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
    counted = _counts_up(texts)
    for index, text in enumerate(texts):
        previous = texts[index - 1] if index else ""
        if text.startswith("\f") or (ended and text.strip()):
            page, ended = page + 1, False
        elif spaced and previous.strip() and _NEW_PAGE.match(text):
            page += 1
        plain = text.replace("\f", "")
        is_number = is_page_number(plain) and (counted or not _BARE.fullmatch(plain))
        ended = ended or is_number
        lines.append(Line(index + 1, page, plain, page_number=is_number))
    if page == 1:
        return tuple(replace(line, page=None) for line in lines)
    return tuple(lines)


def is_page_number(text: str) -> bool:
    """Tell whether a line holds nothing but a page number in dashes or words, or of how many."""
    return bool(_PAGE_NUMBER.match(text)) or page_of_all(text) is not None


def page_of_all(text: str) -> tuple[int, int] | None:
    """The page and how many there are, where a line holds nothing else and they fit."""
    plain = "".join(text.split()) if len(text) <= _LONGEST else ""
    found = _OF_ALL.fullmatch(plain) or _ALL_FIRST.fullmatch(plain)
    if found is None:
        return None
    page, total = int(found["page"]), int(found["all"])
    return (page, total) if 1 <= page <= total else None


def _counts_up(texts: list[str]) -> bool:
    """Whether all lines like 3/30 count up to one number; else they may be figures of a text."""
    found = [page_of_all(text) for text in texts if _BARE.fullmatch(text)]
    pages = [each for each in found if each]
    rises = all(one[0] < other[0] for one, other in pairwise(pages))
    return rises and len({total for _, total in pages}) == 1


def _mostly_spaced(texts: list[str]) -> bool:
    """Tell whether empty lines stand between most lines, so that a missing one means something."""
    return sum(1 for text in texts if not text.strip()) * 3 > len(texts)
