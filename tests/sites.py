"""Sites for tests: those that many look at are made once a run, by one of its processes, and read.

A test that needs packages of its own renders them with ``Sites.render``: its charts are mostly
drawn already, and its workbooks are empty unless it asks for them (half of a render is Excel).
"""

from __future__ import annotations

import fcntl
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator.website import SiteSettings, SiteSummary, render_site
from tests.addresses import build
from tests.sample_packages import rehash, write_many_packages, write_sample_packages

ROOT = Path(__file__).resolve().parent.parent
#: The site of the samples has an address: the feed, the cards and what else is absolute.
BASE = "https://example.org"
#: As many departments as comparisons and filters need to be worth it.
MANY = 9
#: What makes the workbooks of a site; two, as those for auditors have a form of their own.
_WORKBOOKS = ("workbook", "audit_workbook")


@dataclass(frozen=True, slots=True)
class Made:
    """Data packages, and the site that was made of them."""

    packages: Path
    site: Path

    @property
    def cache(self) -> Path:
        """What was drawn for it."""
        return self.site.parent / "cache"


class Sites:
    """The sites that the processes of one run share, and a warm cache that is this process's."""

    def __init__(self, shared: Path, own: Path) -> None:
        """Make what is shared below ``shared``, and keep drawings below ``own``."""
        self.shared, self._own = shared, own

    # Read by many.

    def sample(self) -> Made:
        """The sample packages at `BASE`, with workbooks."""

        def make(folder: Path) -> None:
            packages = write_sample_packages(folder / "packages")
            render(
                packages, folder / "site", folder / "cache", SiteSettings(base_url=BASE), excel=True
            )

        return self._once("sample", make)

    def many(self) -> Made:
        """So many made-up departments at `BASE`."""

        def make(folder: Path) -> None:
            packages = write_many_packages(folder / "packages", MANY)
            cache = shutil.copytree(self.sample().cache, folder / "cache")
            render(packages, folder / "site", cache, SiteSettings(base_url=BASE))

        return self._once("many", make)

    def five(self) -> Made:
        """The committed packages as they are deployed, with workbooks and images of their pages."""
        return Made(
            ROOT / "data" / "packages", self._once("five", lambda f: build(f / "site")).site
        )

    # Of one's own.

    def render(
        self,
        packages: Path,
        site: Path,
        settings: SiteSettings | None = None,
        content: Path = ROOT / "content",
        drawn: Made | None = None,
    ) -> SiteSummary:
        """Render packages into a new folder, with workbooks that are empty.

        What a test has altered in a package is taken for what was written. Its charts may be
        ``drawn`` for another site already.
        """
        for descriptor in packages.rglob("datapackage.json"):
            rehash(descriptor.parent)
        cache = drawn.cache if drawn else self.cache
        return render(packages, site, cache, settings or SiteSettings(), content=content)

    @property
    def cache(self) -> Path:
        """The drawings of the samples, and all that this process drew since."""
        if not self._own.exists():
            shutil.copytree(self.sample().cache, self._own)
        return self._own

    # Shared by processes.

    def _once(self, name: str, make: Callable[[Path], object]) -> Made:
        folder = self.shared / name
        with _locked(self.shared / f"{name}.lock"):
            if not _record(folder).exists():
                shutil.rmtree(folder, ignore_errors=True)  # of a process that failed half-way
                folder.mkdir()
                make(folder)
                _record(folder).write_text(json.dumps(_state(folder)), encoding="utf-8")
        return Made(folder / "packages", folder / "site")

    def written_into(self) -> list[str]:
        """The files of the shared sites that a test changed, added or took away."""
        found = []
        for record in sorted(self.shared.glob("*.json")):
            before = json.loads(record.read_text(encoding="utf-8"))
            after = _state(record.with_suffix(""))
            names = before.keys() | after.keys()
            found += [name for name in names if before.get(name) != after.get(name)]
        return sorted(found)


def render(
    packages: Path,
    site: Path,
    cache: Path,
    settings: SiteSettings,
    *,
    content: Path = ROOT / "content",
    excel: bool = False,
) -> SiteSummary:
    """Render packages into a new folder, with a cache of one's own and workbooks if wanted."""
    site.mkdir(parents=True)
    with in_this_process(), nullcontext() if excel else without_workbooks():
        return render_site(
            packages,
            site,
            templates=ROOT / "templates",
            content=content,
            settings=settings,
            cache=cache,
        )


def in_this_process() -> AbstractContextManager[object]:
    """Departments are made by this process, where what a test puts in the place of ours is seen."""
    return patch("generator.executors.run_all", _here)


def _here(work: Callable[[Any], Any], tasks: Sequence[Any], **_: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(map(work, tasks))


@contextmanager
def without_workbooks() -> Iterator[None]:
    """Workbooks are empty meanwhile: half of a render is Excel."""
    with ExitStack() as patches:
        for name in _WORKBOOKS:
            patches.enter_context(
                patch(f"generator.website.files.downloads.{name}", lambda *_: _EMPTY_BOOK)
            )
        yield


def _empty_book() -> bytes:
    with BytesIO() as file:
        zipfile.ZipFile(file, "w").close()
        return file.getvalue()


_EMPTY_BOOK = _empty_book()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time in; the lock goes with a process that dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _record(folder: Path) -> Path:
    """Where it stands what was made; beside the folder, and only once all of it is there."""
    return folder.with_suffix(".json")


def _state(folder: Path) -> dict[str, list[int]]:
    """The size and time of every file below a folder: enough to tell that one was written."""
    files = (path for part in ("packages", "site") for path in (folder / part).rglob("*"))
    return {
        str(path): [path.stat().st_size, path.stat().st_mtime_ns]
        for path in files
        if path.is_file()
    }
