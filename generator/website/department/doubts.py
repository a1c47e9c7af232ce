"""Which figures of a disclosure's page are in doubt, and which finding says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.department.findings import OpenFinding
from generator.website.department.sheets import CHECKS
from generator.website.published.package import Package
from generator.website.wording.language import gettext as _


@dataclass(frozen=True)
class Doubt:
    """The findings that a mark leads to; `first` where the figure is the one in question."""

    findings: tuple[OpenFinding, ...]
    first: bool


#: By the anchor of the figure within its disclosure.
Doubts = Mapping[str, Doubt]


def doubts_of(package: Package, findings: Sequence[OpenFinding]) -> Doubts:
    """Return each figure's doubts: those where it is in question, else the first it is part of."""
    found: dict[str, Doubt] = {}
    for finding in findings:
        for at, place in enumerate(finding.places):
            if place.package.id == package.id:
                found[place.anchor] = _with(found.get(place.anchor), finding, at == 0)
    return found


def _with(known: Doubt | None, finding: OpenFinding, first: bool) -> Doubt:
    if known is None or (first and not known.first):
        return Doubt((finding,), first)
    return Doubt((*known.findings, finding), True) if first else known


def signs(doubt: Doubt) -> Markup:
    """Return the marks of a figure, each a link to its finding; from the disclosure's own page."""
    said = _("核对不符，第{number}处") if doubt.first else _("参与了一项不符的核对，第{number}处")
    sign = Markup(
        '<a class="mark{}" href="{}"><span aria-hidden="true">※{}</span>'
        '<span class="hidden">{}</span></a>'
    )
    other = "" if doubt.first else " other"
    # Findings of one case have one number, and one mark.
    by_number = {each.number: each for each in reversed(doubt.findings)}
    return Markup("").join(
        sign.format(other, f"{CHECKS}#{each.anchor}", number, said.format(number=number))
        for number, each in sorted(by_number.items())
    )


def touching(resource: str, findings: Sequence[OpenFinding], package: Package) -> list[OpenFinding]:
    """Return the findings that have a figure in a table of a disclosure."""
    return [
        finding
        for finding in findings
        if any(
            place.package.id == package.id and place.anchor.split(".")[0] == resource
            for place in finding.places
        )
    ]
