"""The projects of disclosures, each with its place on the page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.disclosure import Overview
from generator.website.department.figures import PublishedProject


@dataclass(frozen=True)
class ListedProject:
    """One project in a list; `number` is its place on the page of its disclosure."""

    overview: Overview
    project: PublishedProject
    number: int


def listed(overviews: Sequence[Overview]) -> list[ListedProject]:
    """List every project, the latest year first and the largest first within a year and kind."""
    found = [
        ListedProject(overview, project, number)
        for overview in overviews
        for number, project in enumerate(overview.key.projects, 1)
    ]
    return sorted(found, key=_place)


def _place(each: ListedProject) -> tuple[int, str, Decimal, str, int]:
    package = each.overview.package
    yuan = each.project.yuan or Decimal(0)
    return (-package.year, package.kind, -yuan, package.id, each.number)
