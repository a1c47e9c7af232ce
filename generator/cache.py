"""The cache: nothing is done twice, and a cache can never give another answer.

Everything kept is named by a hash of all that it was made of: the source's bytes, its sidecar, the
settings, and what of this program and its libraries makes it. The whole folder may be deleted at
any time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from generator.config import Settings
from generator.defaults import CONTENT, TEMPLATES
from generator.heads import Aside, Head
from generator.manifest import Manifest
from generator.packages import Made, validate_package
from generator.paths import real
from generator.problems import OutputError
from generator.reach import BuildStage, made_by
from generator.read import Reading, Task
from generator.reading.source import identity_now
from generator.settled import Settled
from generator.sought import Sought
from generator.store import Store, digest
from generator.swap import KEPT, MARKER, contents
from generator.wire import decode, encode

_Kind = TypeVar("_Kind")
READING = BuildStage(("generator.read",))
VALIDATION = BuildStage(("generator.packages.validate",))
# What lies in the folders of defaults is the website's, and counts by its own bytes.
#: The way from files to packages.
PACKAGES = BuildStage(
    ("generator.extraction",),
    short_of=("generator.website", "generator.defaults"),
    glue=("generator.build", "generator.elsewhere", "generator.lock", "generator.unused"),
)
WEBSITE = BuildStage(
    ("generator.website", "generator.swap"),
    short_of=("generator.defaults",),
    glue=(
        "generator.build",
        "generator.rendering",
        "generator.summary",
        "generator.cache",
        "generator.defaults",
        "generator.elsewhere",
        "generator.lock",
        "generator.manifest",
        "generator.unused",
    ),
)


class Cache:
    """What earlier builds left in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below ``folder``, which need not exist."""
        self.folder = folder
        self._readings, self._heads, self._made, self._valid, self._current = (
            Store(folder / name) for name in ("readings", "heads", "made", "valid", "current")
        )

    @cached_property
    def manifest(self) -> Manifest:
        """By what times files are known."""
        return Manifest(self.folder / "manifest")

    # Readings of one file.

    def identity(self, task: Task) -> str:
        """What tells the file that lies there now from any other."""
        return identity_now(task.path, task.limits, self.manifest.sha256)

    def head(self, task: Task) -> Head | None:
        """What an earlier build knew of the very same file, or None.

        A register that has changed is nothing to it where it still answers what it was asked.
        """
        head = _decoded(self._heads.get(self._key(task, self.identity(task))), Head)
        return head if head and head.holds(task.register) else None

    def keep(self, task: Task, aside: Aside) -> None:
        """Keep a reading for later builds, under what was read: the file may be another by now."""
        if aside.head.identity:
            key = self._key(task, aside.head.identity)
            if aside.reading:
                self._readings.put(key, aside.reading)
            self._heads.put(key, encode(aside.head))

    def reading(self, task: Task, identity: str) -> Reading | None:
        """What was read of a file of this identity; None where it was lost meanwhile."""
        reading = _decoded(self._readings.get(self._key(task, identity)), Reading)
        return reading if reading and reading.holds(task.register) else None

    def _key(self, task: Task, identity: str) -> str:
        return digest(
            made_by(READING, self.folder),
            os.fsencode(task.name),
            identity.encode(),
            repr(task.limits).encode(),
        )

    # Packages that were valid.

    def validate(self, package: Path) -> None:
        """Validate a package, unless one of just these bytes was found valid before.

        Raises PackageError.
        """
        key = digest(made_by(VALIDATION, self.folder), *contents(package))
        if self._valid.get(key) is None:
            validate_package(package)
            self._valid.put(key, b"")

    # What the package of all takes of a disclosure.

    def work_key(self, task: bytes) -> str:
        """By what the work of a department is known, of all that it is made of."""
        return digest(made_by(PACKAGES, self.folder), task)

    def put_made(self, work: str, made: Made) -> None:
        """Keep what is registered of one disclosure of a department's work."""
        self._made.put(digest(work.encode(), made.id.encode()), encode(made))

    def made(self, work: str, disclosure: str) -> Made:
        """What is registered of one. Raises OutputError where it is lost."""
        made = _decoded(self._made.get(digest(work.encode(), disclosure.encode())), Made)
        if made is None:
            raise OutputError(f"{self.folder}: was emptied while a build used it; build again")
        return made

    def has_made(self, work: str, disclosure: str) -> bool:
        """Whether that is kept."""
        return self._made.get(digest(work.encode(), disclosure.encode())) is not None

    # Folders that are up to date.

    def packages_key(
        self,
        sought: Sought,
        identities: Sequence[str],
        settings: Settings,
    ) -> str:
        """A hash of what the packages are made of: all sources, and what people say of them.

        Of a file without an identity counts what lies there now.
        """
        others, register = sought.others, sought.register
        return digest(
            made_by(PACKAGES, self.folder),
            *(
                self._key(task, identity or self.identity(task)).encode()
                for task, identity in zip(sought.tasks, identities, strict=True)
            ),
            repr((others, register, sorted(settings.checks.items()), settings.imprint)).encode(
                "utf-8", "backslashreplace"
            ),
            _bytes(settings.acknowledged),
            _bytes(settings.withdrawn),
        )

    def site_key(self, settings: Settings, packages: str = "") -> str:
        """A hash of what the website is made of; ``packages`` is theirs where it is known."""
        return digest(
            made_by(WEBSITE, self.folder),
            (packages or self.outputs(settings.packages)).encode(),
            *(self._tree(each) for each in _sources_of_site(settings)),
            repr(_site_settings(settings)).encode(),
            _bytes(settings.redirects),
        )

    def department_inputs(self, settings: Settings) -> str:
        """A hash of what every department of a website is made of, beside its packages."""
        shown = (TEMPLATES, settings.templates, CONTENT, settings.content)
        return digest(
            made_by(WEBSITE, self.folder),
            *map(self._tree, shown),
            repr(_site_settings(settings)).encode(),
        )

    def _tree(self, folder: Path) -> bytes:
        return self.manifest.tree_of(real(folder)).encode()

    def is_current(self, folder: Path, inputs: str) -> bool:
        """Tell whether ``folder`` is, byte for byte, what was made of ``inputs``."""
        outputs = self._current.get(_name(folder, inputs))
        if outputs is None or not (folder / MARKER).is_file():
            return False
        return outputs == self.outputs(folder).encode()

    def settled(self, packages: Path, inputs: str) -> Settled | None:
        """What was told of the packages that ``inputs`` make, where they are there as written."""
        known = _decoded(self._current.get(_name(packages, inputs)), Settled)
        if known is None or not (packages / MARKER).is_file():
            return None
        return known if known.outputs == self.outputs(packages) else None

    def outputs(self, folder: Path) -> str:
        """A hash of what we wrote below a folder, of files that are known not read again.

        Blank where there is no such folder.
        """
        place = real(folder)
        return self.manifest.tree(place, without=(MARKER, *KEPT)) if place.is_dir() else ""

    def settle(self, packages: Path, inputs: str, said: Settled) -> None:
        """Remember what ``inputs`` make in a folder of packages, and what is told of it."""
        self._current.put(_name(packages, inputs), encode(said))

    def remember(self, folder: Path, inputs: str, outputs: str) -> None:
        """Remember that what ``inputs`` make in ``folder`` is ``outputs``, as `outputs` says it.

        They are of what was written, before it took its place: what lies there later may be of
        others.
        """
        self._current.put(_name(folder, inputs), outputs.encode())


