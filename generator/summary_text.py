"""Says what a command did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.models import Checked, Finding, Outcome
from generator.names import shown
from generator.summary import Summary

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
        facts = sum(len(each.disclosure.facts) for each in summary.checked)
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


def _findings(checked: Checked, every: bool) -> Iterator[str]:
    yield f"{checked.disclosure.id}  ({shown(checked.disclosure.extract.document.file)})"
    yield f"  {'rule':<24}" + "".join(f"{_HEADS[outcome]:>13}" for outcome in _HEADS)
    counts = Counter((each.rule, each.outcome) for each in checked.findings)
    for rule in dict.fromkeys(each.rule for each in checked.findings):
        cells = (counts[rule, outcome] for outcome in _HEADS)
        yield f"  {rule:<24}" + "".join(f"{cell or '·':>13}" for cell in cells)
    total = Counter(each.outcome for each in checked.findings)
    yield f"  {'all':<24}" + "".join(f"{total[outcome]:>13}" for outcome in _HEADS)
    for each in checked.findings:
        if every or each.outcome in ("differs", "remark"):
            yield f"  {_HEADS[each.outcome]}: {_placed(each)}"
    yield ""


def _placed(finding: Finding) -> str:
    page = f"p. {finding.page}, " if finding.page else ""
    place = f"{page}line {finding.line}: " if finding.line else ""
    mark = f" (acknowledged: {finding.acknowledged})" if finding.acknowledged else ""
    return f"{place}[{finding.rule}] {finding.sentence}{mark} {finding.finding_id}"


def as_json(summary: Summary) -> dict[str, Any]:
    """The same for machines; ``problems`` in full."""
    return {
        "ok": not summary.failed,
        "disclosures": [_disclosure(each) for each in summary.checked],
        "kept": [
            {"id": each.package.id, "since": each.mark.since, "code": each.mark.code}
            for each in summary.kept
        ],
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


def _disclosure(checked: Checked) -> dict[str, Any]:
    disclosure = checked.disclosure
    outcomes = Counter(finding.outcome for finding in checked.findings)
    return {
        "id": disclosure.id,
        "file": disclosure.extract.document.file,
        "department": disclosure.department.name,
        "year": disclosure.extract.year,
        "kind": disclosure.extract.kind,
        "tables": len(disclosure.extract.tables),
        "facts": len(disclosure.facts),
        "projects": len(disclosure.projects),
        "findings": dict(sorted(outcomes.items())),
    }
