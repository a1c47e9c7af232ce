"""The manifest: files are known by their times, sizes and places on the disk, and hashed once.

A file whose size, times and inode are as they were when it was hashed is not hashed again. As in
git, one that had been written only just before it was hashed is not believed: it may have been
written once more within what a clock can tell. A folder of files alone is known as a whole.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.names import shown
from generator.problems import OutputError
from generator.store import Store, digest, digest_of_file
from generator.wire import decode, encode

#: So long before it is hashed a file was written last, in nanoseconds, if its times are believed:
#: the coarsest clock of a file system ticks every two seconds.
_SAFE = 2_100_000_000
_KEY = "files"
_LINK = "{}: a link, and mingzhang writes none"


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What the system says of a file, or of all files of a folder, without their being read.

    ``same`` is what a move leaves as it is, ``changed`` the times of whatever was done to it, a
    move included, and ``written`` the last time that anything was written, in nanoseconds.
    """

    same: str
    changed: str
    written: int


@dataclass(frozen=True, slots=True)
class _Hashed:
    """The hash of what had a stamp, and when that was found, in nanoseconds."""

    stamp: _Stamp
    digest: str
    at: int

    @property
    def is_sure(self) -> bool:
        """Whether what was written later has another stamp."""
        return self.stamp.written < self.at - _SAFE


class Manifest:
    """What is known of files, as a folder keeps it between builds."""

    def __init__(self, folder: Path) -> None:
        """Know what ``folder`` has kept, which need not exist."""
        self._store = Store(folder)
        try:
            kept = decode(self._store.get(_KEY) or b"", dict[str, _Hashed])
        except ValueError:
            kept = {}
        self._known = {os.fsdecode(bytes.fromhex(path)): each for path, each in kept.items()}
        self._kept = dict(self._known)
        #: Of what is known, the second names that this process gave: nothing is asked of them yet.
        self._linked = set[str]()
        #: Folders that were linked whole, with their hashes.
        self._trees = dict[str, str]()

    def save(self) -> None:
        """Keep what is known, if it is more than was kept."""
        if self._known != self._kept:
            whole = {os.fsencode(path).hex(): each for path, each in self._known.items()}
            self._store.put(_KEY, encode(whole))
            self._kept = dict(self._known)

    def sha256(self, file: Path) -> str:
        """The SHA-256 of a file. Raises OSError where it cannot be read."""
        path = str(file)
        return self._as_linked(path) or self._of_file(path, _facts("", file.stat()))

    def tree(self, folder: Path, without: Sequence[str] = ()) -> str:
        """A hash of the names and bytes of all below a folder, but for some at its top."""
        return self._tree(str(folder), without)

    def _tree(self, path: str, without: Sequence[str] = ()) -> str:
        if not without and (known := self._as_linked(path)):
            return known
        folders, files = _listed(path)
        if not without and files and not folders:
            return self._found(path, _stamp(files), lambda: digest(*self._hashes(path, files)))
        hashes = {name: self._tree(f"{path}{os.sep}{name}") for name in folders}
        for each in files:
            if each[0] not in without:
                hashes[each[0]] = self._of_file(f"{path}{os.sep}{each[0]}", ("", *each[1:]))
        return digest(*(part for name in sorted(hashes) for part in _named(name, hashes[name])))

    def _of_file(self, path: str, facts: _Facts) -> str:
        if known := self._as_linked(path):
            return known
        return self._found(path, _stamp([facts]), lambda: digest_of_file(Path(path)).hex())

    def _as_linked(self, path: str) -> str | None:
        """The hash of what this process linked."""
        return self._known[path].digest if path in self._linked else self._trees.get(path)

    def tree_of(self, folder: Path) -> str:
        """The same of all that is there; blank where there is no such folder."""
        return self.tree(folder) if folder.is_dir() else ""

    def link(self, old: Path, new: Path, tree: str = "") -> None:
        """Give all that lies below a folder a second name below another, where it is known, too.

        `tree` is the hash of it all, where that is known. Raises OutputError where there is a link
        among it: we write none.
        """
        new.mkdir(parents=True, exist_ok=True)
        self._link_all(str(old), str(new))
        if tree:
            self._trees[str(new)] = tree

    def _link_all(self, old: str, new: str) -> None:
        with os.scandir(old) as entries:
            for each in entries:
                target = f"{new}{os.sep}{each.name}"
                if each.is_symlink():
                    raise OutputError(_LINK.format(shown(each.path)))
                if each.is_dir():
                    os.makedirs(target, exist_ok=True)
                    self._link_all(each.path, target)
                else:
                    self._link_one(each.path, target)
        self._know_as(old, new)

    def link_file(self, old: Path, new: Path) -> None:
        """Give a file a second name; where the system has none, copy it. Raises as `link`."""
        if old.is_symlink():
            raise OutputError(_LINK.format(shown(old)))
        self._link_one(str(old), str(new))

    def _link_one(self, old: str, new: str) -> None:
        try:
            os.link(old, new)
        except OSError:
            shutil.copy2(old, new)
        else:
            self._know_as(old, new)

    def _know_as(self, old: str, new: str) -> None:
        if known := self._known.get(old):
            self._known[new] = known
            self._linked.add(new)

    def moved(self, before: Path, after: Path) -> None:
        """Know what lay below ``before`` where it lies now: ``after``, whose own is forgotten."""
        start, end = f"{before}{os.sep}", f"{after}{os.sep}"
        known = {path: each for path, each in self._known.items() if not path.startswith(end)}
        found = {path: known.pop(path) for path in list(known) if path.startswith(start)}
        for path, each in found.items():
            place = end + path.removeprefix(start)
            stamp = _stamp_of(place)
            if stamp and stamp.same == each.stamp.same:
                known[place] = _Hashed(stamp, each.digest, each.at)
        self._linked -= found.keys()
        self._trees = {p: tree for p, tree in self._trees.items() if not p.startswith(start)}
        self._known = known

    def _hashes(self, folder: str, files: Sequence[_Facts]) -> Iterator[bytes]:
        for name, *_stat in files:
            yield os.fsencode(name)
            path = f"{folder}{os.sep}{name}"
            linked = self._as_linked(path)
            yield bytes.fromhex(linked) if linked else digest_of_file(Path(path))

    def _found(self, path: str, stamp: _Stamp, make: Callable[[], str]) -> str:
        known = self._known.get(path)
        if known and known.stamp == stamp and known.is_sure:
            return known.digest
        at = time.time_ns()
        found = make()
        self._known[path] = _Hashed(stamp, found, at)
        return found


