"""Registers: the departments and the disclosures of the consolidated package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.checks import rules
from generator.meaning.departments import FIELDS as DEPARTMENT_FIELDS
from generator.meaning.departments import Departments
from generator.meaning.wording import fold
from generator.models import Checked, Disclosure, Outcome, Sidecar
from generator.packages.resources import Resource, Value, listed

if TYPE_CHECKING:
    from generator.packages.published import Kept

# The head office of a department, apart from the units below it.
_HEAD_OFFICE = re.compile(r"(?:\((?:本级|机关)\)|本级)$")
OUTCOMES: tuple[Outcome, ...] = (
    "holds",
    "rounding",
    "differs",
    "cannot_tell",
    "remark",
)


def departments(
    disclosures: Sequence[Disclosure], register: Departments, kept: Sequence[Kept] = ()
) -> Resource:
    """The names of all departments that disclose, registered or not."""
    rows: list[tuple[Value, ...]] = []
    ids = {each.department.id for each in disclosures} | {each.department for each in kept}
    for department in sorted(ids):
        known = register.names(department)
        rows += [_registered(row) for row in known]
        if not known:
            rows += _unregistered(department, disclosures, kept)
    return listed("departments", _with_parents(rows))


def _with_parents(rows: Sequence[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """Each row with the department that it is the head office of: 某局（本级） is of 某局."""
    named = {fold(str(row[1])): row[0] for row in rows}
    for row in rows:
        name = fold(str(row[1]))
        whole = _HEAD_OFFICE.sub("", name)
        found = (named.get(f"{whole}{each}") for each in ("", "(汇总)", "(部门)"))
        parent = next((each for each in found if each), "") if whole != name else ""
        yield (*row, parent if parent != row[0] else "")


def _registered(row: Mapping[str, str]) -> tuple[Value, ...]:
    return tuple(row[name] for name in DEPARTMENT_FIELDS)


def _unregistered(
    department: str, disclosures: Sequence[Disclosure], kept: Sequence[Kept]
) -> list[tuple[Value, ...]]:
    own = [each for each in disclosures if each.department.id == department]
    names = sorted({each.department.name for each in own})
    rows: list[tuple[Value, ...]] = []
    for name in names:
        named = [each for each in own if each.department.name == name]
        years, one = [each.extract.year for each in named], named[0].department
        place = (one.region_code, one.region, one.level)
        rows.append((department, name, "", min(years), max(years), *place))
    last = next((each for each in kept if each.department == department), None)
    before = last.registered("departments") if last else []
    return [*rows, *(_registered(row) for row in before if row["name"] not in names)]


def disclosures(
    checked: Sequence[Checked], problems: Mapping[str, int], kept: Sequence[Kept] = ()
) -> Resource:
    """One row for each disclosure; ``problems`` counts them by file."""
    found = listed("disclosures", (_disclosure(each, problems) for each in checked))
    names = [field.name for field in found.fields]
    return replace(found, rows=(*found.rows, *_kept(names, kept, problems)))


def _kept(
    names: Sequence[str], kept: Sequence[Kept], problems: Mapping[str, int]
) -> Iterator[tuple[Value, ...]]:
    """The rows of what is kept, as they were, but for the mark and the problems."""
    for each in kept:
        count = sum(problems.get(file, 0) for file in each.package.files)
        marked = {"kept_since": each.mark.since, "kept_reason": each.mark.told}
        for row in each.registered("disclosures"):
            now = {**row, **marked, "problems": str(count)}
            yield tuple(now.get(name, "") for name in names)


def _disclosure(checked: Checked, problems: Mapping[str, int]) -> tuple[Value, ...]:
    disclosure = checked.disclosure
    extract, document = disclosure.extract, disclosure.extract.document
    sidecar = document.sidecar or Sidecar()
    form = {rule.id for rule in rules().values() if rule.form}
    # Rules of form are no checks of arithmetic: of them only remarks count, apart.
    outcomes = Counter(
        finding.outcome
        for finding in checked.findings
        if finding.outcome == "remark" or finding.rule not in form
    )
    tables = [table for table in extract.tables if table.rows]
    return (
        disclosure.id, disclosure.department.id, extract.department_name,
        extract.year, extract.kind,
        extract.phase, title(disclosure), sidecar.publisher, sidecar.language, sidecar.licence,
        sidecar.address, sidecar.published, sidecar.retrieved, sidecar.revised, document.file,
        document.sha256,
        len(extract.tables), sum(len({row.number for row in table.rows}) for table in tables),
        len(disclosure.facts), len(disclosure.projects),
        *(outcomes[outcome] for outcome in OUTCOMES), _count(disclosure, problems), "", "",
    )  # fmt: skip


def _count(disclosure: Disclosure, problems: Mapping[str, int]) -> int:
    files = {document.file for document in disclosure.documents}
    return sum(problems.get(file, 0) for file in files)


def title(disclosure: Disclosure) -> str:
    """The title of the disclosure: the sidecar's, or department, year and kind."""
    extract = disclosure.extract
    stated = extract.document.sidecar.title if extract.document.sidecar else ""
    kind = "部门预算" if extract.kind == "budget" else "部门决算"
    return stated or f"{extract.department_name}{extract.year}年{kind}"
