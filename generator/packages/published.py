"""Packages of an earlier build: what a later one that does not make them again keeps of them.

A package is carried over as it is, but for a mark in its descriptor that says since when and why.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator.packages.descriptors import resource_descriptor, to_csv, written
from generator.packages.resources import Resource, known_files, listed
from generator.paths import inside
from generator.problems import OutputError, PackageError, Problem
from generator.store import digest_of_file

Row = Mapping[str, str]
_DESCRIPTOR = "datapackage.json"
#: What to do where a package that is to be kept cannot be.
MEND = (
    "it is the last copy of what this build did not make; restore it (from version control), put "
    "its source back, or withdraw it"
)
# As `codes` writes the other names of a code: “name (2024, 2025)”.
_OTHER_NAME = re.compile(r"(?P<name>.+) \([0-9, ]+\)")
# The longest section of prose is longer than what the csv module allows of itself.
csv.field_size_limit(10_000_000)


class KeptMark(Struct, frozen=True):
    """Since when a package is kept as it was, and why: a problem's code and what it says."""

    since: str
    code: str
    reason: str

    @property
    def told(self) -> str:
        """The code and the sentence in one."""
        return f"{self.code}: {self.reason}"


class _File(Struct, frozen=True):
    file: str = ""
    hash: str = ""


class _Resource(Struct, frozen=True):
    name: str
    hash: str
    rows: int = 0
    category: str = ""


class _Described(Struct, frozen=True):
    """What of a descriptor is asked here."""

    id: str
    title: str
    resources: tuple[_Resource, ...]
    sources: tuple[_File, ...] = ()
    build: str = ""
    kept: KeptMark | None = None


