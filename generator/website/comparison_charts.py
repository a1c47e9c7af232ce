"""The charts of a comparison: totals by function, basic against project, three public expenses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.website import colours
from generator.website.amounts import grouped, said, share_said
from generator.website.chart_specs import Bar, Key, Segment, bars_spec
from generator.website.charts import Chart, ChartRow
from generator.website.figures import linked
from generator.website.words import EXPENDITURE_TYPES, THREE_PUBLIC

if TYPE_CHECKING:
    from generator.website.comparison import Compared, Comparison

MOST_BARS = 10
MOST_COLOURS = 6
_OTHERS = "其他各类"
_UNCLASSED = "不分功能的部分，如结转"


def comparison_charts(comparison: Comparison) -> list[Chart]:
    """Return the charts of a comparison that have two departments to set side by side."""
    made = [_totals(comparison), _kinds(comparison), _three_public(comparison)]
    return [chart for chart in made if chart]


def base_of(department: Compared) -> str:
    """Return the way from a page `compare/<year>-<kind>/` to a department's disclosure."""
    return f"../../departments/{department.overview.package.id}/"


def _name(department: Compared) -> Markup:
    text = department.overview.package.department.name
    return Markup('<a href="{}">{}</a>').format(base_of(department), text)


def _label(department: Compared) -> str:
    return department.overview.package.department.name


def _most(what: str, departments: Sequence[Compared]) -> str:
    return f"{what}最多的{MOST_BARS}个部门" if len(departments) > MOST_BARS else what


def _totals(comparison: Comparison) -> Chart | None:
    found = [d for d in comparison.ranked if d.yuan]
    if len(found) < 2:
        return None
    shown = found[:MOST_BARS]
    fills, keys = _function_colours(shown, comparison)
    bars = [_function_bar(d, fills) for d in shown]
    rows = [ChartRow(_label(d), _total(d), "") for d in shown]
    title = f"{comparison.title}{_most('支出总计', found)}，按功能分类"
    return Chart("totals", title, _totals_sentence(found), bars_spec(bars, keys), tuple(rows),
                 shared=False)  # fmt: skip


def _total(department: Compared) -> Markup:
    fact = department.overview.key.expenditure
    return linked(fact.yuan, fact.line, base_of(department)) if fact else Markup("")


def _totals_sentence(found: Sequence[Compared]) -> Markup:
    most = [d for d in found if d.yuan == found[0].yuan]
    least = [d for d in found if d.yuan == found[-1].yuan]
    if len(most) == len(found):
        return Markup("{}个部门的支出总计一样多，都是{}。").format(len(found), _total(found[0]))
    more, less = found[0].yuan, found[-1].yuan
    times = f"，前者是后者的{_times(more, less)}倍" if more and less and less > 0 else ""
    return Markup("支出总计最多的是{}（{}），最少的是{}（{}）{}。").format(
        _named(most), _total(most[0]), _named(least), _total(least[0]), times
    )


def _named(tied: Sequence[Compared]) -> Markup:
    """Name the one that leads, or the first of those that share the place and how many they are."""
    if len(tied) == 1:
        return _name(tied[0])
    return Markup("{}等{}个并列的部门").format(_name(tied[0]), len(tied))


def _times(more: Decimal, less: Decimal) -> str:
    times = more / less
    if times >= 10:
        return f"{times.quantize(Decimal(1), ROUND_HALF_UP):,}"
    return grouped(times) if times < Decimal("1.05") else f"{times:.1f}"


def _function_colours(
    shown: Sequence[Compared], comparison: Comparison
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
        keys.append(Key(_OTHERS, _shared(rest, whole), colours.NEUTRAL))
    if over := sum((_unclassed(d) for d in shown), Decimal(0)):
        keys.append(Key(_UNCLASSED, said(over), colours.fund("brought_forward")))
    return {code: colours.functional(code) for code in kept}, keys


def _shared(part: Decimal, whole: Decimal) -> str:
    return f"{said(part)}（{share_said(part, whole)}）"


def _function_bar(department: Compared, fills: dict[str, str]) -> Bar:
    yuan = department.yuan or Decimal(0)
    parts = department.functions
    kept = [(parts[c].name, parts[c].yuan, fills[c]) for c in fills if c in parts]
    rest = sum((p.yuan for c, p in parts.items() if c not in fills and p.yuan > 0), Decimal(0))
    over = (_UNCLASSED, _unclassed(department), colours.fund("brought_forward"))
    segments = _stack([*kept, (_OTHERS, rest, colours.NEUTRAL), over])
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


def _kinds(comparison: Comparison) -> Chart | None:
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
            f"{_label(d)}（项目支出）",
            linked(d.project.yuan, d.project.line, base_of(d)),
            d.project_share,
        )
        for d in shown
        if d.project
    ]
    what = _most("项目支出占比", found).replace("最多", "最高")
    title = f"{comparison.title}{what}：基本支出与项目支出各占多少"
    return Chart(
        "kinds", title, _kinds_sentence(found), bars_spec([_kinds_bar(d) for d in shown], keys),
        tuple(rows),
    )  # fmt: skip


