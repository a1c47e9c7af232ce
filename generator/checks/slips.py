"""Slips of the pen: how one printed figure came to stand for another, as their digits tell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.models import Slip

#: What each slip is called, for people; said of the two figures, not of either.
SLIPS: dict[Slip, str] = {
    "transposed_digits": "两数只是两位数字的位置对调，可能是把数字写颠倒了",
    "one_digit": "两数只有一位数字不同",
    "missing_digit": "一个数比另一个数少一位数字",
    "extra_digit": "一个数比另一个数多一位数字",
    "factor_10": "两数正好相差十倍，可能是小数点错了一位",
    "factor_100": "两数正好相差一百倍，可能是小数点错了两位",
    "factor_1000": "两数正好相差一千倍，可能是小数点错了三位",
    "unit": "两数正好相差一万倍左右，可能把元和万元弄混了",
    "sign": "两数只差正负号",
}
_FACTORS: dict[int, Slip] = {10: "factor_10", 100: "factor_100", 1000: "factor_1000"}
#: Digits of less than this many places are alike by chance.
_FEWEST = 3
_UNIT = Decimal(10_000)
_NEARLY = Decimal("0.001")


def slip_of(printed: Decimal, other: Decimal) -> Slip:
    """How ``printed`` may have come of ``other``; blank where nothing tells."""
    if not printed or not other:
        return ""
    if printed == -other:
        return "sign"
    if (printed < 0) != (other < 0):
        return ""
    printed, other = abs(printed), abs(other)
    large, small = max(printed, other), min(printed, other)
    if abs(large / small / _UNIT - 1) < _NEARLY:
        return "unit"
    for factor, slip in _FACTORS.items():
        if large == small * factor:
            return slip
    ours, theirs = _digits(printed, other)
    return next((slip for slip, tells in _BY_DIGITS if tells(ours, theirs)), "")


def _digits(printed: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of both, to as many decimals, without the point."""
    places = max(0, *(-int(each.normalize().as_tuple().exponent) for each in (printed, other)))
    places = max(places, 2)
    ours, theirs = (f"{each:.{places}f}".replace(".", "") for each in (printed, other))
    return ours.lstrip("0"), theirs.lstrip("0")


def _are_transposed(ours: str, theirs: str) -> bool:
    """Two digits swapped; so the difference is a multiple of 9."""
    differ = _differing(ours, theirs)
    if len(differ) != 2:
        return False
    first, second = differ
    return ours[first] == theirs[second] and ours[second] == theirs[first]


def _differ_in_one(ours: str, theirs: str) -> bool:
    return len(_differing(ours, theirs)) == 1


def _differing(ours: str, theirs: str) -> list[int]:
    if len(ours) != len(theirs) or len(ours) < _FEWEST:
        return []
    return [at for at, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]


def _lacks_one(ours: str, theirs: str) -> bool:
    if len(theirs) != len(ours) + 1 or len(ours) < _FEWEST:
        return False
    return any(theirs[:at] + theirs[at + 1 :] == ours for at in range(len(theirs)))


def _has_one_more(ours: str, theirs: str) -> bool:
    return _lacks_one(theirs, ours)


_BY_DIGITS: tuple[tuple[Slip, Callable[[str, str], bool]], ...] = (
    ("transposed_digits", _are_transposed),
    ("one_digit", _differ_in_one),
    ("missing_digit", _lacks_one),
    ("extra_digit", _has_one_more),
)
