"""Replacing a folder at once: written beside it, then exchanged; the old one or the new one.

Only folders that are empty, or that we wrote before, are ever replaced: a marker file tells.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from generator.journal import LOG
from generator.names import shown
from generator.paths import real
from generator.problems import OutputError
from generator.store import digest_of_file

MARKER = ".mingzhang"
_MARKER_TEXT = "Written by mingzhang, and replaced as a whole at the next build.\n"
#: Files that people keep in an output folder, such as a .gitignore: carried over.
KEPT = (".gitignore", ".gitkeep")
# Of renameat2 and renamex_np: the two names change places in one step.
_EXCHANGE = 2
_HERE = -100
#: The name of a folder beside, behind that of the output: nobody gives one like it.
_BESIDE = r"\.[0-9a-f]{32}\.(?:new|old)"


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Give an empty folder to write to; on success it takes the place of ``output``.

    If the body raises, the old folder stays as it was. Where ``output`` is a link, what it leads
    to is replaced. Whoever uses it holds its lock (`lock`), so that what lies beside it of other
    builds is of builds that died. Raises OutputError where ``output`` holds what we did not write.
    """
    folder = real(output)
    recover(folder)
    _refuse_foreign(folder)
    new = folder.with_name(f"{folder.name}.{uuid4().hex}.new")
    new.mkdir(parents=True)
    try:
        yield new
        _keep(folder, new)
        (new / MARKER).write_text(_MARKER_TEXT, encoding="utf-8", newline="\n")
        _open_to_all(new)
        _swap(folder, new)
    finally:
        _remove(new)


def contents(folder: Path) -> Iterator[bytes]:
    """The names of all files below a folder, and hashes of them, in order.

    Nobody holds a file whole for it: one of a source may be of gigabytes.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield os.fsencode(path.relative_to(folder).as_posix())
            yield digest_of_file(path)


def _beside(folder: Path) -> Iterable[Path]:
    """What builds left beside a folder."""
    if not folder.parent.is_dir():
        return []
    ours = re.compile(re.escape(folder.name) + _BESIDE)
    return [path for path in folder.parent.iterdir() if ours.fullmatch(path.name) and path.is_dir()]


def recover(output: Path) -> None:
    """A build that died between two renames left the old folder aside: put it back.

    Whoever calls it holds the lock of the folder.
    """
    folder = real(output)
    left = sorted(_beside(folder))
    for path in left:
        if path.name.endswith(".old") and not folder.exists():
            path.rename(folder)
        else:
            _remove(path)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_file():
        raise OutputError(f"{folder}: is a file; name a folder")
    if not folder.is_dir() or (folder / MARKER).is_file():
        return
    foreign = sorted(path.name for path in folder.iterdir() if path.name not in KEPT)
    if foreign:
        raise OutputError(
            f"{folder}: holds files that mingzhang did not write ({', '.join(foreign[:3])}), "
            "so it is not replaced; name an empty folder"
        )


def _keep(folder: Path, new: Path) -> None:
    for name in KEPT:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, new / name, follow_symlinks=False)


def _open_to_all(folder: Path) -> None:
    """Whoever serves the folder may read it, whatever the umask of who built it."""
    folder.chmod(0o755)
    with os.scandir(folder) as entries:
        for each in entries:
            if each.is_symlink():
                continue  # of people's, such as their .gitignore: what it leads to is theirs
            if each.is_dir():
                _open_to_all(Path(each.path))
            elif stat.S_IMODE(each.stat().st_mode) != 0o644:
                os.chmod(each.path, 0o644)  # else its times would say that it was changed


def _swap(folder: Path, new: Path) -> None:
    """Put ``new`` in the place of ``folder``; who reads there always finds one of the two.

    Where the system cannot exchange them in one step, there is none for a moment.
    """
    if not folder.is_dir():
        new.rename(folder)
    elif not _exchanged(folder, new):
        old = new.with_suffix(".old")
        folder.rename(old)
        new.rename(folder)
        _remove(old)


def _exchanged(first: Path, second: Path) -> bool:
    """Whether the system let two folders change places in one step."""
    if sys.platform == "win32":
        return False
    library, names = ctypes.CDLL(None), (os.fsencode(first), os.fsencode(second))
    if hasattr(library, "renameat2"):  # Linux
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    if hasattr(library, "renamex_np"):  # macOS
        return bool(library.renamex_np(*names, _EXCHANGE) == 0)
    return False


def _remove(folder: Path) -> None:
    """Remove what is of no use any more; what somebody else owns there stays, and is told."""
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except PermissionError as error:
        LOG.warning(f"{shown(folder)}: cannot be removed ({error.strerror}); remove it")
