"""One SQLite file of everything: typed tables with their keys, indexes, and views for recipes.

The same rows give the same bytes: pages of a fixed size, rows and indexes in order, no clock. The
rows of a disclosure have numbers of their own, so that they are renewed in a file that was written
before, and the others stay.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.checked_files import Text, checked_yaml
from generator.models import ForeignKey
from generator.problems import DefinitionError, PackageError
from generator.website.files.number_sizes import KnownSizes
from generator.website.published.package import PublishedField, PublishedResource
from generator.website.published.typed_values import Scalar, plain, typed

_TYPES = {
    "boolean": "BOOLEAN", "date": "DATE", "integer": "INTEGER", "number": "NUMERIC",
    "year": "INTEGER",
}  # fmt: skip
_PAGE = 4096
#: What the header of a file tells of how it was written (https://sqlite.org/fileformat.html): how
#: often, with how many changes of its tables, and by which version of SQLite. It differs from
#: machine to machine; the first and the third must be the same.
_HEADER = {24: 1, 40: 1, 92: 1, 96: 0}
#: The rows of a disclosure in one table have numbers of so many bits.
_ROOM = 24


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """A view as ``views.yaml`` has it: what it shows, in both languages, and its query."""

    title: Text
    english: Text
    select: Text


@dataclass(frozen=True)
class DatabaseMadeOf:
    """What a file was made of: the statements that made its tables and views, and its rows.

    `rows` has a hash for each resource and, of one that is put together, for each disclosure, whose
    rows have numbers of their own.
    """

    schema: tuple[str, ...]
    rows: Mapping[str, str]


@dataclass(frozen=True)
class Earlier:
    """A file that was written before, and what it was made of."""

    path: Path
    made_of: DatabaseMadeOf


def write_sqlite(
    resources: Sequence[PublishedResource],
    path: Path,
    sizes: KnownSizes = KnownSizes({}),  # noqa: B008 frozen, and empty
    earlier: Earlier | None = None,
) -> DatabaseMadeOf:
    """Write the file of all resources, row by row, and say what it is made of.

    Args:
        resources: What it has.
        path: Where it is written.
        sizes: What is known of the numbers of disclosures.
        earlier: A file of the same tables: what did not change is taken of it. The bytes are the
        same.

    Raises:
        PackageError: A cell is not of its field's type, or a key is not unique.
    """
    work = path.with_name(f"{path.name}.work")
    try:
        made_of = _Database(resources, sizes).write(work, earlier)
        _in_order(work, path)
    except sqlite3.IntegrityError as error:
        places = "、".join(sorted({str(each.file.parent) for each in resources}))
        raise PackageError(f"{places}: {error}。重新运行 mingzhang extract。") from error
    finally:
        work.unlink(missing_ok=True)
    return made_of


def table_name(resource: str) -> str:
    """Return the name of a resource's table: without hyphens, which SQL takes for minus."""
    return resource.replace("-", "_")


class _Database:
    """The resources, in order, and the statements that make their tables."""

    def __init__(self, resources: Sequence[PublishedResource], sizes: KnownSizes) -> None:
        self.resources = sorted(resources, key=lambda each: each.name)
        self.keys = {each.name: tuple(_keys(each, self.resources)) for each in self.resources}
        self.tables = {
            each.name: "\n".join(_table(each, _types_of(each, sizes), self.keys))
            for each in self.resources
        }
        self.indexes = [i for each in self.resources for i in _indexes(each, self.keys)]
        self.made_of = DatabaseMadeOf(
            (*self.tables.values(), *self.indexes, *(v.select for v in _views().values())),
            {_name(each, part): part.hash for each in self.resources for part in _parts_of(each)},
        )

    def write(self, path: Path, earlier: Earlier | None) -> DatabaseMadeOf:
        """Write the rows, or those that are others in an earlier file; return what it is of."""
        path.unlink(missing_ok=True)
        if earlier and self._is_like(earlier.made_of):
            shutil.copyfile(earlier.path, path)
            with _opened(path) as database:
                self._renew(database, earlier.made_of)
        else:
            with _opened(path) as database:
                self._fill(database)
        return self.made_of

    def _is_like(self, earlier: DatabaseMadeOf) -> bool:
        """Whether the same rows have the same numbers: those of the same disclosures."""
        return earlier.schema == self.made_of.schema and list(earlier.rows) == list(
            self.made_of.rows
        )

    def _fill(self, database: sqlite3.Connection) -> None:
        for resource in self.resources:
            database.execute(self.tables[resource.name])
            for at, part in enumerate(_parts_of(resource)):
                _insert(database, resource, part, at)
        for statement in self.indexes:
            database.execute(statement)
        for name, view in _views().items():
            _write_view(database, name, view)

    def _renew(self, database: sqlite3.Connection, earlier: DatabaseMadeOf) -> None:
        for resource in self.resources:
            for at, part in enumerate(_parts_of(resource)):
                name = _name(resource, part)
                if not part.hash or earlier.rows[name] != self.made_of.rows[name]:
                    rows = f"rowid > {at << _ROOM} AND rowid <= {at + 1 << _ROOM}"
                    table = _quoted(table_name(resource.name))
                    database.execute(f"DELETE FROM {table} WHERE {rows}")
                    _insert(database, resource, part, at)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA page_size = {_PAGE}")
        database.execute("PRAGMA encoding = 'UTF-8'")
        database.execute("PRAGMA journal_mode = OFF")  # who is interrupted begins anew
        database.execute("PRAGMA synchronous = OFF")
        with database:
            yield database


def _in_order(work: Path, path: Path) -> None:
    """Write a file whose bytes tell nothing of how its rows came to be there."""
    with closing(sqlite3.connect(work)) as database:
        database.execute("ANALYZE")
        database.commit()
        database.execute("VACUUM INTO ?", (str(path),))
    with path.open("r+b") as file:
        for at, value in _HEADER.items():
            file.seek(at)
            file.write(value.to_bytes(4, "big"))


def _parts_of(resource: PublishedResource) -> Sequence[PublishedResource]:
    return resource.parts or (resource,)


def _name(resource: PublishedResource, part: PublishedResource) -> str:
    """What rows are called in what a file is made of."""
    return f"{resource.name} {part.disclosure}" if part is not resource else resource.name


def _insert(
    database: sqlite3.Connection, resource: PublishedResource, part: PublishedResource, at: int
) -> None:
    """Write the rows of a part, numbered from its place on: so it can be renewed by itself."""
    names = ["rowid", *(field.name for field in resource.fields)]
    marks, listed = ", ".join("?" * len(names)), _listed(names[1:])
    insert = f"INSERT INTO {_quoted(table_name(resource.name))} (rowid, {listed}) VALUES ({marks})"
    cells = enumerate(_cells(resource, part), 1 + (at << _ROOM))
    database.executemany(insert, ((number, *row) for number, row in cells))


def _cells(resource: PublishedResource, part: PublishedResource) -> Iterator[tuple[Scalar, ...]]:
    """The rows as SQLite has them."""
    fields = [(f.name, None if f.type == "string" else f) for f in resource.fields]
    for row in resource.each_of([part]) if resource.parts else resource.each():
        yield tuple(
            plain(typed(part, f, row[name])) if f else row[name] or None for name, f in fields
        )


def _types_of(resource: PublishedResource, sizes: KnownSizes) -> dict[str, str]:
    """The types of the columns: text where a number of one would not be held exactly."""
    types = {field.name: _TYPES.get(field.type, "TEXT") for field in resource.fields}
    found = sizes.of(resource).items()
    return types | {name: "TEXT" for name, size in found if not size.exact}


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
