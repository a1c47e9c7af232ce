"""Definitions of the standard tables: YAML files, validated on load (see their README)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.meaning.amounts import UNITS
from generator.meaning.wording import fold
from generator.models import Column, Kind, Role
from generator.problems import DefinitionError

STANDARD_TABLES = Path(__file__).parent / "standard_tables"
_CLASSES = {
    "economic": Path(__file__).parent / "economic-classes.yaml",
    "functional": Path(__file__).parent / "functional-classes.yaml",
}
SHAPES = (
    "coded",
    "labelled",
    "units",
    "projects",
    "single",
    "two_sided",
    "two_panel",
    "key_projects",
    "indicators",
    "self_evaluation",
)
_VARIANTS = "｜"
# At the end of an outer heading: it is not printed everywhere.
_OPTIONAL = "？"
# In a heading: it stands for every unit.
_ANY_UNIT = "万元"

SIDES = ("income", "expenditure")
#: The standard tables of projects; the first has all of them, the second those explained in prose.
PROJECT_TABLE = "budget-project-by-unit"
KEY_TABLE = "key-projects"
#: The funds of a project, in the order of the project table.
FUNDS = (
    "general_public_budget",
    "government_managed_funds_budget",
    "state_capital_operations_budget",
    "special_fiscal_account_appropriation",
    "other_funds",
)


@dataclass(frozen=True, slots=True)
class RowRule:
    """What is known of a printed row label."""

    labels: frozenset[str]
    item: str = ""
    role: Role = "item"
    level: int | None = None
    side: str = ""
    fund_source: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of a stacked heading: its variants, folded, and whether it may be missing.

    ``key`` tells it from another cell with the same words: its side, and the headings above it.
    """

    variants: tuple[str, ...]
    optional: bool = False
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a table's heading is printed.

    ``paths`` are the headings above each of the ``columns``, outermost first.
    """

    columns: tuple[Column, ...]
    headings: tuple[Heading, ...]
    paths: tuple[tuple[Heading, ...], ...]
    optional: frozenset[str] = frozenset()

    def present(self, printed: Iterable[Heading]) -> tuple[Column, ...]:
        """The columns whose innermost heading is among those ``printed``, or that have none."""
        there = set(printed)
        columns = zip(self.columns, self.paths, strict=True)
        return tuple(column for column, path in columns if not path or path[-1] in there)


@dataclass(frozen=True, slots=True)
class RowSum:
    """A check: in each row, the column ``total`` is the sum of the columns ``parts``."""

    total: str
    parts: tuple[str, ...]
    side: str = ""


@dataclass(frozen=True, slots=True)
class ItemSum:
    """A check: the row ``total`` is the sum of the rows ``parts`` (none named: all items).

    ``above``: only of the items that stand above it.
    """

    total: str
    parts: tuple[str, ...] = ()
    side: str = ""
    above: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A check: in each row, the column ``result`` is the sum of ``plus`` less that of ``minus``."""

    result: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableChecks:
    """The arithmetic that a table's definition promises."""

    row_sums: tuple[RowSum, ...] = ()
    sums: tuple[ItemSum, ...] = ()
    equal: tuple[tuple[str, str], ...] = ()
    flows: tuple[Flow, ...] = ()
    tree: bool = False
    units: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """What is known of one standard table, in all its variants."""

    id: str
    order: int
    kind: Kind
    title: str
    title_english: str
    description: str
    description_english: str
    titles: frozenset[str]
    shape: str
    layouts: tuple[Layout, ...]
    located_by: str = "title"
    classification: str = ""
    direction: str = ""
    required: bool = False
    totals: frozenset[str] = frozenset()
    rows: tuple[RowRule, ...] = ()
    classes: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    checks: TableChecks = TableChecks()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def in_prose(self) -> bool:
        """Whether the table stands in the prose rather than among the tables."""
        return self.shape in ("key_projects", "indicators", "self_evaluation")


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class (类) of a classification: its code (3 digits or none) and its printed names."""

    code: str
    english: str
    names: tuple[str, ...]


@cache
def definitions() -> tuple[Definition, ...]:
    """All definitions, in order. Raises DefinitionError, naming file and key."""
    files = sorted(STANDARD_TABLES.glob("*.yaml"))
    return tuple(sorted(map(load, files), key=lambda d: (d.kind, d.order, d.id)))


@cache
def definition(table: str) -> Definition:
    """The definition with the identifier ``table``. Raises KeyError."""
    return {each.id: each for each in definitions()}[table]


@cache
def classes(classification: str) -> dict[str, ClassEntry]:
    """The classes of ``functional`` or ``economic`` by folded printed name."""
    entries = yaml.safe_load(_CLASSES[classification].read_text("utf-8"))
    return {
        fold(name): ClassEntry(entry["code"], entry["english"], tuple(entry["names"]))
        for entry in entries
        for name in entry["names"]
    }


def load(path: Path) -> Definition:
    """Read and validate one definition. Raises DefinitionError, naming file and key."""
    try:
        return _definition(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, AttributeError, ValueError, OSError, yaml.YAMLError) as error:
        message = f"{path.name}: {type(error).__name__} {error}; compare with meaning/README.md"
        raise DefinitionError(message) from error


def _definition(stem: str, raw: dict[str, Any]) -> Definition:
    unknown = raw.keys() - {*Definition.__dataclass_fields__}
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if raw["id"] != stem or raw["shape"] not in SHAPES:
        raise ValueError(f"id {raw['id']!r} or shape {raw['shape']!r} is wrong")
    built = {
        **raw,
        "titles": frozenset(fold(title) for title in raw["titles"]),
        "layouts": tuple(
            _layout(columns) for each in raw["layouts"] for columns in _splits(each["columns"])
        ),
        "totals": frozenset(fold(label) for label in raw.get("totals", ())),
        "rows": tuple(_row_rule(each) for each in raw.get("rows", ())),
        "codes": raw.get("codes", {}),
        "checks": _checks(raw.get("checks", {})),
        "words": {key: tuple(map(fold, texts)) for key, texts in raw.get("words", {}).items()},
    }
    result = Definition(**built)
    _validate_checks(result)
    return result


def _splits(raw: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """A layout with its codes in one column, and with a column for each level of the code.

    Above the split columns stands the code's heading, in one cell or wrapped into two.
    """
    whole = [{key: c[key] for key in c if key != "split"} for c in raw]
    if not any("split" in column for column in raw):
        return [whole]
    return [whole, _split(raw, stacked=False), _split(raw, stacked=True)]


def _split(raw: list[dict[str, Any]], *, stacked: bool) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = []
    for column in raw:
        plain = {key: column[key] for key in column if key != "split"}
        if "split" not in column:
            columns.append(plain)
            continue
        *outer, heading = column["path"]
        above = _stacked(heading) if stacked else [heading]
        columns += [{**plain, "path": [*outer, *above, level]} for level in column["split"]]
    return columns


def _stacked(heading: str) -> list[str]:
    """``支出功能分类科目编码`` wrapped into ``支出功能分类`` over ``科目编码``."""
    lower = "科目编码"
    tops = [text.removesuffix(lower) for text in heading.split(_VARIANTS) if text != lower]
    return [_VARIANTS.join(dict.fromkeys(tops)), lower]


def _layout(raw: list[dict[str, Any]]) -> Layout:
    optional = frozenset(each["id"] for each in raw if each.get("optional"))
    paths = _paths(raw)
    headings = tuple(dict.fromkeys(heading for path in paths for heading in path))
    return Layout(tuple(_column(each) for each in raw), headings, paths, optional)


def _column(raw: dict[str, Any]) -> Column:
    values = {key: value for key, value in raw.items() if key not in ("path", "optional")}
    path = (part.removesuffix(_OPTIONAL).split(_VARIANTS)[0] for part in raw["path"])
    return Column(path=tuple(path), **values)


def _paths(raw: list[dict[str, Any]]) -> tuple[tuple[Heading, ...], ...]:
    """The cells of the stacked heading above each column: each place in the paths is one cell."""
    seen: dict[tuple[str, ...], Heading] = {}
    paths = []
    for column in raw:
        # The same heading over the other side or panel is another cell.
        path = tuple(column["path"])
        keys = [(column.get("direction", ""), *path[:depth]) for depth in range(1, len(path) + 1)]
        for key, heading in zip(keys, path, strict=True):
            optional = (bool(column.get("optional")) and key == keys[-1]) or (
                heading.endswith(_OPTIONAL)
            )
            texts = heading.removesuffix(_OPTIONAL).split(_VARIANTS)
            variants = tuple(fold(each) for text in texts for each in _in_every_unit(text))
            seen.setdefault(key, Heading(variants, optional, key))
        paths.append(tuple(seen[key] for key in keys))
    return tuple(paths)


def _in_every_unit(heading: str) -> list[str]:
    """A heading that names 万元, and as it is printed where the amounts are in another unit."""
    others = [heading.replace(_ANY_UNIT, unit) for unit in UNITS if unit != _ANY_UNIT]
    return [heading, *others] if _ANY_UNIT in heading else [heading]


def _row_rule(raw: dict[str, Any]) -> RowRule:
    values = {key: value for key, value in raw.items() if key != "label"}
    labels = frozenset(fold(text) for text in raw["label"].split(_VARIANTS))
    return RowRule(labels=labels, **values)


def _checks(raw: dict[str, Any]) -> TableChecks:
    return TableChecks(
        row_sums=tuple(
            RowSum(each["total"], tuple(each["parts"]), each.get("side", ""))
            for each in raw.get("row_sums", ())
        ),
        sums=tuple(
            ItemSum(**{**each, "parts": tuple(each.get("parts", ()))})
            for each in raw.get("sums", ())
        ),
        flows=tuple(
            Flow(each["result"], tuple(each["plus"]), tuple(each["minus"]))
            for each in raw.get("flows", ())
        ),
        equal=tuple((first, second) for first, second in raw.get("equal", ())),
        tree=raw.get("tree", False),
        units=raw.get("units", False),
    )


def _validate_checks(definition: Definition) -> None:
    """A check that names a column or an item which does not exist would silently check nothing."""
    columns = {column.id for layout in definition.layouts for column in layout.columns}
    items = {rule.item for rule in definition.rows}
    for row_sum in definition.checks.row_sums:
        _known({row_sum.total, *row_sum.parts}, columns, "column")
    for flow in definition.checks.flows:
        _known({flow.result, *flow.plus, *flow.minus}, columns, "column")
    for item_sum in definition.checks.sums:
        _known({item_sum.total, *item_sum.parts}, items, "item")
    for pair in definition.checks.equal:
        _known(set(pair), items, "item")


def _known(named: set[str], known: set[str], what: str) -> None:
    if missing := sorted(named - known):
        raise ValueError(f"checks name the unknown {what} {', '.join(missing)}")
