"""Unused: what no build has asked the cache for in a long time is forgotten.

When an entry was asked for, to the day, is the time of writing of its file (`Store.get`). All that
a build needs it has asked for when it ends: who tidies then keeps that.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: Longer than a quarter of a year: who builds once in each finds what the last build kept.
_KEPT = 120 * 24 * 3600  # seconds
#: Looking at each entry takes a while: once in so many seconds is enough.
_PAUSE = 24 * 3600
#: The names of entries, and of those that a build died at.
_ENTRY = re.compile(r"[0-9a-f]{64}|new-[0-9a-f]{32}")
_LOOKED = "looked-for-unused"


def forget_unused(cache: Path) -> None:
    """Remove entries of a cache that nobody asked for in 120 days, if nobody looked for a day.

    Whatever else lies in the folder is left alone. An entry that cannot be removed stays.
    """
    now, looked = time.time(), cache / _LOOKED
    with suppress(OSError):
        if looked.is_file() and now - looked.stat().st_mtime < _PAUSE:
            return
        looked.touch()
        for entry in _entries(cache):
            with suppress(OSError):  # another build may have been first
                if now - entry.stat(follow_symlinks=False).st_mtime > _KEPT:
                    os.unlink(entry.path)


def _entries(cache: Path) -> Iterator[os.DirEntry[str]]:
    for folder in cache.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            with os.scandir(folder) as found:
                for each in found:
                    if _ENTRY.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                        yield each
