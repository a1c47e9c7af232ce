"""The charts of a comparison: totals by function, basic against project, three public expenses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.website.department.charts import Chart, ChartRow
from generator.website.department.figures import Part, linked
from generator.website.drawing import colours
from generator.website.drawing.chart_specs import Bar, Segment, bars_spec
from generator.website.wording.amounts import grouped, said, share_said
from generator.website.wording.language import Words, chinese, marked, plural
from generator.website.wording.language import gettext as _
from generator.website.wording.words import EXPENDITURE_TYPES, THREE_PUBLIC

if TYPE_CHECKING:
    from generator.website.everyone.comparison import Compared, DepartmentComparison

MOST_BARS = 10
MOST_COLOURS = 6
_REST = Words({"others": marked("其他各类"), "unclassed": marked("不分功能的部分，如结转")})


@dataclass
class PartBars:
    """The bars of a chart and the rows of all their parts, as they come to be known."""

    bars: list[Bar] = field(default_factory=list)
    rows: list[ChartRow] = field(default_factory=list)

    def add(
        self,
        department: Compared,
        value: str,
        parts: Sequence[tuple[Part, str]],
        whole: Decimal | None,
        scale: Decimal = Decimal(1),
    ) -> None:
        """Add the bar of a department: its parts with their colours, as shares of `whole`."""
        segments, at = [], Decimal(0)
        for part, fill in parts:
            if part.yuan > 0:
                end = at + part.yuan / scale
                row = len(self.rows)
                segments.append(Segment(at, end, part.name, part.shown, fill, row, part.brief))
                self.rows.append(_part_row(department, part, whole))
                at = end
        self.bars.append(Bar(_label(department), value, tuple(segments)))

    def chart(self, id_: str, title: str, sentence: Markup, of: str) -> Chart:
        """Return the chart of all that was added."""
        spec = bars_spec(self.bars, named=True)
        return Chart(id_, title, sentence, spec, tuple(self.rows), of)


def _part_row(department: Compared, part: Part, whole: Decimal | None) -> ChartRow:
    name = _("{department}（{part}）").format(department=_label(department), part=part.name)
    share = share_said(part.yuan, whole) if whole else ""
    return ChartRow(name, part.linked(department.base), share, part.yuan)


def comparison_charts(comparison: DepartmentComparison) -> list[Chart]:
    """Return the charts of a comparison that have two departments to set side by side.

    Of like departments shares come first: totals follow the size of a place.
    """
    totals, shares = _totals(comparison), _kinds(comparison)
    first = (shares, totals) if comparison.group.alike else (totals, shares)
    made = [*first, _three_public(comparison)]
    return [chart for chart in made if chart]


def _name(department: Compared) -> Markup:
    text = department.summary.head.department.name
    return Markup('<a href="{}">{}</a>').format(department.base, chinese(text))


def _label(department: Compared) -> str:
    return department.summary.head.department.name


def _title(
    every: str, most: str, comparison: DepartmentComparison, found: Sequence[Compared]
) -> str:
    """Say what a chart shows: of every department, or of the few that have most."""
    words = most if len(found) > MOST_BARS else every
    return words.format(when=comparison.title, n=MOST_BARS)


def _totals(comparison: DepartmentComparison) -> Chart | None:
    found = [d for d in comparison.ranked if d.yuan]
    if len(found) < 2:
        return None
    shown = found[:MOST_BARS]
    fills = _function_colours(shown)
    names = {column.code: column.name for column in comparison.functions}
    drawn = PartBars()
    for d in shown:
        drawn.add(d, said(d.yuan or Decimal(0)), _function_parts(d, fills, names), d.yuan)
    every, most = _("{when}支出总计，按功能分类"), _("{when}支出总计最多的{n}个部门，按功能分类")
    title = _title(every, most, comparison, found)
    return drawn.chart("totals", title, _totals_sentence(found), _("支出总计"))


def _total(department: Compared) -> Markup:
    fact = department.summary.expenditure
    return linked(fact.yuan, fact.line, department.base) if fact else Markup("")


def _totals_sentence(found: Sequence[Compared]) -> Markup:
    most = [d for d in found if d.yuan == found[0].yuan]
    least = [d for d in found if d.yuan == found[-1].yuan]
    if len(most) == len(found):
        return Markup(_("{n}个部门的支出总计一样多，都是{amount}。")).format(
            n=len(found), amount=_total(found[0])
        )
    more, less = found[0].yuan, found[-1].yuan
    words = _("支出总计最多的是{most}（{more}），最少的是{least}（{less}）{times}。")
    return Markup(words).format(
        most=_named(most),
        more=_total(most[0]),
        least=_named(least),
        less=_total(least[0]),
        times=_("，前者是后者的{times}倍").format(times=_times(more, less))
        if more and less and less > 0
        else "",
    )


def _named(tied: Sequence[Compared]) -> Markup:
    """Name the one that leads, or the first of those that share the place and how many they are."""
    if len(tied) == 1:
        return _name(tied[0])
    return Markup(_("{name}等{n}个并列的部门")).format(name=_name(tied[0]), n=len(tied))


def _times(more: Decimal, less: Decimal) -> str:
    times = more / less
    if times >= 10:
        return f"{times.quantize(Decimal(1), ROUND_HALF_UP):,}"
    return grouped(times) if times < Decimal("1.05") else f"{times:.1f}"


def _function_colours(shown: Sequence[Compared]) -> dict[str, str]:
    """Give a colour of its own to the few largest classes shown; the rest is one neutral part."""
    sums: dict[str, Decimal] = {}
    for d in shown:
        for code, part in d.functions.items():
            if part.yuan > 0:
                sums[code] = sums.get(code, Decimal(0)) + part.yuan
    largest = sorted(sums, key=lambda code: (-sums[code], code))
    kept = largest if len(largest) <= MOST_COLOURS + 1 else largest[:MOST_COLOURS]
    return {code: colours.functional(code) for code in kept}


def _function_parts(
    department: Compared, fills: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[Part, str]]:
    """The parts of a department's bar, with their colours."""
    parts = department.functions
    kept = [
        (replace(parts[c], name=names.get(c, parts[c].name)), fills[c]) for c in fills if c in parts
    ]
    rest = sum((p.yuan for c, p in parts.items() if c not in fills and p.yuan > 0), Decimal(0))
    over = Part("", _REST["unclassed"], _unclassed(department))
    return [
        *kept,
        (Part("", _REST["others"], rest), colours.NEUTRAL),
        (over, colours.fund("brought_forward")),
    ]


