"""Identifiers of all that a disclosure holds: they begin with that of its department."""

from __future__ import annotations

from msgspec.structs import replace

from generator.models import Disclosure, fact_prefix


def under(identifier: str, disclosure: Disclosure) -> Disclosure:
    """The same disclosure under another ``identifier`` of its department."""
    department = replace(disclosure.department, id=identifier)
    start, old = fact_prefix(department, disclosure.extract), len(disclosure.prefix)
    return replace(
        disclosure,
        department=department,
        facts=tuple(replace(f, fact_id=start + f.fact_id[old:]) for f in disclosure.facts),
        projects=tuple(
            replace(p, project_id=start + p.project_id[old:]) for p in disclosure.projects
        ),
        statements=tuple(
            replace(s, statement_id=start + s.statement_id[old:]) for s in disclosure.statements
        ),
    )
