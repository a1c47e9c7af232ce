"""Hostile conditions: builds that fail or are killed, full disks, several at once, poor systems."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.doors import ROOT, files
from tests.hostile.attack import put
from tests.hostile.judge import half_packages, half_site, state
from tests.test_crashes import (
    Prepared,
    assert_mended,
    assert_old_or_new,
    can_mount,
    copies,
    crash,
    exchanges,
    on_a_small_disk,
    prepare,
)

#: How many steps of a build, spread over it, are tried in each way.
_STEPS = 20
_PROGRAM = [sys.executable, "-m", "generator"]
Verdicts = Iterator[tuple[str, list[str]]]


def tried(folder: Path, prepared: Path) -> Verdicts:
    """Try all in ``folder``, where one was ``prepared``; tell what is wrong with each."""
    yield from _crashes(prepare(folder / "crashes"))
    yield from _stopped(folder, prepared)
    yield from _several(folder, prepared)
    for each in SYSTEMS:
        yield each.name, _on(each, _copy(prepared, folder / "system"))


# ── steps ────────────────────────────────────────────────────────────────────────────────


def _crashes(prepared: Prepared) -> Verdicts:
    """A fault at a step: an error, a death, a file that may not grow, a disk that is full."""
    count = len(prepared.steps)
    spread = [1 + at * (count - 1) // (_STEPS - 1) for at in range(_STEPS)]
    steps = sorted({*spread, *exchanges(prepared.steps, 2)} & set(range(1, count + 1)))
    largest = max(len(data) for data in prepared.new[0].values()) // 1024
    sizes = [1 + at * largest // 8 for at in range(8)]
    for how, numbers in (("fails", steps), ("dies", steps), ("small-files", sizes)):
        codes, said = crash(how, prepared.folder, *map(str, numbers))
        for number, code, folder in zip(numbers, codes, copies(prepared, numbers), strict=True):
            found = (
                [] if _is_right(how, code, prepared.code) else [f"exit code {code}", said[-400:]]
            )
            yield f"{how} at {number}", found + _mended(folder, prepared)
    if can_mount():
        used = sum(-(-len(data) // 4096) * 4 for data in files(prepared.folder).values())
        for more in range(8, 900, 60):
            codes, said = on_a_small_disk(prepared.folder, used + more)
            well = codes[1:] == [str(prepared.code)] and codes[0] in ("2", codes[1])
            yield f"{more} KB of disk", [] if well else [f"exit codes {codes}", said[-400:]]
            for ending in ("full", "after"):
                shutil.rmtree(prepared.folder.with_name(f"{prepared.folder.name}-{ending}"))


def _is_right(how: str, code: str, well: int) -> bool:
    return code == "-9" if how == "dies" else code in ("2", str(well))


def _mended(folder: Path, prepared: Prepared) -> list[str]:
    try:
        assert_old_or_new(folder, prepared)
        assert_mended(folder, prepared)
    except AssertionError as error:
        return [f"outputs: {error}"]
    finally:
        shutil.rmtree(folder)
    return []


# ── the whole program ────────────────────────────────────────────────────────────────────


def _copy(prepared: Path, folder: Path) -> Path:
    """A copy in which a source has changed, so that everything is made again."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared, folder)
    put("disclosures/b.yaml", "year: 2025\ntitle: 又一份\n")(folder)
    return folder


