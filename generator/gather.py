"""From files to checked disclosures: everything that is known before anything is written.

disclosure file → pages → tables → facts → findings
                 reading   tables   facts   checks
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from generator.cache import Cache
from generator.checks import acknowledge, run_all_checks
from generator.config import Settings
from generator.counterparts import named_alike
from generator.facts import has_tables, joined, merge
from generator.journal import LOG, Entry, step
from generator.meaning.definitions import definitions
from generator.meaning.departments import Departments, read_departments
from generator.meaning.vocabulary import vocabulary
from generator.models import Checked, Disclosure
from generator.namesakes import told_apart
from generator.problems import ConfigError, Problem, Report
from generator.read import Reading, Task, read_file
from generator.reading import find_others, find_sources
from generator.summary import Progress, Summary
from generator.workers import Died, run_all


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that was read and checked, before anything is written."""

    summary: Summary
    tasks: Sequence[Task]
    readings: Sequence[Reading]
    others: Sequence[tuple[str, str]]
    reports: list[Report]
    register: Departments

    @property
    def recorded(self) -> tuple[Problem, ...]:
        """The problems of all files, in the order of their names."""
        return _problems(self.reports)


def gather(settings: Settings, cache: Cache, progress: Progress) -> Gathered:
    """Read and check all disclosures.

    Raises:
        ConfigError: There is nothing to read.
    """
    sources = find_sources(settings.disclosures)
    if not sources:
        raise ConfigError(
            f"{settings.disclosures}: no disclosures (*.txt, *.pdf) here; name their folder: "
            "mingzhang build FOLDER"
        )
    definitions(), vocabulary()  # a slip in them is told before anything is read
    register = read_departments(settings.departments)
    tasks = [Task(path, settings.disclosures, register, settings.limits) for path in sources]
    others = find_others(settings.disclosures, sources)
    summary = Summary()
    readings = _read_all(tasks, settings, cache, summary, progress)
    reports = [*_reports(readings), *_other_reports(others)]
    by_file = {each.file: each for each in reports}
    readings = told_apart(named_alike(readings, by_file), register, by_file)
    with summary.timed("facts"):
        disclosures = _disclosures(readings, reports)
    with summary.timed("checks"):
        summary.checked = _checked(disclosures, settings, reports)
    summary.died |= any(bool(each.over_limit) for each in summary.checked)
    summary.problems = _problems(reports)
    return Gathered(summary, tasks, readings, others, reports, register)


def _checked(
    disclosures: Sequence[Disclosure], settings: Settings, reports: list[Report]
) -> tuple[Checked, ...]:
    """Run all checks; acknowledgements that no longer fit become problems of their file."""
    report = Report(settings.acknowledged.name)
    limits = settings.limits.of_stage
    checked = run_all_checks(disclosures, settings.checks, limits)
    by_file = {each.file: each for each in reports}
    for each in checked:
        file = each.disclosure.extract.document.file
        if each.failed:
            by_file[file].add("checks-failed", reason=each.failed)
        elif each.over_limit:
            by_file[file].add("checks-over-limit", reason=each.over_limit)
    checked = acknowledge(checked, settings.acknowledged, report)
    reports.append(report)
    return checked


def _problems(reports: Sequence[Report]) -> tuple[Problem, ...]:
    return tuple(problem for report in reports for problem in report.problems)


# ── reading ──────────────────────────────────────────────────────────────────────────────


def _read_all(
    tasks: Sequence[Task], settings: Settings, cache: Cache, summary: Summary, progress: Progress
) -> list[Reading]:
    """Read what is not in the cache, in workers; the order is that of the files' names."""
    readings: dict[int, Reading] = {}
    fresh: list[int] = []
    for index, task in enumerate(tasks):
        known = cache.reading(task)
        if known is None:
            fresh.append(index)
        else:
            readings[index] = known
            _tell(known, cached=True)
    todo = [tasks[index] for index in fresh]
    limits = settings.limits
    ended = run_all(
        read_file,
        todo,
        jobs=settings.jobs,
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        sound=lambda reading: not reading.failed,
    )
    for place, result in ended:
        reading = _died(todo[place], result) if isinstance(result, Died) else result
        readings[fresh[place]] = reading
        if isinstance(result, Died):
            summary.died = True
        else:
            cache.keep(todo[place], reading)
        for stage, seconds in reading.seconds.items():
            summary.add(stage, seconds)
        _tell(reading)
        summary.read += 1
        progress("读取文件", summary.read, len(todo))
    return [readings[index] for index in range(len(tasks))]


def _tell(reading: Reading, *, cached: bool = False) -> None:
    """Tell the journal what each stage of a file took, if not ``cached``, and its outcome."""
    for stage, seconds in reading.seconds.items():
        if not cached:
            LOG.info(Entry(stage, reading.file, seconds=seconds))
    whole = 0.0 if cached else sum(reading.seconds.values())
    stage = "cached" if cached else "file"
    LOG.info(Entry(stage, reading.file, "", whole, reading.outcome, len(reading.problems)))


def _died(task: Task, died: Died) -> Reading:
    """A worker that gave no result: the file is at fault, and named."""
    report = Report(task.name)
    if died.timed_out:
        report.add("time-limit", seconds=task.limits.seconds)
    else:
        report.add("reader-died", reason=died.exit_code, memory_mb=task.limits.memory_mb)
    return Reading(task.name, problems=tuple(report.problems))


def _reports(readings: Sequence[Reading]) -> list[Report]:
    return [Report(reading.file, problems=list(reading.problems)) for reading in readings]


# ── renditions ───────────────────────────────────────────────────────────────────────────


def _disclosures(readings: Sequence[Reading], reports: Sequence[Report]) -> list[Disclosure]:
    """One disclosure for each department, year and kind, of all files that hold it."""
    by_file = {report.file: report for report in reports}
    groups: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.disclosures:
            groups.setdefault(reading.disclosures[0].id, []).append(reading)
    merged = []
    for group in groups.values():
        whole = [each for each in group if has_tables(each.disclosures[0])]
        prose = [each for each in group if each not in whole]
        if not whole:
            for each in prose:
                by_file[each.file].add("tables-apart")
            continue
        kept = _without_duplicates(whole, by_file)
        try:
            with step("renditions", disclosure=kept[0].disclosures[0].id):
                merged.append(_merged(kept, _without_duplicates(prose, by_file)))
        except Exception as error:  # one disclosure never takes the others with it
            by_file[kept[0].file].add("reader-failed", reason=f"{type(error).__name__}: {error}")
    return merged


def _merged(whole: Sequence[Reading], prose: Sequence[Reading]) -> Disclosure:
    """One disclosure of the readings with its tables, and of those with its prose alone."""
    disclosure = merge([each for reading in whole for each in reading.disclosures])
    return reduce(joined, (merge(list(each.disclosures)) for each in prose), disclosure)


def _without_duplicates(group: Sequence[Reading], reports: dict[str, Report]) -> list[Reading]:
    """A disclosure may stand as PDF and as text; of two of one form the first is kept."""
    kept: dict[str, Reading] = {}
    for reading in group:
        form = Path(reading.file).suffix.lower()
        if form in kept:
            reports[reading.file].add("disclosure-duplicate", other=kept[form].file)
        else:
            kept[form] = reading
    return list(kept.values())


def _other_reports(others: Sequence[tuple[str, str]]) -> list[Report]:
    """A report for each file that is not read, by name and problem."""
    reports = []
    for name, code in others:
        reports.append(Report(name))
        reports[-1].add(code)
    return reports
