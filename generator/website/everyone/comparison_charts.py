"""The charts of a comparison: totals by function, basic against project, three public expenses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.website.department.charts import Chart, ChartRow
from generator.website.department.figures import linked
from generator.website.drawing import colours
from generator.website.drawing.chart_specs import Bar, Key, Segment, bars_spec
from generator.website.wording.amounts import grouped, said, share_said
from generator.website.wording.language import Words, chinese, marked, plural
from generator.website.wording.language import gettext as _
from generator.website.wording.words import EXPENDITURE_TYPES, THREE_PUBLIC

if TYPE_CHECKING:
    from generator.website.everyone.comparison import Compared, DepartmentComparison

MOST_BARS = 10
MOST_COLOURS = 6
_REST = Words({"others": marked("其他各类"), "unclassed": marked("不分功能的部分，如结转")})


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
    fills, keys = _function_colours(shown, comparison)
    names = {column.code: column.name for column in comparison.functions}
    bars = [_function_bar(d, fills, names) for d in shown]
    rows = [ChartRow(_label(d), _total(d), "") for d in shown]
    every, most = _("{when}支出总计，按功能分类"), _("{when}支出总计最多的{n}个部门，按功能分类")
    title = _title(every, most, comparison, found)
    return Chart("totals", title, _totals_sentence(found), bars_spec(bars, keys), tuple(rows),
                 shared=False)  # fmt: skip


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


def _function_colours(
    shown: Sequence[Compared], comparison: DepartmentComparison
) -> tuple[dict[str, str], list[Key]]:
    """Give a colour of its own to the few largest classes shown; the rest is one neutral part."""
    sums: dict[str, Decimal] = {}
    for d in shown:
        for code, part in d.functions.items():
            if part.yuan > 0:
                sums[code] = sums.get(code, Decimal(0)) + part.yuan
    largest = sorted(sums, key=lambda code: (-sums[code], code))
    kept = largest if len(largest) <= MOST_COLOURS + 1 else largest[:MOST_COLOURS]
    names = {column.code: column.name for column in comparison.functions}
    whole = sum(sums.values(), Decimal(0))
    keys = [Key(names[c], _shared(sums[c], whole), colours.functional(c)) for c in kept]
    if rest := sum((sums[c] for c in largest[len(kept) :]), Decimal(0)):
        keys.append(Key(_REST["others"], _shared(rest, whole), colours.NEUTRAL))
    if over := sum((_unclassed(d) for d in shown), Decimal(0)):
        keys.append(Key(_REST["unclassed"], said(over), colours.fund("brought_forward")))
    return {code: colours.functional(code) for code in kept}, keys


def _shared(part: Decimal, whole: Decimal) -> str:
    return _("{amount}（{share}）").format(amount=said(part), share=share_said(part, whole))


def _function_bar(department: Compared, fills: Mapping[str, str], names: Mapping[str, str]) -> Bar:
    yuan = department.yuan or Decimal(0)
    parts = department.functions
    kept = [(names.get(c, parts[c].name), parts[c].yuan, fills[c]) for c in fills if c in parts]
    rest = sum((p.yuan for c, p in parts.items() if c not in fills and p.yuan > 0), Decimal(0))
    over = (_REST["unclassed"], _unclassed(department), colours.fund("brought_forward"))
    segments = _stack([*kept, (_REST["others"], rest, colours.NEUTRAL), over])
    return Bar(_label(department), said(yuan), segments)


def _unclassed(department: Compared) -> Decimal:
    """Return what of the total stands under no class: what is carried forward, or all of it."""
    classed = sum((p.yuan for p in department.functions.values()), Decimal(0))
    over = (department.yuan or Decimal(0)) - classed
    # The classes of a table may add up to a little less or more than its rounded total.
    return over if over * 1000 > (department.yuan or Decimal(0)) else Decimal(0)


def _stack(parts: Sequence[tuple[str, Decimal, str]]) -> tuple[Segment, ...]:
    segments, at = [], Decimal(0)
    for name, yuan, fill in parts:
        if yuan > 0:
            segments.append(Segment(at, at + yuan, name, said(yuan), fill))
            at += yuan
    return tuple(segments)


def _kinds(comparison: DepartmentComparison) -> Chart | None:
    found = sorted(
        (d for d in comparison.departments if d.project_share),
        key=lambda d: -_percent(d),
    )
    if len(found) < 2:
        return None
    shown = found[:MOST_BARS]
    keys = [Key(EXPENDITURE_TYPES[k], "", colours.spending(k)) for k in colours.SPENDING]
    rows = [
        ChartRow(
            _("{department}（项目支出）").format(department=_label(d)),
            linked(d.project.yuan, d.project.line, d.base),
            d.project_share,
        )
        for d in shown
        if d.project
    ]
    every = _("{when}项目支出占比：基本支出与项目支出各占多少")
    most = _("{when}项目支出占比最高的{n}个部门：基本支出与项目支出各占多少")
    title = _title(every, most, comparison, found)
    return Chart(
        "kinds", title, _kinds_sentence(found), bars_spec([_kinds_bar(d) for d in shown], keys),
        tuple(rows), of=_("基本支出与项目支出之和"),
    )  # fmt: skip


def _kinds_bar(department: Compared) -> Bar:
    """A bar from nothing to all: shares, so that large and small departments compare."""
    if not department.basic or not department.project:
        raise ValueError("a bar of shares needs both kinds of expenditure")
    whole = department.basic.yuan + department.project.yuan
    at = department.basic.yuan / whole
    named = [(department.basic, Decimal(0), at), (department.project, at, Decimal(1))]
    segments = tuple(
        Segment(
            start, end, EXPENDITURE_TYPES[p.key], _shared(p.yuan, whole), colours.spending(p.key)
        )
        for p, start, end in named
        if end > start
    )
    return Bar(_label(department), _("项目{share}").format(share=_projects(department)), segments)


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
    keys = [
        Key(THREE_PUBLIC[k], _sum_of(k, shown), colours.THREE_PUBLIC[k])
        for k in THREE_PUBLIC
        if any(p.key == k and p.yuan > 0 for d in shown for p in d.summary.three_public_parts)
    ]
    rows = [
        ChartRow(_label(d), linked(f.yuan, f.line, d.base), d.three_public_share)
        for d in shown
        if (f := d.summary.three_public)
    ]
    every, most = _("{when}“三公”经费"), _("{when}“三公”经费最多的{n}个部门")
    title = _title(every, most, comparison, found)
    sentence = _three_public_sentence(printed, found, len(comparison.departments))
    bars = [_three_public_bar(d) for d in shown]
    spec = bars_spec(bars, keys)
    return Chart("three-public", title, sentence, spec, tuple(rows), of=_("支出总计"))


def _three(department: Compared) -> Decimal:
    fact = department.summary.three_public
    return fact.yuan if fact else Decimal(0)


def _sum_of(key: str, shown: Sequence[Compared]) -> str:
    parts = [p for d in shown for p in d.summary.three_public_parts if p.key == key]
    return said(sum((p.yuan for p in parts), Decimal(0)))


def _three_public_bar(department: Compared) -> Bar:
    parts = department.summary.three_public_parts
    stack = _stack([(THREE_PUBLIC[p.key], p.yuan, colours.THREE_PUBLIC[p.key]) for p in parts])
    whole = stack or _stack([(_("“三公”经费"), _three(department), colours.NEUTRAL)])
    return Bar(_label(department), said(_three(department)), whole)


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
