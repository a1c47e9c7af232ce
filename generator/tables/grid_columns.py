"""Columns of a ruled table as the data have them: an identifier by meaning, and what it means.

An identifier says what tells a column from its neighbours: the axes that the title or all columns
share are left out. A standard table's own identifier is kept where its meaning is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.meaning.definitions import Definition
from generator.models import Column
from generator.tables.coordinates import BoundColumn, Panel

_AXES = ("qualifier", "fund_source", "expenditure_type", "item")
_PLAIN = ("total", "subtotal", "amount")
_PHASES = {"approved": "approved", "adjusted": "adjusted", "executed": "executed"}


def measure_columns(panel: Panel, known: Definition, year: int) -> tuple[Column, ...]:
    """The amount columns of a panel, in the order of the page."""
    names: dict[int, str] = {}
    for bound in sorted(panel.measures, key=_plainest_first):
        name = _name(bound, panel, known, year)
        if name in names.values() and bound.meaning.axes.get("year"):
            name = "current_year" if name in _PLAIN else f"current_year_{name}"
        names[bound.place] = _unique(name, names.values())
    return tuple(_column(bound, names[bound.place], panel, known, year) for bound in panel.measures)


def _plainest_first(bound: BoundColumn) -> tuple[bool, int, tuple[str, ...]]:
    """Of two columns that mean the same, which one has the plain name, wherever they stand."""
    path = bound.leaf.path
    return bool(bound.meaning.axes.get("year")), len(path), path


def _name(bound: BoundColumn, panel: Panel, known: Definition, year: int) -> str:
    own = _own(bound.meaning.axes, known)
    unknown = ["unknown"] if bound.meaning.unknown else []
    if not unknown and (same := _known_name(own, bound, panel, known, year)):
        return same
    parts = [own[axis] for axis in _AXES if axis in own] + unknown
    when = _year(bound, year)
    if when and when != year:
        parts.insert(0, "prior_year" if when == year - 1 else f"year_{when}")
    if "budget_phase" in own and any(
        each.meaning.axes.get("budget_phase") == "executed" for each in panel.measures
    ):
        parts.append(own["budget_phase"])
    if parts:
        return "_".join(parts)
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


def _unique(name: str, taken: Collection[str]) -> str:
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
        year=None if when == year else when,
    )
