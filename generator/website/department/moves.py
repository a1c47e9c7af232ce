"""The amounts of a disclosure that are followed from year to year, and what it says they were.

Nothing here is said in a language: amounts are exact, each with the line that prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.figures import KeyFigures, Part
from generator.website.published.checks import Checks
from generator.website.published.package import Package
from generator.website.published.rows import Row, exact_yuan
from generator.website.wording.words import THREE_PUBLIC

#: The standard terms of these amounts, in the order in which equals are listed.
FOLLOWED = (
    "total_expenditure",
    "basic_expenditure",
    "project_expenditure",
    "three_public_expenses",
    *THREE_PUBLIC,
    "agency_operating_expenses",
)
_SIGNS = {"increase": 1, "decrease": -1, "unchanged": 0}


@dataclass(frozen=True)
class StatedMove:
    """What the prose says an amount is, and was the year before."""

    subject: str
    now: Decimal
    before: Decimal
    line: str


def followed_amounts(key: KeyFigures) -> tuple[Part, ...]:
    """Return those that the tables print, by their standard terms."""
    wholes = {
        "total_expenditure": key.expenditure,
        "three_public_expenses": key.three_public,
        "agency_operating_expenses": key.operating,
    }
    found = {term: Part(term, "", fact.yuan, fact.line) for term, fact in wholes.items() if fact}
    for part in (*key.spending, *key.three_public_parts):
        found[part.key] = Part(part.key, "", part.yuan, part.line)
    return tuple(found[term] for term in FOLLOWED if term in found)


def stated_moves(package: Package, checks: Checks) -> tuple[StatedMove, ...]:
    """Return what the prose says of each against the year before, the first statement of each.

    Of an amount and its change both must be stated, and neither be part of a contradiction.
    """
    found: dict[str, StatedMove] = {}
    for move in _stated(package, _in_doubt(checks)):
        found.setdefault(move.subject, move)
    return tuple(found[term] for term in FOLLOWED if term in found)


def _stated(package: Package, doubted: set[str]) -> Iterator[StatedMove]:
    rows = [r for r in package.rows("narrative") if r["subject"] in FOLLOWED and r["amount_yuan"]]
    amounts = {row["narrative_id"]: row for row in rows if row["measure"] == "amount"}
    for row in rows:
        whole = amounts.get(row["about"])
        stated = row["measure"] == "change" and row["base"] == "prior_year"
        if not whole or not stated or row["direction"] not in _SIGNS:
            continue
        if doubted.isdisjoint((row["narrative_id"], whole["narrative_id"])):
            now, by = _yuan(package, whole), _yuan(package, row) * _SIGNS[row["direction"]]
            yield StatedMove(row["subject"], now, now - by, row["line"])


def _yuan(package: Package, row: Row) -> Decimal:
    return exact_yuan(package.folder / "narrative.csv", row["amount_yuan"])


def _in_doubt(checks: Checks) -> set[str]:
    """The identifiers of the statements that take part in a contradiction."""
    rows = [row for row in checks.open if row["outcome"] == "differs"]
    return {each for row in rows for each in (row["statement"], *row["inputs"].split())}
