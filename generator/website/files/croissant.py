"""The consolidated package as a Croissant description, by which tools of machine learning load it.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html, version 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.website.files.catalogue import LICENCE, Catalogue, Distribution, Linked
from generator.website.published.package import PublishedResource
from generator.website.wording.language import Bilingual

# As the specification has it, but for the words that nothing here uses.
_CONTEXT: Linked = {
    "@language": "zh-CN",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def croissant(catalogue: Catalogue) -> Linked:
    """Return the description of the consolidated package: its CSV files, each a set of records."""
    whole = catalogue.whole
    with_rows = [each for each in whole.resources if each.rows]
    described = [(each, file) for each in with_rows if (file := whole.file(each.file.name))]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "mingzhang-all",
        "alternateName": [whole.titles.chinese, whole.titles.english],
        "description": _both(whole.descriptions),
        "license": LICENCE,
        "url": catalogue.address(whole.page),
        "creator": {"@type": "Organization", "name": catalogue.settings.title},
        "version": whole.version.partition("+")[0] or "1.0.0",
        **({"datePublished": whole.created} if whole.created else {}),
        "citeAs": f"{catalogue.settings.title}: {whole.titles.english}, {whole.version}",
        "distribution": [_file(catalogue, each.name, file) for each, file in described],
        "recordSet": [_records(each) for each, _ in described],
    }


def _file(catalogue: Catalogue, name: str, file: Distribution) -> Linked:
    return {
        "@type": "cr:FileObject",
        "@id": f"file-{name}",
        "name": file.name,
        "contentUrl": catalogue.address(file.path),
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(resource: PublishedResource) -> Linked:
    keys = [{"@id": f"{resource.name}/{name}"} for name in resource.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": resource.name,
        "name": resource.name,
        "description": _both(resource.descriptions),
        **({"key": keys} if keys else {}),
        "field": list(_fields(resource)),
    }


def _fields(resource: PublishedResource) -> Iterator[Linked]:
    """The columns; where one leads to another file is left to the schema.

    What Croissant calls a reference makes its tools join the files, and fail where two lead to one.
    """
    for field in resource.fields:
        yield {
            "@type": "cr:Field",
            "@id": f"{resource.name}/{field.name}",
            "name": field.name,
            "description": _both(field.descriptions),
            "dataType": _TYPES.get(field.type, "sc:Text"),
            "source": {
                "fileObject": {"@id": f"file-{resource.name}"},
                "extract": {"column": field.name},
            },
        }


def _both(words: Bilingual) -> str:
    return f"{words.chinese} {words.english}".strip()
