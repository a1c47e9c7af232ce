"""Of every ten yuan that a department spends, how many go where: its functional classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website.department.figures import Part
from generator.website.department.shares import FUNCTIONS, whole_of
from generator.website.wording.amounts import of_ten_said
from generator.website.wording.statements import StatedFigure, of_ten_stated


@dataclass(frozen=True)
class OfTen:
    """One class, and how much of ten yuan it has."""

    part: Part
    whole: Decimal

    @property
    def share(self) -> Decimal:
        """Return its share of the whole."""
        return self.part.yuan / self.whole

    @property
    def said(self) -> str:
        """Say how much of ten yuan it is."""
        return of_ten_said(self.part.yuan, self.whole)

    def states(self, disclosure: str) -> Markup:
        """Return the attribute of the element that says it."""
        return of_ten_stated(StatedFigure(disclosure, self.part.key), self.part.yuan, self.whole)


def of_ten(functions: Sequence[Part], expenditure: Part | None, most: int) -> list[OfTen]:
    """Return the first classes, as shares of what the small bar is a bar of."""
    whole = whole_of(FUNCTIONS, functions, expenditure)
    found = [part for part in functions if whole and whole.yuan > 0 and part.yuan > 0]
    return [OfTen(part, whole.yuan) for part in found[:most] if whole]
