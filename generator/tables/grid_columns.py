"""Columns of a ruled table as the data have them: an identifier by meaning, and what it means.

An identifier says what tells a column from its neighbours: the axes that the title or all columns
share are left out. A standard table's own identifier is kept where its meaning is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.meaning.definitions import Definition
from generator.meaning.vocabulary import is_sum, whole_of
from generator.models import Column
from generator.tables.coordinates import BoundColumn, Panel

_AXES = ("qualifier", "fund_source", "expenditure_type", "economic", "item")
_PLAIN = ("total", "subtotal", "amount")
_PHASES = {"approved": "approved", "adjusted": "adjusted", "executed": "executed"}


def measure_columns(panel: Panel, known: Definition, year: int) -> tuple[Column, ...]:
    """The amount columns of a panel, in the order of the page."""
    columns: list[Column] = []
    for bound in panel.measures:
        name = _name(bound, panel, known, year)
        if any(name == column.id for column in columns) and bound.meaning.axes.get("year"):
            name = "current_year" if name in _PLAIN else f"current_year_{name}"
        name = _unique(name, columns)
        columns.append(_column(bound, name, panel, known, year))
    whole = whole_of({column.item for column in columns if column.item})
    return tuple(_summing(column, whole) for column in columns)


def _summing(column: Column, whole: str) -> Column:
    """A column that only says that it sums the others is their whole."""
    if column.item or not whole or not any(map(is_sum, column.path)):
        return column
    return replace(column, item=whole)


def _name(bound: BoundColumn, panel: Panel, known: Definition, year: int) -> str:
    own = _own(bound.meaning.axes, known)
    if same := _known_name(own, bound, panel, known, year):
        return same
    parts = [f"class_{own[a]}" if a == "economic" else own[a] for a in _AXES if a in own]
    when = _year(bound, year)
    if when and when != year:
        parts.insert(0, "prior_year" if when == year - 1 else f"year_{when}")
    if "budget_phase" in own and any(
        each.meaning.axes.get("budget_phase") == "executed" for each in panel.measures
    ):
        parts.append(own["budget_phase"])
    if parts:
        return "_".join(parts)
    directions = {each.meaning.axes.get("direction") for each in panel.measures} - {None}
    if len(directions) > 1 and "direction" in own:
        return own["direction"]
    return "total" if len(panel.measures) > 1 else "amount"


def _own(axes: Mapping[str, str], known: Definition) -> dict[str, str]:
    """What a heading says beyond the title."""
    said = {"fund_source": known.axes.fund_source, "expenditure_type": known.axes.expenditure_type}
    return {axis: concept for axis, concept in axes.items() if said.get(axis) != concept}


def _known_name(
    own: Mapping[str, str], bound: BoundColumn, panel: Panel, known: Definition, year: int
) -> str:
    """The identifier that the standard table gives to a column of the same meaning."""
    if own.keys() & {"qualifier"} or _year(bound, year) not in (None, year):
        return ""
    columns = known.layouts[0].columns if known.layouts else ()
    for column in columns:
        if column.measure and (not panel.side or column.direction in ("", panel.side)):
            theirs = {
                "fund_source": column.fund_source,
                "expenditure_type": column.expenditure_type,
                "item": column.item,
            }
            theirs = {a: c for a, c in _own(theirs, known).items() if c}
            if theirs == {
                a: own[a] for a in ("fund_source", "expenditure_type", "item") if a in own
            }:
                return column.id
    return ""


def _unique(name: str, columns: Sequence[Column]) -> str:
    taken = {column.id for column in columns}
    count, unique = 1, name
    while unique in taken:
        count += 1
        unique = f"{name}_{count}"
    return unique


def _year(bound: BoundColumn, year: int) -> int | None:
    said = bound.meaning.axes.get("year", "")
    if bound.meaning.years:
        return bound.meaning.years[-1]
    return {"prior": year - 1, "this": year}.get(said)


def _column(bound: BoundColumn, name: str, panel: Panel, known: Definition, year: int) -> Column:
    axes = bound.meaning.axes
    path = tuple(" ".join(text.split()) for text in bound.leaf.path) or ("",)
    when = _year(bound, year)
    return Column(
        name,
        " ".join(filter(None, path)) or name,
        name.replace("_", " ").capitalize(),
        path,
        measure=True,
        fund_source=axes.get("fund_source", "") or known.axes.fund_source,
        expenditure_type=axes.get("expenditure_type", "") or known.axes.expenditure_type,
        budget_phase=_PHASES.get(axes.get("budget_phase", ""), ""),
        item=axes.get("item", ""),
        direction=panel.side,
        qualifier=axes.get("qualifier", ""),
        economic=axes.get("economic", ""),
        year=None if when == year else when,
    )
