"""The figures and contradictions of a disclosure that one may want to send on, one card each.

A card says by itself what its figure is: the sentence, the cell that prints it, the checks that it
takes part in, and the year before. So many at most are made of one disclosure: three figures, two
answers, and the first contradictions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from generator.website.department.answers import (
    Answer,
    doubted,
    stated_figure,
    three_public_said,
)
from generator.website.department.cases import PublishedCase
from generator.website.department.changes import of_subject
from generator.website.department.disclosure import DisclosureView
from generator.website.department.figures import KeyFigures
from generator.website.department.more_or_less import TOTAL, figure_before, stated_change
from generator.website.department.places import FigurePlace, FigurePlaces
from generator.website.drawing.page_images import Mark, PageImage, Views
from generator.website.published.checks import PublishedRule
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.amounts import as_printed
from generator.website.wording.language import CHINESE, chinese, plural, spoken
from generator.website.wording.language import gettext as _
from generator.website.wording.words import OUTCOMES, UNITS

MOST_CASES = 3
#: How much of a page is seen around a cell, in points, at least how wide that is, so that it can be
#: read on a phone, and how much of a high cell.
_AROUND, _WIDE, _HIGHEST = 42.0, 330.0, 260.0


@dataclass(frozen=True)
class CellView:
    """A cell on a drawn page: the page, the mark of the cell, and whether it is a facsimile's."""

    page: PageImage
    mark: Mark
    facsimile: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the cell's left, top, width and height, in points."""
        x, y, width, height = (self.mark.x, self.mark.y, self.mark.width, self.mark.height)
        return float(x), float(y), float(width), float(height)

    @property
    def seen(self) -> tuple[float, float, float, float]:
        """Return the stretch of the page that is seen: left, top, right and bottom, in points."""
        x, top, width, height = self.box
        across = min(max(_WIDE, width + 2 * _AROUND), self.page.width)
        left = min(max(x + width / 2 - across / 2, 0.0), self.page.width - across)
        bottom = min(top + min(height, _HIGHEST) + _AROUND, self.page.height)
        return left, max(top - _AROUND, 0.0), left + across, bottom

    @property
    def view_box(self) -> str:
        """Return that stretch as an SVG says it."""
        left, top, right, bottom = self.seen
        return f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"


@dataclass(frozen=True)
class ShareCard:
    """One card; `back` is the way from the disclosure's page to where it is told.

    `checked` are the rules that its figure was checked by, by how that came out; `quote` is the
    line of the source that prints it; `case` tells that it is a contradiction.
    """

    id: str
    question: str
    short: Markup
    sentence: Markup
    back: str
    place: FigurePlace | None = None
    cell: CellView | None = None
    quote: str = ""
    checked: Sequence[tuple[str, Sequence[tuple[PublishedRule, int]]]] = ()
    before: Sequence[Markup] = ()
    row: Row = field(default_factory=dict)
    case: bool = False

    @property
    def checks(self) -> int:
        """Return how many checks its figure takes part in."""
        return sum(count for _outcome, rules in self.checked for _rule, count in rules)

    @property
    def checks_heading(self) -> str:
        """Say how many checks these are."""
        count = self.checks
        words = plural("{n}项核对不符", count) if self.case else plural("参加了{n}项核对", count)
        return words.format(n=count)

    @property
    def checks_said(self) -> list[str]:
        """Say the rules by outcome, one line each."""
        return [
            _("{outcome}{count}项：{rules}").format(
                outcome=OUTCOMES[outcome],
                count=sum(count for _rule, count in rules),
                rules=_("、").join(rule.title for rule, _count in rules),
            )
            for outcome, rules in self.checked
        ]


