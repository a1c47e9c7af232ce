"""From files to packages, in place of those that are there.

The packages of the disclosures are the work of departments (`gather`); the package of all is
reduced from them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.cache import Cache
from generator.config import Settings
from generator.department import DepartmentDone, DepartmentTask, Done, Writing
from generator.gather import Gathered, department_tasks, take_note, work_all
from generator.groups import Group
from generator.journal import LOG, Entry, step
from generator.keeping import Keeping, keep
from generator.packages import Everything, History, Kept, Past
from generator.packages.published import MEND
from generator.paths import inside, real
from generator.problems import PackageError, Problem, UnacceptedError
from generator.settled import Settled
from generator.sought import Sought
from generator.summary import Summary
from generator.swap import recover, replacing
from generator.taking_over import (
    published_before,
    remember_done,
    remember_published,
    taken_over,
)
from generator.told import KeptTold
from generator.website.published.descriptor import read_package
from generator.wire import encode


def checked(gathered: Gathered, settings: Settings, *, every: bool = False) -> Summary:
    """Check all disclosures and write nothing; ``every`` finding is told where wanted."""
    tasks = [replace(each, every=every) for each in department_tasks(gathered, settings).values()]
    done = {
        each.id: each for _, one in work_all(tasks, gathered, settings) for each in one.disclosures
    }
    _tell(gathered, gathered.groups, done)
    gathered.summary.problems = gathered.recorded
    return gathered.summary


def extracted(gathered: Gathered, settings: Settings, cache: Cache) -> Summary:
    """Write the packages of what was gathered, unless they are there already.

    The old ones stay until all is done, and where published amounts would be others though their
    sources are the same, unless the settings accept that: the problems of the summary name them.
    """
    summary = gathered.summary
    recover(settings.packages)
    identities = [head.identity for head in gathered.heads]
    made_of = partial(cache.packages_key, gathered.sought, identities, settings)
    inputs = made_of()
    if not summary.died and (known := cache.settled(settings.packages, inputs)):
        return _as_settled(known, summary)
    try:
        outputs = _written(gathered, settings, cache)
    except UnacceptedError as error:
        summary.problems += error.problems
        summary.notes = ("packages: not written, as published amounts would change",)
        return summary
    summary.packages = outputs
    # What people changed meanwhile may be in it or not, and they may take it back.
    if not gathered.failed and not summary.died and made_of() == inputs:
        files = tuple((each.file, each.outcome, len(each.problems)) for each in gathered.heads)
        said = Settled(outputs, files, summary.checked, summary.kept, summary.problems)
        cache.settle(settings.packages, inputs, said)
    return summary


def settled(sought: Sought, settings: Settings, cache: Cache) -> Summary | None:
    """What a build comes to that has nothing to do: all is as it was, sources and packages."""
    identities = [cache.identity(task) for task in sought.tasks]
    known = cache.settled(settings.packages, cache.packages_key(sought, identities, settings))
    cache.manifest.save()
    if known is None:
        return None
    for file, outcome, problems in known.files:
        LOG.info(Entry("cached", file, outcome=outcome, problems=problems))
    return _as_settled(known, Summary())


def _as_settled(known: Settled, summary: Summary) -> Summary:
    summary.checked, summary.kept, summary.problems = known.checked, known.kept, known.problems
    summary.packages = known.outputs
    summary.unchanged.append("packages")
    return summary


def _written(gathered: Gathered, settings: Settings, cache: Cache) -> str:
    """Write the packages and return a hash of them."""
    summary, packages = gathered.summary, real(settings.packages)
    with replacing(packages) as folder:
        work = _worked(gathered, settings, cache, folder)
        summary.kept = tuple(
            KeptTold(each.package.id, each.mark.since, each.mark.code) for each in work.keeping.kept
        )
        summary.problems = (*gathered.recorded, *work.keeping.problems)
        _tell(gathered, work.keeping.made, work.done)
        with summary.timed("packages"):
            write_all(gathered, work, settings, cache, folder)
            _read_back(folder, work.keeping.kept)
            outputs = cache.outputs(folder)
    cache.manifest.moved(folder, packages)
    remember_published(work.tasks, packages, cache)
    cache.manifest.save()
    return outputs


# ── the departments ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of all departments: each disclosure, by its identifier, and what is kept."""

    keeping: Keeping
    history: History
    done: dict[str, Done]
    tasks: dict[str, DepartmentTask]

    def key(self, department: str) -> str:
        """By what the work of a department is known."""
        writing = self.tasks[department].writing
        return writing.key if writing else ""


