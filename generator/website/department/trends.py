"""What a department's disclosures print over the years: series with their gaps, as charts.

A year without a disclosure is a gap and stays one; what a disclosure does not print is absent, and
a printed zero is a zero. Nothing is filled in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from generator.website.department.changes import Change, of_subject, read_changes
from generator.website.department.charts import Chart, ChartRow
from generator.website.department.disclosure import Overview
from generator.website.department.figures import Part
from generator.website.department.happenings import happenings
from generator.website.department.measures import Amount, Measure, counted, measures
from generator.website.department.more_or_less import other_kind, renamed
from generator.website.drawing import colours
from generator.website.drawing.chart_specs import Segment
from generator.website.drawing.year_specs import YearRow, years_spec
from generator.website.published.facts import Ledger, read_ledger
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.wording.language import Words, in_a_row, marked, plural
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure, change_stated

#: Phases of a plan that final accounts print beside the outturn, the one to be preferred first.
PLANS = Words({"approved": marked("年初预算"), "adjusted": marked("调整预算")})
_TWO = 2


@dataclass(frozen=True)
class Slot:
    """A place in a series: what is printed there; without `overview` nothing is held.

    `plan` names the phase where the amount is a plan that the year's final accounts print.
    """

    year: int
    kind: str
    overview: Overview | None
    amount: Amount | None
    plan: str = ""

    @property
    def id(self) -> str:
        """Return the identifier of the disclosure, and of the plan in it."""
        of = self.overview.package.id if self.overview else ""
        return f"{of}:{self.plan}" if self.plan else of

    @property
    def label(self) -> str:
        """Say the year and what was planned or carried out in it."""
        if self.plan:
            return _("{year}年{phase}（决算所列）").format(year=self.year, phase=PLANS[self.plan])
        return named(self.year, self.kind) if self.kind else _("{year}年").format(year=self.year)


@dataclass(frozen=True)
class Trends:
    """The charts of a department's years, and once what to bear in mind with all of them."""

    charts: Sequence[Chart]
    caveats: Markup


def named(year: int, kind: str) -> str:
    """Name a disclosure by its year and kind."""
    return _("{year}年{kind}").format(year=year, kind=KIND_WORDS[kind])


def trends(overviews: Sequence[Overview]) -> Trends:
    """Return the charts of a department's years; those without two printed amounts only say so."""
    if len(overviews) < _TWO:
        return Trends((), Markup(""))
    plans, stated = _plans(overviews), read_changes(overviews[-1].package, {})
    found = [(measure, series(measure, overviews, plans)) for measure in measures()]
    shared = _shared_caveats(found)
    return Trends(
        [_chart(measure, slots, shared, stated) for measure, slots in found], in_a_row(shared)
    )


def _shared_caveats(found: Sequence[tuple[Measure, Sequence[Slot]]]) -> list[str]:
    """Return what holds of every chart that compares, where there are several: it is said once."""
    each = [_caveats(*_ends(drawn)) for measure, slots in found
            if len(drawn := [s for s in slots if s.amount]) >= _TWO
            and _told(measure, *_ends(drawn))]  # fmt: skip
    if len(each) < _TWO:
        return []
    return [caveat for caveat in each[0] if all(caveat in other for other in each)]


def missing_years(overviews: Sequence[Overview]) -> list[int]:
    """Return the years between the first and the last of which nothing is held."""
    held = {o.package.year for o in overviews}
    return [year for year in range(min(held), max(held)) if year not in held]


def series(
    measure: Measure, overviews: Sequence[Overview], plans: Mapping[int, Mapping[str, Ledger]]
) -> list[Slot]:
    """Return the slots of a measure for every year from the first to the last, gaps included."""
    held = {(o.package.year, o.package.kind): o for o in overviews}
    years = {year for year, _kind in held}
    found: list[Slot] = []
    for year in range(min(years), max(years) + 1):
        if year not in years:
            found.append(Slot(year, "", None, None))
            continue
        for kind in KIND_SLUGS:
            overview = held.get((year, kind))
            slot = Slot(year, kind, overview, measure.read(overview) if overview else None)
            found.append(slot if overview else _planned(slot, measure, held, plans))
    return found


