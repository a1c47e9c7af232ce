"""How much of any PDFs is read: pages, tables, and what became of each amount that they print.

Run by ``make coverage-report PDFS="a.pdf folder"``; without PDFS it takes ``data/disclosures``. The
amounts are counted on the pages by another reader (``amount_census``), so that a loss shows that
nobody named: ``lost`` must be 0, and the exit code is 1 where it is not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.amount_census import amounts_by_page
from benchmarks.amount_fates import FATES, fates
from generator.config import Settings, read_settings
from generator.meaning.departments import read_departments
from generator.read import Task
from generator.seen import Seen, look
from generator.workers import Died, run_all

ROOT = Path(__file__).resolve().parent.parent
#: A file is read by itself here; a build looks for the other one.
_PROSE_ALONE = "只有文字说明，没有一张标准表；构建时与同一部门、同一年的表合为一份"
_OUTCOMES = ("holds", "rounding", "differs", "cannot_tell", "remark")
#: The columns of the report; the amounts are parted into what became of them.
COLUMNS = ("files", "pages", "tables", "standard", "printed", "amounts", *FATES, *_OUTCOMES)
_HEADS = {"printed": "as-printed", "as_printed": "as-printed", "cannot_tell": "can't-tell"}


@dataclass(slots=True)
class Coverage:
    """What came of one file: counts by column, processor seconds, and why it was refused."""

    place: str
    name: str
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    refused: str = ""
    lost: list[str] = field(default_factory=list)


def measure(task: Task) -> Coverage:
    """Read one file, count what it prints, and tell what became of it."""
    start = time.process_time()
    seen = Seen(task.path, look(task), {})
    census = amounts_by_page(task.path)
    counts = Counter[str](files=1, amounts=sum(each.total() for each in census.values()))
    counts["pages"] = len(seen.document.pages) if seen.document else 0
    counts["tables"] = len(seen.tables) + len(seen.without_grid)
    counts["standard"] = sum(each.table is not None for each in seen.tables)
    counts["standard"] += len(seen.without_grid)
    counts["printed"] = sum(each.printed is not None for each in seen.tables)
    found, lost = fates(seen, census)
    counts.update(found)
    counts.update(each.outcome for each in (seen.checked.findings if seen.checked else ()))
    coverage = Coverage(task.path.parent.name, task.path.name, dict(counts), 0.0, "", lost)
    coverage.refused = _refused(seen)
    coverage.seconds = time.process_time() - start
    return coverage


def _refused(seen: Seen) -> str:
    """The problem for which nothing of a file is published, by itself at least."""
    fatal = [problem for problem in seen.problems if problem.severity == "fatal"]
    if not fatal and seen.extract and not seen.extract.tables:
        return f"[tables-apart] {_PROSE_ALONE}"
    return f"[{fatal[0].code}] {fatal[0].message}" if fatal else ""


def cover(paths: Sequence[Path], settings: Settings) -> list[Coverage]:
    """Measure files, in workers with the limits of a build; in the order given."""
    register, limits = read_departments(settings.departments), settings.limits
    tasks = [Task(path, path.parent, register, limits) for path in paths]
    found = {}
    for index, result in run_all(
        measure, tasks, jobs=settings.jobs, seconds=3 * limits.seconds, memory_mb=limits.memory_mb
    ):
        found[index] = _died(tasks[index].path) if isinstance(result, Died) else result
    return [found[index] for index in range(len(tasks))]


def _died(path: Path) -> Coverage:
    return Coverage(path.parent.name, path.name, {"files": 1}, refused="its worker died")


def report(files: Sequence[Coverage]) -> Iterator[str]:
    """The lines of the report: files, sums by folder, the sum of all, what is refused or lost."""
    yield _line({name: _HEADS.get(name, name) for name in COLUMNS}, "seconds", "")
    for each in files:
        yield _row([each], f"{each.place}/{each.name}")
    for place in dict.fromkeys(each.place for each in files):
        yield _row([each for each in files if each.place == place], f"= {place}")
    yield _row(files, "= all")
    for each in files:
        if each.refused:
            yield f"refused: {each.place}/{each.name}: {each.refused}"
        if each.lost:
            yield f"LOST: {each.place}/{each.name}: {', '.join(each.lost)}"


def _row(files: Sequence[Coverage], name: str) -> str:
    total = Counter[str]()
    for each in files:
        total.update(each.counts)
    seconds = sum(each.seconds for each in files)
    return _line({column: str(total[column]) for column in COLUMNS}, f"{seconds:.1f}", name)


def _line(cells: dict[str, str], seconds: str, name: str) -> str:
    widths = {column: max(7, len(_HEADS.get(column, column)) + 1) for column in COLUMNS}
    told = "".join(f"{cells[column]:>{widths[column]}}" for column in COLUMNS)
    return f"{told}{seconds:>9}  {name}".rstrip()


def sources(given: Sequence[Path], default: Path) -> list[Path]:
    """The PDFs that are named, and those in the folders that are; else those of ``default``."""
    found = []
    for path in given or (default,):
        found += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    return found


def main() -> None:
    """Print the report of the PDFs that are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", nargs="*", type=Path, help="PDFs, or folders of them")
    arguments = parser.parse_args()
    settings = read_settings(ROOT / "mingzhang.toml")
    paths = sources(arguments.pdfs, settings.disclosures)
    missing = [path for path in paths if not path.is_file()]
    if missing or not paths:
        parser.error(f"no such file: {missing[0]}" if missing else "no PDFs in what was named")
    files = cover(paths, settings)
    print("\n".join(report(files)))
    sys.exit(1 if any(each.lost for each in files) else 0)


if __name__ == "__main__":
    main()
