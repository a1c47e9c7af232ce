"""Departments side by side: one comparison per year and kind, which are never mixed.

By default like stands beside like: bureaus of one kind and one level of government.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from generator.meaning.population import Residents, residents_of
from generator.website.department.charts import Chart
from generator.website.department.figures import Part
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.compared_groups import ComparedGroup
from generator.website.everyone.comparison_charts import comparison_charts
from generator.website.everyone.summaries import Summaries
from generator.website.wording.language import Bilingual, WithNames
from generator.website.wording.statements import StatedFigure, change_stated


@dataclass(frozen=True)
class Compared:
    """One department of a comparison; `functions` are its classes by code.

    ``base`` is the way from the page of the comparison to that of its disclosure.
    """

    summary: DisclosureSummary
    base: str
    rank: int | None
    basic: Part | None
    project: Part | None
    functions: Mapping[str, Part]
    change: Markup

    @property
    def yuan(self) -> Decimal | None:
        """Return total expenditure, or None where it is not printed."""
        return self.summary.expenditure.yuan if self.summary.expenditure else None

    @property
    def project_share(self) -> Markup:
        """Say the share of project expenditure in basic and project expenditure together."""
        return self.summary.project_share

    @property
    def project_permille(self) -> str:
        """Return that share as a number to sort by, or ""."""
        if not self.project_share or not self.basic or not self.project:
            return ""
        whole = self.basic.yuan + self.project.yuan
        return f"{self.project.yuan * 1000 / whole:.3f}"

    @property
    def three_public_share(self) -> Markup:
        """Say the share of the three public expenses in total expenditure."""
        return self.summary.three_public_share

    @property
    def per_resident(self) -> Decimal | None:
        """Return total expenditure for each resident of its place, where these are known."""
        found = residents_of(self.summary.head.department.region)
        return self.yuan / found.count if found and self.yuan is not None else None

    def function_share(self, code: str) -> Markup:
        """Say the share of a class in all classes of this department."""
        return self.summary.function_share(code)


@dataclass(frozen=True)
class FunctionColumn(WithNames):
    """One functional class of a comparison: its whole over all departments, and who prints it."""

    code: str
    names: Bilingual
    yuan: Decimal
    departments: int


@dataclass(frozen=True)
class DepartmentComparison:
    """Departments that published one kind of disclosure for one year, largest first."""

    group: ComparedGroup
    departments: tuple[Compared, ...]
    functions: tuple[FunctionColumn, ...]

    @cached_property
    def charts(self) -> Sequence[Chart]:
        """Return its charts."""
        return comparison_charts(self)

    @property
    def slug(self) -> str:
        """Return the part of the address for year and kind, such as `2025-budget`."""
        return self.group.slug

    @property
    def kind(self) -> str:
        """Return the kind of its disclosures."""
        return self.group.kind

    @property
    def word(self) -> str:
        """Return 预算 or 决算."""
        return self.group.word

    @property
    def title(self) -> str:
        """Return what is compared."""
        return self.group.title

    @property
    def ranked(self) -> list[Compared]:
        """Return the departments whose total is printed."""
        return [d for d in self.departments if d.rank]

    @property
    def populations(self) -> list[Residents]:
        """Return the sources of residents, where like stands beside like: one of each."""
        if not self.group.alike:
            return []
        regions = (d.summary.head.department.region for d in self.departments)
        found = {(r.year, r.source): r for region in regions if (r := residents_of(region))}
        return [found[key] for key in sorted(found)]

    @property
    def levels(self) -> list[str]:
        """Return the levels of government that are compared, as they occur."""
        levels = (d.summary.head.department.level for d in self.departments)
        return list(dict.fromkeys(level for level in levels if level))


def total(parts: Iterable[Part]) -> Decimal:
    """Add up parts."""
    return sum((part.yuan for part in parts), Decimal(0))


def compare(
    group: ComparedGroup, summaries: Summaries, names: Mapping[str, Bilingual]
) -> DepartmentComparison:
    """Set the departments of a group side by side; ``names`` are those of codes."""
    found = list(summaries.largest(**group.where))
    amounts = sorted(s.expenditure.yuan for s in found if s.expenditure)
    earlier = replace(group, year=group.year - 1).where
    before = {s.head.department.id: s for s in summaries.largest(**earlier)}
    departments = tuple(
        _compared(s, group.root, amounts, before.get(s.head.department.id)) for s in found
    )
    return DepartmentComparison(group, departments, _columns(departments, names))


def _compared(
    summary: DisclosureSummary,
    root: str,
    amounts: Sequence[Decimal],
    earlier: DisclosureSummary | None,
) -> Compared:
    now = summary.expenditure
    return Compared(
        summary=summary,
        base=root + summary.head.address,
        # Departments with the same amount share a rank.
        rank=1 + len(amounts) - bisect_right(amounts, now.yuan) if now else None,
        basic=summary.part("basic_expenditure"),
        project=summary.part("project_expenditure"),
        functions=summary.by_function,
        change=_changed(summary, earlier),
    )


def _changed(summary: DisclosureSummary, earlier: DisclosureSummary | None) -> Markup:
    """Say how its total changed against the year before, as its own page says it."""
    if not earlier or not earlier.expenditure or not summary.expenditure:
        return Markup()
    subject = StatedFigure(summary.head.id, "total_expenditure")
    base, then = f"held:{earlier.head.id}", earlier.expenditure.yuan
    return change_stated(subject, base, then, summary.expenditure.yuan)


def _columns(
    departments: Sequence[Compared], names: Mapping[str, Bilingual]
) -> tuple[FunctionColumn, ...]:
    """Return the classes that anyone spends under, the largest first."""
    found: dict[str, list[Part]] = {}
    for department in departments:
        for code, part in department.functions.items():
            if part.yuan:
                found.setdefault(code, []).append(part)
    columns = [
        FunctionColumn(c, names.get(c, Bilingual(p[0].name)), total(p), len(p))
        for c, p in found.items()
    ]
    return tuple(sorted(columns, key=lambda c: (-c.yuan, c.code)))
