"""Replacing a folder at once: written beside it, then swapped; the old one or the new one.

Only folders that are empty, or that we wrote before, are ever replaced: a marker file tells.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.problems import OutputError

MARKER = ".mingzhang"
_MARKER_TEXT = "Written by mingzhang, and replaced as a whole at the next build.\n"
#: Files that people keep in an output folder, such as a .gitignore: carried over.
_KEPT = (".gitignore", ".gitkeep")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write to; on success it takes the place of ``folder``.

    If the body raises, the old folder stays as it was. Raises OutputError where ``folder`` holds
    what we did not write.
    """
    _recover(folder)
    _refuse_foreign(folder)
    new = folder.with_name(f"{folder.name}.new")
    _remove(new)
    new.mkdir(parents=True)
    try:
        yield new
        _keep(folder, new)
        (new / MARKER).write_text(_MARKER_TEXT, encoding="utf-8", newline="\n")
        _swap(folder, new)
    finally:
        _remove(new)


def _old(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.old")


def _recover(folder: Path) -> None:
    """A build that died between the two renames left the old folder aside: put it back."""
    old = _old(folder)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    _remove(old)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_file():
        raise OutputError(f"{folder}: is a file; name a folder")
    if not folder.is_dir() or (folder / MARKER).is_file():
        return
    foreign = sorted(path.name for path in folder.iterdir() if path.name not in _KEPT)
    if foreign:
        raise OutputError(
            f"{folder}: holds files that mingzhang did not write ({', '.join(foreign[:3])}), "
            "so it is not replaced; name an empty folder"
        )


def _keep(folder: Path, new: Path) -> None:
    for name in _KEPT:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, new / name)


def _swap(folder: Path, new: Path) -> None:
    old = _old(folder)
    if folder.is_dir():
        folder.rename(old)
    new.rename(folder)
    _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
