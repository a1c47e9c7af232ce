"""What a command tells of a disclosure that was checked, once its findings are published."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.models import Checked, Finding, Kind, Outcome

#: The outcomes of which each finding is told, whoever asks.
_SHOWN = ("differs", "remark")


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding as it is told."""

    finding_id: str
    rule: str
    outcome: Outcome
    sentence: str
    page: int | None
    line: int | None
    acknowledged: str


@dataclass(frozen=True, slots=True)
class DisclosureReport:
    """A disclosure by its file, how much of it was read, and what its checks came to.

    ``counts`` are by rule and outcome, the rules in their order; of ``findings`` there are those
    that differ and the remarks, or all where they were asked for.
    """

    id: str
    file: str
    department: str
    year: int
    kind: Kind
    tables: int
    facts: int
    projects: int
    counts: tuple[tuple[str, Outcome, int], ...]
    findings: tuple[ToldFinding, ...]


@dataclass(frozen=True, slots=True)
class KeptTold:
    """A disclosure whose package is kept as it was: since when, and by which problem."""

    id: str
    since: str
    code: str


def told_of(checked: Checked, *, every: bool = False) -> DisclosureReport:
    """What is told of a disclosure, with ``every`` finding where wanted."""
    disclosure = checked.disclosure
    counts = Counter((each.rule, each.outcome) for each in checked.findings)
    return DisclosureReport(
        disclosure.id,
        disclosure.extract.document.file,
        disclosure.department.name,
        disclosure.extract.year,
        disclosure.extract.kind,
        len(disclosure.extract.tables),
        len(disclosure.facts),
        len(disclosure.projects),
        tuple((*key, count) for key, count in counts.items()),
        tuple(_told(each) for each in checked.findings if every or each.outcome in _SHOWN),
    )


def _told(each: Finding) -> ToldFinding:
    place = (each.page, each.line)
    return ToldFinding(
        each.finding_id, each.rule, each.outcome, each.sentence, *place, each.acknowledged
    )