def _planned(
    slot: Slot,
    measure: Measure,
    held: Mapping[tuple[int, str], Overview],
    plans: Mapping[int, Mapping[str, Ledger]],
) -> Slot:
    """Fill the slot of a budget that is not held with the plan that the final accounts print."""
    for phase, ledger in plans.get(slot.year, {}).items() if slot.kind == "budget" else ():
        if amount := measure.plan(ledger):
            owner = held[slot.year, "final_accounts"]
            return Slot(slot.year, slot.kind, owner, amount, phase)
    return slot


def _plans(overviews: Sequence[Overview]) -> dict[int, Mapping[str, Ledger]]:
    """Return, by year, the amounts of the plans that final accounts print, where alone they can."""
    budgets = {o.package.year for o in overviews if o.package.kind == "budget"}
    found: dict[int, Mapping[str, Ledger]] = {}
    for overview in overviews:
        package = overview.package
        if package.kind == "final_accounts" and package.year not in budgets:
            facts = read_ledger(package).facts
            found[package.year] = {
                phase: Ledger(tuple(f for f in facts if f.phase == phase)) for phase in PLANS
            }
    return found


def _chart(
    measure: Measure, slots: Sequence[Slot], shared: Sequence[str], stated: Sequence[Change]
) -> Chart:
    id_, title = f"years-{measure.id}", measure.title
    drawn = [slot for slot in slots if slot.amount]
    if len(drawn) < _TWO:
        return Chart(id_, title, Markup("{}").format(_too_few(measure, drawn)))
    rows: list[ChartRow] = []
    drawing: list[YearRow] = []
    notes = happenings(measure, slots)
    for slot, said_here in zip(slots, notes, strict=True):
        drawing.append(_row(measure, slot, len(rows), said_here))
        rows += _table_rows(measure, slot)
    spec = years_spec(_together(drawing), named=measure.colours is not None)
    said_all = _sentence(measure, drawn, shared, stated)
    return Chart(id_, title, said_all, spec, tuple(rows), counted=measure.counted)


def _together(rows: Sequence[YearRow]) -> list[YearRow]:
    """Make one row of years one after the other of which nothing is held."""
    found: list[YearRow] = []
    for empty, run in groupby(rows, lambda row: not row.kind):
        years = list(run)
        if empty and len(years) > 1:
            words = _("{first}年—{last}年").format(first=years[0].year, last=years[-1].year)
            years = [replace(years[-1], label=words)]
        found += years
    return found


def _too_few(measure: Measure, drawn: Sequence[Slot]) -> str:
    if not drawn:
        return _("收录的文件都没有列出。")
    return _("只有{what}列出（{value}），看变化至少要两个数。").format(
        what=drawn[0].label, value=drawn[0].amount.value if drawn[0].amount else ""
    )


def _row(measure: Measure, slot: Slot, first: int, notes: Sequence[str]) -> YearRow:
    """Draw a slot, whose rows in the table begin with `first`."""
    held = slot.overview is not None
    if not slot.amount:
        return YearRow(slot.year, slot.kind, slot.label, _blank(slot), held=held)
    segments, at = [], Decimal(0)
    for part in slot.amount.stack:
        end = at + max(part.yuan, Decimal(0))  # a negative amount has its number, but no length
        value = slot.amount.value if measure.counted else part.shown
        row = first + slot.amount.listed.index(part)
        name = part.name if part.key else _("不分项的合计")
        segments.append(
            Segment(at, end, name, value, _colour(measure, slot, part), row, part.brief)
        )
        at = end
    kept = [s for s in segments if s.end > s.start] or segments[:1]
    value = slot.amount.value
    return YearRow(slot.year, slot.kind, slot.label, value, tuple(kept), notes=tuple(notes))


def _blank(slot: Slot) -> str:
    return _("没有列出") if slot.overview else _("没有收录")


def _colour(measure: Measure, slot: Slot, part: Part) -> str:
    own = (measure.colours or {}).get(part.key)
    return own or (colours.NEUTRAL if measure.colours else colours.PHASES[slot.kind])


