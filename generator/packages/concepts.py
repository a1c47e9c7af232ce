"""Concepts: the standard tables, their columns, and the terms by which amounts are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.meaning.concepts import AXES, Concept, concepts
from generator.meaning.definitions import SIDES, Definition, definitions
from generator.models import Column, Disclosure
from generator.packages.resources import Resource, Value, listed, text
from generator.packages.totals import written_totals

#: What is said of a column's amounts, in the order of the register.
_SAID = (
    "direction", "fund_source", "expenditure_type", "budget_phase", "qualifier", "item", "economic",
)  # fmt: skip
#: The column of totals.csv whose terms are concepts, too.
_TOTALS = "concept"
_Key = tuple[str, str]  # table and column


@dataclass(frozen=True, slots=True)
class _Told:
    """What the register says of a column."""

    title: str
    title_english: str
    holds: str
    axes: Mapping[str, str]


def concept_registers(
    disclosures: Sequence[Disclosure], facts: Resource, others: Sequence[Resource]
) -> list[Resource]:
    """Tables, columns and concepts: those known, those of ``disclosures``, those that files name.

    ``others`` are files that may name a table of which there is no fact.
    """
    named = _named(facts)
    columns = _columns(disclosures)
    for table, column in sorted(filter(all, named["column"])):
        columns.setdefault((table, column), _Told(column, column, "amount", {}))
    tables = {each.id: _table(each) for each in definitions()}
    for table in (*(table for table, _ in columns), *_tables_named(others)):
        tables.setdefault(table, _unknown_table(table))
    return [
        listed("tables", tables.values()),
        listed("columns", (_column(key, columns[key]) for key in sorted(columns))),
        listed("concepts", _concepts({term for axis in AXES for term in named[axis]})),
    ]


def _named(facts: Resource) -> Mapping[str, set[tuple[str, ...]]]:
    """The columns and terms that facts name, those of an older program among them."""
    names = [field.name for field in facts.fields]
    at: dict[str, tuple[int, ...]] = {axis: (names.index(axis),) for axis in AXES}
    at["column"] = (names.index("table_id"), names.index("column_id"))
    return {
        key: {tuple(text(row[place]) for place in places) for row in facts.rows}
        for key, places in at.items()
    }


def _tables_named(resources: Sequence[Resource]) -> list[str]:
    """The tables that checks and the conservation of amounts name."""
    checked = [each for each in resources if each.name in ("findings", "conservation")]
    ids: set[Value] = set()
    for each in checked:
        at = [field.name for field in each.fields].index("table_id")
        ids |= {row[at] for row in each.rows}
    return sorted(map(str, filter(None, ids)))


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


def _columns(disclosures: Sequence[Disclosure]) -> dict[_Key, _Told]:
    """The columns that definitions know, and those that disclosures print."""
    found: dict[_Key, list[Column]] = {}
    for known in definitions():
        for layout in known.layouts:
            for column in layout.columns:
                found.setdefault((known.id, column.id), []).append(column)
    for disclosure in disclosures:
        for table in disclosure.extract.tables:
            for column in table.columns:
                found.setdefault((table.id, column.id), []).append(column)
    return {key: _told(columns) for key, columns in found.items()}


def _told(columns: Sequence[Column]) -> _Told:
    """What the first says of itself, and what all say of their amounts."""
    first = columns[0]
    axes = {
        axis: values.pop() if len(values := {getattr(c, axis) for c in columns}) == 1 else ""
        for axis in _SAID
    }
    side = axes["direction"]
    axes["direction"] = side if side in SIDES else ""
    return _Told(first.title, first.title_english, "amount" if first.measure else "text", axes)


def _column(key: _Key, told: _Told) -> tuple[Value, ...]:
    return (
        *key, told.title, told.title_english, told.holds,
        *(told.axes.get(axis, "") for axis in _SAID),
    )  # fmt: skip


def _concepts(named: Iterable[tuple[str, ...]]) -> Iterator[tuple[Value, ...]]:
    known = {each.term: each for each in concepts()}
    for term, total in written_totals().items():
        one = known.setdefault(term, Concept(term, total.title, total.english, ()))
        known[term] = replace(one, axes=(*one.axes, _TOTALS))
    for (term,) in named:
        if term:
            known.setdefault(term, Concept(term, term, "", ()))
    for term in sorted(known):
        each = known[term]
        yield term, each.name, each.english, " ".join(each.axes)
