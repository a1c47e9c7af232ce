"""Amounts as printed: what one is worth, what only looks like one, and what only tries to be.

``read_amount`` is the one place that says what a print is worth; it has no opinion where a person
would doubt. What stands on the page stays with the amount: only its worth is normalised.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

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
#: More characters than any printed amount; what is longer is none.
LONGEST_AMOUNT = 60

# The digits that are ASCII ones but for their looks: full-width, mathematical, segmented. Those of
# other scripts, ① and ½ are not: they are reported as what they are.
_ALIKE_DIGITS = (*range(0xFF10, 0xFF1A), *range(0x1D7CE, 0x1D800), *range(0x1FBF0, 0x1FBFA))
#: Digits of other looks as ASCII ones; one character for one.
DIGITS = {code: unicodedata.normalize("NFKC", chr(code)) for code in _ALIKE_DIGITS}
#: All the signs that sources print for a minus.
MINUS_SIGNS = "-‐‑‒–—―−﹣－"
_MARKS = (
    DIGITS
    | dict.fromkeys(map(ord, MINUS_SIGNS), "-")
    | str.maketrans("．﹒，﹐（）﹙﹚＋﹢＊﹡￥＇’／", "..,,()()++**¥''/")
    # What is not seen: zero-width spaces and joiners, soft hyphens, marks of direction.
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"), "")
    # Spaces of all widths.
    | dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
)

_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})++"
_AMOUNT = re.compile(rf"-?(?:{_GROUPED}|[0-9]++)(?:\.[0-9]++)?")
_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")
_BLANK = re.compile(r"-{1,4}|/{1,2}|无|…{1,2}|\.{3}")
# The mark of a footnote, which by its looks is no part of an amount.
_FOOTNOTE = (
    r"(?:\*{1,3}|[\[［〔【][0-9]{1,2}[\]］〕】]|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]|[①-⑳])"
)
# Around the digits: sign and currency, brackets, footnotes, unit.
_WORN = re.compile(
    rf"(?P<before>{_FOOTNOTE} ?)?(?P<open>\()?(?P<sign>[-+▲△])?¥? ?(?P<digits>[0-9.,' ]++)"
    rf"(?P<minus>-)?(?P<close>\))?(?P<behind> ?{_FOOTNOTE})? ?(?P<unit>{UNIT_PATTERN})?"
)
_CURRENCY_FIRST = re.compile(r"¥ ?(?=[-+▲△(])")
_POINT = r"(?:\.[0-9]++)"
# How digits are grouped and pointed; each gives the separators that are not the point.
_WRITTEN = (
    (re.compile(rf"(?:{_GROUPED}|[0-9]++){_POINT}?"), ","),
    (re.compile(rf"{_POINT}"), ""),
    (re.compile(rf"[0-9]{{1,3}}(?:'[0-9]{{3}})++{_POINT}?"), "'"),
    # Of two amounts side by side each would have its decimals.
    (re.compile(rf"[1-9][0-9]{{0,2}}(?: [0-9]{{3}})++{_POINT}"), " "),
    # No amount begins with a nought of thousands.
    (re.compile(r"[1-9][0-9]{0,2}(?: 0[0-9]{2})++"), " "),
)
# Where both marks stand the last one is the point, if it has the decimals of money behind it.
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})++,[0-9]{1,2}")
_BESIDE_MARK = re.compile(r"(?<=[.,]) | (?=[.,])")
# Set wide, each character apart; a point among them says that it is one amount.
_SPACED_OUT = re.compile(r"[0-9](?: [0-9.,])++")
_TRIES = frozenset("0123456789.,，．%％*?？#×")
_NOT_PLAIN = re.compile(r"[^0-9.,-]")
# The same amounts and words come again and again.
_remembered = lru_cache(maxsize=65_536)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a print is worth: ``plain`` is it as Python and CSV write it, thousands unseparated.

    ``plain`` is None where the print is a ``blank``, or no amount at all. ``unit`` is the one that
    stands beside the digits.
    """

    plain: str | None = None
    unit: str = ""
    blank: bool = False


