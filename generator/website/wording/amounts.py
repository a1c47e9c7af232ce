"""How an amount is said to a person: 亿元, 万元 or 元, shares, and the direction of a change.

Amounts are exact `Decimal` yuan; rounding happens only here, half up, and only for reading.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from generator.meaning.amounts import FACTORS
from generator.website.wording.language import CHINESE, spoken
from generator.website.wording.language import gettext as _

HUNDRED_MILLION, TEN_THOUSAND = FACTORS["亿元"], FACTORS["万元"]
MILLION, BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
CENT = Decimal("0.01")
_BRIEF = {"billion": "bn", "million": "m", "": ""}
# A growth by so many per cent is a doubling.
DOUBLED = Decimal(100)


def said(yuan: Decimal) -> str:
    """Say an amount in the unit a person would use, such as `4,417.50万元` or `10.18亿元`."""
    if spoken() != CHINESE:
        return _said_in_english(yuan)
    size = abs(yuan)
    if size == 0:
        return "0元"
    # 9,999.995 万元 would round to 10,000.00 万元: it is said as 1.00 亿元 instead.
    if size >= HUNDRED_MILLION - TEN_THOUSAND * CENT / 2:
        return f"{grouped(yuan / HUNDRED_MILLION)}亿元"
    # Disclosures print 万元 with two decimals: what those say exactly stays in 万元, even 0.40.
    if size >= TEN_THOUSAND or size % 100 == 0:
        return f"{grouped(yuan / TEN_THOUSAND)}万元"
    return f"{_yuan(yuan)}元"


def said_exactly(yuan: Decimal) -> str:
    """Say an amount to its last digit, where one rounded for reading would hide a difference."""
    if spoken() != CHINESE:
        return f"{_yuan(yuan)} yuan"
    return f"{_yuan(yuan)}元" if yuan % 100 else f"{grouped(yuan / TEN_THOUSAND)}万元"


def _said_in_english(yuan: Decimal) -> str:
    """Say an amount in yuan below a million, as English has no word for ten thousand."""
    size = abs(yuan)
    if size >= BILLION - MILLION * CENT / 2:
        return f"{grouped(yuan / BILLION)} billion yuan"
    if size >= MILLION - CENT / 2:
        return f"{grouped(yuan / MILLION)} million yuan"
    return f"{_yuan(yuan)} yuan"


def said_briefly(yuan: Decimal) -> str:
    """Say an amount where there is little room: English shortens its units, such as `¥51.43m`."""
    if spoken() != CHINESE:
        number, _space, unit = _said_in_english(yuan).removesuffix(" yuan").partition(" ")
        sign, digits = ("−", number[1:]) if number.startswith("−") else ("", number)
        return f"{sign}¥{digits}{_BRIEF[unit]}"
    return said(yuan)


#: A unit of a script: yuan in one, its words, and what else is said in it: what so many divide.
Unit = tuple[int, str] | tuple[int, str, int]


def sum_units() -> tuple[Unit, ...]:
    """Return the units that a script says a sum in, largest first."""
    return ((int(TEN_THOUSAND), "{number}万元"),) if spoken() == CHINESE else said_units()


def said_units() -> tuple[Unit, ...]:
    """Return the units in which a script says an amount as `said` does, largest first."""
    if spoken() == CHINESE:
        return (
            (int(HUNDRED_MILLION), "{number}亿元"),
            (int(TEN_THOUSAND), "{number}万元", 100),
            (1, "{number}元"),
        )
    return (
        (int(BILLION), "{number} billion yuan"),
        (int(MILLION), "{number} million yuan"),
        (1, "{number} yuan"),
    )


def _yuan(yuan: Decimal) -> str:
    return grouped(yuan).removesuffix(".00")


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
        return _("不到0.1%")
    if part < whole and share == 100:
        return _("超过99.9%")
    return "0%" if part == 0 else "100%" if part == whole else f"{share}%"


def tenths_of_ten(part: Decimal, whole: Decimal) -> Decimal:
    """Return how much of ten yuan a part of a whole is, to a tenth of one."""
    return (part * 10 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def of_ten_said(part: Decimal, whole: Decimal) -> str:
    """Say how much of ten yuan a part is, such as `4.3元`; what is not quite nothing is said so."""
    tenths = tenths_of_ten(part, whole)
    return _("{n}元").format(n=tenths) if tenths else _("不到0.1元")


def change_said(before: Decimal, after: Decimal) -> str:
    """Say a change with the right direction word, such as `增加221.78万元，增长5.3%`."""
    difference = after - before
    if difference == 0:
        return _("持平")
    more, amount = difference > 0, said(abs(difference))
    number = growth_number(before, after)
    if not number:
        return (_("增加{amount}") if more else _("减少{amount}")).format(amount=amount)
    percent = abs(Decimal(number))
    rate = _("不到0.1%") if percent == 0 else f"{percent}%"
    words = _("增加{amount}，增长{rate}") if more else _("减少{amount}，下降{rate}")
    return words.format(amount=amount, rate=rate) + times_said(percent if more else Decimal(0))


def growth_number(before: Decimal, after: Decimal) -> str:
    """Return by how many per cent something changed, with one decimal; "" where it was nothing."""
    if before <= 0:
        return ""
    rate = ((after - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rate or abs(rate)}"


def times_said(growth: Decimal) -> str:
    """Say in words a growth that few read from a percentage: from a doubling upwards."""
    if growth < DOUBLED:
        return ""
    if growth < 2 * DOUBLED:
        return _("，翻了一倍") if growth == DOUBLED else _("，翻了一倍多")
    times = (1 + growth / DOUBLED).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _("，约为原来的{times}倍").format(times=f"{times:,}")


def size_said(count: int) -> str:
    """Say the size of a file in KB or MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"
