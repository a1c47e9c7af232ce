"""Rows of several levels at one margin are told apart by amounts, where these come out even."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.models import Cell, Role, Row
from generator.tables.nested_rows import with_nesting

_cents = st.integers(min_value=1, max_value=10**9)
_leaves = st.lists(st.tuples(_cents, _cents), min_size=1, max_size=4)
_Pair = tuple[int, int]


def _row(number: int, cents: _Pair, role: Role = "item") -> Row:
    cells = tuple(Cell(f"{Decimal(each) / 100:,.2f}", number) for each in cents)
    return Row(number, f"行{number}", f"行{number}", number, cells, level=1, role=role)


def _sum(pairs: Sequence[_Pair]) -> _Pair:
    return sum(one for one, _ in pairs), sum(other for _, other in pairs)


def _told(amounts: Sequence[_Pair]) -> list[Role]:
    whole = _row(0, amounts[0], "total")
    rows = [whole, *(_row(n, each) for n, each in enumerate(amounts[1:], 1))]
    return [row.role for row in with_nesting(rows)][1:]


@given(st.lists(_leaves, min_size=2, max_size=4))
def test_kinds_above_their_projects_are_sums(kinds: list[list[_Pair]]) -> None:
    sums = [_sum(kind) for kind in kinds]
    amounts: list[_Pair] = [_sum(sums)]
    expected = list[Role]()
    for whole, kind in zip(sums, kinds, strict=True):
        amounts += [whole, *kind]
        expected.append("subtotal")
        expected += ["item" for _ in kind]
    assert _told(amounts) == expected


@given(st.lists(st.lists(_leaves, min_size=1, max_size=3), min_size=1, max_size=3))
def test_three_levels_are_told_apart(tree: list[list[list[_Pair]]]) -> None:
    units = [_sum([_sum(kind) for kind in unit]) for unit in tree]
    amounts, expected = [_sum(units)], list[Role]()
    for unit in tree:
        amounts.append(_sum([_sum(kind) for kind in unit]))
        expected.append("subtotal")
        for kind in unit:
            amounts += [_sum(kind), *kind]
            expected.append("subtotal")
            expected += ["item" for _ in kind]
    assert _told(amounts) == expected


@given(st.lists(_leaves, min_size=2, max_size=4), st.integers(min_value=1, max_value=10**6))
def test_what_does_not_come_out_even_stays_as_it_is(kinds: list[list[_Pair]], more: int) -> None:
    sums = [_sum(kind) for kind in kinds]
    amounts: list[_Pair] = [_sum(sums)]
    for whole, kind in zip(sums, kinds, strict=True):
        amounts += [whole, *kind]
    amounts[-1] = (amounts[-1][0] + more, amounts[-1][1])
    assert _told(amounts) == ["item"] * (len(amounts) - 1)


def test_projects_of_equal_amounts_below_their_sum_are_no_tree() -> None:
    assert _told([(200, 200), (100, 100), (100, 100)]) == ["item", "item"]
