"""Sums: compare a printed total with the sum of printed parts, telling rounding from contradiction.

Tolerance: for n addends printed to d decimals, (n + 1) halves of a unit of the last decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from generator.models import Cell, Outcome
from generator.tables.amounts import EXACT, to_decimal


@dataclass(frozen=True, slots=True)
class Term:
    """One printed amount in a sum: what it is called, its fact and its cell (None if blank)."""

    label: str
    fact_id: str
    cell: Cell | None

    @property
    def value(self) -> Decimal | None:
        """The exact value in the printed unit, or None where the source is blank."""
        return to_decimal(self.cell.printed) if self.cell else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing a total with its parts; figures are in the printed unit."""

    outcome: Outcome
    expected: Decimal | None
    printed: Decimal | None
    difference: Decimal | None


def compare(total: Term, parts: Sequence[Term]) -> Comparison:
    """Compare ``total`` with the sum of ``parts``.

    A blank is not zero: where the printed parts alone do not make the total, it cannot be told
    whether the blank ones would.
    """
    values = [part.value for part in parts]
    printed = total.value
    known = [value for value in values if value is not None]
    if printed is None or not known:
        return Comparison("cannot_tell", None, printed, None)
    with localcontext(EXACT):
        expected = sum(known, Decimal(0))
        difference = printed - expected
    outcome = _outcome(difference, [printed, *known])
    if outcome == "differs" and len(known) < len(values):
        return Comparison("cannot_tell", None, printed, None)
    return Comparison(outcome, expected, printed, difference)


def _outcome(difference: Decimal, values: Sequence[Decimal]) -> Outcome:
    if difference == 0:
        return "holds"
    return "rounding" if abs(difference) <= _tolerance(values) else "differs"


def _tolerance(values: Sequence[Decimal]) -> Decimal:
    """``values`` are the total and its n parts, so their count is n + 1."""
    exponents = [value.as_tuple().exponent for value in values]
    last = max((each for each in exponents if isinstance(each, int)), default=0)
    return Decimal(len(values)) * Decimal(1).scaleb(last) / 2
