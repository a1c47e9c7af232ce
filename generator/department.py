"""The work of one department: what was read of it becomes checked disclosures and their packages.

Whatever speaks of several disclosures of a department is done here, with its readings only: files
of one disclosure are merged, years are compared, and so is what was published before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from generator.cache import Cache
from generator.checks import Acknowledgement, acknowledge, run_all_checks
from generator.facts import joined, merge
from generator.groups import Group
from generator.heads import Head, as_in
from generator.journal import Heard, overheard, step
from generator.meaning.departments import Departments
from generator.models import Checked, Disclosure
from generator.packages import Imprint, Past, WhatChanged, made_of, write_package
from generator.paths import inside
from generator.pdf.limits import Limits
from generator.problems import OutputError, PackageError, Problem, Report
from generator.read import Task, read_file
from generator.stage_limits import OverLimit, within
from generator.summary import Summary
from generator.told import DisclosureReport, told_of


@dataclass(frozen=True, slots=True)
class Writing:
    """Where the packages of some disclosures are written, and what they need beside these.

    ``past`` has each disclosure of which one is written, ``problems`` what there is to say of what
    is kept of earlier builds, and ``key`` is that of the whole task.
    """

    folder: Path
    past: dict[str, Past]
    problems: tuple[Problem, ...]
    imprint: Imprint
    key: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentTask:
    """All disclosures of one department, and what their work needs.

    ``problems`` are those of its files so far, in the files' order; ``acknowledged`` what people
    said of its findings, by its place in their file. ``every`` finding is told where wanted, and
    without ``writing`` nothing is written.
    """

    department: str
    groups: tuple[Group, ...]
    problems: dict[str, tuple[Problem, ...]]
    acknowledged: dict[int, Acknowledgement]
    acknowledged_in: str
    switches: dict[str, bool]
    limits: Limits
    sources: Path
    cache: Path
    every: bool = False
    writing: Writing | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one disclosure: what is told of it, unless it ``failed`` with that problem.

    ``problems`` are those that its work added.
    """

    id: str
    failed: Problem | None = None
    told: DisclosureReport | None = None
    problems: tuple[Problem, ...] = ()
    over_limit: bool = False
    build: str = ""
    compared: WhatChanged | None = None


@dataclass(frozen=True, slots=True)
class DepartmentDone:
    """What came of a department, what its work told the journal, and the seconds of each stage.

    ``stale`` are acknowledgements that fit no more. ``failure`` is what the system said where it
    could not write: number (0: it is ours), words and file.
    """

    disclosures: tuple[Done, ...] = ()
    stale: dict[int, Problem] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    heard: tuple[Heard, ...] = ()
    failure: tuple[int, str, str] | None = None


def work_department(task: DepartmentTask) -> DepartmentDone:
    """Do the work of one department; whatever is wrong with a disclosure is of that one alone."""
    with overheard() as heard:
        try:
            done = _Work(task).done()
        except OutputError as error:
            done = DepartmentDone(failure=(0, str(error), ""))
        except OSError as error:  # a full disk is no fault of a disclosure
            said = error.strerror or str(error)
            done = DepartmentDone(failure=(error.errno or 0, said, str(error.filename or "")))
    return DepartmentDone(done.disclosures, done.stale, done.seconds, tuple(heard), done.failure)


