"""One build at a time in an output folder; a lock goes with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.paths import real
from generator.problems import OutputError

if sys.platform != "win32":  # there a build is alone by the word of who starts it
    import fcntl


@contextmanager
def locked(
    output: Path, waiting: Callable[[], None] = lambda: None, *, to_read: bool = False
) -> Iterator[None]:
    """Hold ``output``, whatever links lead to it, until the body ends.

    Another process that holds it is waited for, after ``waiting`` was called. The lock is a file
    beside the folder, which is gone afterwards; of a process that was killed it may stay, and
    holds nothing. Raises OutputError where nothing can be written beside the folder, unless it is
    only held ``to_read``: then nobody else builds there either.
    """
    folder = real(output)
    path = folder.with_name(f".{folder.name}.lock")
    try:
        handle = _taken(path, waiting)
    except OutputError:
        if not to_read:
            raise
        yield
        return
    try:
        yield
    finally:
        # While it is held: who waits for it sees that it is gone, and makes a new one.
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _taken(path: Path, waiting: Callable[[], None]) -> int:
    told = False
    while True:
        handle = _opened(path)
        if sys.platform != "win32":
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    waiting()
                    told = True
                fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_at(handle, path):
            return handle
        os.close(handle)  # of one that was taken away meanwhile


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise OutputError(
            f"{path.parent}: cannot be written to: {error.strerror}; name a folder that can"
        ) from error


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
