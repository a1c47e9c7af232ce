"""Held: what the schema of a register says holds of its rows, and what they lead to is there.

Of the packages of disclosures frictionless tells; the registers of all are rows of ours that no
reader of a source made, and are looked at here, in a fraction of its time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.models import ForeignKey
from generator.packages.noted import Cells, keys_of
from generator.packages.resources import Field, Resource, text
from generator.problems import PackageError

_WRITTEN = {
    "integer": re.compile(r"-?[0-9]+"),
    "number": re.compile(r"-?[0-9]+(?:\.[0-9]+)?"),
    "boolean": re.compile(r"true|false"),
    "string": re.compile(r".*", re.DOTALL),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


def refuse_wrong(folder: Path, register: Resource, registers: Mapping[str, Resource]) -> None:
    """Hold the rows of a register against its schema. Raises PackageError with the first error."""
    file = f"{folder / register.path}"
    rows = [tuple(map(text, row)) for row in register.rows]
    for at, field in enumerate(register.fields):
        column = [row[at] for row in rows]
        if wrong := _wrong(field, column):
            raise PackageError(f"{file}: {field.name}: {wrong}")
    keys = _cells(register, register.primary_key)
    if len(set(keys)) < len(keys):
        twice = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise PackageError(f"{file}: {', '.join(twice)}: stands twice")
    led = {key: set(_cells(register, key.fields)) for key in keys_of(register)}
    refuse_lost(file, led, registers)


def refuse_lost(
    file: str, led: Mapping[ForeignKey, Set[Cells]], registers: Mapping[str, Resource]
) -> None:
    """Refuse what leads to no row of a register; where all is blank it leads nowhere."""
    for key, found in led.items():
        known = set(_cells(registers[key.resource], key.reference))
        if lost := sorted(cells for cells in found - known if any(cells)):
            said = f"{', '.join(key.fields)}: “{', '.join(lost[0])}” is not in {key.resource}.csv"
            raise PackageError(f"{file}: {said}")


def _cells(register: Resource, fields: Sequence[str]) -> list[Cells]:
    names = [field.name for field in register.fields]
    at = [names.index(field) for field in fields]
    return [tuple(text(row[place]) for place in at) for row in register.rows]


def _wrong(field: Field, column: Sequence[str]) -> str:
    """What is wrong with a column; blank where nothing is."""
    values, constraints = set(column), field.constraints
    if "" in values and constraints.get("required"):
        return "is blank, and may not be"
    if constraints.get("unique") and len(values) < len(column):
        return "stands twice, and may not"
    return next((f"“{each}”: {said}" for each in sorted(values - {""})
                 if (said := _wrong_value(field, each))), "")  # fmt: skip


def _wrong_value(field: Field, value: str) -> str:
    constraints = field.constraints
    if not _WRITTEN[field.type].fullmatch(value) or not _is_day(field, value):
        return f"is no {field.type}"
    if (pattern := constraints.get("pattern")) and not re.fullmatch(pattern, value):
        return f"is not {pattern}"
    if (known := constraints.get("enum")) and value not in known:
        return f"is none of {', '.join(known)}"
    return _beyond(value, constraints.get("minimum"), constraints.get("maximum"))


def _is_day(field: Field, value: str) -> bool:
    if field.type != "date":
        return True
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _beyond(value: str, least: int | None, most: int | None) -> str:
    if least is not None and Decimal(value) < least:
        return f"is less than {least}"
    return f"is more than {most}" if most is not None and Decimal(value) > most else ""
