"""What a worker is told of one department, and what comes back: light, and sent as bytes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from generator.website.department.cards import NamedCard
from generator.website.department.shared_charts import SHARED
from generator.website.department.summary import DisclosureSummary
from generator.website.department.told import ToldDisclosure
from generator.website.files.catalogue import CataloguedDataset
from generator.website.files.feed import FeedEntry
from generator.website.files.number_sizes import Sizes
from generator.website.output.assets import Assets
from generator.website.output.folder import WrittenOut
from generator.website.published.checks import Tally
from generator.website.published.rows import Row
from generator.website.settings import LeftOut, SiteSettings
from generator.wire import Packed, encode

_Kind = TypeVar("_Kind")


@dataclass(frozen=True)
class OfAll:
    """What the departments of a site share, and where things are.

    `written` are the names and titles of the written pages, by the tag of their language; `cards`
    are those of pages without one of their own; `inputs` is a hash of all that the pages of any
    department are made of, its packages apart.
    """

    packages: Path
    site: Path
    templates: Path
    content: Path
    cache: Path
    settings: SiteSettings
    assets: Assets
    written: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    cards: tuple[tuple[str, NamedCard], ...]
    inputs: str


@dataclass(frozen=True)
class PagesTask:
    """One department: the slugs of its disclosures, and what the registers say of it."""

    all: OfAll
    department: str
    disclosures: tuple[str, ...]
    names: tuple[Row, ...] = ()
    register: tuple[Row, ...] = ()
    changes: tuple[Row, ...] = ()

    @property
    def folders(self) -> list[str]:
        """Return where files of this department, and of no other, lie in the site."""
        prefixes = [language.prefix for language in self.all.settings.languages]
        pages = [f"{p}departments/{self.department}" for p in prefixes]
        pages += [f"{p}{SHARED}departments/{self.department}" for p in prefixes]
        places = ("downloads", "data", "data/json/disclosures")
        return [*pages, *(f"{place}/{self.department}" for place in places)]

    @property
    def file(self) -> str:
        """Return the place of its one file that lies in no folder of its own."""
        return f"data/json/departments/{self.department}.json"

    def take_away(self) -> None:
        """Remove what was written of it."""
        for folder in self.folders:
            shutil.rmtree(self.all.site / folder, ignore_errors=True)


@dataclass(frozen=True)
class DepartmentMade:
    """What is known of a department's part of the site once it is written.

    `shared` are files that others may have as well, named by their content. `drawn` and `undrawn`
    are the charts. `told` is by the tag of the language.
    """

    written: WrittenOut = field(default_factory=WrittenOut)
    shared: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    undrawn: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    summaries: tuple[DisclosureSummary, ...] = ()
    told: Mapping[str, tuple[ToldDisclosure, ...]] = field(default_factory=dict)
    catalogued: tuple[CataloguedDataset, ...] = ()
    #: Its part of what can be found, as `search_part` makes it.
    search: bytes = b""
    #: What lists of all say of it and of its disclosures: key figures by name, entries of the feed,
    #: how the checks of each resource came out, by the ids of its disclosures.
    listed: tuple[dict[str, Any], ...] = ()
    figures: tuple[tuple[str, dict[str, Any]], ...] = ()
    feed: tuple[FeedEntry, ...] = ()
    checks: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)
    #: How large the numbers of its files are, by the ids of its disclosures and their names.
    sizes: Mapping[str, Mapping[str, Sizes]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    #: The hashes of its folders, and the sums (SHA-256) of its other files, by their places.
    trees: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def lasting(self) -> bool:
        """Tell whether it would be made just so again; what failed may succeed the next time."""
        return not (self.left_out or self.undrawn or self.notes)


@dataclass
class AllMade:
    """What is kept of all departments while they are made."""

    notes: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    catalogued: Packed[str, CataloguedDataset] = field(
        default_factory=lambda: Packed(CataloguedDataset)
    )
    drawn: set[str] = field(default_factory=set)
    undrawn: set[str] = field(default_factory=set)
    listed: list[dict[str, Any]] = field(default_factory=list)
    #: By the name of each, and its place among all.
    figures: Packed[tuple[str, int], dict[str, Any]] = field(
        default_factory=lambda: Packed(dict[str, Any])
    )
    feed: list[FeedEntry] = field(default_factory=list)
    checks: dict[str, Mapping[str, Tally]] = field(default_factory=dict)
    sizes: dict[str, Mapping[str, Sizes]] = field(default_factory=dict)
    _once: dict[bytes, Any] = field(default_factory=dict)

    @property
    def without_pages(self) -> frozenset[str]:
        """Return the ids of the disclosures that have none."""
        return frozenset(each.disclosure for each in self.left_out)

    def take(self, made: DepartmentMade) -> None:
        """Add what was made of one."""
        self.notes += made.notes
        self.left_out += made.left_out
        self.catalogued.update({each.id: each for each in made.catalogued})
        self.drawn.update(made.drawn)
        self.undrawn.update(made.undrawn)
        self.listed += made.listed
        for name, entry in made.figures:
            self.figures[name, len(self.figures)] = entry
        self.feed += made.feed
        for id_, checks in made.checks.items():
            self.checks[id_] = {name: self._same(tally) for name, tally in checks.items()}
        for id_, files in made.sizes.items():
            self.sizes[id_] = {
                name: {column: self._same(size) for column, size in sizes.items()}
                for name, sizes in files.items()
            }

    def _same(self, value: _Kind) -> _Kind:
        """Keep values that are the same once: a thousand disclosures have few different ones."""
        once: _Kind = self._once.setdefault(encode(value), value)
        return once
