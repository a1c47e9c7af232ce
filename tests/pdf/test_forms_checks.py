"""Checks of tables read by their words: what contradicts itself is found, and nobody is accused.

How a table adds up is told by the table alone, so each test makes one that adds up, or does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from generator.models import Finding
from tests.hypothesis_profile import examples
from tests.pdf.form_columns import BASIC, BOTH, PROJECT
from tests.pdf.form_paper import FormStyle
from tests.pdf.form_parts import TOTAL, coded, coded_line
from tests.pdf.form_tables import Col, FormTable, Line, Node, Panel, summed
from tests.pdf.reading import differing
from tests.pdf.test_forms import read

_BOUGHT = Col("bought", ("政府采购",), within="total", item="government_procurement")
_COLUMNS = (BOTH, BASIC, PROJECT)
_CLASSES = ("201", "205", "208", "210", "221")
#: The rows of the table: its total, then each class with two below it.
_ROWS = 1 + 3 * len(_CLASSES)
randoms = st.randoms(use_true_random=False)


def filled(random: Random, columns: Sequence[Col] = _COLUMNS) -> FormTable:
    """A table with enough rows to tell how it adds up, none of them blank."""
    tops = [
        Node(code, f"第{code}类支出", below=[_leaf(f"{code}0{n}", random) for n in (1, 2)])
        for code in _CLASSES
    ]
    for top in tops:
        top.values = summed([node.values for node in top.below], columns)
    nodes = [node for top in tops for node in top.walk()]
    lines = [coded_line(node, (node.code, node.name)) for node in nodes]
    worth = summed([top.values for top in tops], columns)
    total = Line(("合计", "<"), worth, "合计", **TOTAL)
    keys = (("科目编码",), ("科目名称",))
    panel = Panel(keys, tuple(columns), (total, *lines), words=frozenset({1}))
    return FormTable("budget-expenditure", "支出预算总表", (panel,))


def _leaf(code: str, random: Random) -> Node:
    basic, project = random.randint(100, 10**7), random.randint(100, 10**7)
    worth = {"basic": basic, "project": project, "total": basic + project, "bought": 0}
    return Node(code, f"第{code}款支出", worth)


def changed(table: FormTable, change: Callable[[int, Line], dict[str, int]]) -> FormTable:
    """The table with other values in its lines."""
    (panel,) = table.panels
    lines = [
        replace(line, values={**line.values, **change(number, line)})
        for number, line in enumerate(panel.lines)
    ]
    return replace(table, panels=(replace(panel, lines=tuple(lines)),))


def found(*tables: FormTable) -> list[list[Finding]]:
    """What differs in each of the tables; each is read by itself."""
    return [differing(read([table], FormStyle())[0]) for table in tables]


@examples(3)
@given(randoms)
def test_one_altered_figure_is_found_and_only_sums_with_it_differ(random: Random) -> None:
    table = filled(random)
    row, key = random.randrange(1, _ROWS), random.choice([col.key for col in _COLUMNS])
    more = random.randint(1_000, 10**6)
    disclosure, _ = read(
        [changed(table, lambda n, line: {key: line.values[key] + more} if n == row else {})],
        FormStyle(),
    )
    printed = table.panels[0].lines[row].values[key] + more
    altered = {fact.fact_id for fact in disclosure.facts if fact.printed == table.printed(printed)}
    findings = differing(disclosure)
    assert findings
    assert all(altered & {*each.inputs, *each.rests_on} for each in findings)


@examples(3)
@given(randoms)
def test_too_little_evidence_says_nothing(random: Random) -> None:
    table = filled(random)
    (panel,) = table.panels
    few = replace(table, panels=(replace(panel, lines=(panel.lines[2], panel.lines[3])),))
    wrong = changed(few, lambda n, line: {} if n else {"total": line.values["total"] + 5_000})
    assert found(wrong) == [[]]


@examples(3)
@given(randoms)
def test_columns_that_do_not_add_up_by_design_accuse_nobody(random: Random) -> None:
    """The total has money that no column shows, or a column beside it is no part of it."""
    hidden = changed(
        filled(random), lambda _, line: {"total": line.values["total"] + random.randint(1, 10**6)}
    )
    top = 1 + 3 * random.randrange(len(_CLASSES))
    amount = random.randint(1, 10**6)
    beside = changed(
        filled(random, (*_COLUMNS, _BOUGHT)),
        lambda n, _: {"bought": amount if n in (0, top, top + 1) else 0},
    )
    assert found(hidden, beside) == [[], []]


@examples(3)
@given(randoms)
def test_rounding_and_rows_that_are_parts_accuse_nobody(random: Random) -> None:
    rounded = replace(filled(random), rounded=2)
    table = coded(random, "budget-expenditure", "支出预算总表", _COLUMNS)
    (panel,) = table.panels
    parts = []
    for line in panel.lines:
        half = {key: value // 2 for key, value in line.values.items()}
        parts.append(line)
        if line.role == "item":
            parts.append(Line(("", f"其中：{line.cells[1]}专项"), half, "", level=9))
    of_which = replace(table, panels=(replace(panel, lines=tuple(parts)),))
    assert found(rounded, of_which) == [[], []]
