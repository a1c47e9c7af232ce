"""The places by which what is found can be narrowed: of a city all its districts, too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.website.search.search_part import PartDepartment

#: Of more places only provinces and cities can be chosen.
_MOST = 400


@dataclass(frozen=True)
class SearchPlace:
    """A place: its code, of GB/T 2260, its name, and the numbers of its departments."""

    code: str
    name: str
    first: int
    end: int


def places_of(departments: Sequence[PartDepartment]) -> tuple[SearchPlace, ...]:
    """Return the places of departments, which are in the order of their places' codes."""
    found = tuple(_places(departments))
    if len(found) <= _MOST:
        return found
    return tuple(each for each in found if each.code.endswith("00"))[:_MOST]


def _places(departments: Sequence[PartDepartment]) -> Iterator[SearchPlace]:
    names = {d.region: d.region_name for d in departments if d.region and d.region_name}
    codes = [d.region for d in departments]
    for code in sorted(names):
        # 440100 is all of 4401…, and 440000 all of 44….
        inside = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        first, end = bisect_left(codes, inside), bisect_left(codes, inside + "~")
        yield SearchPlace(code, names[code], first, end)
