"""The first screen of a disclosure: the four questions that people have, each with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.department.changes import Change, of_subject
from generator.website.department.figures import KeyFigures, linked
from generator.website.published.checks import Tally
from generator.website.published.facts import PublishedFact
from generator.website.published.package import Package
from generator.website.wording.amounts import change_said, share_said
from generator.website.wording.language import chinese, plural
from generator.website.wording.language import gettext as _

# Where a disclosure does not say how its total changed, what comes nearest to the total.
_TOTALS = ("total_expenditure", "current_year_expenditure", "total_income", "current_year_income")
_NEARLY = ("general_public_expenditure", "general_public_budget")


@dataclass(frozen=True)
class Answer:
    """One question, the answer in a few words, and a sentence with its numbers."""

    id: str
    question: str
    short: Markup
    sentence: Markup


def answers(
    package: Package,
    key: KeyFigures,
    changes: Sequence[Change],
    tally: Tally,
    earlier: tuple[Package, KeyFigures] | None,
) -> list[Answer]:
    """Answer how much, on what, more or less, and whether it adds up; in this order.

    The page says the counts of the checks beside the last one, as it says them everywhere.

    `earlier` is the last disclosure of the same kind that is held. A question that the disclosure
    does not answer is answered so.
    """
    return [
        _how_much(package, key),
        _on_what(key),
        _more_or_less(changes, key, earlier),
        _adds_up(tally),
    ]


def _how_much(package: Package, key: KeyFigures) -> Answer:
    planned = package.kind == "budget"
    question = _("打算花多少？") if planned else _("花了多少？")
    whole = key.expenditure or key.income
    if not whole:
        return Answer("much", question, Markup(_("没有读到")), Markup(_("总数见下面各表。")))
    return Answer("much", question, linked(whole.yuan, whole.line), _totals(package, key))


def _totals(package: Package, key: KeyFigures) -> Markup:
    income, spent = key.income, key.expenditure
    values = {"year": package.year, "kind": package.kind_word}
    if income and spent and income.yuan == spent.yuan:
        return Markup(_("{year}年{kind}的支出总计；收入总计与它相等。")).format(**values)
    if income and spent:
        message = Markup(_("{year}年{kind}的支出总计；收入总计{income}。"))
        return message.format(income=_link(income), **values)
    message = Markup(_("{year}年{kind}的支出总计。") if spent else _("{year}年{kind}的收入总计。"))
    return message.format(**values)


def _link(fact: PublishedFact) -> Markup:
    return linked(fact.yuan, fact.line)


def _on_what(key: KeyFigures) -> Answer:
    question = _("花在什么事上？")
    top = max(key.functions, key=lambda p: p.yuan, default=None)
    if top is None or top.yuan <= 0:
        return Answer("what", question, Markup(_("没有按功能列出")), _kinds(key))
    share = share_said(top.yuan, key.expenditure.yuan) if key.expenditure else ""
    lead = Markup(_("最多：{amount}，占{share}。") if share else _("最多：{amount}。"))
    said = lead.format(amount=linked(top.yuan, top.line), share=share)
    return Answer("what", question, chinese(top.name), _joined(said, _kinds(key)))


def _joined(one: Markup, two: Markup) -> Markup:
    """Put two sentences one after the other, as the language does."""
    return Markup(_("{one}{two}")).format(one=one, two=two) if one and two else one or two


def _kinds(key: KeyFigures) -> Markup:
    """Say 基本 against 项目; the shares are of the expenditure table's own two figures."""
    parts = {part.key: part for part in key.spending}
    basic, project = parts.get("basic_expenditure"), parts.get("project_expenditure")
    if not basic or not project or not key.expenditure:
        return Markup()
    shares = [share_said(part.yuan, key.expenditure.yuan) for part in (basic, project)]
    if not all(shares):
        return Markup()
    return Markup(_("保运转的基本支出占{basic}，办专门事项的项目支出占{project}。")).format(
        basic=shares[0], project=shares[1]
    )


