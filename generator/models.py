"""The named shapes that pass from room to room, in the order in which they arise.

    Source file → Document → Extract (tables, sections) → Disclosure (facts, projects) → findings

All are frozen. Amounts stay the printed text until ``Fact``, where they become exact yuan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["budget", "final_accounts"]
Role = Literal["total", "subtotal", "item", "of_which"]

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
    "row",
    "note",
    "prose",
    "unread",
]


# ── reading ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page of a PDF, in points from the top left of the page as it is looked at."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: its number from 1, its page where breaks show, its text.

    ``boxes`` are the places of its cells, parted by tabs in the text; empty for a text source.
    ``page_number`` tells that it only numbers its page. ``place`` is where a line of running text
    stands on its page, ``edges`` where each of its characters (blanks apart) begins, and the end.
    """

    number: int
    page: int | None
    text: str
    boxes: tuple[Box | None, ...] = ()
    page_number: bool = False
    place: Box | None = None
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What people know about a source file; blank where a fact is not known."""

    department: str = ""
    department_name: str = ""
    year: int | None = None
    kind: Kind | None = None
    title: str = ""
    publisher: str = ""
    language: str = ""
    licence: str = ""
    address: str = ""
    published: str = ""
    retrieved: str = ""
    sha256: str = ""
    rendition: str = ""
    note: str = ""


#: How a source was read: a text's lines in order; a PDF's cells by their rulings and positions;
#: a PDF's text layer in its own order; a PDF's tables as pdfplumber finds them, where in doubt.
Route = Literal["flow:txt", "geometry:pdf", "flow:pdf", "plumber:pdf"]


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page of a PDF, in points, as it is looked at."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as one route read it: its lines, its hash (of the bytes) and its sidecar.

    ``encoding`` is a text's encoding, or ``pdf``; ``pages`` are the pages of a PDF.
    """

    file: str
    sha256: str
    size: int
    encoding: str
    lines: tuple[Line, ...]
    sidecar: Sidecar | None
    route: Route = "flow:txt"
    pages: tuple[PageSize, ...] = ()


# ── tables ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Column:
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


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed amount, the line that it stands on, and its box where the source is a PDF."""

    printed: str
    line: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One side of one printed row.

    ``number`` counts the printed rows of its table from 1; the two sides of a two-sided row share
    it. ``cells`` are in the order of the table's measure columns (of its side), None where the
    source is blank. ``text`` holds the performance target of a project.
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


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a text table (performance, self-evaluation): values by column, and its line."""

    values: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """One standard table of one disclosure, as printed."""

    id: str
    heading: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    first_line: int
    last_line: int
    records: tuple[Record, ...] = ()

    def measures(self, side: str = "") -> tuple[Column, ...]:
        """The amount columns of ``side`` (``""``: of a table without sides), in printed order."""
        return tuple(c for c in self.columns if c.measure and c.direction in ("", side))


@dataclass(frozen=True, slots=True)
class Section:
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


@dataclass(frozen=True, slots=True)
class LineUse:
    """What one line of the source was used for, and in which part and table it stands."""

    use: Use
    part: int | None = None
    table: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """All that a document says, before it is normalised."""

    document: Document
    kind: Kind
    year: int
    department_name: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    uses: Mapping[int, LineUse]


# ── facts ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Department:
    """Who discloses: a lasting identifier, and the name that holds in the year at hand."""

    id: str
    name: str
    name_english: str = ""
    region_code: str = ""
    region: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed amount, normalised to exact yuan, with its meaning and its place."""

    fact_id: str
    table: str
    row: int
    column: str
    side: str
    functional_code: str
    functional_name: str
    economic_code: str
    economic_name: str
    item: str
    unit: str
    project: str
    fund_source: str
    expenditure_type: str
    budget_phase: str
    label: str
    level: int
    role: Role
    amount: Decimal
    printed: str
    printed_unit: str
    source: str
    page: int | None
    line: int
    box: Box | None = None
    box_source: str = ""
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the project table: who runs it, its money by fund (yuan) and its target."""

    project_id: str
    unit: str
    name: str
    amount: Decimal | None
    printed: str
    printed_unit: str
    funds: Mapping[str, Decimal | None]
    target: str
    key: bool
    line: int


#: What a figure stated in prose says of its subject: its amount, its change and growth against
#: ``base``, its share of ``base``, how much of a budget was carried out, whether the final account
#: is above or below the budget, a count of things, or nothing that is known (``mentioned``).
Measure = Literal[
    "amount", "change", "growth", "share", "completion", "comparison", "quantity", "mentioned"
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure stated in prose: what it says, of what, and where.

    ``subject`` is a term of ``narrative.yaml`` or blank, ``subject_text`` its words.
    ``about`` is the statement that first named the subject, ``within`` the whole of which it is a
    part. ``value`` is in ``printed_unit``; None where the source prints ``--`` or only a word.
    """

    statement_id: str
    section: int
    subject: str
    subject_text: str
    measure: Measure
    phase: str
    base: str
    direction: str
    value: Decimal | None
    printed: str
    printed_unit: str
    about: str
    within: str
    year: int | None
    quote: str
    source: str
    page: int | None
    line: int
    box: Box | None = None
    box_source: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two readings of one amount that differ: the published one, and the other with its place."""

    fact_id: str
    route: Route
    file: str
    printed: str
    page: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One disclosure, normalised: what the packages publish."""

    department: Department
    extract: Extract
    facts: tuple[Fact, ...]
    projects: tuple[Project, ...]
    statements: tuple[Statement, ...] = ()
    #: What other routes, or other renditions, read differently.
    disagreements: tuple[Disagreement, ...] = ()
    #: All files that were read for it, the one that is published first.
    documents: tuple[Document, ...] = ()

    @property
    def slug(self) -> str:
        """The year and kind as they stand in addresses, such as ``2025-budget``."""
        return f"{self.extract.year}-{self.extract.kind.replace('_', '-')}"

    @property
    def id(self) -> str:
        """The identifier of the disclosure, such as ``…-data/2025-budget``."""
        return f"{self.department.id}/{self.slug}"


# ── checks ───────────────────────────────────────────────────────────────────────────────

#: ``remark``: of form and wording, never of arithmetic.
Outcome = Literal["holds", "rounding", "differs", "cannot_tell", "remark"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check at one place; figures are in ``printed_unit``.

    ``inputs`` are the facts and statements that took part, the one in question first; its place is
    ``table``, ``row``, ``side`` and ``column``, or ``statement``, and ``page`` and ``line``.
    ``acknowledged`` is what people said of a contradiction that is known.
    """

    rule: str
    outcome: Outcome
    sentence: str
    inputs: tuple[str, ...] = ()
    table: str = ""
    row: int | None = None
    side: str = ""
    column: str = ""
    statement: str = ""
    expected: Decimal | None = None
    printed: Decimal | None = None
    difference: Decimal | None = None
    printed_unit: str = ""
    page: int | None = None
    line: int | None = None
    quote: str = ""
    finding_id: str = ""
    acknowledged: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A disclosure and the findings of all its checks; ``failed`` if the program itself failed."""

    disclosure: Disclosure
    findings: tuple[Finding, ...] = field(default=())
    failed: str = ""
