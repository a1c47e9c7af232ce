"""Takes a department over from the site that is published: nothing that it is made of has changed.

What it is made of is a hash: of its packages, which name the bytes of their files, of what the
registers say of it, and of all that departments share. Each file that is taken over is the one that
was written, by its own hash.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.paths import below, inside, is_file
from generator.problems import OutputError
from generator.store import Store, digest, digest_of_file
from generator.website.pages_task import DepartmentMade, PagesTask
from generator.website.published.package import Package
from generator.website.settings import Before
from generator.wire import decode, encode


class PublishedSite:
    """The site that was published last, and what is known of its departments."""

    def __init__(self, before: Before | None, cache: Path) -> None:
        """Know the folder of the site, if there is one."""
        self.site = before.site if before else None
        self._keeps, self._known = before is not None, Store(cache / "departments")

    def take_over(self, task: PagesTask, key: str) -> DepartmentMade | None:
        """Take the files of a department over, and return what is known of it, if all are right."""
        data = self._known.get(key) if self.site else None
        try:
            made = decode(data, DepartmentMade) if data else None
        except ValueError:  # whatever is wrong with it, it is only a cache
            return None
        if made is None:
            return None
        for place, sum_ in made.files.items():
            if not self._copied(place, sum_, task.all.site):
                task.take_away()  # what it shares stays: it is named by what it is
                return None
        return made

    def keep(self, key: str, made: DepartmentMade) -> None:
        """Remember what was made, if it would be made just so again."""
        if self._keeps and made.lasting:
            self._known.put(key, encode(made))

    def _copied(self, place: str, sum_: str, new: Path) -> bool:
        """Whether a file is the one that was written, and is now in the new site, too."""
        assert self.site is not None
        try:
            old, target = inside(self.site, place), inside(new, place)
            if not is_file(old) or digest_of_file(old).hex() != sum_:
                return False
        except (OSError, OutputError):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            _link(old, target)
        return True


def key_of(task: PagesTask, packages: list[Package]) -> str:
    """A hash of all that the site has of a department is made of."""
    descriptors = (
        digest_of_file(inside(package.folder, "datapackage.json")) for package in packages
    )
    told = repr((task.department, task.disclosures, task.names, task.register, task.changes))
    sources = repr(list(_sources(task, packages)))
    return digest(task.all.inputs.encode(), told.encode(), sources.encode(), *descriptors)


def _sources(task: PagesTask, packages: list[Package]) -> Iterator[tuple[str, bytes]]:
    """The files whose pages are drawn, which may have gone or changed since they were read."""
    folder = task.all.settings.sources
    for source in (s for package in packages for s in package.sources if s.pages and folder):
        assert folder is not None
        path = below(folder, source.file)
        yield source.file, digest_of_file(path) if path.is_file() else b""


def files_of(task: PagesTask, shared: tuple[str, ...]) -> dict[str, str]:
    """The files of a department as they were written, with their sums."""
    site = task.all.site
    found = (path for folder in task.folders for path in (site / folder).rglob("*"))
    own = [path.relative_to(site).as_posix() for path in found if path.is_file()]
    return {p: digest_of_file(site / p).hex() for p in sorted({*own, task.file, *shared})}


def _link(old: Path, new: Path) -> None:
    """Give a file a second name; where the system has none, copy it."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
