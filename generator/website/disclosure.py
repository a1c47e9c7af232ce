"""Everything the page of one disclosure shows, gathered from its package."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.website.charts import Chart, disclosure_charts
from generator.website.facts import read_ledger
from generator.website.figures import KeyFigures, compared, key_figures, sentences
from generator.website.package import Package
from generator.website.rows import Row
from generator.website.spending import Spent, UnitSpent, by_economic_class, by_function, by_unit
from generator.website.tables import Doubts, TableView, table_view
from generator.website.words import OUTCOMES, TOPICS


@dataclass(frozen=True)
class Finding:
    """One check and its outcome."""

    anchor: str
    outcome: str
    sentence: str
    expected: str
    printed: str
    difference: str
    unit: str
    line: str
    table: str


@dataclass(frozen=True)
class Section:
    """One section of the prose."""

    number: str
    heading: str
    level: int
    paragraphs: tuple[str, ...]
    line: str

    @property
    def title(self) -> str:
        """Return number and heading as they are printed, such as 一、主要职责 or （一）概况."""
        mark = "、" if self.number[-1:] in tuple("一二三四五六七八九十") else ""
        return f"{self.number}{mark}{self.heading}"


@dataclass(frozen=True)
class Topic:
    """The sections of one part on one topic, in printed order."""

    part_title: str
    name: str
    sections: tuple[Section, ...]

    @property
    def characters(self) -> int:
        """Return the length of the text, which tells a reader what opening it means."""
        return sum(len(p) for s in self.sections for p in s.paragraphs)


@dataclass(frozen=True)
class Overview:
    """What other pages say about a disclosure: its package, key figures, charts and counts."""

    package: Package
    key: KeyFigures
    charts: tuple[Chart, ...]
    facts: int
    twice_read: int
    outcomes: Mapping[str, int]
    spent: tuple[Spent, ...] = ()
    by_unit: tuple[UnitSpent, ...] = ()

    @property
    def checks(self) -> int:
        """Return how many checks were made."""
        return sum(self.outcomes.values())


@dataclass(frozen=True)
class DisclosureView:
    """The content of a disclosure's page."""

    overview: Overview
    sentences: Sequence[Markup]
    change: Markup
    tables: Sequence[TableView]
    topics: Sequence[Topic]
    findings: Sequence[Finding]
    problems: Sequence[Row]

    def by_outcome(self, outcome: str) -> list[Finding]:
        """Return the findings with one outcome, in their order."""
        return [f for f in self.findings if f.outcome == outcome]


def overview(package: Package) -> Overview:
    """Read what other pages need to know about a disclosure."""
    ledger = read_ledger(package)
    executed = package.kind == "final_accounts"
    key = key_figures(package, ledger)
    outcomes = [row["outcome"] for row in package.rows("findings")]
    return Overview(
        package=package,
        key=key,
        charts=tuple(disclosure_charts(package, ledger, key)),
        facts=len(ledger.facts),
        twice_read=sum(len(fact.routes) > 1 for fact in ledger.facts),
        outcomes={name: outcomes.count(name) for name in OUTCOMES},
        spent=(
            *by_function(ledger, executed=executed),
            *by_economic_class(ledger, executed=executed),
        ),
        by_unit=tuple(by_unit(ledger)),
    )


def disclosure_view(
    current: Overview, earlier: Overview | None, marks: Collection[str]
) -> DisclosureView:
    """Gather the page of a disclosure.

    `earlier` is the last one of its kind before it; `marks` are the figures that have a place on a
    drawn page.
    """
    package = current.package
    checked = package.rows("findings")
    doubts = _doubts(checked)
    return DisclosureView(
        overview=current,
        sentences=sentences(package, current.key),
        change=compared(package, current.key, earlier.key, earlier.package)
        if earlier
        else Markup(),
        tables=[table_view(table, doubts, marks) for table in package.tables],
        topics=read_topics(package),
        findings=[_finding(number, row) for number, row in enumerate(checked, 1)],
        problems=package.rows("problems"),
    )


def _doubts(checked: Sequence[Row]) -> Doubts:
    """Return the findings that doubt a printed figure, by table, row, column and figure."""
    return {
        (
            row["table"],
            row["row"],
            row["side"],
            row["column"],
            row["printed"].replace(",", ""),
        ): _anchor(number)
        for number, row in enumerate(checked, 1)
        if row["outcome"] == "differs"
    }


def _anchor(number: int) -> str:
    return f"finding-{number}"


def _finding(number: int, row: Row) -> Finding:
    return Finding(
        anchor=_anchor(number),
        outcome=row["outcome"],
        sentence=row["sentence"],
        expected=row["expected"],
        printed=row["printed"],
        difference=row["difference"],
        unit=row["printed_unit"],
        line=row["line"],
        table=row["table"],
    )


def read_topics(package: Package) -> list[Topic]:
    """Read the prose of a disclosure, neighbours of one part and topic together."""
    rows = package.rows("sections")
    return [
        Topic(part_title, TOPICS.get(topic, topic), tuple(_section(row) for row in group))
        for (part_title, topic), group in groupby(rows, key=lambda r: (r["part_title"], r["topic"]))
    ]


def _section(row: Row) -> Section:
    level = row["level"]
    return Section(
        number=row["number"],
        heading=row["heading"],
        level=int(level) if level.isascii() and level.isdigit() else 1,
        paragraphs=tuple(p for p in row["text"].split("\n") if p.strip()),
        line=row["line_start"],
    )
