"""The rows of ``changes.csv``: what became of a disclosure, an amount, an acknowledgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.models import Checked, Disclosure
from generator.packages.compared import Difference, Row
from generator.packages.imprint import last_day
from generator.packages.published import Published
from generator.packages.registers import title
from generator.packages.resources import Value
from generator.problems import Problem, Report

#: Of one disclosure so many amounts that would change are named, and the rest counted.
_NAMED = 20
Subject = Literal["disclosure", "table", "fact", "finding"]
Reason = Literal[
    "added",
    "withdrawn",
    "renamed",
    "source_replaced",
    "source_added",
    "source_removed",
    "reading_mended",
    "acknowledged",
]


@dataclass(frozen=True, slots=True)
class DataChange:
    """A row of ``changes.csv``, in the order of its fields but for the version before them.

    Of an amount ``was`` and ``is_now`` are what is printed, and the yuan are exact.
    """

    disclosure: str
    subject: Subject
    identifier: str
    label: str
    was: str
    is_now: str
    reason: Reason
    yuan_was: str = ""
    yuan_is: str = ""
    date: str = ""
    note: str = ""

    def row(self, version: str) -> tuple[Value, ...]:
        """The row of a version."""
        return (
            version, self.disclosure, self.subject, self.identifier, self.label, self.was,
            self.is_now, self.yuan_was, self.yuan_is, self.reason, self.date, self.note,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackageTitles:
    """What tables and columns of a package are called."""

    tables: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, published: Published) -> PackageTitles:
        """Those that its descriptor gives."""
        resources = published.raw()["resources"]
        columns = {
            (each["name"], column["name"]): str(column.get("title", column["name"]))
            for each in resources
            for column in each["schema"]["fields"]
        }
        return cls({each["name"]: str(each.get("title", "")) for each in resources}, columns)

    def table(self, name: str) -> str:
        """The title of a table, in its brackets."""
        return f"《{self.tables.get(name) or name}》"

    def fact(self, row: Row) -> str:
        """Where an amount stands: table, row and column."""
        table, column = row["table_id"], row["column_id"]
        return f"{self.table(table)}“{row['label']}”{self.columns.get((table, column), column)}"


def of_disclosure(disclosure: Disclosure, was: str, is_now: str, reason: Reason) -> DataChange:
    """What became of a disclosure, or of its sources, on the last day that these are of."""
    key, name, date = disclosure.id, title(disclosure), last_day(disclosure)
    return DataChange(key, "disclosure", key, name, was, is_now, reason, date=date)


def of_figure(
    disclosure: str, each: Difference, titles: PackageTitles, reason: Reason
) -> DataChange:
    """What became of one amount."""
    was, now = each.before or {}, each.after or {}
    printed = (_printed(was), _printed(now))
    yuan = (was.get("amount_yuan", ""), now.get("amount_yuan", ""))
    label = titles.fact(was or now)
    return DataChange(disclosure, "fact", each.identifier, label, *printed, reason, *yuan)


def _printed(row: Row) -> str:
    return f"{row['printed']} {row['printed_unit']}" if row else ""


def of_acknowledgements(checked: Checked, before: Sequence[Row]) -> Iterator[DataChange]:
    """What people said of contradictions, and did not say before, or the other way round."""
    was = {row["finding_id"]: row["acknowledged"] for row in before if row["acknowledged"]}
    found = {each.finding_id: each for each in checked.findings}
    now = {key: each.acknowledged for key, each in found.items() if each.acknowledged}
    same = set(was.values()) & set(now.values())  # said of the same under another identifier
    here = checked.disclosure.id
    for key in sorted(was.keys() | now.keys()):
        pair = (was.get(key, ""), now.get(key, ""))
        if pair[0] != pair[1] and not ("" in pair and same.intersection(pair)):
            label = found[key].sentence if key in found else key
            yield DataChange(here, "finding", key, label, *pair, "acknowledged")


def problems_of(changes: Sequence[DataChange], rows: Sequence[Row]) -> Iterator[Problem]:
    """Name the amounts that would change; ``rows`` are what was published of them."""
    for change, row in list(zip(changes, rows, strict=True))[:_NAMED]:
        report = Report(row.get("source", ""))
        line, page = (int(row[each]) if row.get(each) else None for each in ("line", "page"))
        report.pages = {line: page} if line and page else {}
        told = {"label": change.label, "was": change.was, "now": change.is_now or "没有"}
        report.add("figure-changed", line, fact=change.identifier, **told)
        yield report.problems[0]
    if len(changes) > _NAMED:
        report = Report(rows[0].get("source", ""))
        report.add("figures-changed", disclosure=changes[0].disclosure, count=len(changes))
        yield report.problems[0]
