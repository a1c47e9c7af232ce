"""Work for workers: each task says what happens to the one who does it."""

from __future__ import annotations

import os
import signal
import time

_done: list[str] = []


def work(task: str) -> tuple[int, tuple[str, ...]]:
    """Do a task; returns the worker's process and what it did before."""
    before = tuple(_done)
    _done.append(task)
    match task:
        case "crash":
            os.abort()
        case "leave":
            os._exit(3)
        case "raise":
            raise ValueError(task)
        case "hang":
            time.sleep(60)
        case "say and hang":
            print(os.getpid(), flush=True)
            time.sleep(60)
        case "rest":
            time.sleep(2)
        case "hear Ctrl-C":
            os.kill(os.getpid(), signal.SIGINT)
        case "work on":
            while True:
                pass
        case "eat":
            bytearray(2**31)
        case "only alone" if before:
            os._exit(4)
    return os.getpid(), before


def ill_typed(task: str) -> int:
    """Return something else than is said, as a worker that was taken over may."""
    return task  # type: ignore[return-value]
