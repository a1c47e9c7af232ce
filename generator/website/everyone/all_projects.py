"""The lists of projects of all disclosures: all, of a year, a province or a kind of bureau."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.paging import ListPage, weighed_pages
from generator.website.everyone.places import Locality
from generator.website.everyone.summaries import Summaries, SummaryProject
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.wording.language import gettext as _

#: Elements of the rows of a page of 3,000: the others are four for each list that the first leads
#: to (34 provinces, 72 kinds, the years), four for each page of the list, and 160. Rows at most.
MOST_WEIGHT = 2100
MOST_ROWS = 150
#: A list tells so many projects, the largest; the others stand on the pages of their departments.
MOST_LISTED = 3000
#: Characters of performance targets that a page carries itself; of more, all stay on the pages of
#: their disclosures: what comes with the first packets (14 KB) is painted a round trip earlier.
MOST_TARGET_CHARACTERS = 10_000
#: Of a list on more pages than these, a filter asks the index, in place of fetching them all.
MOST_FETCHED = 7
_HOME = "projects/"


@dataclass(frozen=True)
class ProjectFilter:
    """What the projects of a list have in common, and how many there are; all have nothing.

    ``names`` are the columns that say so, ``values`` what stands in them.
    """

    address: str
    count: int
    names: tuple[str, ...] = ()
    values: tuple[object, ...] = ()

    @property
    def title(self) -> str:
        """Return what they have in common in words, "" of all."""
        if self.names == ("province",):
            return Locality(str(self.values[0])).name
        if self.names == ("bureau",):
            return BureauKindView(str(self.values[0])).name
        if self.names == ("year", "kind"):
            year, kind = self.values
            return _("{year}年{kind}").format(year=year, kind=KIND_WORDS[str(kind)])
        return ""

    @property
    def key(self) -> str:
        """Return how the index calls it."""
        if self.names == ("year", "kind"):
            return f"{self.values[0]}-{KIND_SLUGS[str(self.values[1])]}"
        return str(self.values[0])

    @property
    def where(self) -> dict[str, object]:
        """Return the columns and their values."""
        return dict(zip(self.names, self.values, strict=True))


@dataclass(frozen=True)
class ProjectPage:
    """One page of a list; `targets` tells whether it carries the performance targets."""

    rows: ListPage[SummaryProject]
    targets: bool


@dataclass(frozen=True)
class ProjectFilters:
    """All lists that there are, and how many projects have no amount."""

    every: ProjectFilter
    years: tuple[ProjectFilter, ...]
    provinces: tuple[ProjectFilter, ...]
    bureaus: tuple[ProjectFilter, ...]
    without_amount: int

    @property
    def indexed(self) -> bool:
        """Tell whether there are so many that they have an index."""
        return self.every.count > MOST_FETCHED * MOST_ROWS

    @property
    def uncounted(self) -> ProjectFilters:
        """Return the same lists without how many each has, which changes with any disclosure."""
        every, *others = (
            tuple(replace(each, count=0) for each in found)
            for found in ((self.every,), self.years, self.provinces, self.bureaus)
        )
        return ProjectFilters(every[0], others[0], others[1], others[2], 0)

    def __iter__(self) -> Iterator[ProjectFilter]:
        yield from (self.every, *self.years, *self.provinces, *self.bureaus)


def project_filters(summaries: Summaries) -> ProjectFilters:
    """Return the lists: the latest year first, provinces by code, bureaus in their order."""
    years = [
        ProjectFilter(f"{_HOME}{year}-{KIND_SLUGS[kind]}/", count, ("year", "kind"), (year, kind))
        for year, kind, count in summaries.project_groups("year", "kind")
    ]
    provinces = [
        ProjectFilter(f"{_HOME}in/{code}/", count, ("province",), (code,))
        for code, count in summaries.project_groups("province")
    ]
    bureaus = [
        ProjectFilter(f"{_HOME}of/{bureau}/", count, ("bureau",), (bureau,))
        for bureau, count in summaries.project_groups("bureau")
    ]
    return ProjectFilters(
        ProjectFilter(_HOME, summaries.count_projects()),
        tuple(sorted(years, key=lambda f: (-int(str(f.values[0])), f.address))),
        tuple(provinces),
        tuple(sorted(bureaus, key=lambda f: BureauKindView(str(f.values[0])).order)),
        summaries.count_projects(yuan=None),
    )


def project_pages(found: ProjectFilter, summaries: Summaries) -> Iterator[ProjectPage]:
    """Yield the pages of a list, the largest projects first; of all, the newest first as well."""
    orders = () if found.where else (("by-amount", _HOME), ("by-year", f"{_HOME}by-year/"))
    for order, at in orders or (("by-amount", found.address),):
        rows = list(islice(summaries.projects(order, **found.where), MOST_LISTED))
        read, most = partial(iter, rows), MOST_WEIGHT
        yield from map(_page, weighed_pages(read, _weight, at, "", most, order, orders))


def _weight(row: SummaryProject) -> int:
    """Return how many elements a row has where it has most: in English, with its targets."""
    project = row.project
    targets = 4 + 2 * len(project.targets) if project.targets else 0
    words = bool(project.key_project) + bool(project.unit)
    return max(11 + words + targets + 3 * len(project.funds), MOST_WEIGHT // MOST_ROWS)


def _page(rows: ListPage[SummaryProject]) -> ProjectPage:
    characters = sum(len(t) for row in rows.items for t in row.project.targets)
    return ProjectPage(rows, characters <= MOST_TARGET_CHARACTERS)
