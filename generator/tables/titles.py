"""Titles of tables: a known one, with what is printed around it on the same line."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.])?"
_NUMBERED = rf"(?:附?表\d{{1,2}}[:、.]?)?{_NUMBER}"
_BODY = "局|委|办|厅|部|院|署|会|中心|室|馆|站|所|队|处|政府|机关|学校"
_PREFIX = re.compile(
    rf"^{_NUMBERED}(?:.{{0,40}}?\d{{4}}年(?:度)?)?"
    rf"(?:[^\d,，。；;:：]{{2,30}}(?:{_BODY}))?(?:部门|单位)?$"
)
# Lines that are joined must not bring text of their own with them.
_WRAPPED_PREFIX = re.compile(rf"^{_NUMBERED}(?:\d{{4}}年度?)?$")
_LABEL = r"(?:财决)?公开\d{1,2}表"
_LABELLED = re.compile(rf"^{_LABEL}|\(?{_LABEL}\)?$|\(续表?\)$")
_LEADERS = re.compile(r"(?<![.·])[.·]{3,}+\d*+$")


class KnownTitles:
    """Titles of tables that are looked for, and the characters in which any of them ends."""

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = tuple(titles)
        self.endings = frozenset(title[-1] for title in self.titles)


def known_title(text: str, known: KnownTitles, lines: int = 1) -> str:
    """The one of the titles that the folded ``text`` of so many lines is, or an empty text.

    Its number, label and year are left out of account, and, on one line, the department.
    """
    # One of the two stands in whatever the pattern finds: what has none need not be searched.
    plain = _LABELLED.sub("", text) if "公开" in text or "续" in text else text
    titles = known.titles
    if plain[-1:] not in known.endings or not plain.endswith(titles):
        return ""
    if plain in titles:
        return plain
    best = max((title for title in titles if plain.endswith(title)), key=len, default="")
    prefix = _PREFIX if lines == 1 else _WRAPPED_PREFIX
    return best if best and prefix.match(plain[: -len(best)]) else ""


def listed_title(text: str, known: KnownTitles) -> str:
    """The title that an entry of a list of contents names, leaders and page number left out."""
    return known_title(_LEADERS.sub("", text), known)