@_remembered
def read_amount(printed: str) -> Worth:
    """Say what the text of a cell is worth; spaces within it belong to one amount or to none."""
    text = printed.strip().translate(_MARKS).strip()
    if len(text) > LONGEST_AMOUNT:
        return Worth()
    if _AMOUNT.fullmatch(text):
        return Worth(text.replace(",", ""))
    if not text or _BLANK.fullmatch(text):
        return Worth(blank=True)
    worn = _WORN.fullmatch(_CURRENCY_FIRST.sub("", text, count=1))
    digits = _digits(worn["digits"].strip()) if worn else None
    if worn is None or digits is None:
        return Worth()
    sign = _sign(worn, digits)
    return Worth() if sign is None else Worth(sign + digits, worn["unit"] or "")


def _sign(worn: re.Match[str], digits: str) -> str | None:
    """The one sign of an amount; None where it has two, or where (1) or 1- may be a number."""
    brackets, sign, minus = worn["open"], worn["sign"], worn["minus"]
    if bool(brackets) != bool(worn["close"]) or sum(map(bool, (brackets, sign, minus))) > 1:
        return None
    marked = worn["before"] or (worn["behind"] or "").strip("* ")
    if (brackets or minus or marked) and "." not in digits and len(digits) < len("100"):
        return None
    return "" if sign == "+" or not (brackets or sign or minus) else "-"


def _digits(text: str) -> str | None:
    """Digits without what groups them; None where it is not certain what they say."""
    if _SPACED_OUT.fullmatch(text) and "." in text:
        text = text.replace(" ", "")
    text = _BESIDE_MARK.sub("", text)
    for pattern, separator in _WRITTEN:
        if pattern.fullmatch(text):
            plain = text.replace(separator, "") if separator else text
            return f"0{plain}" if plain.startswith(".") else plain
    if _EUROPEAN.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return None


@_remembered
def is_amount(token: str) -> bool:
    """Tell whether a word of running text is an amount; of other looks only with its decimals."""
    if not _NOT_PLAIN.search(token):
        return len(token) <= LONGEST_AMOUNT and bool(_AMOUNT.fullmatch(token))
    return is_decimal(token)


@_remembered
def is_decimal(token: str) -> bool:
    """Tell whether ``token`` is an amount with decimals, which no code or line number has."""
    worth = read_amount(token)
    return worth.plain is not None and "." in worth.plain and not worth.unit


def is_dash(token: str) -> bool:
    """Tell whether ``token`` is a dash, as running text prints it where there is no amount."""
    return 0 < len(token) <= 4 and all(each in MINUS_SIGNS for each in token)


def is_code(token: str) -> bool:
    """Tell whether ``token`` has the digits of a classification code: 3, 5 or 7 of them."""
    return bool(_CODE.fullmatch(token))


def is_nearly_amount(token: str) -> bool:
    """Tell whether ``token`` was meant as an amount but is not one, such as ``1,5a6.29``."""
    body = token.removeprefix("-")
    return (
        len(token) <= LONGEST_AMOUNT
        and any(mark in body for mark in ".,，．")
        and all(each in _TRIES or (each.isascii() and each.isalpha()) for each in body)
        and sum(character.isdigit() for character in body) >= 2
        and not is_amount(token)
    )


@_remembered
def decimals(printed: str) -> int:
    """How many decimals an amount is printed with."""
    return len((read_amount(printed).plain or "").partition(".")[2])


@_remembered
def to_decimal(printed: str) -> Decimal:
    """Give the exact value of a printed amount, in its printed unit.

    Raises ValueError where it is no amount.
    """
    plain = read_amount(printed).plain
    if plain is None:
        raise ValueError(f"{printed!r} is no amount")
    return Decimal(plain)


@_remembered
def to_yuan(printed: str, unit: str) -> Decimal:
    """Give a printed amount in exact yuan; never fewer than two decimals.

    Raises KeyError where ``unit`` is not one of ``UNITS``, ValueError where it is no amount.
    """
    yuan = EXACT.multiply(to_decimal(printed), FACTORS[unit])
    exponent = yuan.normalize(EXACT).as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return yuan.quantize(Decimal(1).scaleb(-places), context=EXACT)
