"""A summary of one disclosure: all that pages about many of them need, and nothing else of it.

It says nothing in a language: names stand in both, amounts are exact, with the line that prints
them. So it can be made by a worker of the department, sent as bytes, and kept on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.meaning.bureaus import kind_of
from generator.website.department.disclosure import Overview
from generator.website.department.figures import Part, PublishedProject
from generator.website.department.moves import StatedMove, followed_amounts, stated_moves
from generator.website.department.spending import FUNCTIONAL, Spent, UnitSpent
from generator.website.published.checks import Tally
from generator.website.published.facts import PublishedFact
from generator.website.published.package import (
    KIND_SLUGS,
    KIND_WORDS,
    Package,
    PublishedDepartment,
)
from generator.website.wording.language import Bilingual, WithTitles
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure, share_stated

# The digits of the code of a class.
_CLASS = 3


@dataclass(frozen=True)
class PrintedTerm:
    """A term as the disclosure explains it, and the line on which it does."""

    term: str
    text: str
    line: str


@dataclass(frozen=True)
class DisclosureHead(WithTitles):
    """Whose disclosure it is, of which year and kind; ``bureau`` is the kind of its department."""

    id: str
    titles: Bilingual
    department: PublishedDepartment
    bureau: str
    year: int
    kind: str

    @property
    def address(self) -> str:
        """Return the address of its page below the root."""
        return f"departments/{self.id}/"

    @property
    def slug(self) -> str:
        """Return the last part of the address, such as `2025-budget`."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def when(self) -> str:
        """Return the year and kind as they are said, such as 2025年预算."""
        return _("{year}年{kind}").format(year=self.year, kind=KIND_WORDS[self.kind])


@dataclass(frozen=True)
class DisclosureSummary:
    """One disclosure among many; what it does not print is None or absent.

    ``figures`` counts its amounts. ``functions`` are its classes as its own page lists them;
    ``spent`` is what it prints under every code; ``followed`` are the amounts that are followed
    from year to year, and ``stated`` is what it says that some of them were.
    """

    head: DisclosureHead
    kept: bool
    figures: int
    income: Part | None
    expenditure: Part | None
    three_public: Part | None
    spending: tuple[Part, ...]
    three_public_parts: tuple[Part, ...]
    functions: tuple[Part, ...]
    tally: Tally
    rules: Mapping[str, Mapping[str, int]]
    spent: tuple[Spent, ...] = ()
    units: tuple[UnitSpent, ...] = ()
    projects: tuple[PublishedProject, ...] = ()
    terms: tuple[PrintedTerm, ...] = ()
    followed: tuple[Part, ...] = ()
    stated: tuple[StatedMove, ...] = ()

    def part(self, kind: str) -> Part | None:
        """Return its expenditure of one kind, such as `project_expenditure`."""
        return next((part for part in self.spending if part.key == kind), None)

    @property
    def project_share(self) -> Markup:
        """Say the share of project expenditure in basic and project expenditure together."""
        basic, project = self.part("basic_expenditure"), self.part("project_expenditure")
        if not basic or not project:
            return Markup()
        whole = basic.yuan + project.yuan
        return self._share("project_expenditure", "basic_and_project", project, whole)

    @property
    def three_public_share(self) -> Markup:
        """Say the share of the three public expenses in total expenditure."""
        found, whole = self.three_public, self.expenditure
        if not found or not whole:
            return Markup()
        return self._share("three_public_expenses", "total_expenditure", found, whole.yuan)

    def function_share(self, code: str) -> Markup:
        """Say the share of a functional class in all classes of this department."""
        classes = self.by_function
        if code not in classes:
            return Markup()
        whole = sum((part.yuan for part in classes.values()), Decimal(0))
        return self._share(code, "classes", classes[code], whole)

    def _share(self, term: str, base: str, part: Part, whole: Decimal) -> Markup:
        return share_stated(StatedFigure(self.head.id, term), f"of:{base}", part.yuan, whole)

    @property
    def classes(self) -> tuple[Spent, ...]:
        """Return what it spends under each class of either list of codes."""
        return tuple(each for each in self.spent if len(each.code) == _CLASS)

    @property
    def by_function(self) -> Mapping[str, Part]:
        """Return what it spends under each functional class, by code."""
        return {s.code: s.whole for s in self.classes if s.classification == FUNCTIONAL}


def summary_of(overview: Overview) -> DisclosureSummary:
    """Summarise a disclosure, whose overview was made while Chinese was spoken."""
    package, key = overview.package, overview.key
    return DisclosureSummary(
        head=head_of(package),
        kept=package.kept is not None,
        figures=overview.facts,
        income=_amount("total_income", key.income),
        expenditure=_amount("total_expenditure", key.expenditure),
        three_public=_amount("three_public_expenses", key.three_public),
        spending=key.spending,
        three_public_parts=key.three_public_parts,
        functions=key.functions,
        tally=_plain(overview.checks.all),
        rules={rule: dict(found) for rule, found in overview.checks.by_rule.items()},
        spent=overview.spent,
        units=overview.by_unit,
        projects=key.projects,
        terms=tuple(_terms(package)),
        followed=followed_amounts(key),
        stated=stated_moves(package, overview.checks),
    )


def head_of(package: Package) -> DisclosureHead:
    """Say whose disclosure a package has, of which year and kind."""
    return DisclosureHead(
        package.id,
        package.titles,
        package.department,
        kind_of(package.department.names.chinese),
        package.year,
        package.kind,
    )


def _amount(key: str, fact: PublishedFact | None) -> Part | None:
    return Part(key, "", fact.yuan, fact.line) if fact else None


def _plain(tally: Tally) -> Tally:
    """A tally whose counts are a plain mapping, as they come back from bytes."""
    return Tally(dict(tally.outcomes), tally.remarks, tally.cases)


def _terms(package: Package) -> list[PrintedTerm]:
    """The terms that its glossary explains."""
    return [
        PrintedTerm(row["heading"].strip(" \u3000：:"), row["text"].strip(), row["line_start"])
        for row in package.rows("sections")
        if row["topic"] == "glossary" and row["heading"].strip() and row["text"].strip()
    ]
