"""Everything the page of one disclosure shows, gathered from its package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from generator.website.department.answers import Answer, answers, projects_said, total_stated
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
from generator.website.department.more_or_less import HeldAccount, before, in_full
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
from generator.website.department.story import MOST_PROJECTS, changes_told, planned_told
from generator.website.department.tables import TableView, table_view
from generator.website.department.ten_yuan import TenYuan, ten_yuan
from generator.website.department.three_public import ThreePublicYears, three_public_years
from generator.website.drawing.page_images import Views, anchor, marked
from generator.website.published.checks import Checks, PublishedRule, read_checks
from generator.website.published.facts import read_ledger
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.words import REASONS, THREE_PUBLIC

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
    `account` is it, and `earlier` the one before it, as they are compared.
    """

    overview: Overview
    answers: Sequence[Answer]
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
    account: HeldAccount
    earlier: HeldAccount | None
    doubts: Doubts

    @cached_property
    def cases(self) -> list[PublishedCase]:
        """Return the contradictions by their cause."""
        return cases_of(self.overview.package, self.differs)

    @cached_property
    def ten_yuan(self) -> TenYuan | None:
        """Return where every ten yuan go."""
        return ten_yuan(self.overview.key, self.overview.spent)

    @property
    def changes_told(self) -> list[Change]:
        """Return the changes that the story tells."""
        return changes_told(self.changes)

    @property
    def planned_told(self) -> list[Planned]:
        """Return the plans and outcomes that the story tells."""
        return planned_told(self.planned)

    @property
    def projects_said(self) -> Markup:
        """Return how many projects there are, and the largest, as a sentence."""
        return projects_said(self.overview.key)

    @property
    def most_projects(self) -> int:
        """Return how many projects the story has."""
        return MOST_PROJECTS

    @property
    def untold(self) -> list[tuple[str, int]]:
        """Return why checks cannot be told, and how many for each reason."""
        rows = (row for row in self.overview.checks.open if row["outcome"] == "cannot_tell")
        counts = Counter(row.get("reason", "") for row in rows)
        return [(reason, counts[reason]) for reason in REASONS if counts[reason]]

    @property
    def three_public_changes(self) -> list[Change]:
        """Return how it says that “三公” and its parts moved against the year before."""
        found = [
            of_subject(self.changes, term) for term in ("three_public_expenses", *THREE_PUBLIC)
        ]
        return [change for change in found if change and not change.unchanged]

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
        planned=tuple(planned_within(package, ledger)),
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
        answers=answers(_account(current, ""), changes, checks.all, earlier, doubts),
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
        account=_account(current, ""),
        earlier=earlier,
        doubts=doubts,
    )


def _account(overview: Overview, way: str) -> HeldAccount:
    return HeldAccount(overview.package, overview.key, way)


def _earlier(
    current: Overview, department: Sequence[Overview], up: str = "../"
) -> HeldAccount | None:
    """Return the disclosure before it that is held and prints a total; `up` leads to them all."""
    known = {o.package.id: o for o in department if o.key.expenditure}
    found = before(current.package, [o.package for o in known.values()])
    return _account(known[found.id], f"{up}{found.slug}/") if found else None


def _planned(current: Overview, department: Sequence[Overview]) -> list[Planned]:
    """Compare final accounts with the budget of their year, if that is held and prints totals."""
    package = current.package
    for other in department:
        if (other.package.year, other.package.kind, package.kind) == (
            package.year, "budget", "final_accounts",
        ):  # fmt: skip
            budget = _account(other, f"../{other.package.slug}/")
            return planned_before(budget, _account(current, ""))
    return []


def answers_of(current: Overview, department: Sequence[Overview]) -> list[Answer]:
    """Answer the first questions about one of the disclosures, as the feed tells it."""
    # Elsewhere than on its own page there is no finding to lead to.
    changes, earlier = read_changes(current.package, {}), _earlier(current, department)
    return answers(_account(current, ""), changes, current.checks.all, earlier, {})


def in_brief(current: Overview, department: Sequence[Overview]) -> list[Markup]:
    """Answer how much and more or less on the page of the department, as its own page does."""
    account, changes = (
        _account(current, f"{current.package.slug}/"),
        read_changes(current.package, {}),
    )
    return [
        Markup('<a href="{}">{}</a>').format(account.way, account.when),
        total_stated(account),
        in_full(changes, account, _earlier(current, department, "")),
    ]


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
