"""The cache: nothing is done twice, and a cache can never give another answer.

Everything kept is named by a hash of all that it was made of: the source's bytes, its sidecar, the
definitions, this program's code, the versions of what reads, the settings. What cannot be read
back is made again. The whole folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import pickle
import platform
from collections.abc import Iterable, Sequence
from functools import cache as remembered
from pathlib import Path

from generator.config import Settings
from generator.defaults import CONTENT, TEMPLATES
from generator.packages import validate_package
from generator.read import Reading, Task
from generator.reading.sidecars import sidecar_path
from generator.swap import MARKER

_DIGEST = 64  # hexadecimal digits before a kept reading: a disk may turn 12.00 into 92.00
_ROOT = Path(__file__).parent
_TRANSLATIONS = _ROOT / "website" / "translations"
_READERS = ("pypdfium2", "pyyaml", "pypinyin")
_RENDERERS = (
    "altair",
    "babel",
    "vl-convert-python",
    "jinja2",
    "markdown",
    "nh3",
    "xlsxwriter",
    "pypdfium2",
    "pypdf",
    "pillow",
)


class Cache:
    """What earlier builds left in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below ``folder``, which need not exist."""
        self.folder = folder

    # Readings of one file.

    def reading(self, task: Task) -> Reading | None:
        """What an earlier build read of the very same file, or None."""
        try:
            kept = self._reading_path(task).read_bytes()
            digest, data = kept[:_DIGEST], kept[_DIGEST:]
            if digest.decode() != _digest(data):
                return None
            loaded = pickle.loads(data)
        except Exception:  # whatever is wrong with it, it is only a cache
            return None
        return loaded if isinstance(loaded, Reading) else None

    def keep(self, task: Task, reading: Reading) -> None:
        """Keep a reading for later builds."""
        data = pickle.dumps(reading, protocol=5)
        _write(self._reading_path(task), _digest(data).encode() + data)

    def _reading_path(self, task: Task) -> Path:
        sidecar = sidecar_path(task.path)
        key = _digest(
            code_version(),
            task.name.encode(),
            _bytes(task.path),
            sidecar.name.encode() if sidecar.is_file() else b"",
            _bytes(sidecar),
            repr((task.limits, task.register)).encode(),
        )
        return self.folder / "readings" / f"{key}.pickle"

    # Packages that were valid.

    def validate(self, package: Path) -> None:
        """Validate a package, unless one of just these bytes was found valid before.

        Raises PackageError.
        """
        mark = self.folder / "valid" / _digest(code_version(), *_contents(package))
        if not mark.is_file():
            validate_package(package)
            _write(mark, b"")

    # Folders that are up to date.

    def packages_key(
        self, tasks: Sequence[Task], others: Sequence[Path], settings: Settings
    ) -> str:
        """A hash of what the packages are made of: all sources, ``others`` by name, the checks."""
        readings = [self._reading_path(task).stem.encode() for task in tasks]
        return _digest(
            code_version(),
            *readings,
            *(str(path).encode() for path in others),
            repr(sorted(settings.checks.items())).encode(),
            _bytes(settings.acknowledged),
        )

    def site_key(self, settings: Settings) -> str:
        """A hash of what the website is made of."""
        return _digest(
            code_version(),
            _versions(_RENDERERS),
            *_contents(settings.packages),
            *_contents(TEMPLATES),
            *_contents(settings.templates),
            *_contents(CONTENT),
            *_contents(settings.content),
            *_contents(_TRANSLATIONS),
            repr(_site_settings(settings)).encode(),
            _bytes(settings.redirects),
        )

    def is_current(self, folder: Path, inputs: str) -> bool:
        """Tell whether ``folder`` is, byte for byte, what was made of ``inputs``."""
        try:
            known = json.loads(self._stamp(folder).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if not isinstance(known, dict) or known.get("inputs") != inputs:
            return False
        return (folder / MARKER).is_file() and known.get("outputs") == _digest(*_contents(folder))

    def remember(self, folder: Path, inputs: str) -> None:
        """Remember that ``folder`` now is what ``inputs`` make."""
        stamp = {"inputs": inputs, "outputs": _digest(*_contents(folder))}
        _write(self._stamp(folder), json.dumps(stamp).encode())

    def _stamp(self, folder: Path) -> Path:
        return self.folder / "current" / f"{_digest(str(folder.resolve()).encode())}.json"


@remembered
def code_version() -> bytes:
    """A hash of all code, definitions and fonts of this program, and of what it reads with."""
    paths = sorted(p for p in _ROOT.rglob("*") if p.suffix in (".py", ".yaml", ".otf"))
    named = (path.relative_to(_ROOT).as_posix().encode() + path.read_bytes() for path in paths)
    return _digest(_versions(_READERS), *named).encode()


def _versions(packages: Iterable[str]) -> bytes:
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    return "\n".join([platform.python_version(), *versions]).encode()


def _site_settings(settings: Settings) -> tuple[object, ...]:
    names = ("title", "base_url", "page_images", "annotated_pdfs", "english")
    return tuple(getattr(settings, name) for name in names)


def _contents(folder: Path) -> Iterable[bytes]:
    """The names and bytes of all files below a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _digest(*parts: bytes) -> str:
    """A hash that also tells where one part ends and the next begins."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _write(path: Path, data: bytes) -> None:
    """Write beside, then rename: a build that dies leaves no half-written entry."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(path)
