"""A country in small: so many made disclosures from their files to the site, and what it costs.

Run by ``make bench-scale N=1000``. A tenth of them is built first, so that the cost of one at both
sizes can be compared. Each step is a process of its own, whose memory is limited; its seconds are
those of the processor, of the process and of all that it started. What is made is kept in `.cache`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.made_country import disclosure, disclosures, register
from benchmarks.stage_seconds import StageSeconds
from generator.journal import LOG

ROOT = Path(__file__).resolve().parent.parent
GIGABYTE = 1 << 30
_SETTINGS = f"""\
[folders]
templates = "{ROOT}/templates"
content = "{ROOT}/content"
"""
_KINDS = (
    ("home", r"(en/)?"),
    ("departments, places", r"(en/)?(departments|places)/(?!.*\d{4}-).*"),
    ("a disclosure", r"(en/)?departments/[^/]+/\d{4}-[a-z-]+/"),
    ("its source", r".*/source/"),
    ("its drawn pages", r".*/pages/"),
    ("comparisons", r"(en/)?compare/.*"),
    ("codes", r"(en/)?codes/.*"),
    ("projects", r"(en/)?projects/.*"),
    ("contradictions", r"(en/)?contradictions/.*"),
    ("terms", r"(en/)?glossary/.*"),
    ("search", r"(en/)?search/"),
    ("changes, problems", r"(en/)?(changes|problems)/.*"),
    ("others", r".*"),
)
_ELEMENT = re.compile(rb"<[a-zA-Z]")
_LOOK = 0.2  # seconds between two looks at the memory
Measured = dict[str, Any]


def main() -> None:
    """Build a tenth and the whole, and print a table of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--gigabytes", type=float, default=4, help="that each process may have")
    parser.add_argument(
        "--one-change", action="store_true", help="only that, of what an earlier run left"
    )
    parser.add_argument("--stage", choices=("extract", "render", "build"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stage:
        print(json.dumps(_here(arguments.stage, arguments.folder, arguments.gigabytes)))
        return
    if arguments.one_change:
        _print_change(arguments.count, arguments.gigabytes)
        return
    sizes = [max(1, arguments.count // 10), arguments.count]
    found = [_measured(count, arguments.gigabytes) for count in sizes]
    _print_costs(sizes, found)
    _print_stages(found[-1])
    _print_pages(found[-1]["pages"])


# ── one size ─────────────────────────────────────────────────────────────────────────────


def _measured(count: int, gigabytes: float) -> Measured:
    folder = ROOT / ".cache" / "bench-scale" / str(count)
    _make(folder, count)
    for each in ("packages", "site", ".cache"):
        shutil.rmtree(folder / each, ignore_errors=True)
    found: Measured = {}
    for name, stage in (("extract", "extract"), ("render", "render"), ("again", "build")):
        found[name] = _in_process(stage, folder, gigabytes)
    found["changed"] = _changed(folder, gigabytes)
    found["site"] = _weighed(folder / "site")
    found["packages"] = _weighed(folder / "data" / "packages")
    found["pages"] = _pages(folder / "site")
    return found


def _changed(folder: Path, gigabytes: float) -> Measured:
    """Build with another edition of one disclosure, which no build has seen yet."""
    told = folder / "edition"
    edition = int(told.read_text()) + 1 if told.exists() else 1
    told.write_text(str(edition))
    changed = disclosure(0, edition)
    (folder / "data" / "disclosures" / changed.name).write_bytes(changed.data)
    return _in_process("build", folder, gigabytes)


def _make(folder: Path, count: int) -> None:
    """Make what is not there yet."""
    data = folder / "data"
    (data / "disclosures").mkdir(parents=True, exist_ok=True)
    (folder / "mingzhang.toml").write_text(_SETTINGS, encoding="utf-8")
    (data / "departments.csv").write_bytes(register(count))
    first = disclosure(0)
    (data / "disclosures" / first.name).write_bytes(first.data)
    if len(list((data / "disclosures").iterdir())) == count:
        return
    for each in disclosures(count):
        (data / "disclosures" / each.name).write_bytes(each.data)


def _in_process(stage: str, folder: Path, gigabytes: float) -> Measured:
    command = [sys.executable, "-m", "benchmarks.scale", "--stage", stage]
    command += ["--folder", str(folder), "--gigabytes", str(gigabytes)]
    print(f"{folder.name}: {stage}", file=sys.stderr, flush=True)
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def _weighed(folder: Path) -> tuple[int, int]:
    """Return bytes and inodes below a folder."""
    found = [path.lstat() for path in folder.rglob("*")]
    return sum(each.st_size for each in found), len(found)


def _pages(site: Path) -> dict[str, Measured]:
    """Of each kind of page: how many, the largest one gzipped, and the most elements of one."""
    found: dict[str, Measured] = {}
    for path in site.rglob("index.html"):
        address = f"{path.parent.relative_to(site)}/".removeprefix("./")
        kind = next(name for name, pattern in _KINDS if re.fullmatch(pattern, address))
        data = path.read_bytes()
        of = found.setdefault(kind, {"count": 0, "nodes": 0, "size": 0, "gzipped": 0, "which": ""})
        of["count"] += 1
        of["nodes"] = max(of["nodes"], len(_ELEMENT.findall(data)))
        if len(data) > of["size"]:
            zipped = len(gzip.compress(data, 6))
            of |= {"size": len(data), "gzipped": zipped, "which": address}
    return found


# ── a step, in a process of its own ──────────────────────────────────────────────────────


def _here(stage: str, folder: Path, gigabytes: float) -> Measured:
    limit = int(gigabytes * GIGABYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    time.perf_counter = _processor  # all stages tell theirs by it
    from generator import build
    from generator.config import read_settings

    stages, memory = StageSeconds(), _Memory()
    LOG.addHandler(stages)
    LOG.setLevel(logging.INFO)
    memory.start()
    work: Callable[..., Any] = getattr(build, stage)
    summary = work(read_settings(folder / "mingzhang.toml"), lambda *_: None)
    return {
        "seconds": _processor(),
        "stages": stages.seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker": memory.worker,
        "together": memory.together,
        "fatal": [str(each) for each in summary.problems if each.severity == "fatal"][:3],
    }


class _Memory(threading.Thread):
    """Looks again and again how much memory the workers have, in megabytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.worker = self.together = 0.0

    def run(self) -> None:
        while True:
            workers = [_status(each) for each in _below(os.getpid())]
            own = _status(os.getpid()).get("VmRSS", 0.0)
            self.worker = max([self.worker, *(each.get("VmHWM", 0.0) for each in workers)])
            whole = own + sum(each.get("VmRSS", 0.0) for each in workers)
            self.together = max(self.together, whole)
            time.sleep(_LOOK)


def _status(process: int) -> dict[str, float]:
    """Return what the system says of a process's memory (Linux), in megabytes."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return {}
    return {name: int(size) / 1024 for name, size in re.findall(r"(?m)^(Vm\w+):\s+(\d+) kB", told)}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor() -> float:
    """Return the processor's seconds of this process and of all that it started."""
    return time.process_time() + _children() + sum(map(_of_process, _below(os.getpid())))


def _below(process: int) -> Iterator[int]:
    """Yield the processes below one that still run, where the system tells them (Linux)."""
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(each) for each in told.read_text().split()]
        except OSError:
            continue  # it ended as it was looked at
        for child in children:
            yield child
            yield from _below(child)


def _of_process(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    ticks: Sequence[str] = told[11:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


# ── what is printed ──────────────────────────────────────────────────────────────────────


def _print_costs(sizes: Sequence[int], found: Sequence[Measured]) -> None:
    print("\n| " + " | ".join(["of one disclosure", *(f"of {n:,}" for n in sizes), "ratio"]) + " |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    each = list(zip(found, sizes, strict=True))
    for name, word in (("extract", "reading and packaging"), ("render", "website")):
        _line(f"{word}, processor s", [m[name]["seconds"] / n for m, n in each], "{:.2f}")
    for name in ("site", "packages"):
        _line(f"{name}, MB", [m[name][0] / n / 1e6 for m, n in each], "{:.2f}")
        _line(f"{name}, inodes", [m[name][1] / n for m, n in each], "{:.0f}")
    print("\n| " + " | ".join(["of all", *(f"{n:,}" for n in sizes), "ratio"]) + " |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    for name, word in (
        ("extract", "reading and packaging"), ("render", "website"),
        ("again", "build again, nothing changed"), ("changed", "build again, one changed"),
    ):  # fmt: skip
        _line(f"{word}, processor s", [m[name]["seconds"] for m in found], "{:.1f}")
        _line(f"{word}, most memory, MB", [m[name]["memory"] for m in found], "{:.0f}")
        _line(f"{word}, largest worker, MB", [m[name]["worker"] for m in found], "{:.0f}")
        _line(f"{word}, together, MB", [m[name]["together"] for m in found], "{:.0f}")
    for measured in found:
        for name in ("extract", "render", "again", "changed"):
            for fatal in measured[name]["fatal"]:
                print(f"\nnot read: {fatal}")


def _line(what: str, figures: Sequence[float], form: str) -> None:
    ratio = f"{figures[-1] / figures[0]:.2f}" if figures[0] else ""
    print("| " + " | ".join([what, *map(form.format, figures), ratio]) + " |")


def _print_stages(found: Measured) -> None:
    print("\n| stage | build, s | one changed, s |\n|---|---:|---:|")
    whole = found["extract"]["stages"] | found["render"]["stages"]
    for stage, seconds in whole.items():
        print(f"| {stage} | {seconds:.1f} | {found['changed']['stages'].get(stage, 0.0):.1f} |")


def _print_change(count: int, gigabytes: float) -> None:
    """Change one disclosure of those that an earlier run built, and print what that costs."""
    folder = ROOT / ".cache" / "bench-scale" / str(count)
    _in_process("build", folder, gigabytes)  # of this program, if that one was of another
    found = {"nothing": _in_process("build", folder, gigabytes)}
    found["one"] = _changed(folder, gigabytes)
    for name, measured in found.items():
        print(f"{name} changed: {measured['seconds']:.1f} s, {measured['memory']:.0f} MB")
    for stage, seconds in found["one"]["stages"].items():
        print(f"| {stage} | {seconds:.2f} |")


def _print_pages(pages: dict[str, Measured]) -> None:
    print("\n| kind of page | pages | largest, gzipped KB | most elements | which is largest |")
    print("|---|---:|---:|---:|---|")
    for name, _ in _KINDS:
        if name in pages:
            of = pages[name]
            told = (f"{of['count']:,}", f"{of['gzipped'] / 1000:.0f}", f"{of['nodes']:,}")
            print("| " + " | ".join([name, *told, f"`{of['which']}`"]) + " |")


if __name__ == "__main__":
    main()
