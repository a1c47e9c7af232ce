"""The charts of a disclosure and of a department: title, sentence, specification, numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website import colours
from generator.website.amounts import said, share_said
from generator.website.chart_specs import Bar, Key, Segment, Spec, bars_spec
from generator.website.facts import Ledger
from generator.website.figures import (
    BASIC_BY_CLASS,
    PROJECT_BY_CLASS,
    KeyFigures,
    Part,
    linked,
)
from generator.website.package import Package
from generator.website.render_svg import spec_hash

MOST_PROJECTS = 10


@dataclass(frozen=True)
class ChartRow:
    """One row of the table under a chart: a name, the amount as a link, and the share in words."""

    name: str
    amount: Markup
    share: str


@dataclass(frozen=True)
class Chart:
    """A chart: `spec` is None where there is nothing to draw, and `sentence` then says why."""

    id: str
    title: str
    sentence: Markup
    spec: Spec | None = None
    rows: tuple[ChartRow, ...] = ()
    shared: bool = True

    @property
    def hash(self) -> str:
        """Return the name of the specification's file."""
        return spec_hash(self.spec) if self.spec else ""


def disclosure_charts(package: Package, ledger: Ledger, key: KeyFigures) -> list[Chart]:
    """Return the six charts of a disclosure, the absent ones included."""
    word = package.kind_word
    income = key.income.yuan if key.income else None
    expenditure = key.expenditure.yuan if key.expenditure else None
    return [
        _sources(key.sources, income, word),
        _functions(key.functions, expenditure, word),
        _spending(key.spending, word),
        _economic(ledger, word),
        _three_public(key, word),
        _projects(key),
    ]


def _sources(parts: Sequence[Part], whole: Decimal | None, word: str) -> Chart:
    shown = [part for part in parts if part.yuan]
    title = f"钱从哪里来：{word}收入按来源"
    if not shown:
        return _absent(
            "sources", title, "这份文件没有可以画出的收入来源数字（没有这张表，或全部为零）。"
        )
    top = max(shown, key=lambda p: p.yuan)
    sentence = Markup("收入有{}个来源，最多的是{}：{}{}。").format(
        len(shown), top.name, linked(top.yuan, top.line), _of(top.yuan, whole)
    )
    if len(shown) == 1:
        sentence = Markup("收入全部来自{}：{}。").format(top.name, linked(top.yuan, top.line))
    return _bars("sources", title, sentence, shown, whole, colours.fund)


def _functions(parts: Sequence[Part], whole: Decimal | None, word: str) -> Chart:
    shown = [part for part in parts if part.yuan]
    title = f"钱花在哪里：{word}支出按功能"
    if not shown:
        return _absent(
            "functions", title, "这份文件没有可以画出的功能分类支出数字（没有这张表，或全部为零）。"
        )
    top = shown[0]
    sentence = Markup("支出分在{}个大类里，最多的是{}：{}{}。").format(
        len(shown), top.name, linked(top.yuan, top.line), _of(top.yuan, whole)
    )
    if len(shown) == 1:
        sentence = Markup("支出全部用于{}：{}。").format(top.name, linked(top.yuan, top.line))
    return _bars("functions", title, sentence, shown, whole, colours.functional)


def _spending(parts: Sequence[Part], word: str) -> Chart:
    shown = [part for part in parts if part.yuan > 0]
    title = f"怎么花：{word}基本支出与项目支出"
    if not shown:
        return _absent(
            "spending",
            title,
            "这份文件没有可以画出的基本支出与项目支出数字（没有这张表，或全部为零）。",
        )
    whole = sum((part.yuan for part in shown), Decimal(0))
    keys = [Key(p.name, _with_share(p.yuan, whole), colours.spending(p.key)) for p in shown]
    bar = Bar("支出合计", said(whole), _stack(shown, [k.colour for k in keys]))
    return Chart(
        "spending", title, _spending_sentence(shown), bars_spec([bar], keys), _rows(shown, whole)
    )


def _spending_sentence(shown: Sequence[Part]) -> Markup:
    amounts = {part.key: part for part in shown}
    basic, project = amounts.get("basic_expenditure"), amounts.get("project_expenditure")
    if not basic or not project:
        return Markup("支出全部是{}：{}。").format(
            "、".join(p.name for p in shown),
            Markup("、").join(linked(p.yuan, p.line) for p in shown),
        )
    if basic.yuan == project.yuan:
        return Markup("基本支出与项目支出一样多，都是{}。").format(linked(basic.yuan, basic.line))
    more, less = (basic, project) if basic.yuan > project.yuan else (project, basic)
    return Markup("{}{}，多于{}（{}），占两者的{}。").format(
        more.name,
        linked(more.yuan, more.line),
        less.name,
        linked(less.yuan, less.line),
        share_said(more.yuan, more.yuan + less.yuan),
    )


def _stack(parts: Sequence[Part], fills: Sequence[str]) -> tuple[Segment, ...]:
    segments, at = [], Decimal(0)
    for part, fill in zip(parts, fills, strict=True):
        end = at + max(part.yuan, Decimal(0))  # a negative amount has its number, but no length
        segments.append(Segment(at, end, part.name, said(part.yuan), fill))
        at = end
    return tuple(segments)


