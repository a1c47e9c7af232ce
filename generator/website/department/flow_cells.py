"""What the tables print of a functional class by a fund source, or by a kind of expenditure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.website.department.figures import Part, part_of
from generator.website.published.facts import Ledger, PublishedFact

Cells = Mapping[tuple[str, str], Part]
# The digits of the code of a class.
_CLASS = 3


@dataclass(frozen=True)
class ClassCells:
    """Amounts by class and the other key; `added` where the table has no rows of classes."""

    cells: Cells = field(default_factory=dict)
    added: bool = False


def cells_of(ledger: Ledger, tables: Sequence[str], attribute: str) -> ClassCells:
    """Return the amounts of the functional classes by a meaning of the column, if printed.

    The keys are the class and the fund source or expenditure type. Where the table has rows of
    items only, those of a class are added up.
    """
    for table in tables:
        facts = [
            fact
            for fact in ledger.facts
            if fact.table == table
            and getattr(fact, attribute)
            and fact.yuan > 0
            and fact.classification != "economic"
        ]
        if printed := _cells((f for f in facts if len(f.code) == _CLASS), attribute):
            return ClassCells(printed)
        items = (f for f in facts if len(f.code) > _CLASS and f.role == "item")
        if added := _cells(items, attribute):
            return ClassCells(added, added=True)
    return ClassCells()


def _cells(facts: Iterable[PublishedFact], attribute: str) -> Cells:
    found: dict[tuple[str, str], list[PublishedFact]] = {}
    for fact in facts:
        found.setdefault((fact.code[:_CLASS], str(getattr(fact, attribute))), []).append(fact)
    return {ends: part_of(ends[1], each[0].name, each) for ends, each in found.items()}
