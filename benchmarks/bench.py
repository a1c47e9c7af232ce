"""How fast PDFs are read: ours from file to facts, against plain pdfplumber and pdftotext.

Run by ``make bench``: the five facsimiles, and any files given as arguments. All ways are timed in
turn, round after round, on the same files in the same run; the table gives the medians. Read the
ratios, not the seconds. Last, the cells that pdfplumber and we find are compared.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber

from generator.config import read_settings
from generator.meaning.departments import read_departments
from generator.problems import Report
from generator.read import Reading, Task, read_file
from generator.reading import read_documents, read_source
from generator.workers import run_all

ROOT = Path(__file__).resolve().parent.parent
PLAIN, OURS = "pdfplumber, extract_tables", "ours, in this process"
ONE, TWO = "ours, workers: 1 at a time", "ours, workers: 2 at a time"
_Row = tuple[str, ...]


@dataclass(slots=True)
class Way:
    """One way of reading all files, and the seconds that each round took."""

    name: str
    work: Callable[[], object]
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median of all rounds, in seconds."""
        return statistics.median(self.seconds)

    def run(self) -> None:
        """Run one round."""
        start = time.perf_counter()
        self.work()
        self.seconds.append(time.perf_counter() - start)


def main() -> None:
    """Time all ways on the files given and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="PDFs besides the five facsimiles")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    paths = [*sorted((ROOT / "data" / "disclosures").glob("*.pdf")), *arguments.files]
    tasks = _tasks(paths)
    ways = _ways(paths, tasks)
    for way in [way for _ in range(arguments.rounds) for way in ways]:
        way.run()
    pages = sum(map(_pages, paths))
    facts = sum(len(reading.disclosures[0].facts) for reading in _here(tasks))
    print(f"{len(paths)} files, {pages} pages, {facts} facts; medians of {arguments.rounds} rounds")
    _print_table(ways, pages)
    _print_cells(paths)


def _tasks(paths: Sequence[Path]) -> list[Task]:
    settings = read_settings(ROOT / "mingzhang.toml")
    register = read_departments(settings.departments)
    return [Task(path, path.parent, register, settings.limits) for path in paths]


def _ways(paths: Sequence[Path], tasks: Sequence[Task]) -> list[Way]:
    ways = [
        Way(PLAIN, lambda: [list(_plain_rows(path)) for path in paths]),
        Way(OURS, lambda: _here(tasks)),
        Way(ONE, lambda: _in_workers(tasks, 1)),
        Way(TWO, lambda: _in_workers(tasks, 2)),
    ]
    if shutil.which("pdftotext"):
        ways.append(Way("pdftotext -layout", lambda: _pdftotext(paths)))
    return ways


def _here(tasks: Sequence[Task]) -> list[Reading]:
    return [_read(read_file(task)) for task in tasks]


def _in_workers(tasks: Sequence[Task], jobs: int) -> list[Reading]:
    limits = tasks[0].limits
    ended = run_all(read_file, tasks, jobs=jobs, seconds=limits.seconds, memory_mb=limits.memory_mb)
    return [_read(result) for _, result in ended]


def _read(result: object) -> Reading:
    """A file that is not read would make the rest look fast."""
    if not isinstance(result, Reading) or not result.disclosures:
        raise SystemExit(f"not read: {result}")
    return result


def _pdftotext(paths: Sequence[Path]) -> None:
    for path in paths:
        command = ["pdftotext", "-layout", str(path), "-"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _pages(path: Path) -> int:
    with pdfplumber.open(path) as document:
        return len(document.pages)


# ── cells ────────────────────────────────────────────────────────────────────────────────


def _plain_rows(path: Path) -> Iterator[tuple[int, _Row]]:
    """The rows of all tables that plain pdfplumber finds, with their pages."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.extract_tables():
                for row in table:
                    yield page.page_number, tuple(_squeezed(cell) for cell in row)
            page.close()


def _our_rows(path: Path) -> Iterator[tuple[int, _Row]]:
    document = read_documents(read_source(path, path.parent), Report(path.name))[0]
    for line in document.lines:
        if line.boxes and line.page:
            yield line.page, tuple(_squeezed(cell) for cell in line.text.split("\t"))


def _squeezed(cell: str | None) -> str:
    return re.sub(r"\s", "", cell or "")


# ── the table ────────────────────────────────────────────────────────────────────────────


def _print_table(ways: Sequence[Way], pages: int) -> None:
    median = {way.name: way.median for way in ways}
    print(f"\n{'':28} {'seconds':>8} {'pages/s':>8} {'× pdfplumber':>13}")
    for way in ways:
        speed = median[PLAIN] / way.median
        print(f"{way.name:28} {way.median:8.2f} {pages / way.median:8.0f} {speed:12.1f}×")
    print(f"\ntwo workers against one: {median[ONE] / median[TWO]:.2f}×")


def _print_cells(paths: Sequence[Path]) -> None:
    cells, wrong = 0, 0
    for path in paths:
        theirs, ours = list(_plain_rows(path)), list(_our_rows(path))
        cells += sum(len(row) for _, row in theirs)
        if theirs != ours:
            wrong += 1
            print(f"{path.name}: not all cells agree with pdfplumber's")
    print(f"{cells} cells in pdfplumber's tables; {len(paths) - wrong} of {len(paths)} files agree")


if __name__ == "__main__":
    main()
