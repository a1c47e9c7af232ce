"""Heads: what is known of each file that was read, while what was read of it lies on the disk.

A thousand readings are gigabytes; a head is a few lines, and all that is asked of a file before
the work of its department.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from generator.facts import has_tables, strength
from generator.facts.departments import spell
from generator.facts.identifiers import under
from generator.meaning.departments import Register
from generator.models import Department, Disclosure, Kind
from generator.problems import Problem
from generator.read import Reading, Task, read_file
from generator.tables.identity import is_from_file_name
from generator.wire import encode


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose disclosure a file is, and how much of it is there.

    ``of_file_name``: only the name of the file tells the department's; ``stated``: its sidecar
    gives the identifier. ``amounts`` and ``tables`` (those with rows) are of its strongest reading.
    ``moved`` tells that it is published under another department than was read, and ``renamed``
    under which name.
    """

    department: Department
    year: int
    kind: Kind
    has_tables: bool
    of_file_name: bool
    stated: bool
    sha256: str
    strength: int
    amounts: int
    tables: int
    moved: bool = False
    renamed: str = ""

    @property
    def id(self) -> str:
        """The identifier of the disclosure."""
        return f"{self.department.id}/{self.year}-{self.kind.replace('_', '-')}"

    @property
    def spelled(self) -> bool:
        """Whether nobody gave the identifier: it is the name's own sound."""
        return not self.stated and self.department.id == spell(self.department.name)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a file: what it says it is, if it was read, and what went wrong.

    ``identity`` tells which bytes were read (blank: none were), ``asked`` what the register was
    asked, and answered.
    """

    file: str
    identity: str = ""
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    asked: dict[str, dict[str, str] | None] = field(default_factory=dict)
    outcome: str = "not read"
    said: Claim | None = None

    @property
    def failed(self) -> bool:
        """Whether the file could not be read at all."""
        return any(problem.severity == "fatal" for problem in self.problems)

    def holds(self, register: Register) -> bool:
        """Tell whether a register answers what the one answered that this was read with."""
        return all(register.find(name) == row for name, row in self.asked.items())


@dataclass(frozen=True, slots=True)
class Aside:
    """The head of a file, and what was read of it as bytes: they are put aside unopened."""

    head: Head
    reading: bytes


def read_aside(task: Task) -> Aside:
    """Read one file, whatever happens; the work of one worker."""
    reading = read_file(task)
    return Aside(head_of(reading), encode(reading) if reading.disclosures else b"")


def head_of(reading: Reading) -> Head:
    """The head of a reading."""
    said = _said(reading.disclosures) if reading.disclosures else None
    return Head(
        reading.file,
        reading.identity,
        reading.problems,
        reading.seconds,
        reading.asked,
        reading.outcome,
        said,
    )


def _said(disclosures: Sequence[Disclosure]) -> Claim:
    first = disclosures[0]
    extract = first.extract
    sidecar = extract.document.sidecar
    best = min(disclosures, key=lambda each: strength(each.extract.document))
    return Claim(
        first.department,
        extract.year,
        extract.kind,
        has_tables(first),
        is_from_file_name(extract),
        bool(sidecar and sidecar.department),
        extract.document.sha256,
        strength(best.extract.document),
        len(best.facts),
        sum(bool(table.rows) for table in best.extract.tables),
    )


def as_in(said: Claim, disclosure: Disclosure) -> Disclosure:
    """A disclosure of a file under the department, and the name, that its head has by now."""
    if not said.moved:
        return disclosure
    moved = under(said.department.id, disclosure)
    if not said.renamed:
        return moved
    extract = replace(moved.extract, department_name=said.renamed)
    return replace(moved, extract=extract, department=said.department)
