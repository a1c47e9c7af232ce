"""Regions: where a department is and of which level, as far as its name says so (GB/T 2260)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml
from generator.meaning.province_tiles import province_tiles
from generator.meaning.saved_tables import read_table
from generator.meaning.wording import fold
from generator.problems import DefinitionError

REGIONS = Path(__file__).parent / "regions.yaml"
#: Districts and counties by GB/T 2260, those of former years among them.
DISTRICTS = Path(__file__).parent / "districts.csv"
#: What cities, districts and counties are called in English: in pinyin, or as they write it.
#: Who is not in it has only a Chinese name, rather than one that is spelt by guess.
ENGLISH = Path(__file__).parent / "regions-english.csv"
_LONGEST = 16  # characters of the name of a county
# Behind the name of a city, that of a district or a county.
_DISTRICT = re.compile(r"^[一-鿿]{1,6}?(?:(?<![社园小军景校灾库])区|县|旗|市)(?!域|划|场|政)")
_CENTRAL = re.compile(r"^(?:国家|中央|全国|中华人民共和国|最高人民)")
# The party names its committees for the region without what it is: 中共江苏省委, 福州市委.
_PREFIX = re.compile(r"^(?:中国共产党|中共)")
_COMMITTEE = re.compile(r"^委员会")
#: A name may leave out which: 省委, 市人大.
_GENERIC = re.compile(r"^[省市区县](?=委|人大|政协|人民|政府)")


class WrittenRegion(Struct, frozen=True, forbid_unknown_fields=True):
    """A region: its code of six digits, its name and its level."""

    code: Annotated[str, Meta(pattern="^[1-9][0-9]{5}$", description="six digits in quotes")]
    name: Text
    level: Literal["province", "city"]


@dataclass(frozen=True, slots=True)
class Where:
    """A region's code and name, and the level of a department in it; blank what is not known."""

    code: str = ""
    region: str = ""
    level: str = ""


@cache
def regions() -> tuple[WrittenRegion, ...]:
    """All provinces and cities, in the order of their codes. Raises DefinitionError."""
    return checked_yaml(REGIONS, tuple[WrittenRegion, ...], DefinitionError)


def parent_region(code: str) -> str:
    """The code of the region above: 440000 above 440100 above 440105; blank above a province."""
    above = (f"{code[:4]}00", f"{code[:2]}0000")
    return next((each for each in above if each != code and _is_region(each)), "")


@cache
def _is_region(code: str) -> bool:
    return any(each.code == code for each in regions())


@cache
def _names() -> Mapping[str, str]:
    """The names of all regions by their codes."""
    districts = {row["code"]: row["name"] for _, row in read_table(DISTRICTS, ("code", "name"))}
    return districts | {each.code: each.name for each in regions()}


def region_name(code: str) -> str:
    """The name of a region; blank where the code is none that is known."""
    return _names().get(code, "")


@cache
def _english() -> Mapping[str, str]:
    provinces = {tile.code: tile.english for tile in province_tiles()}
    return provinces | {
        r["code"]: r["english"] for _, r in read_table(ENGLISH, ("code", "english"))
    }


def region_english(code: str) -> str:
    """The English name of a region; blank where none is known for certain."""
    return _english().get(code, "")


def region_level(code: str, name: str) -> str:
    """The level of a region, by its code; below a city by its name."""
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "city"
    return "district" if name.endswith("区") else "county"


@cache
def _regions() -> Mapping[str, WrittenRegion]:
    return {fold(entry.name): entry for entry in regions()}


def where(department: str) -> Where:
    """Where a department is, by its name: 上海市普陀区财政局 is of 普陀区, of 上海市.

    A district or a county without its city is known where only one is called so. Of a zone that has
    no code nobody knows more than that it is below a city: the register may say it.
    """
    name = _PREFIX.sub("", fold(department))
    if _CENTRAL.match(name):
        return Where(level="central")
    region, rest = _region_before(name)
    if district := _district(rest, region):
        return district
    if _DISTRICT.match(rest) and (region or _names_district(rest)):
        return Where("", "", "district")
    return Where(region.code, region.name, region.level) if region else Where()


@cache
def without_region(department: str) -> tuple[str, str]:
    """The region that a name begins with, and what is behind: 江苏省, and 委办公厅.

    省委办公厅 and 中国共产党江苏省委员会办公厅 are the same behind it; the first names no region.
    """
    name = _PREFIX.sub("", fold(department))
    region, rest = _region_before(name)
    district = _district(rest, region)
    rest = rest[len(district.region) :] if district else rest
    before = name[: len(name) - len(rest)]
    return before, _COMMITTEE.sub("委", rest if before else _GENERIC.sub("", rest))


def _region_before(name: str) -> tuple[WrittenRegion | None, str]:
    """The province or city that a name begins with, the inner one of two, and what is behind."""
    region: WrittenRegion | None = None
    for _ in ("province", "city"):
        found = [each for own, each in _regions().items() if name.startswith(own)]
        if not found:
            break
        region = max(found, key=lambda each: len(each.name))
        name = name[len(fold(region.name)) :]
    return region, name


def _district(rest: str, region: WrittenRegion | None) -> Where | None:
    """The district or county that a name goes on with, if there is one such in the region."""
    inside = region.code.rstrip("0") if region else ""
    inside += "0" * (len(inside) % 2)
    for length in range(min(len(rest), _LONGEST), 1, -1):
        codes = [code for code in _districts().get(rest[:length], ()) if code.startswith(inside)]
        if len(codes) == 1:
            return Where(codes[0], rest[:length], "district")
    return None


def _names_district(rest: str) -> bool:
    return any(rest[:length] in _districts() for length in range(2, _LONGEST + 1))


@cache
def _districts() -> Mapping[str, tuple[str, ...]]:
    """The codes of districts and counties by name; several are called alike."""
    found: dict[str, tuple[str, ...]] = {}
    for _, row in read_table(DISTRICTS, ("code", "name")):
        found[row["name"]] = (*found.get(row["name"], ()), row["code"])
    return found
