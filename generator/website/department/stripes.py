"""The small bar of a department: what its functional classes are of all that it spends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.website.department.figures import Part
from generator.website.drawing import colours


@dataclass(frozen=True)
class Stripe:
    """One stretch of a department's small bar, in thousandths of its width."""

    x: int
    width: int
    colour: str
    name: str


def stripes(parts: Sequence[Part]) -> list[Stripe]:
    """Return the small bar of a department: its functional classes by share, largest first."""
    whole = sum(part.yuan for part in parts if part.yuan > 0)
    found, at = [], 0
    for part in parts:
        if whole and part.yuan > 0:
            width = int(part.yuan * 1000 / whole)
            found.append(Stripe(at, width, colours.functional(part.key), part.name))
            at += width
    return [*found[:-1], replace(found[-1], width=1000 - found[-1].x)] if found else []
