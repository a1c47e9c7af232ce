"""Registers: the disclosures of the consolidated package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.checks import rules
from generator.models import Checked, Disclosure, Sidecar
from generator.packages.counted_findings import OUTCOMES
from generator.packages.resources import Resource, Value, listed

if TYPE_CHECKING:
    from generator.packages.published import Kept


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
