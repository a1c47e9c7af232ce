"""Who spends under a code: year by year, largest first, with a sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from markupsafe import Markup

from generator.website.department.figures import Part, linked
from generator.website.department.spending import ECONOMIC, FUNCTIONAL, Spent, units_of
from generator.website.department.summary import DisclosureHead, DisclosureSummary
from generator.website.drawing import colours
from generator.website.everyone import spent as spending
from generator.website.everyone.codes import Code
from generator.website.everyone.paging import MOST_ROWS, ListPage, pages_of
from generator.website.everyone.summaries import Summaries
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.wording.amounts import said, share_said
from generator.website.wording.language import chinese
from generator.website.wording.language import gettext as _

#: A bar's width stands for the largest amount of its table; a small amount still shows.
_WIDTH = 1000
#: So many rows the page of a code has for all its years; of a year at least so many. What else
#: stands about a year weighs as much as some rows.
MOST_SPENDERS = 120
_LEAST, _ABOUT_A_YEAR = 3, 2
#: Rows of the units of departments on the page of a code, for all its years, and of one at most.
MOST_UNITS, _MOST_UNITS_OF_YEAR = 100, 60


@dataclass(frozen=True)
class Spender:
    """One department's amounts under a code, and the share of its own spending that this is."""

    head: DisclosureHead
    spent: Spent
    share: str
    bars: tuple[tuple[int, int, str], ...]
    units: tuple[Part, ...]


@dataclass(frozen=True)
class Spenders:
    """Who spends under a code in one year and kind; `departments` are the first of `count`."""

    code: Code
    year: int
    kind: str
    count: int
    zero: int
    departments: tuple[Spender, ...] = ()
    sentence: str = ""

    @property
    def slug(self) -> str:
        """Return the address of the comparison of this year and kind."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def title(self) -> str:
        """Return the year and kind as they are said."""
        return _("{year}年{kind}").format(year=self.year, kind=KIND_WORDS[self.kind])

    @property
    def address(self) -> str:
        """Return the address of the pages that have all of them."""
        return f"{self.code.address}{self.slug}/"

    @property
    def more(self) -> bool:
        """Tell whether the page of the code has not all of them."""
        return self.count > len(self.departments)

    @property
    def units(self) -> list[Spender]:
        """Return the departments that tell their units apart."""
        return [d for d in self.departments if d.units]


def spenders_of(code: Code, summaries: Summaries) -> list[Spenders]:
    """Return who spends under a code, the latest year first: all, or the largest of each year."""
    years = spending.code_years(summaries, code.classification, code.code)
    order = sorted(years, key=lambda y: (-y[0], list(KIND_SLUGS).index(y[1])))
    few = sum(count for _year, _kind, count, _zero in years) <= MOST_SPENDERS
    most = MOST_SPENDERS if few else max(_LEAST, MOST_SPENDERS // len(years) - _ABOUT_A_YEAR)
    groups = [Spenders(code, *year) for year in order]
    units = min(_MOST_UNITS_OF_YEAR, MOST_UNITS // max(1, len(years)))
    return [_with_first(group, summaries, most, units) for group in groups]


def pages_of_spenders(group: Spenders, summaries: Summaries) -> Iterator[ListPage[Spender]]:
    """Cut all who spend under a code in one year and kind into pages."""
    found = _ordered(group, summaries)
    return pages_of(found, group.count, group.address, most=MOST_ROWS)


def _with_first(group: Spenders, summaries: Summaries, most: int, units: int) -> Spenders:
    first = tuple(islice(_ordered(group, summaries), most))
    code = group.code
    whole, tied = spending.spent_in_all(
        summaries, code.classification, code.code, group.year, group.kind
    )
    sentence = _sentence(first[0], group, whole, tied) if first else ""
    return Spenders(group.code, group.year, group.kind, group.count, group.zero,
                    tuple(_few_units(first, units)), sentence)  # fmt: skip


def _few_units(found: tuple[Spender, ...], left: int) -> Iterator[Spender]:
    """Leave the units out behind so many: the disclosures' own pages have them."""
    for each in found:
        left -= len(each.units)
        if left >= 0 or not each.units:
            yield each
        else:
            yield Spender(each.head, each.spent, each.share, each.bars, ())


def _ordered(group: Spenders, summaries: Summaries) -> Iterator[Spender]:
    code, top = group.code, Decimal(0)
    for summary, spent in spending.spenders(summaries, code.classification, code.code, group.year,
                                             group.kind):  # fmt: skip
        top = max(top, spent.whole.yuan)
        yield _spender(summary, spent, top, summaries)


def _spender(
    summary: DisclosureSummary, spent: Spent, top: Decimal, summaries: Summaries
) -> Spender:
    own = (s.whole.yuan for s in summary.classes if s.classification == spent.classification)
    share = share_said(spent.whole.yuan, sum(own, Decimal(0)))
    economic = spent.classification == ECONOMIC and len(spent.code) == 3
    units = (
        units_of(spending.units(summaries, summary.head.id, spent.code), spent.code)
        if economic
        else ()
    )
    return Spender(summary.head, spent, share, _bars(spent, top), tuple(units))


def _bars(spent: Spent, top: Decimal) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches of a bar: start, width, colour; each as long as its amount."""
    parts = [(spent.whole.yuan, colours.functional(spent.code))]
    if spent.classification == ECONOMIC:
        kinds = [("basic_expenditure", spent.basic), ("project_expenditure", spent.project)]
        parts = [(p.yuan, colours.spending(kind)) for kind, p in kinds if p]
    bars, at = [], Decimal(0)
    for yuan, colour in parts:
        if yuan > 0 and top > 0:
            # Both ends are rounded, not the length: so no gap opens between two.
            start, end = (int(each * _WIDTH / top) for each in (at, at + yuan))
            bars.append((start, end - start, colour))
            at += yuan
    return tuple(bars)


def _sentence(top: Spender, group: Spenders, whole: Decimal, tied: int) -> Markup:
    """Say how many departments spend under a code, how much together, and which the most."""
    base = f"../../../{top.head.address}"
    amount = linked(top.spent.whole.yuan, top.spent.whole.line, base)
    name = Markup('<a href="{}">{}</a>').format(base, chinese(top.head.department.name))
    own = _share_of(top, group.code.classification)
    if group.count == 1:
        return Markup(_("只有{department}列了支出：{amount}{share}。")).format(
            department=name, amount=amount, share=own
        )
    if tied > 1:
        name = Markup(_("{name}等{n}个并列的部门")).format(name=name, n=tied)
        own = ""
    return Markup(
        _("{n}个部门列了支出，相加{whole}；最多的是{department}：{amount}{share}。")
    ).format(n=group.count, whole=said(whole), department=name, amount=amount, share=own)


def _share_of(spender: Spender, classification: str) -> str:
    if not spender.share:
        return ""
    if classification == FUNCTIONAL:
        return _("，占它按功能分类的支出的{share}").format(share=spender.share)
    return _("，占它按经济分类列出的支出的{share}").format(share=spender.share)
