"""Descriptors: the ``datapackage.json`` of a package (Data Package v2)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import Any

from generator import __version__
from generator.models import Disclosure, Document, Sidecar
from generator.packages.imprint import Imprint, last_day
from generator.packages.registers import title
from generator.packages.resources import Resource, text

_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCES = [
    {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0（仅限本站整理的数据；原文归发布者）",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    }
]
# Stated, since a text with tabs in it makes readers guess wrong.
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}
_NOT_STATED = "原文未注明"


def to_csv(resource: Resource) -> bytes:
    """Write a resource canonically: UTF-8, LF, one header row, blanks for what is missing."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(field.name for field in resource.fields)
    writer.writerows([text(value) for value in row] for row in resource.rows)
    return buffer.getvalue().encode("utf-8")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a resource: so many bytes and rows, and their SHA-256."""

    size: int
    rows: int
    sha256: str


def written(data: bytes, rows: Sized) -> Written:
    """What is written of a resource whose file holds ``data`` of these rows."""
    return Written(len(data), len(rows), hashlib.sha256(data).hexdigest())


def resource_descriptor(resource: Resource, file: Written) -> dict[str, Any]:
    """Describe a resource of which that was written."""
    extra = {key: value for key, value in resource.extra.items() if value not in ("", [], None)}
    return {
        "name": resource.name,
        "title": resource.title,
        "titleEnglish": resource.english,
        "description": resource.description,
        "descriptionEnglish": resource.description_english,
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dict(_DIALECT),
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "category": resource.category,
        **extra,
        "schema": resource.schema(),
    }


def disclosure_descriptor(
    disclosure: Disclosure,
    resources: Sequence[dict[str, Any]],
    imprint: Imprint,
    version: str,
) -> dict[str, Any]:
    """Describe the package of one disclosure, as the ``imprint`` publishes it in a ``version``."""
    extract, department = disclosure.extract, disclosure.department
    page = f"departments/{disclosure.id}/"
    author = {"title": department.name, "roles": ["author"]}
    return {
        "$schema": _SCHEMA,
        "name": disclosure.id.replace("/", "-"),
        "id": disclosure.id,
        "version": version,
        **imprint.described(disclosure.id, page, [last_day(disclosure)]),
        "title": title(disclosure),
        "titleEnglish": _english(disclosure),
        "description": f"{title(disclosure)}的表格、数字、项目和说明，每个数字可查到原文。",
        "descriptionEnglish": (
            f"Tables, amounts, projects and prose of the disclosure “{_english(disclosure)}”; "
            "each amount leads back to its source."
        ),
        "department": {
            "id": department.id,
            "name": department.name,
            "nameEnglish": department.name_english,
            "region": department.region_code,
            "regionName": department.region,
            "level": department.level,
        },
        "year": extract.year,
        "kind": extract.kind,
        "phase": disclosure.extract.phase,
        "unit": next((table.unit for table in extract.tables if table.unit), ""),
        "currency": "CNY",
        "language": "zh-CN",
        "licenses": _LICENCES,
        "contributors": [author, *imprint.contributors()],
        "sources": sources_of(disclosure),
        "resources": list(resources),
    }


def with_build(descriptor: dict[str, Any]) -> dict[str, Any]:
    """Name the build: a hash of the program's version and of all that the descriptor says.

    It has the hashes of all files, so one name is one content. There is no clock in it.
    """
    said = json.dumps([__version__, descriptor], ensure_ascii=False, sort_keys=True)
    build = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    first = {key: descriptor[key] for key in ("$schema", "name", "id")}
    # As semantic versions have it: what comes after the plus tells builds of a version apart.
    version = f"{descriptor['version']}+{build}"
    return {**first, "build": build, **descriptor, "version": version}


def _english(disclosure: Disclosure) -> str:
    kind = "budget" if disclosure.extract.kind == "budget" else "final accounts"
    name = disclosure.department.name_english or disclosure.department.id
    return f"{name}, {disclosure.extract.year} {kind}"


def sources_of(disclosure: Disclosure) -> list[dict[str, Any]]:
    """Each file that was read, once, the published one first."""
    files = {document.file: document for document in disclosure.documents}
    return [_source(disclosure, document) for document in files.values()]


def _source(disclosure: Disclosure, document: Document) -> dict[str, Any]:
    sidecar = document.sidecar or Sidecar()
    described = {
        "title": sidecar.title or title(disclosure),
        "path": sidecar.address,
        "file": document.file,
        "hash": f"sha256:{document.sha256}",
        "bytes": document.size,
        "encoding": document.encoding,
        "rendition": sidecar.rendition,
        "publisher": sidecar.publisher,
        "licence": sidecar.licence or _NOT_STATED,
        "language": sidecar.language,
        "published": sidecar.published,
        "retrieved": sidecar.retrieved,
        "revised": sidecar.revised,
        "note": sidecar.note,
        "pages": [[round(page.width, 1), round(page.height, 1)] for page in document.pages],
    }
    return {key: value for key, value in described.items() if value}


def consolidated_descriptor(
    resources: Sequence[dict[str, Any]],
    sources: Sequence[Mapping[str, Any]],
    packages: Mapping[str, str],
    days: Iterable[str],
    imprint: Imprint,
    version: str,
) -> dict[str, Any]:
    """Describe the package of all: of these ``sources``, each of ``packages`` with its build."""
    return {
        "$schema": _SCHEMA,
        "name": "all",
        "id": "all",
        "version": version,
        **imprint.described("all", "datasets/", days),
        "title": "全部部门预算和决算",
        "titleEnglish": "All budgets and final accounts",
        "description": "收录的全部数字、项目、说明、核对结果，以及部门和科目名录。",
        "descriptionEnglish": (
            "All amounts, projects, prose and findings, with registers of departments and codes."
        ),
        "currency": "CNY",
        "language": "zh-CN",
        "licenses": _LICENCES,
        "contributors": imprint.contributors(),
        "packages": dict(packages),
        "sources": list(sources),
        "resources": list(resources),
    }
