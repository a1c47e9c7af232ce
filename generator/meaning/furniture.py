"""Page furniture: what is printed around tables and is not data."""

from __future__ import annotations

import re

from generator.meaning.amounts import UNITS, is_decimal
from generator.meaning.wording import fold
from generator.models import Line

_UNIT = re.compile(r"(?:金额)?单位[:：]\s*+(?:人民币)?\s*+([千百万亿]{0,2}元)")
_ANY_UNIT = re.compile(
    r"^\s*(?:金额)?单位[:：]\s*([^\s:：，。、；]{0,5}[元币圆])\s*(?=$|单位名称[:：]|部门[:：])"
)
_NAME = re.compile(
    r"(?:单位名称|部门名称|编制单位|编制部门|公开部门|填报单位|部门|预算单位)[:：]\s*([^\s:：，。、；]+?)\s*(?=单位[:：]|金额单位|$|\s)"
)
_IN_SENTENCE = re.compile(r"[，。；、]")
_LABEL = re.compile(r"^(?:附|公开)?表?(?:表\d{1,2}|(?:财决)?公开\d{1,2}表|附件\d*)(?:[-—]\d+)?$")
#: One of these stands in all furniture but labels.
_SIGNS = ("：", ":", "公开")
_NATIONAL_LABEL = re.compile(r"(?:财决)?公开\s*\d{1,2}\s*表")

#: Without blanks inside: dashes apart from a number are cells that hold nothing.
_IN_DASHES = re.compile(r"(?<!\S)[-—–]{1,2}\d{1,3}[-—–]{1,2}(?!\S)")


#: With blanks inside: a page number where dashes are not how the table writes an empty cell.
_SPACED_DASHES = re.compile(r"(?<!\S)[-—–]\s\d{1,3}\s[-—–](?!\S)")


def has_spaced_page_number(text: str) -> bool:
    """Tell whether a number stands between two dashes apart from it: ``- 12 -``."""
    return bool(_SPACED_DASHES.search(text))


_PAGE_DIGITS = 3
#: A number before a name: a page's, where the other rows of the table begin with names.
_BEFORE_NAME = re.compile(r"^[ \t]*\d{1,2} [ 　]*[一-鿿【\[（(]")


def begins_with_page_number(text: str) -> bool:
    """Tell whether a line begins with a number of few digits before a name, or before amounts.

    Of amounts that all have decimals but the first, the first is none of them.
    """
    first, *rest = text.split() or [""]
    number = first.isdecimal() and len(first) <= _PAGE_DIGITS
    before_amounts = number and len(rest) > 1 and all(map(is_decimal, rest))
    return before_amounts or bool(_BEFORE_NAME.match(text))


def has_page_number(text: str) -> bool:
    """Tell whether a page number in dashes stands somewhere on a line."""
    return bool(_IN_DASHES.search(text))


def is_bare_number(text: str) -> bool:
    """Tell whether a line is a number of a page, or of anything, but no code: these are longer."""
    plain = text.strip()
    return len(plain) <= 2 and plain.isdecimal()


def printed_unit(text: str) -> str:
    """The unit that a line of furniture names (万元 …), or an empty text."""
    match = "单位" in text and (_UNIT.search(text) or _ANY_UNIT.search(text))
    return match.group(1) if match else ""


def printed_name(text: str) -> str:
    """The department that a line of furniture names, or an empty text; a sentence names none."""
    match = _NAME.search(text) if "：" in text or ":" in text else None
    sentence = match is not None and bool(_IN_SENTENCE.search(text, 0, match.start()))
    return match.group(1) if match and not sentence else ""


def is_known_unit(unit: str) -> bool:
    """Tell whether ``unit`` is one that amounts can be computed in."""
    return unit in UNITS


def is_label(text: str) -> bool:
    """Tell whether a line only numbers a table: ``表1``, ``表 12``, ``公开01表``, ``附表1``."""
    return bool(_LABEL.match(fold(text)))


def is_furniture(line: Line) -> bool:
    """Tell whether a line is furniture: unit, department, page number or the table's number."""
    stripped = line.text.strip()
    if not stripped or line.page_number or is_label(stripped):
        return bool(stripped)
    if not any(sign in stripped for sign in _SIGNS):
        return False
    rest = _NATIONAL_LABEL.sub("", stripped)
    rest = _NAME.sub("", _UNIT.sub("", _ANY_UNIT.sub("", rest.strip())))
    return not rest.strip(" 　:：") and rest != stripped
