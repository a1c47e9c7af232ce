"""The small bar of a department: what its functional classes are of all that it spends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.figures import Part
from generator.website.department.shares import FUNCTIONS, whole_of
from generator.website.drawing import colours
from generator.website.published.facts import PublishedFact


@dataclass(frozen=True)
class Stripe:
    """One stretch of a department's small bar, in thousandths of its width."""

    x: int
    width: int
    colour: str
    name: str


def stripes(parts: Sequence[Part], expenditure: PublishedFact | Part | None) -> list[Stripe]:
    """Return the small bar of a department: its functional classes by share, largest first.

    Each is as long as the share that is said of it; what is in no class stays blank.
    """
    whole = whole_of(FUNCTIONS, parts, expenditure)
    found, at = [], Decimal(0)
    for part in parts if whole else ():
        if whole and part.yuan > 0:
            # Both ends are rounded, not the length: so no gap opens between two.
            start, at = at, at + part.yuan
            x, end = (int(each * 1000 / whole.yuan) for each in (start, at))
            found.append(Stripe(x, end - x, colours.functional(part.key), part.name))
    return found
