"""The key figures of a disclosure; each is a link to the line of the source it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from generator.website.published.facts import Ledger, PublishedFact
from generator.website.published.package import Package
from generator.website.published.rows import exact_yuan
from generator.website.wording.amounts import said, said_briefly
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure, attribute
from generator.website.wording.words import EXPENDITURE_TYPES, FUND_SOURCES, THREE_PUBLIC

SUMMARY = ("budget-summary", "final-summary")
INCOME = ("budget-income", "final-income")
EXPENDITURE = ("budget-expenditure", "final-expenditure")
THREE_PUBLIC_TABLES = ("budget-operating-and-three-public", "final-three-public")
BASIC_BY_CLASS = ("budget-general-public-basic-by-economic-class", "final-general-public-basic")
PROJECT_BY_CLASS = ("budget-general-public-project-by-economic-class",)


#: Kinds of expenditure that are part of another, and funds that others are part of: not both
#: are told.
_PARTS = {"personnel_expenses": "basic_expenditure", "public_expenses": "basic_expenditure"}
_WHOLES = {
    "fiscal_appropriation": {
        "general_public_budget",
        "government_managed_funds_budget",
        "state_capital_operations_budget",
    },
    "other_funds": {"institutional_revenue", "business_revenue", "other_revenue"},
}


@dataclass(frozen=True)
class Part:
    """One addend of a whole: its key (a code or a term), name, yuan, source line and fact.

    It is `disputed` where a check of what it is made of differs.
    """

    key: str
    name: str
    yuan: Decimal
    line: str = ""
    id: str = ""
    disputed: bool = False

    def linked(self, base: str = "", subject: StatedFigure | None = None) -> Markup:
        """Say it as a link to its line, with the way to the check where it is disputed."""
        sign = disputed_sign(base) if self.disputed else ""
        return linked(self.yuan, self.line, base, subject) + sign

    @property
    def shown(self) -> str:
        """Say it as a drawing does: with a sign, which is no link, where it is disputed."""
        return f"{said(self.yuan)} ※" if self.disputed else said(self.yuan)

    @property
    def brief(self) -> str:
        """Say it likewise in few letters."""
        return f"{said_briefly(self.yuan)} ※" if self.disputed else said_briefly(self.yuan)


def part_of(key: str, name: str, facts: Sequence[PublishedFact]) -> Part:
    """Add up printed amounts; only what one alone prints has a line and is a fact."""
    line, id_ = (facts[0].line, facts[0].id) if len(facts) == 1 else ("", "")
    return Part(key, name, _sum(facts), line, id_, any(fact.disputed for fact in facts))


def disputed_sign(base: str) -> Markup:
    """Return the sign of a figure with which something does not agree: the way to the checks."""
    sign = Markup(
        '<a class="mark" href="{}checks/#differs"><span aria-hidden="true">※</span>'
        '<span class="hidden">{}</span></a>'
    )
    return sign.format(base, _("核对不符"))


@dataclass(frozen=True)
class PublishedProject:
    """One project of a disclosure; `funds` are those that its amount is made of, as printed."""

    id: str
    unit: str
    name: str
    yuan: Decimal | None
    targets: tuple[str, ...]
    key_project: bool
    line: str
    funds: tuple[Part, ...] = ()

    @property
    def evaluated(self) -> bool:
        """Tell whether it is known from its evaluation only: a list of all projects has more."""
        return ".project-performance." in self.id


@dataclass(frozen=True)
class KeyFigures:
    """What a reader asks first of one disclosure; what it does not print is None or absent."""

    income: PublishedFact | None
    expenditure: PublishedFact | None
    sources: tuple[Part, ...]
    functions: tuple[Part, ...]
    spending: tuple[Part, ...]
    three_public: PublishedFact | None
    three_public_parts: tuple[Part, ...]
    three_public_planned: tuple[Part, ...]
    operating: PublishedFact | None
    projects: tuple[PublishedProject, ...]


def key_figures(package: Package, ledger: Ledger) -> KeyFigures:
    """Look up the key figures of a disclosure."""
    executed = package.kind == "final_accounts"

    def item(name: str, tables: Sequence[str]) -> PublishedFact | None:
        return ledger.of_item(name, tables, executed=executed)

    parts = [(key, item(key, THREE_PUBLIC_TABLES)) for key in THREE_PUBLIC]
    planned = [
        (key, ledger.of_item(key, THREE_PUBLIC_TABLES) if executed else None)
        for key in ("three_public_expenses", *THREE_PUBLIC)
    ]
    return KeyFigures(
        income=item("total_income", SUMMARY),
        expenditure=item("total_expenditure", SUMMARY),
        sources=_by(ledger.totals(INCOME), "fund_source", FUND_SOURCES),
        functions=_functions(ledger),
        spending=_by(ledger.totals(EXPENDITURE), "expenditure_type", EXPENDITURE_TYPES),
        three_public=item("three_public_expenses", THREE_PUBLIC_TABLES),
        three_public_parts=tuple(part_of(k, THREE_PUBLIC[k], [f]) for k, f in parts if f),
        three_public_planned=tuple(part_of(k, "", [f]) for k, f in planned if f),
        operating=item("agency_operating_expenses", THREE_PUBLIC_TABLES),
        projects=read_projects(package),
    )


def _functions(ledger: Ledger) -> tuple[Part, ...]:
    """The functional classes, each once: a table by units prints one for each of them."""
    rows = _functional(ledger.classes(EXPENDITURE)) or [
        fact for fact in _functional(ledger.classes(SUMMARY)) if fact.direction == "expenditure"
    ]
    found: dict[str, list[PublishedFact]] = {}
    for fact in rows:
        found.setdefault(fact.code or fact.row, []).append(fact)
    parts = [part_of(facts[0].code, facts[0].name, facts) for facts in found.values()]
    return tuple(sorted((p for p in parts if p.yuan), key=lambda p: (-p.yuan, p.key)))


def _functional(facts: Sequence[PublishedFact]) -> list[PublishedFact]:
    """Not the economic classes that a summary lists beside the functional ones."""
    return [fact for fact in facts if fact.classification != "economic"]


def _by(
    facts: Sequence[PublishedFact], attribute: str, words: Mapping[str, str]
) -> tuple[Part, ...]:
    """Add up the facts of a total row by one of their meanings, in the order of the words."""
    found: dict[str, list[PublishedFact]] = {}
    for fact in facts:
        key = str(getattr(fact, attribute))
        if key:
            found.setdefault(key, []).append(fact)
    told = set(found) - {part for part, whole in _PARTS.items() if whole in found}
    told -= {whole for whole, parts in _WHOLES.items() if parts & found.keys()}
    order = [k for k in words if k in told] + sorted(told - set(words))
    return tuple(
        replace(part_of(k, words.get(k, k), found[k]), line=found[k][0].line, id=found[k][0].id)
        for k in order
    )


def _sum(facts: Sequence[PublishedFact]) -> Decimal:
    return sum((fact.yuan for fact in facts), Decimal(0))


def read_projects(package: Package) -> tuple[PublishedProject, ...]:
    """Read the projects of a disclosure, largest first, in printed order among equals."""
    file = package.folder / "projects.csv"
    projects = [
        PublishedProject(
            id=row["project_id"],
            unit=row["unit"],
            name=row["name"],
            yuan=exact_yuan(file, row["amount_yuan"]) if row["amount_yuan"] else None,
            targets=tuple(p for p in row["performance_target"].split("\n") if p.strip()),
            key_project=row["key_project"] == "true",
            line=row["line"],
            funds=tuple(
                Part(key, word, exact_yuan(file, row[key]))
                for key, word in FUND_SOURCES.items()
                if row.get(key, "").strip("0.")
            ),
        )
        for row in package.rows("projects")
    ]
    return tuple(sorted(projects, key=lambda p: -(p.yuan or Decimal(0))))


def linked(yuan: Decimal, line: str, base: str = "", subject: StatedFigure | None = None) -> Markup:
    """Say an amount as a link to its source line; `base` is the way to the disclosure's page."""
    text, told = said(yuan), attribute(subject, "amount", "", yuan)
    if not line:
        return Markup('<span class="figure"{}>{}</span>').format(told, text)
    return Markup('<a class="figure" href="{}source/#L{}"{}>{}</a>').format(base, line, told, text)
