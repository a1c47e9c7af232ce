"""Departments: one row each, their names by year, their regions, and the kinds of bureaus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.meaning.bureaus import UNKNOWN, bureau_kinds, kind_of
from generator.meaning.departments import Departments
from generator.meaning.regions import parent_region, region_level, regions
from generator.meaning.wording import fold
from generator.models import Disclosure
from generator.packages.resources import Resource, Value, listed

if TYPE_CHECKING:
    from generator.packages.published import Kept

# The head office of a department, apart from the units below it.
_HEAD_OFFICE = re.compile(r"(?:\((?:本级|机关)\)|本级)$")
_STILL = "9999"
#: A name of a department, and where it is: as in the file that people write.
Named = Mapping[str, str]


def department_registers(
    disclosures: Sequence[Disclosure], register: Departments, kept: Sequence[Kept] = ()
) -> list[Resource]:
    """All departments that disclose, registered or not, with names, regions and kinds."""
    ids = {each.department.id for each in disclosures} | {each.department for each in kept}
    names = {each: _names(each, disclosures, register, kept) for each in sorted(ids)}
    rows = tuple(_departments(names))
    return [
        listed("departments", rows),
        listed("department-names", (_name(row) for named in names.values() for row in named)),
        listed("regions", _regions(row for named in names.values() for row in named)),
        listed("bureau-kinds", _kinds()),
    ]


def _names(
    department: str,
    disclosures: Sequence[Disclosure],
    register: Departments,
    kept: Sequence[Kept],
) -> Sequence[Named]:
    """The names of a department: registered, or printed, or those of the build before."""
    if known := register.names(department):
        return known
    printed = list(_printed(department, disclosures))
    last = next((each for each in kept if each.department == department), None)
    said = {row["name"] for row in printed}
    before = [row for row in _before(last) if row["name"] not in said] if last else []
    return [*printed, *before]


def _printed(department: str, disclosures: Sequence[Disclosure]) -> Iterator[Named]:
    own = [each for each in disclosures if each.department.id == department]
    for name in sorted({each.department.name for each in own}):
        named = [each for each in own if each.department.name == name]
        years, one = [each.extract.year for each in named], named[0].department
        yield {
            "department": department,
            "name": name,
            "name_english": "",
            "first_year": str(min(years)),
            "last_year": str(max(years)),
            "region_code": one.region_code,
            "region": one.region,
            "level": one.level,
        }


def _before(kept: Kept) -> list[Named]:
    """The names of an earlier build; an older program had them in the register itself."""
    places = kept.registered("departments")
    names = kept.registered("department-names") or places
    return [{**places[0], **row} for row in names] if places else []


def _departments(names: Mapping[str, Sequence[Named]]) -> Iterator[tuple[Value, ...]]:
    ids = {fold(row["name"]): row["department"] for named in names.values() for row in named}
    for department, named in names.items():
        now = latest(named)
        place = next((row for row in named if row["region_code"] or row["level"]), now)
        yield (
            department, now["name"], now["name_english"], kind_of(now["name"]),
            place["region_code"], place["region"], place["level"], _parent(now, ids),
        )  # fmt: skip


def latest(named: Sequence[Named]) -> Named:
    """The name that a department has now: the last of those that hold, or held longest."""
    years = [(row["last_year"] or _STILL, row["first_year"]) for row in named]
    return named[max(range(len(named)), key=lambda at: (years[at], at))]


def _parent(row: Named, ids: Mapping[str, str]) -> str:
    """The department that this one is the head office of: 某局（本级） is of 某局."""
    name = fold(row["name"])
    whole = _HEAD_OFFICE.sub("", name)
    found = (ids.get(f"{whole}{each}") for each in ("", "(汇总)", "(部门)"))
    parent = next((each for each in found if each), "") if whole != name else ""
    return parent if parent != row["department"] else ""


def _name(row: Named) -> tuple[Value, ...]:
    fields = ("department", "name", "name_english", "first_year", "last_year")
    return tuple(row[field] for field in fields)


def _regions(named: Iterator[Named]) -> Iterator[tuple[Value, ...]]:
    """All provinces and cities, and the districts and counties of departments."""
    names = {each.code: each.name for each in regions()}
    for row in named:
        if row["region_code"]:
            names.setdefault(row["region_code"], row["region"])
    for code, name in sorted(names.items()):
        above = parent_region(code)
        yield code, name, region_level(code, name), above if above in names else ""


def _kinds() -> Iterator[tuple[Value, ...]]:
    for kind in bureau_kinds():
        yield kind.id, kind.title, kind.english
    yield UNKNOWN, "看不出", "Unknown"
