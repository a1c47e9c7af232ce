"""Reading one file: document → tables → facts, whatever happens; the work of one worker."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from msgspec import Struct, field

from generator.checks import adds_up
from generator.facts import normalise, sighted
from generator.meaning.departments import Departments, Register
from generator.models import Disclosure, Document
from generator.pdf.limits import Limits
from generator.problems import Problem, Report, UnreadableError
from generator.reading import SourceFile, read_documents, read_source, second_opinion
from generator.tables import extract_tables

# So many objects are made before garbage is looked for; usually 700, which costs a tenth more time.
_NEW_OBJECTS = 50_000


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and what is needed for it."""

    path: Path
    folder: Path
    register: Departments
    limits: Limits

    @property
    def name(self) -> str:
        """The file's place below the folder of disclosures."""
        return self.path.relative_to(self.folder).as_posix()


class Reading(Struct):
    """What came of one file: a disclosure for each route, problems, and seconds by stage.

    ``identity`` tells which bytes were read, those of the sidecar included (blank: none were);
    ``asked`` is what the register was asked, and answered: nothing else of it was used.
    """

    file: str
    disclosures: tuple[Disclosure, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    asked: dict[str, dict[str, str] | None] = field(default_factory=dict)
    identity: str = ""

    @property
    def failed(self) -> bool:
        """Whether the file could not be read at all."""
        return any(problem.severity == "fatal" for problem in self.problems)

    @property
    def outcome(self) -> str:
        """What came of the file, in a word or two."""
        if self.failed or not self.disclosures:
            return "not read"
        whole = all(problem.severity != "error" for problem in self.problems)
        return "read" if whole else "not whole"

    def holds(self, register: Register) -> bool:
        """Tell whether a register answers what the one answered that this was read with."""
        return all(register.find(name) == row for name, row in self.asked.items())


@dataclass(frozen=True, slots=True)
class _Asked:
    """The register, with a note of what it is asked."""

    register: Departments
    asked: dict[str, dict[str, str] | None]

    def find(self, name: str) -> dict[str, str] | None:
        self.asked[name] = self.register.find(name)
        return self.asked[name]


def read_file(task: Task) -> Reading:
    """Read one file by all routes; whatever is wrong with it becomes a recorded problem."""
    report = Report(task.name)
    reading = Reading(task.name)
    try:
        with _collecting_seldom():
            _read(task, report, reading)
    except UnreadableError as error:
        report.add(error.code, error.line, **error.values)
    except MemoryError:
        report.add("reader-died", reason="内存不足", memory_mb=task.limits.memory_mb)
    except Exception as error:  # a bad file never takes the build down with it
        report.add("reader-failed", reason=f"{type(error).__name__}: {error}")
    if report.fatal:
        reading.disclosures = ()
    reading.problems = tuple(report.problems)
    return reading


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Look for garbage less often: nearly all that is read is kept until the file is done."""
    usual = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read(task: Task, report: Report, reading: Reading) -> None:
    clock, register = _Clock(reading.seconds), _Asked(task.register, reading.asked)
    source = read_source(task.path, task.folder, task.limits)
    reading.identity = source.identity
    documents = read_documents(source, report, task.limits)
    clock.lap("reading")
    first, *others = documents
    reading.disclosures = (_disclosure(first, register, report, clock),)
    _refuse_too_large(reading.disclosures[0], task.limits)
    if first.route == "geometry:pdf" and _in_doubt(reading.disclosures[0], report):
        others += _second_opinion(first, source, report)
        clock.lap("second opinion")
    if reading.disclosures[0].extract.by_coordinates:
        reading.disclosures = (reduce(sighted, others, reading.disclosures[0]),)
        clock.lap("facts")
        return
    for other in others:
        reading.disclosures += _confirming(other, register, report, clock)


#: What there may be too much of, by the limit that it has.
_SIZES = {
    "lines": "行文字",
    "rows": "行表格",
    "facts": "个金额",
    "sections": "段说明",
    "statements": "个说明里的数字",
    "name_characters": "个字的名称",
}


def _refuse_too_large(disclosure: Disclosure, limits: Limits) -> None:
    """Whatever is made of a disclosure costs as much as there is of it. Raises UnreadableError."""
    extract = disclosure.extract
    tables = [row for table in extract.tables for row in table.rows]
    words = sum(len(table.records) for table in extract.tables)
    printed = sum(len(each.table.body) for each in extract.printed)
    names = (text for row in tables for text in (row.label, row.name, row.unit))
    found = {
        "lines": len(extract.document.lines),
        "rows": len(tables) + words + printed,
        "facts": len(disclosure.facts),
        "sections": len(extract.sections),
        "statements": len(disclosure.statements),
        "name_characters": max(map(len, (extract.department_name, *names))),
    }
    for name, what in _SIZES.items():
        most: int = getattr(limits, name)
        if found[name] > most:
            raise UnreadableError("too-large", found=found[name], what=what, most=most, name=name)


def _in_doubt(disclosure: Disclosure, report: Report) -> bool:
    """Whether something of the tables was not read, or does not add up."""
    unread = any(problem.severity == "error" for problem in report.problems)
    if disclosure.extract.by_coordinates:
        return False  # its cells are accounted for one by one, and the other reading is slow
    return unread or not adds_up(disclosure)


def _second_opinion(first: Document, source: SourceFile, report: Report) -> list[Document]:
    """Another library's reading of the file, if it can read it: ours stands without."""
    try:
        return [second_opinion(first, source)]
    except Exception as error:  # of the other library, whatever it is
        report.add("route-failed", route="plumber:pdf", reason=f"{type(error).__name__}: {error}")
        return []


def _confirming(
    document: Document, register: Register, report: Report, clock: _Clock
) -> tuple[Disclosure, ...]:
    """Another route's reading: it confirms the first; what it cannot read is no problem."""
    try:
        return (_disclosure(document, register, Report(document.file), clock),)
    except UnreadableError:
        return ()
    except Exception as error:  # the first reading stands
        reason = f"{type(error).__name__}: {error}"
        report.add("route-failed", route=document.route, reason=reason)
        return ()


def _disclosure(
    document: Document, register: Register, report: Report, clock: _Clock
) -> Disclosure:
    extracted = extract_tables(document, report)
    clock.lap("tables")
    disclosure = normalise(extracted, register, report)
    clock.lap("facts")
    return disclosure


class _Clock:
    """Adds the time since the last lap to a stage."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds, self.last = seconds, time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self.last
        self.last = now
