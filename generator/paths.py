"""Places of files: what is there, and what stays inside its folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from generator.names import is_plain, shown
from generator.problems import OutputError


def is_file(path: Path) -> bool:
    """Tell whether a file is there; a name that is too long for the system is that of none."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def real(path: Path) -> Path:
    """Where a path leads by all links; one that leads to itself is itself, and told when used."""
    return Path(os.path.realpath(path))


def inside(folder: Path, place: str) -> Path:
    r"""Where a file of ours is or goes: ``place`` below ``folder``, by every reading of it.

    The one door to the site, to packages and to the cache. Raises OutputError where ``place`` leads
    out of it: by ``..``, a root, a drive, a backslash, the escapes of a web address, or a link that
    is already there.
    """
    parts = [part for part in place.split("/") if part]
    readings = {place, unquote(place), unquote(unquote(place))}
    if not parts or not all(map(_is_below, readings)):
        raise OutputError(f"{shown(place)}: not a place inside {shown(folder)}; it is left alone")
    target = folder.joinpath(*parts)
    if _has_link(folder, parts) and not real(target).is_relative_to(real(folder)):
        raise OutputError(f"{shown(place)}: a link leads out of {shown(folder)}; it is left alone")
    return target


def _has_link(folder: Path, parts: Sequence[str]) -> bool:
    """Tell whether there is a link on the way down: where there is none, nothing leads out."""
    path = str(folder)
    return any(os.path.islink(path := f"{path}{os.sep}{part}") for part in parts)


def below(folder: Path, place: str) -> Path:
    """Where a file of people's is to be read, whose name comes from elsewhere.

    The name may be any that the system takes, and a link is theirs. Raises OutputError where
    ``place`` leads out of ``folder`` by itself.
    """
    path = Path(place)
    if not path.parts or path.anchor or ".." in path.parts or "\0" in place:
        raise OutputError(f"{shown(place)}: not a place inside {shown(folder)}; it is left alone")
    return folder / path


def refuse_links(folder: Path) -> None:
    """Refuse a folder that we wrote and that has a link in it: we write none. OutputError says so.

    The folder itself may be one.
    """
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for each in entries:
            if each.is_symlink():
                raise OutputError(
                    f"{shown(each.path)}: a link, and mingzhang writes none; it is not followed; "
                    "remove it"
                )
            if each.is_dir():
                refuse_links(Path(each.path))


def _is_below(place: str) -> bool:
    return (
        is_plain(place)
        and not place.startswith("/")
        and "\\" not in place
        and ":" not in place
        and not {".", ".."} & {part.strip(" ") for part in place.split("/")}
    )
