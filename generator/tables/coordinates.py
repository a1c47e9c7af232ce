"""Coordinates: what each column of a ruled table means, by the words above it and by its place.

A column that names its row is a key, one of amounts is a measure. A key behind a measure begins a
new panel: a list of its own that stands beside the one before. No layout is known in advance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec.structs import replace

from generator.meaning.amounts import is_decimal, is_nearly_amount, read_amount
from generator.meaning.definitions import Definition
from generator.meaning.vocabulary import Meaning, read_heading, read_words
from generator.meaning.wording import fold
from generator.models import BodyRow, Leaf, RuledTable
from generator.tables.code_evidence import are_of_units, told_by_codes, told_by_names

#: What a column is for: to number rows, to name them by code or words, amounts, or other text.
ColumnRole = Literal["ordinal", "code", "label", "measure", "text", "blank"]
#: What is said of amounts only.
_OF_AMOUNTS = ("fund_source", "expenditure_type", "item", "qualifier", "budget_phase", "year")
#: The roles of columns that name a row.
_KEYS = ("code", "label")
#: What is longer is no name of a row, but text about it.
_LONGEST_NAME = 40
#: Roles that the heading alone tells.
_SAID: tuple[ColumnRole, ...] = ("ordinal", "code", "text")


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column with its role and with what its heading says."""

    leaf: Leaf
    role: ColumnRole
    meaning: Meaning

    @property
    def place(self) -> int:
        """Its number in the table, from 0."""
        return self.leaf.column

    @property
    def classification(self) -> str:
        """What the codes or names in it are of, where the heading says so."""
        return self.meaning.axes.get("classification", "")


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns that belong together: those that name a row, and its amounts.

    ``side`` is blank for the only panel of a table; else ``income`` or ``expenditure``, with what
    it is by where there are several of a side.
    """

    keys: tuple[BoundColumn, ...]
    measures: tuple[BoundColumn, ...]
    texts: tuple[BoundColumn, ...] = ()
    side: str = ""
    classification: str = ""


@dataclass(slots=True)
class _Forming:
    keys: list[BoundColumn] = field(default_factory=list)
    measures: list[BoundColumn] = field(default_factory=list)
    texts: list[BoundColumn] = field(default_factory=list)


def with_late_headings(table: RuledTable) -> RuledTable:
    """The table with those rows at its head that are all words of headings as part of the heading.

    A heading whose last row has a word below few of its cells seems to end before that row.
    """
    while table.body and _is_heading(table.body[0]):
        row, *rest = table.body
        table = replace(
            table,
            leaves=tuple(_under(leaf, row) for leaf in table.leaves),
            body=tuple(rest),
            head_lines=(*table.head_lines, row.line),
        )
    return table


def _is_heading(row: BodyRow) -> bool:
    texts = [text for text in row.texts if text]
    return bool(texts) and all(map(_is_heading_word, texts))


def _is_heading_word(text: str) -> bool:
    tokens, unknown, _ = read_words(text)
    said = {axis for axis, _ in tokens}
    return "budget_phase" in said and not unknown and not said & {"expenditure_type", "item"}


def _under(leaf: Leaf, row: BodyRow) -> Leaf:
    text = row.text_in(leaf.column)
    return replace(leaf, path=(*leaf.path, text)) if text else leaf


def bind_columns(table: RuledTable) -> tuple[BoundColumn, ...]:
    """Give each column of a table its role, by its heading and by what stands in it."""
    return tuple(_bound(leaf, table.body) for leaf in table.leaves)


def _bound(leaf: Leaf, body: Sequence[BodyRow]) -> BoundColumn:
    meaning = read_heading(leaf.path)
    texts = [row.text_in(leaf.column) for row in body]
    role = _role(meaning, leaf, [text for text in texts if text])
    return BoundColumn(
        leaf, role, _held_against_codes(meaning, texts) if role in _KEYS else meaning
    )


def _held_against_codes(meaning: Meaning, texts: Sequence[str]) -> Meaning:
    """What a heading says of codes or names, but for the classification where these say another.

    Where it has a word that nobody knows, only they tell: 政府 with 支出经济分类 is another.
    """
    said = meaning.axes.get("classification", "")
    if said == "unit":
        return meaning
    of_units = "unit" if "code" in meaning.roles and are_of_units(texts) else ""
    if meaning.unknown:
        told = told_by_codes([text] for text in texts) or told_by_names(texts) or of_units
    elif said:
        told = told_by_codes([text] for text in texts) or said
    else:
        told = of_units
    axes = {axis: concept for axis, concept in meaning.axes.items() if axis != "classification"}
    return replace(meaning, axes={**axes, "classification": told} if told else axes)


def _role(meaning: Meaning, leaf: Leaf, texts: Sequence[str]) -> ColumnRole:
    said = next((role for role in _SAID if role in meaning.roles), None)
    if said is not None:
        return said
    worths = [read_amount(text) for text in texts]
    amounts = sum(worth.plain is not None for worth in worths)
    words = sum(
        worth.plain is None and not worth.blank and any(map(str.isalnum, text))  # ** is no word
        for worth, text in zip(worths, texts, strict=True)
    )
    named = "label" in meaning.roles or "classification" in meaning.axes
    if named and (words or not amounts):
        return "label"
    if not leaf.path and not texts:
        return "blank"
    if words > amounts and not _holds_amounts(meaning, texts):
        names = meaning.unknown and max(map(len, texts)) <= _LONGEST_NAME
        return "label" if names or not leaf.path else "text"
    return "measure"


def _holds_amounts(meaning: Meaning, texts: Sequence[str]) -> bool:
    """Whether a column is of amounts by its heading, though most of them cannot be read."""
    tried = any(is_decimal(text) or is_nearly_amount(text) for text in texts)
    return tried and any(axis in meaning.axes for axis in _OF_AMOUNTS)


def split_panels(
    columns: Sequence[BoundColumn], table: RuledTable, direction: str = ""
) -> tuple[Panel, ...]:
    """Split the columns into panels, each with the direction that its headings say.

    ``direction`` is that of the whole table, where it has one.
    """
    forming: list[_Forming] = []
    for column in columns:
        begins = column.role in _KEYS and (not forming or forming[-1].measures)
        if begins or not forming:
            forming.append(_Forming())
        current = forming[-1]
        if column.role in _KEYS:
            current.keys.append(column)
        elif column.role == "measure":
            current.measures.append(column)
        elif column.role == "text":
            current.texts.append(column)
    whole = [each for each in forming if each.measures]
    return _with_sides([_panel(each, table) for each in whole], direction)


def _panel(forming: _Forming, table: RuledTable) -> Panel:
    columns = [*forming.keys, *forming.measures]
    said = [c.meaning.axes["direction"] for c in columns if "direction" in c.meaning.axes]
    classes = [c.classification for c in forming.keys if c.classification not in ("", "unit")]
    rows = ([row.text_in(key.place) for key in forming.keys] for row in table.body)
    classification = classes[0] if classes else told_by_codes(rows)
    side = said[0] if said else ""
    return Panel(
        tuple(forming.keys),
        tuple(forming.measures),
        tuple(forming.texts),
        side,
        classification,
    )


_BY = {
    "functional": "by_function",
    "economic": "by_economic_class",
    "government_economic": "by_government_economic_class",
    "": "by_type",
}
_TYPES = {"personnel_expenses": "personnel", "public_expenses": "public"}
#: What further panels of a side are called; a table with more of them is no table that is known.
MORE_SIDES = (
    *_TYPES.values(),
    "more",
    *(f"expenditure_{by}" for by in _BY.values()),
    "expenditure_by_other",
    "income_by_other",
)


def _with_sides(panels: Sequence[Panel], direction: str) -> tuple[Panel, ...]:
    """Name each panel's side; the first one of a side has its plain name."""
    if len(panels) < 2:
        return tuple(_sided(panel, "") for panel in panels)
    taken: dict[str, Panel] = {}
    found = []
    for number, panel in enumerate(panels):
        name = next((each for each in _choices(panel, number, direction, taken)), "")
        taken[name] = panel
        found.append(_sided(panel, name))
    return tuple(found)


