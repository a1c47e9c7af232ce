"""The place of a department by the register: its code, the province and the city around it."""

from __future__ import annotations

from functools import cache

from generator.meaning.regions import parent_region
from generator.website.published.package import PublishedDepartment

#: Where those of the whole country stand, and those whose register names no region.
CENTRAL, UNKNOWN = "central", "unknown"


def location_of(department: PublishedDepartment) -> str:
    """Return the code of the place of a department."""
    return CENTRAL if department.level == CENTRAL else department.region or UNKNOWN


@cache
def around(code: str) -> tuple[str, ...]:
    """Return the codes of the places around one, the province first."""
    above = "" if code in (CENTRAL, UNKNOWN) else parent_region(code)
    return (*around(above), above) if above else ()


def province_and_city(code: str) -> tuple[str, str]:
    """Return the province and the city of a place; the city is blank where it is in none."""
    chain = (*around(code), code)
    return chain[0], next((each for each in chain[1:] if each.endswith("00")), "")


@cache
def sort_name(name: str) -> str:
    """Spell a name in pinyin, by which Chinese names are looked up; itself behind, for equals."""
    from pypinyin import lazy_pinyin  # slow to load

    return " ".join([*lazy_pinyin(name), name])
