"""Columns are bound where their headings stand: any order of them gives the same figures."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tests.hypothesis_profile  # noqa: F401  # sets the profile
from generator.meaning.definitions import Layout, definitions
from generator.models import Leaf
from generator.tables.known_forms import bind_layout
from tests.disclosure_texts import typeset
from tests.doors import read_text
from tests.made_budgets import Budget, budgets
from tests.made_rows import Table
from tests.made_tables import tables
from tests.test_round_trip import UNSAID, as_made, as_read
from tests.text_styles import Style, styles

SIDED = (1, 4)


def shuffled(seed: int) -> Callable[[Table], Table]:
    """Gives tables with the columns of amounts in another order, below their common headings."""
    chance = random.Random(seed)

    def reordered(table: Table) -> Table:
        if table.number in SIDED:
            return table
        width = len(table.rows[0].amounts) if table.rows else 0
        first = len(table.heading[0]) - width - (table.number == 12)
        groups = _groups(table, first, width, chance)
        upper, *lower = (list(cells) for cells in table.heading)
        over = [[upper[min(group)], *[""] * (len(group) - 1)] for group in groups]
        upper[first : first + width] = [cell for cells in over for cell in cells]
        order = [place for group in groups for place in group]
        for cells in lower:
            cells[first : first + width] = [cells[place] for place in order]
        heading = (tuple(upper), *map(tuple, lower))
        places = [place - first for place in order]
        rows = tuple(
            replace(row, amounts=tuple(row.amounts[place] for place in places))
            for row in table.rows
        )
        return replace(table, heading=heading, rows=rows)

    return reordered


def _groups(table: Table, first: int, width: int, chance: random.Random) -> list[list[int]]:
    """The places of columns by the outer heading that they share, shuffled within and without."""
    groups: list[list[int]] = []
    for place in range(first, first + width):
        under = len(table.heading) > 1 and not table.heading[0][place] and groups
        if under:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        chance.shuffle(group)
    chance.shuffle(groups)
    return groups


@settings(max_examples=25)
@given(budgets(), styles(), st.integers(0, 2**32))
def test_any_order_of_columns_in_a_text_gives_the_same_tables(
    budget: Budget, style: Style, seed: int
) -> None:
    read = read_text(typeset(budget, style, order=shuffled(seed)))
    doubts = [p for p in read.problems if p.code == "columns-in-doubt"]
    assert [str(p) for p in read.problems if p.code not in (*UNSAID, "columns-in-doubt")] == []
    in_doubt = {table.id for table in read.tables.values() if table.gap}
    assert len(in_doubt) == len(doubts)
    for table in tables(budget):
        if table.id not in in_doubt:
            assert as_read(read.tables[table.id]) == as_made(table, style), table.title
    assert not [f.sentence for f in read.findings if f.outcome == "differs"]


# ── on a ruled page: every definition, any order ─────────────────────────────────────────


def layouts() -> Iterator[tuple[str, Layout]]:
    for definition in definitions():
        for number, layout in enumerate(definition.layouts):
            if layout.headings and all(layout.paths):
                yield f"{definition.id}-{number}", layout


LAYOUTS = dict(layouts())


def ruled(layout: Layout, order: Sequence[int]) -> list[Leaf]:
    """The columns of a ruled page in the given order, each with the headings of a layout above."""
    paths = [layout.paths[index] for index in order]
    return [Leaf(n, tuple(h.variants[0] for h in path)) for n, path in enumerate(paths)]


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_columns_on_a_ruled_page_is_the_page_s(name: str, seed: int) -> None:
    layout = LAYOUTS[name]
    order = list(range(len(layout.columns)))
    random.Random(f"{name}{seed}").shuffle(order)
    columns = bind_layout(ruled(layout, order), layout)
    assert columns is not None
    # Columns of the same headings are the same to a reader: the first is printed first.
    alike = [[h.variants for h in path] for path in layout.paths]
    assert [alike[layout.columns.index(c)] for c in columns] == [alike[i] for i in order]


def test_two_columns_swapped_in_a_text_are_not_published_swapped() -> None:
    made = """第一部分 广州市试验局概况
第二部分 2025年部门预算表
单位：万元
支出总体情况表
功能分类科目 合计 项目支出 基本支出 事业单位经营支出 对附属单位补助支出 上缴上级支出 结转下年
科目编码 科目名称
合计 30.00 20.00 10.00 0.00 0.00 0.00 0.00
206 科学技术支出 30.00 20.00 10.00 0.00 0.00 0.00 0.00
注：无。
第三部分 2025年部门预算情况说明
没有变化。
第四部分 名词解释
一、基本支出：指日常支出。
"""
    read = read_text(made)
    facts = {(f.row, f.column): f.printed for f in read.disclosure.facts}
    assert facts[2, "basic_expenditure"] == "10.00"
    assert facts[2, "project_expenditure"] == "20.00"
