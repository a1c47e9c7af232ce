"""The one model of what the site offers as data, from which every catalogue of it is written.

A dataset is what one package holds: that of a disclosure, or of all. Its distributions are whatever
files stand below `data/` for it, and the package as a whole to download.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.website.published.package import Package, Packages, PublishedResource, Source
from generator.website.settings import SiteSettings
from generator.website.wording.language import Bilingual, marked

#: What a description of it is in JSON.
Linked = dict[str, Any]
#: Of the compiled data; the disclosures are their publishers'.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
#: Of each kind of file its media type; of a kind that is not here nothing is said.
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
ALL = "all"
_DATA = "data/"
#: What lies before the id of a disclosure.
_FOLDERS = ("data/json/disclosures/", _DATA, "downloads/")
#: Files of which a list of their own is named: there is one for each department and key figure.
_LISTED = ("data/json/departments/", "data/json/figures/")
_TITLE = Bilingual(marked("全部部门预算和决算"), "All budgets and final accounts")
_DESCRIPTION = Bilingual(
    "从部门公开的预算和决算文件读出的全部金额、项目、说明和核对结果，每个数字都可以查到原文。",
    "All amounts, projects, prose and checks read from the budgets and final accounts that "
    "departments published; each amount leads back to its source.",
)


@dataclass(frozen=True)
class Distribution:
    """A file to download: its address below the root, its bytes, their SHA-256."""

    path: str
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.path.rpartition("/")[2]

    @property
    def extension(self) -> str:
        """Return what its name ends in, without the dot."""
        return self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """Return its media type, or "" where it has none of its own."""
        return MEDIA_TYPES.get(self.extension, "")


@dataclass(frozen=True)
class CataloguedDataset:
    """What a package holds, as catalogues tell it.

    Dates are "" where they are not known. `regions` are names by their codes of GB/T 2260.
    """

    id: str
    page: str
    titles: Bilingual
    descriptions: Bilingual
    creator: Bilingual
    version: str
    created: str
    issued: str
    modified: str
    years: tuple[int, ...]
    regions: Mapping[str, str]
    sources: tuple[Source, ...]
    distributions: tuple[Distribution, ...]
    #: Of that of everything alone.
    resources: tuple[PublishedResource, ...] = ()

    def file(self, name: str) -> Distribution | None:
        """Return the distribution with a name, that below `data/` first."""
        return next((each for each in self.distributions if each.name == name), None)


@dataclass(frozen=True)
class Catalogue:
    """All datasets of a site: that of everything, and one for each disclosure."""

    settings: SiteSettings
    whole: CataloguedDataset
    #: By their ids.
    disclosures: Mapping[str, CataloguedDataset]

    @property
    def datasets(self) -> Iterator[CataloguedDataset]:
        """Yield every dataset, that of everything first."""
        yield self.whole
        yield from self.disclosures.values()

    def address(self, path: str) -> str:
        """Return the address of a page or file: absolute where the site knows its own.

        Else it is relative to the root, where the catalogues lie.
        """
        return self.settings.address(path) or path or "./"


def filled(linked: Linked) -> Linked:
    """Leave out of a description what is not known."""
    return {key: value for key, value in linked.items() if value not in ("", [], {}, None)}


def catalogue_of(
    packages: Packages,
    settings: SiteSettings,
    disclosures: Mapping[str, CataloguedDataset],
    checksums: Mapping[str, tuple[int, str]],
) -> Catalogue:
    """Put the model together.

    Args:
        packages: The packages of the site.
        settings: The title, address and contact of the site.
        disclosures: What `catalogued` says of each disclosure, by its id.
        checksums: Of each file to download its bytes and their SHA-256.
    """
    others = {path: sums for path, sums in checksums.items() if _id(path) not in disclosures}
    files = tuple(_distributions(others))
    return Catalogue(settings, _whole(packages, disclosures, settings, files), disclosures)


def catalogued(
    package: Package, row: Mapping[str, str], checksums: Mapping[str, tuple[int, str]]
) -> CataloguedDataset:
    """Say what a disclosure has.

    Args:
        package: The disclosure's.
        row: Its line of the register of disclosures.
        checksums: Of each file to download, of it and of others, its bytes and their SHA-256.
    """
    who = package.department
    return CataloguedDataset(
        id=package.id,
        page=f"departments/{package.id}/",
        titles=package.titles,
        descriptions=Bilingual(package.description, package.description_english),
        creator=who.names,
        version=package.version,
        created=package.created,
        issued=row.get("published", ""),
        modified=row.get("revised", "") or row.get("retrieved", ""),
        years=(package.year,),
        regions={who.region: who.region_name} if who.region else {},
        # How large its pages are no catalogue says, and there may be a thousand.
        sources=tuple(replace(source, pages=()) for source in package.sources),
        distributions=tuple(e for e in _distributions(checksums) if _id(e.path) == package.id),
    )


def _distributions(checksums: Mapping[str, tuple[int, str]]) -> Iterator[Distribution]:
    """Yield the files of all packages, in the order of their addresses."""
    for path, (size, digest) in sorted(checksums.items()):
        if (path.startswith(_DATA) or path.endswith(".zip")) and not path.startswith(_LISTED):
            yield Distribution(path, size, digest)


def _id(path: str) -> str:
    """Return the two folders below which a file lies, which are the id of a disclosure's."""
    for folder in _FOLDERS:
        path = path.removeprefix(folder)
    return "/".join(path.split("/")[:2]).removesuffix(".json")


def _whole(
    packages: Packages,
    disclosures: Mapping[str, CataloguedDataset],
    settings: SiteSettings,
    files: tuple[Distribution, ...],
) -> CataloguedDataset:
    told = [replace(each, distributions=()) for each in disclosures.values()]
    return CataloguedDataset(
        id=ALL,
        page="datasets/",
        titles=_TITLE,
        descriptions=_DESCRIPTION,
        creator=Bilingual(settings.title),
        version=packages.version,
        created=packages.created,
        issued=min((each.issued for each in told if each.issued), default=""),
        modified=max((each.modified or each.issued for each in told), default=""),
        years=tuple(sorted({year for each in told for year in each.years})),
        regions=dict(sorted({r for each in told for r in each.regions.items()})),
        sources=tuple(source for each in told for source in each.sources),
        resources=packages.consolidated,
        distributions=files,
    )
