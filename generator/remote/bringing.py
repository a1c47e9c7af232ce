"""Bringing what lies at an address into a working folder: what changed, and whole files only.

Afterwards the folder holds what lies there and nothing else. What is known of the files that were
brought stands beside it, so a file that is as it was is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from generator.manifest import Manifest
from generator.paths import below, is_file
from generator.problems import RemoteError
from generator.remote.at_once import at_once
from generator.remote.folders import KnownFile, RemoteFolder
from generator.store import Store
from generator.summary import Progress
from generator.wire import decode, encode

FETCHING = "取来文件"
_KEY = "known"


@dataclass(frozen=True, slots=True)
class Offered:
    """What a folder tells of a file without being asked for it; blank is what it does not tell."""

    mark: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """How many files there are, and how many of them were fetched."""

    files: int
    fetched: int


def bring(
    source: RemoteFolder,
    offered: Mapping[str, Offered],
    folder: Path,
    manifest: Manifest,
    progress: Progress,
    published: Mapping[str, KnownFile] | None = None,
) -> Brought:
    """Bring all that is ``offered`` into ``folder``, and remove what is not.

    ``published`` is what is known of files that we wrote there. Raises RemoteError where a file
    cannot be fetched; those that were stay, and are not fetched again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _remembered(folder) as known:
        known.update(published or {})
        bringing = _Bringing(source, offered, folder, known)
        todo = [place for place in offered if bringing.is_wanted(place, manifest)]
        found: KnownFile | None
        for done, (place, found) in enumerate(at_once(bringing.fetched, todo), 1):
            if found:
                known[place] = found
            progress(FETCHING, done, len(todo))
        for gone in known.keys() - offered.keys():
            del known[gone]
    _remove_others(folder, offered)
    return Brought(len(offered), len(bringing.new))


class _Bringing:
    """What is offered, what is known of what lies here, and what turned out to be new."""

    def __init__(
        self,
        source: RemoteFolder,
        offered: Mapping[str, Offered],
        folder: Path,
        known: Mapping[str, KnownFile],
    ) -> None:
        self.source, self.offered, self.folder, self.known = source, offered, folder, known
        self.new: list[str] = []
        self._whole: set[str] = set()

    def is_wanted(self, place: str, manifest: Manifest) -> bool:
        """Whether a file must be asked for: it is not here as it is there, or nobody can tell."""
        there, path = self.offered[place], below(self.folder, place)
        here, before = manifest.sha256(path) if is_file(path) else "", self.known.get(place)
        if there.sha256:
            return here != there.sha256
        if before is None or before.sha256 != here:
            return True
        self._whole.add(place)  # what was brought lies here
        return not there.mark or before.mark != there.mark

    def fetched(self, place: str) -> KnownFile | None:
        """Fetch one file; None where the one that was brought before is still that there."""
        there, path = self.offered[place], below(self.folder, place)
        but = self.known[place].mark if place in self._whole and not there.mark else ""
        new = self.folder.parent / f"new-{uuid4().hex}"
        try:
            found = self.source.fetch(place, new, only=there.mark, but=but)
            if found is None:
                return None
            if there.sha256 not in ("", found.sha256):
                raise RemoteError(
                    f"{self.source.address}/{place}: is not the file that the list names "
                    "(SHA-256); write the list again, or the file"
                )
            _make_way(self.folder, path)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        self.new.append(place)
        return found


def _make_way(folder: Path, path: Path) -> None:
    """Let a file go where it belongs: what was a folder may be a file now, and the other way."""
    if path.is_dir() and not path.is_symlink():
        rmtree(path)
    for above in path.relative_to(folder).parents:
        if (folder / above).is_file() or (folder / above).is_symlink():
            (folder / above).unlink()
    path.parent.mkdir(parents=True, exist_ok=True)


def _remove_others(folder: Path, offered: Mapping[str, Offered]) -> None:
    """Remove what lies here and not there, and folders in which nothing is left."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in offered:
            path.unlink()


@contextmanager
def _remembered(folder: Path) -> Iterator[dict[str, KnownFile]]:
    """What is known of the files of a folder, kept again whatever becomes of the body."""
    store = Store(folder.parent)
    try:
        known = decode(store.get(_KEY) or b"", dict[str, KnownFile])
    except ValueError:
        known = {}
    try:
        yield known
    finally:
        store.put(_KEY, encode(known))
