"""Places of files: what is there, and what stays inside its folder."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from generator.names import is_plain, shown
from generator.problems import OutputError


def is_file(path: Path) -> bool:
    """Tell whether a file is there; a name that is too long for the system is that of none."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def inside(folder: Path, place: str) -> Path:
    r"""Where a file is to be written: ``place`` below ``folder``, by every reading of it.

    The one door to an output folder. Raises OutputError where ``place`` leads out of it: by ``..``,
    a root, a drive, a backslash, the escapes of a web address, or a link that is already there.
    """
    parts = PurePosixPath(place).parts
    readings = (place, unquote(place), unquote(unquote(place)))
    if not parts or not all(map(_is_below, readings)):
        raise OutputError(f"{shown(place)}: not a place inside {shown(folder)}; nothing is written")
    target = folder.joinpath(*parts)
    if not target.resolve().is_relative_to(folder.resolve()):
        raise OutputError(
            f"{shown(place)}: a link leads out of {shown(folder)}; nothing is written"
        )
    return target


def _is_below(place: str) -> bool:
    windows = PureWindowsPath(place)
    return (
        is_plain(place)
        and not windows.drive
        and not windows.root
        and "\\" not in place
        and ":" not in place
        and not {".", ".."} & {part.strip(" ") for part in place.split("/")}
    )
