"""One SQLite file of everything: typed tables with their keys, indexes, and views for recipes.

The same rows give the same bytes: pages of a fixed size, rows and indexes in order, no clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.checked_files import Text, checked_yaml
from generator.models import ForeignKey
from generator.problems import DefinitionError, PackageError
from generator.website.published.package import PublishedField, PublishedResource
from generator.website.published.typed_values import NUMERIC, Scalar, plain, typed

_TYPES = {
    "boolean": "BOOLEAN", "date": "DATE", "integer": "INTEGER", "number": "NUMERIC",
    "year": "INTEGER",
}  # fmt: skip
_PAGE = 4096
#: Where the header of a file names the version of SQLite that wrote it (https://sqlite.org/fileformat.html):
#: it differs from machine to machine, and nothing reads it.
_VERSION = 96


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """A view as ``views.yaml`` has it: what it shows, in both languages, and its query."""

    title: Text
    english: Text
    select: Text


def write_sqlite(resources: Sequence[PublishedResource], path: Path) -> None:
    """Write the file of all resources, row by row.

    Raises:
        PackageError: A cell is not of its field's type, or a key is not unique.
    """
    database = sqlite3.connect(path)
    try:
        _fill(database, resources)
    except sqlite3.IntegrityError as error:
        places = "、".join(sorted({str(each.file.parent) for each in resources}))
        raise PackageError(f"{places}: {error}。重新运行 mingzhang extract。") from error
    finally:
        database.close()
    with path.open("r+b") as file:
        file.seek(_VERSION)
        file.write(bytes(4))


def table_name(resource: str) -> str:
    """Return the name of a resource's table: without hyphens, which SQL takes for minus."""
    return resource.replace("-", "_")


def _fill(database: sqlite3.Connection, resources: Sequence[PublishedResource]) -> None:
    database.execute(f"PRAGMA page_size = {_PAGE}")
    database.execute("PRAGMA encoding = 'UTF-8'")
    database.execute("PRAGMA journal_mode = OFF")  # who is interrupted begins anew
    ordered = sorted(resources, key=lambda each: each.name)
    keys = {each.name: tuple(_keys(each, ordered)) for each in ordered}
    with database:
        for resource in ordered:
            _write_table(database, resource, keys)
        for resource in ordered:
            for statement in _indexes(resource, keys):
                database.execute(statement)
        for name, view in _views().items():
            _write_view(database, name, view)
    database.execute("ANALYZE")
    database.execute("VACUUM")


def _write_table(
    database: sqlite3.Connection,
    resource: PublishedResource,
    keys: dict[str, tuple[ForeignKey, ...]],
) -> None:
    types = _types_of(resource)
    database.execute("\n".join(_table(resource, types, keys)))
    places = ", ".join("?" * len(resource.fields))
    insert = f"INSERT INTO {_quoted(table_name(resource.name))} VALUES ({places})"
    database.executemany(insert, _cells(resource))


def _cells(resource: PublishedResource) -> Iterator[tuple[Scalar, ...]]:
    """The rows as SQLite has them."""
    fields = [(f.name, None if f.type == "string" else f) for f in resource.fields]
    for row in resource.each():
        yield tuple(
            plain(typed(resource, f, row[name])) if f else row[name] or None for name, f in fields
        )


def _types_of(resource: PublishedResource) -> dict[str, str]:
    """The types of the columns: text where a number of one would not be held exactly."""
    types = {field.name: _TYPES.get(field.type, "TEXT") for field in resource.fields}
    numeric = [field for field in resource.fields if field.type in NUMERIC]
    for row in resource.each() if numeric else ():
        for field in numeric:
            if isinstance(plain(typed(resource, field, row[field.name])), str):
                types[field.name] = "TEXT"
    return types


def _table(
    resource: PublishedResource,
    types: dict[str, str],
    keys: dict[str, tuple[ForeignKey, ...]],
) -> Iterator[str]:
    """The statement that makes a table, line by line; what a column is stands beside it."""
    constraints = []
    if resource.primary_key:
        constraints.append(f"PRIMARY KEY ({_listed(resource.primary_key)})")
    constraints += [f"UNIQUE ({_listed(each)})" for each in _led_to(resource, keys)]
    constraints += [_reference(resource, key) for key in keys[resource.name]]
    yield f"CREATE TABLE {_quoted(table_name(resource.name))} ( -- {_said(resource)}"
    last = len(resource.fields) - 1
    for at, field in enumerate(resource.fields):
        blank = " NOT NULL" if field.required else ""
        comma = "," if at < last or constraints else ""
        yield f"  {_quoted(field.name)} {types[field.name]}{blank}{comma} -- {_said(field)}"
    yield ",\n".join(f"  {each}" for each in constraints)
    yield ")"


def _said(described: PublishedResource | PublishedField) -> str:
    return " ".join(f"{described.titles.chinese} {described.titles.english}".split())


def _keys(
    resource: PublishedResource, resources: Sequence[PublishedResource]
) -> Iterator[ForeignKey]:
    """The foreign keys whose target is there and, as SQLite asks of a target, unique."""
    known = {each.name: each for each in resources}
    for key in resource.foreign_keys:
        target = known.get(key.resource or resource.name)
        if target and (key.reference == target.primary_key or _unique(target, key.reference)):
            yield key


def _unique(resource: PublishedResource, names: Sequence[str]) -> bool:
    if not {field.name for field in resource.fields}.issuperset(names):
        return False
    seen: set[tuple[str, ...]] = set()
    for count, row in enumerate(resource.each(), 1):
        seen.add(tuple(row[name] for name in names))
        if len(seen) < count:
            return False
    return True


def _led_to(
    resource: PublishedResource, keys: dict[str, tuple[ForeignKey, ...]]
) -> list[tuple[str, ...]]:
    """The fields to which foreign keys lead, where they are not the primary key."""
    led = {
        tuple(key.reference)
        for name, each in keys.items()
        for key in each
        if (key.resource or name) == resource.name
    }
    return sorted(led - {resource.primary_key})


def _reference(resource: PublishedResource, key: ForeignKey) -> str:
    target = _quoted(table_name(key.resource or resource.name))
    return f"FOREIGN KEY ({_listed(key.fields)}) REFERENCES {target} ({_listed(key.reference)})"


def _indexes(resource: PublishedResource, keys: dict[str, tuple[ForeignKey, ...]]) -> Iterator[str]:
    """Indexes of what rows are asked for by: foreign keys, and the codes of classifications."""
    asked = {tuple(key.fields) for key in keys[resource.name]}
    asked |= {(f.name,) for f in resource.fields if f.column_type.endswith((":code", "-year"))}
    for fields in sorted(asked):
        # The beginning of another index serves as well.
        if any(other[: len(fields)] == fields for other in asked - {fields}) or (
            resource.primary_key[: len(fields)] == fields
        ):
            continue
        name = _quoted("_by_".join((table_name(resource.name), "_".join(fields))))
        yield f"CREATE INDEX {name} ON {_quoted(table_name(resource.name))} ({_listed(fields)})"


# ── views ────────────────────────────────────────────────────────────────────────────────


@cache
def _views() -> dict[str, View]:
    path = Path(__file__).parent / "views.yaml"
    return checked_yaml(path, dict[Text, View], DefinitionError)


def _write_view(database: sqlite3.Connection, name: str, view: View) -> None:
    """Make a view, if the packages have what it asks for: older ones may lack a column."""
    try:
        database.execute(view.select)
    except sqlite3.OperationalError:
        return
    said = f"-- {view.title} {view.english}"
    database.execute(f"CREATE VIEW {_quoted(name)} AS {said}\n{view.select}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
