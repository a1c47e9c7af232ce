"""Columns of a ruled table as the data have them: an identifier by meaning, and what it means.

An identifier says what tells a column from its neighbours: the axes that the title or all columns
share are left out. A standard table's own identifier is kept where its meaning is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from generator.meaning.definitions import Definition
from generator.meaning.vocabulary import is_sum, joined_fund, read_heading, whole_of
from generator.models import Column
from generator.tables.coordinates import BoundColumn, Panel

_AXES = ("qualifier", "fund_source", "expenditure_type", "economic", "item")
_PLAIN = ("total", "subtotal", "amount")


def measure_columns(panel: Panel, known: Definition, year: int, title: str) -> tuple[Column, ...]:
    """The amount columns of a panel, in the order of the page."""
    said = _of_title(panel, known, title)
    names: dict[int, str] = {}
    for bound in sorted(panel.measures, key=_plainest_first):
        name = _name(bound, panel, known, (said, year))
        if name in names.values() and bound.meaning.axes.get("year"):
            name = "current_year" if name in _PLAIN else f"current_year_{name}"
        names[bound.place] = _unique(name, names.values())
    columns = [_column(each, names[each.place], panel, (said, year)) for each in panel.measures]
    whole = whole_of({column.item for column in columns if column.item})
    return tuple(_summing(column, whole) for column in columns)


def _plainest_first(bound: BoundColumn) -> tuple[bool, int, tuple[str, ...]]:
    """Of two columns that mean the same, which one has the plain name, wherever they stand."""
    path = bound.leaf.path
    return bool(bound.meaning.axes.get("year")), len(path), path


def _of_title(panel: Panel, known: Definition, title: str) -> Mapping[str, str]:
    """What the title says of all amounts of a panel; of income it says where it comes from."""
    if panel.side.startswith("income"):
        return {}
    stated: dict[str, str] = {
        "fund_source": known.axes.fund_source,
        "expenditure_type": known.axes.expenditure_type,
    }
    if not any(stated.values()) and known.shape not in ("two_sided", "two_panel"):
        stated["fund_source"] = read_heading((title,)).axes.get("fund_source", "")
    return {axis: concept for axis, concept in stated.items() if concept}


def _summing(column: Column, whole: str) -> Column:
    """A column that only says that it sums the others is their whole."""
    if column.item or not whole or not any(map(is_sum, column.path)):
        return column
    return replace(column, item=whole)


#: What the title says, and the year of the disclosure.
_Context = tuple[Mapping[str, str], int]


def _name(bound: BoundColumn, panel: Panel, known: Definition, context: _Context) -> str:
    own = _own(_exact(bound.meaning.axes, context[0]), context[0])
    unknown = ["unknown"] if bound.meaning.unknown else []
    if not unknown and (same := _known_name(own, bound, panel, known, context)):
        return same
    parts = [f"class_{own[a]}" if a == "economic" else own[a] for a in _AXES if a in own]
    parts += unknown
    when, year = _year(bound, context[1]), context[1]
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


def _exact(axes: Mapping[str, str], said: Mapping[str, str]) -> Mapping[str, str]:
    """What a heading says, with the fund that the title says for the whole of which it is part."""
    fund = joined_fund(said.get("fund_source", ""), axes.get("fund_source", ""))
    return {**axes, "fund_source": fund} if "fund_source" in axes else axes


def _own(axes: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What a heading says beyond the title."""
    return {axis: concept for axis, concept in axes.items() if said.get(axis) != concept}


def _known_name(
    own: Mapping[str, str],
    bound: BoundColumn,
    panel: Panel,
    known: Definition,
    context: _Context,
) -> str:
    """The identifier that the standard table gives to a column of the same meaning."""
    if "qualifier" in own or _year(bound, context[1]) not in (None, context[1]):
        return ""
    columns = known.layouts[0].columns if known.layouts else ()
    same = []
    for column in columns:
        if column.measure and (not panel.side or column.direction in ("", panel.side)):
            theirs = {
                "fund_source": column.fund_source,
                "expenditure_type": column.expenditure_type,
                "item": column.item,
            }
            theirs = {axis: c for axis, c in _own(theirs, context[0]).items() if c}
            if theirs == {axis: own[axis] for axis in _AXES if axis in own}:
                same.append(column.id)
    return same[0] if len(same) == 1 else ""


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


def _column(bound: BoundColumn, name: str, panel: Panel, context: _Context) -> Column:
    said, year = context
    axes = _exact(bound.meaning.axes, said)
    path = tuple(" ".join(text.split()) for text in bound.leaf.path) or ("",)
    when = _year(bound, year)
    unknown = "unknown" if bound.meaning.unknown else ""
    return Column(
        name,
        " ".join(filter(None, path)) or name,
        name.replace("_", " ").capitalize(),
        path,
        measure=True,
        fund_source=axes.get("fund_source", "") or said.get("fund_source", ""),
        expenditure_type=axes.get("expenditure_type", "") or said.get("expenditure_type", ""),
        budget_phase=axes.get("budget_phase", ""),
        item=axes.get("item", ""),
        direction=panel.side,
        qualifier=axes.get("qualifier", "") or unknown,
        economic=axes.get("economic", ""),
        year=None if when == year and not unknown else when,
    )
