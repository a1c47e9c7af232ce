"""How to cite a disclosure and the data made of it: GB/T 7714—2015, BibTeX, CSL-JSON and CFF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.website.files.catalogue import Catalogue, CataloguedDataset, Linked, filled
from generator.website.published.package import Package
from generator.website.wording.language import gettext as _

# A brace counts for BibTeX even after a backslash: those of a name are written out.
_WRITTEN_OUT = {"{": "braceleft", "}": "braceright", "\\": "backslash"}
_WRITTEN_OUT |= {"~": "asciitilde", "^": "asciicircum"}
_BIBTEX_SIGNS = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_"} | {c: f"\\text{name}{{}}" for c, name in _WRITTEN_OUT.items()}
)


@dataclass(frozen=True)
class Citation:
    """A citation in the forms that people paste; dates that are not known are left to them."""

    standard: str
    bibtex: str
    csl: str


def cite(package: Package, site: str, address: str, published: str) -> Citation:
    """Cite the page of a disclosure.

    Args:
        package: The package of the disclosure.
        site: The name of the site, which is the author of the data.
        address: The permanent address of the page, or "" where the site does not know its own.
        published: The day on which the disclosure was published, or "".
    """
    department, title = package.department.names.chinese, package.titles.chinese
    when = f"({published})" if published else ""
    where = f" {address}." if address else ""
    # [DS/OL] is the mark of a dataset online in GB/T 7714—2015, table B.1 and B.2.
    standard = f"{department}. {title}[DS/OL]. {site}整理. {when}[引用日期]."
    item = _csl_item(package, department, site, published or str(package.year), address)
    csl = json.dumps(item, ensure_ascii=False, indent=1)
    return Citation(standard + where, _bibtex(package, site, address, published), csl)


def _bibtex(package: Package, site: str, address: str, published: str) -> str:
    fields = {
        "author": f"{{{_plain(package.department.names.chinese)}}}",
        "title": f"{{{_plain(package.titles.chinese)}}}",
        "year": published[:4] or str(package.year),
        "howpublished": _plain(_("{site}整理的数据").format(site=site)),
        **({"url": address} if address else {}),
        "note": f"data package {package.name}",
        "language": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{package.name},\n{lines}}}"


def _plain(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS)


# ── for programs ─────────────────────────────────────────────────────────────────────────


def csl_items(catalogue: Catalogue) -> Iterator[Linked]:
    """Yield every dataset as an item of CSL-JSON, which reference managers import."""
    return (_csl(catalogue, each) for each in catalogue.datasets)


def _csl(catalogue: Catalogue, dataset: CataloguedDataset) -> Linked:
    site, address = catalogue.settings.title, catalogue.settings.address(dataset.page)
    day = dataset.issued or dataset.created or "".join(map(str, dataset.years[-1:]))
    return _csl_item(dataset, dataset.creator.chinese, site, day, address)


def _csl_item(
    data: Package | CataloguedDataset, author: str, site: str, day: str, address: str
) -> Linked:
    parts = [int(part) for part in day.split("-")] if day else []
    return filled(
        {
            "id": data.id.replace("/", "-"),
            "type": "dataset",
            "title": data.titles.chinese,
            "author": [{"literal": author}],
            "publisher": site,
            "issued": {"date-parts": [parts]} if parts else {},
            "language": "zh-CN",
            "version": data.version,
            "URL": address,
        }
    )


def citation_cff(catalogue: Catalogue) -> Linked:
    """Return what CITATION.cff says: how to cite all of it, and of what it was made."""
    whole, site = catalogue.whole, catalogue.settings
    known = {
        "version": whole.version,
        "date-released": whole.created,
        "url": site.address(""),
    }
    return {
        "cff-version": "1.2.0",
        "message": "引用这些数据时，请照下面的写。Please cite these data as below.",
        "type": "dataset",
        "title": whole.titles.chinese,
        "abstract": whole.descriptions.chinese,
        "authors": [{"name": site.title}],
        "license": "CC-BY-4.0",
        **filled(known),
        "references": [_cff_reference(each) for each in catalogue.disclosures.values()],
    }


def _cff_reference(dataset: CataloguedDataset) -> Linked:
    """A disclosure: it is the department's, and the data are made of it."""
    return filled(
        {
            "type": "government-document",
            "title": dataset.titles.chinese,
            "authors": [{"name": dataset.creator.chinese}],
            "year": dataset.years[0],
            "date-published": dataset.issued,
            "url": next((s.address for s in dataset.sources if s.address), ""),
        }
    )
