"""The shapes of the data packages: descriptors whole, the rows of a resource when asked for.

All text in here comes from published documents and is untrusted: it is only ever shown as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.meaning.regions import region_english
from generator.models import ForeignKey
from generator.website.published.rows import NEEDED, Row, read_csv, stream_csv
from generator.website.wording.language import (
    Bilingual,
    WithDescriptions,
    WithNames,
    WithTitles,
    Words,
    marked,
)

FINDINGS = "findings"
KIND_SLUGS = {"budget": "budget", "final_accounts": "final-accounts"}
KIND_WORDS = Words({"budget": marked("预算"), "final_accounts": marked("决算")})


@dataclass(frozen=True)
class PublishedField(WithDescriptions):
    """One column of a resource, as its schema describes it."""

    name: str
    type: str
    titles: Bilingual
    descriptions: Bilingual
    constraints: tuple[tuple[str, tuple[str, ...]], ...]
    column_type: str
    headings: tuple[str, ...]
    measure: bool

    @property
    def required(self) -> bool:
        """Tell whether it is never blank."""
        return ("required", ("True",)) in self.constraints


@dataclass(frozen=True)
class PublishedResource(WithDescriptions):
    """One CSV file of a package: where it is and what its descriptor says about it."""

    folder: Path
    path: str
    name: str
    titles: Bilingual
    descriptions: Bilingual
    bytes: int
    hash: str
    rows: int
    category: str
    order: int
    shape: str
    unit: str
    notes: tuple[str, ...]
    fields: tuple[PublishedField, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    #: Where it is put together from files of other packages: those, instead of its own.
    parts: tuple[PublishedResource, ...] = ()

    @property
    def file(self) -> Path:
        """Return where it is."""
        return self.folder / self.path

    @property
    def disclosure(self) -> str:
        """Return the id of the disclosure of whose package it is."""
        return "/".join(self.folder.parts[-2:])

    @property
    def is_of_disclosures(self) -> bool:
        """Tell whether each of its rows names its disclosure."""
        return {field.name for field in self.fields} >= {"department", "year", "kind"}

    def read(self) -> list[Row]:
        """Read every row of the file.

        Raises:
            PackageError: The file is missing, is not UTF-8, or its header is not that of the
            schema.
        """
        header = tuple(field.name for field in self.fields)
        if self.parts:
            rows = (row for part in self.parts for row in part.read())
            return [{name: row.get(name, "") for name in header} for row in rows]
        return read_csv(self.file, header, NEEDED.get(self.name, ()), self.hash)

    def each(self) -> Iterator[Row]:
        """Yield every row of the file, which may be larger than memory. Raises as `read`."""
        header = tuple(field.name for field in self.fields)
        if not self.parts:
            yield from stream_csv(self.file, header, NEEDED.get(self.name, ()), self.hash)
        yield from self.each_of(self.parts)

    def each_of(self, parts: Iterable[PublishedResource]) -> Iterator[Row]:
        """Yield the rows of some of its parts, with the fields that it has. Raises as `read`."""
        header = tuple(field.name for field in self.fields)
        for part in parts:
            same = part.fields == self.fields
            for row in part.each():
                yield row if same else {name: row.get(name, "") for name in header}


@dataclass(frozen=True)
class PublishedDepartment(WithNames):
    """Who published a disclosure."""

    id: str
    names: Bilingual
    region_name: str
    level: str
    #: The code of its region, of GB/T 2260.
    region: str = ""

    @property
    def place(self) -> str:
        """Return what its region is called in the language being spoken."""
        return str(Bilingual(self.region_name, region_english(self.region)))


@dataclass(frozen=True)
class Source:
    """A file a package was read from."""

    title: str
    path: str
    file: str
    hash: str
    publisher: str
    licence: str
    rendition: str
    note: str
    #: Width and height of each page of a PDF, in points; empty for a text.
    pages: tuple[tuple[float, float], ...] = ()

    @property
    def address(self) -> str:
        """Return where it was published, if that is an address of the web, else ""."""
        return self.path if self.path.startswith(("https://", "http://")) else ""

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the file in hexadecimal digits alone."""
        return self.hash.removeprefix("sha256:")

    @property
    def facsimile(self) -> bool:
        """Tell whether the file was typeset again and is not the one that was published."""
        return self.rendition == "facsimile"


@dataclass(frozen=True)
class NotReadAgain:
    """Since when a source was not read again, the code of the problem, and what it says."""

    since: str
    code: str
    reason: str


@dataclass(frozen=True)
class Package(WithTitles):
    """The package of one disclosure: one department, one year, budget or final accounts."""

    folder: Path
    name: str
    titles: Bilingual
    description: str
    department: PublishedDepartment
    year: int
    kind: str
    unit: str
    sources: tuple[Source, ...]
    resources: tuple[PublishedResource, ...]
    #: Where its source is gone or could not be read this time, and this is what was read before.
    kept: NotReadAgain | None = None
    build: str = ""
    #: The version of its data, and the day that they are of, as far as the descriptor says.
    version: str = ""
    created: str = ""
    description_english: str = ""

    @property
    def slug(self) -> str:
        """Return the last part of the address, such as `2025-budget`."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def id(self) -> str:
        """Return `department/year-kind`, which is also the address below `departments/`."""
        return f"{self.department.id}/{self.slug}"

    @property
    def kind_word(self) -> str:
        """Return 预算 or 决算."""
        return KIND_WORDS[self.kind]

    @property
    def text_file(self) -> str:
        """Return the file whose lines `source.csv` holds: the first of the sources."""
        return self.sources[0].file if self.sources else ""

    @property
    def tables(self) -> tuple[PublishedResource, ...]:
        """Return the standard tables in printed order."""
        return tuple(r for r in self.resources if r.category == "standard_table")

    def rows(self, name: str) -> list[Row]:
        """Read the rows of a resource; a resource the package does not have gives no rows."""
        return next((r.read() for r in self.resources if r.name == name), [])


@dataclass(frozen=True)
class Packages:
    """All packages: one per disclosure, by department and year, and the consolidated one."""

    folder: Path
    disclosures: tuple[Package, ...]
    consolidated: tuple[PublishedResource, ...]
    #: The name of the build that wrote them, their version, and the day that they are of.
    build: str = ""
    version: str = ""
    created: str = ""

    def without(self, ids: frozenset[str]) -> Packages:
        """These packages without those of some disclosures."""
        kept = tuple(package for package in self.disclosures if package.id not in ids)
        return replace(self, disclosures=kept)

    @cached_property
    def whole(self) -> tuple[PublishedResource, ...]:
        """The consolidated resources, put together from those of the disclosures.

        So there is every finding, which their CSV file only counts. Where a package is kept of an
        earlier build, or one lacks, the other long files are those of the consolidated package.
        """
        listed = [row["disclosure_id"] for row in self.rows("disclosures")]
        every = sorted(listed) == sorted(package.id for package in self.disclosures)
        whole = every and not any(package.kept for package in self.disclosures)
        return tuple(
            replace(each, parts=self._parts(each.name))
            if each.name == FINDINGS or (whole and each.is_of_disclosures)
            else each
            for each in self.consolidated
        )

    def _parts(self, name: str) -> tuple[PublishedResource, ...]:
        return tuple(r for each in self.disclosures for r in each.resources if r.name == name)

    def rows(self, name: str) -> list[Row]:
        """Read a resource of the consolidated package; a missing one gives no rows."""
        return next((r.read() for r in self.consolidated if r.name == name), [])
