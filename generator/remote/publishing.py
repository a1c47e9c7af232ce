"""Publishing a folder at an address: what changed only, and all of it or nothing.

What is new is written beside first, where nobody reads. When all of it is there, a plan is written;
from then on the publication is carried out, by this build or by the next: each file is copied to
its place, what names others after what it names, then what is gone is removed. So whatever breaks
off, readers have the old files, or pages of which each leads to something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from generator.manifest import Manifest
from generator.problems import RemoteError
from generator.remote.at_once import at_once
from generator.remote.folders import KnownFile, RemoteFolder
from generator.remote.headers import headers
from generator.summary import Progress
from generator.swap import KEPT, MARKER
from generator.wire import decode, encode

_Kind = TypeVar("_Kind")
PUBLISHING, PLACING = "上传文件", "发布文件"
#: What is ours and nobody else's: begins so, and is never published.
_OURS = ".mingzhang-"
_RECORD, _PLAN, _BESIDE = f"{_OURS}published", f"{_OURS}plan", f"{_OURS}new/"
_PLAIN = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}
#: Pages and descriptors name other files.
_NAMING = (".html", ".xml", ".jsonld", "datapackage.json")


@dataclass(frozen=True, slots=True)
class Plan:
    """A publication: what is copied to its place, what is removed, and all that is then there."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    hashes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files were published anew, and how many removed."""

    new: int = 0
    gone: int = 0


def make_ready(target: RemoteFolder, progress: Progress) -> None:
    """See that something may be published there, and carry out a publication that broke off.

    Raises RemoteError where others' files lie there, or nobody may write.
    """
    if target.read(MARKER) is None and not target.is_empty():
        raise RemoteError(
            f"{target.address}: holds files that mingzhang did not write, so nothing is published "
            "there; name an empty place"
        )
    if plan := _decoded(target.read(_PLAN), Plan):
        _carry_out(plan, target, progress)


def ours(target: RemoteFolder) -> dict[str, str]:
    """The mark of each published file, by its place."""
    every = target.files()
    return {place: mark for place, mark in every.items() if not place.startswith(_OURS)}


def published(target: RemoteFolder) -> dict[str, KnownFile]:
    """What is known of the files that were published there."""
    return _decoded(target.read(_RECORD), dict[str, KnownFile]) or {}


def publish(folder: Path, target: RemoteFolder, manifest: Manifest, progress: Progress) -> Changes:
    """Publish what lies in ``folder`` in place of what was published; `make_ready` went before.

    Raises RemoteError; the next publication then goes on from there.
    """
    there, before = ours(target), published(target)
    hashes = {place: manifest.sha256(folder / place) for place in _files(folder)}
    now = {place: KnownFile(each, there.get(place, "")) for place, each in hashes.items()}
    new = tuple(place for place, known in now.items() if before.get(place) != known)
    gone = tuple(sorted(there.keys() - hashes.keys() - {*KEPT}))
    plan = Plan(new, gone, hashes)
    if not there:
        _publish_first(plan, folder, target, progress)
    elif new or gone:
        _write_beside(plan, folder, target, progress)
        _carry_out(plan, target, progress)
    return Changes(len(new), len(gone))


def _publish_first(plan: Plan, folder: Path, target: RemoteFolder, progress: Progress) -> None:
    """Write all to its place, where nothing was: there is nobody to read it yet."""
    target.put(MARKER, folder / MARKER, headers(MARKER))  # from now on it is ours

    def put(place: str) -> None:
        target.put(place, folder / place, headers(place))

    _each_in_order(plan.new, put, PUBLISHING, progress)
    _close(plan, target)


def _write_beside(plan: Plan, folder: Path, target: RemoteFolder, progress: Progress) -> None:
    """Write what is new where nobody reads, and then the plan."""

    def put(place: str) -> None:
        target.put(f"{_BESIDE}{place}", folder / place, headers(place))

    for done, _ in enumerate(at_once(put, plan.new), 1):
        progress(PUBLISHING, done, len(plan.new))
    target.put(_PLAN, encode(plan), _PLAIN)


def _carry_out(plan: Plan, target: RemoteFolder, progress: Progress) -> None:
    """Put all in its place, as often as it takes: nothing in it harms when it is done twice."""

    def copy(place: str) -> None:
        target.copy(f"{_BESIDE}{place}", place)

    _each_in_order(plan.new, copy, PLACING, progress)
    target.remove(plan.gone)
    _close(plan, target)


def _close(plan: Plan, target: RemoteFolder) -> None:
    """Write down what is there now, and take away what the publishing needed."""
    every = target.files()
    record = {place: KnownFile(each, every.get(place, "")) for place, each in plan.hashes.items()}
    target.put(_RECORD, encode(record), _PLAIN)
    target.remove([_PLAN])
    target.remove(place for place in every if place.startswith(_BESIDE))


def _each_in_order(
    places: Sequence[str], work: Callable[[str], None], stage: str, progress: Progress
) -> None:
    done = 0
    for together in _in_order(places):
        for _ in at_once(work, together):
            done += 1
            progress(stage, done, len(places))


def _in_order(places: Iterable[str]) -> Iterator[list[str]]:
    """What may be published together: what is named, then what names it, the deepest first."""
    for _, together in groupby(sorted(places, key=_rank), key=_rank):
        yield list(together)


def _rank(place: str) -> int:
    """Zero for what names nothing; pages come later the higher they stand, home and lists last."""
    depth = place.count("/")
    if place.endswith(_NAMING) or not depth:
        return 100 - min(depth, 99)
    return 0


def _files(folder: Path) -> list[str]:
    """The files of ours in a folder; those that people keep there are theirs."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted({*paths} - {*KEPT})


def _decoded(data: bytes | None, kind: type[_Kind]) -> _Kind | None:
    """What was written there; None where there is none, or it was altered."""
    try:
        return decode(data, kind) if data else None
    except ValueError:
        return None
