"""The list of every project of every disclosure, in pages of a size that a phone can load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.website.department.disclosure import Overview
from generator.website.department.listed_projects import ListedProject, listed
from generator.website.wording.amounts import sum_units
from generator.website.wording.language import gettext as _

#: Measured: a thousand rows weigh 55–70 KB compressed, without targets.
MOST_ROWS = 1000
#: Characters of performance targets that a page carries itself; the rest stay on the disclosures.
MOST_TARGET_CHARACTERS = 30_000


@dataclass(frozen=True)
class ProjectPage:
    """One page of the list; `targets` tells whether the page carries the performance targets."""

    number: int
    projects: tuple[ListedProject, ...]
    targets: bool

    @property
    def address(self) -> str:
        """Return the page's address below the root."""
        return "projects/" if self.number == 1 else f"projects/{self.number}/"


@dataclass(frozen=True)
class ProjectList:
    """All projects: the pages, and what the filter offers; `units` are those it says sums in."""

    pages: tuple[ProjectPage, ...]
    departments: tuple[tuple[str, str], ...]
    count: int
    without_amount: int
    kinds: tuple[tuple[str, int], ...]
    units: tuple[tuple[int, str], ...]


def list_projects(overviews: Sequence[Overview]) -> ProjectList:
    """List every project, the latest year first and the largest first within a year and kind."""
    found = listed(overviews)
    chunks = [found[at : at + MOST_ROWS] for at in range(0, len(found), MOST_ROWS)] or [[]]
    names = {p.overview.package.department.id: p.overview.package.department.name for p in found}
    kinds: dict[str, int] = {}
    for each in found:
        package = each.overview.package
        title = _("{year}年{kind}").format(year=package.year, kind=package.kind_word)
        kinds[title] = kinds.get(title, 0) + 1
    return ProjectList(
        pages=tuple(_page(number, chunk) for number, chunk in enumerate(chunks, 1)),
        departments=tuple(sorted(names.items(), key=lambda n: n[1])),
        count=len(found),
        without_amount=sum(p.project.yuan is None for p in found),
        kinds=tuple(kinds.items()),
        units=sum_units(),
    )


def _page(number: int, projects: Sequence[ListedProject]) -> ProjectPage:
    characters = sum(len(t) for p in projects for t in p.project.targets)
    return ProjectPage(number, tuple(projects), characters <= MOST_TARGET_CHARACTERS)
