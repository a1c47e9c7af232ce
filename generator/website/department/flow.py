"""How the money of a disclosure flows: from which source, for which function, in which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website.department.charts import Chart
from generator.website.department.figures import KeyFigures, Part, linked
from generator.website.department.flow_chart import Colour, Present, flow_chart
from generator.website.drawing import colours
from generator.website.published.facts import Ledger
from generator.website.published.package import Package
from generator.website.wording.amounts import share_said
from generator.website.wording.language import chinese
from generator.website.wording.language import gettext as _


@dataclass(frozen=True)
class StagePart:
    """One part of a stage in words: its colour, its amount as a link, its share of the stage."""

    name: str
    code: str
    colour: str
    amount: Markup
    share: str
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
        ("sources", _("钱从哪里来"), key.sources, colours.fund),
        ("functions", _("做什么事"), key.functions, colours.functional),
        ("spending", _("怎么用"), key.spending, colours.spending),
    ]
    positive = [Present(i, t, [p for p in parts if p.yuan > 0], c) for i, t, parts, c in stages]
    present = [stage for stage in positive if stage.parts]
    below = {i: [part for part in parts if part.yuan < 0] for i, _title, parts, _colour in stages}
    steps = [
        Step(s.id, s.title, _sentence(s.id, s.parts), _parts([*s.parts, *below[s.id]], s.colour))
        for s in present
    ]
    chart = flow_chart(package, ledger, present, [p for s in present for p in below[s.id]])
    return MoneyFlow(tuple(steps), chart)


def _parts(parts: Sequence[Part], colour: Colour) -> tuple[StagePart, ...]:
    whole = sum((part.yuan for part in parts if part.yuan > 0), Decimal(0))
    top = max(part.yuan for part in parts)
    order = sorted(parts, key=lambda part: -part.yuan)
    return tuple(
        StagePart(
            part.name,
            part.key,
            colour(part.key),
            linked(part.yuan, part.line),
            share_said(part.yuan, whole),
            max(int(part.yuan * 1000 / top), 0),
        )
        for part in order
    )


def _sentence(stage: str, parts: Sequence[Part]) -> Markup:
    top = max(parts, key=lambda part: part.yuan)
    whole = sum((part.yuan for part in parts), Decimal(0))
    messages = {
        "sources": (
            _("收入有{count}个来源，最多的是{name}：{amount}，占{share}。"),
            _("收入全部来自{name}：{amount}。"),
        ),
        "functions": (
            _("支出分在{count}个大类里，最多的是{name}：{amount}，占{share}。"),
            _("支出全部用于{name}：{amount}。"),
        ),
        "spending": (
            _("{name}最多：{amount}，占{share}。"),
            _("支出全部是{name}：{amount}。"),
        ),
    }
    many, one = messages[stage]
    return Markup(one if len(parts) == 1 else many).format(
        count=len(parts),
        name=chinese(top.name),
        amount=linked(top.yuan, top.line),
        share=share_said(top.yuan, whole),
    )
