"""The list of a folder of the web, which tells nobody by itself what lies in it.

It is a text in UTF-8 with a line for each file: its place in the folder, or what ``sha256sum``
writes, the hash of the file before its place. By its hash a file is known without being asked for.
"""

from __future__ import annotations

import re

from generator.names import is_plain, shown
from generator.problems import RemoteError
from generator.remote.bringing import Offered
from generator.remote.folders import RemoteFolder

_HASHED = re.compile(r"(?P<sha256>[0-9A-Fa-f]{64})[ \t]+\*?(?P<place>.+)")
_MOST = 10_000_000  # bytes: a hundred thousand names
_HOW = "write one in the folder of the files: sha256sum *.pdf *.txt *.yaml > SHA256SUMS"


def listed(folder: RemoteFolder) -> dict[str, Offered]:
    """What the list of a folder of the web names. Raises RemoteError where there is none."""
    name = folder.address.listed
    where = f"{folder.address}/{name}"
    data = folder.read(name)
    if data is None:
        raise RemoteError(f"{where}: there is no list of the files that lie there; {_HOW}")
    try:
        lines = data.decode("utf-8-sig").splitlines() if len(data) <= _MOST else ["<"]
        return {place: each for place, each in map(_read, filter(str.strip, lines))}
    except ValueError:
        raise RemoteError(
            f"{where}: is no list of files; {_HOW}. The address of a folder ends with a slash"
        ) from None


def _read(line: str) -> tuple[str, Offered]:
    """One line. Raises ValueError where it names no file below the folder."""
    found = _HASHED.fullmatch(line.strip())
    place = (found["place"] if found else line.strip()).removeprefix("./")
    parts = place.split("/")
    if not is_plain(place) or {"", ".", ".."} & set(parts) or place[0] == "<" or "\\" in place:
        raise ValueError(shown(place))
    return place, Offered("", found["sha256"].lower() if found else "")
