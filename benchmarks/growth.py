"""How the work of each stage grows: one thing of a made disclosure doubled, again and again.

Run by ``make bench-growth``. Each size is built in a process of its own, from the files to the
site, without workers and caches; the seconds are those of the processor. The exponent is the
binary logarithm of how much more the last doubling added than the one before it, so that what does
not depend on the size counts for nothing: n log n is about 1.1, quadratic is 2.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.stage_seconds import StageSeconds
from generator.journal import LOG
from tests.made_large import DIMENSIONS, Dimension

ROOT = Path(__file__).resolve().parent.parent
_SETTINGS = f"""\
[folders]
templates = "{ROOT}/templates"
content = "{ROOT}/content"
departments = "{ROOT}/data/departments.csv"
[reading]
seconds = 100000
memory_mb = 100000
"""
#: Of less than so many seconds more an exponent says nothing.
_TOO_LITTLE = 0.1


def main() -> None:
    """Build each dimension at its sizes and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dimensions", nargs="*", help="; ".join(d.name for d in DIMENSIONS))
    parser.add_argument("--size", type=int, help="the largest size, for a try of what is beyond")
    parser.add_argument("--times", type=int, default=0, help="how many sizes")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    chosen = [d for d in DIMENSIONS if d.name in arguments.dimensions or not arguments.dimensions]
    if arguments.one:
        print(json.dumps(_seconds(chosen[0], arguments.one)))
        return
    for dimension in chosen:
        times = arguments.times or len(dimension.sizes)
        largest = arguments.size or dimension.sizes[-1]
        _print_table(dimension, [largest >> n for n in reversed(range(times))])


def _print_table(dimension: Dimension, sizes: Sequence[int]) -> None:
    print(f"\n{dimension.name}: {dimension.what}", flush=True)
    found = [_in_process(dimension, size) for size in sizes]
    print(f"{'':18}" + "".join(f"{size:>9}" for size in sizes) + f"{'exponent':>10}")
    for stage in found[-1]:
        seconds = [each.get(stage, 0.0) for each in found]
        figures = "".join(f"{each:9.2f}" for each in seconds)
        print(f"{stage:18}{figures}{_exponent(seconds):>10}", flush=True)


def _exponent(figures: Sequence[float]) -> str:
    added = [after - before for before, after in pairwise(figures)]
    if len(added) < 2 or added[-1] < _TOO_LITTLE or added[-2] <= 0:
        return ""
    return f"{math.log2(added[-1] / added[-2]):.2f}"


def _in_process(dimension: Dimension, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.growth", dimension.name, "--one", str(size)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


# ── one size, in a process of its own ────────────────────────────────────────────────────


def _seconds(dimension: Dimension, size: int) -> dict[str, float]:
    """Build a site of one size; the processor's seconds of each stage, and the most megabytes."""
    time.perf_counter = time.process_time  # all stages tell theirs by it
    from generator import gather
    from generator.website.drawing import drawn_charts, page_images
    from generator.website.files import copies

    for module in (gather, copies, drawn_charts, page_images):
        vars(module)["run_all"] = _here
    stages = StageSeconds()
    LOG.addHandler(stages)
    LOG.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as name:
        _build(dimension, size, Path(name))
    found = {name: each for name, each in stages.seconds.items() if name != "file"}
    found["whole"] = time.process_time()
    found["memory (MB)"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _here(work: Callable[[Any], Any], tasks: Sequence[Any], **_: Any) -> Iterator[tuple[int, Any]]:
    """Do the work of workers in this process, where its time counts."""
    return enumerate(map(work, tasks))


def _build(dimension: Dimension, size: int, folder: Path) -> None:
    from generator import build
    from generator.config import read_settings

    (folder / "data" / "disclosures").mkdir(parents=True)
    for name, data in dimension.made(size).items():
        (folder / "data" / "disclosures" / name).write_bytes(data)
    settings = folder / "mingzhang.toml"
    settings.write_text(_SETTINGS, encoding="utf-8")
    summary = build.build(read_settings(settings), lambda *_: None)
    if grave := [each for each in summary.problems if each.severity == "fatal"]:
        raise SystemExit(f"{dimension.name}: not read: {grave[0]}")


if __name__ == "__main__":
    main()
