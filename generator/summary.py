"""Summaries of what a command did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from typing import Any

from generator.build import Summary
from generator.models import Checked


def as_text(summary: Summary) -> str:
    """A few plain lines: what was read, what was written, how long it took."""
    lines = []
    if summary.checked or summary.problems:
        facts = sum(len(each.disclosure.facts) for each in summary.checked)
        read, problems = len(summary.checked), len(summary.problems)
        lines.append(f"{read} disclosures, {facts:,} amounts, {problems} problems")
    if summary.pages:
        lines.append(
            f"{summary.pages} pages, {summary.charts} charts, {summary.downloads} downloads"
        )
    lines += summary.notes
    seconds = ", ".join(f"{stage} {value:.2f} s" for stage, value in summary.seconds.items())
    return "\n".join([*lines, seconds])


def as_json(summary: Summary) -> dict[str, Any]:
    """The same for machines; ``problems`` in full."""
    return {
        "ok": not summary.failed,
        "disclosures": [_disclosure(each) for each in summary.checked],
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
