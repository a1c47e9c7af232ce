"""A limit on the processor's time for a stretch of work in this process, where one can be set.

Reading, drawing and annotating, which libraries do, happen in workers. What comes of a file that
was read is our own work: it ends by an exception, between two steps of the interpreter.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OverTime(BaseException):
    """The work took too long. No ``except Exception`` on its way takes it for its own."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Let the body take so many seconds of the processor, as many as it likes where it is None.

    Raises OverTime. Windows cannot count them, and only a process's main thread hears of it.
    """
    if seconds is None or not _can_be_set():
        yield
        return
    before = signal.signal(signal.SIGPROF, _end)
    # Nothing at all would be no limit.
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _can_be_set() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and hasattr(signal, "setitimer")


def _end(_number: int, _frame: FrameType | None) -> None:
    raise OverTime
