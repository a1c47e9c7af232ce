"""Relations tried out: whether they hold, and what a figure would have to be, if some were others.

Each hangs on each of its figures in a straight line; so what one figure has to be is a division.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.models import Addend, Rate, Relation, Sum

#: Figures that are taken for others than are printed, with those values.
Changed = Mapping[str, Decimal]


class _Total:
    """A sum of terms; its value with the printed figures is added up once."""

    def __init__(self, terms: Sequence[Addend]) -> None:
        self.printed = sum((term.share * term.value for term in terms), Decimal(0))
        self.shares: dict[str, Decimal] = {}
        self.values = {term.figure: term.value for term in terms}
        for term in terms:
            self.shares[term.figure] = self.shares.get(term.figure, Decimal(0)) + term.share

    def of(self, changed: Changed) -> Decimal:
        """The sum with some figures changed."""
        return self.printed + sum(
            (self.shares[f] * (value - self.values[f]) for f, value in changed.items()
             if f in self.shares),
            Decimal(0),
        )  # fmt: skip


class _SumTried:
    """A sum that lies between two bounds."""

    def __init__(self, relation: Sum) -> None:
        self.low, self.high = relation.low, relation.high
        self.total = _Total(relation.terms)

    def residual(self, changed: Changed) -> Decimal:
        """How far off it is."""
        return self.total.of(changed)

    def holds(self, changed: Changed) -> bool:
        """Whether it lies between its bounds."""
        residual = self.residual(changed)
        return self.low <= residual and (self.high is None or residual <= self.high)


class _RateTried:
    """A percentage that is the size of a part by its whole."""

    def __init__(self, relation: Rate) -> None:
        self.relation = relation
        self.rate = _Total((relation.rate,))
        self.part, self.whole = _Total(relation.part), _Total(relation.whole)
        self.sign = -1 if self.part.printed < 0 else 1

    def residual(self, changed: Changed) -> Decimal:
        """The rate × whole, less 100 × part."""
        part = self.sign * self.part.of(changed)
        return self.rate.of(changed) * self.whole.of(changed) - 100 * part

    def holds(self, changed: Changed) -> bool:
        """Whether it is right, but for what rounding does to all three."""
        own = self.relation.slack * abs(self.whole.of(changed))
        steps = 100 * self.relation.part_step + self.rate.of(changed) * self.relation.whole_step
        return abs(self.residual(changed)) <= own + steps / 2


class Tried:
    """A relation to be tried out with other values of its figures."""

    def __init__(self, relation: Relation) -> None:
        self.relation = relation
        self.steps = {term.figure: term.step for term in terms_of(relation)}
        self._form = _SumTried(relation) if isinstance(relation, Sum) else _RateTried(relation)

    def holds(self, changed: Changed) -> bool:
        """Whether it holds with some figures changed."""
        return self._form.holds(changed)

    def wanted(self, figure: str, changed: Changed) -> Decimal | None:
        """What a figure would have to be; None where that changes nothing."""
        at_nothing, slope = self._line(figure, changed)
        return -at_nothing / slope if slope else None

    def bounds(self, figure: str, changed: Changed) -> Iterator[tuple[bool, Decimal]]:
        """The least (False) and the greatest (True) value with which a sum holds."""
        if isinstance(self.relation, Sum):
            at_nothing, slope = self._line(figure, changed)
            for most, bound in ((False, self.relation.low), (True, self.relation.high)):
                if slope and bound is not None:
                    yield most == (slope > 0), (bound - at_nothing) / slope

    def _line(self, figure: str, changed: Changed) -> tuple[Decimal, Decimal]:
        """What is off where the figure is nothing, and how much more where it is one more."""
        at_nothing = self._form.residual({**changed, figure: Decimal(0)})
        return at_nothing, self._form.residual({**changed, figure: Decimal(1)}) - at_nothing


def terms_of(relation: Relation) -> tuple[Addend, ...]:
    """All figures that take part in a relation."""
    if isinstance(relation, Sum):
        return relation.terms
    return (relation.rate, *relation.part, *relation.whole)
