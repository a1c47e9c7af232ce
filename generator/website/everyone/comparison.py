"""Departments side by side: one comparison per year and kind, which are never mixed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.charts import Chart
from generator.website.department.disclosure import Overview
from generator.website.department.figures import Part
from generator.website.department.spending import FUNCTIONAL
from generator.website.everyone.comparison_charts import comparison_charts
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.wording.amounts import change_said, share_said
from generator.website.wording.language import Bilingual, WithNames
from generator.website.wording.language import gettext as _


@dataclass(frozen=True)
class Compared:
    """One department of a comparison; `functions` are its classes by code."""

    overview: Overview
    rank: int | None
    basic: Part | None
    project: Part | None
    functions: Mapping[str, Part]
    change: str

    @property
    def yuan(self) -> Decimal | None:
        """Return total expenditure, or None where it is not printed."""
        return self.overview.key.expenditure.yuan if self.overview.key.expenditure else None

    @property
    def project_share(self) -> str:
        """Say the share of project expenditure in basic and project expenditure together."""
        if not self.basic or not self.project:
            return ""
        return share_said(self.project.yuan, self.basic.yuan + self.project.yuan)

    @property
    def project_permille(self) -> str:
        """Return that share as a number to sort by, or ""."""
        if not self.project_share or not self.basic or not self.project:
            return ""
        whole = self.basic.yuan + self.project.yuan
        return f"{self.project.yuan * 1000 / whole:.3f}"

    @property
    def three_public_share(self) -> str:
        """Say the share of the three public expenses in total expenditure."""
        found = self.overview.key.three_public
        return share_said(found.yuan, self.yuan) if found and self.yuan else ""

    def function_share(self, code: str) -> str:
        """Say the share of a class in all classes of this department."""
        part = self.functions.get(code)
        return share_said(part.yuan, total(self.functions.values())) if part else ""


@dataclass(frozen=True)
class FunctionColumn(WithNames):
    """One functional class of a comparison: its whole over all departments, and who prints it."""

    code: str
    names: Bilingual
    yuan: Decimal
    departments: int


@dataclass(frozen=True)
class DepartmentComparison:
    """The departments that published one kind of disclosure for one year, largest first."""

    year: int
    kind: str
    departments: tuple[Compared, ...]
    functions: tuple[FunctionColumn, ...]
    charts: tuple[Chart, ...] = ()

    @property
    def slug(self) -> str:
        """Return the last part of the address, such as `2025-budget`."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def word(self) -> str:
        """Return 预算 or 决算."""
        return KIND_WORDS[self.kind]

    @property
    def title(self) -> str:
        """Return the year and kind as they are said, such as 2025年预算."""
        return _("{year}年{kind}").format(year=self.year, kind=self.word)

    @property
    def ranked(self) -> list[Compared]:
        """Return the departments whose total is printed."""
        return [d for d in self.departments if d.rank]

    @property
    def levels(self) -> list[str]:
        """Return the levels of government that are compared, as they occur."""
        levels = (d.overview.package.department.level for d in self.departments)
        return list(dict.fromkeys(level for level in levels if level))


def total(parts: Iterable[Part]) -> Decimal:
    """Add up parts."""
    return sum((part.yuan for part in parts), Decimal(0))


def compare(
    overviews: Sequence[Overview], english: Mapping[str, str]
) -> list[DepartmentComparison]:
    """Group disclosures by year and kind: the latest year first, its budget before its accounts.

    `english` has the English names of codes, as far as they are known.
    """
    groups: dict[tuple[int, str], list[Overview]] = {}
    for each in overviews:
        groups.setdefault((each.package.year, each.package.kind), []).append(each)
    before = {(o.package.department.id, o.package.year, o.package.kind): o for o in overviews}
    order = sorted(groups, key=lambda g: (-g[0], list(KIND_SLUGS).index(g[1])))
    return [_comparison(year, kind, groups[year, kind], before, english) for year, kind in order]


def _comparison(
    year: int,
    kind: str,
    overviews: Sequence[Overview],
    before: Mapping[tuple[str, int, str], Overview],
    english: Mapping[str, str],
) -> DepartmentComparison:
    ordered = sorted(overviews, key=_place)
    amounts = sorted(o.key.expenditure.yuan for o in ordered if o.key.expenditure)
    departments = tuple(
        _compared(o, amounts, before.get((o.package.department.id, year - 1, kind)))
        for o in ordered
    )
    columns = _columns(departments, english)
    found = DepartmentComparison(year, kind, departments, columns)
    return DepartmentComparison(year, kind, departments, columns, tuple(comparison_charts(found)))


def _place(overview: Overview) -> tuple[bool, Decimal, str]:
    found = overview.key.expenditure
    return (found is None, -found.yuan if found else Decimal(0), overview.package.id)


def _compared(overview: Overview, amounts: Sequence[Decimal], earlier: Overview | None) -> Compared:
    kinds = {part.key: part for part in overview.key.spending}
    now, then = overview.key.expenditure, earlier.key.expenditure if earlier else None
    return Compared(
        overview=overview,
        # Departments with the same amount share a rank.
        rank=1 + len(amounts) - bisect_right(amounts, now.yuan) if now else None,
        basic=kinds.get("basic_expenditure"),
        project=kinds.get("project_expenditure"),
        functions={
            s.code: s.whole
            for s in overview.spent
            if s.classification == FUNCTIONAL and len(s.code) == 3
        },
        change=change_said(then.yuan, now.yuan) if now and then else "",
    )


def _columns(
    departments: Sequence[Compared], english: Mapping[str, str]
) -> tuple[FunctionColumn, ...]:
    """Return the classes that anyone spends under, the largest first."""
    found: dict[str, list[Part]] = {}
    for department in departments:
        for code, part in department.functions.items():
            if part.yuan:
                found.setdefault(code, []).append(part)
    columns = [
        FunctionColumn(c, Bilingual(p[0].name, english.get(c, "")), total(p), len(p))
        for c, p in found.items()
    ]
    return tuple(sorted(columns, key=lambda c: (-c.yuan, c.code)))
