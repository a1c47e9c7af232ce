"""Resources: one CSV file each, with the fields that describe it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.models import ForeignKey

Value = str | int | bool | Decimal | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a CSV file, as its schema describes it."""

    name: str
    type: str
    title: str
    english: str
    description: str
    description_english: str
    constraints: Mapping[str, Any] = field(default_factory=dict)
    column_type: str = ""
    headings: tuple[str, ...] = ()
    measure: bool = False

    def descriptor(self) -> dict[str, Any]:
        """The field as a Data Package v2 schema has it, with our own properties after it."""
        full: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "titleEnglish": self.english,
            "description": self.description,
            "descriptionEnglish": self.description_english,
            "constraints": dict(self.constraints),
            "columnType": self.column_type,
            "headings": list(self.headings),
            "measure": self.measure,
        }
        return {key: value for key, value in full.items() if value}


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV file of a package: its fields, its rows in the fields' order, its keys."""

    name: str
    title: str
    english: str
    description: str
    description_english: str
    category: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The file's name in its package."""
        return f"{self.name}.csv"

    def schema(self) -> dict[str, Any]:
        """The Table Schema of the file."""
        schema: dict[str, Any] = {"fields": [each.descriptor() for each in self.fields]}
        if self.primary_key:
            schema["primaryKey"] = list(self.primary_key)
        if self.foreign_keys:
            schema["foreignKeys"] = [key.descriptor() for key in self.foreign_keys]
        schema["missingValues"] = [""]
        return schema


@cache
def dictionary() -> dict[str, Field]:
    """All fields by name, from ``fields.yaml``."""
    raw = yaml.safe_load((Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8"))
    return {name: _field(name, values) for name, values in raw.items()}


def listed(name: str, rows: Iterable[tuple[Value, ...]]) -> Resource:
    """The resource ``name`` of ``resources.yaml``, with its rows."""
    known = _resources()[name]
    return Resource(
        name,
        known["title"],
        known["english"],
        known["description"],
        known["description_english"],
        known["category"],
        fields(known["fields"]),
        tuple(rows),
        tuple(known["primary_key"]),
        tuple(_leads_to(*each) for each in known.get("leads_to", {}).items()),
    )


def _leads_to(own: str, target: str) -> ForeignKey:
    resource, _, reference = target.partition(".")
    return ForeignKey((own,), resource, (reference,))


@cache
def _resources() -> dict[str, Any]:
    raw = (Path(__file__).parent / "resources.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(raw))


def _field(name: str, raw: Mapping[str, Any]) -> Field:
    return Field(
        name,
        raw["type"],
        raw["title"],
        raw["english"],
        raw["description"],
        raw["description_english"],
        raw.get("constraints", {}),
        raw.get("columnType", ""),
    )


def fields(names: Sequence[str]) -> tuple[Field, ...]:
    """The fields with these names; ``a=b`` is the dictionary's ``b`` under the name ``a``."""
    chosen = []
    for each in names:
        name, _, entry = each.partition("=")
        chosen.append(replace(dictionary()[entry or name], name=name))
    return tuple(chosen)


def text(value: Value) -> str:
    """Write a value as it stands in a CSV file; None is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
