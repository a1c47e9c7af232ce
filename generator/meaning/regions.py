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
from generator.meaning.wording import fold
from generator.problems import DefinitionError

REGIONS = Path(__file__).parent / "regions.yaml"
# Behind the name of a city, that of a district or a county.
_DISTRICT = re.compile(r"^[一-鿿]{1,6}?(?:(?<![社园小军景校灾库])区|县|旗|市)(?!域|划|场|政)")
_CENTRAL = re.compile(r"^(?:国家|中央|全国|中华人民共和国|最高人民)")
# The party names its committees for the region without what it is: 中共江苏省委, 福州市委.
_PREFIX = re.compile(r"^(?:中国共产党|中共)")


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


def _is_region(code: str) -> bool:
    return any(each.code == code for each in regions())


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
    """Where a department is, by its name: 上海市普陀区财政局 is of a district of 上海市.

    Of a district or a county nobody knows the code here: the register may say it.
    """
    name = _PREFIX.sub("", fold(department))
    if _CENTRAL.match(name):
        return Where(level="central")
    found = [region for own, region in _regions().items() if name.startswith(own)]
    if not found:
        return Where()
    region = max(found, key=lambda each: len(each.name))
    rest = name[len(fold(region.name)) :]
    inner = next((r for own, r in _regions().items() if rest.startswith(own)), None)
    if inner is not None:
        region, rest = inner, rest[len(fold(inner.name)) :]
    if _DISTRICT.match(rest):
        return Where("", "", "district")
    return Where(region.code, region.name, region.level)
