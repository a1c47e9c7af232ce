"""The pages that set disclosures side by side: of a year and kind, and any two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from generator.website.answer_pages import WritePage
from generator.website.department.shared_charts import SharedChart
from generator.website.department.summary import DisclosureSummary
from generator.website.drawing.render_svg import spec_json
from generator.website.everyone.compared_groups import ComparedGroup
from generator.website.everyone.comparison import DepartmentComparison
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.paging import pages_of
from generator.website.everyone.strips import strips_of
from generator.website.files.downloads import AllDownloads, Download
from generator.website.kept_pages import KeptPages
from generator.website.output.folder import Output
from generator.website.share_pages import Sharing
from generator.website.wording.amounts import said_units

# Of more departments than these a comparison has columns for the largest classes only, and so many
# elements of tables on a page: a class has four in a row.
_FEW, _COLUMNS, _CELLS = 20, 10, 2000
#: So many disclosures stand in the two lists of which one is chosen each; more are looked up.
MOST_CHOICES = 300
_CLASS = 3  # digits of the code of a class


@dataclass(frozen=True)
class _OnPages:
    """A comparison that has pages, with the groups of its year and kind, and its files."""

    group: ComparedGroup
    groups: tuple[ComparedGroup, ...]
    files: tuple[Download, ...]


class ComparisonPages:
    """Writes what is set side by side in the language that is spoken."""

    def __init__(
        self,
        output: Output,
        page: WritePage,
        kept: KeptPages,
        everyone: Everyone,
        everything: AllDownloads,
        sharing: Sharing,
    ) -> None:
        self._output, self._page, self._kept = output, page, kept
        self._everyone, self._everything, self._sharing = everyone, everything, sharing
        self._summaries = everyone.summaries

    def write(self, search: str) -> None:
        """Write all of them; `search` is the address of the search's index."""
        self._kept.write("compare/", self._list_of_years)
        for year in (year for year in self._everyone.years if not year.together):
            files = self._files(year.everyone)
            context = {"year": year, "files": files}
            write = partial(
                self._output.page, year.everyone.address, "compared_groups.html", context
            )
            self._kept.write(year.everyone.address, write, context)
        self._comparisons()
        self._two(search)

    def _list_of_years(self) -> None:
        years = self._everyone.years
        ranges = {year.everyone.slug: self._range(year.everyone) for year in years}
        self._output.page("compare/", "comparisons.html", {"years": years, "ranges": ranges})

    def _comparisons(self) -> None:
        years = self._everyone.years
        found = [
            _OnPages(group, year.groups, self._files(group))
            for year in years
            for group in year.pages
        ]
        anew = (each for each in found if not self._kept.has(each.group.address, each, years))
        charts = (self._everyone.compared(each.group).charts for each in anew)
        self._sharing.draw(chart for each in charts for chart in each if chart.spec)
        for each in found:
            write = partial(self._comparison, each)
            self._kept.write(each.group.address, write, each, years)

    def _files(self, group: ComparedGroup) -> tuple[Download, ...]:
        """Return the files of a whole year, which its page has; the others lead there."""
        return () if group.bureau else self._everything.compared.get(group.slug, ())

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

    def _shared(self, comparison: DepartmentComparison) -> Mapping[str, SharedChart]:
        """Write what is shared of the charts of a comparison, and what they are drawn from."""
        for chart in (chart for chart in comparison.charts if chart.spec):
            for name, spec in chart.specs.items():
                self._output.share(f"charts/{name}.json", spec_json(spec).encode())
        address, title = comparison.group.address, comparison.title
        charts = self._sharing.of_comparison(comparison.charts, address, title)
        shares = self._sharing.charts(charts)
        self._sharing.write_charts(shares.values())
        return shares

    def _comparison(self, found: _OnPages) -> None:
        group, comparison = found.group, self._everyone.compared(found.group)
        departments, columns = comparison.departments, comparison.functions
        if len(departments) > _FEW:
            columns = columns[:_COLUMNS]
        most, strips = _CELLS // (30 + 4 * len(columns)), strips_of(comparison)
        context = {
            "c": comparison,
            "years": self._everyone.years,
            "shares": self._shared(comparison),
            "groups": () if group.bureau or len(found.groups) < 2 else found.groups,
            "columns": columns,
            "files": found.files,
        }
        for page in pages_of(departments, len(departments), group.address, most=most):
            own = {"page": page, "strips": strips if page.number == 1 else []}
            self._output.page(page.address, "comparison.html", {**context, **own})
