"""Writes the catalogue in every form at the root of the site, where machines look for it."""

from __future__ import annotations

import json

from generator.strict_yaml import written
from generator.website.files.catalogue import Catalogue
from generator.website.files.citation import citation_cff, csl_items
from generator.website.files.croissant import croissant
from generator.website.files.dcat import data_json, dcat
from generator.website.output.folder import Output


def write_catalogue(output: Output, catalogue: Catalogue) -> None:
    """Write DCAT, `data.json`, Croissant, CITATION.cff, CSL-JSON and llms.txt."""
    forms = (
        ("catalog.jsonld", dcat),
        ("data.json", data_json),
        ("croissant.json", croissant),
        ("citations.json", csl_items),
    )
    for name, form in forms:  # one at a time: each says something of every disclosure
        text = json.dumps(form(catalogue), ensure_ascii=False, indent=1) + "\n"
        output.file(name, text.encode("utf-8", "surrogatepass"))
    output.file("CITATION.cff", written(citation_cff(catalogue)).encode())
    output.file("llms.txt", output.filled("llms.txt", catalogue=catalogue))
