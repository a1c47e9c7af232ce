"""Files of all as they were published before: one that would be made of the same is taken over.

Each is known by a hash of what it was made of; that it is what was written is told by its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.manifest import Manifest
from generator.paths import inside, is_file, real
from generator.problems import OutputError
from generator.store import Store, digest, digest_of_file
from generator.website.files.sqlite_file import DatabaseMadeOf, Earlier
from generator.website.settings import Before
from generator.wire import decode, encode


class EarlierFiles:
    """What is known of the files of the site that is published; `inputs` is a hash of the rest."""

    def __init__(self, before: Before | None, cache: Path, inputs: str) -> None:
        """Know the folder of the site, if there is one."""
        self._site = real(before.site) if before and before.site else None
        self._manifest = before.manifest if before else Manifest(cache / "manifest")
        self.inputs = inputs.encode()
        self._made, self._databases = Store(cache / "files"), Store(cache / "databases")

    def maker(
        self, path: str, make: Callable[[Path], object], *made_of: str
    ) -> Callable[[Path], None]:
        """Return what writes a file: as `make` does, or by taking the earlier one over."""
        return partial(self._write, path, make, self._key(path, made_of))

    def same(self, path: str, sha256: str) -> Path | None:
        """Return where a file lies in that site, if it has this sum."""
        old = self._old(path)
        return old if old and self._manifest.sha256(old) == sha256 else None

    def link(self, old: Path, new: Path) -> None:
        """Let the new site have a file of it, too."""
        self._manifest.link_file(old, new)

    def database(self, path: str) -> Earlier | None:
        """Return the database that was published, if it is known of what it was made."""
        old = self._old(path)
        data = self._databases.get(self._manifest.sha256(old)) if old else None
        try:
            return Earlier(old, decode(data, DatabaseMadeOf)) if old and data else None
        except ValueError:  # whatever is wrong with it, it is only a cache
            return None

    def keep_database(self, sha256: str, made_of: DatabaseMadeOf) -> None:
        """Remember what a database was made of."""
        self._databases.put(sha256, encode(made_of))

    def _write(self, path: str, make: Callable[[Path], object], key: str, target: Path) -> None:
        old, known = self._old(path), self._made.get(key)
        if old and known and self._manifest.sha256(old).encode() == known:
            self._manifest.link_file(old, target)
        else:
            make(target)
            self._made.put(key, digest_of_file(target).hex().encode())

    def _key(self, path: str, made_of: tuple[str, ...]) -> str:
        return digest(self.inputs, path.encode(), *(each.encode() for each in made_of))

    def _old(self, path: str) -> Path | None:
        try:
            old = inside(self._site, path) if self._site else None
        except OutputError:
            return None
        return old if old and is_file(old) and not old.is_symlink() else None
