"""Workers: processes that do one task after another, with a limit on time and memory.

A file that makes a library hang, crash or eat memory costs its own worker and nothing else: after
anything unsound a worker is replaced, and that it was unsound is believed only of a fresh worker.

A worker may have workers of its own, one of each kind, which it keeps for its next tasks.
"""

from __future__ import annotations

import errno
import math
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from typing import Any, Generic, TypeVar, get_type_hints

from generator.wire import decode, encode

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_MOST_TASKS = 100  # for one worker: what libraries leak does not pile up
# The seconds of a task are its processor's: on a busy machine a good file is not given up. One that
# waits without working is given up after so many times as many.
_PATIENCE = 5
_OVER_TIME = getattr(signal, "SIGXCPU", 0)
#: In a worker, its own workers that wait for its next task, by what they do within which limits.
_OWN: dict[tuple[object, int | None, float], list[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Died:
    """A worker that gave no result: it took too long, or ended with ``exit_code``."""

    timed_out: bool
    exit_code: int | None


def run_all(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    *,
    seconds: float,
    jobs: int | None = None,
    memory_mb: int | None = None,
    sound: Callable[[_Result], bool] = lambda result: True,
    preload: Sequence[str] = (),
) -> Iterator[tuple[int, _Result | Died]]:
    """Run ``work`` on each task, at most ``jobs`` at once; yields (index, result) as they end.

    ``work`` is a function of a module with one parameter; its annotations say what tasks and
    results are, which go between the processes as data (`wire`). Without ``jobs`` there is a
    worker for each processor, or in a worker just one, and a task has ``seconds`` of a processor's
    time. One whose result is not ``sound``, or whose worker died, is done once more by a fresh
    worker, unless it had one: what went before may have been at fault. What workers of this and of
    later work import may be named in ``preload``.
    """
    context = _context(work.__module__, *preload)
    nested = _OWN is not None
    most = jobs or (1 if nested else os.cpu_count()) or 1
    waiting = deque(enumerate(tasks))
    busy: list[_Worker[_Task]] = []
    kept: list[_Worker[_Task]] = (
        _OWN.setdefault((work, memory_mb, seconds), []) if _OWN is not None else []
    )
    idle: list[_Worker[_Task]] = [*kept]
    kept.clear()
    try:
        while waiting or busy:
            while waiting and len(busy) < most:
                worker = idle.pop() if idle else _Worker(context, work, memory_mb, seconds)
                busy.append(worker)
                worker.begin(*waiting.popleft())
            for worker in _ended(busy):
                busy.remove(worker)
                result = worker.result()
                well = not isinstance(result, Died) and sound(result)
                if well and worker.tasks < _MOST_TASKS:
                    idle.append(worker)
                else:
                    worker.end()
                if well or worker.believed(result):
                    yield worker.index, result
                else:
                    waiting.appendleft((worker.index, worker.task))
    finally:
        if nested:
            kept += idle
            idle = []
        for worker in (*busy, *idle):
            worker.end()


def keep_workers() -> None:
    """Let this process keep its workers for later tasks, as workers keep theirs."""
    global _OWN  # noqa: PLW0603  # it is of the process
    multiprocessing.current_process().daemon = False  # or it could have none
    if _OWN is None:
        _OWN = {}


def _context(*modules: str) -> Any:
    """Workers come from a clean server process, which imports the reader only once."""
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(modules))
    return context


def ensure_server() -> None:
    """Start the server of workers where there is none: it and they are deaf to Ctrl-C.

    A terminal sends that to every process: the build hears it, and ends its workers.
    """
    resource_tracker.ensure_running()  # or the server would start it, which lets Ctrl-C in again
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


class _Worker(Generic[_Task]):
    """A process, our end of its line, and the task that it is at."""

    index: int
    task: _Task
    deadline: float

    def __init__(
        self, context: Any, work: Callable[[_Task], Any], memory_mb: int | None, seconds: float
    ) -> None:
        self.seconds = seconds
        self.tasks = 0  # that it was given
        self.kind = get_type_hints(work)["return"]
        self.connection, theirs = context.Pipe()
        given = theirs, work, memory_mb, seconds
        self.process = context.Process(target=_serve, args=given, daemon=True)
        ensure_server()
        try:
            self.process.start()
        except EOFError as error:  # the server, which lacks something that this process may have
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE)) from error
        theirs.close()

    def begin(self, index: int, task: _Task) -> None:
        """Give it a task."""
        self.index, self.task = index, task
        self.deadline = time.monotonic() + _PATIENCE * self.seconds
        self.tasks += 1
        with suppress(OSError):  # it is gone; that there is no result tells
            self.connection.send_bytes(encode(task))

    def result(self) -> Any:
        """Return what it sent, or how it died; one that is late is given up."""
        if not self.connection.poll():
            return Died(True, None)
        try:
            data = self.connection.recv_bytes()
        except (EOFError, OSError):
            self.process.join()
            return Died(self.process.exitcode == -_OVER_TIME, self.process.exitcode)
        try:
            return decode(data, self.kind)
        except ValueError:  # whatever it was made to send
            return Died(False, None)

    def believed(self, result: Any) -> bool:
        """Whether a result that is not sound is the task's own fault; no time is taken twice."""
        return self.tasks == 1 or (isinstance(result, Died) and result.timed_out)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _ended(busy: Sequence[_Worker[_Task]]) -> list[_Worker[_Task]]:
    """The workers that have a result, have ended, or are over their time; waits for the first."""
    soonest = min(each.deadline for each in busy)
    ready = multiprocessing.connection.wait(
        [each.connection for each in busy], max(0.0, soonest - time.monotonic())
    )
    now = time.monotonic()
    return [each for each in busy if each.connection in ready or now >= each.deadline]


# ── in the worker ────────────────────────────────────────────────────────────────────────


def _serve(
    connection: multiprocessing.connection.Connection,
    work: Callable[[Any], object],
    memory_mb: int | None,
    seconds: float,
) -> None:
    keep_workers()
    _end_with_parent()
    _limit_memory(memory_mb)
    kind = next(hint for name, hint in get_type_hints(work).items() if name != "return")
    while True:
        try:
            task = decode(connection.recv_bytes(), kind)
        except EOFError:  # there are no more
            return
        _limit_time(seconds)
        connection.send_bytes(encode(work(task)))


def _end_with_parent() -> None:
    """End this process with the one that started it, at whatever task."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        parent.join()  # type: ignore[union-attr]  # workers have one
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_time(seconds: float) -> None:
    """Give this process so much of a processor's time from now on, where the system counts it."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (max(1, until), most))


def _limit_memory(memory_mb: int | None) -> None:
    """Limit this process's memory, where the system enforces that (Linux does)."""
    if sys.platform != "linux" or memory_mb is None:
        return
    import resource

    size, most = memory_mb * 2**20, resource.getrlimit(resource.RLIMIT_AS)[1]
    if most != resource.RLIM_INFINITY:  # whoever runs us may have less, and cannot be given more
        size = min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
