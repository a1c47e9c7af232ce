"""Where tasks are done: by workers of this machine, or by those of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.workers import Died, run_all

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Executor:
    """``jobs`` workers at once (0: one for each processor), or those of a ``scheduler`` of dask.

    These see the ``shared`` folder, and all others of the settings, at the same paths.
    """

    jobs: int = 0
    scheduler: str = ""
    shared: Path = Path()

    def run_all(
        self,
        work: Callable[[_Task], _Result],
        tasks: Sequence[_Task],
        *,
        seconds: float,
        memory_mb: int | None = None,
        sound: Callable[[_Result], bool] = lambda result: True,
        preload: Sequence[str] = (),
    ) -> Iterator[tuple[int, _Result | Died]]:
        """Run ``work`` on each task, as `run_all` of `workers` says, wherever that is.

        Raises ClusterError where the cluster is not there, or is not one like this machine.
        """
        if self.scheduler:
            from generator.cluster import run_on_cluster  # dask takes a while to import

            return run_on_cluster(
                self.scheduler,
                self.shared,
                work,
                tasks,
                seconds=seconds,
                memory_mb=memory_mb,
                sound=sound,
            )
        return run_all(
            work,
            tasks,
            seconds=seconds,
            jobs=self.jobs or None,
            memory_mb=memory_mb,
            sound=sound,
            preload=preload,
        )


#: Workers of this machine, one for each processor.
HERE = Executor()
