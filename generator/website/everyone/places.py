"""Where departments are: province, city and district by GB/T 2260, each with its address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generator.meaning.regions import parent_region, region_name
from generator.website.published.package import PublishedDepartment
from generator.website.wording.language import Words, marked

#: Where those of the whole country stand, and those whose register names no region.
CENTRAL, UNKNOWN = "central", "unknown"
_APART = Words({CENTRAL: marked("中央"), UNKNOWN: marked("没有写明地方")})


@dataclass(frozen=True)
class Locality:
    """A place by its code; those of the centre and of nowhere have words in place of a code."""

    code: str

    @property
    def name(self) -> str:
        """Return its name; that of no region is said in the language being spoken."""
        return _APART[self.code] if self.code in _APART else region_name(self.code) or self.code

    @property
    def address(self) -> str:
        """Return the address of its page below the root."""
        return f"places/{self.code}/"

    @property
    def above(self) -> tuple[Locality, ...]:
        """Return the places around it, the province first."""
        code = "" if self.code in _APART else parent_region(self.code)
        return (*Locality(code).above, Locality(code)) if code else ()


def place_of(department: PublishedDepartment) -> Locality:
    """Return the place of a department."""
    if department.level == CENTRAL:
        return Locality(CENTRAL)
    return Locality(department.region or UNKNOWN)


@cache
def province_and_city(code: str) -> tuple[str, str]:
    """Return the province and the city of a place; blank where it is no part of one."""
    around = [place.code for place in (*Locality(code).above, Locality(code))]
    cities = [each for each in around[1:] if each.endswith("00")]
    return around[0], next(iter(cities), "")


@cache
def sort_name(name: str) -> str:
    """Spell a name in pinyin, by which Chinese names are looked up; itself behind, for equals."""
    from pypinyin import lazy_pinyin  # slow to load

    return " ".join([*lazy_pinyin(name), name])
