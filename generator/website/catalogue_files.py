"""Writes the catalogue in every form at the root of the site, where machines look for it."""

from __future__ import annotations

import json

import yaml

from generator.website.catalogue import Catalogue
from generator.website.citation import citation_cff, csl_items
from generator.website.croissant import croissant
from generator.website.dcat import data_json, dcat
from generator.website.output import Output


def write_catalogue(output: Output, catalogue: Catalogue) -> None:
    """Write DCAT, `data.json`, Croissant, CITATION.cff, CSL-JSON and llms.txt."""
    for name, said in (
        ("catalog.jsonld", dcat(catalogue)),
        ("data.json", data_json(catalogue)),
        ("croissant.json", croissant(catalogue)),
        ("citations.json", csl_items(catalogue)),
    ):
        text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
        output.file(name, text.encode("utf-8", "surrogatepass"))
    cff = yaml.safe_dump(citation_cff(catalogue), allow_unicode=True, sort_keys=False)
    output.file("CITATION.cff", cff.encode())
    output.file("llms.txt", output.filled("llms.txt", catalogue=catalogue).encode())