class _Cards:
    """The cards of one disclosure while they are made."""

    def __init__(self, view: DisclosureView, places: FigurePlaces, views: Views | None) -> None:
        self.view, self.places, self.views = view, places, views
        self.package: Package = view.overview.package
        self.key: KeyFigures = view.overview.key
        self.answers: Mapping[str, Answer] = {answer.id: answer for answer in view.answers}

    def made(self) -> Iterator[ShareCard]:
        """Yield those that there are, in the order of the page."""
        yield from self._totals()
        yield from self._three_public()
        yield from self._answered()
        for case in self.view.cases[:MOST_CASES]:
            yield self._case(case)

    def _totals(self) -> Iterator[ShareCard]:
        account = self.view.account
        for id_, fact, message, term in (
            ("total", self.key.expenditure, _("{when}支出总计"), TOTAL),
            ("income", self.key.income, _("{when}收入总计"), "total_income"),
        ):
            if fact:
                question = message.format(when=account.when)
                amount = stated_figure(account, fact, term)
                sentence = Markup(_("{question}{amount}。")).format(
                    question=question, amount=amount + doubted(fact.id, self.view.doubts)
                )
                if id_ == "total":
                    sentence = self.answers["much"].sentence
                told = self._before(term)
                yield self._card(id_, question, amount, sentence, "#answers", fact.id, told)

    def _three_public(self) -> Iterator[ShareCard]:
        fact, account, term = self.key.three_public, self.view.account, "three_public_expenses"
        if not fact:
            return
        stated = of_subject(self.view.changes, term)
        told = [Markup(_("部门写的：{change}。")).format(change=stated.sentence)] if stated else []
        yield self._card(
            "three-public",
            _("{when}“三公”经费").format(when=account.when),
            stated_figure(account, fact, term),
            three_public_said(account, self.view.doubts),
            "#three-public",
            fact.id,
            [*self._before(term), *told],
        )

    def _answered(self) -> Iterator[ShareCard]:
        for id_, figure in (("what", self._largest()), ("change", self._stated())):
            answer = self.answers[id_]
            if figure:
                yield self._card(
                    id_, answer.question, answer.short, answer.sentence, "#answers", figure
                )
        answer = self.answers["adds-up"]
        tally = self.view.overview.checks.all
        if tally.total and not tally.cases:
            said = plural("核对了{n}项，没有一项对不上。", tally.total)
            sentence = Markup("{}").format(said.format(n=f"{tally.total:,}"))
            yield ShareCard(answer.id, answer.question, answer.short, sentence, "checks/")

    def _case(self, case: PublishedCase) -> ShareCard:
        first = case.findings[0]
        if spoken() == CHINESE:
            sentence = Markup("{}").format(case.sentence or first.sentence)
        else:
            said = Markup(" ").join(case.says)
            sentence = said or chinese(case.sentence or first.sentence)
        place = first.places[0]
        rules = list(_counted(each.rule for each in case.findings))
        return ShareCard(
            f"case-{case.number}",
            _("对不上的第{number}处").format(number=case.number),
            _apart(case.row) or Markup("{}").format(first.rule.title),
            sentence,
            f"checks/#{case.anchor}",
            place,
            self._cell(place),
            self._quote(place),
            [("differs", rules)],
            case=True,
        )

    def _card(
        self,
        id_: str,
        question: str,
        short: Markup,
        sentence: Markup,
        back: str,
        figure: str,
        before: Sequence[Markup] = (),
    ) -> ShareCard:
        place = self.places.find(figure)
        return ShareCard(
            *(id_, question, short, sentence, back, place, self._cell(place), self._quote(place)),
            checked=self._checked(figure),
            before=before,
            row=self._rows.get(figure, {}),
        )

    # Where things are.

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {row["fact_id"]: row for row in self.package.rows("facts")}

    @cached_property
    def _lines(self) -> Mapping[str, str]:
        return {row["line"]: row["text"] for row in self.package.rows("source")}

    @cached_property
    def _marks(self) -> Mapping[str, CellView]:
        if not self.views:
            return {}
        copy = self.views.source.facsimile
        pages = self.views.pages
        return {mark.id: CellView(page, mark, copy) for page in pages for mark in page.marks}

    def _cell(self, place: FigurePlace | None) -> CellView | None:
        own = place is not None and place.package.id == self.package.id
        return self._marks.get(place.anchor) if place and own else None

    def _quote(self, place: FigurePlace | None) -> str:
        own = place is not None and place.package.id == self.package.id
        return self._lines.get(place.line, "").strip() if place and own else ""

    def _largest(self) -> str:
        """Return the figure of the functional class that has most."""
        top = max(self.key.functions, key=lambda part: part.yuan, default=None)
        return top.id if top and top.yuan > 0 else ""

    def _stated(self) -> str:
        """Return the statement that says how the total changed."""
        change = stated_change(self.view.changes)
        rows = self.package.rows("narrative") if change else ()
        found = (
            row["narrative_id"] for row in rows
            if change and (row["subject"], row["line"]) == (change.subject, change.line)
            and row["measure"] in ("change", "growth")
        )  # fmt: skip
        return next(found, "")

    @cached_property
    def _findings(self) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.package.rows("findings"):
            for figure in row["inputs"].split():
                found.setdefault(figure, []).append(row)
        return found

    def _checked(self, figure: str) -> Sequence[tuple[str, Sequence[tuple[PublishedRule, int]]]]:
        rules, rows = self.view.overview.checks.rules, self._findings.get(figure, ())
        arithmetic = [row for row in rows if row["rule"] in rules and not rules[row["rule"]].form]
        found: list[tuple[str, Sequence[tuple[PublishedRule, int]]]] = []
        for outcome in OUTCOMES:
            own = _counted(rules[r["rule"]] for r in arithmetic if r["outcome"] == outcome)
            if each := list(own):
                found.append((outcome, each))
        return found

    def _before(self, term: str) -> list[Markup]:
        """Say the same of the disclosure before it that is held."""
        said = figure_before(self.view.account, self.view.earlier, term)
        return [said] if said else []


def share_cards(view: DisclosureView, places: FigurePlaces, views: Views | None) -> list[ShareCard]:
    """Return the cards of a disclosure."""
    return list(_Cards(view, places, views).made())


def _apart(row: Row) -> Markup:
    """Say the two values of a contradiction, where it has two."""
    if not row or not row["value"]:
        return Markup()
    unit = chinese(UNITS.get(row["printed_unit"], row["printed_unit"]))
    values = as_printed(row["value"]), as_printed(row["other"])
    return Markup("{} ≠ {} {}").format(*values, unit)


def _counted(rules: Iterable[PublishedRule]) -> Iterator[tuple[PublishedRule, int]]:
    """Yield each rule once, with how often it is there."""
    found: dict[str, tuple[PublishedRule, int]] = {}
    for rule in rules:
        found[rule.id] = rule, found.get(rule.id, (rule, 0))[1] + 1
    yield from found.values()
