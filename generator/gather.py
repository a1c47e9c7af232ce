"""From files to departments: what is known of each file, and the work of each department.

Both are done by workers. What was read of a file goes to the disk unopened (`heads`); what comes
back of a department is what is told of it, and its packages (`department`). So nobody holds more
than the files of one department.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.cache import Cache
from generator.checks import Acknowledgement, read_acknowledged
from generator.config import Settings
from generator.counterparts import named_alike
from generator.department import DepartmentDone, DepartmentTask, work_department
from generator.groups import Group, grouped_files
from generator.heads import Aside, Head, read_aside
from generator.journal import LOG, Entry, tell
from generator.meaning.definitions import definitions
from generator.meaning.vocabulary import vocabulary
from generator.namesakes import told_apart
from generator.problems import OutputError, Problem, Report
from generator.read import Task
from generator.sought import Sought
from generator.summary import Progress, Summary
from generator.workers import Died

# A department's stages, each with its limit: to merge and check, to write, to validate.
_STAGES = 3
#: What the workers of both import; what validates takes a while.
IMPORTED = ("generator.department", "frictionless")


@dataclass(slots=True)
class Gathered:
    """All that was read, by heads, before the work of the departments begins.

    ``reports`` has one of each file, in the order of their names; ``failed`` the disclosures that
    came to nothing, each with its problem, and ``added`` what the work of departments told besides.
    """

    summary: Summary
    sought: Sought
    heads: Sequence[Head]
    reports: Sequence[Report]
    groups: Sequence[Group]
    acknowledged: Sequence[Acknowledgement]
    failed: dict[str, Problem] = field(default_factory=dict)
    added: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    stale: dict[str, Mapping[int, Problem]] = field(default_factory=dict)

    @property
    def all_reports(self) -> list[Report]:
        """The reports, with all that was told since."""
        more: dict[str, list[Problem]] = {}
        for problem in (*(p for each in self.added.values() for p in each), *self.failed.values()):
            more.setdefault(problem.file, []).append(problem)
        return [
            Report(each.file, problems=[*each.problems, *more.get(each.file, ())])
            for each in self.reports
        ]

    @property
    def recorded(self) -> tuple[Problem, ...]:
        """The problems of all files, in the order of their names, and of what people said."""
        of_files = (problem for each in self.all_reports for problem in each.problems)
        stale = {at: problem for each in self.stale.values() for at, problem in each.items()}
        return (*of_files, *(stale[at] for at in sorted(stale)))


def gather(sought: Sought, settings: Settings, cache: Cache, progress: Progress) -> Gathered:
    """Read all files. Raises ConfigError, DefinitionError where what people wrote is malformed."""
    definitions(), vocabulary()  # a slip in them is told before anything is read
    acknowledged = read_acknowledged(settings.acknowledged)
    summary = Summary()
    heads = _read_all(sought.tasks, settings, cache, summary, progress)
    reports = [*_reports(heads), *_other_reports(sought.others)]
    by_file = {each.file: each for each in reports}
    named = told_apart(named_alike(heads, by_file), sought.register, by_file)
    # How long it took to read a file is nothing to what is made of it.
    groups = list(grouped_files([replace(each, seconds={}) for each in named], by_file))
    return Gathered(summary, sought, heads, reports, groups, acknowledged)


def department_tasks(gathered: Gathered, settings: Settings) -> dict[str, DepartmentTask]:
    """The work of each department, without those disclosures that came to nothing."""
    problems = {each.file: tuple(each.problems) for each in gathered.reports}
    order = {file: at for at, file in enumerate(problems)}
    groups: dict[str, list[Group]] = {}
    for group in gathered.groups:
        if group.id not in gathered.failed:
            groups.setdefault(group.department, []).append(group)
    said: dict[str, dict[int, Acknowledgement]] = {}
    for at, entry in enumerate(gathered.acknowledged):
        said.setdefault(entry.finding.partition(".")[0], {})[at] = entry
    return {
        department: DepartmentTask(
            department,
            tuple(own),
            {
                file: problems[file]
                for file in sorted((f for each in own for f in each.files), key=order.__getitem__)
            },
            said.get(department, {}),
            settings.acknowledged.name,
            dict(settings.checks),
            settings.limits,
            settings.disclosures,
            settings.cache,
        )
        for department, own in groups.items()
    }


def work_all(
    tasks: Sequence[DepartmentTask], gathered: Gathered, settings: Settings
) -> Iterator[tuple[DepartmentTask, DepartmentDone]]:
    """Do the work of departments in workers; yields them as they end."""
    limits = settings.limits
    most = max((len(each.groups) for each in tasks), default=0)
    ended = settings.executor.run_all(
        work_department,
        tasks,
        seconds=_STAGES * max(1, most) * max(1, limits.stage_seconds),
        memory_mb=limits.memory_mb + limits.stage_memory_mb,
        preload=IMPORTED,
    )
    for place, result in ended:
        task = tasks[place]
        if isinstance(result, Died):
            _blame(task, result, gathered)
            continue
        if result.failure:
            _raise(*result.failure)
        tell(result.heard)
        take_note(task, result, gathered)
        yield task, result


def take_note(task: DepartmentTask, done: DepartmentDone, gathered: Gathered) -> None:
    """Take note of the problems that the work of a department found."""
    summary = gathered.summary
    gathered.added[task.department] = tuple(p for each in done.disclosures for p in each.problems)
    gathered.stale[task.department] = done.stale
    gathered.failed |= {each.id: each.failed for each in done.disclosures if each.failed}
    summary.died |= any(each.over_limit for each in done.disclosures)
    for stage, seconds in done.seconds.items():
        summary.add(stage, seconds)


def _blame(task: DepartmentTask, died: Died, gathered: Gathered) -> None:
    """A worker that gave no result: nobody knows which disclosure of its department is at fault."""
    gathered.summary.died = True
    reason = f"{task.limits.stage_seconds} 秒" if died.timed_out else f"{died.exit_code}"
    for group in task.groups:
        report = Report(group.whole[0].file)
        report.add("package-over-limit", reason=reason)
        gathered.failed[group.id] = report.problems[0]


def _raise(number: int, said: str, file: str) -> None:
    """What the system, or the folder, did not let a worker do stops the build."""
    if not number:
        raise OutputError(said)
    raise OSError(number, said, file) if file else OSError(number, said)


# ── reading ──────────────────────────────────────────────────────────────────────────────


def _read_all(
    tasks: Sequence[Task], settings: Settings, cache: Cache, summary: Summary, progress: Progress
) -> list[Head]:
    """Read what is not in the cache, in workers; the order is that of the files' names."""
    heads: dict[int, Head] = {}
    fresh: list[int] = []
    for index, task in enumerate(tasks):
        known = cache.head(task)
        if known is None:
            fresh.append(index)
        else:
            heads[index] = known
            _tell(known, cached=True)
    todo = [tasks[index] for index in fresh]
    limits = settings.limits
    ended = settings.executor.run_all(
        read_aside,
        todo,
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        sound=lambda aside: not aside.head.failed,
        preload=IMPORTED,
    )
    for place, result in ended:
        aside = _died(todo[place], result) if isinstance(result, Died) else result
        heads[fresh[place]] = head = aside.head
        if isinstance(result, Died):
            summary.died = True
        else:
            cache.keep(todo[place], aside)
        for stage, seconds in head.seconds.items():
            summary.add(stage, seconds)
        _tell(head)
        summary.read += 1
        progress("读取文件", summary.read, len(todo))
    return [heads[index] for index in range(len(tasks))]


def _tell(head: Head, *, cached: bool = False) -> None:
    """Tell the journal what each stage of a file took, if not ``cached``, and its outcome."""
    for stage, seconds in head.seconds.items():
        if not cached:
            LOG.info(Entry(stage, head.file, seconds=seconds))
    whole = 0.0 if cached else sum(head.seconds.values())
    stage = "cached" if cached else "file"
    LOG.info(Entry(stage, head.file, "", whole, head.outcome, len(head.problems)))


def _died(task: Task, died: Died) -> Aside:
    """A worker that gave no result: the file is at fault, and named."""
    report = Report(task.name)
    if died.timed_out:
        report.add("time-limit", seconds=task.limits.seconds)
    else:
        report.add("reader-died", reason=died.exit_code, memory_mb=task.limits.memory_mb)
    return Aside(Head(task.name, problems=tuple(report.problems)), b"")


def _reports(heads: Sequence[Head]) -> list[Report]:
    return [Report(head.file, problems=list(head.problems)) for head in heads]


def _other_reports(others: Sequence[tuple[str, str]]) -> list[Report]:
    """A report for each file that is not read, by name and problem."""
    reports = []
    for name, code in others:
        reports.append(Report(name))
        reports[-1].add(code)
    return reports
