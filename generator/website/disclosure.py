"""Everything the page of one disclosure shows, gathered from its package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.charts import Chart, disclosure_charts
from generator.website.checks import Checks, Rule, read_checks
from generator.website.doubts import Doubts, doubts_of, signs, touching
from generator.website.facts import read_ledger
from generator.website.figures import KeyFigures, compared, key_figures, sentences
from generator.website.findings import Finding, Group, contradictions, grouped, of_outcome
from generator.website.package import Package
from generator.website.page_images import Views, anchor, marked
from generator.website.places import Places
from generator.website.prose import Topic, read_topics
from generator.website.rows import Row
from generator.website.spending import Spent, UnitSpent, by_economic_class, by_function, by_unit
from generator.website.tables import TableView, table_view

# Differences within rounding are many and alike: of each rule so many are told one by one.
_SHOWN = 20


@dataclass(frozen=True)
class Overview:
    """What other pages say about a disclosure: its package, key figures, charts and checks."""

    package: Package
    key: KeyFigures
    charts: tuple[Chart, ...]
    facts: int
    twice_read: int
    checks: Checks
    spent: tuple[Spent, ...] = ()
    by_unit: tuple[UnitSpent, ...] = ()


@dataclass(frozen=True)
class DisclosureView:
    """The content of a disclosure's page.

    `differs` are its contradictions; `here` are the anchors of the figures marked on the page.
    """

    overview: Overview
    sentences: Sequence[Markup]
    change: Markup
    tables: Sequence[TableView]
    topics: Sequence[Topic]
    differs: Sequence[Finding]
    others: Mapping[str, Sequence[Group]]
    held: Sequence[tuple[Rule, int]]
    project_signs: Mapping[str, Markup]
    here: frozenset[str]
    problems: Sequence[Row]

    @property
    def groups(self) -> list[Group]:
        """Return the contradictions by rule."""
        return grouped(self.differs)

    def touching(self, table: str) -> list[Finding]:
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
        charts=tuple(disclosure_charts(package, ledger, key)),
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
    current: Overview, earlier: Overview | None, places: Places, views: Views | None
) -> DisclosureView:
    """Gather the page of a disclosure.

    `earlier` is the last one of its kind before it; `views` are its drawn pages.
    """
    package, checks = current.package, current.checks
    differs = contradictions(package, checks, places)
    doubts = doubts_of(package, differs)
    marks = marked(views)
    tables = [table_view(table, doubts, marks) for table in package.tables]
    topics = read_topics(package, doubts)
    return DisclosureView(
        overview=current,
        sentences=sentences(package, current.key),
        change=compared(package, current.key, earlier.key, earlier.package)
        if earlier
        else Markup(),
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
    )


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
