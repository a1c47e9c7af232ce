"""Streams: the files of the package of all that have rows of every disclosure, written one by one.

Nobody holds all rows. What holds of each row by itself, and among the rows of one disclosure, its
own package was validated for; what remains was noted when it was written (`noted`): that no key
stands twice, and what they lead to in the registers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice
from pathlib import Path

from generator.models import ForeignKey
from generator.packages.descriptors import Written
from generator.packages.keys import KEYS_OF_ALL
from generator.packages.noted import Cells, Noted, keys_of, noted, to_lines
from generator.packages.published import blank_places, relaxed
from generator.packages.resources import Resource, listed
from generator.problems import PackageError

_PIECE = 1000  # rows


class Stream:
    """One file, and what was seen of the rows that were added so far."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin a file of ``folder``."""
        self.resource = listed(name, ())
        self.names = [each.name for each in self.resource.fields]
        self._at = [self.names.index(each) for each in self.resource.primary_key]
        self._shared = set[Cells]()  # keys that do not say whose they are
        self._led = {key: set[Cells]() for key in keys_of(self.resource)}
        self._blank = set[int]()
        self._hash, self._size, self._rows = hashlib.sha256(), 0, 0
        self._file = (folder / self.resource.path).open("wb")
        self._write(to_lines([self.names]))

    def copy(self, data: bytes, rows: Noted) -> None:
        """Add all rows of a file of the same columns, as they stand there. Raises PackageError."""
        header, _, body = data.partition(b"\n")
        if header.decode() != ",".join(self.names) or self._shared.intersection(rows.shared):
            raise PackageError(f"{self.resource.path}: no rows of one disclosure alone: {header!r}")
        self._note(rows)
        self._write(body)

    def add(self, disclosure: str, rows: Sequence[Sequence[str]]) -> Noted:
        """Add rows of a disclosure; one whose key another has already is left out."""
        shared = self._shared.intersection(noted(self.resource, disclosure, rows).shared)
        new = [row for row in rows if tuple(row[place] for place in self._at) not in shared]
        found = noted(self.resource, disclosure, new)
        self._note(found)
        self._write(to_lines(new))
        return found

    def append(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows whose keys are known to be their own, in pieces, with what is blank in them."""
        rest = iter(rows)
        while piece := list(islice(rest, _PIECE)):
            self.may_be_blank(piece)
            self._rows += len(piece)
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
    def led(self) -> Mapping[ForeignKey, Set[Cells]]:
        """What the rows lead to in the registers."""
        return self._led

    def _note(self, rows: Noted) -> None:
        self._rows += rows.rows
        self._shared.update(rows.shared)
        for seen, cells in zip(self._led.values(), rows.led, strict=True):
            seen.update(cells)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)
