"""Findings as pages show them: what was checked, the numbers, and every place to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import groupby

from markupsafe import Markup

from generator.meaning.amounts import FACTORS
from generator.website.department.places import FigurePlace, FigurePlaces, figure
from generator.website.department.sheets import CHECKS
from generator.website.drawing.page_images import anchor
from generator.website.published.checks import Checks, PublishedRule
from generator.website.published.package import Package, PublishedResource
from generator.website.published.rows import Row
from generator.website.wording.amounts import as_printed
from generator.website.wording.language import Bilingual, chinese
from generator.website.wording.language import gettext as _


@dataclass(frozen=True)
class OpenFinding:
    """One check that does not simply hold.

    `places` are those of its figures, the one in question first. `number` counts the cases of a
    disclosure from 1, as its marks do: findings of one cause have one number, and one `case`.
    `yuan` is how far apart the figures are. `reason` says why it cannot be told.
    """

    package: Package
    anchor: str
    rule: PublishedRule
    outcome: str
    sentence: str
    expected: str
    printed: str
    difference: str
    unit: str
    yuan: Decimal | None
    quote: str
    line: str
    table: str
    acknowledged: str
    places: tuple[FigurePlace, ...]
    number: int = 0
    case: str = ""
    reason: str = ""

    @property
    def address(self) -> str:
        """Return the address of the finding below the root."""
        return f"departments/{self.package.id}/{CHECKS}#{self.anchor}"


@dataclass(frozen=True)
class RuleFindings:
    """The findings of one rule, those that are shown, and how many more there are."""

    rule: PublishedRule
    findings: tuple[OpenFinding, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """Return how many findings there are, shown or not."""
        return len(self.findings) + self.more


def contradictions(package: Package, checks: Checks, places: FigurePlaces) -> list[OpenFinding]:
    """Return what differs in a disclosure, by case, the largest first; numbered by case."""
    found = [finding(package, row, checks, places) for row in _with(checks, "differs")]
    numbers: dict[str, int] = {}
    found.sort(key=by_size)
    for each in found:
        numbers.setdefault(_case(each), len(numbers) + 1)
    found.sort(key=lambda each: (numbers[_case(each)], by_size(each)))
    return [replace(each, number=numbers[_case(each)]) for each in found]


def _case(each: OpenFinding) -> str:
    """Return its case; a finding of an older package is one of its own."""
    return each.case or each.anchor


def of_outcome(
    outcome: str, package: Package, checks: Checks, places: FigurePlaces, shown: int = 0
) -> list[RuleFindings]:
    """Return the findings with one outcome by rule, at most `shown` of each (0: all)."""
    order = list(checks.rules)
    rows = sorted(_with(checks, outcome), key=lambda r: _order(order, r["rule"]))
    groups = []
    for _rule_id, each in groupby(rows, key=lambda r: r["rule"]):
        of_rule = list(each)
        kept = of_rule[:shown] if shown else of_rule
        findings = tuple(finding(package, row, checks, places) for row in kept)
        groups.append(RuleFindings(findings[0].rule, findings, len(of_rule) - len(kept)))
    return groups


def by_size(each: OpenFinding) -> tuple[bool, Decimal, str, int, str]:
    """Order by how far apart the figures are, largest first; without an amount last."""
    apart = -(each.yuan or Decimal(0))
    return (each.yuan is None, apart, each.package.id, each.number, each.anchor)


def _with(checks: Checks, outcome: str) -> list[Row]:
    return [row for row in checks.open if row["outcome"] == outcome]


def _order(order: Sequence[str], rule: str) -> int:
    return order.index(rule) if rule in order else len(order)


def finding(package: Package, row: Row, checks: Checks, places: FigurePlaces) -> OpenFinding:
    """Return one finding with the places of all its figures."""
    found = [place for each in row["inputs"].split() if (place := places.find(each))]
    return OpenFinding(
        package=package,
        anchor=anchor(row["finding_id"]),
        rule=_rule(row["rule"], checks.rules),
        outcome=row["outcome"],
        sentence=row["sentence"],
        expected=as_printed(row["expected"]),
        printed=as_printed(row["printed"]),
        difference=_signed(row["difference"]),
        unit=row["printed_unit"],
        yuan=_yuan(row),
        quote=row["quote"],
        line=row["line"],
        table=row["table_id"],
        acknowledged=row["acknowledged"],
        case=row.get("case_id", ""),
        reason=row.get("reason", ""),
        places=tuple(found) or (_own(package, row),),
    )


def _rule(name: str, rules: Mapping[str, PublishedRule]) -> PublishedRule:
    return rules.get(name) or PublishedRule(name, Bilingual(name), False, Bilingual(""), "", "", "")


def _own(package: Package, row: Row) -> FigurePlace:
    """Return the place that the finding itself names: a title, or a line of prose."""
    table = next((t for t in package.tables if t.name == row["table_id"]), None)
    here = ".".join(row["finding_id"].split(".")[4:]) if row["table_id"] else ""
    printed = figure(as_printed(row["printed"]), "")
    return FigurePlace(package, here, _whole(table), printed, row["line"], row["page"])


def _whole(table: PublishedResource | None) -> Markup:
    """Say a place that is a whole table, or that is in no table."""
    if table is None:
        return Markup(_("文字"))
    return Markup(_("《{table}》")).format(table=chinese(table.title))


def _signed(difference: str) -> str:
    """Write a difference with its sign: printed less expected."""
    text = as_printed(difference)
    return f"+{text}" if text and text[0] not in "−0" else text


def _yuan(row: Row) -> Decimal | None:
    if not row["difference"] or row["printed_unit"] not in FACTORS:
        return None
    try:
        return abs(Decimal(row["difference"])) * FACTORS[row["printed_unit"]]
    except InvalidOperation:
        return None
