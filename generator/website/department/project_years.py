"""The projects of a department over its years: those of one name and unit are one project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.meaning.wording import fold
from generator.website.department.listed_projects import ListedProject


@dataclass(frozen=True)
class ProjectYears:
    """One project in all disclosures that list it, oldest first: a budget before its accounts."""

    years: tuple[ListedProject, ...]

    @property
    def latest(self) -> ListedProject:
        """Return it as the latest disclosure lists it."""
        return self.years[-1]

    @property
    def name(self) -> str:
        """Return its name as the latest disclosure prints it."""
        return self.latest.project.name


def over_the_years(projects: Iterable[ListedProject]) -> list[ProjectYears]:
    """Join what disclosures list under one name and unit, the largest of any year first.

    A project without a name stands for itself, and so do two of one name in one disclosure.
    """
    found: dict[tuple[str, ...], list[ListedProject]] = {}
    for each in projects:
        found.setdefault(_key(each), []).append(each)
    joined = [group for same in found.values() for group in _apart(same)]
    return sorted(joined, key=lambda p: -max(each.project.yuan or 0 for each in p.years))


def _key(each: ListedProject) -> tuple[str, ...]:
    project = each.project
    return (fold(project.name), fold(project.unit)) if fold(project.name) else (project.id,)


def _apart(same: list[ListedProject]) -> list[ProjectYears]:
    """Nobody can tell which of two in one disclosure goes on as which in the next."""
    owners = [each.overview.package.id for each in same]
    if len(set(owners)) < len(owners):
        return [ProjectYears((each,)) for each in same]
    return [ProjectYears(tuple(sorted(same, key=_time)))]


def _time(each: ListedProject) -> tuple[int, str]:
    package = each.overview.package
    return (package.year, package.kind)
