"""How an amount is said to a person: 亿元, 万元 or 元, shares, and the direction of a change.

Amounts are exact `Decimal` yuan; rounding happens only here, half up, and only for reading.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

HUNDRED_MILLION = Decimal(100_000_000)
TEN_THOUSAND = Decimal(10_000)
CENT = Decimal("0.01")


def said(yuan: Decimal) -> str:
    """Say an amount in the unit a person would use, such as `4,417.50万元` or `10.18亿元`."""
    size = abs(yuan)
    if size == 0:
        return "0元"
    # 9,999.995 万元 would round to 10,000.00 万元: it is said as 1.00 亿元 instead.
    if size >= HUNDRED_MILLION - TEN_THOUSAND * CENT / 2:
        return f"{grouped(yuan / HUNDRED_MILLION)}亿元"
    # Disclosures print 万元 with two decimals: what those say exactly stays in 万元, even 0.40.
    if size >= TEN_THOUSAND or size % 100 == 0:
        return f"{grouped(yuan / TEN_THOUSAND)}万元"
    return f"{grouped(yuan).removesuffix('.00')}元"


def in_ten_thousands(yuan: Decimal) -> str:
    """Write an amount for a column of 万元: two decimals, or exactly where those would say 0."""
    if yuan and abs(yuan) < TEN_THOUSAND * CENT / 2:
        return f"{(yuan / TEN_THOUSAND).normalize():f}".replace("-", "−")
    return grouped(yuan / TEN_THOUSAND)


def grouped(number: Decimal) -> str:
    """Write a number with two decimals, thousands separators and a true minus sign."""
    return f"{number.quantize(CENT, ROUND_HALF_UP):,}".replace("-", "−")


def as_printed(text: str) -> str:
    """Add thousands separators to a package's plain number, keeping its decimals as they are."""
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}" if whole.isascii() and whole.isdigit() else text


def share_said(part: Decimal, whole: Decimal) -> str:
    """Say a share with one decimal; a share that is not quite nothing or not quite all is said so.

    Returns "" where the share means nothing: a whole of zero, or a part outside it.
    """
    if whole <= 0 or part < 0 or part > whole:
        return ""
    share = (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if part and share < Decimal("0.1"):
        return "不到0.1%"
    if part < whole and share == 100:
        return "超过99.9%"
    return "0%" if part == 0 else "100%" if part == whole else f"{share}%"


def change_said(before: Decimal, after: Decimal) -> str:
    """Say a change with the right direction word, such as `增加221.78万元，增长5.3%`."""
    difference = after - before
    if difference == 0:
        return "持平"
    more = difference > 0
    words = f"{'增加' if more else '减少'}{said(abs(difference))}"
    if before <= 0:
        return words
    percent = (abs(difference) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    rate = "不到0.1%" if percent == 0 else f"{percent}%"
    return f"{words}，{'增长' if more else '下降'}{rate}"


def size_said(count: int) -> str:
    """Say the size of a file in KB or MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"
