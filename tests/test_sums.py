"""Sums that cannot go wrong: what is printed as a recipe gives the printed totals, everywhere."""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.doors import FIVE, PACKAGES, ROOT, Rows, rows

GUIDES = (ROOT / "content" / "data-guide.md", ROOT / "content" / "en" / "data-guide.md")
_CENT = Decimal(50)  # half of the last printed digit of 万元 with two decimals


@cache
def of_all(resource: str) -> Rows:
    return rows(PACKAGES / "all" / f"{resource}.csv")


def yuan(row: dict[str, str]) -> Decimal:
    return Decimal(row["amount_yuan"])


def test_the_items_of_each_column_add_up_to_its_total() -> None:
    """Of one table, side and column: what the guide says of rows."""
    columns: defaultdict[tuple[str, ...], Rows] = defaultdict(list)
    for row in of_all("facts"):
        names = ("disclosure_id", "table_id", "direction", "panel", "column_id")
        columns[tuple(row[name] for name in names)].append(row)
    told = 0
    for place, column in columns.items():
        items = [row for row in column if row["role"] == "item"]
        whole = [yuan(row) for row in column if row["role"] == "total"]
        if items and whole:
            told += 1
            added = sum(map(yuan, items), Decimal(0))
            assert any(abs(added - total) <= _CENT * len(items) for total in whole), place
    assert told > 200


def test_the_parts_of_each_row_add_up_to_its_total() -> None:
    """Of one row, year and phase: what the guide says of columns."""
    printed: defaultdict[tuple[str, ...], Rows] = defaultdict(list)
    for row in of_all("facts"):
        names = ("disclosure_id", "table_id", "direction", "panel", "row_number", "amount_year")
        printed[tuple(row[name] for name in (*names, "budget_phase"))].append(row)
    told = 0
    for place, row_ in printed.items():
        parts = [yuan(each) for each in row_ if each["column_role"] == "part"]
        whole = [yuan(each) for each in row_ if each["column_role"] == "total"]
        if len(parts) > 1 and len(whole) == 1:
            told += 1
            assert abs(sum(parts, Decimal(0)) - whole[0]) <= _CENT * len(parts), place
    assert told > 500


def test_each_total_is_printed_where_it_says() -> None:
    facts = {row["fact_id"]: row for row in of_all("facts")}
    stated = {row["narrative_id"]: row for row in of_all("narrative")}
    for row in of_all("totals"):
        assert bool(row["fact_id"]) != bool(row["narrative_id"])
        source = facts.get(row["fact_id"]) or stated[row["narrative_id"]]
        for name in ("amount_yuan", "printed", "printed_unit", "disclosure_id"):
            assert source[name] == row[name]
        assert source.get("qualifier", "") == ""
    by_disclosure = Counter(row["disclosure_id"] for row in of_all("totals"))
    assert len(by_disclosure) == 5 and min(by_disclosure.values()) > 20
    told = [(r["disclosure_id"], r["concept"], r["budget_phase"], r["amount_year"])
            for r in of_all("totals")]  # fmt: skip
    assert len(set(told)) == len(told)


def test_the_final_accounts_tell_the_adjusted_budget_and_what_was_executed() -> None:
    phases = {
        row["budget_phase"]: row["printed"]
        for row in of_all("totals")
        if row["kind"] == "final_accounts" and row["concept"] == "three_public_expenses"
    }
    assert phases == {"adjusted": "1.50", "executed": "1.50"}


def test_a_repeated_print_names_the_first_of_the_same_thing() -> None:
    facts = {row["fact_id"]: row for row in of_all("facts")}
    same = (
        "disclosure_id", "amount_yuan", "direction", "functional_code", "economic_code", "unit",
        "project", "fund_source", "expenditure_type", "budget_phase", "amount_year",
    )  # fmt: skip
    repeated = [row for row in facts.values() if row["same_as"]]
    assert len(repeated) > 50
    for row in repeated:
        first = facts[row["same_as"]]
        assert not first["same_as"] and first["table_id"] != row["table_id"]
        assert all(first[name] == row[name] for name in same), row["fact_id"]


def test_a_disputed_amount_takes_part_in_a_contradiction() -> None:
    findings = [row for each in FIVE for row in rows(PACKAGES / each / "findings.csv")]
    differing = {
        name for row in findings if row["outcome"] == "differs" for name in row["inputs"].split()
    }
    facts = of_all("facts")
    disputed = {row["fact_id"] for row in facts if row["outcome"] == "disputed"}
    assert disputed == differing & {row["fact_id"] for row in facts} != set()
    known = {row["fact_id"] for row in facts}
    for row in findings:
        first = row["inputs"].partition(" ")[0]
        assert row["fact_id"] == (first if first in known else "")


# ── the recipes of the guide ─────────────────────────────────────────────────────────────


def recipes(guide: Path) -> list[str]:
    """The SQL that a guide prints."""
    return re.findall(r"^```sql\n(.+?)^```$", guide.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    """The consolidated package as a reader loads it."""
    with sqlite3.connect(":memory:") as connection:
        for resource in ("facts", "totals", "disclosures", "projects", "findings"):
            table = of_all(resource)
            names = list(table[0])
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(f"CREATE TABLE {resource} ({columns})")
            marks = ", ".join("?" * len(names))
            values = (tuple(_value(n, row[n]) for n in names) for row in table)
            connection.executemany(f"INSERT INTO {resource} VALUES ({marks})", values)
        yield connection
    connection.close()


def _value(name: str, text: str) -> str | float | int | None:
    if text == "":
        return None
    if name == "amount_yuan":
        return float(text)
    return int(text) if name in ("year", "amount_year", "level", "row_number") else text


@pytest.mark.parametrize("guide", GUIDES, ids=["chinese", "english"])
def test_every_recipe_of_the_guide_gives_the_printed_totals(
    guide: Path, database: sqlite3.Connection
) -> None:
    """A recipe that adds up has the columns ``added`` and ``printed``; all give rows."""
    found = recipes(guide)
    assert found == recipes(GUIDES[0])
    compared: Counter[int] = Counter()
    for at, recipe in enumerate(found):
        cursor = database.execute(recipe)
        names = [column[0] for column in cursor.description]
        answers = [dict(zip(names, row, strict=True)) for row in cursor]
        assert answers, recipe
        for row in answers:
            if "added" in row:
                compared[at] += 1
                assert abs(row["added"] - row["printed"]) <= 1000, (recipe, row)
    assert len(compared) >= 3 and all(count >= 4 for count in compared.values())
