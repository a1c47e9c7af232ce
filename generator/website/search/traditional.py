"""Traditional characters, as Hong Kong, Macao and Taiwan type them, told as those of the mainland.

Texts and queries are both told so: the index has one spelling of each. A browser is given only
the characters that something in its index is printed with.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.checked_files import checked_yaml

_FILE = Path(__file__).parent / "traditional.yaml"
_TABLE = str.maketrans(
    {
        traditional: simplified
        for row in checked_yaml(_FILE, list[tuple[str, str]])
        for traditional, simplified in zip(*row, strict=True)
    }
)


def simplified(text: str) -> str:
    """Return a text with the characters of the mainland."""
    return text.translate(_TABLE)


def traditional_of(characters: Iterable[str]) -> list[str]:
    """Return the traditional characters for those of an index, and in a second text theirs."""
    known = set(characters)
    pairs = [(chr(each), str(whose)) for each, whose in _TABLE.items() if whose in known]
    return ["".join(each) for each in zip(*pairs, strict=True)] or ["", ""]
