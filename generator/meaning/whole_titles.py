"""Titles of tables of everything: what else one says makes it the table of a part.

``支出预算表`` is of all expenditure, ``住房公积金支出预算表`` is not, nor is any with a word that
nobody knows. Before it may stand who discloses, and around it words that say nothing of amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_YEAR = re.compile(
    r"(?:19|20)\d\d年?度?|20[xX×]{2}年?度?|二[〇○零][一二三四五六七八九〇○零]{2}年?度?"
)
_NUMBER = re.compile(
    r"^(?:附?表?[一二三四五六七八九十\d]{1,3}(?:[-—]\d{1,2})?[:：、.])|\(续表?\)|[-—]?续表?$"
)
_MARKS = re.compile(r"[()\[\]《》“”\"'、,，:：;；/—\-_.·+* \d]")
#: How the names of bodies end, of which a title may begin with one.
_BODY = re.compile(
    r"^.*(?:局|委|委员会|办|办公室|办公厅|厅|部|院|署|会|中心|馆|站|所|队|处|政府|机关|学校|中学|小学|大学|医院|集团|公司|社|台"
    r"|团|园|校|街道|镇|乡|人大|政协|法庭|监狱|室|基地|组|行|库|区|总工会|中专|党校)$"
)


def said_besides(title: str, meant: Sequence[str], silent: Sequence[str]) -> str:
    """What a folded title says besides the words that it is known by; blank where nothing."""
    plain = _YEAR.sub("", _NUMBER.sub("", title))
    first = min((plain.find(word) for word in meant if word in plain), default=-1)
    if first < 0:
        return ""
    before, after = plain[:first], plain[first:]
    for word in meant:
        after = after.replace(word, "", 1)
    who = _without_end(_MARKS.sub("", before), silent)
    rest = "" if _BODY.match(who) else who
    for word in sorted(silent, key=len, reverse=True):
        after = after.replace(word, "")
    return rest + _MARKS.sub("", after)


def _without_end(text: str, silent: Sequence[str]) -> str:
    """A text without the words at its end that say nothing."""
    while found := next((word for word in silent if text.endswith(word)), ""):
        if _BODY.match(text):
            break
        text = text.removesuffix(found)
    return text
