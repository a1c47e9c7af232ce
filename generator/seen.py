"""What was seen in one file: its ruled tables, what each was taken for and why, and the problems.

A worker reads the file as a build does, and gives its ruled tables along; what the words above the
columns say is asked of the vocabulary again, here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.checks import run_all_checks
from generator.config import Settings
from generator.facts import merge
from generator.grids import ruled_tables
from generator.meaning.definitions import Definition, definition, definitions, telling_words
from generator.meaning.departments import read_departments
from generator.meaning.vocabulary import vocabulary
from generator.models import (
    Checked,
    Disclosure,
    Document,
    Extract,
    Kind,
    PrintedTable,
    RuledTable,
    Table,
)
from generator.names import shown
from generator.problems import ConfigError, Problem, Report, UnreadableError
from generator.read import Reading, Task, read_file
from generator.reading import read_documents, read_source
from generator.tables.by_coordinates import sort_tables
from generator.tables.coordinates import BoundColumn, Panel, bind_columns, split_panels
from generator.tables.identity import Identity, identify
from generator.tables.pages import sort_pages
from generator.tables.parts import split_parts
from generator.workers import Died, run_all

_ENDINGS = (".pdf", ".txt")


@dataclass(frozen=True, slots=True)
class Look:
    """What a worker saw of a file: its reading, its text, its ruled tables, who discloses.

    ``printed`` are the tables as printed of a file of which nothing else was read.
    """

    reading: Reading
    document: Document | None = None
    ruled: tuple[RuledTable, ...] = ()
    identity: Identity | None = None
    printed: tuple[PrintedTable, ...] = ()


def look(task: Task) -> Look:
    """Read a file, and look at the ruled tables in it, whether it could be read or not."""
    reading = read_file(task)
    scratch = Report(task.name)
    try:
        document = _document(task, reading, scratch)
    except Exception:  # what is wrong with the file is among the problems of its reading
        return Look(reading)
    pages = sort_pages(document, scratch)
    ruled = ruled_tables(pages.lines) if document.pages else ()
    if reading.disclosures:
        return Look(reading, document, ruled)
    try:
        identity = identify(document, split_parts(pages.lines), ruled, scratch)
    except UnreadableError:
        return Look(reading, document, ruled)
    found = sort_tables(ruled, identity.kind, identity.year, frozenset(), scratch)
    return Look(reading, document, ruled, identity, found.printed)


def _document(task: Task, reading: Reading, report: Report) -> Document:
    if reading.disclosures:
        return reading.disclosures[0].extract.document
    source = read_source(task.path, task.folder, task.limits)
    return read_documents(source, report, task.limits)[0]


def see(path: Path, settings: Settings) -> Seen:
    """See what is in one file. Raises ConfigError where it is no file that is ever read."""
    if path.suffix.lower() not in _ENDINGS:
        raise ConfigError(f"{shown(str(path))}: expected a .pdf or a .txt")
    definitions(), vocabulary()  # a slip in them is told before anything is read
    limits = settings.limits
    task = Task(path, path.parent, read_departments(settings.departments), limits)
    ((_, result),) = run_all(
        look, [task], jobs=1, seconds=2 * limits.seconds, memory_mb=limits.memory_mb
    )
    found = _died(task, result) if isinstance(result, Died) else result
    return Seen(path, found, settings.checks)


def _died(task: Task, died: Died) -> Look:
    report = Report(task.name)
    if died.timed_out:
        report.add("time-limit", seconds=task.limits.seconds)
    else:
        report.add("reader-died", reason=died.exit_code, memory_mb=task.limits.memory_mb)
    return Look(Reading(task.name, problems=tuple(report.problems)))


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A ruled table, its columns and panels, and what became of it: standard, printed, or text."""

    ruled: RuledTable
    columns: tuple[BoundColumn, ...]
    panels: tuple[Panel, ...]
    table: Table | None = None
    printed: PrintedTable | None = None

    @property
    def known(self) -> Definition | None:
        """The standard table that it was read as."""
        return definition(self.table.id) if self.table else None

    @property
    def why(self) -> str:
        """Why it is the standard table that it is, or none."""
        if self.table and not self.table.by_coordinates:
            return "表名和栏目与已知的版式一致"
        if self.table and self.known:
            words = telling_words(self.ruled.title, self.known)
            return f"表名里有{_quoted(words.having)}" if words else ""
        return self.printed.reason if self.printed else "没有作为表格读取，其文字在文字说明里"


def _quoted(words: Sequence[str]) -> str:
    return "、".join(f"“{word.replace('｜', '”或“')}”" for word in words)


class Seen:
    """One file as it was seen."""

    def __init__(self, path: Path, found: Look, rules: Mapping[str, bool]) -> None:
        self.path, self.found, self.rules = path, found, rules

    @property
    def document(self) -> Document | None:
        """The text of the file, as the way of reading that is published saw it."""
        return self.found.document

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read as it should."""
        return self.found.reading.problems

    @property
    def extract(self) -> Extract | None:
        """What was read, if the file is a disclosure that could be."""
        read = self.found.reading.disclosures
        return read[0].extract if read else None

    @cached_property
    def disclosure(self) -> Disclosure | None:
        """What would be published: all ways of reading merged."""
        read = self.found.reading.disclosures
        return merge(read) if read else None

    @cached_property
    def checked(self) -> Checked | None:
        """The disclosure, and what came of all checks of it by itself."""
        if self.disclosure is None:
            return None
        return run_all_checks([self.disclosure], self.rules)[0]

    @property
    def identity(self) -> Identity | None:
        """Who discloses what, as far as it can be told."""
        said = self.extract
        if said is None:
            return self.found.identity
        return Identity(said.department_name, said.year, said.kind, said.evidence)

    @property
    def kind(self) -> Kind:
        """Whether it is a budget or accounts; a budget where nobody can tell."""
        return self.identity.kind if self.identity else "budget"

    @cached_property
    def tables(self) -> tuple[SeenTable, ...]:
        """The ruled tables, in the order of the pages."""
        return tuple(self._tables())

    def _tables(self) -> Iterator[SeenTable]:
        tables = {each.id: each for each in (self.extract.tables if self.extract else ())}
        printed = self.extract.printed if self.extract else self.found.printed
        as_printed = {each.table.first_line: each for each in printed}
        for ruled in self.found.ruled:
            columns = bind_columns(ruled)
            name = self._name(ruled)
            yield SeenTable(
                ruled,
                columns,
                split_panels(columns, ruled),
                tables.get(name),
                None if name in tables else as_printed.get(ruled.first_line),
            )

    def _name(self, ruled: RuledTable) -> str:
        """The table that most lines of a ruled one were read as; blank: none."""
        uses = self.extract.uses if self.extract else {}
        names = Counter(uses[row.line].table for row in ruled.body if row.line in uses)
        return names.most_common(1)[0][0] if names else ""

    @property
    def without_grid(self) -> tuple[Table, ...]:
        """The standard tables that were read off lines of text, without ruled cells."""
        ruled = {each.table.id for each in self.tables if each.table}
        tables = self.extract.tables if self.extract else ()
        return tuple(table for table in tables if table.id not in ruled)
