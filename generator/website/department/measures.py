"""What is followed over the years of a department, and where a disclosure prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.website.department.disclosure import Overview
from generator.website.department.figures import SUMMARY, THREE_PUBLIC_TABLES, Part, part_of
from generator.website.drawing import colours
from generator.website.published.facts import Ledger
from generator.website.wording.amounts import said, share_said
from generator.website.wording.language import Words, marked, plural
from generator.website.wording.language import gettext as _
from generator.website.wording.words import EXPENDITURE_TYPES, THREE_PUBLIC

#: The economic classes that staff-related spending is made of.
STAFF = Words({"301": marked("工资福利支出"), "303": marked("对个人和家庭的补助")})
#: The two kinds that a year's expenditure is compared by, with their colours.
_KINDS = {k: colours.SPENDING[k] for k in ("basic_expenditure", "project_expenditure")}
_TWO = 2


@dataclass(frozen=True)
class Amount:
    """What one disclosure prints of a measure.

    `value` is said in the chart, `told` are the strands that a sentence follows over the years,
    `listed` stand in the table, `stack` is drawn.
    """

    value: str
    told: tuple[Part, ...]
    listed: tuple[Part, ...]
    stack: tuple[Part, ...]


@dataclass(frozen=True)
class Measure:
    """One thing that is followed over the years.

    `counted` tells that it is no money; `about` says what it is where its title does not.
    `subject` is its standard term, where a part of it has none of its own.
    """

    id: str
    title: str
    read: Callable[[Overview], Amount | None]
    plan: Callable[[Ledger], Amount | None] = lambda ledger: None
    names: Mapping[str, str] | None = None
    colours: Mapping[str, str] | None = None
    counted: bool = False
    about: str = ""
    subject: str = ""

    def term(self, part: Part) -> str:
        """Return the term of a part of it, as statements name it."""
        return part.key or self.subject


def measures() -> list[Measure]:
    """Return what is followed over the years, in the order of the page."""
    return [
        Measure("total", _("支出总计"), _total, _planned_total, subject="total_expenditure"),
        Measure("kinds", _("基本支出与项目支出"), _kinds, names=EXPENDITURE_TYPES,
                colours=_KINDS),
        Measure("staff", _("人员经费"), _staff, about=_staff_is(), subject="staff"),
        Measure("three-public", _("“三公”经费"), _three_public, _planned_three_public,
                names=THREE_PUBLIC, colours=colours.THREE_PUBLIC,
                subject="three_public_expenses"),
        Measure("projects", _("列出的项目个数"), _projects, counted=True),
    ]  # fmt: skip


def _one(part: Part) -> Amount:
    return Amount(part.shown, (part,), (part,), (part,))


def _total(overview: Overview) -> Amount | None:
    fact = overview.key.expenditure
    return _one(part_of("", _("支出总计"), [fact])) if fact else None


def _planned_total(ledger: Ledger) -> Amount | None:
    fact = ledger.of_item("total_expenditure", SUMMARY)
    return _one(part_of("", _("支出总计"), [fact])) if fact else None


def _kinds(overview: Overview) -> Amount | None:
    found = tuple(p for p in overview.key.spending if p.key in _KINDS)
    if not found:
        return None
    project = next((p for p in found if p.key == "project_expenditure"), None)
    share = share_said(project.yuan, _sum(found)) if project and len(found) == _TWO else ""
    words = _("项目支出占两项之和的{share}")
    value = words.format(share=share) if share else said(_sum(found))
    return Amount(value, found, found, found)


def _staff_is() -> str:
    return _(
        "人员经费是一般公共预算基本支出里的工资福利支出（301）加上对个人和家庭的补助（303），"
        "只加文件列出的。"
    )


def _staff(overview: Overview) -> Amount | None:
    """Add up the classes that are printed; which they are is part of what is told."""
    found = tuple(
        replace(s.basic, key=s.code, name=STAFF[s.code])
        for s in overview.spent
        if s.classification == "economic" and s.code in STAFF and s.basic
    )
    if not found:
        return None
    if len(found) == len(STAFF):
        disputed = any(part.disputed for part in found)
        whole = Part("", _("人员经费"), _sum(found), disputed=disputed)
        return Amount(whole.shown, (whole,), (whole, *found), (whole,))
    value = _("{amount}（只有{what}）").format(amount=said(found[0].yuan), what=found[0].name)
    return Amount(value, found, found, found)


def _three_public(overview: Overview) -> Amount | None:
    whole = overview.key.three_public
    if not whole:
        return None
    return _with_parts(part_of("", _("“三公”经费"), [whole]), overview.key.three_public_parts)


def _planned_three_public(ledger: Ledger) -> Amount | None:
    whole = ledger.of_item("three_public_expenses", THREE_PUBLIC_TABLES)
    if not whole:
        return None
    facts = [(key, ledger.of_item(key, THREE_PUBLIC_TABLES)) for key in THREE_PUBLIC]
    parts = tuple(part_of(k, THREE_PUBLIC[k], [f]) for k, f in facts if f)
    return _with_parts(part_of("", _("“三公”经费"), [whole]), parts)


def _with_parts(whole: Part, parts: tuple[Part, ...]) -> Amount:
    """Draw the parts where they make up the whole but for rounding; else the whole alone."""
    drawn = tuple(p for p in parts if p.yuan > 0)
    made_up = abs(_sum(drawn) - whole.yuan) * 1000 <= whole.yuan
    stack = drawn if drawn and made_up else (whole,)
    return Amount(whole.shown, (whole,), (whole, *parts), stack)


def _projects(overview: Overview) -> Amount | None:
    count = sum(not project.evaluated for project in overview.key.projects)
    part = Part("", _("列出的项目"), Decimal(count))
    return Amount(counted(count), (part,), (part,), (part,)) if count else None


def counted(count: int) -> str:
    """Say how many projects."""
    return plural("{n}个项目", count).format(n=f"{count:,}")


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.yuan for part in parts), Decimal(0))
