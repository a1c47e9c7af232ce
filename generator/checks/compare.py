"""Comparing: a printed figure with what it should be, telling rounding from contradiction.

Tolerance: half a unit of the last printed decimal for each figure that takes part. For a total and
n addends of d decimals that is (n + 1) halves of a unit; across units each figure counts with its
own. A figure's decimals are the most that its table, or the prose, prints: trailing zeros are often
left out, and ``100`` beside ``99.87`` is not a figure rounded to whole units.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.meaning.amounts import EXACT, FACTORS
from generator.models import Addend, Outcome, Relation, Sum

ZERO = Decimal(0)


class Figure(Struct, frozen=True):
    """A printed figure under check: its identifier, its name for people, its value and unit.

    ``value`` is in ``unit``, None where the source is blank; ``step`` is one unit of its last
    decimal. ``sparse``: its table leaves blank what is zero. ``sign`` is -1 where it is taken away.
    """

    id: str
    label: str
    value: Decimal | None
    unit: str
    step: Decimal
    sparse: bool = False
    sign: int = 1
    made_of: tuple[Addend, ...] = ()

    def terms(self, unit: str, sign: int = 1) -> tuple[Addend, ...]:
        """The printed figures that it is made of, as terms of a relation in ``unit``."""
        if self.value is None:
            return ()
        # What is counted has no rounding, but it has a last digit.
        last = self.step or Decimal(1).scaleb(min(0, int(self.value.as_tuple().exponent)))
        own = self.made_of or (Addend(self.id, Decimal(1), self.value, last),)
        share = sign * self.sign * self.factor(unit)
        return own if share == 1 else tuple(each.times(share) for each in own)

    def factor(self, unit: str) -> Decimal:
        """What turns its value into one in another ``unit`` of money."""
        return FACTORS[self.unit] / FACTORS[unit] if self.unit != unit else Decimal(1)

    def within(self, unit: str) -> tuple[Decimal | None, Decimal]:
        """Value and step in another ``unit`` of money."""
        factor = self.factor(unit)
        return (None if self.value is None else self.value * factor), self.step * factor


class Comparison(Struct, frozen=True):
    """What came of a comparison; figures are in the unit of the figure in question.

    ``relations`` are what would make it hold, any one of them; ``rests_on`` are the identifiers of
    all figures that took part, the blank ones and those of other places included.
    """

    outcome: Outcome
    expected: Decimal | None
    printed: Decimal | None
    difference: Decimal | None
    relations: tuple[Relation, ...] = ()
    rests_on: tuple[str, ...] = ()


def compare(total: Figure, parts: Sequence[Figure]) -> Comparison:
    """Compare ``total`` with the sum of ``parts``.

    A blank is not zero: where the printed parts do not make the total, it cannot be told whether
    the blank ones would, unless their table never prints a zero and so leaves it blank, or the
    printed parts alone are more than the total.
    """
    rests_on = ids(total, *parts)
    reckoned = _reckoned(total, parts)
    if reckoned is None:
        return Comparison("cannot_tell", None, total.value, None, rests_on=rests_on)
    relation = _relation(total, parts, reckoned.slack, open_ended=reckoned.open_ended)
    return Comparison(
        reckoned.outcome, reckoned.expected, total.value, reckoned.difference, (relation,), rests_on
    )


def differs(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether ``total`` is surely not the sum of ``parts``, as `compare` tells."""
    reckoned = _reckoned(total, parts)
    return reckoned is not None and reckoned.outcome == "differs"


class _Reckoned(NamedTuple):
    """A total against its parts; ``open_ended``: a blank part may add something."""

    outcome: Outcome
    expected: Decimal
    difference: Decimal
    slack: Decimal
    open_ended: bool


def _reckoned(total: Figure, parts: Sequence[Figure]) -> _Reckoned | None:
    with localcontext(EXACT):
        moved = [part.within(total.unit) for part in parts]
        known = [v * p.sign for (v, _), p in zip(moved, parts, strict=True) if v is not None]
        if total.value is None or not known:
            return None
        expected = sum(known, ZERO)
        difference = total.value - expected
        steps = [total.step, *(step for _, step in moved)]
        outcome = _outcome(difference, steps)
    open_ended = not all(part.sparse for part in parts if part.value is None)
    excess = min([*known, total.value]) >= 0 and difference < 0
    if outcome == "differs" and not excess and open_ended:
        return None
    return _Reckoned(outcome, expected, difference, sum(steps, ZERO) / 2, open_ended)


def ids(*figures: Figure) -> tuple[str, ...]:
    """The identifiers of all printed figures that some figures are, or are made of."""
    own = (term.figure for each in figures for term in each.made_of)
    return tuple(dict.fromkeys((*(each.id for each in figures), *own)))


def _relation(total: Figure, parts: Sequence[Figure], slack: Decimal, *, open_ended: bool) -> Sum:
    """Total less parts is nothing; it may be more where blank parts may add something."""
    terms = (*total.terms(total.unit), *(t for p in parts for t in p.terms(total.unit, -1)))
    return Sum(terms, -slack, None if open_ended else slack)


def _outcome(difference: Decimal, steps: Sequence[Decimal]) -> Outcome:
    if difference == 0:
        return "holds"
    return "rounding" if abs(difference) <= sum(steps, ZERO) / 2 else "differs"


_WORST: tuple[Outcome, ...] = ("holds", "rounding", "differs", "cannot_tell")


def closest(total: Figure, candidates: Sequence[Sequence[Figure]]) -> tuple[Comparison, int]:
    """Compare with each of several places where the same may stand; the best, and which it was."""
    found = [(compare(total, parts), index) for index, parts in enumerate(candidates)]
    best, index = min(
        found, key=lambda each: (_WORST.index(each[0].outcome), _size(each[0]), each[1])
    )
    relations = tuple(relation for each, _ in found for relation in each.relations)
    rests_on = tuple(dict.fromkeys(name for each, _ in found for name in each.rests_on))
    return replace(best, relations=relations, rests_on=rests_on), index


def _size(comparison: Comparison) -> Decimal:
    return abs(comparison.difference or ZERO)


def is_slip_of_unit(comparison: Comparison) -> bool:
    """Whether the two figures are 10,000 times apart: 元 printed for 万元, or the reverse."""
    if not comparison.expected or not comparison.printed:
        return False
    ratio = abs(comparison.printed / comparison.expected)
    return any(abs(ratio / slip - 1) < Decimal("0.001") for slip in (10_000, Decimal("0.0001")))


def plain(value: Decimal | None, *, signed: bool = True) -> str:
    """A figure as people write it, with thousands separated; blank for None."""
    return "" if value is None else f"{value if signed else abs(value):,f}"
