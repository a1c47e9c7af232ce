"""Taking over: the packages of a department of which nothing changed are linked, not made again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.cache import Cache
from generator.department import DepartmentDone, DepartmentTask, Writing
from generator.journal import LOG, Entry
from generator.packages import WhatChanged
from generator.paths import inside
from generator.store import Store, digest
from generator.wire import decode, encode

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class WorkedAs:
    """By which work the packages of a department came about, and what they were, by hashes."""

    work: str
    packages: dict[str, str]


def taken_over(
    task: DepartmentTask, published: WorkedAs | None, packages: Path, cache: Cache
) -> DepartmentDone | None:
    """What came of a department whose ``packages`` are there as the very same work wrote them.

    They are put where the work would write them. None where that work has to be done.
    """
    writing = task.writing
    if writing is None or published is None or published.work != writing.key:
        return None
    done = _kept(cache, "done", writing.key, DepartmentDone)
    if done is None or not _is_same(done, writing, published, packages, cache):
        return None
    for identifier, tree in published.packages.items():
        cache.manifest.link(packages / identifier, inside(writing.folder, identifier), tree)
        LOG.info(Entry("packages", disclosure=identifier, outcome="unchanged"))
    return done


def _is_same(
    done: DepartmentDone, writing: Writing, published: WorkedAs, packages: Path, cache: Cache
) -> bool:
    """Whether what is published is of this work, of the version that the history knows."""
    versions = {each.id: each.compared.version for each in done.disclosures if each.compared}
    known = {key: past.last for key, past in writing.past.items() if past.is_known}
    if not known.keys() == writing.past.keys() == published.packages.keys() or known != versions:
        return False
    found = {each: cache.manifest.tree_of(packages / each) for each in published.packages}
    return found == published.packages and all(cache.has_made(writing.key, each) for each in found)


# ── what is remembered of it ─────────────────────────────────────────────────────────────


def remember_done(task: DepartmentTask, done: DepartmentDone, cache: Cache) -> None:
    """Remember what came of a department's work, if all of it came to something."""
    whole = not any(each.failed or each.over_limit for each in done.disclosures)
    if task.writing and whole:
        settled = [
            replace(each, compared=each.compared and WhatChanged(each.compared.version))
            for each in done.disclosures
        ]
        kept = replace(done, disclosures=tuple(settled), seconds={}, heard=())
        Store(cache.folder / "done").put(task.writing.key, encode(kept))


def published_before(packages: Path, cache: Cache) -> dict[str, WorkedAs]:
    """By which work the packages in a folder came about, by department, as far as is known."""
    return _kept(cache, "published", _name(packages), dict[str, WorkedAs]) or {}


def remember_published(tasks: Mapping[str, DepartmentTask], packages: Path, cache: Cache) -> None:
    """Remember by which work the packages that now lie in a folder came about."""
    found = {}
    for department, task in tasks.items():
        if task.writing and task.writing.past:
            trees = {each: cache.manifest.tree_of(packages / each) for each in task.writing.past}
            found[department] = WorkedAs(task.writing.key, trees)
    Store(cache.folder / "published").put(_name(packages), encode(found))


def _name(packages: Path) -> str:
    return digest(os.fsencode(packages))


def _kept(cache: Cache, name: str, key: str, kind: type[_Kind]) -> _Kind | None:
    try:
        return decode(Store(cache.folder / name).get(key) or b"", kind)
    except ValueError:  # whatever is wrong with it, it is only a cache
        return None
