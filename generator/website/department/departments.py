"""What the site says about a department: its disclosures, years, trends, names and projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.website.department.charts import Chart
from generator.website.department.disclosure import Overview
from generator.website.department.figures import linked
from generator.website.department.listed_projects import ListedProject, listed
from generator.website.department.project_years import ProjectYears, over_the_years
from generator.website.department.trends import (
    Trends,
    in_a_row,
    missing_years,
    named,
    other_kind,
    renamed,
    trends,
)
from generator.website.published.checks import Tally, add
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.amounts import change_said
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
        said = [_how_much(self.latest), _direction(self.overviews), _adds_up(self.latest)]
        return [sentence for sentence in said if sentence]

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


def _page(package: Package) -> Markup:
    """Name a disclosure as a link from its department's page."""
    return Markup('<a href="{}/">{}</a>').format(package.slug, named(package.year, package.kind))


def _how_much(latest: Overview) -> Markup:
    fact = latest.key.expenditure
    if not fact:
        return Markup(_("最近的一份是{which}，它没有列出支出总计。")).format(
            which=_page(latest.package)
        )
    return Markup(_("{which}支出总计{amount}。")).format(
        which=_page(latest.package),
        amount=linked(fact.yuan, fact.line, f"{latest.package.slug}/"),
    )


def _direction(overviews: Sequence[Overview]) -> Markup:
    """Compare with the last one before of the same kind, or failing that of the other kind."""
    latest, before = overviews[-1], [o for o in overviews[:-1] if o.key.expenditure]
    same = [o for o in before if o.package.kind == latest.package.kind]
    earlier = next(reversed(same or before), None)
    if not latest.key.expenditure:
        return Markup()
    if not earlier or not earlier.key.expenditure:
        return Markup("{}").format(_("没有更早的文件可以比较增减。"))
    was, now = earlier.key.expenditure, latest.key.expenditure
    change = Markup(_("与{which}的{was}相比，{change}。")).format(
        which=_page(earlier.package),
        was=linked(was.yuan, was.line, f"{earlier.package.slug}/"),
        change=change_said(was.yuan, now.yuan),
    )
    names = {o.package.department.names.chinese for o in (earlier, latest)}
    return in_a_row([change, *([] if same else [other_kind()]),
                     *([renamed()] if len(names) > 1 else [])])  # fmt: skip


def _adds_up(latest: Overview) -> Markup:
    tally, base = latest.checks.all, latest.package.slug
    if not tally.total:
        return Markup("{}").format(_("它没有能核对的数字。"))
    if not tally["differs"]:
        words = Markup(plural("核对{n}项，没有一项不符。", tally.total))
        return words.format(n=f"{tally.total:,}")
    words = Markup(_('核对{total}项，其中<a href="{base}/checks/#differs">{differs}项不符</a>。'))
    return words.format(total=f"{tally.total:,}", base=base, differs=f"{tally['differs']:,}")
