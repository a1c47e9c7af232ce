"""What a page's reading doubts of a cell is named with its place, and stays with the row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.hypothesis_profile  # noqa: F401  # sets the profile
from generator.meaning.amounts import read_amount
from generator.meaning.definitions import definition
from generator.models import Doubt, Line, Row, Table
from generator.problems import Problem, Report
from generator.tables.cells import WHY, doubt_decimals, report_doubts
from generator.tables.rows import TableReading
from generator.tables.single_rows import read_single
from tests.doors import read_text

TABLE = definition("budget-general-public-basic-by-economic-class")
BREAKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
BESIDE = ("picture", "curves", "form_field", "annotation")
HEAD = """第一部分 广州市试验局概况
第二部分 2025年部门预算表
单位：万元
一般公共预算基本支出情况表（按经济分类科目）
部门预算支出经济科目\t预算
"""


def read(lines: list[tuple[str, tuple[Doubt, ...]]]) -> tuple[list[Row], list[Problem]]:
    """Read the rows of a table of a PDF, and what is said of them."""
    report = Report("made.pdf", {number: 7 for number in range(1, len(lines) + 1)})
    reading = TableReading(
        TABLE.title,
        TABLE,
        TABLE.layouts[0].columns,
        [
            Line(number, 7, text, (None,) * len(text.split("\t")), doubts=doubts)
            for number, (text, doubts) in enumerate(lines, start=1)
        ],
        report,
        unit="万元",
    )
    report_doubts(reading)
    return doubt_decimals(read_single(reading), reading), report.problems


@pytest.mark.parametrize("doubt", WHY)
@pytest.mark.parametrize("printed", ["", "44.00", "44.00 88.88", "4?.00"])
def test_each_doubt_is_named_by_table_row_column_and_page(doubt: Doubt, printed: str) -> None:
    rows, problems = read([(f"[30201]办公费\t{printed}", ("", doubt))])
    assert [(p.code, p.page, p.line) for p in problems] == [("amount-in-doubt", 7, 1)]
    for word in (TABLE.title, "[30201]办公费", "预算", WHY[doubt], printed):
        assert word in problems[0].message
    assert rows[0].doubts == {0: WHY[doubt]}
    kept = printed == "44.00" and doubt in BESIDE
    assert [cell.printed if cell else None for cell in rows[0].cells] == [printed if kept else None]


def test_a_doubt_of_a_code_is_named_too() -> None:
    _, problems = read([("[3020]办公费\t44.00", ("unknown_character", ""))])
    assert [p.code for p in problems] == ["amount-in-doubt", "code-unusual"]


def test_a_row_of_which_nothing_can_be_read_is_named() -> None:
    rows, problems = read([("\t", ("picture", "picture"))])
    assert (rows, [p.code for p in problems]) == ([], ["amount-in-doubt"] * 2)


def test_a_decimal_more_than_all_others_is_doubted() -> None:
    rows, problems = read([(f"[3020{n}]办公费\t44.00{'1' * (n == 4)}", ()) for n in range(1, 7)])
    assert [sorted(row.doubts) for row in rows] == [[], [], [], [0], [], []]
    assert [p.code for p in problems] == ["amount-in-doubt"]


@pytest.mark.parametrize("amounts", [["1.5", "2.25", "3.125", "4.00"], ["1.001", "2.002"], ["1"]])
def test_amounts_that_each_have_their_decimals_are_not(amounts: list[str]) -> None:
    rows, problems = read([(f"[3020{n}]费\t{amount}", ()) for n, amount in enumerate(amounts)])
    assert not problems and not any(row.doubts for row in rows)


def table(text: str) -> Table:
    return next(iter(read_text(f"{HEAD}合计\t1.00\n{text}\n注：无。\n").tables.values()))


@given(st.text(st.characters(exclude_characters=BREAKS, exclude_categories=["Cs"]), max_size=10))
def test_what_stands_in_a_cell_is_an_amount_a_blank_or_named(printed: str) -> None:
    report = Report("made.txt")
    line = Line(1, None, f"[30201]办公费\t{printed}")
    reading = TableReading(TABLE.title, TABLE, TABLE.layouts[0].columns, [line], report, unit="元")
    (row,) = read_single(replace(reading))
    (cell,), worth = row.cells, read_amount(printed)
    if cell:
        assert worth.plain is not None and cell.printed == printed.strip()
    assert worth.blank or cell or (row.doubts and report.problems)


@pytest.mark.parametrize("code", ["3010", "301070"])
def test_a_code_of_odd_length_classifies_nothing(code: str) -> None:
    for label in (f"[{code}]绩效工资", f"{code} 绩效工资"):
        row = table(f"[301]工资\t1.00\n　[30101]基本工资\t0.40\n　{label}\t0.60").rows[-1]
        assert (row.code, row.name, row.level, row.role) == ("", "绩效工资", 2, "item")
        assert code in row.label and code in row.level_doubt


def test_a_code_in_wide_digits_is_one() -> None:
    row = table("[301]工资\t1.00\n　［３０１０１］基本工资\t0.40").rows[-1]
    assert (row.code, row.name, row.level) == ("30101", "基本工资", 2)
