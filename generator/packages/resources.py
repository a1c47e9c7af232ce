"""Resources: one CSV file each, with the fields that describe it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, to_builtins
from msgspec import field as msgspec_field
from msgspec.structs import asdict

from generator.checked_files import Text, checked_yaml, refuse, with_nearest
from generator.models import ForeignKey
from generator.problems import DefinitionError
from generator.strict_yaml import Keys

Value = str | int | bool | Decimal | None
FieldType = Literal["string", "integer", "number", "boolean", "date"]
#: The types of columns of the Fiscal Data Package that occur in our files.
ColumnType = Literal[
    "",
    "administrative-classification:generic:level1:code",
    "administrative-classification:generic:level1:label",
    "administrative-classification:generic:level2:label",
    "date:fiscal-year",
    "phase:id",
    "functional-classification:generic:level1:code",
    "functional-classification:generic:level2:code",
    "functional-classification:generic:level3:code",
    "economic-classification:generic:level1:code",
    "economic-classification:generic:level2:code",
    "activity:generic:project:code",
    "activity:generic:project:label",
    "fin-source:generic:level1:code",
    "expenditure-type:code",
    "value",
]


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
        """The field as a Data Package v2 schema has it, with our own properties after it.

        The pattern of a field that may be blank is one of those: converters to SQL make a check of
        a constraint, which fails on what is blank (frictionless: ``REGEXP`` of NULL).
        """
        constraints = dict(self.constraints)
        pattern = "" if constraints.get("required") else constraints.pop("pattern", "")
        full: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "titleEnglish": self.english,
            "description": self.description,
            "descriptionEnglish": self.description_english,
            "constraints": constraints,
            "pattern": pattern,
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


class Constraints(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What holds of every value of a field."""

    required: bool = False
    unique: bool = False
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    enum: Annotated[list[Text], Meta(min_length=1)] | None = None


class WrittenField(Struct, frozen=True, forbid_unknown_fields=True):
    """A field as ``fields.yaml`` has it."""

    type: FieldType
    title: Text
    english: Text
    description: Text
    description_english: Text
    constraints: Constraints = Constraints()
    column_type: ColumnType = msgspec_field(default="", name="columnType")


class WrittenResource(Struct, frozen=True, forbid_unknown_fields=True):
    """A file as ``resources.yaml`` has it; ``leads_to``: by field, ``resource.field``."""

    category: Literal["derived", "code_list"]
    title: Text
    english: Text
    description: Text
    description_english: Text
    fields: Annotated[tuple[Text, ...], Meta(min_length=1)]
    primary_key: Annotated[tuple[Text, ...], Meta(min_length=1)]
    leads_to: dict[Text, Text] = {}


@cache
def dictionary() -> dict[str, Field]:
    """All fields by name, from ``fields.yaml``."""
    return load_fields(Path(__file__).parent / "fields.yaml")


def load_fields(path: Path) -> dict[str, Field]:
    """Read and validate the fields. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, dict[Text, WrittenField], DefinitionError)
    return {
        name: Field(name=name, **{**asdict(each), "constraints": to_builtins(each.constraints)})
        for name, each in written.items()
    }


def listed(name: str, rows: Iterable[tuple[Value, ...]]) -> Resource:
    """The resource ``name`` of ``resources.yaml``, with its rows."""
    known = asdict(_resources()[name])
    leads_to = known.pop("leads_to").items()
    known["fields"] = fields(known["fields"])
    keys = tuple(_leads_to(*each) for each in leads_to)
    return Resource(name=name, rows=tuple(rows), foreign_keys=keys, **known)


def known_files() -> Collection[str]:
    """The names of all files of ``resources.yaml``."""
    return _resources().keys()


def _leads_to(own: str, target: str) -> ForeignKey:
    resource, _, reference = target.partition(".")
    return ForeignKey((own,), resource, (reference,))


@cache
def _resources() -> dict[str, WrittenResource]:
    return load_resources(Path(__file__).parent / "resources.yaml")


def load_resources(path: Path) -> dict[str, WrittenResource]:
    """Read and validate the files. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, dict[Text, WrittenResource], DefinitionError)
    for name, each in written.items():
        own = [_named(field)[0] for field in each.fields]
        entries = [_named(field)[1] for field in each.fields]
        _refuse_others(path, (name, "fields"), entries, dictionary())
        _refuse_others(path, (name, "primary_key"), each.primary_key, own)
        for key, target in each.leads_to.items():
            _refuse_others(path, (name, "leads_to", key), [key], own)
            file, _, column = target.partition(".")
            there = written[file or name].fields if (file or name) in written else ()
            known = [f"{file}.{_named(other)[0]}" for other in there]
            _refuse_others(path, (name, "leads_to", key), [f"{file}.{column}"], known)
    return written


def _refuse_others(path: Path, keys: Keys, names: Sequence[str], known: Collection[str]) -> None:
    for at, name in enumerate(names):
        if name not in known:
            said = f"{with_nearest(name, list(known))} is no known field"
            refuse(path, (*keys, at), said, DefinitionError)


def fields(names: Sequence[str]) -> tuple[Field, ...]:
    """The fields with these names; ``a=b`` is the dictionary's ``b`` under the name ``a``.

    One with ``!`` after it is never blank.
    """
    return tuple(_field(each) for each in names)


def _field(written: str) -> Field:
    name, entry = _named(written)
    known = replace(dictionary()[entry], name=name)
    if not written.endswith("!"):
        return known
    return replace(known, constraints={"required": True, **known.constraints})


def _named(written: str) -> tuple[str, str]:
    """The name of a field in its file, and of its entry in the dictionary."""
    name, _, entry = written.removesuffix("!").partition("=")
    return name, entry or name


def text(value: Value) -> str:
    """Write a value as it stands in a CSV file; None is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
