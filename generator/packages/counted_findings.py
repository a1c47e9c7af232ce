"""Findings in the package of all: those that do not hold, and counts of all by rule.

The others grow with the facts and say nothing new: each package has its own, and the site's SQLite
and Parquet files have them of all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from generator.models import Outcome
from generator.packages.resources import Resource, Value, listed, text

#: In the order in which they are counted.
OUTCOMES: tuple[Outcome, ...] = (
    "holds",
    "rounding",
    "differs",
    "cannot_tell",
    "remark",
)


def findings_that_tell(found: Resource) -> Resource:
    """Those findings that do not hold: what the package of all has, one row each."""
    outcome = _names(found).index("outcome")
    return replace(found, rows=tuple(row for row in found.rows if row[outcome] != "holds"))


def findings_counted(found: Resource) -> Resource:
    """How many findings of each disclosure and rule have which outcome."""
    names = _names(found)
    of = [names.index(name) for name in ("disclosure_id", "department", "year", "kind", "rule")]
    outcome = names.index("outcome")
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for row in found.rows:
        counts.setdefault(tuple(text(row[at]) for at in of), Counter())[text(row[outcome])] += 1
    rows: list[tuple[Value, ...]] = [
        (*key, *(count[each] for each in OUTCOMES)) for key, count in counts.items()
    ]
    return listed("findings-counted", rows)


def _names(resource: Resource) -> list[str]:
    return [field.name for field in resource.fields]
