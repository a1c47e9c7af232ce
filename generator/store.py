"""What was made once and is kept: each thing under a hash of all that it was made of.

An entry that a disk or a dying program has spoilt is none: it is made again. So nothing ever
depends on what is kept here, and the folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from generator.paths import below, inside
from generator.problems import OutputError

_Name = TypeVar("_Name")
_DAY = 24 * 3600  # seconds
_DIGEST = hashlib.sha256().digest_size  # bytes before an entry: a disk may turn 12.00 into 92.00


class Store:
    """The things of one kind, in a folder that need not exist."""

    def __init__(self, folder: Path) -> None:
        """Keep each thing as a file of ``folder``."""
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what was kept under ``key``; None where nothing was, or something is wrong.

        That it was asked for is told by its file's time, for `forget_unused`.
        """
        try:
            place = inside(self.folder, key)
            found = place.stat()
            entry = place.read_bytes() if stat.S_ISREG(found.st_mode) else b""
            if time.time() - found.st_mtime > _DAY:
                with suppress(OSError):  # it may be another's, or the disk read-only
                    os.utime(place)
        except (OSError, OutputError):  # a link that leads out is nothing of ours
            return None
        data = entry[_DIGEST:]
        return data if _seal(key, data) == entry[:_DIGEST] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data``: written beside under a name of its own, so that no other sees half.

        Raises OutputError where somebody made a folder in its place.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = inside(self.folder, f"new-{uuid4().hex}")
        place = below(self.folder, key)  # in place of a link, not where it leads
        try:
            beside.write_bytes(_seal(key, data) + data)
            beside.replace(place)
        except IsADirectoryError as error:
            raise OutputError(
                f"{place}: is a folder, and no entry of a cache; delete it"
            ) from error
        finally:
            beside.unlink(missing_ok=True)

    def fill(
        self,
        keys: Mapping[_Name, str],
        make: Callable[[Sequence[_Name]], Iterator[tuple[_Name, bytes]]],
    ) -> dict[_Name, bytes]:
        """Return what is kept under the keys, and what ``make`` makes of the rest, now kept too."""
        found = {name: data for name, key in keys.items() if (data := self.get(key)) is not None}
        for name, data in make([name for name in keys if name not in found]):
            self.put(keys[name], data)
            found[name] = data
        return {name: found[name] for name in keys if name in found}


def _seal(key: str, data: bytes) -> bytes:
    """A hash of an entry and its name: one that was copied over another is none, either."""
    return hashlib.sha256(f"{key}\n".encode() + data).digest()


def digest_of_file(path: Path) -> bytes:
    """Return the SHA-256 of a file, which is never in memory as a whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def digest(*parts: bytes) -> str:
    """Return a hash that also tells where one part ends and the next begins."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()
