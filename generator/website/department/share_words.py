"""Shares in words: each with what it is a share of, and that with its own share of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup

from generator.website.department.figures import KeyFigures, linked
from generator.website.department.shares import rounding, step_of
from generator.website.wording.amounts import said_exactly
from generator.website.wording.language import gettext as _
from generator.website.wording.language import in_sentence
from generator.website.wording.statements import StatedFigure, share_stated

#: What something is a share of: its term and its name.
Base = tuple[str, str]


def going_on(subject: StatedFigure, base: Base, part: Decimal, whole: Decimal) -> Markup:
    """Go on with the share of a part in a base, given by its term and its name."""
    share = share_of(subject, base, part, whole)
    return Markup(_("，{share}")).format(share=share) if share else Markup()


def share_of(subject: StatedFigure, base: Base, part: Decimal, whole: Decimal) -> Markup:
    """Say the share of a part in a base; nothing where that means nothing."""
    term, name = base
    share = share_stated(subject, f"of:{term}", part, whole)
    return (
        Markup(_("占{whole}的{share}")).format(whole=in_sentence(name), share=share)
        if share
        else Markup()
    )


def economic_base(kinds: Iterable[str]) -> Base:
    """Return the term and the name of what the tables by economic class come to."""
    if set(kinds) == {"basic_expenditure"}:
        return "economic_basic", _("一般公共预算基本支出")
    if set(kinds) == {"project_expenditure"}:
        return "economic_project", _("一般公共预算项目支出")
    return "economic_sum", _("一般公共预算支出")


def of_all(subject: StatedFigure, name: str, part: Decimal, key: KeyFigures) -> Markup:
    """Say what share of total expenditure something is that a reader would take for all of it."""
    whole = key.expenditure
    if not whole or part >= whole.yuan:
        return Markup()
    share = share_stated(subject, "of:total_expenditure", part, whole.yuan)
    return Markup(_("（{name}占支出总计的{share}）")).format(name=name, share=share)


def beside(key: KeyFigures, listed: Decimal, count: int) -> Markup:
    """Say by how much the projects do not come to the printed project expenditure."""
    printed = next((p for p in key.spending if p.key == "project_expenditure"), None)
    if not printed or printed.yuan == listed:
        return Markup()
    apart = abs(printed.yuan - listed)
    step = step_of(p.yuan for p in key.projects if p.yuan)
    words = _("支出表里的项目支出是{printed}，与它相差{apart}。")
    if apart <= rounding(step, count):
        words = _("支出表里的项目支出是{printed}，与它相差{apart}，是四舍五入的尾差。")
    amount = linked(printed.yuan, printed.line)
    return Markup(words).format(printed=amount, apart=said_exactly(apart))
