"""A cluster: tasks are done by the workers of a scheduler of dask, each in a guarded process there.

What goes to them and comes back is the data that goes between processes here (`wire`), so results
are the same. Files do not travel: all see the same folders at the same paths, on a shared disk. A
worker that is lost loses nothing: its tasks are given to another one.
"""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlsplit

from generator.names import shown
from generator.problems import ClusterError
from generator.wire import decode, encode
from generator.workers import Died, keep_workers, run_all

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_PROGRAM = Path(sys.modules["generator"].__path__[0])  # made of `__file__` it would be data
_SCHEMES = ("tcp", "tls", "ws", "wss")
#: So long, in seconds, a scheduler may take to answer.
_PATIENCE = 10
#: For each thread of the cluster so many tasks are under way: one to do, and one to go on with.
_UNDER_WAY = 2
#: A worker may be lost under a task so often; a task that takes more down is at fault itself.
_LOSSES = 3


def run_on_cluster(
    scheduler: str,
    shared: Path,
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    *,
    seconds: float,
    memory_mb: int | None,
    sound: Callable[[_Result], bool],
) -> Iterator[tuple[int, _Result | Died]]:
    """Run ``work`` on each task at the workers of the ``scheduler``; the rest is as `run_all` says.

    ``shared`` is a folder on the disk that all share. Raises ClusterError where dask is not
    installed, nobody answers at that address, there are no workers, they have another program or
    other files, or they are gone before all is done.
    """
    if not tasks:
        return
    kind = get_type_hints(work)["return"]
    with _client(scheduler) as client:
        limits = (work.__module__, work.__qualname__, seconds, memory_mb)
        waiting = iter([(at, encode(task)) for at, task in enumerate(tasks)])
        under_way = _Submitted(client, limits, sound)
        for at, task in islice(waiting, _UNDER_WAY * _threads(client, scheduler, shared)):
            under_way.submit(at, task)
        for at, well, data in under_way.ended(scheduler):
            yield at, decode(data, kind if well else Died)
            for following in islice(waiting, 1):
                under_way.submit(*following)


class _Submitted:
    """The tasks that the cluster is at."""

    def __init__(self, client: Any, limits: tuple[Any, ...], sound: Callable[[Any], bool]) -> None:
        from distributed import as_completed

        self.client, self.limits, self.sound = client, limits, sound
        self.places: dict[str, int] = {}
        self.completed = as_completed(loop=client.loop)

    def submit(self, at: int, data: bytes) -> None:
        """Give a task, by its place among all, to the cluster."""
        future = self.client.submit(done, data, *self.limits, self.sound, pure=False)
        self.places[future.key] = at
        self.completed.add(future)

    def ended(self, scheduler: str) -> Iterator[tuple[int, bool, bytes]]:
        """Yield, as they end, the place of each, whether it has a result, and that, or how it died.

        One that took several workers down has died.
        """
        from distributed import KilledWorker

        while self.places:
            future = next(self.completed)
            at = self.places.pop(future.key)
            if future.status == "finished":
                yield at, *future.result()
            elif future.status == "error" and isinstance(future.exception(), KilledWorker):
                yield at, False, encode(Died(False, None))
            elif future.status == "error":
                raise future.exception()
            else:
                raise ClusterError(f"{scheduler}: the scheduler is gone; {_AGAIN}")
            future.release()


_AGAIN = "start it, and build again: what was done is kept"


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    """A client of the scheduler, whose workers have this very program and see the same files."""
    if not _is_address(scheduler):
        raise ClusterError(
            f"{shown(scheduler)}: expected the address of a scheduler, such as "
            "tcp://10.0.0.5:8786; correct --scheduler"
        )
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "--executor dask: dask is not installed; pip install 'mingzhang[dask]'"
        ) from error
    dask.config.set({"distributed.scheduler.allowed-failures": _LOSSES})
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"{scheduler}: no scheduler of dask answers there; start one (dask scheduler), or "
            "correct --scheduler"
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=_PATIENCE)


def _is_address(text: str) -> bool:
    """Whether a text may be the address of a scheduler: dask waits long for one that is none."""
    try:
        parts = urlsplit(text)
        return parts.scheme in _SCHEMES and bool(parts.hostname and parts.port)
    except ValueError:
        return False


def _threads(client: Any, scheduler: str, shared: Path) -> int:
    """How many tasks the workers do at once, once they are known to be like this machine."""
    threads = client.nthreads()
    if not threads:
        raise ClusterError(f"{scheduler}: it has no workers; start some (dask worker {scheduler})")
    own = program()
    for worker, theirs in client.run(program).items():
        if theirs != own:
            raise ClusterError(
                f"{worker}: this worker has another version of mingzhang or of Python, or none; "
                "install the one that is here, and start it again"
            )
    with _token(shared) as (path, said):
        blind = [who for who, found in client.run(seen_in, path).items() if found != said]
    if blind:
        raise ClusterError(
            f"{blind[0]}: this worker does not see {shared}; put the folders of the settings on a "
            "disk that all share, at the same path"
        )
    return sum(threads.values())


@contextmanager
def _token(shared: Path) -> Iterator[tuple[str, str]]:
    """A file in the folder, and what it says, as long as workers are asked for it."""
    said = secrets.token_hex()
    path = shared / f"cluster-{said[:16]}"
    shared.mkdir(parents=True, exist_ok=True)
    path.write_text(said, encoding="ascii")
    try:
        yield str(path), said
    finally:
        path.unlink(missing_ok=True)


# ── at the worker ────────────────────────────────────────────────────────────────────────


@cache
def program() -> str:
    """A hash of this program: workers with another one would make other results."""
    found = hashlib.sha256()
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in (".py", ".yaml", ".csv"):
            found.update(path.relative_to(_PROGRAM).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def done(
    data: bytes,
    module: str,
    name: str,
    seconds: float,
    memory_mb: int | None,
    sound: Callable[[Any], bool],
) -> tuple[bool, bytes]:
    """Do one task in a process of its own: whether it has a result, and that, or how it died."""
    work = getattr(import_module(module), name)
    kind = next(hint for which, hint in get_type_hints(work).items() if which != "return")
    keep_workers()
    task = decode(data, kind)
    ended = run_all(work, [task], seconds=seconds, jobs=1, memory_mb=memory_mb, sound=sound)
    ((_, result),) = ended
    return not isinstance(result, Died), encode(result)


def seen_in(path: str) -> str:
    """What a file says; blank where there is none."""
    try:
        return Path(path).read_text(encoding="ascii")
    except OSError:
        return ""
