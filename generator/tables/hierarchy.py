"""Hierarchy: the level and role of each row, from its code, its label and its indentation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set

from msgspec.structs import replace

from generator.meaning.definitions import Definition, RowRule, classes
from generator.meaning.wording import fold, is_enumerated, strip_enumerator
from generator.models import Cell, Role, Row
from generator.tables.rows import TableReading
from generator.tables.unusual_codes import is_without_code, level_by_neighbours

_AMOUNT = re.compile(r"[0-9]\.[0-9]{2}(?![0-9])")
_AMOUNTS = re.compile(r"[0-9]\.[0-9]{2}[ \t　]+-?[0-9][0-9,]*\.[0-9]{2}(?![0-9])")
_LEVEL_OF_LENGTH = {3: 1, 5: 2, 7: 3}


def assign_hierarchy(rows: list[Row], reading: TableReading) -> tuple[Row, ...]:
    """Give rows their ``level``, ``role``, ``item`` and plain ``name``; report unknown labels."""
    _report_left_over(rows, reading)
    definition = reading.definition
    if definition.shape in ("projects", "key_projects"):
        return tuple(rows)
    parents = {row.code[:length] for row in rows for length in range(1, len(row.code))}
    ranked: list[Row] = []
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        ranked.append(_ranked(row, parents, seen[row.side], reading))
        seen[row.side].add(ranked[-1].item)
    _compare_indentation(ranked, reading)
    return tuple(level_by_neighbours(ranked))


def _report_left_over(rows: Sequence[Row], reading: TableReading) -> None:
    """An amount in a label, or two side by side in a target, belong into cells."""
    for row in rows:
        for text, pattern in ((row.label, _AMOUNT), (row.text, _AMOUNTS)):
            if match := pattern.search(text):
                short = text[max(0, match.start() - 20) : match.end() + 20]
                reading.report.add("amount-left-over", row.line, title=reading.title, text=short)


def _ranked(row: Row, parents: Set[str], seen: Set[str], reading: TableReading) -> Row:
    definition = reading.definition
    if fold(row.label) in definition.totals:
        return replace(row, role="total", level=0)
    if row.code:
        role: Role = "subtotal" if row.code in parents else "item"
        return replace(row, level=_LEVEL_OF_LENGTH.get(len(row.code), 1), role=role)
    if is_without_code(row):
        return row
    if definition.shape == "single":
        return replace(row, role="total", level=0, name=row.name or definition.title)
    if definition.shape == "units":
        return row
    return _by_label(row, seen, reading)


def _by_label(row: Row, seen: Set[str], reading: TableReading) -> Row:
    name = strip_enumerator(row.label)
    rule = find_rule(row, seen, reading.definition)
    if rule:
        level = rule.level if rule.level is not None else (0 if rule.role == "total" else 1)
        return replace(row, name=name, role=rule.role, level=level, item=rule.item)
    if _is_class(name, row.side, reading.definition):
        return replace(row, name=name, role="item", level=1)
    if reading.definition.shape == "coded":
        reading.report.add("row-without-code", row.line, title=reading.title, text=row.label)
    elif row.label:
        reading.report.add("row-label-unknown", row.line, title=reading.title, text=row.label)
    return replace(row, name=name, role="item", level=1)


def find_rule(row: Row, seen: Set[str], definition: Definition) -> RowRule | None:
    """The rule for the row's label and side; ``seen`` are the items above it on its side.

    A rule that holds only ``after`` an item goes before one that holds everywhere; ``*`` fits a
    label without a number that no other rule fits.
    """
    label = fold(strip_enumerator(row.label))
    fitting = [
        rule
        for rule in definition.rows
        if rule.side in ("", row.side)
        and (not rule.after or rule.after in seen)
        and (label in rule.labels or fold(row.label) in rule.labels)
    ]
    if fitting:
        return max(fitting, key=lambda rule: bool(rule.after))
    rest = next((rule for rule in definition.rows if "*" in rule.labels), None)
    return rest if rest and not is_enumerated(row.label) else None


def _is_class(name: str, side: str, definition: Definition) -> bool:
    return bool(
        definition.classes
        and side in ("", "expenditure")
        and fold(name) in classes(definition.classes)
    )


def _compare_indentation(rows: Sequence[Row], reading: TableReading) -> None:
    """Where the table is indented, indentation and code must tell the same level."""
    if not any(row.indent for row in rows if row.code):
        return
    for row in rows:
        if row.code and row.indent != row.level - 1:
            reading.report.add("level-conflict", row.line, title=reading.title, text=row.label)


def drop_repeated_totals(rows: list[Row], definition: Definition) -> tuple[list[Row], list[Row]]:
    """Split off total rows that repeat the first one on a continuation page, to the letter."""
    kept: list[Row] = []
    repeated: list[Row] = []
    first: tuple[str | None, ...] | None = None
    for row in rows:
        amounts = _printed(row.cells)
        is_total = fold(row.label) in definition.totals
        if is_total and first is not None and amounts == first:
            repeated.append(row)
            continue
        first = amounts if is_total and first is None else first
        kept.append(replace(row, number=row.number - len(repeated)) if repeated else row)
    return kept, repeated


def _printed(cells: tuple[Cell | None, ...]) -> tuple[str | None, ...]:
    return tuple(cell.printed if cell else None for cell in cells)
