"""Lines that only number the columns of a table: ``栏次 1 2 3``, ``** 1 2``, ``1=2+3 2 3``."""

from __future__ import annotations

import re

# No table has more columns than a number of three digits counts.
_LONGEST_NUMBER = 3
_ORDINALS = re.compile(r"^(?:栏次|\*++)?(?:\d|栏次|行次|\*\*|[A-Z])++$")
# A column that is computed from others says so beside its number.
_FORMULA = re.compile(r"(?<=\d)栏?=\(?\d[\d+\-()栏]*$")


def is_ordinals(text: str) -> bool:
    """Tell whether a line only numbers the columns of a table."""
    if "." in text or "," in text:
        return False  # amounts, as in most rows
    tokens = [_FORMULA.sub("", token) for token in text.split()]
    if not tokens or not _ORDINALS.match("".join(tokens)):
        return False
    if any(len(token) > _LONGEST_NUMBER and token.isdigit() for token in tokens):
        return False
    numbers = [int(token) for token in tokens if token.isdecimal()]
    counted = "栏" in text or "*" in text
    return (
        bool(numbers)
        and (counted or len(numbers) > 2)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] == 1
    )