def _unclassed(department: Compared) -> Decimal:
    """Return what of the total stands under no class: what is carried forward, or all of it."""
    classed = sum((p.yuan for p in department.functions.values()), Decimal(0))
    over = (department.yuan or Decimal(0)) - classed
    # The classes of a table may add up to a little less or more than its rounded total.
    return over if over * 1000 > (department.yuan or Decimal(0)) else Decimal(0)


def _kinds(comparison: DepartmentComparison) -> Chart | None:
    found = sorted(
        (d for d in comparison.departments if d.project_share),
        key=lambda d: -_percent(d),
    )
    if len(found) < 2:
        return None
    shown = found[:MOST_BARS]
    drawn = PartBars()
    for d in shown:
        _add_kinds(drawn, d)
    every = _("{when}项目支出占比：基本支出与项目支出各占多少")
    most = _("{when}项目支出占比最高的{n}个部门：基本支出与项目支出各占多少")
    title = _title(every, most, comparison, found)
    return drawn.chart("kinds", title, _kinds_sentence(found), _("基本支出与项目支出之和"))


def _add_kinds(drawn: PartBars, department: Compared) -> None:
    """Add a bar from nothing to all: shares, so that large and small departments compare."""
    if not department.basic or not department.project:
        raise ValueError("a bar of shares needs both kinds of expenditure")
    kinds = department.basic, department.project
    whole = department.basic.yuan + department.project.yuan
    parts = [(replace(p, name=EXPENDITURE_TYPES[p.key]), colours.spending(p.key)) for p in kinds]
    value = _("项目{share}").format(share=_projects(department))
    drawn.add(department, value, parts, whole, scale=whole)