@dataclass(frozen=True)
class Published:
    """The package of one disclosure, or of ``all``, below a folder that a build wrote."""

    root: Path
    id: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return inside(self.root, self.id)

    @cached_property
    def described(self) -> _Described:
        """What its descriptor says. Raises PackageError where it is no descriptor of it."""
        try:
            found = msgspec.json.decode(self._bytes(_DESCRIPTOR), type=_Described)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._wrong(_DESCRIPTOR, str(error)) from error
        if found.id != self.id:
            raise self._wrong(_DESCRIPTOR, f"describes {found.id!r}")
        return found

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that were read for it."""
        return tuple(each.file for each in self.described.sources)

    @property
    def hashes(self) -> frozenset[str]:
        """The SHA-256 of these files."""
        return frozenset(each.hash.removeprefix("sha256:") for each in self.described.sources)

    @property
    def facts(self) -> int:
        """How many amounts were read."""
        return sum(each.rows for each in self.described.resources if each.name == "facts")

    @property
    def tables(self) -> int:
        """How many tables have rows."""
        tables = (r for r in self.described.resources if r.category == "standard_table")
        return sum(each.rows > 0 for each in tables)

    def rows(self, name: str) -> list[Row]:
        """The rows of one of its files; none where it has no such file.

        Raises PackageError where the file is not what was written.
        """
        return list(self.each_row(name))

    def each_row(self, name: str) -> Iterator[Row]:
        """The same one by one: no long file is held in memory."""
        if name not in {each.name for each in self.described.resources}:
            return
        self._refuse_altered(name)
        with inside(self.folder, f"{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, restval="")

    def data(self, name: str) -> bytes:
        """The bytes of one of its files. Raises PackageError where they were altered."""
        self._refuse_altered(name)
        return self._bytes(f"{name}.csv")

    def _refuse_altered(self, name: str) -> None:
        file = f"{name}.csv"
        known = {each.name: each.hash for each in self.described.resources}
        try:
            found = digest_of_file(inside(self.folder, file)).hex()
        except OSError as error:
            raise self._wrong(file, error.strerror or str(error)) from error
        if known[name] != f"sha256:{found}":
            raise self._wrong(file, "was altered after it was written")

    def raw(self) -> dict[str, Any]:
        """Its descriptor, whole."""
        try:
            found: dict[str, Any] = json.loads(self._bytes(_DESCRIPTOR))
        except (ValueError, RecursionError) as error:
            raise self._wrong(_DESCRIPTOR, str(error)) from error
        return found

    def _bytes(self, file: str) -> bytes:
        try:
            return inside(self.folder, file).read_bytes()
        except OSError as error:
            raise self._wrong(file, error.strerror or str(error)) from error

    def _wrong(self, file: str, said: str) -> PackageError:
        return PackageError(f"{self.folder / file}: {said}; {MEND}")


@dataclass(frozen=True)
class Kept:
    """A published package that stays, with its mark."""

    package: Published
    mark: KeptMark

    @property
    def department(self) -> str:
        """The identifier of its department."""
        return self.package.id.partition("/")[0]

    def carry_over(self, folder: Path) -> None:
        """Write it into ``folder``, which is not there yet: byte for byte but for the mark.

        A file that an older program wrote gets the columns that it lacks, blank.
        """
        folder.mkdir(parents=True)
        marked = self.package.raw() | {"kept": msgspec.to_builtins(self.mark)}
        for at, each in enumerate(self.package.described.resources):
            data, renewed = self.package.data(each.name), self._renewed(each)
            if renewed:
                data = to_csv(renewed)
                marked["resources"][at] = resource_descriptor(renewed, written(data, renewed.rows))
            inside(folder, f"{each.name}.csv").write_bytes(data)
        text = json.dumps(marked, ensure_ascii=False, indent=2) + "\n"
        (folder / _DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")

    def _renewed(self, described: _Resource) -> Resource | None:
        """A file with today's columns, where it lacks some; None where it has them all."""
        if described.name not in known_files():
            return None  # a standard table: its columns are those that its source prints
        today = listed(described.name, ())
        names = [field.name for field in today.fields]
        header = self.package.data(described.name).partition(b"\n")[0].decode().split(",")
        if set(names) <= set(header):
            return None
        rows = tuple(self.rows_of(described.name, names))
        return relaxed(replace(today, rows=rows), blank_places(rows))

    def rows_of(self, name: str, fields: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The rows of one of its files with these fields, blank where it has no such."""
        for row in self.package.each_row(name):
            yield tuple(row.get(field) or "" for field in fields)

    def problems(self) -> Iterator[Problem]:
        """What was recorded when it was read."""
        for row in self.package.rows("problems"):
            line, page = (int(row[name]) if row[name] else None for name in ("line", "page"))
            severity: Any = row["severity"]
            yield Problem(
                row["code"], severity, row["file"], line, page, row["message"], row["mend"]
            )

    def codes(self, classification: str) -> Iterator[tuple[str, str]]:
        """The codes that it prints, each with every name that it has there."""
        for row in self.package.rows(f"codes-{classification}"):
            yield row["code"], row["name"]
            for other in filter(None, row["other_names"].split("|")):
                found = _OTHER_NAME.fullmatch(other)
                yield row["code"], found["name"] if found else other

    @property
    def year(self) -> int:
        """The year that it is about."""
        return int(self.package.id.rpartition("/")[2].partition("-")[0])


def find_published(root: Path) -> dict[str, Published]:
    """All packages of disclosures below a folder, by their identifiers."""
    found = sorted(root.glob("*/*/" + _DESCRIPTOR))
    ids = [path.parent.relative_to(root).as_posix() for path in found]
    return {each: Published(root, each) for each in ids}


class _Everything(Struct, frozen=True):
    packages: dict[str, str] = {}


def listed_packages(root: Path) -> frozenset[str]:
    """The disclosures that the package of all names; none where it is not there, or not read."""
    try:
        data = inside(root, f"all/{_DESCRIPTOR}").read_bytes()
        return frozenset(msgspec.json.decode(data, type=_Everything).packages)
    except (OSError, ValueError, RecursionError, OutputError):
        return frozenset()


def registered(root: Path, name: str, ids: Collection[str]) -> dict[str, list[Row]]:
    """The rows of a register of all that are about these disclosures, or departments, by them."""
    field = "disclosure_id" if name == "disclosures" else "department"
    found: dict[str, list[Row]] = {}
    for row in Published(root, "all").each_row(name) if ids else ():
        if row[field] in ids:
            found.setdefault(row[field], []).append(row)
    return found


def relaxed(resource: Resource, blank: Collection[int]) -> Resource:
    """A file in which the columns at the places ``blank`` may be blank, as in kept packages.

    A column that is required today may be one that an older program did not know.
    """
    fields = tuple(
        replace(field, constraints={**field.constraints, "required": False})
        if at in blank and field.constraints.get("required")
        else field
        for at, field in enumerate(resource.fields)
    )
    return replace(resource, fields=fields)


def blank_places(rows: Iterable[Sequence[str]]) -> set[int]:
    """At which places any of the rows is blank."""
    return {at for row in rows for at, value in enumerate(row) if not value}
