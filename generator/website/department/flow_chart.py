"""The drawing of a flow: what is a ribbon, what is joined, and the order in which all of it stands.

Only what a table prints in one cell is a ribbon: a functional class from one source, or in one kind
of expenditure. Nothing is shared out in proportion: what no cell says stays without a ribbon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, pairwise

from markupsafe import Markup

from generator.website.department.charts import Chart, ChartRow
from generator.website.department.figures import EXPENDITURE, INCOME, Part
from generator.website.department.flow_cells import Cells, ClassCells, cells_of
from generator.website.drawing.chart_specs import WIDTH
from generator.website.drawing.colours import NEUTRAL
from generator.website.drawing.flow_order import least_crossing
from generator.website.drawing.flow_spec import NARROW, WIDE, Band, Ribbon, Stage, flow_spec
from generator.website.published.facts import Ledger
from generator.website.published.package import Package
from generator.website.wording.amounts import said, said_briefly, share_said
from generator.website.wording.language import chinese, in_a_row, plural
from generator.website.wording.language import gettext as _

# What comes to no more than half of one of the units that a chart is wide is not seen.
_UNSEEN = 2 * WIDTH
#: So many parts of a stage have each its own place; of more the small ones are joined.
MOST_PARTS = 8
_MOST_APART = 12
_SMALL = Decimal("0.02")
_JOINED = "joined"
Colour = Callable[[str], str]


@dataclass(frozen=True)
class Present:
    """A stage that a disclosure prints: its identifier and title, its parts and their colours."""

    id: str
    title: str
    parts: Sequence[Part]
    colour: Colour


@dataclass(frozen=True)
class _FlowColumn:
    """A stage as it is drawn: its parts, the largest first, and which of them stand for which."""

    stage: Present
    parts: Mapping[str, Part]
    drawn_as: Mapping[str, str]

    @property
    def whole(self) -> Decimal:
        """All of the stage."""
        return _sum(self.parts.values())

    def colour(self, key: str) -> str:
        """The colour of a part; what is joined has none of its own."""
        return NEUTRAL if key == _JOINED else self.stage.colour(key)


def flow_chart(
    package: Package, ledger: Ledger, present: Sequence[Present], below: Sequence[Part]
) -> Chart | None:
    """Return the chart of the stages, or None where no cell of a table connects two of them.

    `below` are the parts below zero: they have no length.
    """
    if len(present) < 2:
        return None
    columns = [_column(stage) for stage in present]
    gaps = _gaps(ledger, columns)
    pairs = list(pairwise(columns))
    cells = [_joined(pair, gap.cells) for pair, gap in zip(pairs, gaps, strict=True)]
    uneven = [_uneven(pair, known, columns) for pair, known in zip(pairs, cells, strict=True)]
    links = [_links(known, wrong) for known, wrong in zip(cells, uneven, strict=True)]
    if not any(links):
        return None
    order = least_crossing([list(column.parts) for column in columns], links)
    stages = _stages(columns, order)
    rows = [_band_row(part, c.whole) for c, keys in zip(columns, order, strict=True)
            for part in (c.parts[key] for key in keys)]  # fmt: skip
    ribbons, more = _ribbons(columns, stages, links, cells, len(rows))
    title = _("{year}年{kind}的钱从哪来、到哪去").format(year=package.year, kind=package.kind_word)
    narrow, wide = (flow_spec(stages, ribbons, form) for form in (NARROW, WIDE))
    said_all = _says(stages, uneven, columns, below, added=any(gap.added for gap in gaps))
    return Chart("flow", title, said_all, narrow, (*rows, *more), _("这一列的合计"), wide)


def _links(cells: Cells, wrong: set[tuple[int, str]]) -> dict[tuple[str, str], Decimal]:
    """What is drawn of the cells between two stages: not those of parts that have no ribbons."""
    return {
        (a, b): part.yuan
        for (a, b), part in cells.items()
        if (0, a) not in wrong and (1, b) not in wrong
    }


def _column(stage: Present) -> _FlowColumn:
    """Join the small parts of a stage that has many, and always those that are not seen."""
    parts = sorted(stage.parts, key=lambda p: -p.yuan)
    whole = _sum(parts)
    least = whole * _SMALL if len(parts) > MOST_PARTS else whole / _UNSEEN
    kept = min(sum(part.yuan >= least for part in parts), _MOST_APART)
    if len(parts) - kept < 2:
        kept = len(parts)
    found = {part.key: part for part in parts[:kept]}
    if rest := parts[kept:]:
        name = plural("其他{n}项", len(rest)).format(n=len(rest))
        found[_JOINED] = Part(_JOINED, name, _sum(rest), disputed=any(p.disputed for p in rest))
    drawn_as = {p.key: p.key if p.key in found else _JOINED for p in parts}
    return _FlowColumn(stage, found, drawn_as)


def _gaps(ledger: Ledger, columns: Sequence[_FlowColumn]) -> list[ClassCells]:
    """The cells between each stage and the next, by the keys of both."""
    found = []
    for upper, lower in pairwise(columns):
        ids = upper.stage.id, lower.stage.id
        known = ClassCells()
        if ids == ("functions", "spending"):
            known = cells_of(ledger, EXPENDITURE, "expenditure_type")
        elif ids == ("sources", "functions"):
            known = cells_of(ledger, INCOME, "fund_source")
            turned = {(fund, code): part for (code, fund), part in known.cells.items()}
            known = replace(known, cells=turned)
        found.append(known)
    return found


def _joined(pair: tuple[_FlowColumn, _FlowColumn], cells: Cells) -> Cells:
    """The cells between two stages as they are drawn: what is joined there is added up."""
    found: dict[tuple[str, str], Part] = {}
    for a, b in [(a, b) for a in pair[0].drawn_as for b in pair[1].drawn_as if (a, b) in cells]:
        part, ends = cells[a, b], (pair[0].drawn_as[a], pair[1].drawn_as[b])
        before = found.get(ends)
        if before:
            yuan, disputed = before.yuan + part.yuan, before.disputed or part.disputed
            part = replace(part, yuan=yuan, line="", disputed=disputed)
        found[ends] = part
    return found


def _uneven(
    pair: tuple[_FlowColumn, _FlowColumn], cells: Cells, columns: Sequence[_FlowColumn]
) -> set[tuple[int, str]]:
    """The parts, of the first or of the second of two stages, whose cells come to more than they.

    As where income is carried forward, or where tables contradict each other: ribbons would say
    where money went that went elsewhere. What rounding leaves over is not seen.
    """
    unseen = max(column.whole for column in columns) / _UNSEEN
    return {
        (side, key)
        for side, column in enumerate(pair)
        for key, part in column.parts.items()
        if _sum(p for ends, p in cells.items() if ends[side] == key) > part.yuan + unseen
    }


def _stages(columns: Sequence[_FlowColumn], order: Sequence[Sequence[str]]) -> list[Stage]:
    found, row = [], 0
    for column, keys in zip(columns, order, strict=True):
        parts = [column.parts[key] for key in keys]
        ends = list(accumulate(part.yuan for part in parts))
        bands = tuple(
            Band(end - p.yuan, end, p.name, p.shown, column.colour(p.key), row + n, p.brief, p.key)
            for n, (p, end) in enumerate(zip(parts, ends, strict=True))
        )  # fmt: skip
        row += len(bands)
        whole = column.whole
        found.append(Stage(column.stage.title, said(whole), said_briefly(whole), bands))
    return found


def _ribbons(
    columns: Sequence[_FlowColumn],
    stages: Sequence[Stage],
    links: Sequence[Mapping[tuple[str, str], Decimal]],
    cells: Sequence[Cells],
    row: int,
) -> tuple[list[Ribbon], list[ChartRow]]:
    """Return the ribbons and their rows; at a part they stand in the order of their other ends."""
    found: list[Ribbon] = []
    rows: list[ChartRow] = []
    for at, (upper, lower) in enumerate(pairwise(stages)):
        used: dict[tuple[int, str], Decimal] = {}
        pairs = [(a, b) for a in range(len(upper.bands)) for b in range(len(lower.bands))]
        for ends in pairs:
            bands = upper.bands[ends[0]], lower.bands[ends[1]]
            yuan = links[at].get((bands[0].key, bands[1].key))
            if yuan is None:
                continue
            starts = [used.get((side, b.key), b.start) for side, b in enumerate(bands)]
            used |= {(side, b.key): starts[side] + yuan for side, b in enumerate(bands)}
            spans = (starts[0], starts[0] + yuan), (starts[1], starts[1] + yuan)
            function = bands[columns[at].stage.id != "functions"]
            name = f"{bands[0].name} → {bands[1].name}"
            found.append(
                Ribbon(at, ends, spans, name, said(yuan), function.colour, row + len(rows))
            )
            part = cells[at][bands[0].key, bands[1].key]
            share = share_said(yuan, columns[at].whole)
            rows.append(ChartRow(name, part.linked(), share, yuan))
    return found, rows


def _band_row(part: Part, whole: Decimal) -> ChartRow:
    return ChartRow(part.name, part.linked(), share_said(part.yuan, whole), part.yuan)


def _says(
    stages: Sequence[Stage],
    uneven: Sequence[set[tuple[int, str]]],
    columns: Sequence[_FlowColumn],
    below: Sequence[Part],
    *,
    added: bool,
) -> Markup:
    """Say how the chart is read, and what it leaves out."""
    words = _(" → ").join(stage.title for stage in stages)
    sentence = Markup(_("从左到右：{stages}。带子的宽度是金额，颜色是功能；只画表里印出的数。"))
    wrong = {
        columns[at + side].parts[key].name: None
        for at, parts in enumerate(uneven)
        for side, key in sorted(parts)
    }
    said_all = [
        sentence.format(stages=words),
        Markup(_("有的表没有大类的行，带子由各项相加。")) if added else Markup(),
        _named(_("{names}的进出不一样多（结转，或表与表对不上），不画它的带子。"), wrong),
        _named(_("{names}小于零，画不出长度，没有画在图里。"), [part.name for part in below]),
    ]
    return in_a_row([each for each in said_all if each])


def _named(message: str, names: Iterable[str]) -> Markup:
    listed = Markup(_("、")).join(chinese(name) for name in names)
    return Markup(message).format(names=listed) if listed else Markup()


def _sum(parts: Iterable[Part]) -> Decimal:
    return sum((part.yuan for part in parts), Decimal(0))
