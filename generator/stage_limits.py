"""Limits on a stretch of work in this process: the processor's time, and memory.

Reading, drawing and annotating, which libraries do, happen in workers. What comes of a file that
was read is our own work: it ends by an exception, between two steps of the interpreter, or where
it asks for more memory.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class StageLimits:
    """What a stretch of work may take: so many seconds, so much memory more; None: any."""

    seconds: float | None = None
    memory_mb: int | None = None


NO_LIMITS = StageLimits()


class OverLimit(BaseException):
    """The work took too much. No ``except Exception`` on its way takes it for its own."""


@contextmanager
def within(limits: StageLimits) -> Iterator[None]:
    """Let the body take so much time of the processor, and memory beside what is in use already.

    Raises OverLimit, which says of what it was too much. Only Linux limits memory, Windows counts
    no seconds, and only a process's main thread hears of them.
    """
    with _seconds(limits.seconds), _memory(limits.memory_mb):
        yield


@contextmanager
def _seconds(seconds: float | None) -> Iterator[None]:
    if seconds is None or not _can_be_told():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise OverLimit(f"{seconds} 秒")

    before = signal.signal(signal.SIGPROF, end)
    # Nothing at all would be no limit.
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _can_be_told() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and hasattr(signal, "setitimer")


@contextmanager
def _memory(megabytes: int | None) -> Iterator[None]:
    if megabytes is None or sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _in_use() + megabytes * 2**20
    known = [each for each in (most, soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield
    except (MemoryError, ImportError) as error:
        if not lacks_memory(error):
            raise
        raise OverLimit(f"{megabytes} MB 内存") from error
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def lacks_memory(error: BaseException) -> bool:
    """Tell whether an error says that there was no memory, or no room to load a library's code.

    The last is glibc's word (`elf/dl-load.c`), which Python passes on as an ImportError.
    """
    is_unmapped = isinstance(error, ImportError) and "failed to map segment" in str(error)
    return is_unmapped or isinstance(error, MemoryError)


def _in_use() -> int:
    """The addresses that this process uses, in bytes: what the limit counts."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()
