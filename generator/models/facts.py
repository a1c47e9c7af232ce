"""A disclosure, normalised: facts in exact yuan, projects, and the figures that prose states."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from generator.models.reading import Box, Document, Route
from generator.models.tables import ColumnRole, Extract, Role


class Department(Struct, frozen=True):
    """Who discloses: a lasting identifier, and the name that holds in the year at hand."""

    id: str
    name: str
    name_english: str = ""
    region_code: str = ""
    region: str = ""
    level: str = ""


class Fact(Struct, frozen=True):
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
    qualifier: str = ""
    amount_year: int | None = None
    government_economic_code: str = ""
    government_economic_name: str = ""
    column_role: ColumnRole = "total"


class Project(Struct, frozen=True):
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
#: is above or below the budget, a count of things, that there is ``none``, or nothing that is
#: known (``mentioned``).
Measure = Literal[
    "amount",
    "change",
    "growth",
    "share",
    "completion",
    "comparison",
    "quantity",
    "none",
    "mentioned",
]


class Statement(Struct, frozen=True):
    """One figure stated in prose: what it says, of what, and where.

    ``subject`` is a term of ``narrative.yaml`` or blank, ``subject_text`` its words.
    ``about`` is the statement that first named the subject, ``within`` the whole of which it is a
    part. ``value`` is in ``printed_unit``; None where the source prints ``--`` or only a word.
    ``reason``: why it changed, in the words of the source.
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
    reason: str = ""


class Disagreement(Struct, frozen=True):
    """Two readings of one amount that differ: the published one, and the other with its place."""

    fact_id: str
    route: Route
    file: str
    printed: str
    page: int | None
    line: int


def fact_prefix(department: Department, extract: Extract) -> str:
    """The beginning of all identifiers of a disclosure: ``<department>.<year>-<kind>``."""
    return f"{department.id}.{_slug(extract)}"


def _slug(extract: Extract) -> str:
    return f"{extract.year}-{extract.kind.replace('_', '-')}"


class Disclosure(Struct, frozen=True):
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
        return _slug(self.extract)

    @property
    def prefix(self) -> str:
        """The beginning of the identifiers of all that the disclosure holds."""
        return fact_prefix(self.department, self.extract)

    @property
    def id(self) -> str:
        """The identifier of the disclosure, such as ``…-data/2025-budget``."""
        return f"{self.department.id}/{self.slug}"
