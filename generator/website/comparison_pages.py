"""The pages that set disclosures side by side: of a year and kind, and any two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from generator.website.department.shared_charts import SharedChart
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.compared_groups import ComparedGroup
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.paging import pages_of
from generator.website.everyone.strips import strips_of
from generator.website.files.downloads import AllDownloads
from generator.website.output.folder import Output
from generator.website.share_pages import Sharing
from generator.website.ways_in import Page
from generator.website.wording.amounts import said_units

# Of more departments than these a comparison has columns for the largest classes only, and so many
# elements of tables on a page: a class has four in a row.
_FEW, _COLUMNS, _CELLS = 20, 10, 2000
#: So many disclosures stand in the two lists of which one is chosen each; more are looked up.
MOST_CHOICES = 300
_CLASS = 3  # digits of the code of a class


class ComparisonPages:
    """Writes what is set side by side in the language that is spoken."""

    def __init__(
        self,
        output: Output,
        page: Page,
        same: Callable[..., None],
        everyone: Everyone,
        everything: AllDownloads,
        sharing: Sharing,
    ) -> None:
        self._output, self._page, self._same = output, page, same
        self._everyone, self._everything, self._sharing = everyone, everything, sharing
        self._summaries = everyone.summaries

    def write(self, search: str) -> None:
        """Write all of them; `search` is the address of the search's index."""
        self._comparisons()
        self._two(search)

    def _comparisons(self) -> None:
        years = self._everyone.years
        ranges = {year.everyone.slug: self._range(year.everyone) for year in years}
        self._page("compare/", "comparisons.html", {"years": years, "ranges": ranges})
        for year in years:
            if not year.together:
                self._page(year.everyone.address, "compared_groups.html", {"year": year})
            for group in year.pages:
                files = AllDownloads(
                    (), {}, {group.slug: self._everything.compared.get(group.slug, ())}
                )
                write = partial(self._comparison, group, year.groups, files, self._shared(group))
                self._same(group.address, write, group, year.groups, years, files)

    def _two(self, search: str) -> None:
        """Write the page on which any two disclosures are set side by side."""
        few = len(self._summaries) <= MOST_CHOICES
        context = {
            "few": few,
            "departments": self._everyone.held(self._summaries.count()) if few else [],
            "units": said_units(),
            "search": search,
            "bureaus": {kind.id: kind.name for kind, _count in self._everyone.kinds if kind.known},
            "classes": {c: str(n) for c, n in self._everyone.names.items() if len(c) == _CLASS},
        }
        self._page("compare/two/", "two.html", context)

    def _range(self, group: ComparedGroup) -> list[DisclosureSummary]:
        """Return the disclosures of the largest and of the least total of a year and kind."""
        return self._summaries.range(**group.where)

    def _shared(self, group: ComparedGroup) -> Mapping[str, SharedChart]:
        """Write what is shared of the charts of a comparison, which is not taken over."""
        comparison = self._everyone.compared(group)
        charts = self._sharing.of_comparison(comparison.charts, group.address, comparison.title)
        shares = self._sharing.charts(charts)
        self._sharing.write_charts(shares.values())
        return shares

    def _comparison(
        self,
        group: ComparedGroup,
        groups: tuple[ComparedGroup, ...],
        files: AllDownloads,
        shares: Mapping[str, SharedChart],
    ) -> None:
        comparison = self._everyone.compared(group)
        address, departments = group.address, comparison.departments
        columns = comparison.functions
        if len(departments) > _FEW:
            columns = columns[:_COLUMNS]
        most, strips = _CELLS // (30 + 4 * len(columns)), strips_of(comparison)
        for page in pages_of(departments, len(departments), address, most=most):
            context = {"c": comparison, "page": page, "years": self._everyone.years}
            context["shares"] = shares
            context["strips"] = strips if page.number == 1 else []
            context["groups"] = () if group.bureau or len(groups) < 2 else groups
            context |= {"columns": columns, "everything": files}
            self._output.page(page.address, "comparison.html", context)
