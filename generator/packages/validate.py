"""Validation: what frictionless checks, and what it does not.

Frictionless checks types, constraints, primary keys, bytes and hashes. It leaves the list of column
types of the Fiscal Data Package, files that no descriptor names, and the patterns of fields that
may be blank; these are checked here. Foreign keys, which it checks slowly, `references` checks.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.packages.references import taken_references, validate_references
from generator.problems import PackageError
from generator.store import digest, digest_of_file

# The longest section of prose may be longer than what the csv module allows of itself.
csv.field_size_limit(10_000_000)

#: The column types that we use, of the Fiscal Data Package 1
#: (https://specs.frictionlessdata.io/fiscal-data-package/).
COLUMN_TYPES = frozenset(
    {
        "activity:generic:project:code",
        "activity:generic:project:label",
        "administrative-classification:generic:level1:code",
        "administrative-classification:generic:level1:label",
        "administrative-classification:generic:level2:label",
        "date:fiscal-year",
        "economic-classification:generic:level1:code",
        "economic-classification:generic:level2:code",
        "expenditure-type:code",
        "fin-source:generic:level1:code",
        "functional-classification:generic:level1:code",
        "functional-classification:generic:level2:code",
        "functional-classification:generic:level3:code",
        "phase:id",
        "value",
    }
)


def validate_package(folder: Path) -> None:
    """Validate the package in ``folder``, offline. Raises PackageError with the first error."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    _validate_ours(folder, descriptor)
    _validate_frictionless(folder, descriptor)
    for resource in descriptor["resources"]:
        _validate_patterns(folder / resource["path"], resource["schema"]["fields"])


def _validate_ours(folder: Path, descriptor: dict[str, Any]) -> None:
    paths = {resource["path"] for resource in descriptor["resources"]}
    files = {path.name for path in folder.glob("*.csv")}
    if paths != files:
        raise PackageError(f"{folder}: files and resources differ: {sorted(paths ^ files)}")
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            kind = field.get("columnType")
            if kind is not None and kind not in COLUMN_TYPES:
                raise PackageError(f"{folder}: {field['name']} has the unknown columnType {kind}")


def _validate_patterns(file: Path, fields: Sequence[Mapping[str, Any]]) -> None:
    """Hold each value that is there against the pattern of its field."""
    patterns = {each["name"]: re.compile(each["pattern"]) for each in fields if each.get("pattern")}
    if not patterns:
        return
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            for name, pattern in patterns.items():
                if row[name] and not pattern.fullmatch(row[name]):
                    raise PackageError(f"{file}: {name}: “{row[name]}” is not {pattern.pattern}")


#: Files that this process found valid, by what is said of them and their bytes: the rules of all
#: packages are the same, and so is a file without rows.
_valid = set[str]()


def _known_as(resource: Mapping[str, Any], file: Path) -> str:
    """By what a file is known that is valid, wherever it lies; blank where it is not there."""
    if not file.is_file():
        return ""
    said = json.dumps(resource, ensure_ascii=False, sort_keys=True)
    return digest(said.encode("utf-8", "surrogatepass"), digest_of_file(file))


def _validate_frictionless(folder: Path, descriptor: Mapping[str, Any]) -> None:
    import frictionless  # takes 0.2 s to import, and only building and testing need it

    described = descriptor["resources"]
    try:
        package = frictionless.Package(str(folder / "datapackage.json"))
        references = taken_references(package)
        known = {each["name"]: _known_as(each, folder / each["path"]) for each in described}
        fresh = [each for each in package.resources if known[each.name] not in _valid]
        reports = [each.validate() for each in fresh]
    except frictionless.FrictionlessException as error:
        raise PackageError(f"{folder}: datapackage.json: {error}") from error
    for report in reports:
        for place, title, note in report.flatten(["path", "title", "note"]):
            raise PackageError(f"{folder}: {place}: {title}: {note}")
    _valid.update(filter(None, known.values()))
    validate_references(folder, references)
