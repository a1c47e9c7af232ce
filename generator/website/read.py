"""Reads the data packages: descriptors at once, the rows of a resource when asked for.

All text in here comes from published documents and is untrusted: it is only ever shown as text.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.problems import PackageError

Row = dict[str, str]

MARKER = ".mingzhang"
CONSOLIDATED = "all"
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
KIND_SLUGS = {"budget": "budget", "final_accounts": "final-accounts"}
KIND_WORDS = {"budget": "预算", "final_accounts": "决算"}


@dataclass(frozen=True)
class Field:
    """One column of a resource, as its schema describes it."""

    name: str
    type: str
    title: str
    title_english: str
    description: str
    constraints: tuple[tuple[str, str], ...]
    column_type: str
    headings: tuple[str, ...]
    measure: bool


@dataclass(frozen=True)
class Resource:
    """One CSV file of a package: where it is and what its descriptor says about it."""

    file: Path
    name: str
    title: str
    title_english: str
    description: str
    bytes: int
    rows: int
    category: str
    order: int
    shape: str
    unit: str
    notes: tuple[str, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[str, ...]

    def read(self) -> list[Row]:
        """Read every row of the file.

        Raises:
            PackageError: The file is missing, is not UTF-8, or its header is not that of the
            schema.
        """
        return read_csv(self.file, tuple(field.name for field in self.fields))


@dataclass(frozen=True)
class Department:
    """Who published a disclosure."""

    id: str
    name: str
    region_name: str
    level: str


@dataclass(frozen=True)
class Source:
    """A file a package was read from."""

    title: str
    path: str
    file: str
    hash: str
    publisher: str
    licence: str


@dataclass(frozen=True)
class Package:
    """The package of one disclosure: one department, one year, budget or final accounts."""

    folder: Path
    name: str
    title: str
    description: str
    department: Department
    year: int
    kind: str
    unit: str
    sources: tuple[Source, ...]
    resources: tuple[Resource, ...]

    @property
    def slug(self) -> str:
        """Return the last part of the address, such as `2025-budget`."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def id(self) -> str:
        """Return `department/year-kind`, which is also the address below `departments/`."""
        return f"{self.department.id}/{self.slug}"

    @property
    def kind_word(self) -> str:
        """Return 预算 or 决算."""
        return KIND_WORDS[self.kind]

    @property
    def tables(self) -> tuple[Resource, ...]:
        """Return the standard tables in printed order."""
        return tuple(r for r in self.resources if r.category == "standard_table")

    def rows(self, name: str) -> list[Row]:
        """Read the rows of a resource; a resource the package does not have gives no rows."""
        return next((r.read() for r in self.resources if r.name == name), [])


@dataclass(frozen=True)
class Packages:
    """All packages: one per disclosure, by department and year, and the consolidated one."""

    folder: Path
    disclosures: tuple[Package, ...]
    consolidated: tuple[Resource, ...]

    def rows(self, name: str) -> list[Row]:
        """Read a resource of the consolidated package; a missing one gives no rows."""
        return next((r.read() for r in self.consolidated if r.name == name), [])


def read_packages(folder: Path) -> Packages:
    """Read the descriptors of every package in a folder.

    Raises:
        PackageError: The folder was not written by mingzhang, or a descriptor is malformed.
    """
    if not (folder / MARKER).is_file():
        raise PackageError(
            f"{folder}: 没有标记文件 {MARKER}，不是明账写出的数据包目录。先运行 mingzhang extract。"
        )
    found = sorted(folder.glob("*/*/datapackage.json"))
    disclosures = sorted(
        (_package(path.parent) for path in found), key=lambda p: (p.department.id, p.year, p.kind)
    )
    everything = folder / CONSOLIDATED
    entry = _descriptor(everything)
    return Packages(folder, tuple(disclosures), _resources(everything, entry))


