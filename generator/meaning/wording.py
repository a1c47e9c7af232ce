"""Wording: how printed Chinese is compared, cleaned and joined again where it was wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# NFKC leaves these alone, but sources use them for one another.
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "－": "-"})
_NUMERAL = "一二三四五六七八九十百"
_ENUMERATOR = re.compile(
    rf"^(?:其中[:：]?)?\s*+(?:[（(]?[{_NUMERAL}]++[）)、.．]|[（(]?\d{{1,2}}[）)、.．])?\s*+"
)
_LATIN = re.compile(r"[A-Za-z]")
# （类） behind a name only says its level.
_LEVEL = re.compile(r"\([类款项]\)$")
_SENTENCE_END = re.compile(r"[。！？；]\s*+[”’）)]?\s*+$")

#: The most lines that a project's name was seen to take, and some to spare.
LONGEST_NAME = 6


@lru_cache(maxsize=65_536)  # headings and labels come again and again
def fold(text: str) -> str:
    """Reduce ``text`` to what matters in comparing: no spaces, no width, one kind of quotes."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_ALIKE)


def without_level(name: str) -> str:
    """Fold the name of a code, less the （类）, （款） or （项） that some print behind it."""
    return _LEVEL.sub("", fold(name))


def indent(text: str) -> int:
    """Count the full-width spaces at the start; ASCII spaces count for nothing."""
    start = text[: len(text) - len(text.lstrip())]
    return start.count("　")


def join(pieces: list[str]) -> str:
    """Join the lines of a wrapped cell: Chinese has no spaces, Latin words keep one."""
    joined: list[str] = []
    for piece in filter(None, (piece.strip() for piece in pieces)):
        if joined and _LATIN.match(joined[-1][-1]) and _LATIN.match(piece):
            joined.append(" ")
        joined.append(piece)
    return "".join(joined)


def shorten(text: str, most: int) -> str:
    """``text``, cut to ``most`` characters with … where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def strip_enumerator(label: str) -> str:
    """Drop ``一、``, ``（二）``, ``1.`` and ``其中：`` from the start of a label."""
    return _ENUMERATOR.sub("", label.strip(), count=1) or label.strip()


def is_enumerated(label: str) -> bool:
    """Tell whether a label begins with a number such as ``一、`` or ``（二）``."""
    stripped = re.sub(r"^其中[:：]?", "", label.strip())
    return strip_enumerator(stripped) != stripped


def canonical_unit(name: str) -> str:
    """Reduce a unit's name to what is the same in all tables of a disclosure.

    The unit itself may be printed ``…局``, ``…局本级`` or ``…局（本级）``; another
    may have an alias in brackets.
    """
    folded = re.sub(r"\([^()]*\)$", "", fold(name)) or fold(name)
    return folded.removesuffix("本级") or folded


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))


def name_start(texts: Sequence[str], indented: bool = True) -> int:
    """Where, in lines of a target followed by a name, the name begins: nothing marks it.

    The last indented line begins it if ``indented``; else it follows the last end of a sentence.
    """
    for start in range(len(texts) - 1, -1, -1):
        if indented and indent(texts[start]):
            return start
    for start in range(len(texts) - 1, 0, -1):
        if ends_sentence(texts[start - 1]):
            return start
    return 0
