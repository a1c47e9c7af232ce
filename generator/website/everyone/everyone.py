"""All that pages about many departments are made of; what of it is said is said when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.website.department.charts import Chart
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.all_projects import ProjectFilters, project_filters
from generator.website.everyone.codes import Code, code_names, read_codes
from generator.website.everyone.compared_groups import (
    ComparedGroup,
    YearComparison,
    year_comparisons,
)
from generator.website.everyone.comparison import DepartmentComparison, compare
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.places import Places
from generator.website.everyone.summaries import Summaries
from generator.website.published.checks import Tally
from generator.website.published.rows import Row
from generator.website.wording.language import Bilingual, Language, speaking


@dataclass(frozen=True)
class HeldDepartment:
    """A department and all its disclosures, oldest first."""

    held: Sequence[DisclosureSummary]

    @property
    def latest(self) -> DisclosureSummary:
        """Return the latest of them."""
        return self.held[-1]


@dataclass(frozen=True)
class Everyone:
    """All summaries, and the lists of codes of either classification."""

    summaries: Summaries
    code_lists: Mapping[str, Sequence[Row]]

    @cached_property
    def codes(self) -> list[Code]:
        """Return every code that is listed or printed."""
        return read_codes(self.summaries, self.code_lists)

    @cached_property
    def names(self) -> Mapping[str, Bilingual]:
        """Return what codes are called."""
        return code_names(self.codes)

    @cached_property
    def years(self) -> list[YearComparison]:
        """Return what is compared, the latest year first."""
        return year_comparisons(self.summaries)

    @cached_property
    def places(self) -> Places:
        """Return the places that have departments."""
        return Places(self.summaries)

    @cached_property
    def projects(self) -> ProjectFilters:
        """Return the lists of projects."""
        return project_filters(self.summaries)

    @cached_property
    def tally(self) -> Tally:
        """Return the checks of all disclosures."""
        return self.summaries.tally()

    @property
    def kinds(self) -> list[tuple[BureauKindView, int]]:
        """Return the kinds of bureaus that there are, with how many departments each has."""
        found = self.summaries.department_groups("bureau")
        kinds = [(BureauKindView(bureau), count) for bureau, count in found]
        return sorted(kinds, key=lambda kind: kind[0].order)

    def compared(self, group: ComparedGroup) -> DepartmentComparison:
        """Set the departments of a group side by side."""
        return compare(group, self.summaries, self.names)

    def charts(self, language: Language) -> Iterator[Chart]:
        """Yield the charts of all comparisons that are drawn, in a language."""
        with speaking(language):
            for group in (group for year in self.years for group in year.pages):
                yield from (chart for chart in self.compared(group).charts if chart.spec)

    def whole_years(self, language: Language) -> Iterator[DepartmentComparison]:
        """Yield each year and kind whole, as it is downloaded."""
        with speaking(language):
            yield from (self.compared(year.everyone) for year in self.years)

    def held(self, most: int) -> list[HeldDepartment]:
        """Return the first departments by place, each with its disclosures."""
        ids = [d.head.department.id for d in self.summaries.departments(most=most)]
        return [HeldDepartment(list(self.summaries.disclosures(department=id_))) for id_ in ids]
