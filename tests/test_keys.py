"""The columns of the package of all: where they lead, which are never blank, in which unit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.doors import PACKAGES, rows

ALL = PACKAGES / "all"
YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
#: What names something that may not be published any more, or a table that nobody defined.
FREE = {("changes", "disclosure_id"), ("printed-tables", "table_id")}
FREE |= {("earlier-facts", name) for name in ("disclosure_id", "fact_id", "table_id")}


@cache
def files() -> dict[str, dict[str, Any]]:
    described = json.loads((ALL / "datapackage.json").read_text(encoding="utf-8"))
    return {each["name"]: each for each in described["resources"]}


def columns() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, file in files().items():
        if file["category"] != "standard_table":
            yield from ((name, field) for field in file["schema"]["fields"])


def test_each_column_that_is_called_as_a_register_s_key_leads_to_it() -> None:
    keys = {
        key: name
        for name, file in files().items()
        for key in file["schema"]["primaryKey"]
        if len(file["schema"]["primaryKey"]) == 1 and key not in ("code", "label")
    }
    keys["fact_id"] = "facts"  # that of its cell is the same
    for name, field in columns():
        called = field["name"]
        if called in keys and keys[called] != name and (name, called) not in FREE:
            led = [k["reference"]["resource"] for k in files()[name]["schema"]["foreignKeys"]
                   if k["fields"] == [called]]  # fmt: skip
            assert led == [keys[called]], (name, called)


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("findings", ("expected", "printed", "difference")),
        ("cases", ("value", "other")),
        ("narrative", ("value",)),
    ],
)
def test_no_column_of_numbers_has_two_units(name: str, figures: tuple[str, ...]) -> None:
    """What is printed in any unit is text; beside it stand yuan, blank where it is no money."""
    types = {each["name"]: each["type"] for file, each in columns() if file == name}
    found = set()
    for row in rows(ALL / f"{name}.csv"):
        factor = YUAN.get(row["printed_unit"])
        for figure in figures:
            beside = row["amount_yuan" if name == "narrative" else f"{figure}_yuan"]
            assert types[figure] == "string"
            money = factor is not None and row[figure] != ""
            assert bool(beside) == money, row
            assert not money or Decimal(beside) == Decimal(row[figure]) * (factor or 0), row
            found.add(money)
    assert True in found
    if name != "cases":
        assert False in found, "percentages and counts are blank"


def test_days_are_dates_and_what_is_never_blank_says_so() -> None:
    said = {(name, field["name"]): field for name, field in columns()}
    for name in ("published", "retrieved", "revised", "kept_since"):
        assert said["disclosures", name]["type"] == "date"
    assert said["changes", "date"]["type"] == "date"
    for name in ("table_id", "column_id", "amount_yuan", "printed", "printed_unit", "source"):
        assert said["facts", name]["constraints"]["required"], name
    for name in {name for name, _ in said}:
        required = [
            column for (file, column), field in said.items()
            if file == name and field.get("constraints", {}).get("required")
        ]  # fmt: skip
        for row in rows(ALL / f"{name}.csv"):
            assert all(row[column] for column in required), (name, row)