def _choices(
    panel: Panel, number: int, direction: str, taken: Mapping[str, Panel]
) -> Iterator[str]:
    """The names that are free for a panel; a list that goes on beside itself is ``more``."""
    types = {column.meaning.axes.get("expenditure_type", "") for column in panel.measures}
    by_type = _TYPES.get(next(iter(types)), "") if len(types) == 1 else ""
    plain = panel.side or direction or ("income" if not number else "expenditure")
    by = _BY.get(panel.classification, "by_type")
    goes_on = plain in taken and _is_alike(panel, taken[plain])
    names = (by_type, plain, "more" if goes_on else "", f"{plain}_{by}", f"{plain}_by_other")
    yield from (name for name in names if name and name not in taken)


def _is_alike(panel: Panel, other: Panel) -> bool:
    """Whether two panels are of the same, under the same headings."""
    heads = ([fold(key.leaf.heading) for key in each.keys] for each in (panel, other))
    return panel.classification == other.classification and next(heads) == next(heads)


def _sided(panel: Panel, side: str) -> Panel:
    return Panel(panel.keys, panel.measures, panel.texts, side, panel.classification)


def is_readable(panels: Sequence[Panel], known: Definition) -> str:
    """Why a table with a known title is no such table after all; blank where it is one."""
    if not panels:
        return "没有认识的金额栏"
    sides = [panel.side for panel in panels]
    if len(panels) > 1 and not set(sides) <= {"income", "expenditure", *MORE_SIDES}:
        return "并列的栏目太多"
    two_sided = len(panels) > 1
    if known.shape == "two_sided" and not two_sided:
        return "应有收入和支出两边，只有一边"
    return ""


def unknown_words(columns: Sequence[BoundColumn]) -> list[str]:
    """The words above columns of amounts that nobody knows."""
    words = (w for c in columns if c.role == "measure" for w in c.meaning.unknown)
    return list(dict.fromkeys(fold(word) for word in words))
