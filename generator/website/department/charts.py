"""The charts of a disclosure and of a department: title, sentence, specification, numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from generator.website.department.figures import (
    BASIC_BY_CLASS,
    PROJECT_BY_CLASS,
    KeyFigures,
    Part,
    linked,
    part_of,
)
from generator.website.department.share_words import (
    beside,
    economic_base,
    going_on,
    of_all,
    share_of,
)
from generator.website.department.spending import by_unit
from generator.website.drawing import colours
from generator.website.drawing.chart_specs import Bar, Segment, Spec, bars_spec
from generator.website.drawing.render_svg import spec_hash
from generator.website.published.facts import Ledger
from generator.website.published.package import Package
from generator.website.wording.amounts import said, share_said
from generator.website.wording.language import chinese, in_a_row, in_sentence
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure
from generator.website.wording.words import EXPENDITURE_TYPES

MOST_PROJECTS = 10
MOST_UNITS = 20  # a thousand bars take the drawing library a quarter of a minute


@dataclass(frozen=True)
class ChartRow:
    """One row of the table under a chart: a name, the amount as a link, and the share in words.

    `value` is the amount in yuan, or a count; None of a year of which nothing is held.
    """

    name: str
    amount: Markup
    share: str
    value: Decimal | None = None


@dataclass(frozen=True)
class Chart:
    """A chart: `spec` is None where there is nothing to draw, and `sentence` then says why.

    Every mark of the drawing has its row, which says it in words; `of` names what the shares of the
    rows are of, if they have any. `wide` is another drawing of the same, for places that are wide.
    `counted` tells that its values are no money.
    """

    id: str
    title: str
    sentence: Markup
    spec: Spec | None = None
    rows: tuple[ChartRow, ...] = ()
    of: str = ""
    wide: Spec | None = None
    counted: bool = False

    @cached_property
    def specs(self) -> dict[str, Spec]:
        """Return the specifications by the names of their files, the narrow one first."""
        return {spec_hash(spec): spec for spec in (self.spec, self.wide) if spec}


def disclosure_charts(package: Package, ledger: Ledger, key: KeyFigures) -> list[Chart]:
    """Return the charts of a disclosure, the absent ones included."""
    word = package.kind_word
    id_ = package.id
    found = [
        _economic(id_, ledger, key),
        _three_public(id_, key, word),
        _units(id_, ledger, key),
        _projects(id_, key),
    ]
    return [chart for chart in found if chart]


def stack(parts: Sequence[Part], fills: Sequence[str], row: int) -> tuple[Segment, ...]:
    """Return the stretches of a bar, whose rows follow each other from `row` on."""
    segments, at = [], Decimal(0)
    for number, (part, fill) in enumerate(zip(parts, fills, strict=True), row):
        end = at + max(part.yuan, Decimal(0))  # a negative amount has its number, but no length
        segments.append(Segment(at, end, part.name, part.shown, fill, number, part.brief))
        at = end
    return tuple(segments)


def _economic(id_: str, ledger: Ledger, key: KeyFigures) -> Chart:
    title = _("买了什么：一般公共预算支出按经济分类")
    split = [
        ("basic_expenditure", EXPENDITURE_TYPES["basic_expenditure"], BASIC_BY_CLASS),
        ("project_expenditure", EXPENDITURE_TYPES["project_expenditure"], PROJECT_BY_CLASS),
    ]
    parts = [
        (f.code, f.name, part_of(kind, label, [f]))
        for kind, label, tables in split
        for f in ledger.classes(tables)
        if f.yuan > 0
    ]
    if not parts:
        return _absent(
            "economic", title, _("这份文件没有可以画出的经济分类数字（没有这张表，或全部为零）。")
        )
    return _economic_chart(id_, title, parts, key)


def _economic_chart(
    id_: str, title: str, parts: Sequence[tuple[str, str, Part]], key: KeyFigures
) -> Chart:
    names = {code: name for code, name, _part in reversed(parts)}
    by_code = {code: [p for c, _name, p in parts if c == code] for code in sorted(names)}
    order = sorted(by_code, key=lambda c: (-_sum(by_code[c]), c))
    whole = _sum(part for _code, _name, part in parts)
    bars, rows = _by_kind([(names[c], by_code[c]) for c in order], whole)
    top, base = order[0], economic_base(p.key for _code, _name, p in parts)
    sentence = Markup(_("最多的一类是{name}，共{amount}{share}{of}。")).format(
        name=chinese(names[top]),
        amount=said(_sum(by_code[top])),
        share=going_on(StatedFigure(id_, f"economic.{top}"), base, _sum(by_code[top]), whole),
        of=of_all(StatedFigure(id_, base[0]), base[1], whole, key),
    )
    return Chart("economic", title, sentence, bars_spec(bars, named=True), rows, base[1])


def _by_kind(
    named: Sequence[tuple[str, Sequence[Part]]], whole: Decimal
) -> tuple[list[Bar], tuple[ChartRow, ...]]:
    """Return bars whose parts are kinds of expenditure, and the rows of all parts."""
    bars: list[Bar] = []
    rows: list[ChartRow] = []
    for name, parts in named:
        fills = [colours.spending(part.key) for part in parts]
        bars.append(Bar(name, _shown(parts), stack(parts, fills, len(rows))))
        words = _("{name}（{kind}）")
        rows += [
            ChartRow(words.format(name=name, kind=p.name), p.linked(),
                     share_said(p.yuan, whole), p.yuan)
            for p in parts
        ]  # fmt: skip
    return bars, tuple(rows)


def _shown(parts: Sequence[Part]) -> str:
    return replace(parts[0], yuan=_sum(parts), disputed=any(p.disputed for p in parts)).shown


def _sum(parts: Iterable[Part]) -> Decimal:
    return sum((part.yuan for part in parts), Decimal(0))


def _three_public(id_: str, key: KeyFigures, word: str) -> Chart:
    title = _("“三公”经费{kind}").format(kind=word)
    if not key.three_public:
        return _absent("three-public", title, _("这份文件没有列出“三公”经费。"))
    if not key.three_public.yuan:
        return _absent("three-public", title, _("“三公”经费合计为零，没有可画的图。"))
    shown = [part for part in key.three_public_parts if part.yuan]
    if not shown:
        return _absent("three-public", title, _("“三公”经费没有列出分项。"))
    top = max(shown, key=lambda p: p.yuan)
    whole, base = key.three_public.yuan, ("three_public_expenses", _("“三公”经费"))
    sentence = Markup(_("“三公”经费共{total}，最多的是{name}：{amount}{share}。")).format(
        total=linked(whole, key.three_public.line, subject=StatedFigure(id_, base[0])),
        name=chinese(in_sentence(top.name)),
        amount=linked(top.yuan, top.line, subject=StatedFigure(id_, top.key)),
        share=going_on(StatedFigure(id_, top.key), base, top.yuan, whole),
    )
    return _bars(
        "three-public",
        title,
        sentence,
        key.three_public_parts,
        whole,
        lambda k: colours.THREE_PUBLIC.get(k, colours.NEUTRAL),
        base[1],
    )


def _units(id_: str, ledger: Ledger, key: KeyFigures) -> Chart | None:
    """Return what each unit spends, or None where the disclosure speaks of one unit only."""
    basic = {name: _sum(parts) for name, parts in _by_unit(ledger).items()}
    project: dict[str, Decimal] = {}
    for each in key.projects:
        if each.unit and each.yuan:
            unit = _itself(each.unit)
            project[unit] = project.get(unit, Decimal(0)) + each.yuan
    units = sorted({*basic, *project}, key=lambda u: (-_of_unit(u, basic, project), u))
    if len(units) < 2:
        return None
    top = _of_unit(units[0], basic, project)
    whole = sum((_of_unit(unit, basic, project) for unit in units), Decimal(0))
    sentence = Markup(_("{count}个单位里，最多的是{name}，它的各行相加是{amount}{share}。"))
    base = ("units", _("各单位之和"))
    sentence = sentence.format(
        count=len(units),
        name=chinese(units[0]),
        amount=said(top),
        share=going_on(StatedFigure(id_, f"unit.{units[0]}"), base, top, whole),
    )
    if rest := units[MOST_UNITS:] if len(units) > MOST_UNITS + 1 else []:
        name = _("其余{n}个单位").format(n=len(rest))
        basic, project = _together(rest, name, basic), _together(rest, name, project)
        units = [*units[:MOST_UNITS], name]
        words = Markup(_("{sentence}图里是最多的{few}个单位，其余{n}个相加为一条。"))
        sentence = words.format(sentence=sentence, few=MOST_UNITS, n=len(rest))
    return _units_chart(sentence, units, basic, project, whole)


def _together(
    units: Sequence[str], name: str, by_unit: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """The amounts of the other units, and under ``name`` those of these, summed."""
    rest = set(units)
    others = {unit: yuan for unit, yuan in by_unit.items() if unit not in rest}
    return {**others, name: sum((by_unit.get(u, Decimal(0)) for u in units), Decimal(0))}


def _units_chart(
    sentence: Markup,
    units: Sequence[str],
    basic: Mapping[str, Decimal],
    project: Mapping[str, Decimal],
    whole: Decimal,
) -> Chart:
    kinds = ("basic_expenditure", basic), ("project_expenditure", project)
    named = [
        (unit, [Part(k, EXPENDITURE_TYPES[k], by[unit]) for k, by in kinds if by.get(unit)])
        for unit in units
    ]
    bars, rows = _by_kind(named, whole)
    spec = bars_spec(bars, named=True)
    return Chart("units", _("哪个单位花"), sentence, spec, rows, _("各单位之和"))


def _by_unit(ledger: Ledger) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for each in by_unit(ledger):
        if len(each.code) == 3:
            found.setdefault(_itself(each.unit), []).append(each.amount)
    return found


def _itself(unit: str) -> str:
    """Drop （本级）, by which some tables of a disclosure tell the department from its units."""
    return unit.removesuffix("（本级）").removesuffix("(本级)")


def _of_unit(unit: str, *kinds: Mapping[str, Decimal]) -> Decimal:
    return sum((by.get(unit, Decimal(0)) for by in kinds), Decimal(0))


def _projects(id_: str, key: KeyFigures) -> Chart:
    title = _("金额最大的项目")
    found = [p for p in key.projects if p.yuan]
    if not found:
        return _absent("projects", title, _("这份文件没有列出有金额的项目。"))
    base = ("projects", _("这些项目之和"))
    shown = [Part("", p.name, p.yuan or Decimal(0), p.line) for p in found[:MOST_PROJECTS]]
    whole = sum((p.yuan for p in found if p.yuan), Decimal(0))
    sentence = Markup(_("{count}个项目相加共{total}；前{few}个{share}。")).format(
        count=len(found),
        total=said(whole),
        few=len(shown),
        share=share_of(StatedFigure(id_, "largest_projects"), base, _sum(shown), whole),
    )
    if len(found) == 1:
        sentence = Markup(_("列出的1个项目是{name}：{amount}。")).format(
            name=chinese(shown[0].name), amount=linked(shown[0].yuan, shown[0].line)
        )
    elif len(found) == len(shown):
        sentence = Markup(_("{count}个项目相加共{total}，最大的是{name}：{amount}。")).format(
            count=len(found),
            total=said(whole),
            name=chinese(shown[0].name),
            amount=linked(shown[0].yuan, shown[0].line),
        )
    sentence = in_a_row([sentence, beside(key, whole, len(found))])
    return _bars("projects", title, sentence, shown, whole, lambda _key: colours.PROJECTS, base[1])


def _bars(
    id_: str,
    title: str,
    sentence: Markup,
    parts: Sequence[Part],
    whole: Decimal | None,
    colour: Callable[[str], str],
    of: str,
) -> Chart:
    bars = [Bar(p.name, p.shown, stack([p], [colour(p.key)], row)) for row, p in enumerate(parts)]
    return Chart(id_, title, sentence, bars_spec(bars), _rows(parts, whole), of)


def _rows(parts: Sequence[Part], whole: Decimal | None) -> tuple[ChartRow, ...]:
    return tuple(
        ChartRow(p.name, p.linked(), share_said(p.yuan, whole) if whole else "", p.yuan)
        for p in parts
    )


def _absent(id_: str, title: str, why: str) -> Chart:
    return Chart(id_, title, Markup("{}").format(why))
