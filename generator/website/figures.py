"""The key figures of a disclosure, and the plain sentences that say them.

Every figure in a sentence is a link to the line of the source it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from generator.website.amounts import change_said, said, share_said
from generator.website.facts import Fact, Ledger
from generator.website.package import Package
from generator.website.rows import exact_yuan
from generator.website.words import EXPENDITURE_TYPES, FUND_SOURCES, THREE_PUBLIC

SUMMARY = ("budget-summary", "final-summary")
INCOME = ("budget-income", "final-income")
EXPENDITURE = ("budget-expenditure", "final-expenditure")
THREE_PUBLIC_TABLES = ("budget-operating-and-three-public", "final-three-public")
BASIC_BY_CLASS = ("budget-general-public-basic-by-economic-class", "final-general-public-basic")
PROJECT_BY_CLASS = ("budget-general-public-project-by-economic-class",)


@dataclass(frozen=True)
class Part:
    """One addend of a whole: its key (a code or a term), name, yuan, and the source line."""

    key: str
    name: str
    yuan: Decimal
    line: str = ""


@dataclass(frozen=True)
class Project:
    """One project of a disclosure; `funds` are those that its amount is made of, as printed."""

    id: str
    unit: str
    name: str
    yuan: Decimal | None
    targets: tuple[str, ...]
    key_project: bool
    line: str
    funds: tuple[Part, ...] = ()


@dataclass(frozen=True)
class KeyFigures:
    """What a reader asks first of one disclosure; what it does not print is None or absent."""

    income: Fact | None
    expenditure: Fact | None
    sources: tuple[Part, ...]
    functions: tuple[Part, ...]
    spending: tuple[Part, ...]
    three_public: Fact | None
    three_public_parts: tuple[Part, ...]
    operating: Fact | None
    projects: tuple[Project, ...]


def key_figures(package: Package, ledger: Ledger) -> KeyFigures:
    """Look up the key figures of a disclosure."""
    executed = package.kind == "final_accounts"

    def item(name: str, tables: Sequence[str]) -> Fact | None:
        found = ledger.of_item(name, tables, executed=executed)
        return found or ledger.of_item(name, tables)

    parts = [(key, item(key, THREE_PUBLIC_TABLES)) for key in THREE_PUBLIC]
    return KeyFigures(
        income=item("total_income", SUMMARY),
        expenditure=item("total_expenditure", SUMMARY),
        sources=_by(ledger.totals(INCOME), "fund_source", FUND_SOURCES),
        functions=_functions(ledger),
        spending=_by(ledger.totals(EXPENDITURE), "expenditure_type", EXPENDITURE_TYPES),
        three_public=item("three_public_expenses", THREE_PUBLIC_TABLES),
        three_public_parts=tuple(Part(k, THREE_PUBLIC[k], f.yuan, f.line) for k, f in parts if f),
        operating=item("agency_operating_expenses", THREE_PUBLIC_TABLES),
        projects=read_projects(package),
    )


def _functions(ledger: Ledger) -> tuple[Part, ...]:
    rows = ledger.classes(EXPENDITURE)
    parts = [Part(f.code, f.name, f.yuan, f.line) for f in rows if f.yuan]
    return tuple(sorted(parts, key=lambda p: (-p.yuan, p.key)))


def _by(facts: Sequence[Fact], attribute: str, words: Mapping[str, str]) -> tuple[Part, ...]:
    """Add up the facts of a total row by one of their meanings, in the order of the words."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        key = str(getattr(fact, attribute))
        if key:
            found.setdefault(key, []).append(fact)
    order = [k for k in words if k in found] + sorted(set(found) - set(words))
    return tuple(
        Part(k, words.get(k, k), sum((f.yuan for f in found[k]), Decimal(0)), found[k][0].line)
        for k in order
    )


