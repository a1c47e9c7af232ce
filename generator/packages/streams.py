"""Streams: the files of the package of all that have rows of every disclosure, written one by one.

Nobody holds all rows. What holds of each row by itself, and among the rows of one disclosure, its
own package was validated for; what remains is looked at as they pass: that no key stands twice, and
what they lead to in the registers.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from msgspec import structs

from generator.models import ForeignKey
from generator.packages.descriptors import Written
from generator.packages.keys import KEYS_OF_ALL
from generator.packages.published import blank_places, relaxed
from generator.packages.resources import Resource, listed
from generator.problems import PackageError

#: The files, in the order in which they are described.
STREAMED = (
    "facts",
    "cofog-amounts",
    "gfsm-amounts",
    "boxes",
    "totals",
    "projects",
    "printed-tables",
    "sections",
    "narrative",
    "cases",
    "conservation",
    "findings",
)
_Cells = tuple[str, ...]
_PIECE = 1000  # rows


@dataclass(frozen=True, slots=True)
class Owner:
    """The disclosure whose rows are added: keys that begin as its identifiers do are its own."""

    id: str

    def owns(self, key: Sequence[str]) -> bool:
        """Whether no other disclosure can have a key: it names this one, whole or in parts."""
        department, _, slug = self.id.partition("/")
        year, _, kind = slug.partition("-")
        parts = [department, year, kind.replace("-", "_")]
        return key[0].startswith(f"{department}.{slug}.") or list(key[:3]) == parts


class Stream:
    """One file, and what was seen of the rows that were added so far."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin a file of ``folder``."""
        self.resource = listed(name, ())
        self.names = [each.name for each in self.resource.fields]
        self._at = [self.names.index(each) for each in self.resource.primary_key]
        self._shared = set[_Cells]()  # keys that do not say whose they are
        self._led = {
            key: ([self.names.index(field) for field in key.fields], set[_Cells]())
            for key in keys_of(self.resource)
        }
        self._blank = set[int]()
        self._hash, self._size, self._rows = hashlib.sha256(), 0, 0
        self._file = (folder / self.resource.path).open("wb")
        self._write(to_lines([self.names]))

    def copy(self, owner: Owner, data: bytes) -> list[list[str]]:
        """Add all rows of a file of the same columns, as they stand there; return them."""
        header, _, body = data.partition(b"\n")
        rows = self.read(data)
        if self._refused(owner, rows) or header.decode() != ",".join(self.names):
            raise PackageError(f"{owner.id}: {self.resource.path}: no rows of this disclosure")
        self._note(rows)
        self._write(body)
        return rows

    def read(self, data: bytes) -> list[list[str]]:
        """The rows of a file of the same columns."""
        return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]

    def add(self, owner: Owner, rows: Sequence[Sequence[str]]) -> None:
        """Add rows of a disclosure; one whose key is there already is left out."""
        refused = self._refused(owner, rows)
        new = [row for at, row in enumerate(rows) if at not in refused]
        self._note(new)
        self._write(to_lines(new))

    def append(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows whose keys are known to be their own, in pieces, with what is blank in them."""
        rest = iter(rows)
        while piece := list(islice(rest, _PIECE)):
            self.may_be_blank(piece)
            self._note(piece)
            self._write(to_lines(piece))

    def may_be_blank(self, rows: Sequence[Sequence[str]]) -> None:
        """Let columns be blank that are blank in rows of an older program."""
        self._blank |= blank_places(rows)

    def close(self) -> tuple[Resource, Written]:
        """End the file; return what describes it."""
        self._file.close()
        keys = KEYS_OF_ALL.get(self.resource.name, ())
        described = relaxed(self.resource, self._blank)
        described = replace(described, foreign_keys=(*described.foreign_keys, *keys))
        return described, Written(self._size, self._rows, self._hash.hexdigest())

    def abandon(self) -> None:
        """Close the file as it is."""
        self._file.close()

    @property
    def led(self) -> Mapping[ForeignKey, Set[_Cells]]:
        """What the rows lead to in the registers."""
        return {key: cells for key, (_, cells) in self._led.items()}

    def _refused(self, owner: Owner, rows: Sequence[Sequence[str]]) -> set[int]:
        """At which places a row has a key that another has."""
        refused = set()
        for at, row in enumerate(rows):
            key = tuple(row[place] for place in self._at)
            if not owner.owns(key):
                if key in self._shared:
                    refused.add(at)
                self._shared.add(key)
        return refused

    def _note(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows += len(rows)
        for at, cells in self._led.values():
            cells.update(tuple(row[place] for place in at) for row in rows)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)


def keys_of(resource: Resource) -> Iterator[ForeignKey]:
    """The foreign keys of a file of the package of all that lead to registers.

    Those that lead from one file of a disclosure to another, its own package was validated for.
    """
    for key in (*resource.foreign_keys, *KEYS_OF_ALL.get(resource.name, ())):
        if (key.resource or resource.name) not in STREAMED:
            yield structs.replace(key, resource=key.resource or resource.name)


def to_lines(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as they stand in a file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
