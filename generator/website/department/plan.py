"""What was planned against what was spent: within final accounts, and against the budget held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.figures import SUMMARY, KeyFigures, Part
from generator.website.published.facts import Ledger, PublishedFact
from generator.website.wording.amounts import change_said, share_said
from generator.website.wording.language import gettext as _


@dataclass(frozen=True)
class Planned:
    """One line of plan and outcome; what is not printed is None.

    `initial` is 年初预算数, `adjusted` 调整预算数 and `executed` 决算数. `base` is the way from the
    page to the disclosure that prints the plan, where that is another one.
    """

    name: str
    initial: Part | None
    adjusted: Part | None
    executed: Part | None
    base: str = ""

    @property
    def plan(self) -> Part | None:
        """Return the latest plan: the adjusted one, else the initial one."""
        return self.adjusted or self.initial

    @property
    def words(self) -> str:
        """Say the outcome against the plan, such as `减少3.00万元，下降60.0%，完成40.0%`."""
        if not self.plan or not self.executed:
            return ""
        change = change_said(self.plan.yuan, self.executed.yuan)
        share = share_said(self.executed.yuan, self.plan.yuan)
        if not share or self.plan.yuan == self.executed.yuan:
            return change
        return _("{change}，完成{share}").format(change=change, share=share)


def planned_within(ledger: Ledger) -> list[Planned]:
    """Return the rows of the summary that print a plan beside the outcome, in printed order."""
    rows: dict[tuple[str, str, str], dict[str, PublishedFact]] = {}
    for fact in ledger.facts:
        if fact.table in SUMMARY and fact.phase:
            key = (fact.table, fact.direction, fact.row)
            rows.setdefault(key, {}).setdefault(fact.phase, fact)
    found = (_planned(each) for each in rows.values() if len(each) > 1)
    return [each for each in found if any(p and p.yuan for p in (each.plan, each.executed))]


def _planned(facts: dict[str, PublishedFact]) -> Planned:
    parts = {phase: Part(f.code, f.name, f.yuan, f.line) for phase, f in facts.items()}
    name = next(iter(parts.values())).name
    return Planned(name, parts.get("approved"), parts.get("adjusted"), parts.get("executed"))


def planned_before(budget: KeyFigures, final: KeyFigures, base: str) -> list[Planned]:
    """Return the totals of a year's final accounts against those of the budget that is held."""
    return list(_totals(budget, final, base))


def _totals(budget: KeyFigures, final: KeyFigures, base: str) -> Iterator[Planned]:
    pairs: Sequence[tuple[str, PublishedFact | None, PublishedFact | None]] = (
        (_("收入总计"), budget.income, final.income),
        (_("支出总计"), budget.expenditure, final.expenditure),
        (_("“三公”经费"), budget.three_public, final.three_public),
    )
    for name, plan, outcome in pairs:
        if plan and outcome:
            yield Planned(name, _part(plan), None, _part(outcome), base)
    kinds = {part.key: part for part in final.spending}
    for part in budget.spending:
        if part.key in kinds and (part.yuan or kinds[part.key].yuan != Decimal(0)):
            yield Planned(part.name, part, None, kinds[part.key], base)


def _part(fact: PublishedFact) -> Part:
    return Part(fact.code, fact.name, fact.yuan, fact.line)
