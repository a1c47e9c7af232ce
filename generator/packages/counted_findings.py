"""Findings in the package of all: those that do not hold, and counts of all by rule.

The others grow with the facts and say nothing new: each package has its own, and the site's SQLite
and Parquet files have them of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.models import Outcome

#: In the order in which they are counted.
OUTCOMES: tuple[Outcome, ...] = (
    "holds",
    "rounding",
    "differs",
    "cannot_tell",
    "remark",
)


_OF = ("disclosure_id", "department", "year", "kind", "rule")


def findings_counted(
    names: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[Sequence[str]]:
    """How many findings of a disclosure have which outcome, by rule; ``names`` are their fields."""
    of, outcome = [names.index(name) for name in _OF], names.index("outcome")
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for row in rows:
        counts.setdefault(tuple(row[at] for at in of), Counter())[row[outcome]] += 1
    for key, count in counts.items():
        yield (*key, *(str(count[each]) for each in OUTCOMES))


def findings_that_tell(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Those findings that do not hold: what the package of all has, one row each."""
    outcome = names.index("outcome")
    return [row for row in rows if row[outcome] != "holds"]


def tables_of(names: Sequence[str], rows: Iterable[Sequence[str]]) -> set[str]:
    """The tables that findings name."""
    table = names.index("table_id")
    return {row[table] for row in rows}
