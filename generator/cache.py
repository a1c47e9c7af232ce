"""The cache: nothing is done twice, and a cache can never give another answer.

Everything kept is named by a hash of all that it was made of: the source's bytes, its sidecar, the
settings, and what of this program and its libraries makes it. The whole folder may be deleted at
any time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from generator.config import Settings
from generator.defaults import CONTENT, TEMPLATES
from generator.meaning.departments import Departments
from generator.packages import validate_package
from generator.paths import real
from generator.reach import BuildStage, made_by
from generator.read import Reading, Task
from generator.reading.source import identity_now
from generator.store import Store, digest
from generator.swap import MARKER, contents, written
from generator.wire import decode, encode

READING = BuildStage(("generator.read",))
VALIDATION = BuildStage(("generator.packages.validate",))
# What lies in the folders of defaults is the website's, and counts by its own bytes.
#: The way from files to packages.
PACKAGES = BuildStage(
    ("generator.extraction",),
    short_of=("generator.website", "generator.defaults"),
    glue=("generator.build", "generator.lock"),
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
        "generator.lock",
    ),
)


class Cache:
    """What earlier builds left in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below ``folder``, which need not exist."""
        self.folder = folder
        self._readings, self._valid, self._current = (
            Store(folder / name) for name in ("readings", "valid", "current")
        )

    # Readings of one file.

    def reading(self, task: Task) -> Reading | None:
        """What an earlier build read of the very same file, or None.

        A register that has changed is nothing to it where it still answers what it was asked.
        """
        identity = identity_now(task.path, task.limits)
        data = self._readings.get(self._key(task, identity))
        try:
            reading = decode(data, Reading) if data else None
        except ValueError:  # whatever is wrong with it, it is only a cache
            return None
        return reading if reading and reading.holds(task.register) else None

    def keep(self, task: Task, reading: Reading) -> None:
        """Keep a reading for later builds, under what was read: the file may be another by now."""
        if reading.identity:
            self._readings.put(self._key(task, reading.identity), encode(reading))

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

    # Folders that are up to date.

    def packages_key(
        self,
        tasks: Sequence[Task],
        readings: Sequence[Reading],
        others: Sequence[tuple[str, str]],
        register: Departments,
        settings: Settings,
    ) -> str:
        """A hash of what the packages are made of: all sources, ``others`` by name, the checks.

        ``others`` are files that are not read, by name and problem.
        """
        return digest(
            made_by(PACKAGES, self.folder),
            *(
                self._key(task, reading.identity or identity_now(task.path, task.limits)).encode()
                for task, reading in zip(tasks, readings, strict=True)
            ),
            repr((others, register, sorted(settings.checks.items()), settings.imprint)).encode(
                "utf-8", "backslashreplace"
            ),
            _bytes(settings.acknowledged),
            _bytes(settings.withdrawn),
        )

    def site_key(self, settings: Settings) -> str:
        """A hash of what the website is made of."""
        return digest(
            made_by(WEBSITE, self.folder),
            *(digest(*contents(each)).encode() for each in _sources_of_site(settings)),
            repr(_site_settings(settings)).encode(),
            _bytes(settings.redirects),
        )

    def department_inputs(self, settings: Settings) -> str:
        """A hash of what every department of a website is made of, beside its packages."""
        shown = (TEMPLATES, settings.templates, CONTENT, settings.content)
        return digest(
            made_by(WEBSITE, self.folder),
            *(digest(*contents(each)).encode() for each in shown),
            repr(_site_settings(settings)).encode(),
        )

    def is_current(self, folder: Path, inputs: str) -> bool:
        """Tell whether ``folder`` is, byte for byte, what was made of ``inputs``."""
        outputs = self._current.get(_name(folder, inputs))
        if outputs is None or not (folder / MARKER).is_file():
            return False
        return outputs == written(folder).encode()

    def remember(self, folder: Path, inputs: str, outputs: str) -> None:
        """Remember that what ``inputs`` make in ``folder`` is ``outputs``, as `written` says it.

        They are of what was written, before it took its place: what lies there later may be of
        others.
        """
        self._current.put(_name(folder, inputs), outputs.encode())


def _name(folder: Path, inputs: str) -> str:
    return digest(str(real(folder)).encode(), inputs.encode())


def _site_settings(settings: Settings) -> tuple[object, ...]:
    names = ("title", "base_url", "contact", "issued", "page_images", "annotated_pdfs", "english")
    return tuple(getattr(settings, name) for name in names)


def _sources_of_site(settings: Settings) -> list[Path]:
    """The folders that a website is made of; the disclosures, where their pages are drawn."""
    drawn = [settings.disclosures] if settings.page_images else []
    shown = [TEMPLATES, settings.templates, CONTENT, settings.content]
    return [settings.packages, *shown, *drawn]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
