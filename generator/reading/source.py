"""A source file and its sidecar, each read once: what they are known by is what was read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.paths import is_file
from generator.pdf.limits import Limits
from generator.problems import UnreadableError
from generator.reading.sidecars import sidecar_path
from generator.store import digest

_MB = 2**20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file and of its sidecar (None: it has none) as they were at one moment.

    ``name`` is the file's place below the folder of disclosures. A file that changes while it is
    read, or after, is another: nothing here is read again.
    """

    name: str
    path: Path
    data: bytes
    sidecar_path: Path
    sidecar: bytes | None

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def identity(self) -> str:
        """What tells this file and sidecar from any other."""
        return _identity(self.sha256, self.sidecar_path, self.sidecar)


def read_source(path: Path, folder: Path, limits: Limits | None = None) -> SourceFile:
    """Read the file at ``path`` and its sidecar.

    Raises UnreadableError where it cannot be read, or is larger than the limit.
    """
    most = (limits or Limits()).file_mb
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(most * _MB + 1) if size <= most * _MB else b""
    except OSError as error:
        raise UnreadableError("file-unreadable", reason=error.strerror) from error
    if (large := max(size, len(data))) > most * _MB:
        raise UnreadableError("file-too-large", found=large // _MB, most=most)
    sidecar = sidecar_path(path)
    name = path.relative_to(folder).as_posix()
    return SourceFile(name, path, data, sidecar, _bytes(sidecar))


def identity_now(path: Path, limits: Limits, sha256: Callable[[Path], str]) -> str:
    """The identity of what lies at ``path`` now, without holding it; of too large a file its size.

    Only for asking what is known of it: what is read is known by what was read. ``sha256`` hashes a
    file, or knows its hash.
    """
    try:
        size = path.stat().st_size
        if size > limits.file_mb * _MB:
            return f"too large: {size}"
        found = sha256(path)
    except OSError as error:
        return f"unreadable: {error.errno}"
    sidecar = sidecar_path(path)
    return _identity(found, sidecar, _bytes(sidecar))


def _identity(sha256: str, sidecar: Path, data: bytes | None) -> str:
    if data is None:
        return digest(sha256.encode())
    return digest(sha256.encode(), os.fsencode(sidecar.name), data)


def _bytes(sidecar: Path) -> bytes | None:
    try:
        return sidecar.read_bytes() if is_file(sidecar) else None
    except OSError:
        return b"\0unreadable"  # no YAML: the sidecar is named
