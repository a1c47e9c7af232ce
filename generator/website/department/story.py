"""What the story of a disclosure tells of much: each thing once, the rest a tap away."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.website.department.changes import Change
from generator.website.department.more_or_less import answered
from generator.website.department.plan import Planned
from generator.website.wording.words import THREE_PUBLIC

MOST_PROJECTS = 5
_MOST = 4
#: They have a part of the story of their own.
_APART = {"three_public_expenses", "official_vehicles", *THREE_PUBLIC}
_SAME_TOTAL = {
    "total_income": "total_expenditure",
    "current_year_income": "current_year_expenditure",
}


def changes_told(changes: Sequence[Change]) -> list[Change]:
    """Return the first changes against the year before that the answers have not told.

    Of two totals that are the same the expenditure is told, and what stayed as it was is told only
    where nothing moved.
    """
    before = [c for c in changes if c.base == "prior_year" and c.subject not in _APART]
    held = {change.subject for change in before}
    twice = {income for income, spent in _SAME_TOTAL.items() if {income, spent} <= held}
    twice |= {change.subject for change in answered(changes)}
    once = [change for change in before if change.subject not in twice]
    moved = [change for change in once if not change.unchanged]
    return (moved or once)[:_MOST]


def planned_told(planned: Sequence[Planned]) -> list[Planned]:
    """Return the plan and outcome of the largest sums, in printed order."""
    largest = sorted(planned, key=_outcome, reverse=True)[:_MOST]
    return [each for each in planned if each in largest]


def _outcome(planned: Planned) -> Decimal:
    return max(part.yuan for part in (planned.plan, planned.executed) if part)
