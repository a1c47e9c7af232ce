"""Totals: the sums that people ask for, one row for each that a disclosure prints.

Nothing is added up here: each is an amount of a table, or one that the prose states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml
from generator.meaning.amounts import UNITS, to_yuan
from generator.models import Checked, Fact, Role, Statement
from generator.packages.outcomes import FactOutcome, outcomes
from generator.packages.resources import Resource, Value, listed
from generator.problems import DefinitionError

_ANY = "any"
_ROW_RANK: Mapping[Role, int] = {"total": 0, "subtotal": 1, "item": 2, "of_which": 3}
_COLUMN_RANK = {"total": 0, "subtotal": 1, "part": 2, "of_which": 3, "change": 4}
#: What the prose calls the phases of its amounts.
_STATED_PHASES = {
    "approved": "approved", "budget": "approved", "adjusted_budget": "adjusted",
    "executed": "executed",
}  # fmt: skip


class PrintedIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Where tables print a sum: in which of them, and what is said of it there."""

    tables: Annotated[tuple[Text, ...], Meta(min_length=1)]
    role: Role | None = None
    item: str = ""
    fund_source: str = ""
    expenditure_type: str = ""


class WrittenTotal(Struct, frozen=True, forbid_unknown_fields=True):
    """A sum that people ask for."""

    title: Text
    english: Text
    printed: tuple[PrintedIn, ...] = ()
    stated: str = ""


@cache
def written_totals() -> dict[str, WrittenTotal]:
    """The sums that are looked for, by concept. Raises DefinitionError where one is malformed."""
    path = Path(__file__).parent / "totals.yaml"
    return checked_yaml(path, dict[Text, WrittenTotal], DefinitionError)


def totals(checked: Sequence[Checked]) -> Resource:
    """The totals of disclosures, by concept, year and phase, in the order of ``totals.yaml``."""
    return listed("totals", (row for each in checked for row in _of_disclosure(each)))


#: A sum by the year and the phase that it is of.
_When = tuple[int | None, str]


def _of_disclosure(checked: Checked) -> Iterator[tuple[Value, ...]]:
    disclosure, said = checked.disclosure, outcomes(checked.findings)
    by_table: dict[str, list[Fact]] = {}
    for fact in disclosure.facts:
        by_table.setdefault(fact.table, []).append(fact)
    for concept, written in written_totals().items():
        found: dict[_When, Fact | Statement] = {}
        for statement in _stated(written, disclosure.statements, disclosure.extract.year):
            year = statement.year or disclosure.extract.year
            when: _When = (year, _STATED_PHASES[statement.phase])
            found.setdefault(when, statement)
        for place in reversed(written.printed):
            found |= _printed(place, by_table)
        for when, each in sorted(found.items(), key=lambda entry: (-(entry[0][0] or 0), entry[0])):
            yield _row(checked, (concept, written), when, each, said)


def _printed(place: PrintedIn, by_table: Mapping[str, list[Fact]]) -> dict[_When, Fact]:
    """What the tables print at a place, by year and phase; the first of the tables goes before."""
    found: dict[_When, Fact] = {}
    for table in reversed(place.tables):
        by_time: dict[_When, list[Fact]] = {}
        for fact in by_table.get(table, ()):
            if _fits(fact, place):
                by_time.setdefault((fact.amount_year, fact.budget_phase), []).append(fact)
        chosen = {when: _widest(facts) for when, facts in by_time.items()}
        found |= {when: fact for when, fact in chosen.items() if fact is not None}
    return found


def _fits(fact: Fact, place: PrintedIn) -> bool:
    return (
        not fact.qualifier
        and place.role in (None, fact.role)
        and place.item in ("", fact.item)
        and place.fund_source in (_ANY, fact.fund_source)
        and place.expenditure_type == fact.expenditure_type
    )


def _widest(facts: Sequence[Fact]) -> Fact | None:
    """The amount of the most total row and column; None where several rows have as good a claim."""
    best = min(map(_rank, facts))
    first = [fact for fact in facts if _rank(fact) == best]
    return first[0] if len({(fact.row, fact.side) for fact in first}) == 1 else None


def _rank(fact: Fact) -> tuple[int, int]:
    return _ROW_RANK[fact.role], _COLUMN_RANK[fact.column_role]


def _stated(
    written: WrittenTotal, statements: Sequence[Statement], year: int
) -> Iterator[Statement]:
    """What the prose states of it: whole amounts of the disclosure's own year."""
    for each in statements:
        own = each.about == each.statement_id and each.year in (None, year)
        money = each.measure == "amount" and each.value is not None and each.printed_unit in UNITS
        meant = written.stated and each.subject == written.stated
        if meant and own and money and each.phase in _STATED_PHASES:
            yield each


def _row(
    checked: Checked,
    concept: tuple[str, WrittenTotal],
    when: _When,
    found: Fact | Statement,
    said: Mapping[str, FactOutcome],
) -> tuple[Value, ...]:
    disclosure, (name, written) = checked.disclosure, concept
    year, phase = when
    own = disclosure.extract.year
    key = ".".join((disclosure.prefix, "total", name, phase, *([str(year)] if year != own else [])))
    table = isinstance(found, Fact)
    figure = found.fact_id if isinstance(found, Fact) else found.statement_id
    yuan = found.amount if isinstance(found, Fact) else to_yuan(found.printed, found.printed_unit)
    return (
        key, disclosure.id, disclosure.department.id, own, disclosure.extract.kind,
        name, written.title, written.english, phase, year, yuan, found.printed,
        found.printed_unit, figure if table else "", "" if table else figure,
        said.get(figure, "not_checked"),
    )  # fmt: skip
