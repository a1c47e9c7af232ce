"""Where departments are: province, city and district by GB/T 2260, each with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.meaning.province_tiles import ProvinceTile, province_tiles
from generator.meaning.regions import region_english, region_name
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.location import CENTRAL, UNKNOWN, around
from generator.website.everyone.summaries import Summaries
from generator.website.wording.language import Bilingual, Words, marked
from generator.website.wording.language import gettext as _

_APART = Words({CENTRAL: marked("中央"), UNKNOWN: marked("没有写明地方")})
_COLUMNS = ("province", "city", "region")


@dataclass(frozen=True)
class Locality:
    """A place by its code; those of the centre and of nowhere have words in place of a code."""

    code: str

    @property
    def name(self) -> str:
        """Return its name in the language being spoken, as far as it has one there."""
        if self.code in _APART:
            return _APART[self.code]
        tile = _tiles().get(self.code)
        chinese = region_name(self.code) or (tile.short if tile else self.code)
        return str(Bilingual(chinese, region_english(self.code)))

    @property
    def address(self) -> str:
        """Return the address of its page below the root."""
        return f"places/{self.code}/"

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Return the way down to its page: addresses below the root, and their names."""
        return [("places/", _("地方")), *((each.address, each.name) for each in self.above)]

    @property
    def above(self) -> tuple[Locality, ...]:
        """Return the places around it, the province first."""
        return tuple(map(Locality, around(self.code)))


@cache
def _tiles() -> dict[str, ProvinceTile]:
    return {tile.code: tile for tile in province_tiles()}


@dataclass(frozen=True)
class Within:
    """A place and how many departments are in it; ``where`` are the columns that tell them."""

    place: Locality
    departments: int
    where: dict[str, object]


@dataclass(frozen=True)
class MapTile:
    """A tile of the map: the province, where it lies, and how many departments are there."""

    tile: ProvinceTile
    place: Locality
    departments: int


class Places:
    """All places that have departments."""

    def __init__(self, summaries: Summaries) -> None:
        """Count the departments of each place, those of the places in it among them."""
        self._summaries = summaries
        self._found: dict[str, Within] = {}
        self._parents: dict[str, str] = {}
        for *codes, count in summaries.department_groups(*_COLUMNS):
            chain = list(dict.fromkeys(code for code in codes if code))
            for code, above in zip(chain, ["", *chain], strict=False):
                self._add(code, above, codes, count)

    def _add(self, code: str, above: str, codes: list[str], count: int) -> None:
        column = _COLUMNS[codes.index(code)]
        known = self._found.get(code)
        self._parents[code] = above
        before = known.departments if known else 0
        self._found[code] = Within(Locality(code), before + count, {column: code})

    def __iter__(self) -> Iterator[Within]:
        yield from (self._found[code] for code in sorted(self._found))

    @property
    def tiles(self) -> list[MapTile]:
        """Return the map, with the provinces that nothing is held of."""
        return [MapTile(t, Locality(t.code), self._count(t.code)) for t in province_tiles()]

    @property
    def provinces(self) -> list[Within]:
        """Return the provinces that have departments, and what is in none."""
        return self.inside("")

    def inside(self, code: str) -> list[Within]:
        """Return the places next below one, in the order of their codes."""
        return [each for each in self if self._parents[each.place.code] == code]

    def kinds(self, within: Within) -> list[tuple[BureauKindView, int]]:
        """Return the kinds of bureaus in a place, with how many departments each has."""
        found = self._summaries.department_groups("bureau", **within.where)
        kinds = [(BureauKindView(bureau), count) for bureau, count in found]
        return sorted(kinds, key=lambda kind: kind[0].order)

    def _count(self, code: str) -> int:
        return self._found[code].departments if code in self._found else 0
