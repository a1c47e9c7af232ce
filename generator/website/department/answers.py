"""The first screen of a disclosure: the four questions that people have, each with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.department.changes import Change
from generator.website.department.doubts import Doubts, signs
from generator.website.department.figures import KeyFigures, Part, linked
from generator.website.department.more_or_less import TOTAL, HeldAccount, in_full, in_short
from generator.website.department.shares import FUNCTIONS, SPENDING, Whole, whole_in
from generator.website.drawing.page_images import anchor
from generator.website.published.checks import Tally
from generator.website.published.facts import PublishedFact
from generator.website.wording.language import chinese, in_a_row, plural
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure


@dataclass(frozen=True)
class Answer:
    """One question, the answer in a few words, and a sentence with its numbers."""

    id: str
    question: str
    short: Markup
    sentence: Markup


def answers(
    account: HeldAccount,
    changes: Sequence[Change],
    tally: Tally,
    earlier: HeldAccount | None,
    doubts: Doubts,
) -> list[Answer]:
    """Answer how much, on what, more or less, and whether it adds up; in this order.

    The page says the counts of the checks beside the last one, as it says them everywhere.

    `earlier` is the disclosure before it that is held. A question that the disclosure does not
    answer is answered so.
    """
    return [
        _how_much(account, doubts),
        _on_what(account, doubts),
        Answer("change", _("比上年多还是少？"), in_short(changes, account, earlier),
               in_full(changes, account, earlier)),
        _adds_up(tally),
    ]  # fmt: skip


def _how_much(account: HeldAccount, doubts: Doubts) -> Answer:
    planned = account.package.kind == "budget"
    question = _("打算花多少？") if planned else _("花了多少？")
    whole = account.key.expenditure or account.key.income
    if not whole:
        return Answer("much", question, Markup(_("没有读到")), Markup(_("总数见下面各表。")))
    sentence = _totals(account) + doubted(whole.id, doubts)
    return Answer("much", question, total_stated(account), sentence)


def total_stated(account: HeldAccount) -> Markup:
    """Say the total of a disclosure: of expenditure, or failing that of income."""
    key = account.key
    return stated_figure(account, key.expenditure, TOTAL) if key.expenditure else _income(account)


def _income(account: HeldAccount) -> Markup:
    return stated_figure(account, account.key.income, "total_income")


def _totals(account: HeldAccount) -> Markup:
    income, spent = account.key.income, account.key.expenditure
    values = {"year": account.package.year, "kind": account.package.kind_word}
    if income and spent and income.yuan == spent.yuan:
        return Markup(_("{year}年{kind}的支出总计；收入总计与它相等。")).format(**values)
    if income and spent:
        message = Markup(_("{year}年{kind}的支出总计；收入总计{income}。"))
        return message.format(income=_income(account), **values)
    message = Markup(_("{year}年{kind}的支出总计。") if spent else _("{year}年{kind}的收入总计。"))
    return message.format(**values)


def stated_figure(account: HeldAccount, fact: PublishedFact | Part | None, term: str) -> Markup:
    """Say a figure as a link, and for machines what it is of."""
    if fact is None:
        return Markup()
    return linked(fact.yuan, fact.line, account.way, StatedFigure(account.package.id, term))


def doubted(figure: str, doubts: Doubts) -> Markup:
    """Return the marks of a figure that is part of a contradiction, or nothing."""
    doubt = doubts.get(anchor(figure)) if figure else None
    return signs(doubt) if doubt else Markup()


def _on_what(account: HeldAccount, doubts: Doubts) -> Answer:
    question = _("花在什么事上？")
    whole = whole_in(account.key, FUNCTIONS)
    if whole is None:
        return Answer("what", question, Markup(_("没有按功能列出")), _kinds(account, doubts))
    top = max(account.key.functions, key=lambda p: p.yuan)
    said = Markup(_("最多：{amount}{signs}，占{whole}的{share}。")).format(
        amount=stated_figure(account, top, top.key),
        signs=doubted(top.id, doubts),
        whole=_named(whole, doubts),
        share=whole.share(account.package.id, top),
    )
    return Answer("what", question, chinese(top.name), in_a_row([said, _kinds(account, doubts)]))


def _named(whole: Whole, doubts: Doubts) -> Markup:
    """Name what something is a share of; where it is in doubt, with its mark."""
    return Markup("{}{}").format(whole.name, doubted(whole.id, doubts))


def _kinds(account: HeldAccount, doubts: Doubts) -> Markup:
    """Say 基本 against 项目, of the same whole as everywhere."""
    parts = {part.key: part for part in account.key.spending}
    basic, project = parts.get("basic_expenditure"), parts.get("project_expenditure")
    whole = whole_in(account.key, SPENDING)
    if not basic or not project or not whole:
        return Markup()
    shares = [whole.share(account.package.id, part) for part in (basic, project)]
    if not all(shares):
        return Markup()
    words = _("保运转的基本支出占{whole}的{basic}，办专门事项的项目支出占{project}。")
    return Markup(words).format(
        whole=_named(whole, doubts),
        basic=shares[0] + doubted(basic.id, doubts),
        project=shares[1] + doubted(project.id, doubts),
    )


def _adds_up(tally: Tally) -> Answer:
    question = _("账对得上吗？")
    if not tally.total:
        return Answer("adds-up", question, Markup(_("还没有核对")), Markup())
    return Answer("adds-up", question, adds_up(tally), Markup())


def adds_up(tally: Tally) -> Markup:
    """Say whether all adds up, in a few words; contradictions are counted by their causes."""
    if tally.cases:
        return Markup(plural("有{n}处对不上", tally.cases)).format(n=tally.cases)
    return Markup(_("没有对不上的")) if tally["cannot_tell"] else Markup(_("都对得上"))


def three_public_said(account: HeldAccount, doubts: Doubts) -> Markup:
    """Say the “三公” expenses and their parts, where they are printed."""
    key = account.key
    if not key.three_public:
        return Markup()
    whole = stated_figure(account, key.three_public, "three_public_expenses")
    whole += doubted(key.three_public.id, doubts)
    parts = [
        Markup(_("{name}{amount}")).format(
            name=part.name, amount=stated_figure(account, part, part.key) + doubted(part.id, doubts)
        )
        for part in key.three_public_parts
    ]
    if not parts:
        return Markup(_("“三公”经费{amount}。")).format(amount=whole)
    said = Markup(_("，")).join(parts)
    return Markup(_("“三公”经费{amount}：{parts}。")).format(amount=whole, parts=said)


def projects_said(key: KeyFigures) -> Markup:
    """Say how many projects are listed, and the largest of them."""
    if not key.projects:
        return Markup()
    first, count = key.projects[0], len(key.projects)
    name = first.name if len(first.name) <= 60 else first.name[:59] + "…"
    values = {"n": count, "name": chinese(name)}
    if not first.yuan:
        return Markup(plural("共列出{n}个项目。", count)).format(n=count)
    amount = linked(first.yuan, first.line)
    if count == 1 and first.evaluated:
        message = Markup(_("列出了自评的1个项目：“{name}”，{amount}；没有列出全部项目。"))
    elif count == 1:
        message = Markup(_("列出了1个项目：“{name}”，{amount}。"))
    else:
        message = Markup(plural("共列出{n}个项目，最大的是“{name}”：{amount}。", count))
    return message.format(amount=amount, **values)
