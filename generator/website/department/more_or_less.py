"""Whether a department's total is more or less than before: the one answer of all its pages.

What the department says itself comes first, of the total or of what comes nearest to it; then the
comparison with an earlier disclosure that is held, of the same kind rather than of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.department.changes import Change, of_subject
from generator.website.department.figures import KeyFigures, linked
from generator.website.published.facts import PublishedFact
from generator.website.published.package import Package
from generator.website.wording.language import gettext as _
from generator.website.wording.language import in_a_row
from generator.website.wording.statements import StatedFigure, change_stated

TOTAL = "total_expenditure"
_TOTALS = (TOTAL, "current_year_expenditure")
#: Where the change of the total is not stated, what comes nearest to it, in this order.
_NEARLY = (
    ("general_public_expenditure",),
    ("project_expenditure", "basic_expenditure"),
    ("total_income",),
    ("current_year_income",),
    ("general_public_budget",),
)
#: So many characters of a reason stand in an answer; all of it stands in the table of changes.
_OF_REASON = 60


@dataclass(frozen=True)
class HeldAccount:
    """One disclosure as it is compared; `way` leads from the page that says so to its own."""

    package: Package
    key: KeyFigures
    way: str

    @property
    def when(self) -> str:
        """Name it by year and kind."""
        return _("{year}年{kind}").format(year=self.package.year, kind=self.package.kind_word)


def before(package: Package, others: Sequence[Package]) -> Package | None:
    """Return the disclosure with which one is compared: the last before it, of its kind if any."""
    earlier = [other for other in others if other.year < package.year]
    same = [o for o in earlier if o.kind == package.kind]
    return next(reversed(same or earlier), None)


def in_short(
    changes: Sequence[Change], account: HeldAccount, earlier: HeldAccount | None
) -> Markup:
    """Say more or less in a few words, with their base where it is not the year before."""
    if whole := of_subject(changes, *_TOTALS):
        return _few(whole)
    if nearly := _nearest(changes):
        named = [
            Markup(_("{name}{change}")).format(name=each.name, change=_few(each)) for each in nearly
        ]
        return Markup(_("，")).join(named)
    if _compared(account, earlier):
        return Markup(_("与较早的年度比"))
    return Markup(_("没有说"))


def answered(changes: Sequence[Change]) -> list[Change]:
    """Return what the department states that the answer tells: the total, or what is nearest."""
    whole = of_subject(changes, *_TOTALS)
    return [whole] if whole else _nearest(changes)


def _few(change: Change) -> Markup:
    if change.unchanged:
        return change.stating(_("与上年持平"))
    if not change.rate or change.no_rate:  # a change that rounds to 0 % is told by its amount
        return change.told
    more = change.direction == "increase"
    rate = (_("增长{rate}") if more else _("下降{rate}")).format(rate=change.rate)
    return change.stating(rate + change.times)


def _nearest(changes: Sequence[Change]) -> list[Change]:
    for subjects in _NEARLY:
        found = [change for each in subjects if (change := of_subject(changes, each))]
        if found:
            return found
    return []


def stated_change(changes: Sequence[Change]) -> Change | None:
    """Return what the department says of the total, or of what comes nearest to it, first."""
    return of_subject(changes, *_TOTALS) or next(iter(_nearest(changes)), None)


def in_full(changes: Sequence[Change], account: HeldAccount, earlier: HeldAccount | None) -> Markup:
    """Say more or less in sentences, each with its base, and why in the department's words."""
    stated = answered(changes)
    said = [_stated(change, account.way) for change in stated]
    if stated and stated[0].subject not in _TOTALS:
        said = [Markup(_("部门没有写支出总计比上年的增减。")), *said]
    found = in_a_row([*said, _compared(account, earlier)])
    if found:
        return found
    return Markup(_("这份文件没有写总数比上年的增减，也没有收录较早的文件。"))


def _stated(change: Change, way: str) -> Markup:
    link = Markup('<a class="figure" href="{}source/#L{}">{}</a>').format(
        way, change.line, _("原文第{line}行").format(line=change.line)
    )
    said = Markup(_("部门写的：{change}（{link}）{signs}。")).format(
        change=change.sentence, link=link, signs=change.signs
    )
    return in_a_row([said, change.why(_OF_REASON)])


def _compared(account: HeldAccount, earlier: HeldAccount | None) -> Markup:
    """Compare with the earlier disclosure that is held, where both print a total."""
    now = account.key.expenditure
    was = earlier.key.expenditure if earlier else None
    if not earlier or not now or not was:
        return Markup()
    subject, older = (StatedFigure(each.package.id, TOTAL) for each in (account, earlier))
    change = change_stated(subject, f"held:{earlier.package.id}", was.yuan, now.yuan)
    said = Markup(_("与收录的{which}（支出总计{amount}）相比，支出{change}。")).format(
        which=Markup('<a href="{}">{}</a>').format(earlier.way or "./", earlier.when),
        amount=linked(was.yuan, was.line, earlier.way, older),
        change=change,
    )
    return in_a_row([said, *_cautions(account, earlier)])


def figure_before(account: HeldAccount, earlier: HeldAccount | None, term: str) -> Markup:
    """Say what the earlier disclosure that is held prints of a key figure, and the change since."""
    now, was = _key_figure(account, term), _key_figure(earlier, term) if earlier else None
    if not earlier or not now or not was:
        return Markup()
    subject, older = (StatedFigure(each.package.id, term) for each in (account, earlier))
    said = Markup(_("收录的{which}是{amount}，与它相比{change}。")).format(
        which=Markup('<a href="{}">{}</a>').format(earlier.way or "./", earlier.when),
        amount=linked(was.yuan, was.line, earlier.way, older),
        change=change_stated(subject, f"held:{earlier.package.id}", was.yuan, now.yuan),
    )
    return in_a_row([said, *_cautions(account, earlier)])


def _key_figure(account: HeldAccount, term: str) -> PublishedFact | None:
    key = account.key
    figures = {
        TOTAL: key.expenditure,
        "total_income": key.income,
        "three_public_expenses": key.three_public,
    }
    return figures[term]


def _cautions(account: HeldAccount, earlier: HeldAccount) -> list[str]:
    """Say what to bear in mind where two disclosures are compared."""
    kinds = {each.package.kind for each in (account, earlier)}
    names = {each.package.department.names.chinese for each in (account, earlier)}
    return [*([other_kind()] if len(kinds) > 1 else []), *([renamed()] if len(names) > 1 else [])]


def other_kind() -> str:
    """Say what to bear in mind where a budget is compared with final accounts."""
    return _("一头是预算，一头是决算，口径不同，只能大致比较。")


def renamed() -> str:
    """Say what to bear in mind where the department had another name."""
    return _("其间部门改过名称，职能可能有增减。")
