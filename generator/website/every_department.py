"""Every department by a worker, in order: whoever ends first, what comes back is the same."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from traceback import format_exc

from generator.journal import LOG, Entry, step
from generator.problems import OutputError, PackageError, TemplatesError
from generator.stage_limits import lacks_memory
from generator.website.one_department import make_department
from generator.website.pages_task import DepartmentMade, OfAll, PagesTask
from generator.website.published.package import Packages
from generator.website.published.rows import Row
from generator.website.settings import LeftOut, SiteSettings
from generator.website.taken_over import PublishedSite
from generator.workers import Died

#: Each part of the pages of a disclosure has the limit of a stage, and there are fewer than these.
_PARTS = 10
_LONGEST = 400_000  # seconds: of much more no system waits for the end
#: The errors that a worker tells of, by their names.
_KINDS: Mapping[str, type[Exception]] = {
    each.__name__: each
    for each in (OSError, MemoryError, RuntimeError, OutputError, PackageError, TemplatesError)
}


@dataclass(frozen=True)
class Reply:
    """What a worker sends back: what it made, or the error that stops the command.

    `journal` is what it took. An error is told by its class and what it was made of.
    """

    journal: tuple[Entry, ...] = ()
    made: DepartmentMade | None = None
    error: str = ""
    said: tuple[str | int | None, ...] = ()


def departments_made(
    of_all: OfAll,
    read: Packages,
    published: PublishedSite,
    tell: Callable[[str, int, int], None],
) -> Iterator[DepartmentMade]:
    """Make every department, or take it over, and yield what came of each in their order.

    Raises:
        PackageError: A package is malformed; of several the first is told.
        TemplatesError: A template of the user's is wrong.
        OSError: The disk cannot be written to.
    """
    tasks, done, total = _tasks(of_all, read), 0, len(read.disclosures)
    of = {key: list(found) for key, found in groupby(read.disclosures, lambda p: p.department.id)}
    with step("taking over"):
        keys = {t.department: published.key_of(t, of[t.department]) for t in tasks}
        taken = {t.department for t in tasks if published.take_over(t, keys[t.department])}
    others = [task for task in tasks if task.department not in taken]
    replies = _in_order(others, of_all.settings)
    for task in tasks:
        if task.department in taken:
            made = published.taken(keys[task.department])
        else:
            made = _made(task, next(replies))
            published.keep(keys[task.department], made)
        done += len(task.disclosures)
        tell("写页面", done, total)
        yield made


def _tasks(of_all: OfAll, read: Packages) -> list[PagesTask]:
    names = _by(read.rows("department-names"), lambda row: row["department"])
    register = _by(read.rows("disclosures"), _department)
    changes = _by(read.rows("changes"), _department)
    groups = groupby(read.disclosures, lambda package: package.department.id)
    return [
        PagesTask(
            of_all,
            id_,
            tuple(package.slug for package in found),
            *(tuple(rows.get(id_, ())) for rows in (names, register, changes)),
        )
        for id_, found in groups
    ]


def _by(rows: Sequence[Row], key: Callable[[Row], str]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _department(row: Row) -> str:
    return row["disclosure_id"].partition("/")[0]


def _in_order(tasks: Sequence[PagesTask], settings: SiteSettings) -> Iterator[Reply | Died]:
    """The answers in the order of the tasks; one that comes early waits."""
    early: dict[int, Reply | Died] = {}
    most = max((len(task.disclosures) for task in tasks), default=1)
    seconds = _PARTS * (settings.limits.seconds or _LONGEST) * most
    ended = settings.executor.run_all(reply, tasks, seconds=min(seconds, _LONGEST))
    following = 0
    for index, found in ended:
        early[index] = found
        while following in early:
            yield early.pop(following)
            following += 1


def _made(task: PagesTask, found: Reply | Died) -> DepartmentMade:
    if isinstance(found, Died):
        return _none_of_it(task, found)
    for entry in found.journal:
        LOG.info(entry)
    if found.made is None:
        raise _KINDS[found.error](*found.said)
    return found.made


def _none_of_it(task: PagesTask, died: Died) -> DepartmentMade:
    """Leave a department out that no worker survives."""
    task.take_away()
    code = "pages-over-limit" if died.timed_out else "pages-failed"
    reason = (
        "生成页面的进程超过时限" if died.timed_out else f"生成页面的进程中止（{died.exit_code}）"
    )
    ids = [f"{task.department}/{slug}" for slug in task.disclosures]
    return DepartmentMade(left_out=tuple(LeftOut(each, code, reason) for each in ids))


# ── in the worker ────────────────────────────────────────────────────────────────────────


def reply(task: PagesTask) -> Reply:
    """Make a department, and tell what came of it."""
    with _listening() as journal:
        try:
            made = make_department(task)
            return Reply(tuple(journal), made)
        except (OutputError, PackageError, TemplatesError) as error:
            return Reply(tuple(journal), None, type(error).__name__, (str(error),))
        except OSError as error:
            said = (error.errno, error.strerror, error.filename and str(error.filename))
            return Reply(tuple(journal), None, OSError.__name__, said)
        except Exception as error:  # a mistake of ours: the build tells it as its own
            if lacks_memory(error):
                return Reply(tuple(journal), None, MemoryError.__name__, (str(error),))
            return Reply(tuple(journal), None, RuntimeError.__name__, (format_exc(),))


@contextmanager
def _listening() -> Iterator[list[Entry]]:
    """Keep what the journal is told inside, instead of telling it."""
    heard: list[Entry] = []

    class _Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if isinstance(record.msg, Entry):
                heard.append(record.msg)

    handlers, level, up = LOG.handlers, LOG.level, LOG.propagate
    LOG.handlers, LOG.propagate = [_Ear()], False
    LOG.setLevel(logging.INFO)
    try:
        yield heard
    finally:
        LOG.handlers, LOG.propagate = handlers, up
        LOG.setLevel(level)
