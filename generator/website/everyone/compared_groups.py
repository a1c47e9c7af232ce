"""Whom comparisons have: all of a year and kind, and the groups of like departments among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.website.everyone.kinds import BureauKindView, level_order, level_slug
from generator.website.everyone.summaries import Summaries
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.wording.language import gettext as _
from generator.website.wording.words import LEVELS

#: So many departments of different kinds or levels still stand in one table, below their groups.
MOST_TOGETHER = 40


@dataclass(frozen=True)
class ComparedGroup:
    """Whom a comparison has: of a year and kind all, or those of one kind of bureau and level.

    ``alike`` says that they are of one kind that is known, and of one level.
    """

    year: int
    kind: str
    bureau: str = ""
    level: str = ""
    count: int = 0
    alike: bool = False

    @property
    def slug(self) -> str:
        """Return the part of the address for year and kind, such as `2025-budget`."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def address(self) -> str:
        """Return the address of its page below the root."""
        within = f"{self.bureau}/{level_slug(self.level)}/" if self.bureau else ""
        return f"compare/{self.slug}/{within}"

    @property
    def root(self) -> str:
        """Return the way from its page to the home page of the language."""
        return "../" * self.address.count("/")

    @property
    def word(self) -> str:
        """Return 预算 or 决算."""
        return KIND_WORDS[self.kind]

    @property
    def when(self) -> str:
        """Return the year and kind as they are said, such as 2025年预算."""
        return _("{year}年{kind}").format(year=self.year, kind=self.word)

    @property
    def who(self) -> str:
        """Say the kind of bureau and the level, where it is of one; else nothing."""
        if not self.bureau:
            return ""
        name, level = BureauKindView(self.bureau).name, LEVELS.get(self.level, "")
        return _("{kind}，{level}").format(kind=name, level=level) if level else name

    @property
    def title(self) -> str:
        """Return what is compared, such as 2025年预算 or 2025年预算（财政，市级）."""
        if not self.bureau:
            return self.when
        return _("{when}（{who}）").format(when=self.when, who=self.who)

    @property
    def where(self) -> dict[str, object]:
        """Return the columns that tell its disclosures."""
        within = {"bureau": self.bureau, "level": self.level} if self.bureau else {}
        return {"year": self.year, "kind": self.kind, **within}


@dataclass(frozen=True)
class YearComparison:
    """All of one year and kind, and the groups of like departments among them, in order."""

    everyone: ComparedGroup
    groups: tuple[ComparedGroup, ...]

    @property
    def alike(self) -> bool:
        """Tell whether all its departments are of one kind and level."""
        return len(self.groups) == 1

    @property
    def together(self) -> bool:
        """Tell whether all of them stand in one table on its page."""
        return self.alike or self.everyone.count <= MOST_TOGETHER

    @property
    def pages(self) -> tuple[ComparedGroup, ...]:
        """Return what is compared on pages: each group, and all where that is a table as well."""
        whole = (self.everyone,) if self.together else ()
        return whole if self.alike else (*whole, *self.groups)


def year_comparisons(summaries: Summaries) -> list[YearComparison]:
    """Group disclosures by year and kind: the latest year first, its budget before its accounts."""
    found: dict[tuple[int, str], list[ComparedGroup]] = {}
    for year, kind, bureau, level, count in summaries.groups("year", "kind", "bureau", "level"):
        known = BureauKindView(bureau).known
        group = ComparedGroup(year, kind, bureau, level, count, alike=known)
        found.setdefault((year, kind), []).append(group)
    order = sorted(found, key=lambda g: (-g[0], list(KIND_SLUGS).index(g[1])))
    return [_year(found[key]) for key in order]


def _year(groups: Sequence[ComparedGroup]) -> YearComparison:
    ordered = sorted(groups, key=lambda g: (BureauKindView(g.bureau).order, level_order(g.level)))
    first, count = groups[0], sum(g.count for g in groups)
    alike = len(groups) == 1 and first.alike
    everyone = ComparedGroup(first.year, first.kind, count=count, alike=alike)
    return YearComparison(everyone, tuple(ordered))
