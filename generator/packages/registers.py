"""Registers: what the package of all says of each disclosure."""

from __future__ import annotations

from collections import Counter

from generator.checks import rules
from generator.models import Checked, Disclosure, Sidecar
from generator.packages.counted_findings import OUTCOMES
from generator.packages.resources import Value, text


def register_row(checked: Checked) -> tuple[str, ...]:
    """What ``disclosures.csv`` says of a disclosure, but for problems and being kept."""
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
    row: tuple[Value, ...] = (
        disclosure.id, disclosure.department.id, extract.department_name,
        extract.year, extract.kind,
        extract.phase, title(disclosure), sidecar.publisher, sidecar.language, sidecar.licence,
        sidecar.address, sidecar.published, sidecar.retrieved, sidecar.revised, document.file,
        document.sha256,
        len(extract.tables), sum(len({row.number for row in table.rows}) for table in tables),
        len(disclosure.facts), len(disclosure.projects),
        *(outcomes[outcome] for outcome in OUTCOMES),
    )  # fmt: skip
    return tuple(map(text, row))


def title(disclosure: Disclosure) -> str:
    """The title of the disclosure: the sidecar's, or department, year and kind."""
    extract = disclosure.extract
    stated = extract.document.sidecar.title if extract.document.sidecar else ""
    kind = "部门预算" if extract.kind == "budget" else "部门决算"
    return stated or f"{extract.department_name}{extract.year}年{kind}"
