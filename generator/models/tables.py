"""What a document says, as printed: standard tables, sections of prose, the use of each line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from generator.models.grids import RuledTable
from generator.models.reading import Box, Document, Kind

#: The standard tables of projects; the first has all of them, the second those explained in prose.
PROJECT_TABLE = "budget-project-by-unit"
KEY_TABLE = "key-projects"

Role = Literal["total", "subtotal", "item", "of_which"]

#: What a column of amounts is to its neighbours of the same year and phase: ``total`` of the row, a
#: ``part`` of it, a ``subtotal`` of some parts; part of one beside it, or a change between years.
ColumnRole = Literal["total", "subtotal", "part", "of_which", "change"]

#: What a line of the source text was used for; ``unread`` never passes without a problem.
Use = Literal[
    "blank",
    "contents",
    "heading",
    "title",
    "furniture",
    "header",
    "repeated_header",
    "repeated_total",
    "repeated_page",
    "row",
    "note",
    "prose",
    "unread",
]


class Column(Struct, frozen=True):
    """A column of a standard table, as its definition gives it.

    ``path`` is the stacked heading, outermost first. ``measure`` marks a column of amounts; the
    terms after it say what an amount in it means (``style.md`` of the guide has the vocabulary).
    """

    id: str
    title: str
    title_english: str
    path: tuple[str, ...]
    measure: bool = False
    fund_source: str = ""
    expenditure_type: str = ""
    budget_phase: str = ""
    item: str = ""
    direction: str = ""
    #: ``of_which``: part of a column beside it; ``brought_forward``; ``change`` between two years;
    #: ``unknown``: a word above it is not known, so its year and phase are those that are printed.
    qualifier: str = ""
    #: The class of the economic classification that its amounts are of.
    economic: str = ""
    #: The year that its amounts are of; None: that of the disclosure.
    year: int | None = None


class Cell(Struct, frozen=True):
    """A printed amount, the line that it stands on, and its box where the source is a PDF."""

    printed: str
    line: int
    box: Box | None = None


class Row(Struct, frozen=True):
    """One side of one printed row.

    ``number`` counts the printed rows of its table from 1; the two sides of a two-sided row share
    it. ``cells`` are in the order of the table's measure columns (of its side), None where the
    source is blank. ``key`` is what the row is known by in its table and side, in identifiers:
    wherever it stands, as long as it is called the same. ``text`` holds the performance target of a
    project. ``doubts`` say why a cell, by its place in ``cells``, was not read beyond doubt, be it
    left blank or not; ``level_doubt`` why the row's level was not. What is in doubt is a problem of
    ours and accuses nobody.
    """

    number: int
    label: str
    name: str
    line: int
    cells: tuple[Cell | None, ...]
    side: str = ""
    code: str = ""
    level: int = 0
    role: Role = "item"
    unit: str = ""
    item: str = ""
    text: str = ""
    indent: int = 0
    doubts: Mapping[int, str] = field(default_factory=dict)
    level_doubt: str = ""
    #: Code and name by classification, where the row prints several, or none is of its table.
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: The year that its amounts are of, and what they are of it, where a row says so.
    year: int | None = None
    qualifier: str = ""
    key: str = ""


class Record(Struct, frozen=True):
    """A row of a text table (performance, self-evaluation): values by column, line and key."""

    values: Mapping[str, str]
    line: int
    key: str = ""


class Account(Struct, frozen=True):
    """What became of the amounts that a table prints, by number: none may be ``lost`` unnamed.

    ``named`` amounts stand in a problem instead of the data; ``lost`` ones were not read, and a
    problem says how many.
    """

    printed: int = 0
    published: int = 0
    repeated: int = 0
    named: int = 0
    lost: int = 0


class Table(Struct, frozen=True):
    """One standard table of one disclosure, as printed.

    ``gap`` says what of it was printed and not read (an amount, a heading, a page): its sums are
    then not beyond doubt.
    """

    id: str
    heading: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    first_line: int
    last_line: int
    records: tuple[Record, ...] = ()
    gap: str = ""
    account: Account | None = None
    #: Whether its columns were bound by what their headings say, not by a layout known before.
    by_coordinates: bool = False

    def measures(self, side: str = "") -> tuple[Column, ...]:
        """The amount columns of ``side`` (``""``: of a table without sides), in printed order."""
        return tuple(c for c in self.columns if c.measure and c.direction in ("", side))


class PrintedTable(Struct, frozen=True):
    """A ruled table that is published as it is printed, since nobody says what it means.

    ``amounts``: how many it prints. ``reason``: why it is no standard table, in a sentence.
    """

    id: str
    table: RuledTable
    amounts: int
    reason: str


class Section(Struct, frozen=True):
    """A stretch of prose under one heading; paragraphs are separated by line feeds."""

    part: int
    part_title: str
    topic: str
    number: str
    heading: str
    level: int
    text: str
    first_line: int
    last_line: int


class LineUse(Struct, frozen=True):
    """What one line of the source was used for, and in which part and table it stands."""

    use: Use
    part: int | None = None
    table: str = ""


class Extract(Struct, frozen=True):
    """All that a document says, before it is normalised.

    ``cut``: it ends early, since more must follow.
    """

    document: Document
    kind: Kind
    year: int
    department_name: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    uses: Mapping[int, LineUse]
    cut: bool = False
    printed: tuple[PrintedTable, ...] = ()
    #: Where kind, year and department were found.
    evidence: tuple[tuple[str, str], ...] = ()

    @property
    def by_coordinates(self) -> bool:
        """Whether its tables were read by what their headings say, rather than by known layouts."""
        return any(table.by_coordinates for table in self.tables)

    @property
    def phase(self) -> str:
        """The phase of its amounts, unless they say another: ``approved`` or ``executed``."""
        return "approved" if self.kind == "budget" else "executed"
