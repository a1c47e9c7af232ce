"""References: what the foreign keys of a package lead to is there.

Frictionless would read the file that a key leads to anew for each key of each file, which is more
than half of a validation. Here each file is read once.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.models import ForeignKey
from generator.problems import PackageError

if TYPE_CHECKING:
    from frictionless import Package, Resource

#: The name of a file, and a foreign key of it; one to the file itself has its name, too.
Reference = tuple[str, ForeignKey]
_Row = tuple[str, ...]


def taken_references(package: Package) -> list[Reference]:
    """Take the foreign keys out of a package, whose descriptor frictionless found right.

    Raises PackageError where one leads to no file, to no field of it, or to one of another type: no
    number is a text.
    """
    found = [each for resource in package.resources for each in _references(resource)]
    types = {
        (resource.name, field.name): field.type
        for resource in package.resources
        for field in resource.schema.fields
    }
    for name, key in found:
        own = [types[name, field] for field in key.fields]
        if [types.get((key.resource, field)) for field in key.reference] != own:
            said = f"leads to {key.resource}.csv, which has no such {', '.join(key.reference)}"
            raise PackageError(f"{package.basepath}/{name}.csv: {', '.join(key.fields)} {said}")
    for resource in package.resources:
        resource.schema.foreign_keys = []
    return found


def _references(resource: Resource) -> Iterator[Reference]:
    for each in resource.schema.foreign_keys:
        to = each["reference"]["resource"] or resource.name
        yield (
            resource.name,
            ForeignKey(tuple(each["fields"]), to, tuple(each["reference"]["fields"])),
        )


def validate_references(folder: Path, references: Sequence[Reference]) -> None:
    """Hold each foreign key against the rows that it leads to; where all is blank it leads nowhere.

    Cells are compared as they are written: that they are of their types frictionless tells. Raises
    PackageError with the first that leads to what is not there.
    """
    wanted: dict[str, set[tuple[str, ...]]] = {}
    for name, key in references:
        wanted.setdefault(name, set()).add(key.fields)
        wanted.setdefault(key.resource, set()).add(key.reference)
    rows = {name: _rows(folder / f"{name}.csv", each) for name, each in wanted.items()}
    for name, key in references:
        known = rows[key.resource][key.reference]
        for cells, number in rows[name][key.fields].items():
            if any(cells) and cells not in known:
                said = f"{', '.join(key.fields)}: “{', '.join(cells)}” is not in {key.resource}.csv"
                raise PackageError(f"{folder / name}.csv: row {number}: {said}")


def _rows(
    file: Path, wanted: Collection[tuple[str, ...]]
) -> dict[tuple[str, ...], dict[_Row, int]]:
    """By fields, what stands in them in any row, and the number of the first row where it does."""
    found: dict[tuple[str, ...], dict[_Row, int]] = {fields: {} for fields in wanted}
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        header = next(rows)
        places = {fields: [header.index(field) for field in fields] for fields in wanted}
        for number, row in enumerate(rows, start=2):
            for fields, at in places.items():
                found[fields].setdefault(tuple(row[place] for place in at), number)
    return found