def _projects(department: Compared) -> str:
    """Return the share of project expenditure in words alone."""
    return str(department.project_share.striptags())


def _percent(department: Compared) -> Decimal:
    """Return the share of project expenditure as it is said: those that read the same are equal."""
    return Decimal(department.project_permille).quantize(Decimal(1), ROUND_HALF_UP)


def _kinds_sentence(found: Sequence[Compared]) -> Markup:
    most = [d for d in found if _projects(d) == _projects(found[0])]
    least = [d for d in found if _projects(d) == _projects(found[-1])]
    if len(most) == len(found):
        words = _("{n}个部门的项目支出占基本支出与项目支出之和的比重都是{share}。")
        return Markup(words).format(n=len(found), share=found[0].project_share)
    words = _(
        "项目支出占基本支出与项目支出之和的比重，最高的是{most}（{more}），"
        "最低的是{least}（{less}）。"
    )
    return Markup(words).format(
        most=_named(most),
        more=most[0].project_share,
        least=_named(least),
        less=least[0].project_share,
    )


def _three_public(comparison: DepartmentComparison) -> Chart | None:
    printed = [d for d in comparison.departments if d.summary.three_public]
    found = sorted((d for d in printed if _three(d)), key=lambda d: -_three(d))
    if len(printed) < 2 or not found:
        return None
    shown = found[:MOST_BARS]
    drawn = PartBars()
    for d in shown:
        drawn.add(d, said(_three(d)), _three_public_parts(d), d.yuan)
    every, most = _("{when}“三公”经费"), _("{when}“三公”经费最多的{n}个部门")
    title = _title(every, most, comparison, found)
    sentence = _three_public_sentence(printed, found, len(comparison.departments))
    return drawn.chart("three-public", title, sentence, _("支出总计"))


def _three(department: Compared) -> Decimal:
    fact = department.summary.three_public
    return fact.yuan if fact else Decimal(0)


def _three_public_parts(department: Compared) -> list[tuple[Part, str]]:
    """The parts of a department's bar, or the whole where it prints no parts."""
    parts = [
        (replace(p, name=THREE_PUBLIC[p.key]), colours.THREE_PUBLIC[p.key])
        for p in department.summary.three_public_parts
        if p.yuan > 0
    ]
    fact = department.summary.three_public
    whole = Part("", _("“三公”经费"), _three(department), fact.line if fact else "")
    return parts or [(whole, colours.NEUTRAL)]


def _three_public_sentence(
    printed: Sequence[Compared], found: Sequence[Compared], departments: int
) -> Markup:
    top = [d for d in found if _three(d) == _three(found[0])]
    fact = found[0].summary.three_public
    amount = linked(fact.yuan, fact.line, found[0].base) if fact else Markup("")
    said_share = found[0].three_public_share if len(top) == 1 else ""
    share = Markup(_("，占它支出总计的{share}")).format(share=said_share) if said_share else ""
    sentence = Markup(_("“三公”经费最多的是{most}：{amount}{share}。")).format(
        most=_named(top), amount=amount, share=share
    )
    if zero := len(printed) - len(found):
        words = plural("{sentence}{n}个部门列为零。", zero)
        sentence = Markup(words).format(sentence=sentence, n=zero)
    if missing := departments - len(printed):
        words = plural("{sentence}{n}个部门没有列出，不当作零。", missing)
        sentence = Markup(words).format(sentence=sentence, n=missing)
    return sentence
