"""其中 stands before the first of a list and means all of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.models import Cell, Row
from generator.problems import Report
from generator.tables.grid_levels import ranked

# Labels with their indentation and amount, and the role that each has.
LISTS: dict[str, Sequence[tuple[str, int, str, str]]] = {
    "a numbered list goes on": (
        ("1、公务接待费", 0, "16.32", "item"),
        ("2、公务用车购置及运行费", 0, "1683.85", "item"),
        ("其中：（1）公务用车购置费", 0, "495.85", "of_which"),
        ("（2）公务用车运行费", 0, "1188.00", "of_which"),
    ),
    "a row of its own number is none of it": (
        ("1、财政拨款", 0, "150.00", "subtotal"),
        ("(1)一般公共预算拨款收入", 0, "100.00", "item"),
        ("其中：专项资金列入部门预算的项目", 0, "40.00", "of_which"),
        ("(2)政府性基金收入", 0, "50.00", "item"),
    ),
    "what has only parts of which is added up": (
        ("一、财政拨款", 0, "100.00", "item"),
        ("其中：专项资金", 2, "40.00", "of_which"),
        ("二、事业收入", 0, "50.00", "item"),
    ),
    "at one margin nothing tells that a list goes on": (
        ("事业收入", 0, "100.00", "item"),
        ("其中：教育收费", 0, "40.00", "of_which"),
        ("经营收入", 0, "50.00", "item"),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_roles_of_a_list(name: str) -> None:
    rows = [
        Row(n, label, label, n, (Cell(amount, n),), indent=indent)
        for n, (label, indent, amount, _) in enumerate(LISTS[name], 1)
    ]
    found = ranked(rows, "收支总表", Report("x.pdf"))
    assert [row.role for row in found] == [role for *_, role in LISTS[name]]