def _start(folder: Path, *command: str, **more: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    options = {"env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    arguments = [*_PROGRAM, *(command or ("build",)), "--config", str(folder / "mingzhang.toml")]
    return subprocess.Popen(arguments, text=True, errors="replace", **options)  # type: ignore[call-overload,no-any-return]


def _whole(folder: Path) -> list[str]:
    found = state(folder)
    return [*half_packages(folder / "packages", found.packages), *half_site(found)]


def _stopped(folder: Path, prepared: Path) -> Verdicts:
    """Ctrl-C, or a kill, somewhere in a build; the next one is as if nothing had been.

    A terminal sends Ctrl-C to the workers, too.
    """
    right = _copy(prepared, folder / "right")
    assert _start(right).wait() == 0
    for seconds in (0.4, 1.0, 2.0, 4.0):
        for which in (signal.SIGINT, signal.SIGKILL, signal.SIGTERM):
            at = _copy(prepared, folder / "stopped")
            process = _start(at, start_new_session=True)
            time.sleep(seconds)
            (os.killpg if which == signal.SIGINT else os.kill)(process.pid, which)
            _, err = process.communicate()
            ends = (0, 130) if which == signal.SIGINT else (0, -which)
            found = [] if process.returncode in ends else [f"exit code {process.returncode}", err]
            found += ["a traceback", err[-400:]] if "Traceback" in err else []
            found += _whole(at)
            if _start(at).wait() != 0 or _outputs(at) != _outputs(right):
                found.append("the next build is not as if nothing had been")
            yield f"{which.name} after {seconds} s", found


def _outputs(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return files(folder / "packages"), files(folder / "site")


def _several(folder: Path, prepared: Path) -> Verdicts:
    """Two, three and four builds in one folder end as one does alone."""
    for count in (2, 3, 4):
        at = _copy(prepared, folder / "several")
        both = [_start(at) for _ in range(count)]
        codes = [(process.communicate()[1], process.returncode)[1] for process in both]
        found = [] if codes == [0] * count else [f"exit codes {codes}"]
        same = _outputs(at) == _outputs(folder / "right")
        yield f"{count} builds at once", found + ([] if same else ["not as one alone"])


# ── systems ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class System:
    """A system that is poor in something, and what a build may end with on it."""

    name: str
    codes: tuple[int, ...]
    limits: Mapping[int, int] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ("build",)
    out: str = ""
    before: Callable[[], object] = lambda: None


def _nowhere() -> None:
    """Be in a folder that is gone."""
    os.mkdir(place := f"/tmp/gone-{os.getpid()}")
    os.chdir(place)
    os.rmdir(place)


SYSTEMS = (
    *(System(f"{n} open files", (0, 1, 2), {resource.RLIMIT_NOFILE: n}) for n in (12, 20, 40)),
    *(
        System(f"{n} MB of memory", (0, 1, 2), {resource.RLIMIT_AS: n * 2**20})
        for n in (150, 200, 250, 300, 400, 600, 1000)
    ),
    System("no core", (0,), {resource.RLIMIT_CORE: 0}),
    System("output to a full disk", (2,), out="/dev/full"),
    System("findings to a full disk", (2,), out="/dev/full", command=("check", "--every")),
    System("an ASCII terminal", (0,), variables={"PYTHONIOENCODING": "ascii"}),
    System("a locale of old", (0,), variables={"LC_ALL": "C", "PYTHONUTF8": "0"}),
    System("a GBK terminal", (0,), variables={"PYTHONIOENCODING": "gbk"}),
    System("a locale that is none", (0,), variables={"LC_ALL": "xx_YY.UTF-9", "LANGUAGE": "xx"}),
    System("no place for temporary files", (0, 2), variables={"TMPDIR": "/nonexistent"}),
    System("a clock of another time", (0,), variables={"SOURCE_DATE_EPOCH": "x"}),
    System("a time that is none", (0,), variables={"TZ": "Nowhere/None"}),
    System("a seed", (0,), variables={"PYTHONHASHSEED": "7"}),
    System("nobody else may read", (0,), before=lambda: os.umask(0o777 - 0o700)),
    System("nothing may be read", (0, 2), before=lambda: os.umask(0o777)),
    System("no home", (0,), variables={"HOME": "/nonexistent"}),
    System("no folder to be in", (0, 2), before=_nowhere),
)


def _on(system: System, folder: Path) -> list[str]:
    def prepared() -> None:
        system.before()
        for what, most in system.limits.items():
            resource.setrlimit(what, (most, most))

    environment = {**os.environ, "PYTHONPATH": str(ROOT), **system.variables}
    out = open(system.out, "w") if system.out else subprocess.PIPE  # noqa: SIM115
    process = _start(folder, *system.command, env=environment, stdout=out, preexec_fn=prepared)
    _, err = process.communicate()
    found = [] if process.returncode in system.codes else [f"exit code {process.returncode}"]
    found += ["a traceback"] if "Traceback" in err or "a mistake of mingzhang" in err else []
    return [*found, *([err[-600:]] if found else []), *_whole(folder)]