def _worked(gathered: Gathered, settings: Settings, cache: Cache, folder: Path) -> Worked:
    """Let all departments work, and those again for which the failure of others matters."""
    worked: dict[str, tuple[DepartmentTask, DepartmentDone]] = {}
    while True:
        groups = [each for each in gathered.groups if each.id not in gathered.failed]
        keeping = keep(settings.packages, groups, gathered.all_reports, settings.withdrawn)
        history = keeping.history(settings.packages, accepts=settings.accept)
        tasks = _writing(gathered, keeping, history, settings, folder, cache)
        todo = [each for key, each in tasks.items() if key not in worked or worked[key][0] != each]
        if not todo:
            done = {each.id: each for _, one in worked.values() for each in one.disclosures}
            return Worked(keeping, history, done, tasks)
        for task in todo:
            if task.department in worked:
                shutil.rmtree(inside(folder, task.department))
        todo = _to_work(todo, worked, gathered, settings, cache)
        for task, done_now in work_all(todo, gathered, settings):
            worked[task.department] = (task, done_now)
            remember_done(task, done_now, cache)


def _to_work(
    tasks: Sequence[DepartmentTask],
    worked: dict[str, tuple[DepartmentTask, DepartmentDone]],
    gathered: Gathered,
    settings: Settings,
    cache: Cache,
) -> list[DepartmentTask]:
    """Those departments of which something changed; the packages of the others are taken over."""
    packages = real(settings.packages)
    published, todo = published_before(packages, cache), []
    for task in tasks:
        done = taken_over(task, published.get(task.department), packages, cache)
        if done is None:
            todo.append(task)
        else:
            take_note(task, done, gathered)
            worked[task.department] = (task, done)
    return todo


def _writing(
    gathered: Gathered,
    keeping: Keeping,
    history: History,
    settings: Settings,
    folder: Path,
    cache: Cache,
) -> dict[str, DepartmentTask]:
    """The work of the departments, packages included."""
    past: dict[str, dict[str, Past]] = {}
    for group in keeping.made:
        past.setdefault(group.department, {})[group.id] = history.past(group.id)
    tasks = {}
    for department, task in department_tasks(gathered, settings).items():
        problems = tuple(each for each in keeping.problems if each.file in task.problems)
        own = past.get(department, {})
        made_of = replace(task, sources=Path(), cache=Path())  # wherever they lie
        key = cache.work_key(encode((made_of, problems, sorted(own), settings.imprint)))
        writing = Writing(folder, own, problems, settings.imprint, key)
        tasks[department] = replace(task, writing=writing)
    return tasks


def _tell(gathered: Gathered, groups: Sequence[Group], done: dict[str, Done]) -> None:
    """What the summary tells of each disclosure, in the order of the files."""
    found = (done[each.id].told for each in groups if each.id in done)
    gathered.summary.checked = tuple(told for told in found if told)


# ── the package of all ───────────────────────────────────────────────────────────────────


def write_all(
    gathered: Gathered, work: Worked, settings: Settings, cache: Cache, folder: Path
) -> None:
    """Carry over what is kept, and reduce the package of all from those of the disclosures.

    Raises UnacceptedError where amounts of unchanged sources would be others, and PackageError
    where a package that is kept was altered, or that of all is not as it must be.
    """
    keeping, history = work.keeping, work.history
    _compare(work)
    for kept in keeping.kept:
        with step("kept", disclosure=kept.package.id):
            _carry_over(kept, inside(folder, kept.package.id), cache.validate)
    builds = {kept.package.id: kept.package.described.build for kept in keeping.kept}
    builds |= {group.id: work.done[group.id].build for group in keeping.made}
    with step("packages", disclosure="all"):
        everything = Everything(folder / "all")
        try:
            for group in keeping.made:
                made = cache.made(work.key(group.department), group.id)
                everything.add(made, inside(folder, group.id))
            for kept in keeping.kept:
                everything.keep(kept)
            everything.close(
                gathered.summary.problems,
                gathered.sought.register,
                history,
                settings.imprint,
                builds.items(),
            )
        finally:
            everything.abandon()


def _compare(work: Worked) -> None:
    """Let the history know what is another. Raises UnacceptedError where somebody must say so."""
    unaccepted: list[Problem] = []
    for group in work.keeping.made:
        if found := work.done[group.id].compared:
            work.history.add(group.id, group.hashes, found)
            unaccepted += found.unaccepted
    if unaccepted:
        raise UnacceptedError(unaccepted)
    work.history.close()


def _carry_over(kept: Kept, folder: Path, validate: Callable[[Path], None]) -> None:
    """Carry a package over. Raises PackageError with the mend where it is not valid any more."""
    kept.carry_over(folder)
    try:
        validate(folder)
    except PackageError as error:
        raise PackageError(f"{error}; {MEND}") from error


def _read_back(folder: Path, kept: Sequence[Kept]) -> None:
    """Read what is kept as the website will: its descriptor may have been altered.

    Raises PackageError: nothing is published of which no site can be made.
    """
    try:
        for each in kept:
            read_package(inside(folder, each.package.id))
    except PackageError as error:
        raise PackageError(f"{error} {MEND}") from error
