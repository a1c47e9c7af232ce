"""Concepts: the terms by which amounts are told apart, each with its name and its axes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from generator.checked_files import Text, checked_yaml, refuse
from generator.meaning.definitions import SIDES, definitions
from generator.meaning.english import labels
from generator.meaning.vocabulary import vocabulary
from generator.meaning.written import BudgetPhase, ExpenditureType, FundSource, Term
from generator.problems import DefinitionError

_NAMES = Path(__file__).parent / "concepts.yaml"
_QUALIFIERS = ("of_which", "brought_forward", "change")
#: The axes of an amount whose terms are concepts.
AXES = ("direction", "fund_source", "expenditure_type", "budget_phase", "qualifier", "item")


@dataclass(frozen=True, slots=True)
class Concept:
    """A term: its Chinese and English names, and the axes on which it stands."""

    term: str
    name: str
    english: str
    axes: tuple[str, ...]


@cache
def concepts() -> tuple[Concept, ...]:
    """All terms of all axes, in order. Raises DefinitionError where one has no name."""
    names = checked_yaml(_NAMES, dict[Term, Text], DefinitionError)
    by_axis, english = _terms(), labels().items
    terms = sorted({term for known in by_axis.values() for term in known})
    for term in terms:
        if term not in names:
            refuse(_NAMES, (), f"expected the name of {term}", DefinitionError)
    return tuple(
        Concept(
            term, names[term], english.get(term, ""), tuple(a for a in AXES if term in by_axis[a])
        )
        for term in terms
    )


def _terms() -> Mapping[str, frozenset[str]]:
    """The terms of each axis: closed lists, and the items that tables and words mean."""
    words = vocabulary()
    items = {item for known in definitions() for item in known.items}
    items |= {item for group in words.headings if group.axis == "item" for item in group.words}
    items |= {item for group in words.rows for item in group.words}
    return {
        "direction": frozenset(SIDES),
        "fund_source": frozenset(get_args(FundSource)) - {""},
        "expenditure_type": frozenset(get_args(ExpenditureType)) - {""},
        "budget_phase": frozenset(get_args(BudgetPhase)) - {""},
        "qualifier": frozenset(_QUALIFIERS),
        "item": frozenset(items),
    }
