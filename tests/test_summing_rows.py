"""Rows whose words nobody knows are told by their amounts: sums are not added up once more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.models import Cell, Row
from generator.tables.summing_rows import with_sums

_CENT = Decimal("0.01")
_cents = st.integers(min_value=1_001, max_value=10**9).map(lambda each: each * 10 + 3)
_lists = st.lists(st.tuples(_cents, _cents), min_size=2, max_size=8)


def _row(number: int, cents: Sequence[int], item: str = "") -> Row:
    cells = tuple(Cell(f"{each * _CENT:,.2f}", number) for each in cents)
    return Row(number, f"行{number}", f"行{number}", number, cells, level=1, item=item)


def _sum(rows: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(each[0] for each in rows), sum(each[1] for each in rows)


def _roles(amounts: Sequence[tuple[int, int]], known: frozenset[int]) -> list[str]:
    rows = [_row(n, each, "known" if n in known else "") for n, each in enumerate(amounts)]
    return [row.role for row in with_sums(rows)]


@given(_lists, st.booleans())
def test_what_sums_all_others_is_a_total_at_the_head_and_at_the_end(
    parts: list[tuple[int, int]], at_head: bool
) -> None:
    amounts = [_sum(parts), *parts] if at_head else [*parts, _sum(parts)]
    place = 0 if at_head else len(parts)
    known = frozenset(range(len(amounts))) - {place}
    expected = ["total" if number == place else "item" for number in range(len(amounts))]
    assert _roles(amounts, known) == expected


@given(_lists, _lists)
def test_what_sums_the_rows_below_it_is_a_subtotal(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    amounts = [_sum(first), *first, _sum(second), *second]
    sums = {0, len(first) + 1}
    roles = _roles(amounts, frozenset(range(len(amounts))) - sums)
    assert {place for place, role in enumerate(roles) if role == "subtotal"} == sums


@given(_lists, st.integers(min_value=1, max_value=1_000))
def test_what_no_column_or_only_one_adds_up_to_is_an_item(
    parts: list[tuple[int, int]], more: int
) -> None:
    first, second = _sum(parts)
    amounts = [(first, second + 100 * more), *parts]
    assert _roles(amounts, frozenset(range(1, len(amounts)))) == ["item"] * len(amounts)


def test_round_amounts_add_up_by_chance() -> None:
    assert _roles([(2000, 2000), (1000, 1000), (1000, 1000)], frozenset({1, 2})) == ["item"] * 3


def test_a_known_row_is_what_its_words_say() -> None:
    amounts = [(300_003, 300_003), (100_001, 100_001), (200_002, 200_002)]
    assert _roles(amounts, frozenset({0, 1, 2})) == ["item"] * 3


def test_what_cannot_be_read_tells_nothing() -> None:
    rows = [_row(0, (300_003,)), _row(1, (100_001,), "known"), _row(2, (200_002,), "known")]
    unread = Row(3, "行3", "行3", 3, (Cell("1,2.3.4", 3),), level=1, item="known")
    assert [row.role for row in with_sums([*rows, unread])] == ["item"] * 4
    assert [row.role for row in with_sums(rows)] == ["total", "item", "item"]
