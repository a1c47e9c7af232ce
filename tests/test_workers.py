"""Workers: they live on for many tasks, and none of them lives on after a fault."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.workers import Died, run_all
from tests.odd_jobs import work


def results(tasks: Sequence[str], jobs: int = 1, seconds: float = 30, **more: Any) -> list[Any]:
    """What became of each task, in the order of the tasks."""
    ended = dict(run_all(work, tasks, jobs=jobs, seconds=seconds, memory_mb=1024, **more))
    assert sorted(ended) == list(range(len(tasks)))
    return [ended[index] for index in range(len(tasks))]


def test_one_worker_does_one_task_after_another() -> None:
    (first, *before), (second, *_), (third, *then) = results(["a", "b", "c"])
    assert first == second == third
    assert (before, then) == ([()], [("a", "b")])


def test_there_are_no_more_workers_than_jobs_or_tasks() -> None:
    assert len({pid for pid, _ in results(["a"] * 10, jobs=2)}) <= 2
    assert len({pid for pid, _ in results(["a"], jobs=2)}) == 1
    assert results([], jobs=2) == []


def test_a_worker_leaves_ctrl_c_to_its_build() -> None:
    """A terminal sends it to all, and each worker would end with a traceback of its own."""
    (_, before) = results(["hear Ctrl-C", "a"])[1]
    assert before == ("hear Ctrl-C",)


def test_a_worker_is_replaced_after_so_many_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.workers._MOST_TASKS", 2)
    found = results(["a", "b", "c", "d", "e"])
    assert [before for _, before in found] == [(), ("a",), (), ("c",), ()]


@pytest.mark.parametrize(
    ("task", "died"),
    [
        ("crash", Died(False, -signal.SIGABRT)),
        ("leave", Died(False, 3)),
        ("raise", Died(False, 1)),
        ("eat", Died(False, 1)),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_costs_its_own_task_alone(task: str, died: Died, jobs: int) -> None:
    found = results(["a", task, "b", task, "c"], jobs)
    assert found[1] == found[3] == died
    assert all(task not in before for _, before in (found[0], found[2], found[4]))


def test_one_that_takes_too_long_is_given_up_and_not_tried_again() -> None:
    found = results(["a", "work on", "b"], seconds=1)
    assert found[1].timed_out
    assert found[2][1] == ()


def test_one_that_waits_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.workers._PATIENCE", 1.5)
    found = results(["a", "hang", "b"], seconds=2)
    assert found[1] == Died(True, None)
    assert found[2][1] == ()


def test_time_that_others_take_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine: the task waits longer than it may work."""
    monkeypatch.setattr("generator.workers._PATIENCE", 20)
    assert results(["rest"], seconds=1)[0][1] == ()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process in /proc")
def test_a_worker_ends_with_the_build_that_was_killed() -> None:
    code = (
        "from generator.workers import run_all; from tests.odd_jobs import work;"
        "list(run_all(work, ['say and hang'], seconds=60))"
    )
    build = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert build.stdout
    worker = int(build.stdout.readline())
    build.kill()
    build.wait()
    deadline = time.monotonic() + 20
    while runs(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(worker)


def runs(process: int) -> bool:
    """Whether a process runs: it is there, and not only waits to be forgotten."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().split()[2] not in "ZX"


def test_a_fault_is_believed_only_of_a_fresh_worker() -> None:
    found = results(["a", "only alone", "b"])
    assert found[1][1] == ()


def test_what_is_not_sound_is_done_again_by_a_fresh_worker_that_does_no_more() -> None:
    sound: Callable[[Any], bool] = lambda result: result[1] != ("a",)  # noqa: E731
    (_, first), (_, second), (_, third) = results(["a", "b", "c"], sound=sound)
    assert (first, second, third) == ((), (), ("b",))
    found = results(["a", "b", "c"], sound=lambda result: False)
    assert [before for _, before in found] == [(), (), ()]
