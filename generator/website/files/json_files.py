"""JSON for programs: a file for each department, each disclosure and each key figure.

Addresses in them are below the root of the site. Amounts are yuan, exact; what is blank in the
source is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from generator.meaning.bureaus import kind_of
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import Overview
from generator.website.department.figures import KeyFigures, Part, PublishedProject
from generator.website.published.checks import Tally
from generator.website.published.facts import PublishedFact
from generator.website.published.package import Package, PublishedResource
from generator.website.published.typed_values import Scalar, plain, typed
from generator.website.wording.words import EXPENDITURE_TYPES, FUND_SOURCES, THREE_PUBLIC

FOLDER = "data/json"
#: The resources whose rows the file of a disclosure has, beside its standard tables.
_ROWS = ("projects", "cases")
#: So many projects the file of a department has of each disclosure, the largest.
_LARGEST = 5
#: The key figures that are one printed amount, by their standard terms.
_FIGURES = {
    "total_income": "收入总计",
    "total_expenditure": "支出总计",
    "three_public_expenses": "“三公”经费",
    "agency_operating_expenses": "行政经费",
}

#: What a standard term is, which may become the name of a file.
_TERM = re.compile(r"[a-z0-9_]+", re.ASCII)

Entry = dict[str, object]


@dataclass(frozen=True)
class JsonFile:
    """One file: its address, and what it says."""

    path: str
    content: object

    @property
    def data(self) -> bytes:
        """Return its bytes."""
        text = json.dumps(self.content, ensure_ascii=False, separators=(",", ":"))
        return (text + "\n").encode()


def disclosure_file(overview: Overview) -> JsonFile:
    """Return the file of a disclosure: who, key figures, tables as printed, projects, cases."""
    return JsonFile(_disclosure_path(overview.package), _disclosure(overview))


def department_file(department: DepartmentView) -> JsonFile:
    """Return the file of a department: its names, and its disclosures with their key figures."""
    return JsonFile(_department_path(department.id), _department(department))


def listed(department: DepartmentView) -> Entry:
    """Return what the list of all departments says of one."""
    who = department.latest.package.department
    return {
        "department": department.id,
        "name": who.names.chinese,
        "name_english": who.names.english,
        "region": who.region_name,
        "level": who.level,
        "bureau": kind_of(who.names.chinese),
        "page": f"departments/{department.id}/",
        "json": _department_path(department.id),
        "years": sorted({o.package.year for o in department.overviews}),
    }


def list_of_departments(departments: Sequence[Entry]) -> JsonFile:
    """Return the list of all departments, from which all other files are found."""
    return JsonFile(f"{FOLDER}/departments.json", departments)


def figures_of(overview: Overview) -> list[tuple[str, Entry]]:
    """Return the key figures of a disclosure, by their names, as the files of all have them."""
    return [(name, _value(overview, yuan, id_)) for name, yuan, id_ in _told(overview.key)]


def _disclosure_path(package: Package) -> str:
    return f"{FOLDER}/disclosures/{package.id}.json"


def _department_path(department: str) -> str:
    return f"{FOLDER}/departments/{department}.json"


# ── a disclosure, a department ───────────────────────────────────────────────────────────


def _disclosure(overview: Overview) -> Entry:
    package = overview.package
    sources = [
        {"file": s.file, "hash": s.hash, "address": s.address, "publisher": s.publisher}
        for s in package.sources
    ]
    rows = [r for r in package.resources if r.name in _ROWS]
    return {
        **_who(package),
        "build": package.build,
        "page": f"departments/{package.id}/",
        "datapackage": f"data/{package.id}/datapackage.json",
        "sources": [{key: value for key, value in each.items() if value} for each in sources],
        "figures": _key(overview.key),
        "tables": [_table(resource) for resource in package.tables],
        **{resource.name: list(_rows(resource)) for resource in rows},
    }


def _who(package: Package) -> Entry:
    return {
        "disclosure": package.id,
        "title": package.titles.chinese,
        "title_english": package.titles.english,
        "department": package.department.id,
        "year": package.year,
        "kind": package.kind,
    }


def _table(resource: PublishedResource) -> Entry:
    return {
        "table": resource.name,
        "title": resource.titles.chinese,
        "title_english": resource.titles.english,
        "unit": resource.unit,
        "rows": list(_rows(resource)),
    }


def _rows(resource: PublishedResource) -> Iterator[dict[str, Scalar]]:
    for row in resource.read():
        cells = ((f.name, plain(typed(resource, f, row[f.name]))) for f in resource.fields)
        yield {name: value for name, value in cells if value is not None}


def _department(department: DepartmentView) -> Entry:
    return {
        **listed(department),
        "names": [{k: v for k, v in row.items() if v} for row in department.names],
        "disclosures": [
            {
                **_who(o.package),
                "json": _disclosure_path(o.package),
                "figures": _key(o.key),
                "checks": _checks(o.checks.all),
                "projects": len(o.key.projects),
                "largest_projects": [_project(each) for each in o.key.projects[:_LARGEST]],
            }
            for o in department.overviews
        ],
    }


def _checks(tally: Tally) -> Entry:
    """The checks of arithmetic by outcome; of what differs the causes."""
    return {**tally.outcomes, "causes": tally.cases}


def _project(project: PublishedProject) -> Entry:
    """A project; whose amount is not printed has none."""
    amount = {} if project.yuan is None else {"amount_yuan": plain(project.yuan)}
    return {"name": project.name, **amount, "line": _line(project.line)}


# ── key figures ──────────────────────────────────────────────────────────────────────────


def _key(key: KeyFigures) -> Entry:
    """The key figures of a disclosure: single ones by their terms, and those in parts."""
    found: Entry = {name: _amount(fact) for name, fact in _single(key).items() if fact}
    parts = {
        "income_by_source": key.sources,
        "expenditure_by_function": key.functions,
        "expenditure_by_type": key.spending,
        "three_public_parts": key.three_public_parts,
    }
    return found | {name: [_part(each) for each in of] for name, of in parts.items() if of}


def _single(key: KeyFigures) -> Mapping[str, PublishedFact | None]:
    facts = (key.income, key.expenditure, key.three_public, key.operating)
    return dict(zip(_FIGURES, facts, strict=True))


def _amount(fact: PublishedFact) -> Entry:
    return {"amount_yuan": plain(fact.yuan), "fact_id": fact.id, "line": _line(fact.line)}


def _part(part: Part) -> Entry:
    line = {"line": _line(part.line)} if part.line else {}
    return {"key": part.key, "name": part.name, "amount_yuan": plain(part.yuan), **line}


def _line(line: str) -> int | None:
    return int(line) if line else None


def figure_files(
    found: Mapping[tuple[str, int], Entry], english: Mapping[str, str]
) -> Iterator[JsonFile]:
    """Yield a file for each key figure, with all that `figures_of` says of it, and their list.

    `english` are the English names of standard terms.
    """
    names = {
        **_FIGURES,
        **EXPENDITURE_TYPES,
        **THREE_PUBLIC,
        **{f"income_from_{fund}": f"收入：{word}" for fund, word in FUND_SOURCES.items()},
    }
    files = []
    for name, group in groupby(sorted(found), lambda each: each[0]):
        values = [found[each] for each in group]
        title = {"figure": name, "title": names.get(name, name)}
        title |= {"title_english": english[name]} if name in english else {}
        path = f"{FOLDER}/figures/{name}.json"
        files.append(title | {"json": path, "disclosures": len(values)})
        yield JsonFile(path, title | {"unit": "元", "currency": "CNY", "values": values})
    yield JsonFile(f"{FOLDER}/figures.json", files)


def _told(key: KeyFigures) -> Iterator[tuple[str, Decimal, str]]:
    """The key figures of a disclosure, with the fact of each that is one printed amount."""
    for name, fact in _single(key).items():
        if fact:
            yield name, fact.yuan, fact.id
    parts = [(part.key, part) for part in (*key.spending, *key.three_public_parts)]
    parts += [(f"income_from_{part.key}", part) for part in key.sources]
    yield from ((name, part.yuan, "") for name, part in parts if _TERM.fullmatch(name))


def _value(overview: Overview, yuan: Decimal, id_: str) -> Entry:
    package = overview.package
    return {
        "disclosure": package.id,
        "department": package.department.id,
        "department_name": package.department.names.chinese,
        "year": package.year,
        "kind": package.kind,
        "amount_yuan": plain(yuan),
        **({"fact_id": id_} if id_ else {}),
    }
