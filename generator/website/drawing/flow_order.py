"""In which order the parts of a flow's stages stand, so that its ribbons cross least.

Two ribbons between the same two stages cross where their ends are in opposite orders; a crossing
weighs as much as the area that the two would share, the product of their amounts. The order is
sought from the one by amount, which is kept unless another has less to cross.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, permutations, product
from math import factorial, prod

Order = list[str]
#: Between a stage and the next, the amount of every pair of parts that a ribbon joins.
Links = Mapping[tuple[str, str], Decimal]

_MOST_TRIES = 120
_MOST_ROUNDS = 12


def least_crossing(stages: Sequence[Sequence[str]], links: Sequence[Links]) -> list[Order]:
    """Return the stages, given with the largest part first, in the order that crosses least."""
    best = [list(stage) for stage in stages]
    least = crossings(best, links)
    for start in _starts(stages):
        found = _settled(start, links)
        crossed = crossings(found, links)
        if crossed < least:
            best, least = found, crossed
    return best


def crossings(stages: Sequence[Sequence[str]], links: Sequence[Links]) -> Decimal:
    """Return how much crosses in these orders."""
    return sum(
        (_between(u, v, link) for (u, v), link in zip(pairwise(stages), links, strict=True)),
        Decimal(0),
    )


def _between(upper: Sequence[str], lower: Sequence[str], links: Links) -> Decimal:
    places = {key: at for at, key in enumerate(upper)}, {key: at for at, key in enumerate(lower)}
    ends = [(places[0][a], places[1][b], yuan) for (a, b), yuan in links.items()]
    crossed = Decimal(0)
    for at, (a, b, yuan) in enumerate(ends):
        for c, d, other in ends[at + 1 :]:
            if (a - c) * (b - d) < 0:
                crossed += yuan * other
    return crossed


def _starts(stages: Sequence[Sequence[str]]) -> list[list[Order]]:
    """The orders to begin from: all of the outer stages where they are few, else the given one."""
    outer = [at for at in range(len(stages)) if len(stages) < 3 or at != 1]
    if prod(factorial(len(stages[at])) for at in outer) > _MOST_TRIES:
        return [[list(stage) for stage in stages]]
    found = []
    for orders in product(*(permutations(stages[at]) for at in outer)):
        start = [list(stage) for stage in stages]
        for at, order in zip(outer, orders, strict=True):
            start[at] = list(order)
        found.append(start)
    return found


def _settled(stages: list[Order], links: Sequence[Links]) -> list[Order]:
    """Move one part at a time to where it crosses least, until none has a better place."""
    for _round in range(_MOST_ROUNDS):
        before = [list(stage) for stage in stages]
        for at in [*range(1, len(stages)), 0]:
            stages[at] = _sifted(stages, at, links)
        if stages == before:
            break
    return stages


def _sifted(stages: Sequence[Order], at: int, links: Sequence[Links]) -> Order:
    """One stage, each of its parts in its best place; the others stay as they are."""
    order = list(stages[at])
    costs = _costs(stages, at, links)
    for key in stages[at]:
        rest = [other for other in order if other != key]
        cost = sum((costs[key, other] for other in rest), Decimal(0))  # before all the others
        best, place = cost, 0
        for step, other in enumerate(rest, 1):
            cost += costs[other, key] - costs[key, other]
            if cost < best:
                best, place = cost, step
        if best < sum(
            (costs[pair] for pair in _pairs(order, key)), Decimal(0)
        ):  # of equal places the one it has
            order = [*rest[:place], key, *rest[place:]]
    return order


def _pairs(order: Order, key: str) -> list[tuple[str, str]]:
    """A part with every other part of its stage, each pair in the order that it has."""
    at = order.index(key)
    return [(o, key) for o in order[:at]] + [(key, o) for o in order[at + 1 :]]


def _costs(
    stages: Sequence[Order], at: int, links: Sequence[Links]
) -> dict[tuple[str, str], Decimal]:
    """What crosses of the ribbons of two parts of a stage where one stands before the other."""
    ends = {key: _ends(stages, at, links, key) for key in stages[at]}
    return {
        (one, other): sum(
            (
                yuan * another
                for side, place, yuan in ends[one]
                for beside, where, another in ends[other]
                if side == beside and place > where
            ),
            Decimal(0),
        )
        for one in stages[at]
        for other in stages[at]
        if one != other
    }


def _ends(
    stages: Sequence[Order], at: int, links: Sequence[Links], key: str
) -> list[tuple[int, int, Decimal]]:
    """The other ends of a part's ribbons: before or after it, at which place, and how much."""
    found = []
    for side, beside in ((0, at - 1), (1, at + 1)):
        if 0 <= beside < len(stages):
            for place, other in enumerate(stages[beside]):
                pair = (other, key) if side == 0 else (key, other)
                if yuan := links[min(at, beside)].get(pair):
                    found.append((side, place, yuan))
    return found
