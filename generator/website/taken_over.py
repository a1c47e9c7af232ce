"""Takes a department over from the site that is published: nothing that it is made of has changed.

What it is made of is a hash: of its packages, which name the bytes of their files, of what the
registers say of it, and of all that departments share. Each file that is taken over is the one that
was written: by the hash of its folder or, of what several departments share, by its own. Neither is
made anew of files whose times are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.manifest import Manifest
from generator.names import shown
from generator.paths import below, inside, is_file
from generator.problems import OutputError
from generator.store import Store, digest, digest_of_file
from generator.website.pages_task import DepartmentMade, PagesTask
from generator.website.published.package import Package
from generator.website.settings import Before
from generator.wire import decode, encode


@dataclass(frozen=True)
class _Written:
    """The files of a department: hashes of its folders, sums of others; and of all that is known.

    It is little, beside what is known: nobody holds that of many departments.
    """

    trees: Mapping[str, str]
    files: Mapping[str, str]
    made: str


def _decoded(data: bytes | None) -> _Written | None:
    try:
        return decode(data, _Written) if data else None
    except ValueError:  # whatever is wrong with it, it is only a cache
        return None


class PublishedSite:
    """The site that was published last, and what is known of its departments."""

    def __init__(self, before: Before | None, cache: Path) -> None:
        """Know the folder of the site, if there is one."""
        self.site = before.site.resolve() if before and before.site else None
        self.manifest = before.manifest if before else Manifest(cache / "manifest")
        self._keeps, self._known = before is not None, Store(cache / "departments")
        self._written = Store(cache / "department-files")
        self._folders = dict[str, Path]()

    def take_over(self, task: PagesTask, key: str) -> bool:
        """Take the files of a department over, if all are right; `taken` tells what is known."""
        written = _decoded(self._written.get(key) if self.site else None)
        if written is None or not self._is_there(written):
            return False
        if digest(self._known.get(key) or b"") != written.made:
            return False
        try:
            self._link(written, task.all.site)
        except (OSError, OutputError):
            task.take_away()  # what it shares stays: it is named by what it is
            return False
        return True

    def taken(self, key: str) -> DepartmentMade:
        """Return what is known of a department that was taken over, one at a time.

        Raises OutputError where that is lost.
        """
        try:
            return decode(self._known.get(key) or b"", DepartmentMade)
        except ValueError:
            where = shown(self._known.folder)
            raise OutputError(f"{where}: was emptied while a build used it; build again") from None

    def keep(self, key: str, made: DepartmentMade) -> None:
        """Remember what was made, if it would be made just so again."""
        if self._keeps and made.lasting:
            data = encode(made)
            self._known.put(key, data)
            self._written.put(key, encode(_Written(made.trees, made.files, digest(data))))

    def key_of(self, task: PagesTask, packages: list[Package]) -> str:
        """A hash of all that what the site has of a department is made of."""
        descriptors = (digest_of_file(package.folder / "datapackage.json") for package in packages)
        told = repr((task.department, task.disclosures, task.names, task.register, task.changes))
        sources = repr(list(self._sources(task, packages)))
        return digest(task.all.inputs.encode(), told.encode(), sources.encode(), *descriptors)

    def _sources(self, task: PagesTask, packages: list[Package]) -> Iterator[tuple[str, str]]:
        """The files whose pages are drawn, which may have gone or changed since they were read."""
        folder = task.all.settings.sources
        for source in (s for package in packages for s in package.sources if s.pages and folder):
            assert folder is not None
            path = below(folder, source.file)
            yield source.file, self.manifest.sha256(path) if path.is_file() else ""

    def _is_there(self, made: _Written) -> bool:
        """Whether each of its files is the one that was written."""
        try:
            return all(
                self.manifest.tree(self._old(place)) == tree for place, tree in made.trees.items()
            ) and all(
                is_file(file := self._old_file(place)) and self.manifest.sha256(file) == sum_
                for place, sum_ in made.files.items()
            )
        except (OSError, OutputError):
            return False

    def _link(self, made: _Written, new: Path) -> None:
        """Let the new site have them, too."""
        for place, tree in made.trees.items():
            self.manifest.link(self._old(place), inside(new, place), tree)
        for place in made.files:
            old, target = self._old_file(place), new / place
            if target.parent.as_posix() not in self._folders:
                inside(new, place).parent.mkdir(parents=True, exist_ok=True)
                self._folders[target.parent.as_posix()] = target.parent
            if not target.exists():
                self.manifest.link_file(old, target)

    def _old(self, place: str) -> Path:
        """Where a folder lies in the published site; where it leads is asked once."""
        assert self.site is not None
        if place not in self._folders:
            self._folders[place] = inside(self.site, place)
        return self._folders[place]

    def _old_file(self, place: str) -> Path:
        folder, _, name = place.rpartition("/")
        return self._old(folder) / name


def with_files(made: DepartmentMade, task: PagesTask) -> DepartmentMade:
    """Say which files of a department were written: hashes of its folders, and of the others."""
    site, manifest = task.all.site, Manifest(task.all.cache / "none")
    trees = {each: manifest.tree(site / each) for each in task.folders if (site / each).is_dir()}
    own = {task.file, *made.shared}
    files = {place: digest_of_file(site / place).hex() for place in sorted(own)}
    return replace(made, trees=trees, files=files)
