"""Rates: printed percentages against the quotient of two figures.

A rate is exact where it is the quotient rounded to its printed decimals, whatever its figures were
before they were rounded. Less than one unit of its last decimal off is rounding (some cut off what
is beyond), and so is half a unit of the last decimal that is not zero.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from generator.checks.book import step
from generator.checks.compare import ZERO, Comparison, Figure, ids
from generator.meaning.amounts import EXACT, read_amount
from generator.models import Addend, Outcome, Rate, Statement

_HUNDRED = Decimal(100)
#: The size of a figure and one unit of its last decimal.
Size = tuple[Decimal, Decimal]


def rate_of(rate: Statement, part: Figure, whole: Figure) -> Comparison:
    """Compare a stated percentage with the size of part ÷ whole."""
    return compare_rate(rate.statement_id, rate.value or ZERO, rate.printed, part, whole)


def compare_rate(name: str, value: Decimal, text: str, part: Figure, whole: Figure) -> Comparison:
    """Compare a percentage, its identifier, its value and its print, with part ÷ whole."""
    printed = abs(value)
    last = step([text])
    slack = max(last, _coarser(text) / 2)
    with localcontext(EXACT) as context:
        context.prec = 40
        top, bottom = sizes(part, whole)
        low, high = _quotients(top, bottom)
        rounded = (top[0] / bottom[0] * _HUNDRED).quantize(last) if bottom[0] else printed
        beyond = ZERO if high is None else printed - high
        distance = max(low - printed, beyond, ZERO)
        own = Addend(name, Decimal(1), printed, last)
        terms = part.terms(whole.unit), whole.terms(whole.unit)
        relation = Rate(own, *terms, top[1], bottom[1], slack)
    expected = printed if distance <= last / 2 else rounded
    outcome: Outcome = "holds"
    if distance > last / 2:
        outcome = "rounding" if distance < slack else "differs"
    rests_on = (name, *ids(part, whole))
    return Comparison(outcome, expected, printed, printed - expected, (relation,), rests_on)


def sizes(part: Figure, whole: Figure) -> tuple[Size, Size]:
    """The size of a part and of its whole, in the whole's unit, each with its printed step."""
    value, last = part.within(whole.unit)
    return (abs(value or ZERO), last), (whole.value or ZERO, whole.step)


def may_be(printed: Decimal, part: Size, whole: Size) -> bool:
    """Whether the rate may be of a whole that is so small that it was rounded to nothing."""
    return bool(part[0]) and abs(printed) >= _quotients(part, whole)[0]


def _quotients(part: Size, whole: Size) -> tuple[Decimal, Decimal | None]:
    """The least and the greatest percentage (None: any) that rounded figures allow."""
    (top, top_step), (bottom, bottom_step) = part, whole
    most, least = abs(bottom) + bottom_step / 2, abs(bottom) - bottom_step / 2
    low = max(abs(top) - top_step / 2, ZERO) / most * _HUNDRED
    return low, (abs(top) + top_step / 2) / least * _HUNDRED if least > 0 else None


def _coarser(printed: str) -> Decimal:
    """The step of a rate less its final zeros: 27.80 is often 27.8, written to two decimals."""
    whole, _, decimals = (read_amount(printed).plain or "0").partition(".")
    return step([f"{whole}.{decimals.rstrip('0') or '0'}"]) if decimals else step([whole])