def read_csv(file: Path, header: tuple[str, ...]) -> list[Row]:
    """Read a CSV of a package and compares its header with the schema's field names."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            actual = tuple(next(reader, ()))
            if actual != header:
                raise PackageError(
                    f"{file}: 表头与 datapackage.json 的字段不一致。重新运行 mingzhang extract。"
                )
            return [_row(file, reader.line_num, header, cells) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(f"{file}: 读不出来（{error}）。重新运行 mingzhang extract。") from error


def _row(file: Path, line: int, header: tuple[str, ...], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise PackageError(
            f"{file}: 第{line}行有{len(cells)}格，应有{len(header)}格。重新运行 mingzhang extract。"
        )
    return dict(zip(header, cells, strict=True))


def _descriptor(folder: Path) -> Mapping[str, Any]:
    file = folder / "datapackage.json"
    try:
        entry = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PackageError(f"{file}: 读不出来（{error}）。重新运行 mingzhang extract。") from error
    if not isinstance(entry, dict):
        raise PackageError(f"{file}: 应是一个 JSON 对象。重新运行 mingzhang extract。")
    return entry


def _package(folder: Path) -> Package:
    entry = _descriptor(folder)
    try:
        package = _package_of(folder, entry)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackageError(
            f"{folder / 'datapackage.json'}: 缺少或写错 {error}。重新运行 mingzhang extract。"
        ) from error
    if package.id != f"{folder.parent.name}/{folder.name}":
        raise PackageError(f"{folder}: 目录名与其中的部门、年度、类别（{package.id}）不一致。")
    return package


def _package_of(folder: Path, entry: Mapping[str, Any]) -> Package:
    who = entry["department"]
    if entry["kind"] not in KIND_SLUGS:
        raise ValueError(f"kind={entry['kind']}")
    return Package(
        folder=folder,
        name=_safe(entry["name"]),
        title=str(entry["title"]),
        description=str(entry.get("description", "")),
        department=Department(
            _safe(who["id"]), str(who["name"]), _text(who, "regionName"), _text(who, "level")
        ),
        year=int(entry["year"]),
        kind=str(entry["kind"]),
        unit=str(entry.get("unit", "")),
        sources=tuple(_source(s) for s in entry.get("sources", [])),
        resources=_resources(folder, entry),
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return "" if value is None else str(value)


def _safe(name: object) -> str:
    """Return a name that may become part of a file name, and refuses any other."""
    if not _SAFE.fullmatch(str(name)):
        raise ValueError(f"name={name}")
    return str(name)


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(
        *(_text(entry, k) for k in ("title", "path", "file", "hash", "publisher", "licence"))
    )


def _resources(folder: Path, entry: Mapping[str, Any]) -> tuple[Resource, ...]:
    try:
        found = [_resource(folder, each) for each in entry["resources"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackageError(
            f"{folder}/datapackage.json: resources 缺少或写错 {error}。重新运行 mingzhang extract。"
        ) from error
    return tuple(sorted(found, key=lambda r: (r.category != "standard_table", r.order, r.name)))


def _resource(folder: Path, entry: Mapping[str, Any]) -> Resource:
    schema = entry["schema"]
    return Resource(
        file=folder / _safe(entry["path"]),
        name=_safe(entry["name"]),
        title=_text(entry, "title"),
        title_english=_text(entry, "titleEnglish"),
        description=_text(entry, "description"),
        bytes=int(entry.get("bytes", 0)),
        rows=int(entry.get("rows", 0)),
        category=_text(entry, "category"),
        order=int(entry.get("order", 0)),
        shape=_text(entry, "shape"),
        unit=_text(entry, "unit"),
        notes=tuple(str(n) for n in entry.get("notes") or ()),
        fields=tuple(_field(f) for f in schema["fields"]),
        primary_key=_names(schema.get("primaryKey")),
        foreign_keys=tuple(_foreign_key(k) for k in schema.get("foreignKeys") or ()),
    )


def _field(entry: Mapping[str, Any]) -> Field:
    constraints = entry.get("constraints") or {}
    return Field(
        name=str(entry["name"]),
        type=_text(entry, "type"),
        title=_text(entry, "title") or str(entry["name"]),
        title_english=_text(entry, "titleEnglish"),
        description=_text(entry, "description"),
        constraints=tuple((str(k), _plain(v)) for k, v in constraints.items()),
        column_type=_text(entry, "columnType"),
        headings=tuple(str(h) for h in entry.get("headings") or ()),
        measure=bool(entry.get("measure")),
    )


def _plain(value: object) -> str:
    return "、".join(str(v) for v in value) if isinstance(value, list) else str(value)


def _names(value: object) -> tuple[str, ...]:
    return (
        tuple(str(v) for v in value) if isinstance(value, list) else (str(value),) if value else ()
    )


def _foreign_key(entry: Mapping[str, Any]) -> str:
    reference = entry["reference"]
    target = reference.get("resource") or "本表"
    here, there = "、".join(_names(entry["fields"])), "、".join(_names(reference["fields"]))
    return f"{here} → {target}（{there}）"
