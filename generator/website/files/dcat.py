"""The catalogue for portals: DCAT 3 as JSON-LD, and `data.json` as the portals of DCAT-US read it.

Both say the same of the same model. The context of the first is within it: nobody is asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.names import is_mail
from generator.website.files.catalogue import (
    LICENCE,
    Catalogue,
    CataloguedDataset,
    Distribution,
    Linked,
    filled,
)
from generator.website.published.package import Source
from generator.website.wording.language import Bilingual

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
_POD = "https://project-open-data.cio.gov/v1.1/schema"
_KEYWORDS = (
    Bilingual("部门预算", "departmental budgets"),
    Bilingual("部门决算", "final accounts"),
    Bilingual("财政支出", "public expenditure"),
    Bilingual("政府公开", "open government"),
)


def dcat(catalogue: Catalogue) -> Linked:
    """Return the catalogue as DCAT 3, in JSON-LD; its datasets come one at a time."""
    publisher = _agent(Bilingual(catalogue.settings.title), catalogue.address(""))
    return {
        "@context": _CONTEXT,
        "@id": catalogue.address("datasets/#catalog"),
        "@type": "dcat:Catalog",
        "dct:title": _said(Bilingual(catalogue.settings.title)),
        "dct:description": _said(catalogue.whole.descriptions),
        "dct:publisher": publisher,
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages(),
        "foaf:homepage": {"@id": catalogue.address("")},
        "dcat:dataset": (_dataset(catalogue, each, publisher) for each in catalogue.datasets),
    }


def _dataset(catalogue: Catalogue, dataset: CataloguedDataset, publisher: Linked) -> Linked:
    own: Linked = {
        "@id": catalogue.address(f"{dataset.page}#dataset"),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.id,
        "dct:title": _said(dataset.titles),
        "dct:description": _said(dataset.descriptions),
        "dct:creator": _agent(dataset.creator),
        "dct:publisher": publisher,
        "dcat:contactPoint": _contact(catalogue),
        "dcat:keyword": [word for each in _KEYWORDS for word in _said(each)],
        "dcat:theme": {"@id": _THEME},
        "dct:language": _languages(),
        "dcat:landingPage": {"@id": catalogue.address(dataset.page)},
        "dcat:version": dataset.version,
        "owl:versionInfo": dataset.version,  # as portals knew it before DCAT 3
        "dct:created": _day(dataset.created),
        "dct:issued": _day(dataset.issued),
        "dct:modified": _day(dataset.modified),
        "dct:temporal": _period(dataset),
        "dct:spatial": [_place(*each) for each in dataset.regions.items()],
        "dct:conformsTo": {"@id": _PACKAGE},
        "dct:source": [_source(each) for each in dataset.sources],
        "dcat:distribution": [_distribution(catalogue, each) for each in dataset.distributions],
    }
    if dataset is not catalogue.whole:
        own["dct:isPartOf"] = {"@id": catalogue.address(f"{catalogue.whole.page}#dataset")}
    return filled(own)


def _distribution(catalogue: Catalogue, file: Distribution) -> Linked:
    address = {"@id": catalogue.address(file.path)}
    media = {"@id": f"{_MEDIA}{file.media_type}"} if file.media_type else {}
    return filled(
        {
            "@id": f"{catalogue.address(file.path)}#distribution",
            "@type": "dcat:Distribution",
            "dct:title": file.name,
            "dcat:accessURL": address,
            "dcat:downloadURL": address,
            "dcat:mediaType": media,
            "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.bytes)},
            "dct:license": {"@id": LICENCE},
            "spdx:checksum": _checksum(file.sha256),
        }
    )


def _checksum(sha256: str) -> Linked:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256},
    }


def _source(source: Source) -> Linked:
    """A file that was read, whose address is told only where it is one."""
    return filled(
        {
            "@id": source.address,
            "@type": "foaf:Document",
            "dct:title": source.title or source.file,
            "dct:publisher": _agent(Bilingual(source.publisher)) if source.publisher else {},
            "spdx:checksum": _checksum(source.sha256) if source.sha256 else {},
        }
    )


def _agent(names: Bilingual, address: str = "") -> Linked:
    page = {"@id": address} if address else {}
    return filled({"@type": "foaf:Agent", "foaf:name": _said(names), "foaf:homepage": page})


def _contact(catalogue: Catalogue) -> Linked:
    """How the publisher is reached, if the settings say."""
    contact = catalogue.settings.contact
    kind = "vcard:hasEmail" if is_mail(contact) else "vcard:hasURL"
    address = f"mailto:{contact}" if is_mail(contact) else contact
    told: Linked = {"@type": "vcard:Kind", "vcard:fn": catalogue.settings.title}
    return told | {kind: {"@id": address}} if contact else {}


def _place(code: str, name: str) -> Linked:
    """A region by its code of GB/T 2260."""
    told = {"dct:identifier": code, "skos:notation": code}
    return filled({"@type": "dct:Location", **told, "skos:prefLabel": _zh(name) if name else {}})


def _period(dataset: CataloguedDataset) -> Linked:
    if not dataset.years:
        return {}
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(f"{dataset.years[0]}-01-01"),
        "dcat:endDate": _day(f"{dataset.years[-1]}-12-31"),
    }


def _day(text: str) -> Linked:
    return {"@type": "xsd:date", "@value": text} if text else {}


def _languages() -> list[Linked]:
    return [{"@id": f"{_LANGUAGES}{code}"} for code in ("ZHO", "ENG")]


def _said(words: Bilingual) -> list[Linked]:
    english = [{"@language": "en", "@value": words.english}] if words.english else []
    return [_zh(words.chinese), *english]


def _zh(text: str) -> Linked:
    return {"@language": "zh-CN", "@value": text}


# ── data.json ────────────────────────────────────────────────────────────────────────────


def data_json(catalogue: Catalogue) -> Linked:
    """Return the catalogue as DCAT-US 1.1 has it, which many portals harvest as `data.json`.

    Its datasets come one at a time.
    """
    return {
        "@context": f"{_POD}/catalog.jsonld",
        "@id": catalogue.address("data.json"),
        "@type": "dcat:Catalog",
        "conformsTo": _POD,
        "describedBy": f"{_POD}/catalog.json",
        "dataset": (_pod_dataset(catalogue, each) for each in catalogue.datasets),
    }


def _pod_dataset(catalogue: Catalogue, dataset: CataloguedDataset) -> Linked:
    whole = catalogue.whole
    known = (dataset.modified, dataset.created, dataset.issued, *map(str, dataset.years[-1:]))
    above = "" if dataset is whole else catalogue.address(f"{whole.page}#dataset")
    return filled(
        {
            "@type": "dcat:Dataset",
            "identifier": catalogue.address(f"{dataset.page}#dataset"),
            "title": dataset.titles.chinese,
            "description": dataset.descriptions.chinese,
            "keyword": [each.chinese for each in _KEYWORDS],
            # It must be said: the year that the data are of, where no day is known.
            "modified": next(filter(None, known), ""),
            "issued": dataset.issued,
            "publisher": {"@type": "org:Organization", "name": catalogue.settings.title},
            "contactPoint": _pod_contact(catalogue),
            "accessLevel": "public",
            "license": LICENCE,
            "language": ["zh-CN", "en"],
            "temporal": f"{min(dataset.years)}-01-01/{max(dataset.years)}-12-31"
            if dataset.years
            else "",
            "spatial": "、".join(dataset.regions.values()),
            "landingPage": catalogue.address(dataset.page),
            "isPartOf": above,
            "distribution": list(_pod_files(catalogue, dataset)),
        }
    )


def _pod_contact(catalogue: Catalogue) -> Linked:
    contact = catalogue.settings.contact
    mail, page = (f"mailto:{contact}", "") if is_mail(contact) else ("", contact)
    told = {"@type": "vcard:Contact", "fn": catalogue.settings.title}
    return filled({**told, "hasEmail": mail, "hasURL": page})


def _pod_files(catalogue: Catalogue, dataset: CataloguedDataset) -> Iterator[Linked]:
    descriptor = dataset.file("datapackage.json")
    described = catalogue.address(descriptor.path) if descriptor else ""
    for file in dataset.distributions:
        is_table = file.extension in ("csv", "parquet") and bool(described)
        yield filled(
            {
                "@type": "dcat:Distribution",
                "title": file.name,
                "downloadURL": catalogue.address(file.path),
                "mediaType": file.media_type or "application/octet-stream",
                "format": file.extension.upper(),
                "describedBy": described if is_table else "",
                "describedByType": "application/json" if is_table else "",
            }
        )