def _more_or_less(
    changes: Sequence[Change], key: KeyFigures, earlier: tuple[Package, KeyFigures] | None
) -> Answer:
    question = _("比上年多还是少？")
    whole, stated = of_subject(changes, *_TOTALS), stated_change(changes)
    if stated:
        link = Markup('<a class="figure" href="source/#L{}">{}</a>').format(
            stated.line, _("原文第{line}行").format(line=stated.line)
        )
        sentence = Markup(_("部门自己说的：{name}比上年{change}（{link}）{signs}。")).format(
            name=stated.name, change=stated.words, link=link, signs=stated.signs
        )
        both = _joined(sentence, _held(key, earlier))
        short = _direction(stated)
        if not whole:
            short = Markup(_("{name}{change}")).format(name=stated.name, change=short)
        return Answer("change", question, short, both)
    held = _held(key, earlier)
    if held:
        return Answer("change", question, Markup(_("与较早的年度比")), held)
    nothing = _("这份文件没有写总数比上年的增减，也没有收录较早的同类文件。")
    return Answer("change", question, Markup(_("没有说")), Markup("{}").format(nothing))


def stated_change(changes: Sequence[Change]) -> Change | None:
    """Return what a disclosure says of its total against the year before, or of what is nearest."""
    return of_subject(changes, *_TOTALS) or of_subject(changes, *_NEARLY)


def _direction(change: Change) -> Markup:
    if change.unchanged:
        return Markup(_("持平"))
    if not change.rate or change.no_rate:  # a change that rounds to 0 % is told by its amount
        return Markup("{}").format(change.words)
    more = change.direction == "increase"
    return Markup(_("多{rate}") if more else _("少{rate}")).format(rate=change.rate)


def _held(key: KeyFigures, earlier: tuple[Package, KeyFigures] | None) -> Markup:
    """Compare with the last disclosure of the same kind that is held, where both print a total."""
    if not earlier or not key.expenditure or not earlier[1].expenditure:
        return Markup()
    package, before = earlier[0], earlier[1].expenditure
    return Markup(_("与收录的{year}年{kind}（支出总计{amount}）相比，支出{change}。")).format(
        year=package.year,
        kind=package.kind_word,
        amount=linked(before.yuan, before.line, f"../{package.slug}/"),
        change=change_said(before.yuan, key.expenditure.yuan),
    )


def _adds_up(tally: Tally) -> Answer:
    question = _("账对得上吗？")
    if not tally.total:
        return Answer("adds-up", question, Markup(_("还没有核对")), Markup())
    wrong = tally.cases
    short = Markup(_("有{n}处对不上")).format(n=wrong) if wrong else Markup(_("没有不符"))
    return Answer("adds-up", question, short, Markup())


def also(key: KeyFigures) -> list[Markup]:
    """Say the “三公” expenses and the projects, one sentence each, where they are printed."""
    return [sentence for sentence in (three_public_said(key), _projects(key)) if sentence]


def three_public_said(key: KeyFigures) -> Markup:
    """Say the “三公” expenses and their parts, where they are printed."""
    if not key.three_public:
        return Markup()
    whole = linked(key.three_public.yuan, key.three_public.line)
    parts = [
        Markup(_("{name}{amount}")).format(name=part.name, amount=linked(part.yuan, part.line))
        for part in key.three_public_parts
    ]
    if not parts:
        return Markup(_("“三公”经费{amount}。")).format(amount=whole)
    said = Markup(_("，")).join(parts)
    return Markup(_("“三公”经费{amount}：{parts}。")).format(amount=whole, parts=said)


def _projects(key: KeyFigures) -> Markup:
    if not key.projects:
        return Markup()
    first, count = key.projects[0], len(key.projects)
    if not first.yuan:
        return Markup(plural("共列出{n}个项目。", count)).format(n=count)
    name = first.name if len(first.name) <= 60 else first.name[:59] + "…"
    message = Markup(plural("共列出{n}个项目，最大的是“{name}”：{amount}。", count))
    return message.format(n=count, name=chinese(name), amount=linked(first.yuan, first.line))
