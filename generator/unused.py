"""Unused: what no build has asked the cache for in a long time is forgotten.

When an entry was asked for, to the day, is the time of writing of its file (`Store.get`). All that
a build needs it has asked for when it ends: who tidies then keeps that.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.problems import OutputError
from generator.store import Store

#: Longer than a quarter of a year: who builds once in each finds what the last build kept.
_KEPT = 120 * 24 * 3600  # seconds
#: Looking at each entry takes a while: once in so many seconds is enough.
_PAUSE = 24 * 3600
#: The names of entries, and of those that a build died at.
_ENTRY = re.compile(r"[0-9a-f]{64}|new-[0-9a-f]{32}")
_LOOKED = "looked"


def forget_unused(cache: Path) -> None:
    """Remove entries of a cache that nobody asked for in 120 days, if nobody looked for a day.

    Whatever else lies in the folder is left alone. An entry that cannot be removed stays.
    """
    now, own = time.time(), Store(cache / "unused")
    if now - _written(own.folder / _LOOKED) < _PAUSE:
        return
    with suppress(OSError, OutputError):
        own.put(_LOOKED, b"")
        for entry in _entries(cache):
            if now - _written(entry) > _KEPT:
                with suppress(OSError):
                    os.unlink(entry)


def _written(path: Path | str) -> float:
    """When a file was written, in seconds; never, if there is none, not where a link leads."""
    try:
        return os.stat(path, follow_symlinks=False).st_mtime
    except OSError:
        return -math.inf


def _entries(cache: Path) -> Iterator[str]:
    for folder in cache.iterdir():
        if folder.is_dir() and not folder.is_symlink():
            with os.scandir(folder) as found:
                for each in found:
                    if _ENTRY.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                        yield each.path
