"""Reads every `datapackage.json` of a folder of packages into the shapes of `package.py`."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from generator.models import ForeignKey
from generator.names import shown
from generator.paths import below, inside
from generator.problems import OutputError, PackageError
from generator.website.published.package import (
    KIND_SLUGS,
    NotReadAgain,
    Package,
    Packages,
    PublishedDepartment,
    PublishedField,
    PublishedResource,
    Source,
)
from generator.website.wording.language import Bilingual

MARKER = ".mingzhang"
CONSOLIDATED = "all"
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)


def read_packages(folder: Path) -> Packages:
    """Read the descriptors of every package in a folder.

    Raises:
        PackageError: The folder was not written by mingzhang, or a descriptor is malformed.
    """
    if not inside(folder, MARKER).is_file():
        raise PackageError(
            f"{folder}: 没有标记文件 {MARKER}，不是明账写出的数据包目录。先运行 mingzhang extract。"
        )
    found = sorted(folder.glob("*/*/datapackage.json"))
    disclosures = sorted(
        (read_package(inside(folder, f"{path.parts[-3]}/{path.parts[-2]}")) for path in found),
        key=lambda p: (p.department.id, p.year, p.kind),
    )
    read = read_consolidated(folder)
    _refuse_mixed(folder, _descriptor(inside(folder, CONSOLIDATED)), disclosures)
    return replace(read, disclosures=tuple(disclosures))


def read_consolidated(folder: Path) -> Packages:
    """Read the descriptor of the package of all, and of no disclosure.

    Raises:
        PackageError: It is malformed.
    """
    everything = inside(folder, CONSOLIDATED)
    entry = _descriptor(everything)
    return Packages(folder, (), _resources(everything, entry), **_edition(entry))


def _edition(entry: Mapping[str, Any]) -> dict[str, str]:
    """Which build and version it is, and the day that it is of."""
    names = ("build", "version", "created")
    found = {name: _text(entry, name) for name in names}
    return found | {"created": found["created"][:10]}


def _refuse_mixed(folder: Path, entry: Mapping[str, Any], found: Sequence[Package]) -> None:
    """Refuse packages that are not those of one build, where the one of all says which these are.

    A merge, or a copy that was broken off, may leave some of one build and some of another.
    """
    listed = entry.get("packages")
    if not isinstance(listed, dict):
        return
    builds = {package.id: package.build for package in found}
    mixed = [key for key in {**listed, **builds} if listed.get(key) != builds.get(key)]
    if mixed:
        raise PackageError(
            f"{folder}: {'、'.join(sorted(mixed)[:3])} 与 {CONSOLIDATED} 不是同一次构建写出的。"
            "重新运行 mingzhang extract。"
        )


def _descriptor(folder: Path) -> Mapping[str, Any]:
    """What a descriptor says; its resources as they stand there, for `_resources` to read."""
    file = inside(folder, "datapackage.json")
    try:
        data = file.read_bytes()
        if not data.lstrip().startswith(b"{"):
            msgspec.json.decode(data)  # what is no JSON at all is told as that
            raise PackageError(f"{file}: 应是一个 JSON 对象。重新运行 mingzhang extract。")
        entry = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        return {k: v if k == "resources" else msgspec.json.decode(v) for k, v in entry.items()}
    except (OSError, ValueError, RecursionError, msgspec.DecodeError) as error:
        raise PackageError(f"{file}: 读不出来（{error}）。重新运行 mingzhang extract。") from error


def read_package(folder: Path) -> Package:
    """Read the descriptor of one disclosure. Raises PackageError where it is malformed."""
    entry = _descriptor(folder)
    try:
        package = _package_of(folder, entry)
    except (KeyError, TypeError, ValueError, AttributeError, OutputError) as error:
        raise PackageError(
            f"{folder / 'datapackage.json'}: 缺少或写错 {shown(error)}。"
            "重新运行 mingzhang extract。"
        ) from error
    if package.id != f"{folder.parent.name}/{folder.name}":
        raise PackageError(
            f"{folder}: 目录名与其中的部门、年度、类别（{shown(package.id)}）不一致。"
        )
    return package


def _package_of(folder: Path, entry: Mapping[str, Any]) -> Package:
    who = entry["department"]
    if entry["kind"] not in KIND_SLUGS:
        raise ValueError(f"kind={shown(entry['kind'])}")
    return Package(
        folder=folder,
        name=_safe(entry["name"]),
        titles=Bilingual(str(entry["title"]), _text(entry, "titleEnglish")),
        description=str(entry.get("description", "")),
        department=PublishedDepartment(
            _safe(who["id"]),
            Bilingual(str(who["name"]), _text(who, "nameEnglish")),
            _text(who, "regionName"),
            _text(who, "level"),
            _text(who, "region"),
        ),
        year=int(entry["year"]),
        kind=str(entry["kind"]),
        unit=str(entry.get("unit", "")),
        sources=tuple(_source(s) for s in entry.get("sources", [])),
        resources=_resources(folder, entry),
        kept=_kept(entry.get("kept")),
        description_english=_text(entry, "descriptionEnglish"),
        **_edition(entry),
    )


def _kept(entry: Mapping[str, Any] | None) -> NotReadAgain | None:
    names = ("since", "code", "reason")
    return NotReadAgain(**{name: _text(entry, name) for name in names}) if entry else None


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return "" if value is None else str(value)


def _bilingual(entry: Mapping[str, Any], key: str) -> Bilingual:
    return Bilingual(_text(entry, key), _text(entry, f"{key}English"))


def _safe(name: object) -> str:
    """Return a name that may become part of a file name, and refuses any other."""
    if not _SAFE.fullmatch(str(name)):
        raise ValueError(f"name={shown(name)}")
    return str(name)


def _source(entry: Mapping[str, Any]) -> Source:
    names = ("title", "path", "file", "hash", "publisher", "licence", "rendition", "note")
    pages = tuple((float(width), float(height)) for width, height in entry.get("pages") or ())
    texts = {name: _text(entry, name) for name in names}
    if texts["file"]:
        below(Path(), texts["file"])
    return Source(**texts, pages=pages)


class _Said(msgspec.Struct):
    """What a descriptor says of a file, as far as the site tells it; its schema as it stands."""

    schema: msgspec.Raw
    path: Any
    name: Any
    title: Any = None
    titleEnglish: Any = None
    description: Any = None
    descriptionEnglish: Any = None
    bytes: Any = 0
    hash: Any = None
    rows: Any = 0
    category: Any = None
    order: Any = 0
    shape: Any = None
    unit: Any = None
    notes: Any = None


def _resources(folder: Path, entry: Mapping[str, Any]) -> tuple[PublishedResource, ...]:
    try:
        listed = msgspec.json.decode(entry["resources"], type=list[_Said])
        found = [_resource(folder, each) for each in listed]
    except (
        *(KeyError, TypeError, ValueError, AttributeError, OutputError),
        *(msgspec.MsgspecError, RecursionError),
    ) as error:
        raise PackageError(
            f"{folder}/datapackage.json: resources 缺少或写错 {shown(error)}。"
            "重新运行 mingzhang extract。"
        ) from error
    return tuple(sorted(found, key=lambda r: (r.category != "standard_table", r.order, r.name)))


def _resource(folder: Path, said: _Said) -> PublishedResource:
    schema, entry = _schema(bytes(said.schema)), msgspec.structs.asdict(said)
    path = _safe(entry["path"])
    inside(folder, path)  # or it is refused here, and not where it is read
    return PublishedResource(
        folder=folder,
        path=_once(path),
        name=_once(_safe(entry["name"])),
        titles=_once(_bilingual(entry, "title")),
        descriptions=_once(_bilingual(entry, "description")),
        bytes=int(entry["bytes"]),
        hash=_text(entry, "hash"),
        rows=int(entry["rows"]),
        category=_once(_text(entry, "category")),
        order=int(entry["order"]),
        shape=_once(_text(entry, "shape")),
        unit=_once(_text(entry, "unit")),
        notes=_once(tuple(str(n) for n in entry["notes"] or ())),
        fields=schema.fields,
        primary_key=schema.primary_key,
        foreign_keys=schema.foreign_keys,
    )


_Kind = TypeVar("_Kind", bound=Hashable)


@lru_cache(4096)
def _seen(value: Hashable) -> Hashable:
    return value


def _once(value: _Kind) -> _Kind:
    """Return the first of values that are the same: a thousand disclosures say much alike."""
    return cast("_Kind", _seen(value))


@dataclass(frozen=True)
class _Schema:
    """What a descriptor says of the columns of a file."""

    fields: tuple[PublishedField, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]


@lru_cache(4096)
def _schema(data: bytes) -> _Schema:
    """The columns that a descriptor tells: a thousand disclosures have few different ones."""
    entry = msgspec.json.decode(data)
    return _Schema(
        tuple(_field(f) for f in entry["fields"]),
        _names(entry.get("primaryKey")),
        tuple(_foreign_key(k) for k in entry.get("foreignKeys") or ()),
    )


def _field(entry: Mapping[str, Any]) -> PublishedField:
    # The pattern of a field that may be blank stands outside, where converters to SQL see none.
    pattern = {"pattern": entry["pattern"]} if entry.get("pattern") else {}
    constraints = {**(entry.get("constraints") or {}), **pattern}
    return PublishedField(
        name=str(entry["name"]),
        type=_text(entry, "type"),
        titles=Bilingual(_text(entry, "title") or str(entry["name"]), _text(entry, "titleEnglish")),
        descriptions=_bilingual(entry, "description"),
        constraints=tuple((str(k), _listed(v)) for k, v in constraints.items()),
        column_type=_text(entry, "columnType"),
        headings=tuple(str(h) for h in entry.get("headings") or ()),
        measure=bool(entry.get("measure")),
    )


def _listed(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _names(value: object) -> tuple[str, ...]:
    return (
        tuple(str(v) for v in value) if isinstance(value, list) else (str(value),) if value else ()
    )


def _foreign_key(entry: Mapping[str, Any]) -> ForeignKey:
    reference = entry["reference"]
    target = _text(reference, "resource")
    return ForeignKey(_names(entry["fields"]), target, _names(reference["fields"]))
