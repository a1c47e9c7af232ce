"""Everything the page of one disclosure shows, gathered from its package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from generator.website.department.answers import Answer, also, answers
from generator.website.department.cases import PublishedCase, cases_of
from generator.website.department.changes import Change, of_subject, read_changes
from generator.website.department.charts import Chart, disclosure_charts
from generator.website.department.doubts import Doubts, doubts_of, signs, touching
from generator.website.department.figures import KeyFigures, key_figures
from generator.website.department.findings import (
    OpenFinding,
    RuleFindings,
    contradictions,
    of_outcome,
)
from generator.website.department.flow import MoneyFlow, money_flow
from generator.website.department.places import FigurePlaces
from generator.website.department.plan import Planned, planned_before, planned_within
from generator.website.department.prose import Topic, read_topics
from generator.website.department.spending import (
    Spent,
    UnitSpent,
    by_economic_class,
    by_function,
    by_unit,
)
from generator.website.department.tables import TableView, table_view
from generator.website.department.ten_yuan import TenYuan, ten_yuan
from generator.website.department.three_public import ThreePublicYears, three_public_years
from generator.website.drawing.page_images import Views, anchor, marked
from generator.website.published.checks import Checks, PublishedRule, read_checks
from generator.website.published.facts import read_ledger
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.words import REASONS, THREE_PUBLIC

# The story has the changes of the largest sums, and the largest projects; the rest is a tap away.
_CHANGES_TOLD, _PROJECTS_TOLD = 4, 5
# Differences within rounding are many and alike: of each rule so many are told one by one.
_SHOWN = 20


@dataclass(frozen=True)
class Overview:
    """What other pages say about a disclosure: its package, key figures, charts and checks."""

    package: Package
    key: KeyFigures
    flow: MoneyFlow
    charts: tuple[Chart, ...]
    planned: tuple[Planned, ...]
    facts: int
    twice_read: int
    checks: Checks
    spent: tuple[Spent, ...] = ()
    by_unit: tuple[UnitSpent, ...] = ()


@dataclass(frozen=True)
class DisclosureView:
    """The content of a disclosure's page.

    `differs` are its contradictions; `here` are the anchors of the figures marked on the page;
    `earlier` is the last disclosure of the same kind before it.
    """

    overview: Overview
    answers: Sequence[Answer]
    also: Sequence[Markup]
    changes: Sequence[Change]
    planned: Sequence[Planned]
    three_public: ThreePublicYears | None
    tables: Sequence[TableView]
    topics: Sequence[Topic]
    differs: Sequence[OpenFinding]
    others: Mapping[str, Sequence[RuleFindings]]
    held: Sequence[tuple[PublishedRule, int]]
    project_signs: Mapping[str, Markup]
    here: frozenset[str]
    problems: Sequence[Row]
    earlier: tuple[Package, KeyFigures] | None

    @cached_property
    def cases(self) -> list[PublishedCase]:
        """Return the contradictions by their cause."""
        return cases_of(self.overview.package, self.differs)

    @property
    def ten_yuan(self) -> TenYuan | None:
        """Return where every ten yuan go."""
        return ten_yuan(self.overview.key, self.overview.spent)

    @property
    def changes_told(self) -> Sequence[Change]:
        """Return the first changes against the year before; without any, those against a plan."""
        before = [change for change in self.changes if change.base == "prior_year"]
        return (before or self.changes)[:_CHANGES_TOLD]

    @property
    def planned_told(self) -> Sequence[Planned]:
        """Return the plan and outcome of the largest sums, in printed order."""
        order = sorted(self.planned, key=_outcome, reverse=True)[:_CHANGES_TOLD]
        return [planned for planned in self.planned if planned in order]

    @property
    def most_projects(self) -> int:
        """Return how many projects the story has."""
        return _PROJECTS_TOLD

    @property
    def untold(self) -> list[tuple[str, int]]:
        """Return why checks cannot be told, and how many for each reason."""
        rows = (row for row in self.overview.checks.open if row["outcome"] == "cannot_tell")
        counts = Counter(row.get("reason", "") for row in rows)
        return [(reason, counts[reason]) for reason in REASONS if counts[reason]]

    @property
    def three_public_changes(self) -> list[Change]:
        """Return what it says of “三公” and its parts against the year before."""
        found = [
            of_subject(self.changes, term) for term in ("three_public_expenses", *THREE_PUBLIC)
        ]
        return [change for change in found if change]

    def touching(self, table: str) -> list[OpenFinding]:
        """Return the contradictions that have a figure in a table of this disclosure."""
        return touching(table, self.differs, self.overview.package)


def overview(package: Package) -> Overview:
    """Read what other pages need to know about a disclosure."""
    ledger = read_ledger(package)
    executed = package.kind == "final_accounts"
    key = key_figures(package, ledger)
    return Overview(
        package=package,
        key=key,
        flow=money_flow(package, ledger, key),
        charts=tuple(disclosure_charts(package, ledger, key)),
        planned=tuple(planned_within(ledger)),
        facts=len(ledger.facts),
        twice_read=sum(len(fact.routes) > 1 for fact in ledger.facts),
        checks=read_checks(package),
        spent=(
            *by_function(ledger, executed=executed),
            *by_economic_class(ledger, executed=executed),
        ),
        by_unit=tuple(by_unit(ledger)),
    )


def disclosure_view(
    current: Overview, department: Sequence[Overview], places: FigurePlaces, views: Views | None
) -> DisclosureView:
    """Gather the page of a disclosure.

    `department` are all disclosures of its department, oldest first; `views` are its drawn pages.
    """
    package, checks = current.package, current.checks
    differs = contradictions(package, checks, places)
    doubts = doubts_of(package, differs)
    changes = read_changes(package, doubts)
    marks = marked(views)
    tables = [table_view(table, doubts, marks) for table in package.tables]
    topics, earlier = read_topics(package, doubts), _earlier(current, department)
    return DisclosureView(
        overview=current,
        answers=answers(package, current.key, changes, checks.all, earlier),
        also=also(current.key),
        changes=changes,
        planned=current.planned or _planned(current, department),
        three_public=three_public_years(package, [(o.package, o.key) for o in department]),
        tables=tables,
        topics=topics,
        differs=differs,
        others={
            outcome: of_outcome(outcome, package, checks, places, shown)
            for outcome, shown in (("remark", 0), ("cannot_tell", _SHOWN), ("rounding", _SHOWN))
        },
        held=[
            (r, checks.by_rule[i]["holds"])
            for i, r in checks.rules.items()
            if i in checks.by_rule and checks.by_rule[i]["holds"]
        ],
        project_signs=_project_signs(current, doubts),
        here=frozenset(_anchors(tables, topics)),
        problems=package.rows("problems"),
        earlier=earlier,
    )


def _outcome(planned: Planned) -> Decimal:
    return max(part.yuan for part in (planned.plan, planned.executed) if part)


def _earlier(
    current: Overview, department: Sequence[Overview]
) -> tuple[Package, KeyFigures] | None:
    """Return the last disclosure of the same kind before it."""
    package = current.package
    same = [o for o in department if o.package.kind == package.kind]
    before = [o for o in same if o.package.year < package.year]
    return (before[-1].package, before[-1].key) if before else None


def _planned(current: Overview, department: Sequence[Overview]) -> list[Planned]:
    """Compare final accounts with the budget of their year, if that is held and prints totals."""
    package = current.package
    for other in department:
        if (other.package.year, other.package.kind, package.kind) == (
            package.year, "budget", "final_accounts",
        ):  # fmt: skip
            return planned_before(other.key, current.key, f"../{other.package.slug}/")
    return []


def answers_of(current: Overview, department: Sequence[Overview]) -> list[Answer]:
    """Answer the first questions about one of the disclosures of a department."""
    # Elsewhere than on its own page there is no finding to lead to.
    changes, earlier = read_changes(current.package, {}), _earlier(current, department)
    return answers(current.package, current.key, changes, current.checks.all, earlier)


def _project_signs(current: Overview, doubts: Doubts) -> dict[str, Markup]:
    """Return the marks of the projects of which a printed figure is in doubt, by their id."""
    found: dict[str, Markup] = {}
    for here, doubt in sorted(doubts.items(), key=lambda item: not item[1].first):
        found.setdefault(here.rpartition(".")[0], signs(doubt))
    ids = (project.id for project in current.key.projects)
    return {id_: found[anchor(id_)] for id_ in ids if anchor(id_) in found}


def _anchors(tables: Sequence[TableView], topics: Sequence[Topic]) -> set[str]:
    rows = [row for table in tables for part in table.parts for row in part.body]
    prose = (p for topic in topics for section in topic.sections for p in section.paragraphs)
    return {
        *(row.anchor for row in rows),
        *(cell.anchor for row in rows for cell in row.cells),
        *(each for paragraph in prose for each in paragraph.anchors),
    } - {""}
