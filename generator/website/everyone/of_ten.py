"""Of every ten yuan that a department spends, how many go where: its functional classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.figures import Part
from generator.website.department.shares import FUNCTIONS, whole_of
from generator.website.department.ten_yuan import tenths_of_ten
from generator.website.wording.language import gettext as _


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
        """Say it with one decimal; what is not quite nothing is said so."""
        yuan = tenths_of_ten(self.part.yuan, self.whole)
        return _("{n}元").format(n=yuan) if yuan else _("不到0.1元")


def of_ten(functions: Sequence[Part], expenditure: Part | None, most: int) -> list[OfTen]:
    """Return the first classes, as shares of what the small bar is a bar of."""
    whole = whole_of(FUNCTIONS, functions, expenditure)
    found = [part for part in functions if whole and whole.yuan > 0 and part.yuan > 0]
    return [OfTen(part, whole.yuan) for part in found[:most] if whole]