def _table_rows(measure: Measure, slot: Slot) -> list[ChartRow]:
    if not slot.amount:
        return [ChartRow(slot.label, Markup("{}").format(_blank(slot)), "")]
    several = len(slot.amount.listed) > 1
    return [
        ChartRow(_("{when}：{what}").format(when=slot.label, what=part.name) if several
                 else slot.label, _link(measure, slot, part), "", part.yuan)
        for part in slot.amount.listed
    ]  # fmt: skip


def _link(measure: Measure, slot: Slot, part: Part) -> Markup:
    base = f"{slot.overview.package.slug}/" if slot.overview else ""
    if measure.counted:
        text = counted(int(part.yuan))
        return Markup('<a class="figure" href="{}projects/">{}</a>').format(base, text)
    return part.linked(base, StatedFigure(slot.id, measure.term(part)))


def _sentence(
    measure: Measure, drawn: Sequence[Slot], shared: Sequence[str], stated: Sequence[Change]
) -> Markup:
    """Say how each strand changed between two disclosures, and what to bear in mind here only.

    What the department says of the last year itself comes first, as on the page of that year.
    """
    first, last = _ends(drawn)
    told: list[str] = [*_told(measure, first, last)]
    told = [*_by_itself(measure, last, stated), *told] if told else told
    own = [caveat for caveat in _caveats(first, last) if caveat not in shared]
    bear = own if told else [_("两份文件列出的不是同样的项，不作比较。")]
    plans = [_plan_caveat(slot) for slot in drawn if slot.plan]
    about = [measure.about] if measure.about else []
    return in_a_row([*told, *about, *bear, *plans])


def _by_itself(measure: Measure, last: Slot, stated: Sequence[Change]) -> list[Markup]:
    """Say what a department states of the strands of a measure in its latest disclosure."""
    terms = [measure.term(part) for part in _strands(last)]
    found = [each for term in terms if (each := of_subject(stated, term))]
    return [
        Markup(_("部门在{which}里写的：{change}。")).format(which=last.label, change=each.sentence)
        for each in found
        if each.disclosure == last.id
    ]


def _ends(drawn: Sequence[Slot]) -> tuple[Slot, Slot]:
    """Return the last and the first of its own kind; only where there is none, of another kind."""
    printed = [slot for slot in drawn if not slot.plan]
    own = printed if len(printed) >= _TWO else drawn
    same = [slot for slot in own if slot.kind == own[-1].kind]
    return (same if len(same) >= _TWO else own)[0], own[-1]


def _told(measure: Measure, first: Slot, last: Slot) -> list[Markup]:
    before = {part.key: part for part in _strands(first)}
    found = []
    for part in _strands(last):
        if was := before.get(part.key):
            found.append(
                Markup(_("{what}从{first}的{was}到{last}的{now}，{change}。")).format(
                    what=part.name,
                    first=first.label,
                    was=_link(measure, first, was),
                    last=last.label,
                    now=_link(measure, last, part),
                    change=_changed(measure, (first, was), (last, part)),
                )
            )
    return found


def _strands(slot: Slot) -> tuple[Part, ...]:
    return slot.amount.told if slot.amount else ()


def _changed(measure: Measure, first: tuple[Slot, Part], last: tuple[Slot, Part]) -> Markup:
    (older, was), (newer, now) = first, last
    if not measure.counted:
        subject = StatedFigure(newer.id, measure.term(now))
        return change_stated(subject, f"held:{older.id}", was.yuan, now.yuan)
    more = int(now.yuan - was.yuan)
    if more == 0:
        return Markup(_("持平"))
    words = plural("增加{n}个", abs(more)) if more > 0 else plural("减少{n}个", abs(more))
    return Markup("{}").format(words.format(n=f"{abs(more):,}"))


def _caveats(first: Slot, last: Slot) -> list[str]:
    apart = [other_kind()] if first.kind != last.kind else []
    return [*apart, renamed()] if _name(first) != _name(last) else apart


def _name(slot: Slot) -> str:
    return slot.overview.package.department.names.chinese if slot.overview else ""


def _plan_caveat(slot: Slot) -> str:
    return _("{year}年的预算没有收录，图中是当年决算里列出的{phase}。").format(
        year=slot.year, phase=PLANS[slot.plan]
    )
