"""The manifest: files are known by their times, sizes and places on the disk, and hashed once.

A file whose size, times and inode are as they were when it was hashed is not hashed again. As in
git, one that had been written only just before it was hashed is not believed: it may have been
written once more within what a clock can tell. A folder of files alone is known as a whole.
Paths are bytes here, as the system has them.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from generator.names import shown
from generator.problems import OutputError
from generator.store import Store, digest, digest_of_file
from generator.wire import decode, encode

#: So long before it is hashed a file was written last, in nanoseconds, if its times are believed:
#: the coarsest clock of a file system ticks every two seconds.
_SAFE = 2_100_000_000
_KEY = "files"
_SEPARATOR = os.fsencode(os.sep)
_LINK = "{}: a link, and mingzhang writes none"


class _Stamp(Struct, frozen=True, gc=False):
    """What the system says of a file, or of all files of a folder, without their being read.

    ``seen`` is a hash of it, ``same`` of what a move leaves as it is, and ``written`` the last time
    that anything was written, in nanoseconds.
    """

    seen: bytes
    same: bytes
    written: int


class _Hashed(Struct, frozen=True):
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
            self._known = decode(self._store.get(_KEY) or b"", dict[bytes, _Hashed])
        except ValueError:
            self._known = {}
        self._kept = dict(self._known)
        #: Of what is known, the second names that this process gave: nothing is asked of them yet.
        self._linked = set[bytes]()
        #: Folders that were linked whole, with their hashes.
        self._trees = dict[bytes, str]()

    def save(self) -> None:
        """Keep what is known, if it is more than was kept."""
        if self._known != self._kept:
            self._store.put(_KEY, encode(self._known))
            self._kept = dict(self._known)

    def sha256(self, file: Path) -> str:
        """The SHA-256 of a file. Raises OSError where it cannot be read."""
        path = os.fsencode(file)
        return self._as_linked(path) or self._of_file(path, _facts(b"", file.stat()))

    def tree(self, folder: Path, without: Sequence[str] = ()) -> str:
        """A hash of the names and bytes of all below a folder, but for some at its top."""
        return self._tree(os.fsencode(folder), frozenset(map(os.fsencode, without)))

    def _tree(self, path: bytes, without: frozenset[bytes] = frozenset()) -> str:
        if not without and (known := self._as_linked(path)):
            return known
        folders, files = _listed(path)
        if not without and files and not folders:
            return self._found(path, files, lambda: digest(*self._hashes(path, files)))
        hashes = {name: self._tree(path + _SEPARATOR + name) for name in folders}
        for each in files:
            if each[0] not in without:
                hashes[each[0]] = self._of_file(path + _SEPARATOR + each[0], (b"", *each[1:]))
        return digest(*(part for name in sorted(hashes) for part in (name, hashes[name].encode())))

    def _of_file(self, path: bytes, facts: _Facts) -> str:
        if known := self._as_linked(path):
            return known
        return self._found(path, [facts], lambda: digest_of_file(Path(os.fsdecode(path))).hex())

    def _as_linked(self, path: bytes) -> str | None:
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
        self._link_all(os.fsencode(old), os.fsencode(new))
        if tree:
            self._trees[os.fsencode(new)] = tree

    def _link_all(self, old: bytes, new: bytes) -> None:
        with os.scandir(old) as entries:
            for each in entries:
                target = new + _SEPARATOR + each.name
                if each.is_symlink():
                    raise OutputError(_LINK.format(shown(os.fsdecode(each.path))))
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
        self._link_one(os.fsencode(old), os.fsencode(new))

    def _link_one(self, old: bytes, new: bytes) -> None:
        try:
            os.link(old, new)
        except OSError:
            shutil.copy2(old, new)
        else:
            self._know_as(old, new)

    def _know_as(self, old: bytes, new: bytes) -> None:
        if known := self._known.get(old):
            self._known[new] = known
            self._linked.add(new)

    def moved(self, before: Path, after: Path) -> None:
        """Know what lay below ``before`` where it lies now: ``after``, whose own is forgotten."""
        start, end = (os.fsencode(each) + _SEPARATOR for each in (before, after))
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

    def _hashes(self, folder: bytes, files: Sequence[_Facts]) -> Iterator[bytes]:
        for name, *_stat in files:
            yield name
            path = folder + _SEPARATOR + name
            linked = self._as_linked(path)
            yield bytes.fromhex(linked) if linked else digest_of_file(Path(os.fsdecode(path)))

    def _found(self, path: bytes, files: Sequence[_Facts], make: Callable[[], str]) -> str:
        known = self._known.get(path)
        if known and known.is_sure and known.stamp.seen == _short(files):
            return known.digest
        at = time.time_ns()
        found = make()
        self._known[path] = _Hashed(_stamp(files), found, at)
        return found


#: What the system says of a file: its name, size, time of writing, place on the disk, and the time
#: of whatever was done to it.
_Facts = tuple[bytes, int, int, int, int]


def _facts(name: bytes, found: os.stat_result) -> _Facts:
    return name, found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns


def _stamp(files: Sequence[_Facts]) -> _Stamp:
    same = [each[:4] for each in files]
    return _Stamp(_short(files), _short(same), max(each[2] for each in files))


def _short(facts: object) -> bytes:
    return sha256(encode(facts)).digest()[:16]


def _stamp_of(path: bytes) -> _Stamp | None:
    """The stamp of a file or of a folder of files; None where there is none."""
    try:
        found = os.stat(path)
        if not stat.S_ISDIR(found.st_mode):
            return _stamp([_facts(b"", found)])
        _folders, files = _listed(path)
        return _stamp(files) if files else None
    except OSError:
        return None


def _listed(path: bytes) -> tuple[list[bytes], list[_Facts]]:
    """The names of the folders in one, and what is said of its files, both in order."""
    folders, files = list[bytes](), list[_Facts]()
    with os.scandir(path) as entries:
        for each in entries:
            if each.is_dir():
                folders.append(each.name)
            elif each.is_file():
                files.append(_facts(each.name, each.stat()))
    return sorted(folders), sorted(files)
