"""What one disclosure prints under each functional and economic code.

An amount is taken from the rows that carry the very code, never added up from the rows below it,
so that no total is counted twice; what the tables leave blank stays absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from generator.website.department.figures import (
    BASIC_BY_CLASS,
    EXPENDITURE,
    PROJECT_BY_CLASS,
    SUMMARY,
    Part,
    part_of,
)
from generator.website.published.facts import Ledger, PublishedFact

BASIC_BY_UNIT = ("budget-basic-by-unit",)
FUNCTIONAL, ECONOMIC = "functional", "economic"
_WHOLE = ("total", "amount")
# The digits of the code of a class.
_CLASS = 3


@dataclass(frozen=True)
class Spent:
    """The amounts under one code: the whole, and its two kinds where the tables tell them apart."""

    classification: str
    code: str
    name: str
    whole: Part
    basic: Part | None = None
    project: Part | None = None


@dataclass(frozen=True)
class UnitSpent:
    """The basic expenditure of one unit under one economic class."""

    unit: str
    code: str
    amount: Part


def by_function(ledger: Ledger, *, executed: bool) -> list[Spent]:
    """Return the amounts under every functional code, in printed order.

    A disclosure whose expenditure table has no codes may still have the classes of its summary.
    """
    printed = [
        rows
        for tables in (EXPENDITURE, SUMMARY)
        for table in tables
        if any(map(_is_whole, rows := _rows(ledger, table, FUNCTIONAL, executed=executed)))
    ]
    with_classes = [rows for rows in printed if any(len(fact.code) == _CLASS for fact in rows)]
    rows = next(iter((*with_classes, *printed)), [])
    return [s for code, found in _by_code(rows).items() if (s := _function(code, found))]


def by_economic_class(ledger: Ledger, *, executed: bool) -> list[Spent]:
    """Return the amounts under every economic code: of the general public budget only."""
    basic, project = (
        [f for table in tables for f in _rows(ledger, table, ECONOMIC, executed=executed)]
        for tables in (BASIC_BY_CLASS, PROJECT_BY_CLASS)
    )
    tables = _by_code(basic), _by_code(project)
    codes = sorted({*tables[0], *tables[1]})
    return [_economic(code, [table.get(code, []) for table in tables]) for code in codes]


def by_unit(ledger: Ledger) -> list[UnitSpent]:
    """Return the basic expenditure of each unit under each economic class, all funds together."""
    rows = [f for table in BASIC_BY_UNIT for f in ledger.facts if f.table == table]
    return [
        UnitSpent(f.unit, f.code, part_of(f.code, f.name, [f]))
        for f in rows
        if f.classification == ECONOMIC and f.column in _WHOLE and f.unit and f.yuan
    ]


def _rows(
    ledger: Ledger, table: str, classification: str, *, executed: bool
) -> list[PublishedFact]:
    return [
        f
        for f in ledger.facts
        if f.table == table
        and f.classification == classification
        and f.direction != "income"
        and (not f.phase or (f.phase == "executed") == executed)
    ]


def _by_code(rows: Iterable[PublishedFact]) -> dict[str, list[PublishedFact]]:
    found: dict[str, list[PublishedFact]] = {}
    for fact in rows:
        found.setdefault(fact.code, []).append(fact)
    return found


def _is_whole(fact: PublishedFact) -> bool:
    return fact.column in _WHOLE or not (fact.fund_source or fact.expenditure_type)


def _function(code: str, found: Sequence[PublishedFact]) -> Spent | None:
    whole = _sum([f for f in found if f.column in _WHOLE] or [f for f in found if _is_whole(f)])
    if whole is None:
        return None
    kinds = {
        kind: _sum([f for f in found if f.expenditure_type == kind])
        for kind in ("basic_expenditure", "project_expenditure")
    }
    return Spent(FUNCTIONAL, code, whole.name, whole, *kinds.values())


def _economic(code: str, found: Sequence[Sequence[PublishedFact]]) -> Spent:
    """``found`` are the facts of the code, of basic and of project expenditure."""
    parts = [_sum(each) for each in found]
    printed = [part for part in parts if part]
    yuan = sum((part.yuan for part in printed), Decimal(0))
    # The sum of two tables stands on no line of its own.
    line = printed[0].line if len(printed) == 1 else ""
    return Spent(
        ECONOMIC, code, printed[0].name, Part(code, printed[0].name, yuan, line), parts[0], parts[1]
    )


def _sum(found: Sequence[PublishedFact]) -> Part | None:
    """Add up what stands under one code in one table, as where a code is printed per panel."""
    if not found:
        return None
    first = found[0]
    line = first.line if len({f.line for f in found}) == 1 else ""
    return replace(part_of(first.code, first.name, found), line=line)


def largest_first(spent: Iterable[Spent]) -> list[Spent]:
    """Sort by amount, and by code among equals."""
    return sorted(spent, key=lambda s: (-s.whole.yuan, s.code))


def units_of(rows: Iterable[UnitSpent], code: str) -> list[Part]:
    """Return each unit's amount under a code, largest first."""
    found = sorted((r for r in rows if r.code == code), key=lambda r: r.unit)
    parts = []
    for unit, group in groupby(found, key=lambda r: r.unit):
        each = list(group)
        yuan = sum((r.amount.yuan for r in each), Decimal(0))
        parts.append(Part(code, unit, yuan, each[0].amount.line if len(each) == 1 else ""))
    return sorted(parts, key=lambda p: (-p.yuan, p.name))