def _kinds_bar(department: Compared) -> Bar:
    """A bar from nothing to all: shares, so that large and small departments compare."""
    if not department.basic or not department.project:
        raise ValueError("a bar of shares needs both kinds of expenditure")
    whole = department.basic.yuan + department.project.yuan
    at = department.basic.yuan / whole
    named = [(department.basic, Decimal(0), at), (department.project, at, Decimal(1))]
    segments = tuple(
        Segment(start, end, p.name, _shared(p.yuan, whole), colours.spending(p.key))
        for p, start, end in named
        if end > start
    )
    return Bar(_label(department), f"项目{department.project_share}", segments)


def _percent(department: Compared) -> Decimal:
    """Return the share of project expenditure as it is said: those that read the same are equal."""
    return Decimal(department.project_permille).quantize(Decimal(1), ROUND_HALF_UP)


def _kinds_sentence(found: Sequence[Compared]) -> Markup:
    most = [d for d in found if d.project_share == found[0].project_share]
    least = [d for d in found if d.project_share == found[-1].project_share]
    of = "项目支出占基本支出与项目支出之和的比重"
    if len(most) == len(found):
        return Markup("{}个部门的{}都是{}。").format(len(found), of, found[0].project_share)
    return Markup("{}，最高的是{}（{}），最低的是{}（{}）。").format(
        of,
        _named(most),
        most[0].project_share,
        _named(least),
        least[0].project_share,
    )


def _three_public(comparison: Comparison) -> Chart | None:
    printed = [d for d in comparison.departments if d.overview.key.three_public]
    found = sorted((d for d in printed if _three(d)), key=lambda d: -_three(d))
    if len(printed) < 2 or not found:
        return None
    shown = found[:MOST_BARS]
    keys = [
        Key(THREE_PUBLIC[k], _sum_of(k, shown), colours.THREE_PUBLIC[k])
        for k in THREE_PUBLIC
        if any(p.key == k and p.yuan > 0 for d in shown for p in d.overview.key.three_public_parts)
    ]
    rows = [
        ChartRow(_label(d), linked(f.yuan, f.line, base_of(d)), d.three_public_share)
        for d in shown
        if (f := d.overview.key.three_public)
    ]
    title = f"{comparison.title}{_most('“三公”经费', found)}"
    sentence = _three_public_sentence(printed, found, len(comparison.departments))
    bars = [_three_public_bar(d) for d in shown]
    return Chart("three-public", title, sentence, bars_spec(bars, keys), tuple(rows))


def _three(department: Compared) -> Decimal:
    fact = department.overview.key.three_public
    return fact.yuan if fact else Decimal(0)


def _sum_of(key: str, shown: Sequence[Compared]) -> str:
    parts = [p for d in shown for p in d.overview.key.three_public_parts if p.key == key]
    return said(sum((p.yuan for p in parts), Decimal(0)))


def _three_public_bar(department: Compared) -> Bar:
    parts = department.overview.key.three_public_parts
    stack = _stack([(p.name, p.yuan, colours.THREE_PUBLIC[p.key]) for p in parts])
    whole = stack or _stack([("“三公”经费", _three(department), colours.NEUTRAL)])
    return Bar(_label(department), said(_three(department)), whole)


def _three_public_sentence(
    printed: Sequence[Compared], found: Sequence[Compared], departments: int
) -> Markup:
    top = [d for d in found if _three(d) == _three(found[0])]
    fact = found[0].overview.key.three_public
    amount = linked(fact.yuan, fact.line, base_of(found[0])) if fact else Markup("")
    said_share = found[0].three_public_share if len(top) == 1 else ""
    share = f"，占它支出总计的{said_share}" if said_share else ""
    sentence = Markup("“三公”经费最多的是{}：{}{}。").format(_named(top), amount, share)
    if zero := len(printed) - len(found):
        sentence += f"{zero}个部门列为零。"
    if missing := departments - len(printed):
        sentence += f"{missing}个部门没有列出，不当作零。"
    return sentence
