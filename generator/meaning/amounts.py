"""Amounts as printed: what is one, what looks like one and is not, and what only tries to be."""

from __future__ import annotations

import re
from decimal import Context, Decimal

# ASCII digits only: those of other scripts are reported as what they are, nearly amounts.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_AMOUNT = re.compile(rf"^-?{_DIGITS}(?:\.\d+)?$", re.ASCII)
_DECIMAL = re.compile(rf"^-?{_DIGITS}\.\d+$", re.ASCII)
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$", re.ASCII)
# Mostly digits, points and commas, but not an amount: 1.234.56, 12,3.4, 1O.00.
_NEARLY = re.compile(r"^-?(?=.*[.,，．])[\d.,，．%％*?？#×a-zA-Z]*\d[\d.,，．%％*?？#×a-zA-Z]*$")

#: How many yuan each printed unit is.
FACTORS = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
UNITS = tuple(FACTORS)
#: Any of them as a pattern, 百万元 before the 万元 in it.
UNIT_PATTERN = "|".join(sorted(UNITS, key=len, reverse=True))
#: What each printed unit is called in English.
UNITS_ENGLISH = {
    "元": "yuan",
    "千元": "thousand yuan",
    "万元": "ten thousand yuan",
    "百万元": "million yuan",
    "亿元": "hundred million yuan",
}
#: More digits than any printed amount, so that no computation rounds.
EXACT = Context(prec=200)


def is_amount(token: str) -> bool:
    """Tell whether ``token`` is an amount or a whole number; thousands may be separated."""
    return bool(_AMOUNT.match(token))


def is_decimal(token: str) -> bool:
    """Tell whether ``token`` is an amount with decimals, which no code or line number has."""
    return bool(_DECIMAL.match(token))


def is_code(token: str) -> bool:
    """Tell whether ``token`` has the digits of a classification code: 3, 5 or 7 of them."""
    return bool(_CODE.match(token))


def is_nearly_amount(token: str) -> bool:
    """Tell whether ``token`` was meant as an amount but is not one, such as ``1,5a6.29``."""
    return (
        not is_amount(token)
        and bool(_NEARLY.match(token))
        and sum(character.isdigit() for character in token) >= 2
    )


def to_decimal(printed: str) -> Decimal:
    """Give the exact value of a printed amount, in its printed unit."""
    return Decimal(printed.replace(",", ""))


def to_yuan(printed: str, unit: str) -> Decimal:
    """Give a printed amount in exact yuan; never fewer than two decimals.

    Raises KeyError where ``unit`` is not one of ``UNITS``.
    """
    yuan = EXACT.multiply(to_decimal(printed), FACTORS[unit])
    exponent = yuan.normalize(EXACT).as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return yuan.quantize(Decimal(1).scaleb(-places), context=EXACT)
