"""Kinds of bureaus: what they are called, and where the departments of one kind stand."""

from __future__ import annotations

from dataclasses import dataclass

from generator.meaning.bureaus import UNKNOWN, bureau_kinds
from generator.website.wording.language import Bilingual, WithNames
from generator.website.wording.language import gettext as _

_NAMES = {kind.id: Bilingual(kind.title, kind.english) for kind in bureau_kinds()}
_ORDER = {kind: number for number, kind in enumerate([*_NAMES, UNKNOWN])}
#: The levels in their order from above; a level that nobody knows has an address as well.
LEVELS = ("central", "province", "city", "district", "county", "")


@dataclass(frozen=True)
class BureauKindView(WithNames):
    """A kind of bureau, or that none is known of a name."""

    id: str

    @property
    def names(self) -> Bilingual:  # type: ignore[override]
        """Return its name in both languages."""
        return _NAMES.get(self.id, Bilingual(_("没有认出种类")))

    @property
    def known(self) -> bool:
        """Tell whether it is a kind at all: departments of no known kind are not alike."""
        return self.id in _NAMES

    @property
    def address(self) -> str:
        """Return the address of its page below the root."""
        return f"kinds/{self.id}/"

    @property
    def order(self) -> int:
        """Return its place among all kinds."""
        return _ORDER.get(self.id, len(_ORDER))


def level_order(level: str) -> int:
    """Return the place of a level of government, the highest first."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def level_slug(level: str) -> str:
    """Return how a level stands in an address."""
    return level or UNKNOWN
