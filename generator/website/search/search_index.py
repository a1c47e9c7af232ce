"""Writes the search index: small files, of which a query loads only the few that it needs.

A folder named by the hash of all of it holds

- `index.json`: how much there is of each kind, the years, the places, and the top of the tree;
- `u<level>-<n>.json`: where there are too many tokens for one file, the first token of each below;
- `t<n>.json`: tokens in order, each with what it finds, or where that is if it is much;
- `b<n>.json`: a block of what a common token finds, the best first;
- `r<n>.json`: what is shown of what is found; `d<n>.json`: the departments and their disclosures.

What is found is told as numbers: how much a record's is above the one before, and that of its
disclosure. A record's number is that of its file times `SLOTS`, and which of the file it is.

The index is our own because the site is the same bytes at every build: Pagefind 1.5, the library
for this, writes other names and bytes each time, and needs WebAssembly, which the policy forbids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from generator.checked_files import checked_yaml
from generator.journal import step
from generator.website.output.folder import Output
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.search.found import KINDS
from generator.website.search.search_blocks import Entries
from generator.website.search.search_examples import Examples, ExamplesSought
from generator.website.search.search_merge import MergedParts
from generator.website.search.search_part import PartDepartment
from generator.website.search.search_places import SearchPlace, places_of
from generator.website.search.search_tokens import plain
from generator.website.search.traditional import traditional_of

#: A file of records is full with so many of them, or so many bytes.
SLOTS = 64
_FULL = 48_000
_DEPARTMENTS = 32
_TOKENS = 20_000  # bytes of a file
_JSON = msgspec.json.Encoder().encode
_EVERYDAY = Path(__file__).parent / "everyday.yaml"  # so that `reach` finds it
_BELOW = 1000  # files that are told of in one file above them


@dataclass(frozen=True)
class SearchIndex:
    """Where the index is, below the root, how much can be found, and what narrows it."""

    address: str
    records: int
    examples: Examples
    places: tuple[SearchPlace, ...] = ()
    years: tuple[int, ...] = ()
    disclosures: tuple[str, ...] = ()


class _Folder:
    """The files of the index, written as they come, below a name that is known at last."""

    def __init__(self, output: Output) -> None:
        self.output, self.hash = output, hashlib.sha256()

    def file(self, name: str, data: bytes) -> None:
        self.hash.update(name.encode() + b"\0" + data)
        self.output.file(f"assets/search/{name}.json", data)

    def named(self) -> str:
        """Give the folder its name."""
        address = f"assets/search.{self.hash.hexdigest()[:8]}/"
        self.output.move("assets/search", address)
        return address


def write_search_index(output: Output, parts: Iterable[bytes]) -> SearchIndex:
    """Merge parts, in any order, and write the index below `assets/`."""
    folder = _Folder(output)
    with closing(MergedParts(parts)) as merged, step("search of all"):
        everyday = checked_yaml(_EVERYDAY, dict[str, list[str]])
        examples = ExamplesSought(everyday)
        kinds = _write_records(folder, merged, examples)
        characters: set[str] = set()
        firsts = _write_tokens(folder, merged, [first for first, _ in kinds], characters)
        _write_departments(folder, merged)
        places = places_of(merged.departments)
        years = {each.year for d in merged.departments for each in d.disclosures}
        about = {
            "kinds": [[word, *found] for word, found in zip(KINDS, kinds, strict=True)],
            "slots": SLOTS,
            "perDepartments": _DEPARTMENTS,
            "firstYear": merged.first_year,
            "years": merged.years,
            "disclosures": [[word, KIND_SLUGS[kind]] for kind, word in KIND_WORDS.items()],
            "everyday": everyday,
            "traditional": traditional_of(characters.union(*everyday)),
            "places": [[each.code, each.name, each.first, each.end] for each in places],
            **_tree(folder, firsts),
        }
        folder.file("index", _JSON(about))
    return SearchIndex(
        folder.named(),
        sum(number for _, number in kinds),
        examples.examples,
        places,
        tuple(sorted(years, reverse=True)),
        tuple(KIND_WORDS.values()),
    )


def _write_records(
    folder: _Folder, merged: MergedParts, examples: ExamplesSought
) -> list[tuple[int, int]]:
    """Write what is shown; return of each kind the number of the first, and how many there are."""
    counts = [0] * len(KINDS)
    firsts: dict[int, int] = {}
    file: list[bytes] = []
    number = size = 0
    for place, kind, whose, shown in merged.records():
        if file and (len(file) == SLOTS or size + len(shown) > _FULL):
            folder.file(f"r{number}", b"[" + b",\n".join(file) + b"]")
            file, number, size = [], number + 1, 0
        examples.see(kind, shown, merged.year(whose[0]) if whose else 0)
        merged.number(place, number * SLOTS + len(file))
        firsts.setdefault(kind, number * SLOTS + len(file))
        counts[kind] += 1
        file.append(b'{"d":%s,%s' % (_JSON(whose), shown[1:]))
        size += len(file[-1])
    if file:
        folder.file(f"r{number}", b"[" + b",\n".join(file) + b"]")
    end = (number + 1) * SLOTS
    starts = [
        min((firsts[k] for k in firsts if k >= kind), default=end) for kind in range(len(KINDS))
    ]
    return list(zip(starts, counts, strict=True))


def _write_tokens(
    folder: _Folder, merged: MergedParts, kinds: list[int], characters: set[str]
) -> list[str]:
    """Write the tokens and the blocks of common ones; return the first token of each file.

    The characters of all tokens are added to those given.
    """
    firsts: list[str] = []
    file: list[bytes] = []
    size = 0
    for token, entry in Entries(folder.file, kinds, merged.years).of(merged.tokens()):
        characters.update(token)
        line = b"%s:%s" % (_JSON(token), entry)
        if file and size + len(line) > _TOKENS:
            folder.file(f"t{len(firsts) - 1}", b"{" + b",\n".join(file) + b"}")
            file, size = [], 0
        if not file:
            firsts.append(token)
        file.append(line)
        size += len(line)
    if file:
        folder.file(f"t{len(firsts) - 1}", b"{" + b",\n".join(file) + b"}")
    return firsts


def _tree(folder: _Folder, firsts: list[str]) -> dict[str, Any]:
    """Write which files have which tokens, in levels until one file can tell it."""
    level = 0
    while len(firsts) > _BELOW:
        level += 1
        for at in range(0, len(firsts), _BELOW):
            folder.file(f"u{level}-{at // _BELOW}", _JSON(firsts[at : at + _BELOW]))
        firsts = firsts[::_BELOW]
    return {"level": level, "below": _BELOW, "firsts": firsts}


def _write_departments(folder: _Folder, merged: MergedParts) -> None:
    for at in range(0, len(merged.departments), _DEPARTMENTS):
        some = merged.departments[at : at + _DEPARTMENTS]
        folder.file(f"d{at // _DEPARTMENTS}", _JSON([_department(d) for d in some]))


def _department(who: PartDepartment) -> dict[str, Any]:
    """Say what a query may call a department by, and its disclosures with its names of then."""
    return {
        "id": who.id,
        "called": [plain(name) for name in who.names],
        "disclosures": [
            [each.year, each.kind, each.name, each.english] for each in who.disclosures
        ],
    }
