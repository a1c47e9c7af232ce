"""Attacks a built folder in more than a thousand ways, and judges what comes of each.

Each attack has a copy of the folder of its own. Those whose verdict is bad are
printed with all that is wrong, and the exit code is 1; ``--keep FOLDER`` keeps their folders.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from tests.doors import run
from tests.hostile import asked, conditions, inputs, people, places
from tests.hostile.attack import Attack, base
from tests.hostile.judge import Said, faults, state
from tests.sites import without_workbooks
from tests.test_cache import here

_PATIENCE = 600  # seconds, by the clock


def attacks(corpus: Path | None) -> Iterator[Attack]:
    """All attacks."""
    yield from inputs.attacks(corpus)
    yield from people.attacks()
    yield from asked.attacks()
    yield from places.attacks()


def attempt(attack: Attack, prepared: Path, folder: Path) -> tuple[int, list[str]]:
    """Do one attack in a copy of what was prepared: the exit code, and what is wrong with that."""
    shutil.copytree(prepared, folder, symlinks=True)
    attack.change(folder)
    before = state(folder)
    said = _said(attack, folder)
    found = list(faults(attack, said, before, folder))
    if attack.same:
        made, whole = state(folder), state(prepared)
        if (made.packages, made.site) != (whole.packages, whole.site):
            found.append("other outputs than without the attack")
    return said.code, found


class _NeverEndsError(BaseException):
    """An attack after which the command does not come back."""


def _said(attack: Attack, folder: Path) -> Said:
    """Run the command of an attack: here, or as somebody else in a copy of this process."""
    if attack.user is not None:
        return _as_user(attack, folder)
    began, before = time.process_time(), _megabytes()
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_PATIENCE)
    try:
        code, out, err = _run(attack, folder)
    except _NeverEndsError:
        code, out, err = -1, "", f"not ended after {_PATIENCE} s"
    finally:
        signal.alarm(0)
    return Said(code, out, err, time.process_time() - began, _megabytes() - before)


def _megabytes() -> int:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise _NeverEndsError


def _as_user(attack: Attack, folder: Path) -> Said:
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            os.setgid(attack.user or 0)
            os.setuid(attack.user or 0)
            # Its workers are not ours to start.
            with patch("generator.executors.run_all", here), os.fdopen(writing, "w") as file:
                json.dump(_run(attack, folder), file)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        text = file.read()
    _, status = os.waitpid(child, 0)
    return Said(*json.loads(text)) if text else Said(-1, "", f"ended with status {status}")


def _run(attack: Attack, folder: Path) -> tuple[int, str, str]:
    # Workbooks and the validation of packages take most of the time, and have tests of their own.
    with without_workbooks(), patch("generator.cache.validate_package"):
        result = run(*attack.command, "--config", folder / "mingzhang.toml")
    more = f"\n{result.exception!r}" if result.exit_code and result.exception else ""
    more = "" if isinstance(result.exception, SystemExit) else more
    return result.exit_code, result.stdout, result.stderr + more


def main(arguments: Sequence[str] | None = None) -> int:
    """Do all attacks, or those of some groups; tell counts and whatever is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", help="only these groups, or group/name")
    parser.add_argument("--corpus", type=Path, help="a folder of files that were hostile once")
    parser.add_argument("--every", type=int, default=1, help="only each so-and-so-many-th")
    parser.add_argument("--keep", type=Path, help="where to keep the folders of what is wrong")
    wanted = parser.parse_args(arguments)
    tried: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    wrong: dict[str, list[str]] = defaultdict(list)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        prepared = Path(name, "base")
        with without_workbooks():
            base(prepared)
        os.chmod(name, 0o755)
        for number, attack in enumerate(attacks(wanted.corpus)):
            title = f"{attack.group}/{attack.name}"
            if wanted.groups and not {attack.group, title} & set(wanted.groups):
                continue
            if number % wanted.every:
                continue
            tried[attack.group] += 1
            folder = Path(name, str(number))
            code, found = attempt(attack, prepared, folder)
            codes[code] += 1
            if found:
                wrong[attack.group].append(title)
                print(f"WRONG {title}", *found, sep="\n    ", flush=True)
                if wanted.keep:
                    shutil.copytree(folder, wanted.keep / str(number), symlinks=True)
            _remove(folder)
        if not wanted.groups or "conditions" in wanted.groups:
            for title, found in conditions.tried(Path(name), prepared):
                tried["conditions"] += 1
                if found:
                    wrong["conditions"].append(title)
                    print(f"WRONG conditions/{title}", *found, sep="\n    ", flush=True)
    return _told(tried, wrong, codes, time.monotonic() - began)


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def _told(
    tried: Counter[str], wrong: dict[str, list[str]], codes: Counter[int], seconds: float
) -> int:
    for group, count in tried.items():
        print(f"{group:<14}{count:>5} tried{len(wrong[group]):>5} wrong")
    bad = sum(map(len, wrong.values()))
    used = sum(
        resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"{'all':<14}{tried.total():>5} tried{bad:>5} wrong")
    print("exit codes: " + ", ".join(f"{code}: {count}" for code, count in sorted(codes.items())))
    print(f"{seconds:.0f} seconds, {used:.0f} of the processor")
    return 1 if bad else 0
