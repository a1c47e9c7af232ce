"""Writes the search index: small files, of which a query loads only the few that it needs.

A folder named by the hash of all of it holds `index.json` (what is where), `t<n>.json` (tokens in
order, each with the numbers of what it finds) and `r<n>.json` (what is shown of what is found).

The index is our own because the site is the same bytes at every build: Pagefind 1.5, the library
for this, writes other names and bytes each time, and needs WebAssembly, which the policy forbids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.website.output.folder import Output
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.search.found import KINDS
from generator.website.search.search_part import SearchPart, read_part
from generator.website.search.search_tokens import plain

_RECORDS_PER_FILE = 100
_TOKEN_FILE_CHARACTERS = 15_000


@dataclass(frozen=True)
class SearchIndex:
    """Where the index is, below the root, and how much can be found."""

    address: str
    records: int


@dataclass(frozen=True)
class _Record:
    key: bytes
    tokens: list[str]
    disclosures: list[int]
    shown: bytes


def write_search_index(output: Output, parts: Iterable[bytes]) -> SearchIndex:
    """Merge parts, in any order, and write the index below `assets/`."""
    read = sorted(map(read_part, parts), key=lambda p: p.department.id if p.department else "")
    found = sorted(_records(read), key=lambda record: record.key)
    token_files, firsts = _token_files(_postings(found))
    record_files = [
        [
            {**json.loads(each.shown), "d": each.disclosures}
            for each in found[at : at + _RECORDS_PER_FILE]
        ]
        for at in range(0, len(found), _RECORDS_PER_FILE)
    ]
    kinds = [each.key[0] for each in found]
    whole = {
        "kinds": [[word, kinds.count(number)] for number, word in enumerate(KINDS)],
        "perFile": _RECORDS_PER_FILE,
        "firsts": firsts,
        "disclosures": [each for part in read for each in _disclosures(part)],
    }
    files: dict[str, Mapping[str, Any]] = {"index": whole}
    files |= {f"t{n}": part for n, part in enumerate(token_files)}
    files |= {f"r{n}": {"records": part} for n, part in enumerate(record_files)}
    return SearchIndex(_write(output, files), len(found))


def _records(parts: Iterable[SearchPart]) -> Iterator[_Record]:
    first = 0
    for part in parts:
        tokens: list[list[str]] = [[] for _ in part.records]
        for token, numbers in part.tokens.items():
            for number in numbers:
                tokens[number].append(token)
        for (key, where, shown), named in zip(part.records, tokens, strict=True):
            yield _Record(key, named, [first + number for number in where], shown)
        first += len(part.department.disclosures) if part.department else 0


def _postings(found: Iterable[_Record]) -> dict[str, list[int]]:
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


def _disclosures(part: SearchPart) -> Iterator[dict[str, Any]]:
    """Say what a query may call each disclosure by, beside what it is looking for in it."""
    who = part.department
    if who is None:
        return
    for each in who.disclosures:
        slug = list(KIND_SLUGS)[each.kind]
        word = KIND_WORDS[slug]
        english = [plain(f"{each.english} {each.year}")] if each.english else []
        yield {
            "name": each.name,
            "english": each.english,
            "year": each.year,
            "kind": word,
            "path": f"departments/{who.id}/{each.year}-{KIND_SLUGS[slug]}/",
            "called": [
                *(plain(f"{name}{each.year}年部门{word}") for name in who.names),
                *english,
                f"{each.year}年{word}",
                f"{each.year}年度{word}",
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
