"""The amounts of one disclosure, and the few ways in which figures and charts look them up.

Lookups go by meaning (`item`, fund source, expenditure type, role), never by the position of a
column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from generator.website.published.glosses import english_names
from generator.website.published.package import Package
from generator.website.published.rows import Row, exact_yuan
from generator.website.wording.language import ENGLISH, spoken

#: What may not be added to other figures, and what a figure of it may be told by.
_APART, _BROUGHT = ("of_which", "change", "unknown"), "brought_forward"
_AXES = ("fund_source", "expenditure_type", "item")


@dataclass(frozen=True)
class PublishedFact:
    """One printed amount: how much, what it is, and where it stands in the source.

    `name` is the printed one, or that of the code in the language being spoken; `outcome`
    is that of its checks.
    """

    table: str
    row: str
    column: str
    direction: str
    panel: str
    classification: str
    code: str
    name: str
    unit: str
    item: str
    fund_source: str
    expenditure_type: str
    phase: str
    level: str
    role: str
    yuan: Decimal
    line: str
    routes: tuple[str, ...]
    id: str = ""
    outcome: str = ""

    @property
    def disputed(self) -> bool:
        """Tell whether a check of it differs."""
        return self.outcome == "disputed"


@dataclass(frozen=True)
class Ledger:
    """All amounts of one disclosure, in the order of its tables."""

    facts: tuple[PublishedFact, ...]

    def of_item(
        self, item: str, tables: Sequence[str], *, executed: bool = False
    ) -> PublishedFact | None:
        """Find the amount of a standard term, in the first of the tables that has it.

        Where a table prints it once per fund, the column of the whole comes first; where it prints
        budget and outturn side by side, `executed` chooses between them.
        """
        for table in tables:
            found = [f for f in self.facts if f.table == table and f.item == item]
            found = [f for f in found if (f.phase == "executed") == executed or not f.phase]
            if found:
                return min(found, key=lambda f: (f.column != "total", bool(f.fund_source)))
        return None

    def totals(self, tables: Sequence[str]) -> list[PublishedFact]:
        """Return the amounts of the 合计 row of the first of the tables that has one."""
        for table in tables:
            found = [f for f in self.facts if f.table == table and f.role == "total"]
            if found:
                return [f for f in found if (f.row, f.panel) == (found[0].row, found[0].panel)]
        return []

    def classes(self, tables: Sequence[str], *, digits: int = 3) -> list[PublishedFact]:
        """Return the whole-column amounts of the rows with so many digits, of the first table."""
        for table in tables:
            rows = [f for f in self.facts if f.table == table and len(f.code) == digits]
            found = [f for f in rows if f.column in ("total", "amount")] or [
                f for f in rows if not (f.fund_source or f.expenditure_type)
            ]
            if found:
                return found
        return []


def read_ledger(package: Package) -> Ledger:
    """Read `facts.csv` of a package.

    Raises:
        PackageError: An amount is not a number.
    """
    names = english_names(package) if spoken() == ENGLISH else {}
    rows = _of_the_year(package.rows("facts"))
    return Ledger(tuple(_fact(package, row, names) for row in rows))


def _of_the_year(rows: Iterable[Row]) -> Iterator[Row]:
    """Leave out what is of another year, part of a figure beside it, or a change.

    What was brought forward is a source of its own: its sum where there is one, else its parts.
    """
    groups = groupby(rows, key=lambda row: (row["table_id"], row["row_number"], row["panel"]))
    for _place, group in groups:
        own = [row for row in group if row["qualifier"] not in _APART and _is_own_year(row)]
        brought = [row for row in own if row["qualifier"] == _BROUGHT]
        whole = [row for row in brought if not any(row[axis] for axis in _AXES)]
        left_out = brought if not whole else [row for row in brought if row not in whole]
        for row in own:
            if row in whole or (row in brought and not whole):
                yield row | {"fund_source": _BROUGHT}
            elif row not in left_out:
                yield row


def _is_own_year(row: Row) -> bool:
    return row["amount_year"] in ("", row["year"])


def _fact(package: Package, row: Row, names: Mapping[str, str]) -> PublishedFact:
    yuan = exact_yuan(package.folder / "facts.csv", row["amount_yuan"])
    code = row["functional_code"] or row["economic_code"]
    printed = row["functional_name"] or row["economic_name"] or row["label"].strip()
    return PublishedFact(
        table=row["table_id"],
        row=row["row_number"],
        column=row["column_id"],
        direction=row["direction"],
        panel=row["panel"],
        classification=_classification(row),
        code=code,
        name=names.get(code, printed),
        unit=row["unit"],
        item=row["item"],
        fund_source=row["fund_source"],
        expenditure_type=row["expenditure_type"],
        phase=row["budget_phase"],
        level=row["level"],
        role=row["role"],
        yuan=yuan,
        line=row["line"],
        routes=tuple(row["routes"].split()),
        id=row["fact_id"],
        outcome=row.get("outcome", ""),
    )


def _classification(row: Row) -> str:
    """Return which list of codes the code of a row is from, or "" where it has none."""
    return "functional" if row["functional_code"] else "economic" if row["economic_code"] else ""
