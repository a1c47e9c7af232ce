"""What of a text can be looked up: pairs of characters, words, and numbers in one spelling.

`templates/assets/search-index.js` cuts a query in the same way; a change here is a change there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from generator.meaning.amounts import FACTORS, UNIT_PATTERN
from generator.website.search.traditional import simplified

CHINESE = "\u3007\u3400-\u9fff\U00020000-\U0003134f"
# “三公”经费 is found as 三公经费, and a name that is broken over lines as one name.
# The number of a heading is no part of its name: （三）公务接待费 is not to be found by 三公.
_NUMBERING = re.compile(r"\([一二三四五六七八九十]+\)")
_MARKS = re.compile(r"[“”‘’\"'()《》〈〉「」\[\]]")
_BROKEN = re.compile(rf"(?<=[{CHINESE}])\s+(?=[{CHINESE}])")
_PIECES = re.compile(
    rf"(?P<chinese>[{CHINESE}]+)|(?P<number>\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)?)|(?P<word>[a-z]+)"
)
_UNIT = re.compile(UNIT_PATTERN)
END = "$"
_LONGEST = 64  # characters of a word or a number


def plain(text: str) -> str:
    """Return a text without differences of typing.

    They are width, case, marks, brackets, numbering, traditional characters.
    """
    typed = simplified(unicodedata.normalize("NFKC", text).lower())
    return _BROKEN.sub("", _MARKS.sub("", _NUMBERING.sub(";", typed)))


def tokens(text: str) -> set[str]:
    """Return the tokens of a text.

    Of Chinese, each character with its follower (`END` after the last), so that every part of a
    name is found without a dictionary, and a single character as the beginning of a pair.
    """
    flat = plain(text)
    return {t for piece in _PIECES.finditer(flat) for t in _tokens_of(piece, flat)}


def number_token(number: str) -> str:
    """Return a number in its one spelling: `2,345.80` and `2345.8` are the same."""
    whole, _, decimals = number.replace(",", "").lstrip("-−").partition(".")
    decimals = decimals.rstrip("0")
    return f"={whole.lstrip('0') or '0'}{'.' if decimals else ''}{decimals}"


def yuan_token(yuan: Decimal) -> str:
    """Return the number token of an amount in yuan."""
    return number_token(f"{abs(yuan):f}")


def code_tokens(code: str) -> set[str]:
    """Return the tokens of a code: itself, and the classes and sections that it is below."""
    return {f"#{code}", *(f"#{code[:digits]}" for digits in (3, 5, 7) if digits < len(code))}


def _tokens_of(piece: re.Match[str], flat: str) -> Iterator[str]:
    found = piece.group()
    if piece.lastgroup == "chinese":
        yield from (a + b for a, b in zip(found, found[1:] + END, strict=True))
    elif piece.lastgroup == "word" or len(found) > _LONGEST:
        yield found[:_LONGEST]
    else:
        unit = _UNIT.match(flat, piece.end())
        if found.isdigit():
            yield found
        # 5个 is no amount: a whole number is one only with its unit.
        if unit or not found.isdigit():
            yield number_token(found)
        if unit:
            yield yuan_token(Decimal(found.replace(",", "")) * FACTORS[unit.group()])
