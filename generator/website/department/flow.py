"""How the money of a disclosure flows: from which source, for which function, in which kind.

Only what a table prints in one cell is a ribbon: a functional class from one source, or in one kind
of expenditure. Nothing is shared out in proportion: what no cell says stays without a ribbon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from generator.website.department.charts import Chart, ChartRow
from generator.website.department.figures import EXPENDITURE, INCOME, KeyFigures, Part, linked
from generator.website.department.shares import FUNCTIONS, SOURCES, SPENDING, Whole, whole_in
from generator.website.drawing import colours
from generator.website.drawing.chart_specs import WIDTH
from generator.website.drawing.flow_spec import Band, Ribbon, Stage, flow_spec
from generator.website.published.facts import Ledger
from generator.website.published.package import Package
from generator.website.wording.amounts import said
from generator.website.wording.language import CHINESE, chinese, in_a_row, spoken
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure

# Half of one of the units that a chart is wide.
_UNSEEN = 2 * WIDTH
Cells = Mapping[tuple[str, str], Part]
Colour = Callable[[str], str]
#: A stage: its identifier, its title, its parts and their colours.
Present = tuple[str, str, Sequence[Part], Colour]


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
    positive = [(i, t, [p for p in parts if p.yuan > 0], c) for i, t, parts, c in stages]
    present = [stage for stage in positive if stage[2]]
    steps = [
        Step(i, t, _sentence(package, i, whole, p), _parts(package, whole, p, colour))
        for i, t, p, colour in present
        if (whole := whole_in(key, i))
    ]
    return MoneyFlow(tuple(steps), _chart(package, ledger, present))


def _parts(
    package: Package, whole: Whole, parts: Sequence[Part], colour: Colour
) -> tuple[StagePart, ...]:
    """Return the parts of a stage, each with a bar as long as its share."""
    return tuple(
        StagePart(
            part.name,
            part.key,
            colour(part.key),
            linked(part.yuan, part.line, subject=StatedFigure(package.id, part.key)),
            whole.share(package.id, part),
            whole.permille(part),
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


def _chart(package: Package, ledger: Ledger, present: Sequence[Present]) -> Chart | None:
    """Return the chart of the stages, or None where no cell of a table connects two of them."""
    if len(present) < 2:
        return None
    stages = [_stage(each) for each in present]
    cells = {
        "sources": cells_of(ledger, INCOME, "fund_source"),
        "spending": cells_of(ledger, EXPENDITURE, "expenditure_type"),
    }
    ribbons: list[tuple[Ribbon, Part]] = []
    uneven: dict[Band, None] = {}
    for at, ((upper, *_u), (lower, *_l)) in enumerate(pairwise(present)):
        if "functions" in (upper, lower):
            known = cells[lower if upper == "functions" else upper]
            drawn, more = _ribbons(stages, at, known, upper)
            ribbons += drawn
            uneven |= dict.fromkeys(more)
    if not ribbons:
        return None
    title = _("{year}年{kind}的钱怎么流").format(year=package.year, kind=package.kind_word)
    sentence = Markup(_("从上到下：{stages}。带子的宽度是金额，颜色是功能；只画表里印出的数。"))
    words = _(" → ").join(stage.title for stage in stages)
    said_all = sentence.format(stages=words) + _unevenly(uneven)
    spec = flow_spec(stages, [ribbon for ribbon, _part in ribbons])
    rows = tuple(ChartRow(r.name, linked(p.yuan, p.line), "") for r, p in ribbons)
    return Chart("flow", title, said_all, spec, rows, shared=False)


def _unevenly(bands: Iterable[Band]) -> Markup:
    """Say which parts have no ribbons, as what flows in and out of them is not the same."""
    names = Markup(_("、")).join(chinese(band.name) for band in bands)
    if not names:
        return Markup()
    message = _("{names}的进出不一样多（结转，或表与表对不上），不画它的带子。")
    return Markup(" ") * (spoken() != CHINESE) + Markup(message).format(names=names)


def cells_of(ledger: Ledger, tables: Sequence[str], attribute: str) -> Cells:
    """Return the amounts of the functional classes by a meaning of the column, if printed.

    The keys are the class and the fund source or expenditure type.
    """
    for table in tables:
        found: dict[tuple[str, str], Part] = {}
        for fact in ledger.facts:
            key = str(getattr(fact, attribute))
            if fact.table == table and len(fact.code) == 3 and key and fact.yuan > 0:
                before = found.get((fact.code, key))
                yuan = fact.yuan + (before.yuan if before else Decimal(0))
                found[fact.code, key] = Part(key, fact.name, yuan, "" if before else fact.line)
        if found:
            return found
    return {}


def _stage(present: Present) -> Stage:
    _id, title, parts, colour = present
    bands, at = [], Decimal(0)
    for part in sorted(parts, key=lambda p: -p.yuan):
        end = at + part.yuan
        bands.append(Band(at, end, part.name, said(part.yuan), colour(part.key), part.key))
        at = end
    return Stage(title, said(at), tuple(bands))


def _ribbons(
    stages: Sequence[Stage], at: int, cells: Cells, upper: str
) -> tuple[list[tuple[Ribbon, Part]], list[Band]]:
    """Return the ribbons between a stage and the next, and the parts that have none.

    `cells` are by class and other key. Where the cells of a part come to more than the part, as
    where income is carried forward, or where tables contradict each other, it has no ribbons:
    they would say where money went that went elsewhere. What rounding leaves over is not seen.
    """
    pairs = [
        (a, b, part)
        for a in stages[at].bands
        for b in stages[at + 1].bands
        if (part := cells.get((a.key, b.key) if upper == "functions" else (b.key, a.key)))
    ]
    unseen = max(band.end for stage in stages for band in stage.bands) / _UNSEEN
    bands = [*stages[at].bands, *stages[at + 1].bands]
    wrong = [b for b in bands if _drawn(pairs, b) > b.end - b.start + unseen]
    used: dict[tuple[int, Band], Decimal] = {}
    found: list[tuple[Ribbon, Part]] = []
    for a, b, part in pairs:
        if a not in wrong and b not in wrong:
            left, right = (
                band.start + used.get((side, band), Decimal(0)) for side, band in enumerate((a, b))
            )
            used[0, a], used[1, b] = left + part.yuan - a.start, right + part.yuan - b.start
            spans = (left, left + part.yuan), (right, right + part.yuan)
            colour = b.colour if upper == "sources" else a.colour
            ribbon = Ribbon(*spans, at, f"{a.name} → {b.name}", said(part.yuan), colour)
            found.append((ribbon, part))
    return found, wrong


def _drawn(pairs: Sequence[tuple[Band, Band, Part]], band: Band) -> Decimal:
    return sum((part.yuan for a, b, part in pairs if band in (a, b)), Decimal(0))
