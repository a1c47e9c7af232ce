"""What stands under codes in all disclosures: asked of the summaries."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator import wire
from generator.website.department.spending import Spent, UnitSpent
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.summaries import Summaries


def spenders(
    summaries: Summaries, classification: str, code: str, year: int, kind: str
) -> Iterator[tuple[DisclosureSummary, Spent]]:
    """What disclosures of a year and kind print under a code, the largest first."""
    rows = summaries.rows(
        "SELECT d.data, s.data FROM spent s JOIN disclosure d ON d.id = s.disclosure"
        " WHERE s.classification = ? AND s.code = ? AND s.year = ? AND s.kind = ?"
        " AND s.yuan <> 0 ORDER BY s.yuan DESC, s.disclosure",
        (classification, code, year, kind),
    )
    for data, spent in rows:
        yield wire.decode(data, DisclosureSummary), wire.decode(spent, Spent)


def spent_in_all(
    summaries: Summaries, classification: str, code: str, year: int, kind: str
) -> tuple[Decimal, int]:
    """What all of them print under a code together, and how many print the largest amount."""
    rows = summaries.ask(
        "SELECT data FROM spent WHERE classification = ? AND code = ? AND year = ?"
        " AND kind = ? AND yuan <> 0 ORDER BY yuan DESC",
        (classification, code, year, kind),
        Spent,
    )
    whole, top, tied = Decimal(0), Decimal(0), 0
    for each in rows:
        top = top if tied else each.whole.yuan
        whole, tied = whole + each.whole.yuan, tied + (each.whole.yuan == top)
    return whole, tied


def units(summaries: Summaries, disclosure: str, code: str) -> Iterator[UnitSpent]:
    """What the units of a disclosure spend under a code."""
    yield from summaries.ask(
        "SELECT data FROM units WHERE disclosure = ? AND code = ? ORDER BY rowid",
        (disclosure, code),
        UnitSpent,
    )


def codes(summaries: Summaries, classification: str) -> list[tuple[str, str, int]]:
    """Every code of a list that anything stands under, with a printed name and its spenders."""
    rows = summaries.rows(
        "SELECT code, MAX(data), COUNT(DISTINCT CASE WHEN yuan <> 0 THEN substr(disclosure, 1,"
        " instr(disclosure, '/')) END) FROM spent WHERE classification = ? GROUP BY code"
        " ORDER BY code",
        (classification,),
    )
    return [(code, wire.decode(data, Spent).name, count) for code, data, count in rows]


def code_years(
    summaries: Summaries, classification: str, code: str
) -> list[tuple[int, str, int, int]]:
    """Years and kinds in which a code is printed: how often with an amount, how often zero."""
    return summaries.rows(
        "SELECT year, kind, SUM(yuan <> 0), SUM(yuan = 0) FROM spent WHERE classification = ?"
        " AND code = ? GROUP BY year, kind ORDER BY year DESC, kind",
        (classification, code),
    ).fetchall()
