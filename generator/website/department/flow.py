"""How the money of a disclosure flows: from which source, for which function, in which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.department.charts import Chart
from generator.website.department.figures import KeyFigures, Part, linked
from generator.website.department.flow_chart import Colour, Present, flow_chart
from generator.website.department.shares import FUNCTIONS, SOURCES, SPENDING, Whole, whole_in
from generator.website.drawing import colours
from generator.website.published.facts import Ledger
from generator.website.published.package import Package
from generator.website.wording.language import chinese, in_a_row
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure


@dataclass(frozen=True)
class StagePart:
    """One part of a stage in words: its colour, its amount as a link, its share of the whole.

    `width` is that share in thousandths.
    """

    name: str
    code: str
    colour: str
    amount: Markup
    share: Markup
    width: int


@dataclass(frozen=True)
class Step:
    """One stage of the flow in words: a question, a sentence that answers it, and its parts."""

    id: str
    title: str
    sentence: Markup
    parts: tuple[StagePart, ...]


@dataclass(frozen=True)
class MoneyFlow:
    """The flow of a disclosure: its stages in words, and the chart where two of them connect."""

    steps: tuple[Step, ...]
    chart: Chart | None


def money_flow(package: Package, ledger: Ledger, key: KeyFigures) -> MoneyFlow:
    """Return the flow of a disclosure; a stage that it does not print is left out."""
    stages = [
        (SOURCES, _("钱从哪里来"), key.sources, colours.fund),
        (FUNCTIONS, _("做什么事"), key.functions, colours.functional),
        (SPENDING, _("怎么用"), key.spending, colours.spending),
    ]
    positive = [Present(i, t, [p for p in parts if p.yuan > 0], c) for i, t, parts, c in stages]
    present = [stage for stage in positive if stage.parts]
    below = {i: [part for part in parts if part.yuan < 0] for i, _title, parts, _colour in stages}
    steps = [
        Step(
            s.id,
            s.title,
            _sentence(package, s.id, whole, s.parts),
            _parts(package, whole, [*s.parts, *below[s.id]], s.colour),
        )
        for s in present
        if (whole := whole_in(key, s.id))
    ]
    chart = flow_chart(package, ledger, present, [p for s in present for p in below[s.id]])
    return MoneyFlow(tuple(steps), chart)


def _parts(
    package: Package, whole: Whole, parts: Sequence[Part], colour: Colour
) -> tuple[StagePart, ...]:
    """Return the parts of a stage, each with a bar as long as its share."""
    return tuple(
        StagePart(
            part.name,
            part.key,
            colour(part.key),
            part.linked(subject=StatedFigure(package.id, part.key)),
            whole.share(package.id, part),
            max(whole.permille(part), 0),
        )
        for part in sorted(parts, key=lambda part: -part.yuan)
    )


def _sentence(package: Package, stage: str, whole: Whole, parts: Sequence[Part]) -> Markup:
    top = max(parts, key=lambda part: part.yuan)
    messages = {
        SOURCES: (
            _("收入有{count}个来源，最多的是{name}：{amount}，占{whole}的{share}。"),
            _("列出的收入全部来自{name}：{amount}，占{whole}的{share}。"),
        ),
        FUNCTIONS: (
            _("支出分在{count}个大类里，最多的是{name}：{amount}，占{whole}的{share}。"),
            _("列出的支出全部用于{name}：{amount}，占{whole}的{share}。"),
        ),
        SPENDING: (
            _("{name}最多：{amount}，占{whole}的{share}。"),
            _("列出的支出全部是{name}：{amount}，占{whole}的{share}。"),
        ),
    }
    many, one = messages[stage]
    sentence = Markup(one if len(parts) == 1 else many).format(
        count=len(parts),
        name=chinese(top.name),
        amount=linked(top.yuan, top.line, subject=StatedFigure(package.id, top.key)),
        whole=whole.name,
        share=whole.share(package.id, top),
    )
    return in_a_row([sentence, whole.difference])