def _economic(ledger: Ledger, word: str) -> Chart:
    title = f"买了什么：一般公共{word}支出按经济分类"
    split = [
        ("basic_expenditure", "基本支出", BASIC_BY_CLASS),
        ("project_expenditure", "项目支出", PROJECT_BY_CLASS),
    ]
    parts = [
        (f.code, f.name, Part(kind, label, f.yuan, f.line))
        for kind, label, tables in split
        for f in ledger.classes(tables)
        if f.yuan > 0
    ]
    if not parts:
        return _absent(
            "economic", title, "这份文件没有可以画出的经济分类数字（没有这张表，或全部为零）。"
        )
    return _economic_chart(title, parts)


def _economic_chart(title: str, parts: Sequence[tuple[str, str, Part]]) -> Chart:
    names = {code: name for code, name, _ in reversed(parts)}
    by_code = {code: [p for c, _, p in parts if c == code] for code in sorted(names)}
    order = sorted(by_code, key=lambda c: (-_sum(by_code[c]), c))
    bars = [
        Bar(
            names[c],
            said(_sum(by_code[c])),
            _stack(by_code[c], [colours.spending(p.key) for p in by_code[c]]),
        )
        for c in order
    ]
    whole = _sum(part for _, _, part in parts)
    kinds = {p.key: p.name for _, _, p in parts}
    keys = [
        Key(kinds[k], said(_sum(p for _, _, p in parts if p.key == k)), colours.spending(k))
        for k in sorted(kinds)
    ]
    rows = tuple(
        ChartRow(f"{names[c]}（{p.name}）", linked(p.yuan, p.line), share_said(p.yuan, whole))
        for c in order
        for p in by_code[c]
    )
    top = order[0]
    sentence = Markup("最多的一类是{}，共{}{}。").format(
        names[top], said(_sum(by_code[top])), _of(_sum(by_code[top]), whole)
    )
    return Chart("economic", title, sentence, bars_spec(bars, keys), rows)


def _sum(parts: Iterable[Part]) -> Decimal:
    return sum((part.yuan for part in parts), Decimal(0))


def _three_public(key: KeyFigures, word: str) -> Chart:
    title = f"“三公”经费{word}"
    if not key.three_public:
        return _absent("three-public", title, "这份文件没有列出“三公”经费。")
    if not key.three_public.yuan:
        return _absent("three-public", title, "“三公”经费合计为零，没有可画的图。")
    shown = [part for part in key.three_public_parts if part.yuan]
    if not shown:
        return _absent("three-public", title, "“三公”经费没有列出分项。")
    top = max(shown, key=lambda p: p.yuan)
    whole = key.three_public.yuan
    sentence = Markup("“三公”经费共{}，最多的是{}：{}{}。").format(
        linked(whole, key.three_public.line),
        top.name,
        linked(top.yuan, top.line),
        _of(top.yuan, whole),
    )
    return _bars(
        "three-public",
        title,
        sentence,
        key.three_public_parts,
        whole,
        lambda k: colours.THREE_PUBLIC.get(k, colours.NEUTRAL),
    )


def _projects(key: KeyFigures) -> Chart:
    title = "金额最大的项目"
    found = [p for p in key.projects if p.yuan]
    if not found:
        return _absent("projects", title, "这份文件没有列出有金额的项目。")
    shown = [Part("", p.name, p.yuan or Decimal(0), p.line) for p in found[:MOST_PROJECTS]]
    whole = sum((p.yuan for p in found if p.yuan), Decimal(0))
    sentence = Markup("{}个项目相加共{}；前{}个占{}。").format(
        len(found), said(whole), len(shown), share_said(_sum(shown), whole) or "—"
    )
    if len(found) == len(shown):
        sentence = Markup("{}个项目相加共{}，最大的是{}：{}。").format(
            len(found), said(whole), shown[0].name, linked(shown[0].yuan, shown[0].line)
        )
    return _bars("projects", title, sentence, shown, whole, lambda _: colours.PROJECTS)


def _bars(
    id_: str,
    title: str,
    sentence: Markup,
    parts: Sequence[Part],
    whole: Decimal | None,
    colour: Callable[[str], str],
) -> Chart:
    bars = [Bar(p.name, said(p.yuan), _stack([p], [colour(p.key)])) for p in parts]
    return Chart(id_, title, sentence, bars_spec(bars), _rows(parts, whole))


def _rows(parts: Sequence[Part], whole: Decimal | None) -> tuple[ChartRow, ...]:
    return tuple(
        ChartRow(p.name, linked(p.yuan, p.line), share_said(p.yuan, whole) if whole else "")
        for p in parts
    )


def _of(part: Decimal, whole: Decimal | None) -> str:
    share = share_said(part, whole) if whole else ""
    return f"，占{share}" if share else ""


def _with_share(part: Decimal, whole: Decimal) -> str:
    share = share_said(part, whole)
    return f"{said(part)}（{share}）" if share else said(part)


def _absent(id_: str, title: str, why: str) -> Chart:
    return Chart(id_, title, Markup("{}").format(why))
