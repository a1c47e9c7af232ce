"""What the site says about a department: its disclosures, years, trends, names and projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.website.department.answers import adds_up
from generator.website.department.charts import Chart
from generator.website.department.disclosure import Overview, in_brief
from generator.website.department.listed_projects import ListedProject, listed
from generator.website.department.project_years import ProjectYears, over_the_years
from generator.website.department.trends import Trends, missing_years, trends
from generator.website.published.checks import Tally, add
from generator.website.published.rows import Row
from generator.website.wording.language import gettext as _
from generator.website.wording.language import plural

MOST_PROJECTS = 10


@dataclass(frozen=True)
class DepartmentView:
    """What the page of a department shows: its disclosures oldest first, its names, its trends."""

    id: str
    overviews: Sequence[Overview]
    names: Sequence[Row]
    trends: Trends

    @property
    def latest(self) -> Overview:
        """Return the disclosure of the latest year."""
        return self.overviews[-1]

    @property
    def charts(self) -> Sequence[Chart]:
        """Return the charts of its years."""
        return self.trends.charts

    @property
    def drawn_charts(self) -> Iterator[Chart]:
        """Yield every chart that is drawn, its disclosures' first."""
        several = [*(o.charts for o in self.overviews), self.charts]
        yield from (chart for charts in several for chart in charts if chart.spec)
        flows = (o.flow.chart for o in self.overviews)
        yield from (chart for chart in flows if chart and chart.spec)

    @property
    def name(self) -> str:
        """Return the name that the latest disclosure prints."""
        return self.latest.package.department.name

    @property
    def answers(self) -> list[Markup]:
        """Say of the latest disclosure how much, more or less, and whether it adds up."""
        which, much, change = in_brief(self.latest, self.overviews)
        return [_how_much(self.latest, which, much), change, _adds_up(self.latest)]

    @property
    def years(self) -> list[tuple[int, list[Overview]]]:
        """Return every year from the last to the first with what is held of it, perhaps nothing."""
        found = {y: list(g) for y, g in groupby(self.overviews, lambda o: o.package.year)}
        return [(year, found.get(year, [])) for year in range(max(found), min(found) - 1, -1)]

    @property
    def missing(self) -> list[int]:
        """Return the years between the first and the last of which nothing is held."""
        return missing_years(self.overviews)

    @property
    def tally(self) -> Tally:
        """Return the checks of all its disclosures."""
        return add(overview.checks.all for overview in self.overviews)

    @property
    def projects(self) -> list[ListedProject]:
        """Return every project of all its disclosures, the largest first."""
        return sorted(listed(self.overviews), key=lambda p: -(p.project.yuan or 0))

    @property
    def project_years(self) -> list[ProjectYears]:
        """Return its projects, those of one name over the years as one, the largest first."""
        return over_the_years(self.projects)

    @property
    def most_projects(self) -> int:
        """Return how many of the projects the page lists."""
        return MOST_PROJECTS


def departments_of(overviews: Sequence[Overview], names: Sequence[Row]) -> list[DepartmentView]:
    """Group disclosures by department and add the names that the department has had."""
    found = []
    for id_, group in groupby(overviews, key=lambda o: o.package.department.id):
        each = sorted(group, key=lambda o: (o.package.year, o.package.kind))
        found.append(
            DepartmentView(id_, each, [n for n in names if n["department"] == id_], trends(each))
        )
    return found


def _how_much(latest: Overview, which: Markup, much: Markup) -> Markup:
    if latest.key.expenditure:
        return Markup(_("{which}支出总计{amount}。")).format(which=which, amount=much)
    if latest.key.income:
        words = Markup(_("最近的一份是{which}，它没有列出支出总计；收入总计{amount}。"))
        return words.format(which=which, amount=much)
    return Markup(_("最近的一份是{which}，它没有列出支出总计。")).format(which=which)


def _adds_up(latest: Overview) -> Markup:
    tally, base = latest.checks.all, latest.package.slug
    if not tally.total:
        return Markup("{}").format(_("它没有能核对的数字。"))
    words = Markup(plural('核对{n}项，<a href="{base}/checks/">{outcome}</a>。', tally.total))
    return words.format(n=f"{tally.total:,}", base=base, outcome=adds_up(tally))