def _decoded(data: bytes | None, kind: type[_Kind]) -> _Kind | None:
    """What was kept; None where there is none: whatever is wrong with it, it is only a cache."""
    try:
        return decode(data, kind) if data else None
    except ValueError:
        return None


def _name(folder: Path, inputs: str) -> str:
    return digest(str(real(folder)).encode(), inputs.encode())


#: The settings that no page is another for: where things lie (what lies there counts by its bytes),
#: who does the work and what it may take, and what has come into the packages.
_NOT_SHOWN = frozenset(
    (
        *("disclosures", "packages", "site", "templates", "content", "cache", "redirects"),
        *("departments", "acknowledged", "withdrawn", "addresses"),
        *("limits", "jobs", "scheduler", "checks", "accept"),
    )
)


def _site_settings(settings: Settings) -> list[tuple[str, object]]:
    """All others: one that is new counts unless somebody says that it does not."""
    names = sorted({each.name for each in fields(settings)} - _NOT_SHOWN)
    return [(name, getattr(settings, name)) for name in names]


def _sources_of_site(settings: Settings) -> list[Path]:
    """What beside packages a website is made of; the disclosures, where their pages are drawn."""
    drawn = [settings.disclosures] if settings.page_images else []
    return [TEMPLATES, settings.templates, CONTENT, settings.content, *drawn]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
