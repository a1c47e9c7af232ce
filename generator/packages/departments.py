"""Departments: one row each, their names by year, their regions, and the kinds of bureaus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.meaning.bureaus import UNKNOWN, bureau_kinds, kind_of
from generator.meaning.departments import Departments
from generator.meaning.regions import parent_region, region_level, regions
from generator.meaning.wording import fold
from generator.models import Department
from generator.packages.resources import Resource, Value, listed

# The head office of a department, apart from the units below it.
_HEAD_OFFICE = re.compile(r"(?:\((?:本级|机关)\)|本级)$")
_STILL = "9999"
#: A name of a department, and where it is: as in the file that people write.
Named = Mapping[str, str]
#: A department as a disclosure names it, and the year of that.
Seen = tuple[Department, int]


def department_registers(
    seen: Iterable[Seen], register: Departments, before: Mapping[str, Sequence[Named]]
) -> list[Resource]:
    """All departments that disclose, registered or not, with names, regions and kinds.

    ``seen`` are those of disclosures, and ``before`` has the names, in an earlier build, of those
    of which something is kept.
    """
    printed: dict[str, list[Seen]] = {}
    for each in seen:
        printed.setdefault(each[0].id, []).append(each)
    names = {
        each: _names(each, printed.get(each, ()), register, before.get(each, ()))
        for each in sorted(printed.keys() | before.keys())
    }
    rows = tuple(_departments(names))
    return [
        listed("departments", rows),
        listed("department-names", (_name(row) for named in names.values() for row in named)),
        listed("regions", _regions(row for named in names.values() for row in named)),
        listed("bureau-kinds", _kinds()),
    ]


def _names(
    department: str, seen: Sequence[Seen], register: Departments, before: Sequence[Named]
) -> Sequence[Named]:
    """The names of a department: registered, or printed, or those of the build before."""
    if known := register.names(department):
        return known
    printed = list(_printed(department, seen))
    said = {row["name"] for row in printed}
    return [*printed, *(row for row in before if row["name"] not in said)]


def _printed(department: str, seen: Sequence[Seen]) -> Iterator[Named]:
    for name in sorted({each.name for each, _ in seen}):
        years = [year for each, year in seen if each.name == name]
        one = next(each for each, _ in seen if each.name == name)
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


def names_before(places: Sequence[Named], names: Sequence[Named]) -> list[Named]:
    """The names of an earlier build; an older program had them in the register itself."""
    return [{**places[0], **row} for row in (names or places)] if places else []


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
