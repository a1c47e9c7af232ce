"""What the page of all contradictions tells of one disclosure, in the language that is spoken."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.cases import PublishedCase
from generator.website.department.disclosure import DisclosureView
from generator.website.department.findings import OpenFinding
from generator.website.department.places import FigurePlace
from generator.website.published.checks import PublishedRule

#: Of a sum of very many figures so many places are told; its own page has all.
MOST_PLACES = 60


@dataclass(frozen=True)
class ToldPlace:
    """Where one figure stands; ``words`` and ``printed`` are markup.

    ``here`` says that its page has its anchor.
    """

    base: str
    anchor: str
    words: str
    printed: str
    line: str
    view: bool
    here: bool


@dataclass(frozen=True)
class ToldContradiction:
    """One check that does not hold, or a remark, with the places of its figures."""

    rule: PublishedRule
    sentence: str
    expected: str
    printed: str
    difference: str
    unit: str
    line: str
    acknowledged: str
    anchor: str
    places: tuple[ToldPlace, ...]


@dataclass(frozen=True)
class ToldCase:
    """What does not add up for one cause; ``says`` are sentences in markup."""

    disclosure: str
    address: str
    number: int
    yuan: Decimal | None
    sentence: str
    says: tuple[str, ...]
    findings: tuple[ToldContradiction, ...]

    @property
    def weight(self) -> int:
        """Return about how many elements a page needs to tell it."""
        return 12 + sum(14 + 7 * len(each.places) for each in self.findings)


@dataclass(frozen=True)
class ToldDisclosure:
    """The contradictions of one disclosure, and its remarks."""

    disclosure: str
    cases: tuple[ToldCase, ...]
    remarks: tuple[ToldContradiction, ...]


def told(view: DisclosureView) -> ToldDisclosure:
    """Keep of a disclosure's page what the page of all contradictions needs."""
    here = view.here
    remarks = [f for group in view.others["remark"] for f in group.findings]
    return ToldDisclosure(
        view.overview.package.id,
        tuple(_case(case, here) for case in view.cases),
        tuple(_finding(each, here) for each in remarks),
    )


def _case(case: PublishedCase, here: frozenset[str]) -> ToldCase:
    return ToldCase(
        case.package.id,
        case.address,
        case.number,
        case.yuan,
        case.sentence,
        tuple(str(each) for each in case.says),
        tuple(_finding(each, here) for each in case.findings),
    )


def _finding(each: OpenFinding, here: frozenset[str]) -> ToldContradiction:
    own = each.package.id
    return ToldContradiction(
        each.rule,
        each.sentence,
        each.expected,
        each.printed,
        each.difference,
        each.unit,
        each.line,
        each.acknowledged,
        each.anchor,
        tuple(_place(p, p.package.id == own and p.anchor in here)
              for p in each.places[:MOST_PLACES]),
    )  # fmt: skip


def _place(place: FigurePlace, here: bool) -> ToldPlace:
    return ToldPlace(
        place.base,
        place.anchor,
        str(place.words),
        str(place.printed),
        place.line,
        place.view,
        here,
    )
