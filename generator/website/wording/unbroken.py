"""Keeps a number and its unit in one piece: a line may otherwise end between 4,417.50 and 万元."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_TAG = re.compile(r"(<[^>]*>)")
_NUMBER = r"[−-]?\d[\d,]*(?:\.\d+)?"
_CHINESE = r" ?(?:亿|百万|万|千)?元|(?<=\d{4})年"
_ENGLISH = r"(?: million| billion)? yuan\b"
_AMOUNT = re.compile(rf"(?<![\d.,]){_NUMBER}(?:{_CHINESE}|{_ENGLISH})")


def unbroken(text: str) -> Markup:
    """Wrap each amount and year in a span that no line breaks; tags stay as they are."""
    pieces = _TAG.split(str(escape(text)))  # every other one is a tag
    pieces[::2] = map(in_one_piece, pieces[::2])
    return Markup("".join(pieces))


def in_one_piece(escaped: str) -> str:
    """Wrap each amount and year of a text without tags."""
    return _AMOUNT.sub(r'<span class="whole">\g<0></span>', escaped)
