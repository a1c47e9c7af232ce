"""Says what a command did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.models import Outcome
from generator.names import shown
from generator.summary import Summary
from generator.told import DisclosureReport, ToldFinding

_HEADS: Mapping[Outcome, str] = {
    "holds": "holds",
    "rounding": "rounding",
    "differs": "DIFFERS",
    "cannot_tell": "cannot tell",
    "remark": "remark",
}


def as_text(summary: Summary) -> str:
    """A few plain lines: what was read, what was written, how long it took."""
    lines = []
    if summary.checked or summary.problems:
        facts = sum(each.facts for each in summary.checked)
        read, problems = len(summary.checked), len(summary.problems)
        lines.append(f"{read} disclosures, {facts:,} amounts, {problems} problems")
    if summary.kept:
        lines.append(f"{len(summary.kept)} not read again, kept as published before")
    if summary.pages:
        lines.append(
            f"{summary.pages} pages, {summary.charts} charts, {summary.downloads} downloads"
        )
    if summary.unchanged:
        lines.append(f"{', '.join(summary.unchanged)}: up to date, nothing to do")
    lines += summary.notes
    seconds = ", ".join(f"{stage} {value:.2f} s" for stage, value in summary.seconds.items())
    return "\n".join([*lines, seconds])


def findings_text(summary: Summary, *, every: bool = False) -> str:
    """A table of outcomes by rule for each disclosure, and what is in doubt (or all) in words."""
    return "\n".join(line for each in summary.checked for line in _findings(each, every))


def _findings(told: DisclosureReport, every: bool) -> Iterator[str]:
    yield f"{told.id}  ({shown(told.file)})"
    yield f"  {'rule':<24}" + "".join(f"{_HEADS[outcome]:>13}" for outcome in _HEADS)
    counts = {(rule, outcome): count for rule, outcome, count in told.counts}
    for rule in dict.fromkeys(rule for rule, *_ in told.counts):
        cells = (counts.get((rule, outcome)) for outcome in _HEADS)
        yield f"  {rule:<24}" + "".join(f"{cell or '·':>13}" for cell in cells)
    total = _outcomes(told)
    yield f"  {'all':<24}" + "".join(f"{total[outcome]:>13}" for outcome in _HEADS)
    for each in told.findings:
        if every or each.outcome in ("differs", "remark"):
            yield f"  {_HEADS[each.outcome]}: {_placed(each)}"
    yield ""


def _outcomes(told: DisclosureReport) -> Counter[str]:
    total: Counter[str] = Counter()
    for _, outcome, count in told.counts:
        total[outcome] += count
    return total


def _placed(finding: ToldFinding) -> str:
    page = f"p. {finding.page}, " if finding.page else ""
    place = f"{page}line {finding.line}: " if finding.line else ""
    mark = f" (acknowledged: {finding.acknowledged})" if finding.acknowledged else ""
    return f"{place}[{finding.rule}] {finding.sentence}{mark} {finding.finding_id}"


def as_json(summary: Summary) -> dict[str, Any]:
    """The same for machines; ``problems`` in full."""
    return {
        "ok": not summary.failed,
        "disclosures": [_disclosure(each) for each in summary.checked],
        "kept": [{"id": each.id, "since": each.since, "code": each.code} for each in summary.kept],
        "contradictions": [
            {
                "finding_id": finding.finding_id,
                "rule": finding.rule,
                "page": finding.page,
                "line": finding.line,
                "sentence": finding.sentence,
            }
            for finding in summary.contradictions
        ],
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "file": problem.file,
                "page": problem.page,
                "line": problem.line,
                "message": problem.message,
                "mend": problem.mend,
            }
            for problem in summary.problems
        ],
        "pages": summary.pages,
        "charts": summary.charts,
        "downloads": summary.downloads,
        "notes": list(summary.notes),
        "seconds": {stage: round(value, 3) for stage, value in summary.seconds.items()},
    }


def _disclosure(told: DisclosureReport) -> dict[str, Any]:
    return {
        "id": told.id,
        "file": told.file,
        "department": told.department,
        "year": told.year,
        "kind": told.kind,
        "tables": told.tables,
        "facts": told.facts,
        "projects": told.projects,
        "findings": dict(sorted(_outcomes(told).items())),
    }
