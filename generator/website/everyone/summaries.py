"""The summaries of all disclosures, on disk: what pages about many of them ask.

An embedded database that SQLite keeps in a temporary file of its own, so memory stays flat however
many there are. Every order is complete: equals follow by the ids of their disclosures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import TracebackType
from typing import Any, TypeVar

from generator import wire
from generator.website.department.figures import PublishedProject
from generator.website.department.spending import Spent, UnitSpent
from generator.website.department.summary import DisclosureHead, DisclosureSummary, PrintedTerm
from generator.website.department.told import ToldCase, ToldDisclosure, ToldFinding
from generator.website.everyone.location import location_of, province_and_city, sort_name
from generator.website.everyone.summary_tables import DEPARTMENT_ORDERS, PROJECT_ORDERS, SCHEMA
from generator.website.published.checks import Tally, add

_Kind = TypeVar("_Kind")


@dataclass(frozen=True)
class SummaryProject:
    """One project in a list; ``number`` is its place on the page of its disclosure."""

    head: DisclosureHead
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
        head, yuan = summary.head, summary.expenditure
        who, region = head.department, location_of(head.department)
        place = (*province_and_city(region), region, who.level, head.bureau)
        size = float(yuan.yuan) if yuan else None
        listed = replace(summary, spent=summary.classes, units=(), projects=(), terms=())
        key = (head.id, who.id, head.year, head.kind)
        self._insert("disclosure", [(*key, *place, size, wire.encode(head), wire.encode(listed))])
        self._db.execute(
            "INSERT INTO department VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
            " latest=excluded.latest, year=excluded.year, kind=excluded.kind, name=excluded.name,"
            " province=excluded.province, city=excluded.city, region=excluded.region,"
            " level=excluded.level, bureau=excluded.bureau, yuan=excluded.yuan"
            " WHERE (excluded.year, excluded.kind) > (year, kind)",
            (who.id, head.id, *key[2:], sort_name(who.names.chinese), *place, size),
        )
        self._add_rows(summary, place[0])

    def _add_rows(self, summary: DisclosureSummary, province: str) -> None:
        head = summary.head
        id_, year, kind, who = head.id, head.year, head.kind, head.department.id
        spent = [
            (s.classification, s.code, year, kind, float(s.whole.yuan), id_, wire.encode(s))
            for s in summary.spent
        ]
        projects = [
            (id_, number, who, year, kind, province, head.bureau, p.name,
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
        self, order: str = "by-place", most: int = -1, **where: object
    ) -> Iterator[DisclosureSummary]:
        """The latest disclosures of departments, in one of `DEPARTMENT_ORDERS`."""
        clause, values = _clause(where)
        yield from self._decoded(
            "SELECT (SELECT data FROM disclosure d WHERE d.id = department.latest)"
            f" FROM department{clause} ORDER BY {DEPARTMENT_ORDERS[order]} LIMIT ?",
            (*values, most),
            DisclosureSummary,
        )

    def disclosures(self, **where: object) -> Iterator[DisclosureSummary]:
        """Disclosures by department, oldest first."""
        clause, values = _clause(where)
        yield from self._decoded(
            f"SELECT data FROM disclosure{clause} ORDER BY department, year, kind",
            values,
            DisclosureSummary,
        )

    def largest(self, **where: object) -> Iterator[DisclosureSummary]:
        """Disclosures, the largest expenditure first."""
        clause, values = _clause(where)
        yield from self._decoded(
            f"SELECT data FROM disclosure{clause} ORDER BY yuan IS NULL, yuan DESC, id",
            values,
            DisclosureSummary,
        )

    def range(self, **where: object) -> list[DisclosureSummary]:
        """The disclosures of the largest total and of the least; fewer where fewer print one."""
        clause, values = _clause(where)
        found = "SELECT id, data, yuan FROM disclosure" + clause + " AND yuan IS NOT NULL"
        return list(
            self._decoded(
                f"SELECT data FROM (SELECT * FROM ({found} ORDER BY yuan DESC, id LIMIT 1)"
                f" UNION SELECT * FROM ({found} ORDER BY yuan, id DESC LIMIT 1))"
                " ORDER BY yuan DESC, id",
                (*values, *values),
                DisclosureSummary,
            )
        )

    def figures(self) -> int:
        """How many amounts all of them have."""
        return sum(each.figures for each in self.disclosures())

    def doubtful(self, language: str) -> int:
        """How many disclosures have contradictions."""
        return self._number(
            "SELECT COUNT(DISTINCT disclosure) FROM contradiction WHERE language = ?", (language,)
        )

    def groups(self, *columns: str, **where: object) -> list[tuple[Any, ...]]:
        """The values of some columns over all disclosures, each with how many departments."""
        return self._grouped("disclosure", "COUNT(DISTINCT department)", columns, where)

    def department_groups(self, *columns: str, **where: object) -> list[tuple[Any, ...]]:
        """The values of some columns over all departments, each with how many there are."""
        return self._grouped("department", "COUNT(*)", columns, where)

    def _grouped(
        self, table: str, count: str, columns: Sequence[str], where: dict[str, object]
    ) -> list[tuple[Any, ...]]:
        clause, values = _clause(where)
        names = ", ".join(columns)
        return self._db.execute(
            f"SELECT {names}, {count} FROM {table}{clause} GROUP BY {names} ORDER BY {names}",
            values,
        ).fetchall()

    def tally(self) -> Tally:
        """The checks of all disclosures."""
        return add(each.tally for each in self.disclosures())

    def spenders(
        self, classification: str, code: str, year: int, kind: str
    ) -> Iterator[tuple[DisclosureSummary, Spent]]:
        """What disclosures of a year and kind print under a code, the largest first."""
        rows = self._db.execute(
            "SELECT d.data, s.data FROM spent s JOIN disclosure d ON d.id = s.disclosure"
            " WHERE s.classification = ? AND s.code = ? AND s.year = ? AND s.kind = ?"
            " AND s.yuan <> 0 ORDER BY s.yuan DESC, s.disclosure",
            (classification, code, year, kind),
        )
        for data, spent in rows:
            yield wire.decode(data, DisclosureSummary), wire.decode(spent, Spent)

    def spent_in_all(
        self, classification: str, code: str, year: int, kind: str
    ) -> tuple[Decimal, int]:
        """What all of them print under a code together, and how many print the largest amount."""
        rows = self._decoded(
            "SELECT data FROM spent WHERE classification = ? AND code = ? AND year = ?"
            " AND kind = ? AND yuan <> 0 ORDER BY yuan DESC",
            (classification, code, year, kind),
            Spent,
        )
        whole, top, tied = Decimal(0), Decimal(0), 0
        for each in rows:
            top = top if tied else each.whole.yuan
            whole, tied = whole + each.whole.yuan, tied + (each.whole.yuan == top)
        return whole, tied

    def units(self, disclosure: str, code: str) -> Iterator[UnitSpent]:
        """What the units of a disclosure spend under a code."""
        yield from self._decoded(
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

    def project_groups(self, *columns: str, **where: object) -> list[tuple[Any, ...]]:
        """The values of some columns over all projects, each with how many there are."""
        return self._grouped("project", "COUNT(*)", columns, where)

    def projects(self, order: str = "by-amount", **where: object) -> Iterator[SummaryProject]:
        """Projects, in one of `PROJECT_ORDERS`."""
        clause, values = _clause(where)
        rows = self._db.execute(
            "SELECT (SELECT head FROM disclosure d WHERE d.id = project.disclosure), number, data"
            f" FROM project{clause} ORDER BY {PROJECT_ORDERS[order]}",
            values,
        )
        for head, number, data in rows:
            yield SummaryProject(
                wire.decode(head, DisclosureHead), number, wire.decode(data, PublishedProject)
            )

    def terms(self) -> Iterator[tuple[DisclosureHead, PrintedTerm]]:
        """Every term that a disclosure explains."""
        rows = self._db.execute(
            "SELECT head, term.data FROM term JOIN disclosure d ON d.id = term.disclosure"
            " ORDER BY term.disclosure, number"
        )
        for head, data in rows:
            yield wire.decode(head, DisclosureHead), wire.decode(data, PrintedTerm)

    def contradictions(self, language: str) -> Iterator[tuple[DisclosureHead, ToldCase]]:
        """The contradictions as a language tells them, the largest first."""
        rows = self._db.execute(
            "SELECT head, c.data FROM contradiction c JOIN disclosure d ON d.id = c.disclosure"
            " WHERE language = ? ORDER BY c.yuan IS NULL, c.yuan DESC, c.disclosure, number",
            (language,),
        )
        for head, data in rows:
            yield wire.decode(head, DisclosureHead), wire.decode(data, ToldCase)

    def remarks(self, language: str) -> Iterator[tuple[DisclosureHead, ToldFinding]]:
        """The remarks as a language tells them, by disclosure."""
        rows = self._db.execute(
            "SELECT head, r.data FROM remark r JOIN disclosure d ON d.id = r.disclosure"
            " WHERE language = ? ORDER BY r.disclosure, number",
            (language,),
        )
        for head, data in rows:
            yield wire.decode(head, DisclosureHead), wire.decode(data, ToldFinding)

    def _number(self, query: str, values: Iterable[object] = ()) -> int:
        return int(self._db.execute(query, tuple(values)).fetchone()[0])

    def _decoded(self, query: str, values: Iterable[object], kind: type[_Kind]) -> Iterator[_Kind]:
        for (data,) in self._db.execute(query, tuple(values)):
            yield wire.decode(data, kind)


def _clause(where: dict[str, object]) -> tuple[str, tuple[object, ...]]:
    """Say in SQL what columns are; their names are ours."""
    said = " AND ".join(f"{name} = ?" for name in where)
    return (f" WHERE {said}" if said else ""), tuple(where.values())
