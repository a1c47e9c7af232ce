"""Contradictions by cause: what stands against what, and the findings that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from generator.website.department.findings import OpenFinding
from generator.website.department.sheets import CHECKS
from generator.website.drawing.page_images import anchor
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.amounts import as_printed
from generator.website.wording.language import chinese, plural
from generator.website.wording.language import gettext as _
from generator.website.wording.words import SLIPS, UNITS


@dataclass(frozen=True)
class PublishedCase:
    """One case and its findings, the largest first; `row` is blank of an older package."""

    findings: tuple[OpenFinding, ...]
    row: Row

    @property
    def number(self) -> int:
        """Return its number on the page of its disclosure, as the marks of its figures have it."""
        return self.findings[0].number

    @property
    def package(self) -> Package:
        """Return the package of its disclosure."""
        return self.findings[0].package

    @property
    def anchor(self) -> str:
        """Return its anchor on that page."""
        return anchor(self.row["case_id"]) if self.row else self.findings[0].anchor

    @property
    def address(self) -> str:
        """Return its address below the root."""
        return f"departments/{self.package.id}/{CHECKS}#{self.anchor}"

    @property
    def yuan(self) -> Decimal | None:
        """Return how far apart the figures are."""
        return self.findings[0].yuan

    @property
    def sentence(self) -> str:
        """Return what it says, in Chinese; blank where nobody gathered cases."""
        return self.row.get("sentence", "")

    @property
    def says(self) -> list[Markup]:
        """Say in the language of the page what supports either value, and what would do."""
        return [said for said in (self._support(), self._least(), self._slip()) if said]

    def _support(self) -> Markup:
        row = self.row
        if not row or not row["value"] or not row["places"]:
            return Markup()
        unit = chinese(UNITS.get(row["printed_unit"], row["printed_unit"]))
        words = _(
            "支持{value}{unit}的有{places}处，支持{other}{unit}的有{others}处"
            "（印着这个数的地方，和用这个数能对上的核对）。"
        )
        return Markup(words).format(
            value=as_printed(row["value"]), other=as_printed(row["other"]), unit=unit,
            places=row["places"], others=row["other_places"],
        )  # fmt: skip

    def _least(self) -> Markup:
        row = self.row
        if not row or not row["value"]:
            return Markup()
        if row["figure"]:
            words = _("单独改动一个数就能都对上的，是{value}。")
            return Markup(words).format(value=as_printed(row["value"]))
        if row["figures"]:
            count = len(row["figures"].split())
            words = plural("单独改动{n}个数中的任何一个都能对上，看不出是哪一个。", count)
            return Markup(words).format(n=count)
        if row["changes"]:
            words = plural(
                "单独改动任何一个数都不能全部对上，至少要改动{n}个。", int(row["changes"])
            )
            return Markup(words).format(n=row["changes"])
        return Markup(_("单独改动任何一个数都不能全部对上。"))

    def _slip(self) -> Markup:
        slip = self.row.get("slip", "")
        return Markup("{}").format(SLIPS[slip]) if slip in SLIPS else Markup()


def cases_of(package: Package, findings: Sequence[OpenFinding]) -> list[PublishedCase]:
    """Return the cases of a disclosure's contradictions, in the order of their numbers."""
    rows = {row["case_id"]: row for row in package.rows("cases")}
    return list(_cases(findings, rows))


def _cases(findings: Sequence[OpenFinding], rows: dict[str, Row]) -> Iterator[PublishedCase]:
    for _number, group in groupby(findings, key=lambda each: each.number):
        own = tuple(group)
        yield PublishedCase(own, rows.get(own[0].case, {}))
