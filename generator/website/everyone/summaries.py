"""The summaries of all disclosures, on disk: what pages about many of them ask.

An embedded database that SQLite keeps in a temporary file of its own, so memory stays flat however
many there are. Every order is complete: equals follow by the ids of their disclosures.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, TypeVar

from generator import wire
from generator.website.department.figures import PublishedProject
from generator.website.department.summary import DisclosureHead, DisclosureSummary, PrintedTerm
from generator.website.department.told import ToldCase, ToldContradiction, ToldDisclosure
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


#: A query, and the values that it is asked with.
Question = tuple[str, tuple[Any, ...]]


class Summaries:
    """All summaries. What a list shows comes back without its spending, projects and terms."""

    def __init__(self) -> None:
        """Open an empty one."""
        self._listeners = list[dict[Question, None]]()
        self._answers = dict[Question, str]()
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)

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
        self.database.close()

    def add(self, summary: DisclosureSummary) -> None:
        """Add a disclosure."""
        head, yuan = summary.head, summary.expenditure
        who, region = head.department, location_of(head.department)
        place = (*province_and_city(region), region, who.level, head.bureau)
        size = float(yuan.yuan) if yuan else None
        listed = replace(
            summary, spent=summary.classes, units=(), projects=(), terms=(), followed=(), stated=()
        )
        key = (head.id, who.id, head.year, head.kind)
        self._insert("disclosure", [(*key, *place, size, wire.encode(head), wire.encode(listed))])
        self.database.execute(
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
        amounts = [
            (p.key, id_, who, year, kind, float(p.yuan), str(p.yuan), p.line)
            for p in summary.followed
        ]
        self._insert("amount", amounts)
        stated = [
            (m.subject, id_, year, float(m.now), float(m.before), str(m.now), str(m.before), m.line)
            for m in summary.stated
        ]
        self._insert("stated", stated)
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
            self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    # What pages ask; what other modules of this room ask has no method here.

    def rows(self, query: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """Ask for rows."""
        question = query, tuple(values)
        self.note([question])
        return self.database.execute(*question)

    @contextmanager
    def listening(self) -> Iterator[Mapping[Question, None]]:
        """Note inside what is asked, each question once; who listens around it hears it, too."""
        asked = dict[Question, None]()
        self._listeners.append(asked)
        try:
            yield asked
        finally:
            self._listeners.pop()

    def note(self, questions: Iterable[Question]) -> None:
        """Let who listens know of questions whose answers are at hand."""
        if self._listeners:
            known = dict.fromkeys(questions)
            for asked in self._listeners:
                asked.update(known)

    def answer(self, query: str, values: Iterable[object]) -> str:
        """A hash of the answer to a question; nothing is added any more once this is asked."""
        question = query, tuple(values)
        if question not in self._answers:
            found = hashlib.sha256()
            for row in self.database.execute(*question):
                found.update(wire.encode(row))
            self._answers[question] = found.hexdigest()
        return self._answers[question]

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
        yield from self.ask(
            "SELECT (SELECT data FROM disclosure d WHERE d.id = department.latest)"
            f" FROM department{clause} ORDER BY {DEPARTMENT_ORDERS[order]} LIMIT ?",
            (*values, most),
            DisclosureSummary,
        )

    def disclosures(self, **where: object) -> Iterator[DisclosureSummary]:
        """Disclosures by department, oldest first."""
        clause, values = _clause(where)
        yield from self.ask(
            f"SELECT data FROM disclosure{clause} ORDER BY department, year, kind",
            values,
            DisclosureSummary,
        )

    def largest(self, **where: object) -> Iterator[DisclosureSummary]:
        """Disclosures, the largest expenditure first."""
        clause, values = _clause(where)
        yield from self.ask(
            f"SELECT data FROM disclosure{clause} ORDER BY yuan IS NULL, yuan DESC, id",
            values,
            DisclosureSummary,
        )

    def range(self, **where: object) -> list[DisclosureSummary]:
        """The disclosures of the largest total and of the least; fewer where fewer print one."""
        clause, values = _clause(where)
        found = "SELECT id, data, yuan FROM disclosure" + clause + " AND yuan IS NOT NULL"
        return list(
            self.ask(
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
        return self.rows(
            f"SELECT {names}, {count} FROM {table}{clause} GROUP BY {names} ORDER BY {names}",
            values,
        ).fetchall()

    def tally(self) -> Tally:
        """The checks of all disclosures."""
        return add(each.tally for each in self.disclosures())

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
        rows = self.rows(
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
        rows = self.rows(
            "SELECT head, term.data FROM term JOIN disclosure d ON d.id = term.disclosure"
            " ORDER BY term.disclosure, number"
        )
        for head, data in rows:
            yield wire.decode(head, DisclosureHead), wire.decode(data, PrintedTerm)

    def contradictions(self, language: str) -> Iterator[tuple[DisclosureHead, ToldCase]]:
        """The contradictions as a language tells them, the largest first."""
        rows = self.rows(
            "SELECT head, c.data FROM contradiction c JOIN disclosure d ON d.id = c.disclosure"
            " WHERE language = ? ORDER BY c.yuan IS NULL, c.yuan DESC, c.disclosure, number",
            (language,),
        )
        for head, data in rows:
            yield wire.decode(head, DisclosureHead), wire.decode(data, ToldCase)

    def remarks(self, language: str) -> Iterator[tuple[DisclosureHead, ToldContradiction]]:
        """The remarks as a language tells them, by disclosure."""
        rows = self.rows(
            "SELECT head, r.data FROM remark r JOIN disclosure d ON d.id = r.disclosure"
            " WHERE language = ? ORDER BY r.disclosure, number",
            (language,),
        )
        for head, data in rows:
            yield wire.decode(head, DisclosureHead), wire.decode(data, ToldContradiction)

    def _number(self, query: str, values: Iterable[object] = ()) -> int:
        return int(self.rows(query, tuple(values)).fetchone()[0])

    def ask(self, query: str, values: Iterable[object], kind: type[_Kind]) -> Iterator[_Kind]:
        """Ask for values of one kind, whose bytes are the only column."""
        for (data,) in self.rows(query, tuple(values)):
            yield wire.decode(data, kind)


def _clause(where: dict[str, object]) -> tuple[str, tuple[object, ...]]:
    """Say in SQL what columns are; their names are ours."""
    said = " AND ".join(f"{name} = ?" for name in where)
    return (f" WHERE {said}" if said else ""), tuple(where.values())
