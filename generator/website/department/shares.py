"""Of what the parts of a disclosure are shares: one base for each list of parts, and its name.

A reader takes a share for one of the whole, so it is one of the printed total wherever the parts
fit into it; where they do not, it is one of their sum, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website.department.figures import KeyFigures, Part
from generator.website.published.facts import PublishedFact
from generator.website.wording.amounts import said_exactly
from generator.website.wording.language import Words, in_a_row, in_sentence, marked
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure, share_stated

SOURCES, FUNCTIONS, SPENDING = "sources", "functions", "spending"
_TOTALS = Words({SOURCES: marked("收入总计"), "": marked("支出总计")})
_SUMS = Words(
    {
        SOURCES: marked("各来源之和"),
        FUNCTIONS: marked("各类支出之和"),
        SPENDING: marked("各种支出之和"),
    }
)
_TERMS = {SOURCES: "total_income", FUNCTIONS: "total_expenditure", SPENDING: "total_expenditure"}
#: The last digits that amounts are printed with: 1 万元, 0.01 万元, 1 yuan, a cent.
_STEPS = (Decimal(10_000), Decimal(100), Decimal(1), Decimal("0.01"))


@dataclass(frozen=True)
class Whole:
    """What parts are shares of: its term, its name, how much, and its fact where it is printed.

    ``parts`` is what they come to when added up.
    """

    term: str
    name: str
    yuan: Decimal
    parts: Decimal
    step: Decimal
    count: int
    id: str = ""
    printed: Decimal | None = None

    def share(self, disclosure: str, part: Part) -> Markup:
        """Say the share of a part in it, such as `43.0%`."""
        subject = StatedFigure(disclosure, part.key)
        return share_stated(subject, f"of:{self.term}", part.yuan, self.yuan)

    def permille(self, part: Part) -> int:
        """Return the share of a part in thousandths: the length of its bar."""
        return int((part.yuan * 1000 / self.yuan).quantize(Decimal(1))) if self.yuan > 0 else 0

    @property
    def difference(self) -> Markup:
        """Say by how much the parts do not come to the printed total, and what that is."""
        if self.printed is None or self.parts == self.printed:
            return Markup()
        rest = self.printed - self.parts
        if abs(rest) <= rounding(self.step, self.count):
            words = _("各项相加是{sum}，与印出的{whole}差{rest}，是四舍五入的尾差。")
        elif rest > 0:
            words = _("各项相加是{sum}，比印出的{whole}少{rest}：这些没有列在各项里。")
        else:
            words = _("各项相加是{sum}，比印出的{whole}多{rest}；占比按相加的数算。")
        whole = in_a_row([self._total, said_exactly(self.printed)])
        return Markup(words).format(
            sum=said_exactly(self.parts), whole=whole, rest=said_exactly(abs(rest))
        )

    @property
    def _total(self) -> str:
        return in_sentence(
            _TOTALS[SOURCES if self.term.startswith((SOURCES, "total_income")) else ""]
        )


def whole_of(kind: str, parts: Sequence[Part], fact: PublishedFact | Part | None) -> Whole | None:
    """Return what parts of one kind are shares of; None where nothing is listed.

    `fact` is the printed total that they should come to.
    """
    positive = [part for part in parts if part.yuan > 0]
    if not positive:
        return None
    total = sum((part.yuan for part in positive), Decimal(0))
    step = step_of(part.yuan for part in positive)
    many, printed = len(positive), fact.yuan if fact else None
    if fact and total <= fact.yuan + rounding(step, many):
        name = in_sentence(_TOTALS[kind if kind == SOURCES else ""])
        return Whole(_TERMS[kind], name, max(fact.yuan, total), total, step, many, fact.id, printed)
    return Whole(f"{kind}_sum", _SUMS[kind], total, total, step, many, "", printed)


def whole_in(key: KeyFigures, kind: str) -> Whole | None:
    """Return what the parts of one kind in a disclosure are shares of."""
    if kind == SOURCES:
        return whole_of(kind, key.sources, key.income)
    return whole_of(kind, key.functions if kind == FUNCTIONS else key.spending, key.expenditure)


def step_of(amounts: Iterable[Decimal]) -> Decimal:
    """Return one unit of the last digit that amounts are printed with, as far as they tell."""
    known = list(amounts)
    return next((s for s in _STEPS if not any(yuan % s for yuan in known)), _STEPS[-1])


def rounding(step: Decimal, count: int) -> Decimal:
    """Return how far a total and so many parts may be apart by rounding, as the checks have it."""
    return step * (count + 1) / 2
