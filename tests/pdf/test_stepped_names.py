"""Rows whose level is told by how far their names reach: each sums those below it."""

from __future__ import annotations

import pytest

from generator.models import Table
from tests.made_city import EXPENDITURE, FRONT, SUMMARY, UNIT
from tests.pdf.reading import differing, published, read_bytes
from tests.pdf.ruled import Sheet, made

HEADING = ("采购品目大类", "专项名称", "采购物品名称", "采购组织形式", "总计")
#: Level, names and amount.
ROWS = [
    (0, "合计", "", "", "", "10.00"),
    (1, "货物", "", "", "", "7.00"),
    (2, "", "办公费", "", "", "7.00"),
    (3, "", "", "复印纸", "集中采购", "4.00"),
    (3, "", "", "墨水盒", "集中采购", "3.00"),
    (1, "服务", "", "", "", "3.00"),
    (2, "", "物业费", "", "", "3.00"),
    (3, "", "", "保安服务", "分散采购", "3.00"),
]
#: Two stand in the first column in turn: the category, and a unit.
BY_UNIT = [
    (0, "合计", "", "", "", "10.00"),
    (1, "货物", "", "", "", "10.00"),
    (2, "某市信访局", "", "", "", "7.00"),
    (3, "", "定额", "复印纸", "集中采购", "4.00"),
    (3, "", "定额", "墨水盒", "集中采购", "3.00"),
    (2, "某市信访中心", "", "", "", "3.00"),
    (3, "", "定额", "复印纸", "集中采购", "3.00"),
]
_Rows = list[tuple[int, str, str, str, str, str]]


def procurement(rows: _Rows) -> Table:
    sheet = Sheet(("某市信访局2026年政府采购支出表", UNIT), [HEADING, *(row[1:] for row in rows)])
    disclosure = published(read_bytes(made([FRONT, SUMMARY, EXPENDITURE, sheet])))
    assert not differing(disclosure)
    tables = {table.id: table for table in disclosure.extract.tables}
    return tables["budget-government-procurement"]


@pytest.mark.parametrize("rows", [ROWS, BY_UNIT], ids=["by item", "by unit"])
def test_a_row_is_below_the_one_whose_names_end_before_its_own(rows: _Rows) -> None:
    found = procurement(rows).rows
    assert [row.level for row in found] == [row[0] for row in rows]
    roles = {0: "total", 1: "subtotal", 2: "subtotal", 3: "item"}
    assert [row.role for row in found] == [roles[row[0]] for row in rows]
    assert not any(row.level_doubt for row in found)


def test_rows_that_are_no_sums_are_in_doubt_and_accuse_nobody() -> None:
    wrong = [(*row[:5], "6.00" if row[5] == "7.00" and row[1] else row[5]) for row in ROWS]
    inner = [row for row in procurement(wrong).rows if row.role != "total"]
    assert len(inner) == 7 and all(row.level_doubt for row in inner)
