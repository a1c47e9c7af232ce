"""Writes the catalogue in every form at the root of the site, where machines look for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from generator.strict_yaml import written
from generator.website.files.catalogue import Catalogue
from generator.website.files.citation import citation_cff, csl_items
from generator.website.files.croissant import croissant
from generator.website.files.dcat import data_json, dcat
from generator.website.output.folder import Output

_JSON = msgspec.json.Encoder().encode


def write_catalogue(output: Output, catalogue: Catalogue) -> None:
    """Write DCAT, `data.json`, Croissant, CITATION.cff, CSL-JSON and llms.txt."""
    forms = (
        ("catalog.jsonld", dcat),
        ("data.json", data_json),
        ("croissant.json", croissant),
        ("citations.json", csl_items),
    )
    for name, form in forms:
        output.made(name, partial(_write, form(catalogue)))
    output.file("CITATION.cff", written(citation_cff(catalogue)).encode())
    output.file("llms.txt", output.filled("llms.txt", catalogue=catalogue))


def _write(said: object, path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(json_lines(said))
        file.write(b"\n")


def json_lines(said: object, depth: int = 0) -> Iterator[bytes]:
    """Yield something as JSON, indented; an iterator is a list that nobody holds whole.

    Each entry of the object at the top, and each that an iterator gives, is one piece.
    """
    if isinstance(said, Iterator):
        yield from _within(b"[]", (json_lines(each, depth + 1) for each in said), depth)
    elif isinstance(said, Mapping) and not depth:
        named = ((_JSON(key), json_lines(value, 1)) for key, value in said.items())
        yield from _within(b"{}", ([name, b": ", *value] for name, value in named), depth)
    else:
        text = msgspec.json.format(_JSON(said), indent=1)
        yield text.replace(b"\n", b"\n" + b" " * depth)


def _within(ends: bytes, entries: Iterable[Iterable[bytes]], depth: int) -> Iterator[bytes]:
    """Yield entries between two brackets, each on a line of its own."""
    before = ends[:1]
    for each in entries:
        yield before + b"\n" + b" " * (depth + 1)
        yield from each
        before = b","
    yield (ends if before == ends[:1] else b"\n" + b" " * depth + ends[1:])
