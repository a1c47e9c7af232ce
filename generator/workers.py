"""Workers: each task in a process of its own, with a limit on its time and memory.

A file that makes a library hang, crash or eat memory costs its own process and nothing else.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Died:
    """A worker that gave no result: it took too long, or ended with ``exit_code``."""

    timed_out: bool
    exit_code: int | None


@dataclass(slots=True)
class _Running(Generic[_Task]):
    """A worker at work on one task."""

    index: int
    process: Any
    connection: multiprocessing.connection.Connection
    deadline: float


def run_all(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    *,
    jobs: int,
    seconds: float,
    memory_mb: int,
) -> Iterator[tuple[int, _Result | Died]]:
    """Run ``work`` on each task, at most ``jobs`` at once; yields (index, result) as they end.

    ``work`` is a function of a module, and tasks and results can be pickled.
    """
    context = _context(work.__module__)
    waiting = list(enumerate(tasks))[::-1]
    running: list[_Running[_Task]] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                index, task = waiting.pop()
                running.append(_start(context, work, index, task, seconds, memory_mb))
            for done, result in _ended(running):
                running.remove(done)
                yield done.index, result
    finally:
        for each in running:
            each.process.kill()


def _context(module: str) -> Any:
    """Workers come from a clean server process, which imports the reader only once."""
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def _start(
    context: Any,
    work: Callable[[_Task], _Result],
    index: int,
    task: _Task,
    seconds: float,
    memory_mb: int,
) -> _Running[_Task]:
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, work, task, memory_mb), daemon=True)
    process.start()
    sending.close()
    return _Running(index, process, receiving, time.monotonic() + seconds)


def _work(
    sending: multiprocessing.connection.Connection,
    work: Callable[[_Task], _Result],
    task: _Task,
    memory_mb: int,
) -> None:
    _limit_memory(memory_mb)
    sending.send(work(task))
    sending.close()


def _limit_memory(memory_mb: int) -> None:
    """Limit this process's memory, where the system enforces that (Linux does)."""
    if sys.platform != "linux":
        return
    import resource

    size = memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ended(running: Sequence[_Running[_Task]]) -> list[tuple[_Running[_Task], Any]]:
    """The workers that have a result, have ended, or are over their time; waits for the first."""
    soonest = min(each.deadline for each in running)
    ready = multiprocessing.connection.wait(
        [each.connection for each in running], max(0.0, soonest - time.monotonic())
    )
    ended: list[tuple[_Running[_Task], Any]] = []
    for each in running:
        if each.connection in ready:
            ended.append((each, _result(each)))
        elif time.monotonic() >= each.deadline:
            each.process.kill()
            each.process.join()
            ended.append((each, Died(True, None)))
    return ended


def _result(each: _Running[_Task]) -> Any:
    try:
        result = each.connection.recv()
    except (EOFError, OSError):
        each.process.join()
        return Died(False, each.process.exitcode)
    finally:
        each.connection.close()
    each.process.join()
    return result