def read_projects(package: Package) -> tuple[Project, ...]:
    """Read the projects of a disclosure, largest first, in printed order among equals."""
    file = package.folder / "projects.csv"
    projects = [
        Project(
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


def linked(yuan: Decimal, line: str, base: str = "") -> Markup:
    """Say an amount as a link to its source line; `base` is the way to the disclosure's page."""
    text = said(yuan)
    if not line:
        return Markup('<span class="figure">{}</span>').format(text)
    return Markup('<a class="figure" href="{}source/#L{}">{}</a>').format(base, line, text)


def sentences(package: Package, key: KeyFigures) -> list[Markup]:
    """Say the key figures of a disclosure, one sentence each, without what it does not print."""
    said_all = [
        _totals(package, key),
        _spending(key),
        _largest(key.functions, key.expenditure, ("花钱最多的方向是", "支出全部用于"), "支出总计"),
        _largest(key.sources, key.income, ("钱主要来自", "钱全部来自"), "收入总计"),
        _three_public(key),
        _projects(package, key),
    ]
    return [sentence for sentence in said_all if sentence]


def _totals(package: Package, key: KeyFigures) -> Markup:
    word = package.kind_word
    if key.income and key.expenditure:
        return Markup("{}年{}：收入总计{}，支出总计{}。").format(
            package.year, word, _link(key.income), _link(key.expenditure)
        )
    one = key.expenditure or key.income
    name = "支出" if key.expenditure else "收入"
    return (
        Markup("{}年{}{}总计{}。").format(package.year, word, name, _link(one)) if one else Markup()
    )


def _link(fact: Fact) -> Markup:
    return linked(fact.yuan, fact.line)


def _spending(key: KeyFigures) -> Markup:
    """Say 基本 against 项目; the shares are of the expenditure table's own two figures."""
    parts = {part.key: part for part in key.spending}
    basic, project = parts.get("basic_expenditure"), parts.get("project_expenditure")
    if not basic or not project or not key.expenditure:
        return Markup()
    whole = key.expenditure.yuan
    return Markup("其中，保运转的基本支出{}{}，办专门事项的项目支出{}{}。").format(
        linked(basic.yuan, basic.line),
        _share(basic.yuan, whole),
        linked(project.yuan, project.line),
        _share(project.yuan, whole),
    )


def _share(part: Decimal, whole: Decimal) -> str:
    share = share_said(part, whole)
    return f"（占{share}）" if share else ""


def _largest(parts: Sequence[Part], whole: Fact | None, leads: tuple[str, str], of: str) -> Markup:
    """Say the largest part of a whole; `leads` are the words where it is one of many, and all."""
    top = max(parts, key=lambda p: p.yuan, default=None)
    if top is None or top.yuan <= 0:
        return Markup()
    if whole and top.yuan == whole.yuan:
        return Markup("{}{}：{}。").format(leads[1], top.name, linked(top.yuan, top.line))
    share = share_said(top.yuan, whole.yuan) if whole else ""
    tail = f"，占{of}的{share}" if share else ""
    return Markup("{}{}：{}{}。").format(leads[0], top.name, linked(top.yuan, top.line), tail)


def _three_public(key: KeyFigures) -> Markup:
    if not key.three_public:
        return Markup()
    parts = [
        Markup("{}{}").format(part.name, linked(part.yuan, part.line))
        for part in key.three_public_parts
    ]
    tail = Markup("：") + Markup("，").join(parts) if parts else Markup()
    return Markup("“三公”经费{}{}。").format(_link(key.three_public), tail)


def _projects(package: Package, key: KeyFigures) -> Markup:
    if not key.projects:
        return Markup()
    first = key.projects[0]
    count = Markup("共列出{}个项目").format(len(key.projects))
    if not first.yuan:
        return count + "。"
    name = first.name if len(first.name) <= 60 else first.name[:59] + "…"
    return count + Markup("，最大的是“{}”：{}。").format(name, linked(first.yuan, first.line))


def compared(package: Package, key: KeyFigures, before: KeyFigures, earlier: Package) -> Markup:
    """Say how expenditure changed since an earlier disclosure; blank where unknown."""
    if not key.expenditure or not before.expenditure:
        return Markup()
    change = change_said(before.expenditure.yuan, key.expenditure.yuan)
    base = f"../{escape(earlier.slug)}/"
    verb = f"与{earlier.year}年{earlier.kind_word}"
    was = linked(before.expenditure.yuan, before.expenditure.line, base)
    return Markup("{}（支出总计{}）相比，支出{}。").format(verb, was, change)
