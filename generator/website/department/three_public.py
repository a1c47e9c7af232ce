"""The “三公” expenses of a department over all its disclosures, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.website.department.figures import KeyFigures, Part
from generator.website.published.package import Package
from generator.website.wording.language import gettext as _
from generator.website.wording.words import THREE_PUBLIC


@dataclass(frozen=True)
class DisclosureColumn:
    """One column: what a disclosure plans or spent; `base` is the way to that disclosure."""

    title: str
    base: str
    here: bool
    total: Part | None
    parts: tuple[Part | None, ...]


@dataclass(frozen=True)
class ThreePublicYears:
    """The parts in rows and the disclosures in columns; a part that is not printed is None."""

    names: tuple[str, ...]
    columns: tuple[DisclosureColumn, ...]

    @property
    def rows(self) -> list[tuple[str, list[tuple[DisclosureColumn, Part | None]]]]:
        """Return each part with its amount in every column."""
        return [
            (name, [(column, column.parts[at]) for column in self.columns])
            for at, name in enumerate(self.names)
        ]


def three_public_years(
    current: Package, disclosures: Sequence[tuple[Package, KeyFigures]]
) -> ThreePublicYears | None:
    """Return the table, oldest first, or None where the current disclosure prints no total."""
    columns = [column for package, key in disclosures for column in _columns(package, key, current)]
    if not any(column.here and column.total for column in columns):
        return None
    return ThreePublicYears(tuple(THREE_PUBLIC.values()), tuple(columns))


def _columns(package: Package, key: KeyFigures, current: Package) -> Iterator[DisclosureColumn]:
    base, here = f"../{package.slug}/", package == current
    if key.three_public_planned:
        planned = {part.key: part for part in key.three_public_planned}
        title = _("{year}年预算数（决算所列）").format(year=package.year)
        parts = tuple(planned.get(term) for term in THREE_PUBLIC)
        yield DisclosureColumn(title, base, here, planned.get("three_public_expenses"), parts)
    if key.three_public:
        found = {part.key: part for part in key.three_public_parts}
        title = _("{year}年{kind}").format(year=package.year, kind=package.kind_word)
        total = Part("", "", key.three_public.yuan, key.three_public.line)
        yield DisclosureColumn(
            title, base, here, total, tuple(found.get(term) for term in THREE_PUBLIC)
        )
