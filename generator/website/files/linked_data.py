"""Linked data: what a page is about, in schema.org's words (JSON-LD), for search engines.

Every address in it is absolute. Without a base URL what must be an address is left out, the rest
stays. All text is untrusted, and is escaped so that it cannot end the script that holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from urllib.parse import urljoin

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from generator.website.files.catalogue import (
    LICENCE,
    Catalogue,
    CataloguedDataset,
    Distribution,
    Linked,
    filled,
)
from generator.website.files.datasets import Dataset
from generator.website.files.downloads import AllDownloads, DisclosureDownloads, Download
from generator.website.published.package import Package, PublishedResource, Source
from generator.website.published.rows import Row
from generator.website.settings import SiteSettings
from generator.website.wording.language import gettext as _
from generator.website.wording.language import spoken

_SHORTEST = 50  # characters of a description, below which search engines refuse a dataset
#: So many datasets the page of the catalogue lists for machines: what they weigh stays bounded.
_MOST_LISTED = 100


def script(linked: Linked) -> Markup:
    """Return the script element that holds a description; it is data, and never run."""
    described = {"@context": "https://schema.org", **linked}
    text = htmlsafe_json_dumps(described, ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">{}</script>').format(text)


def breadcrumbs(
    settings: SiteSettings, address: str, root: str, trail: Iterable[tuple[str, str]], here: str
) -> Linked:
    """Describe the way to a page: `trail` are the places, below `root`, that it shows links to."""
    page = _absolute(settings, address)
    ways = [(urljoin(page, f"{root}{href}" or "./") if page else "", name) for href, name in trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            filled({"@type": "ListItem", "position": number, "name": _plain(name), "item": way})
            for number, (way, name) in enumerate([*ways, (page, here)], 1)
        ],
    }


def disclosure_dataset(
    settings: SiteSettings,
    dataset: CataloguedDataset,
    package: Package,
    downloads: DisclosureDownloads,
    row: Row,
) -> Linked:
    """Describe the data of one disclosure; `row` is its line of the register of disclosures."""
    files = [*downloads.whole, *downloads.by_resource.get("facts", ())[:1]]
    who = {"@type": "GovernmentOrganization", "name": package.department.name}
    return _dataset(
        settings,
        address=f"departments/{package.id}/",
        name=package.title,
        description=package.title if spoken().prefix else package.description,
        files=files,
        identifier=package.name,
        about=filled({**who, "url": _absolute(settings, f"departments/{package.department.id}/")}),
        keywords=_keywords(_("部门{kind}").format(kind=package.kind_word), package.department.name),
        temporalCoverage=str(package.year),
        spatialCoverage=_place(package.department.region_name, package.department.region),
        version=dataset.version or row.get("sha256", "")[:16],
        **_days(dataset),
        variableMeasured=_variables(package.tables),
        includedInDataCatalog=_catalogue_of(settings),
        isBasedOn=[_source(source) for source in package.sources],
    )


def resource_dataset(
    catalogue: Catalogue,
    dataset: Dataset,
    each: Iterable[Download],
    everything: AllDownloads,
) -> Linked:
    """Describe one dataset over all disclosures, of which `each` has a file of it."""
    r = dataset.resource
    packages = [package for package, _ in dataset.holders]
    files = everything.by_resource.get(r.name) or each
    whole = catalogue.whole
    return _dataset(
        catalogue.settings,
        address=f"datasets/{r.name}/",
        name=r.title or r.name,
        description=r.description,
        files=files,
        identifier=r.name,
        alternateName=r.titles.chinese if spoken().prefix else r.titles.english,
        keywords=_keywords(r.title or r.name),
        temporalCoverage=_years({package.year for package in packages}),
        spatialCoverage=_place(""),
        version=whole.version,
        **_days(whole),
        variableMeasured=_variables([r]) or _numbers(r),
        includedInDataCatalog=_catalogue_of(catalogue.settings),
        isPartOf=_absolute(catalogue.settings, "datasets/"),
    )


def consolidated_dataset(
    catalogue: Catalogue,
    everything: AllDownloads,
) -> Linked:
    """Describe the dataset of everything."""
    whole, facts = catalogue.whole, [r for r in catalogue.whole.resources if r.name == "facts"]
    return _dataset(
        catalogue.settings,
        address="datasets/",
        name=_("全部部门预算和决算"),
        description="",
        files=everything.whole,
        identifier="all",
        keywords=_keywords(),
        temporalCoverage=_years(whole.years),
        spatialCoverage=[_place(name, code) for code, name in whole.regions.items()] or _place(""),
        version=whole.version,
        **_days(whole),
        variableMeasured=[each for r in facts for each in _numbers(r)],
        includedInDataCatalog=_catalogue_of(catalogue.settings),
        isBasedOn=[_source(source) for source in whole.sources],
    )


def data_catalogue(catalogue: Catalogue) -> Linked:
    """Describe the catalogue: what there is, each in a line, and where it is told in full.

    Of very many the first are in the page; the files of the catalogue list all.
    """
    settings = catalogue.settings
    return filled(
        {
            "@type": "DataCatalog",
            **_catalogue_of(settings),
            "name": settings.title,
            "description": str(catalogue.whole.descriptions),
            "license": LICENCE,
            "inLanguage": spoken().tag,
            "publisher": _publisher(settings),
            "dataset": [
                _listed(settings, each) for each in islice(catalogue.datasets, _MOST_LISTED)
            ],
        }
    )


def _listed(settings: SiteSettings, dataset: CataloguedDataset) -> Linked:
    page = _absolute(settings, dataset.page)
    return filled(
        {
            "@type": "Dataset",
            "@id": f"{page}#dataset" if page else "",
            "url": page,
            "name": str(dataset.titles),
            "description": _long(str(dataset.descriptions), settings.title),
            "license": LICENCE,
            "creator": {"@type": "Organization", "name": str(dataset.creator)},
        }
    )


def _catalogue_of(settings: SiteSettings) -> Linked:
    page = _absolute(settings, "datasets/")
    named = {"@id": f"{page}#catalog", "url": page} if page else {}
    return {"@type": "DataCatalog", **named, "name": settings.title}


def _publisher(settings: SiteSettings) -> Linked:
    return filled({"@type": "Organization", "name": settings.title, "url": _absolute(settings, "")})


def _days(dataset: CataloguedDataset) -> Linked:
    """When it was made, published and changed, as far as that is known."""
    days = (dataset.created, dataset.issued, dataset.modified)
    return dict(zip(("dateCreated", "datePublished", "dateModified"), days, strict=True))


def _variables(tables: Iterable[PublishedResource]) -> list[Linked]:
    """The columns of amounts, each name once."""
    named = {field.title: table.unit for table in tables for field in table.fields if field.measure}
    return [
        filled({"@type": "PropertyValue", "name": name, "unitText": unit})
        for name, unit in named.items()
    ]


def _numbers(resource: PublishedResource) -> list[Linked]:
    """The amounts of a file that is no standard table."""
    numbers = [field for field in resource.fields if field.name == "amount_yuan"]
    return [
        {"@type": "PropertyValue", "name": field.title, "unitCode": "CNY", "unitText": _("元")}
        for field in numbers
    ]


def _dataset(
    settings: SiteSettings,
    *,
    address: str,
    name: str,
    description: str,
    files: Iterable[Download],
    **more: object,
) -> Linked:
    ours = _publisher(settings)
    page = _absolute(settings, address)
    linked: Linked = {
        "@type": "Dataset",
        "@id": f"{page}#dataset" if page else "",
        "url": page,
        "name": name,
        "description": _long(description, settings.title),
        "license": LICENCE,
        "creator": ours,
        "publisher": ours,
        "inLanguage": spoken().tag,
        "isAccessibleForFree": True,
        "distribution": [_file(settings, file) for file in files] if page else [],
    }
    return filled(linked | more)


def _keywords(*own: str) -> list[str]:
    shared = (_("部门预算"), _("部门决算"), _("财政支出"), _("政府公开"), _("开放数据"))
    return list(dict.fromkeys((*own, *shared)))


def _long(description: str, site: str) -> str:
    """Return a description of a length that search engines take."""
    if len(description) >= _SHORTEST:
        return description
    more = _(
        "由{site}从政府部门公开的预算和决算文件整理，金额照原文录入并经勾稽核对，"
        "每个数字都可以查到原文的位置；字段逐个有说明。"
    )
    return f"{description} {more.format(site=site)}".strip()


def _file(settings: SiteSettings, download: Download) -> Linked:
    file = Distribution(download.path, download.bytes, download.sha256)
    return filled(
        {
            "@type": "DataDownload",
            "name": file.name,
            "contentUrl": settings.address(file.path),
            "encodingFormat": file.media_type,
            "contentSize": f"{file.bytes} B",
            "sha256": file.sha256,
        }
    )


def _source(source: Source) -> Linked:
    """Describe a file that a package was read from; its address only where it is one."""
    return filled(
        {
            "@type": "MediaObject",
            "name": source.title or source.file,
            "identifier": source.hash,
            "sha256": source.sha256,
            "publisher": {"@type": "Organization", "name": source.publisher}
            if source.publisher
            else {},
            "url": source.address,
        }
    )


def _place(region: str, code: str = "") -> Linked:
    """A region, or China, with its code of GB/T 2260 where it is known."""
    told = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": code}
    return filled(
        {"@type": "Place", "name": region or _("中国"), "identifier": told if code else {}}
    )


def _years(years: Collection[int]) -> str:
    """Return the years as an ISO 8601 interval, or the only one."""
    if not years:
        return ""
    return f"{min(years)}/{max(years)}" if len(years) > 1 else str(*years)


def _absolute(settings: SiteSettings, address: str) -> str:
    """Return the public address of a page in the language being spoken, or "" where unknown."""
    return settings.address(f"{spoken().prefix}{address}")


def _plain(text: str) -> str:
    """Return a text that a template may have escaped already."""
    return text.unescape() if isinstance(text, Markup) else text
