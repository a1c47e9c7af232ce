"""Prints of one amount: the first in the order of the tables is the one that the others repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.meaning.wording import fold, strip_enumerator
from generator.models import Fact

_Point = tuple[object, ...]


def same_as(facts: Sequence[Fact], directions: Mapping[str, str]) -> Mapping[str, str]:
    """By the identifier of an amount that is a repeated print, that of its first print.

    Two prints are of one point where all that is said of them is the same: direction, class, unit,
    project, item, fund, kind of expenditure, phase and year; and they print the same amount. Those
    of one point that print another are no repetition, but what the checks report.
    """
    first: dict[_Point, Fact] = {}
    repeated = {}
    for fact in facts:
        known = first.setdefault(_point(fact, directions[fact.fact_id]), fact)
        if known.table != fact.table:  # two columns of one table are two things
            repeated[fact.fact_id] = known.fact_id
    return repeated


def _point(fact: Fact, direction: str) -> _Point:
    classes = (fact.functional_code, fact.economic_code, fact.government_economic_code)
    named = fold(strip_enumerator(fact.label)) if not any(classes) else ""
    total = fact.role == "total"
    item = "" if total and fact.item.startswith("total_") else fact.item
    return (
        fact.amount, direction, *classes,
        item, "" if total else named, fact.unit, fact.project,
        fact.fund_source, fact.expenditure_type, fact.budget_phase, fact.qualifier,
        fact.amount_year, total,
    )  # fmt: skip
