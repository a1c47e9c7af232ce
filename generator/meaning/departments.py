"""The register of departments: lasting identifiers for names that change, from a CSV file."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.meaning.wording import fold
from generator.problems import ConfigError

FIELDS = (
    "department",
    "name",
    "name_english",
    "first_year",
    "last_year",
    "region_code",
    "region",
    "level",
)
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_RESERVED = ("all",)
#: The most characters that an identifier may have.
LONGEST_SLUG = 100


class Register(Protocol):
    """What can be asked for the department of a name."""

    def find(self, name: str) -> dict[str, str] | None:
        """Return the row whose name is ``name``."""


@dataclass(frozen=True, slots=True)
class Departments:
    """The register: one row per name of a department, in file order."""

    rows: tuple[dict[str, str], ...]

    def find(self, name: str) -> dict[str, str] | None:
        """The row whose name is ``name``, whatever its width and spaces."""
        return next((row for row in self.rows if fold(row["name"]) == fold(name)), None)

    def names(self, department: str) -> tuple[dict[str, str], ...]:
        """All rows of one department, its names over the years."""
        return tuple(row for row in self.rows if row["department"] == department)


def read_departments(path: Path) -> Departments:
    """Read the register; none is an empty one. Raises ConfigError with line and mend."""
    if not path.is_file():
        return Departments(())
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != FIELDS:
            raise ConfigError(f"{path}: the columns must be {', '.join(FIELDS)}")
        rows = tuple(reader)
    for number, row in enumerate(rows, start=2):
        if not is_slug(row["department"]) or not row["name"]:
            raise ConfigError(
                f"{path}:{number}: department {row['department']!r} must be lower-case letters, "
                "digits and hyphens, and the name must not be blank"
            )
    return Departments(rows)


def is_slug(text: str) -> bool:
    """Tell whether ``text`` may name a folder: nothing in it can leave the output folder."""
    return bool(_SLUG.match(text)) and text not in _RESERVED and len(text) <= LONGEST_SLUG
