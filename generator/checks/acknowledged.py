"""Acknowledged findings: contradictions that people have looked up (``acknowledged.yaml``).

Each entry names the finding, the value that its source prints and a reason. It never hides the
finding; it is stale, and reported, once the source prints another value or the finding is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.checked_files import Text, checked_yaml
from generator.meaning.amounts import is_amount, to_decimal
from generator.models import Checked, Finding
from generator.problems import ConfigError, Problem, Report

FILE = "acknowledged.yaml"


class Acknowledgement(Struct, frozen=True, forbid_unknown_fields=True):
    """What people said of one finding, and the value that they saw printed."""

    finding: Text
    printed: Text
    reason: Text


def acknowledge(
    checked: Sequence[Checked], entries: Mapping[int, Acknowledgement], file: str
) -> tuple[tuple[Checked, ...], dict[int, Problem]]:
    """Mark the findings that entries acknowledge; what is stale is a problem of ``file``, by entry.

    Entries of disclosures that are not at hand say nothing.
    """
    at_hand = {one.disclosure.prefix for one in checked}
    findings = {each.finding_id: each for one in checked for each in one.findings}
    stale = {
        at: problem
        for at, entry in entries.items()
        if entry.finding.partition(".check.")[0] in at_hand
        if (problem := _stale(entry, findings.get(entry.finding), file))
    }
    said = {entry.finding: entry for entry in entries.values()}
    marked = tuple(
        replace(one, findings=tuple(_marked(each, said) for each in one.findings))
        for one in checked
    )
    return marked, stale


def _marked(finding: Finding, entries: Mapping[str, Acknowledgement]) -> Finding:
    entry = entries.get(finding.finding_id)
    if entry is None or not _is_as_seen(entry, finding):
        return finding
    return replace(finding, acknowledged=entry.reason)


def _stale(entry: Acknowledgement, finding: Finding | None, file: str) -> Problem | None:
    report = Report(file)
    if finding is None or finding.outcome in ("holds", "rounding"):
        report.add("acknowledgement-gone", finding=entry.finding)
    elif not _is_as_seen(entry, finding):
        report.add(
            "acknowledgement-stale",
            finding=entry.finding,
            expected=entry.printed,
            found=finding.quote if finding.printed is None else finding.printed,
        )
    return report.problems[0] if report.problems else None


def _is_as_seen(entry: Acknowledgement, finding: Finding) -> bool:
    """Whether the source still prints what people saw: the amount, or the words."""
    if finding.printed is None:
        return entry.printed in finding.quote
    return is_amount(entry.printed) and to_decimal(entry.printed) == finding.printed


def read_acknowledged(path: Path) -> tuple[Acknowledgement, ...]:
    """What people said, once of each finding. Raises ConfigError where the file is malformed."""
    if not path.is_file():
        return ()
    entries = checked_yaml(path, tuple[Acknowledgement, ...], ConfigError, empty=())
    return tuple({entry.finding: entry for entry in entries}.values())
