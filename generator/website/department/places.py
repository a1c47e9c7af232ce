"""Where the figures stand that findings name by their identifiers: in words, and the ways there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from generator.website.drawing.page_images import Views, anchor, marked
from generator.website.published.glosses import Glosses
from generator.website.published.package import Package, PublishedResource
from generator.website.published.rows import Row
from generator.website.wording.amounts import as_printed
from generator.website.wording.language import Bilingual, chinese
from generator.website.wording.language import gettext as _
from generator.website.wording.words import MEASURES

# Findings compare neighbours in time at most, so few disclosures are looked at together.
_KEPT = 4


@dataclass(frozen=True)
class FigurePlace:
    """Where one figure stands: its words, its printed figure, and the ways to it.

    `anchor` is its identifier within its disclosure; `view` tells that a drawn page marks it.
    """

    package: Package
    anchor: str
    words: Markup
    printed: Markup
    line: str
    page: str
    view: bool = False

    @property
    def base(self) -> str:
        """Return the address of the disclosure's page below the root."""
        return f"departments/{self.package.id}/"


class FigurePlaces:
    """Finds the places of figures in all disclosures, reading a package when it is asked for."""

    def __init__(
        self,
        packages: Sequence[Package],
        views: Mapping[str, Views],
        glosses: Glosses | None = None,
    ) -> None:
        self._glosses = glosses or Glosses()
        self._packages = {prefix(package): package for package in packages}
        self._views = views
        self._of = lru_cache(_KEPT)(self._read)

    def find(self, figure: str) -> FigurePlace | None:
        """Return the place of a fact, a statement or an amount of a table; None if unknown."""
        owner = ".".join(figure.split(".")[:2])
        return self._of(owner).find(figure) if owner in self._packages else None

    def _read(self, owner: str) -> _OfOne:
        package = self._packages[owner]
        return _OfOne(package, marked(self._views.get(package.id)), self._glosses)


class _OfOne:
    """The figures of one disclosure; of the many that it has, few are asked for."""

    def __init__(self, package: Package, views: frozenset[str], glosses: Glosses) -> None:
        self._package, self._views, self._glosses = package, views, glosses
        self._tables = {table.name: table for table in package.tables}
        self._facts = {row["fact_id"]: row for row in package.rows("facts")}
        self._stated = {row["narrative_id"]: row for row in package.rows("narrative")}
        known = {anchor(id_).split(".")[0] for id_ in (*self._facts, *self._stated)}
        apart = (table for table in package.tables if table.name not in known)
        self._cells = {id_: place for t in apart for id_, place in _cells(package, t, glosses)}

    def find(self, figure: str) -> FigurePlace | None:
        """Return the place of a figure; None if unknown."""
        if row := self._facts.get(figure):
            return self._fact(row)
        if row := self._stated.get(figure):
            return self._place(row["narrative_id"], _stated(row), row)
        return self._cells.get(figure)

    def _fact(self, row: Row) -> FigurePlace:
        table = self._tables.get(row["table_id"])
        gloss = self._glosses.of(row["functional_code"] or row["economic_code"], row["label"])
        words = (
            _words(table, row["label"], row["column_id"], gloss) if table else chinese(row["label"])
        )
        return self._place(row["fact_id"], words, row)

    def _place(self, id_: str, words: Markup, row: Row) -> FigurePlace:
        here, printed = anchor(id_), figure(row["printed"], row["printed_unit"])
        return FigurePlace(
            self._package, here, words, printed, row["line"], row["page"], here in self._views
        )


def prefix(package: Package) -> str:
    """Return how the identifiers of a disclosure begin."""
    return f"{package.department.id}.{package.slug}"


def _words(table: PublishedResource, label: str, column: str, gloss: str) -> Markup:
    """Say table, row and column, without a row that only repeats its table or its column."""
    titles = next((f.titles for f in table.fields if f.name == column), Bilingual(column))
    words = {"table": chinese(table.title or table.name), "column": chinese(str(titles))}
    if label.strip() in ("", table.titles.chinese, titles.chinese):
        return Markup(_("《{table}》“{column}”")).format(**words)
    words["row"] = chinese(label.strip())
    if gloss:
        words["gloss"] = escape(gloss)
        return Markup(_("《{table}》“{row}”（{gloss}）的“{column}”")).format(**words)
    return Markup(_("《{table}》“{row}”的“{column}”")).format(**words)


def figure(printed: str, unit: str) -> Markup:
    """Say a printed figure with its printed unit."""
    if not unit or unit == "%":
        return escape(f"{printed}{unit}")
    return Markup(_("{figure}{unit}")).format(figure=printed, unit=chinese(unit))


def _inner(text: str) -> str:
    """Quotation marks inside others are single."""
    return text.replace("“", "‘").replace("”", "’")


def _stated(row: Row) -> Markup:
    measure = MEASURES.get(row["measure"], "")
    if not row["subject_text"]:
        return Markup(_("文字说明{measure}")).format(measure=measure)
    subject = chinese(_inner(row["subject_text"]))
    return Markup(_("文字说明“{subject}”{measure}")).format(subject=subject, measure=measure)


def _cells(
    package: Package, table: PublishedResource, glosses: Glosses
) -> Iterator[tuple[str, FigurePlace]]:
    """Yield the amounts of a table whose amounts are no facts (key projects, in the prose)."""
    for row in table.read():
        for field in table.fields:
            if field.measure and row[field.name]:
                here = cell_anchor(table.name, row, field.name)
                printed = figure(as_printed(row[field.name]), table.unit)
                label = row.get("label") or row.get("name", "")
                gloss = glosses.of(row.get("code", ""), label)
                words = _words(table, label, field.name, gloss)
                place = FigurePlace(package, here, words, printed, row.get("line", ""), "")
                yield f"{prefix(package)}.{here}", place


def cell_anchor(table: str, row: Row, column: str) -> str:
    """Return the anchor of an amount of a table: what is left of its `fact_id` in a disclosure."""
    side = row.get("panel", "") or row.get("direction", "")
    return ".".join(part for part in (table, row.get("row_id", ""), side, column) if part)
