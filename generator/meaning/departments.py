"""The register of departments: lasting identifiers for names that change, from a CSV file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from generator.meaning.saved_tables import read_table
from generator.meaning.wording import fold
from generator.names import shown
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
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_REGION = re.compile(r"[1-9][0-9]{5}")
_RESERVED = ("all",)
#: The most characters that an identifier may have.
LONGEST_SLUG = 100


class Register(Protocol):
    """What can be asked for the department of a name."""

    def find(self, name: str) -> dict[str, str] | None:
        """Return the row whose name is ``name``."""


@dataclass(frozen=True)
class Departments:
    """The register: one row per name of a department, in file order."""

    rows: tuple[dict[str, str], ...]

    def find(self, name: str) -> dict[str, str] | None:
        """The row whose name is ``name``, whatever its width and spaces."""
        return self._by_name.get(fold(name))

    def names(self, department: str) -> tuple[dict[str, str], ...]:
        """All rows of one department, its names over the years."""
        return tuple(self._by_department.get(department, ()))

    @cached_property
    def _by_name(self) -> dict[str, dict[str, str]]:
        return {fold(row["name"]): row for row in reversed(self.rows)}

    @cached_property
    def _by_department(self) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for row in self.rows:
            found.setdefault(row["department"], []).append(row)
        return found


def read_departments(path: Path) -> Departments:
    """Read the register; none is an empty one. Raises ConfigError with line and mend."""
    if not path.exists():
        return Departments(())
    numbered = list(read_table(path, FIELDS))
    for line, row in numbered:
        if wrong := _wrong(row):
            raise ConfigError(f"{shown(path)}:{line}: {wrong}")
    by_name: dict[str, Mapping[str, str]] = {}
    by_identifier: dict[str, Mapping[str, str]] = {}
    for line, row in numbered:
        same_name = by_name.setdefault(fold(row["name"]), row)
        same_region = by_identifier.setdefault(row["department"], row)
        if not same_region["region_code"]:
            by_identifier[row["department"]] = row
        if clash := _clash(same_name, row) or _clash(same_region, row):
            raise ConfigError(f"{shown(path)}:{line}: {clash}")
    return Departments(tuple(row for _, row in numbered))


def _wrong(row: Mapping[str, str]) -> str:
    """What is wrong with a row, and the mend."""
    if not is_slug(row["department"]) or not row["name"]:
        return (
            f"department “{row['department']}” must be lower-case letters, digits and hyphens "
            f"(at most {LONGEST_SLUG}, not “all”), and the name must not be blank"
        )
    years = [row[key] for key in ("first_year", "last_year") if row[key]]
    if not all(_YEAR.fullmatch(year) for year in years) or years != sorted(years):
        return f"first_year and last_year must be years, in order; found {', '.join(years)}"
    if row["region_code"] and not _REGION.fullmatch(row["region_code"]):
        return f"region_code must be the six digits of GB/T 2260; found “{row['region_code']}”"
    return ""


def _clash(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """How two rows say two things about one department, and the mend."""
    if one["department"] != other["department"]:
        return (
            f"“{other['name']}” is {one['department']} further up, and {other['department']} here; "
            "give a name one identifier"
        )
    regions = {row["region_code"] for row in (one, other)} - {""}
    if len(regions) > 1:
        return (
            f"“{one['name']}” and “{other['name']}” are of two regions "
            f"({', '.join(sorted(regions))}) under one identifier, {one['department']}; "
            "give each department its own"
        )
    return ""


def is_slug(text: str) -> bool:
    """Tell whether ``text`` may name a folder: nothing in it can leave the output folder."""
    return bool(_SLUG.fullmatch(text)) and text not in _RESERVED and len(text) <= LONGEST_SLUG
