"""All contradictions of the site, the largest first, and the remarks of each disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.website.department.cases import PublishedCase
from generator.website.department.disclosure import DisclosureView
from generator.website.department.findings import RuleFindings, by_size
from generator.website.published.package import Package


@dataclass(frozen=True)
class Shown:
    """What the page of one disclosure shows: contradictions, remarks, and the anchors it has."""

    package: Package
    differs: tuple[PublishedCase, ...]
    remarks: tuple[RuleFindings, ...]
    here: frozenset[str]


@dataclass(frozen=True)
class Contradictions:
    """What does not add up in all disclosures, and, apart from it, remarks by disclosure."""

    shown: Sequence[Shown]

    @property
    def cases(self) -> list[tuple[PublishedCase, frozenset[str]]]:
        """Return the contradictions by their cause, those of the largest amounts first.

        With each, the anchors that the page of its disclosure has.
        """
        found = [(case, each.here) for each in self.shown for case in each.differs]
        return sorted(found, key=lambda pair: by_size(pair[0].findings[0]))

    @property
    def disclosures(self) -> int:
        """Return how many disclosures have a contradiction."""
        return sum(bool(each.differs) for each in self.shown)

    @property
    def remarked(self) -> list[Shown]:
        """Return the disclosures that have remarks."""
        return [each for each in self.shown if each.remarks]


def shown(view: DisclosureView) -> Shown:
    """Keep of a disclosure's page what the page of all contradictions needs."""
    return Shown(view.overview.package, tuple(view.cases), tuple(view.others["remark"]), view.here)
