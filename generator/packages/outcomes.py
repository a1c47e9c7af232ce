"""What the checks say of each amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from generator.models import Finding

#: ``disputed``: a check differs in which it takes part; ``doubtful``: it was not read beyond doubt,
#: or something that it was compared with; ``undisputed``: all hold, but for rounding.
FactOutcome = Literal["disputed", "doubtful", "undisputed", "not_checked"]

_NOT_CHECKED: FactOutcome = "not_checked"
#: A check without the other figure says nothing about this one.
_SILENT = ("", "no_figure")
_RANK: tuple[FactOutcome, ...] = ("not_checked", "undisputed", "doubtful", "disputed")


def outcomes(findings: Sequence[Finding]) -> Mapping[str, FactOutcome]:
    """By the identifiers of figures, of tables and of the prose, the worst that a check says."""
    found: dict[str, FactOutcome] = {}
    for finding in findings:
        said = _said(finding)
        for figure in finding.inputs if said != _NOT_CHECKED else ():
            found[figure] = max(found.get(figure, _NOT_CHECKED), said, key=_RANK.index)
    return found


def _said(finding: Finding) -> FactOutcome:
    if finding.outcome == "differs":
        return "disputed"
    if finding.outcome == "cannot_tell":
        return _NOT_CHECKED if finding.reason in _SILENT else "doubtful"
    return _NOT_CHECKED if finding.outcome == "remark" else "undisputed"
