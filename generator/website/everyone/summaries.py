"""The summaries of all disclosures, on disk: what pages about many of them ask.

An embedded database that SQLite keeps in a temporary file of its own, so memory stays flat however
many there are. Every order is complete: equals follow by the ids of their disclosures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TypeVar

from generator import wire
from generator.website.department.figures import PublishedProject
from generator.website.department.spending import Spent, UnitSpent
from generator.website.department.summary import DisclosureSummary, PrintedTerm
from generator.website.department.told import ToldCase, ToldDisclosure, ToldFinding
from generator.website.everyone.places import place_of, province_and_city
from generator.website.everyone.summary_tables import DEPARTMENT_ORDERS, PROJECT_ORDERS, SCHEMA
from generator.website.published.checks import Tally, add

_Kind = TypeVar("_Kind")


@dataclass(frozen=True)
class SummaryProject:
    """One project in a list; ``number`` is its place on the page of its disclosure."""

    disclosure: str
    number: int
    project: PublishedProject


class Summaries:
    """All summaries. What a list shows comes back without its spending, projects and terms."""

    def __init__(self) -> None:
        """Open an empty one."""
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)

    def __enter__(self) -> Summaries:
        """Let it be closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it, and take its file away."""
        self._db.close()

    def add(self, summary: DisclosureSummary) -> None:
        """Add a disclosure."""
        who, yuan = summary.department, summary.expenditure
        region = place_of(who).code
        place = (*province_and_city(region), region, who.level, summary.bureau)
        size = float(yuan.yuan) if yuan else None
        listed = replace(summary, spent=summary.classes, units=(), projects=(), terms=())
        key = (summary.id, who.id, summary.year, summary.kind)
        self._insert("disclosure", [(*key, *place, size, wire.encode(listed))])
        self._db.execute(
            "INSERT INTO department VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
            " latest=excluded.latest, year=excluded.year, kind=excluded.kind, name=excluded.name,"
            " province=excluded.province, city=excluded.city, region=excluded.region,"
            " level=excluded.level, bureau=excluded.bureau, yuan=excluded.yuan"
            " WHERE (excluded.year, excluded.kind) > (year, kind)",
            (who.id, summary.id, *key[2:], who.names.chinese, *place, size),
        )
        self._add_rows(summary, place[0])

    def _add_rows(self, summary: DisclosureSummary, province: str) -> None:
        id_, year, kind = summary.id, summary.year, summary.kind
        who, bureau = summary.department.id, summary.bureau
        spent = [
            (s.classification, s.code, year, kind, float(s.whole.yuan), id_, wire.encode(s))
            for s in summary.spent
        ]
        projects = [
            (id_, number, who, year, kind, province, bureau, p.name,
             None if p.yuan is None else float(p.yuan), wire.encode(p))
            for number, p in enumerate(summary.projects, 1)
        ]  # fmt: skip
        self._insert("spent", spent)
        self._insert("units", [(u.code, id_, wire.encode(u)) for u in summary.units])
        self._insert("project", projects)
        terms = enumerate(summary.terms)
        self._insert("term", [(id_, number, wire.encode(t)) for number, t in terms])

    def tell(self, language: str, told: ToldDisclosure) -> None:
        """Add the contradictions and remarks of a disclosure, as a language tells them."""
        cases = [
            (language, c.disclosure, c.number, None if c.yuan is None else float(c.yuan),
             wire.encode(c))
            for c in told.cases
        ]  # fmt: skip
        self._insert("contradiction", cases)
        remarks = enumerate(told.remarks)
        self._insert(
            "remark", [(language, told.disclosure, n, wire.encode(each)) for n, each in remarks]
        )

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ",".join("?" * len(rows[0]))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    # What pages ask.

    def __len__(self) -> int:
        """How many disclosures there are."""
        return self._number("SELECT COUNT(*) FROM disclosure")

    def count(self, **where: object) -> int:
        """How many departments there are; ``where`` names columns and what they are."""
        clause, values = _clause(where)
        return self._number(f"SELECT COUNT(*) FROM department{clause}", values)

    def departments(
        self, order: str = "by-place", at: int = 0, most: int = -1, **where: object
    ) -> list[DisclosureSummary]:
        """The latest disclosures of departments, in one of `DEPARTMENT_ORDERS`."""
        clause, values = _clause(where)
        return self._decoded(
            "SELECT (SELECT data FROM disclosure d WHERE d.id = department.latest)"
            f" FROM department{clause} ORDER BY {DEPARTMENT_ORDERS[order]} LIMIT ? OFFSET ?",
            (*values, most, at),
            DisclosureSummary,
        )

    def held(self, department: str) -> list[DisclosureSummary]:
        """All disclosures of a department, oldest first."""
        return self._decoded(
            "SELECT data FROM disclosure WHERE department = ? ORDER BY year, kind",
            (department,),
            DisclosureSummary,
        )

    def disclosures(self, at: int = 0, most: int = -1, **where: object) -> list[DisclosureSummary]:
        """Disclosures, the largest expenditure first."""
        clause, values = _clause(where)
        return self._decoded(
            f"SELECT data FROM disclosure{clause} ORDER BY yuan IS NULL, yuan DESC, id"
            " LIMIT ? OFFSET ?",
            (*values, most, at),
            DisclosureSummary,
        )

    def each(self) -> Iterator[DisclosureSummary]:
        """Every disclosure, one after the other."""
        for (data,) in self._db.execute("SELECT data FROM disclosure ORDER BY id"):
            yield wire.decode(data, DisclosureSummary)

    def disclosure(self, id_: str) -> DisclosureSummary:
        """One disclosure."""
        found = self._decoded("SELECT data FROM disclosure WHERE id = ?", (id_,), DisclosureSummary)
        return found[0]

    def groups(self, *columns: str, **where: object) -> list[tuple[str, ...]]:
        """The values of some columns over all disclosures, each with how many departments."""
        return self._grouped("disclosure", "COUNT(DISTINCT department)", columns, where)

    def department_groups(self, *columns: str, **where: object) -> list[tuple[str, ...]]:
        """The values of some columns over all departments, each with how many there are."""
        return self._grouped("department", "COUNT(*)", columns, where)

    def _grouped(
        self, table: str, count: str, columns: Sequence[str], where: dict[str, object]
    ) -> list[tuple[str, ...]]:
        clause, values = _clause(where)
        names = ", ".join(columns)
        return self._db.execute(
            f"SELECT {names}, {count} FROM {table}{clause} GROUP BY {names} ORDER BY {names}",
            values,
        ).fetchall()

    def tally(self) -> Tally:
        """The checks of all disclosures."""
        return add(each.tally for each in self.each())

    def spenders(
        self, classification: str, code: str, year: int, kind: str
    ) -> Iterator[tuple[str, Spent]]:
        """What disclosures of a year and kind print under a code, the largest first."""
        rows = self._db.execute(
            "SELECT disclosure, data FROM spent WHERE classification = ? AND code = ?"
            " AND year = ? AND kind = ? ORDER BY yuan DESC, disclosure",
            (classification, code, year, kind),
        )
        yield from ((id_, wire.decode(data, Spent)) for id_, data in rows)

    def units(self, disclosure: str, code: str) -> list[UnitSpent]:
        """What the units of a disclosure spend under a code."""
        return self._decoded(
            "SELECT data FROM units WHERE disclosure = ? AND code = ? ORDER BY rowid",
            (disclosure, code),
            UnitSpent,
        )

    def codes(self, classification: str) -> list[tuple[str, str, int]]:
        """Every code of a list that anything stands under, with a printed name and its spenders."""
        rows = self._db.execute(
            "SELECT code, MAX(data), COUNT(DISTINCT CASE WHEN yuan <> 0 THEN substr(disclosure, 1,"
            " instr(disclosure, '/')) END) FROM spent WHERE classification = ? GROUP BY code"
            " ORDER BY code",
            (classification,),
        )
        return [(code, wire.decode(data, Spent).name, count) for code, data, count in rows]

    def code_years(self, classification: str, code: str) -> list[tuple[int, str, int, int]]:
        """Years and kinds in which a code is printed: how often with an amount, how often zero."""
        return self._db.execute(
            "SELECT year, kind, SUM(yuan <> 0), SUM(yuan = 0) FROM spent WHERE classification = ?"
            " AND code = ? GROUP BY year, kind ORDER BY year DESC, kind",
            (classification, code),
        ).fetchall()

    def count_projects(self, **where: object) -> int:
        """How many projects there are."""
        clause, values = _clause(where)
        return self._number(f"SELECT COUNT(*) FROM project{clause}", values)

    def project_groups(self, *columns: str, **where: object) -> list[tuple[str, ...]]:
        """The values of some columns over all projects, each with how many there are."""
        return self._grouped("project", "COUNT(*)", columns, where)

    def projects(
        self, order: str = "by-amount", at: int = 0, most: int = -1, **where: object
    ) -> Iterator[SummaryProject]:
        """Projects, in one of `PROJECT_ORDERS`."""
        clause, values = _clause(where)
        rows = self._db.execute(
            f"SELECT disclosure, number, data FROM project{clause}"
            f" ORDER BY {PROJECT_ORDERS[order]} LIMIT ? OFFSET ?",
            (*values, most, at),
        )
        for id_, number, data in rows:
            yield SummaryProject(id_, number, wire.decode(data, PublishedProject))

    def terms(self) -> Iterator[tuple[str, PrintedTerm]]:
        """Every term that a disclosure explains, with the id of the disclosure."""
        rows = self._db.execute("SELECT disclosure, data FROM term ORDER BY disclosure, number")
        yield from ((id_, wire.decode(data, PrintedTerm)) for id_, data in rows)

    def contradictions(self, language: str) -> Iterator[ToldCase]:
        """The contradictions as a language tells them, the largest first."""
        rows = self._db.execute(
            "SELECT data FROM contradiction WHERE language = ?"
            " ORDER BY yuan IS NULL, yuan DESC, disclosure, number",
            (language,),
        )
        yield from (wire.decode(data, ToldCase) for (data,) in rows)

    def remarks(self, language: str) -> Iterator[tuple[str, ToldFinding]]:
        """The remarks as a language tells them, by disclosure."""
        rows = self._db.execute(
            "SELECT disclosure, data FROM remark WHERE language = ? ORDER BY disclosure, number",
            (language,),
        )
        yield from ((id_, wire.decode(data, ToldFinding)) for id_, data in rows)

    def _number(self, query: str, values: Iterable[object] = ()) -> int:
        return int(self._db.execute(query, tuple(values)).fetchone()[0])

    def _decoded(self, query: str, values: Iterable[object], kind: type[_Kind]) -> list[_Kind]:
        return [wire.decode(data, kind) for (data,) in self._db.execute(query, tuple(values))]


def _clause(where: dict[str, object]) -> tuple[str, tuple[object, ...]]:
    """Say in SQL what columns are; their names are ours."""
    said = " AND ".join(f"{name} = ?" for name in where)
    return (f" WHERE {said}" if said else ""), tuple(where.values())
