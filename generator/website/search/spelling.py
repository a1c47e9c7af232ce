"""Names in pinyin, whole and by initials, as people type who do not change to Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.website.search.search_tokens import CHINESE, plain

_CHINESE = re.compile(f"[{CHINESE}]+")
# 广州市海珠区政务服务局 is also called 海珠区政务服务局 and 政务服务局.
_PLACE = re.compile("[省市区县]")
_SHORTEST, _LONGEST = 3, 30  # characters


@lru_cache(maxsize=20_000)
def spelled(name: str) -> frozenset[str]:
    """Return the tokens of a name's pinyin: `gongwujiedaifei` and `gwjdf`."""
    whole = "".join(_CHINESE.findall(plain(name)))
    names = {whole, *(whole[place.end() :] for place in _PLACE.finditer(whole))}
    return frozenset().union(*(_spelled(each) for each in names))


def initials(name: str) -> str:
    """Return the initials by which a whole name is found, `gwjdf`; nothing of one that has none."""
    whole = "".join(_CHINESE.findall(plain(name)))
    return min(_spelled(whole), key=len, default="")


def _spelled(name: str) -> set[str]:
    if not _SHORTEST <= len(name) <= _LONGEST:
        return set()
    from pypinyin import lazy_pinyin  # slow to load

    syllables = [each for each in lazy_pinyin(name) if each.isascii() and each.isalpha()]
    return {"".join(syllables)[:64], "".join(each[0] for each in syllables)}
