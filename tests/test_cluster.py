"""A cluster of other processes makes the same bytes, and loses nothing with a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client

from generator.cli import main
from generator.executors import Executor
from generator.problems import ClusterError
from generator.workers import Died
from tests.disclosure_texts import typeset
from tests.made_budgets import sample_budget
from tests.odd_jobs import work
from tests.text_styles import Style

_FIRST = typeset(sample_budget("广州市甲局"), Style())
ROOT = Path(__file__).resolve().parent.parent
#: A scheduler and two workers, which end with what starts them.
_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    script = folder / "cluster.py"
    script.write_text(_CLUSTER, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout and process.stdin
        yield process.stdout.readline().strip(), process
        process.stdin.close()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two other processes."""
    with _cluster(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_cluster_makes_the_same_packages_and_the_same_site(
    scheduler: str, tmp_path: Path
) -> None:
    made = []
    for name, chosen in (("here", ()), ("there", ("--executor", "dask", "--scheduler", scheduler))):
        folder = tmp_path / name
        (folder / "disclosures").mkdir(parents=True)
        (folder / "disclosures" / "first.txt").write_bytes(_FIRST)
        (folder / "mingzhang.toml").write_text(
            '[folders]\ndisclosures = "disclosures"\npackages = "packages"\nsite = "site"\n',
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "generator", "build", *chosen]
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        made.append({**_bytes(folder / "packages"), **_bytes(folder / "site")})
    assert made[0] == made[1]


def test_a_task_that_dies_there_costs_itself_alone(scheduler: str, tmp_path: Path) -> None:
    executor = Executor(scheduler=scheduler, shared=tmp_path)
    ended = dict(executor.run_all(work, ["a", "leave", "b"], seconds=30, memory_mb=1024))
    assert ended[1] == Died(False, 3)
    assert all(isinstance(ended[at], tuple) for at in (0, 2))


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    with _cluster(tmp_path) as (address, _):
        executor = Executor(scheduler=address, shared=tmp_path)
        ended = executor.run_all(work, ["rest"] * 4, seconds=30, memory_mb=1024)
        found = dict([next(ended)])
        with Client(address, set_as_default=False) as client:
            worker = next(iter(client.run(os.getpid).values()))
        os.kill(worker, signal.SIGKILL)
        found |= dict(ended)
    assert sorted(found) == [0, 1, 2, 3]
    assert not any(isinstance(each, Died) for each in found.values())


def test_a_scheduler_that_is_gone_is_told(tmp_path: Path) -> None:
    executor = Executor(scheduler="tcp://127.0.0.1:1", shared=tmp_path)
    with pytest.raises(ClusterError, match="no scheduler of dask answers there"):
        list(executor.run_all(work, ["a"], seconds=30))


@pytest.mark.parametrize("address", ["nonsense", "tcp://x", "tcp://x:port", "http://x:1", "//x:1"])
def test_what_is_no_address_is_told_at_once(address: str, tmp_path: Path) -> None:
    executor = Executor(scheduler=address, shared=tmp_path)
    with pytest.raises(ClusterError, match="expected the address of a scheduler"):
        list(executor.run_all(work, ["a"], seconds=30))


def test_workers_that_do_not_see_our_files_are_told(scheduler: str, tmp_path: Path) -> None:
    def blind(_: str) -> str:
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.cluster.seen_in", blind)
        executor = Executor(scheduler=scheduler, shared=tmp_path)
        with pytest.raises(ClusterError, match="does not see"):
            list(executor.run_all(work, ["a"], seconds=30))


@pytest.mark.parametrize(
    ("given", "said"),
    [(["--executor", "dask"], "name its scheduler"), (["--scheduler", "x"], "add --executor dask")],
)
def test_each_of_the_two_options_needs_the_other(given: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["build", *given])
    assert done.exit_code == 2 and said in done.output