class _Work:
    """The work of a task, and what came of it so far."""

    def __init__(self, task: DepartmentTask) -> None:
        self.task = task
        self.cache = Cache(task.cache)
        self.reports = {
            file: Report(file, problems=list(problems)) for file, problems in task.problems.items()
        }
        self.failed: dict[str, Problem] = {}
        self.summary = Summary()

    def done(self) -> DepartmentDone:
        with self.summary.timed("facts"):
            disclosures = list(self._disclosures())
        with self.summary.timed("checks"):
            checked, stale = self._checked(disclosures)
        done = [self._published(each) for each in checked]
        failed = (Done(each, failed=problem) for each, problem in self.failed.items())
        return DepartmentDone((*done, *failed), stale, self.summary.seconds)

    # What was read.

    def _disclosures(self) -> Iterator[Disclosure]:
        """One disclosure for each group, of all files that hold it."""
        for group in self.task.groups:
            try:
                with step("renditions", disclosure=group.id):
                    whole = [each for head in group.whole for each in self._read(head)]
                    prose = [merge(self._read(head)) for head in group.prose]
                    yield reduce(joined, prose, merge(whole))
            except OSError:
                raise
            except Exception as error:  # one disclosure never takes the others with it
                report = Report(group.whole[0].file)
                report.add("reader-failed", reason=f"{type(error).__name__}: {error}")
                self.failed[group.id] = report.problems[0]

    def _read(self, head: Head) -> Sequence[Disclosure]:
        """What was read of a file; what the cache has lost is read again."""
        task = self.task
        answers = Departments(tuple(row for row in head.asked.values() if row))
        file = Task(task.sources / head.file, task.sources, answers, task.limits)
        reading = self.cache.reading(file, head.identity) or read_file(file)
        if reading.identity != head.identity or head.said is None:
            raise ValueError("the file was changed while it was worked on; build again")
        return [as_in(head.said, each) for each in reading.disclosures]

    # What the checks say.

    def _checked(
        self, disclosures: Sequence[Disclosure]
    ) -> tuple[tuple[Checked, ...], dict[int, Problem]]:
        checked = run_all_checks(disclosures, self.task.switches, self.task.limits.of_stage)
        for each in checked:
            report = self.reports[each.disclosure.extract.document.file]
            if each.failed:
                report.add("checks-failed", reason=each.failed)
            elif each.over_limit:
                report.add("checks-over-limit", reason=each.over_limit)
        return acknowledge(checked, self.task.acknowledged, self.task.acknowledged_in)

    # What is published.

    def _published(self, checked: Checked) -> Done:
        """Write the package of a disclosure, if it is to be written."""
        disclosure, writing = checked.disclosure, self.task.writing
        done = Done(
            disclosure.id,
            None,
            told_of(checked, every=self.task.every),
            self._added(disclosure),
            bool(checked.over_limit),
        )
        if writing is None or disclosure.id not in writing.past:
            return done
        report = Report(disclosure.extract.document.file)
        with self.summary.timed("packages"):
            try:
                build, found = self._written(checked, writing)
            except OverLimit as error:
                report.add("package-over-limit", reason=str(error))
            except OSError:
                raise
            except PackageError as error:
                report.add("package-invalid", reason=str(error))
            except Exception as error:  # one disclosure never takes the others with it
                report.add("package-invalid", reason=f"{type(error).__name__}: {error}")
        if report.problems:
            shutil.rmtree(inside(writing.folder, disclosure.id), ignore_errors=True)
            return Done(disclosure.id, report.problems[0], None, done.problems, done.over_limit)
        made = made_of(checked, inside(writing.folder, disclosure.id))
        self.cache.put_made(writing.key, made)
        return Done(done.id, None, done.told, done.problems, done.over_limit, build, found)

    def _written(self, checked: Checked, writing: Writing) -> tuple[str, WhatChanged]:
        disclosure, limits = checked.disclosure, self.task.limits.of_stage
        package = inside(writing.folder, disclosure.id)
        problems = self._problems(disclosure, writing.problems)
        past = writing.past[disclosure.id]
        with step("packages", disclosure=disclosure.id), within(limits):
            build, found = write_package(checked, problems, package, past, writing.imprint)
        with step("validation", disclosure=disclosure.id), within(limits):
            self.cache.validate(package)
        return build, found

    def _problems(self, disclosure: Disclosure, more: Sequence[Problem]) -> list[Problem]:
        """The problems of its files, in the files' order, and those of ``more`` that are theirs."""
        files = {document.file for document in disclosure.documents}
        recorded = (each for report in self.reports.values() for each in report.problems)
        return [each for each in (*recorded, *more) if each.file in files]

    def _added(self, disclosure: Disclosure) -> tuple[Problem, ...]:
        file = disclosure.extract.document.file
        return tuple(self.reports[file].problems[len(self.task.problems[file]) :])