def _named(name: str, hash_: str) -> tuple[bytes, bytes]:
    return os.fsencode(name), hash_.encode()


#: What the system says of a file: its name, size, time of writing, place on the disk, and the time
#: of whatever was done to it.
_Facts = tuple[str, int, int, int, int]


def _facts(name: str, found: os.stat_result) -> _Facts:
    return name, found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns


def _stamp(files: Sequence[_Facts]) -> _Stamp:
    same = [each[:4] for each in files]
    changed = [each[4] for each in files]
    return _Stamp(_short(repr(same)), _short(repr(changed)), max(each[2] for each in files))


def _short(text: str) -> str:
    return digest(text.encode("utf-8", "surrogateescape"))[:32]


def _stamp_of(path: str) -> _Stamp | None:
    """The stamp of a file or of a folder of files; None where there is none."""
    try:
        found = os.stat(path)
        if not stat.S_ISDIR(found.st_mode):
            return _stamp([_facts("", found)])
        _folders, files = _listed(path)
        return _stamp(files) if files else None
    except OSError:
        return None


def _listed(path: str) -> tuple[list[str], list[_Facts]]:
    """The names of the folders in one, and what is said of its files, both in order."""
    folders, files = list[str](), list[_Facts]()
    with os.scandir(path) as entries:
        for each in entries:
            if each.is_dir():
                folders.append(each.name)
            elif each.is_file():
                files.append(_facts(each.name, each.stat()))
    return sorted(folders), sorted(files)
