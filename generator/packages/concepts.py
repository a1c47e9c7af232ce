"""Concepts: the standard tables, their columns, and the terms by which amounts are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.meaning.concepts import Concept, concepts
from generator.meaning.definitions import Definition, definitions
from generator.packages.columns import Columns
from generator.packages.resources import Resource, Value, listed
from generator.packages.totals import written_totals

#: The column of totals.csv whose terms are concepts, too.
_TOTALS = "concept"


def concept_registers(
    columns: Columns,
    named: Iterable[tuple[str, str]],
    tables: Iterable[str],
    terms: Iterable[str],
) -> list[Resource]:
    """Tables, columns and concepts: those known, those of disclosures, those that files name.

    ``named`` are the columns, ``terms`` the concepts and ``tables`` the tables that files name.
    """
    rows = list(columns.rows(each for each in named if all(each)))
    known = {each.id: _table(each) for each in definitions()}
    for table in (*columns.tables, *sorted(filter(None, tables))):
        known.setdefault(table, _unknown_table(table))
    return [
        listed("tables", known.values()),
        listed("columns", rows),
        listed("concepts", _concepts(terms)),
    ]


def _table(known: Definition) -> tuple[Value, ...]:
    place = "prose" if known.in_prose else "tables"
    return (
        known.id, known.kind, known.title, known.title_english, known.description,
        known.description_english, place, known.shape, known.classification, known.direction,
        known.axes.fund_source, known.axes.expenditure_type, known.required or known.everywhere,
    )  # fmt: skip


def _unknown_table(table: str) -> tuple[Value, ...]:
    """A table of an older program that nothing is known of any more."""
    kind = "final_accounts" if table.startswith("final-") else "budget"
    return (table, kind, table, table, table, table, "tables", "", "", "", "", "", False)


def _concepts(named: Iterable[str]) -> Iterator[tuple[Value, ...]]:
    known = {each.term: each for each in concepts()}
    for term, total in written_totals().items():
        one = known.setdefault(term, Concept(term, total.title, total.english, ()))
        known[term] = replace(one, axes=(*one.axes, _TOTALS))
    for term in named:
        if term:
            known.setdefault(term, Concept(term, term, "", ()))
    for term in sorted(known):
        each = known[term]
        yield term, each.name, each.english, " ".join(each.axes)
