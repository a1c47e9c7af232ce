"""The data dictionary of ``docs/data-dictionary.md``: every file of the packages, column by column.

It is made of what makes the packages: the definitions of tables, the lists of fields and of files.
So a new disclosure changes nothing here; its rows are only asked for the examples.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import yaml

from generator.meaning.definitions import Definition, definitions
from generator.models import Column, ForeignKey, Table
from generator.packages.keys import KEYS_OF_ALL
from generator.packages.resources import Field, Resource, listed
from generator.packages.tables import table_resource
from tests.doors import PACKAGES, ROOT

_BESIDE = ROOT / "generator" / "packages" / "resources.yaml"
#: Where the example of a file is taken from: the first of these that has a row of it.
_EXAMPLES = (
    "guangzhou-haizhu-government-services-data/2025-budget",
    "guangzhou-haizhu-government-services-data/2020-final-accounts",
    "guangzhou-panyu-government-services-data/2024-budget",
    "guangzhou-government-services-data/2024-budget",
    "all",
)
_LONGEST = 40
_MEASURE = "Amount, as printed"
_HEAD = "| column | 中文 | what it is | type, constraints | Fiscal `columnType` | example |"
_CONSTRAINTS = {
    "required": "required", "unique": "unique", "minimum": "≥ {}", "maximum": "≤ {}",
    "pattern": "`{}`",
}  # fmt: skip


def data_dictionary() -> str:
    """All files, in groups."""
    return "\n".join(line for title, group in _groups().items() for line in _group(title, group))


def resources() -> tuple[Resource, ...]:
    """The resources of all files that a package can have, without rows."""
    return tuple(resource for group in _groups().values() for resource in group)


def _groups() -> Mapping[str, Sequence[Resource]]:
    tables = [(each, table_resource(_table(each), with_codes=True)) for each in definitions()]
    beside = [listed(name, ()) for name in yaml.safe_load(_BESIDE.read_text(encoding="utf-8"))]
    return {
        "Standard tables of budgets": [
            resource for each, resource in tables if each.kind == "budget" and not each.in_prose
        ],
        "Standard tables of final accounts": [
            resource for each, resource in tables if each.kind != "budget" and not each.in_prose
        ],
        "Tables within the prose": [resource for each, resource in tables if each.in_prose],
        "Derived files": [each for each in beside if each.category == "derived"],
        "Registers and lists": [each for each in beside if each.category != "derived"],
    }


def _table(known: Definition) -> Table:
    """A table without rows that has all columns of all layouts."""
    columns: dict[tuple[str, str], Column] = {}
    for layout in known.layouts:
        for column in layout.columns:
            columns.setdefault((column.id, column.direction), column)
    return Table(known.id, known.title, "", tuple(columns.values()), (), (), 0, 0)


def sometimes(table: str) -> frozenset[str]:
    """The amounts of a standard table that not every layout of it has."""
    found = [each for each in definitions() if each.id == table]
    layouts = [layout for each in found for layout in each.layouts]
    always: list[set[str]] = [
        {c.id for c in layout.columns} - layout.optional for layout in layouts
    ]
    ids = {c.id for layout in layouts for c in layout.columns if c.measure}
    return frozenset(ids - set[str].intersection(*always)) if layouts else frozenset()


def _group(title: str, group: Sequence[Resource]) -> Iterator[str]:
    yield from ("", f"## {title}")
    for resource in group:
        yield from _file(resource)


def _file(resource: Resource) -> Iterator[str]:
    package, row = example_row(resource.name)
    yield from ("", f"### {resource.path}", "")
    yield f"**{resource.title}**, {resource.english}. {resource.description_english}"
    yield ""
    yield f"Primary key: {_names(resource.primary_key)}.{''.join(map(_key, resource.foreign_keys))}"
    if further := KEYS_OF_ALL.get(resource.name):
        yield f"In the package of all:{''.join(map(_key, further))}"
    yield f"Example: {f'a row of `{package}`' if package else 'none in the committed packages'}."
    yield from ("", _HEAD, "|---|---|---|---|---|---|")
    partial = sometimes(resource.name)
    for field in resource.fields:
        yield _line(field, row.get(field.name, ""), partial=field.name in partial)


def _line(field: Field, example: str, *, partial: bool) -> str:
    what = f"{_MEASURE}." if field.measure else field.description_english
    if partial:
        what += " Not in every layout."
    cells = (
        f"`{field.name}`",
        field.title,
        f"{field.english}. {what}",
        ", ".join([field.type, *_constraints(field)]),
        f"`{field.column_type}`" if field.column_type else "",
        _cut(example),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _constraints(field: Field) -> Iterator[str]:
    for name, value in field.constraints.items():
        if name == "enum":
            yield "one of " + ", ".join(f"`{each}`" for each in value)
        elif value is not False:
            yield _CONSTRAINTS[name].format(value)


def _key(key: ForeignKey) -> str:
    where = f" of `{key.resource}.csv`" if key.resource else " of the same file"
    return f" {_names(key.fields)} → {_names(key.reference)}{where}."


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cut(text: str) -> str:
    """A cell of a table in Markdown; what is longer than a line is cut."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


@cache
def example_row(name: str) -> tuple[str, dict[str, str]]:
    """The row of a file that has most to show, and the package that it is taken from."""
    for package in _EXAMPLES:
        path = PACKAGES / package / f"{name}.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            if rows:
                return package, max(rows, key=lambda row: sum(map(bool, row.values())))
    return "", {}
