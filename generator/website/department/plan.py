"""What was planned against what was spent: within final accounts, and against the budget held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website.department.figures import SUMMARY, KeyFigures, Part
from generator.website.department.more_or_less import HeldAccount
from generator.website.published.facts import Ledger, PublishedFact
from generator.website.published.package import Package
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure, change_stated, share_stated


@dataclass(frozen=True)
class Planned:
    """One line of plan and outcome; what is not printed is None.

    `initial` is 年初预算数, `adjusted` 调整预算数 and `executed` 决算数. `base` is the way from the
    page to the disclosure that prints the plan, where that is another one. `subject` is the outcome
    as statements name it, and `against` the plan.
    """

    name: str
    initial: Part | None
    adjusted: Part | None
    executed: Part | None
    subject: StatedFigure
    against: str
    base: str = ""

    @property
    def plan(self) -> Part | None:
        """Return the latest plan: the adjusted one, else the initial one."""
        return self.adjusted or self.initial

    @property
    def words(self) -> Markup:
        """Say the outcome against the plan, such as `减少3.00万元，下降60.0%，完成40.0%`."""
        if not self.plan or not self.executed:
            return Markup()
        change = change_stated(self.subject, self.against, self.plan.yuan, self.executed.yuan)
        share = share_stated(self.subject, self.against, self.executed.yuan, self.plan.yuan)
        if not share or self.plan.yuan == self.executed.yuan:
            return change
        return Markup(_("{change}，完成{share}")).format(change=change, share=share)


def planned_within(package: Package, ledger: Ledger) -> list[Planned]:
    """Return the rows of the summary that print a plan beside the outcome, in printed order."""
    rows: dict[tuple[str, str, str], dict[str, PublishedFact]] = {}
    for fact in ledger.facts:
        if fact.table in SUMMARY and fact.phase:
            key = (fact.table, fact.direction, fact.row)
            rows.setdefault(key, {}).setdefault(fact.phase, fact)
    found = (_planned(package, ".".join(key), each) for key, each in rows.items() if len(each) > 1)
    return [each for each in found if any(p and p.yuan for p in (each.plan, each.executed))]


def _planned(package: Package, row: str, facts: dict[str, PublishedFact]) -> Planned:
    parts = {phase: _part(fact) for phase, fact in facts.items()}
    name = next(iter(parts.values())).name
    against = f"plan:{'adjusted' if 'adjusted' in parts else 'approved'}"
    subject = StatedFigure(package.id, row)
    return Planned(name, parts.get("approved"), parts.get("adjusted"), parts.get("executed"),
                   subject, against)  # fmt: skip


def planned_before(budget: HeldAccount, final: HeldAccount) -> list[Planned]:
    """Return the totals of a year's final accounts against those of the budget that is held."""
    against = f"held:{budget.package.id}"
    return [
        Planned(
            name, plan, None, outcome, StatedFigure(final.package.id, term), against, budget.way
        )
        for term, name, plan, outcome in _totals(budget.key, final.key)
    ]


def _totals(budget: KeyFigures, final: KeyFigures) -> Iterator[tuple[str, str, Part, Part]]:
    """Yield the term and name of what both print, with plan and outcome."""
    pairs: Sequence[tuple[str, str, PublishedFact | None, PublishedFact | None]] = (
        ("total_income", _("收入总计"), budget.income, final.income),
        ("total_expenditure", _("支出总计"), budget.expenditure, final.expenditure),
        ("three_public_expenses", _("“三公”经费"), budget.three_public, final.three_public),
    )
    for term, name, plan, outcome in pairs:
        if plan and outcome:
            yield term, name, _part(plan), _part(outcome)
    kinds = {part.key: part for part in final.spending}
    for part in budget.spending:
        if part.key in kinds and (part.yuan or kinds[part.key].yuan != Decimal(0)):
            yield part.key, part.name, part, kinds[part.key]


def _part(fact: PublishedFact) -> Part:
    return Part(fact.code, fact.name, fact.yuan, fact.line, fact.id)
