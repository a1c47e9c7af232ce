"""Writes the search index: small files, of which a query loads only the few that it needs.

A folder named by the hash of all of it holds `index.json` (what is where), `t<n>.json` (tokens in
order, each with the numbers of what it finds) and `r<n>.json` (what is shown of what is found).

The index is our own because the site is the same bytes at every build: Pagefind 1.5, the library
for this, writes other names and bytes each time, and needs WebAssembly, which the policy forbids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.website.department.disclosure import Overview
from generator.website.output.folder import Output
from generator.website.published.rows import Row
from generator.website.search.search_records import KINDS, Found
from generator.website.search.search_tokens import plain

_RECORDS_PER_FILE = 100
_TOKEN_FILE_CHARACTERS = 15_000


@dataclass(frozen=True)
class SearchIndex:
    """Where the index is, below the root, and how much can be found."""

    address: str
    records: int


def write_search_index(
    output: Output, found: Sequence[Found], overviews: Sequence[Overview], names: Sequence[Row]
) -> SearchIndex:
    """Write the index below `assets/`."""
    token_files, firsts = _token_files(_postings(found))
    record_files = [
        [{**each.shown, "d": each.disclosures} for each in found[at : at + _RECORDS_PER_FILE]]
        for at in range(0, len(found), _RECORDS_PER_FILE)
    ]
    kinds = [each.kind for each in found]
    whole = {
        "kinds": [[word, kinds.count(number)] for number, word in enumerate(KINDS)],
        "perFile": _RECORDS_PER_FILE,
        "firsts": firsts,
        "disclosures": [_disclosure(o, names) for o in overviews],
    }
    files: dict[str, Mapping[str, Any]] = {"index": whole}
    files |= {f"t{n}": part for n, part in enumerate(token_files)}
    files |= {f"r{n}": {"records": part} for n, part in enumerate(record_files)}
    return SearchIndex(_write(output, files), len(found))


def _postings(found: Iterable[Found]) -> dict[str, list[int]]:
    """Return, in the order of a browser's strings, each token with the gaps between its finds."""
    numbers: dict[str, list[int]] = {}
    for number, each in enumerate(found):
        for token in (*each.tokens, *(f"@{d}" for d in each.disclosures)):
            numbers.setdefault(token, []).append(number)
    return {
        token: [numbers[token][0], *(b - a for a, b in pairwise(numbers[token]))]
        for token in sorted(numbers, key=lambda t: t.encode("utf-16-be"))
    }


def _token_files(postings: Mapping[str, list[int]]) -> tuple[list[dict[str, list[int]]], list[str]]:
    """Share the tokens out over files, and returns the first token of each with them."""
    files: list[dict[str, list[int]]] = []
    size = _TOKEN_FILE_CHARACTERS
    for token, gaps in postings.items():
        if size >= _TOKEN_FILE_CHARACTERS:
            files.append({})
            size = 0
        files[-1][token] = gaps
        size += len(token) + 2 * len(gaps) + 5
    return files, [next(iter(file)) for file in files]


def _disclosure(overview: Overview, names: Sequence[Row]) -> dict[str, Any]:
    """Say what a query may call a disclosure by, beside what it is looking for in it."""
    package = overview.package
    who = package.department
    called = {who.name, *(row["name"] for row in names if row["department"] == who.id)}
    english = [plain(f"{who.names.english} {package.year}")] if who.names.english else []
    when = f"{package.year}年部门{package.kind_word}"
    return {
        "name": who.name,
        "english": who.names.english,
        "year": package.year,
        "kind": package.kind_word,
        "path": f"departments/{package.id}/",
        "called": [
            *sorted(plain(f"{name}{when}") for name in called),
            *english,
            f"{package.year}年{package.kind_word}",
            f"{package.year}年度{package.kind_word}",
        ],
    }


def _write(output: Output, files: Mapping[str, Mapping[str, Any]]) -> str:
    data = {
        name: json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()
        for name, file in files.items()
    }
    whole = hashlib.sha256(b"".join(data.values())).hexdigest()[:8]
    folder = f"assets/search.{whole}/"
    for name, each in data.items():
        output.file(f"{folder}{name}.json", each)
    return folder
