"""Rows and tables as they should be read, and the sums of atoms that stand in their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.made_budgets import CARRIED, Atom

NUMERALS = re.findall(
    r"\S+",
    "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 "
    "二十一 二十二 二十三 二十四 二十五 二十六 二十七 二十八",
)

Test = Callable[[Atom], bool]


@dataclass(frozen=True)
class Row:
    """A row, or one side of it, as it should be read; ``indent`` is how it is printed."""

    label: str
    amounts: tuple[str, ...]
    code: str = ""
    name: str = ""
    side: str = ""
    level: int = 0
    role: str = "item"
    unit: str = ""
    target: str = ""
    indent: int = 0
    number: int = 0


@dataclass(frozen=True)
class Table:
    """A table: its stacked heading in two lines of cells, a blank where a cell spans or ends."""

    id: str
    number: int
    title: str
    heading: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    note: str = "注：无。"


def text_of(value: Decimal) -> str:
    """An amount as printed: two decimals, thousands separated."""
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def from_fund(*funds: str) -> Test:
    return lambda atom: atom.fund in funds


def sums(atoms: Iterable[Atom], columns: Sequence[Test]) -> tuple[str, ...]:
    kept = list(atoms)
    return tuple(
        text_of(sum((each.amount for each in kept if column(each)), Decimal(0)))
        for column in columns
    )


def nothing(atom: Atom) -> bool:
    return False


def everything(atom: Atom) -> bool:
    return True


def is_basic(atom: Atom) -> bool:
    return atom.project is None


def is_project(atom: Atom) -> bool:
    return atom.project not in (None, CARRIED)


def is_carried(atom: Atom) -> bool:
    return atom.project == CARRIED


def in_class(code: str) -> Test:
    return lambda atom: atom.function.startswith(code)


SPENT = (everything, is_basic, is_project)
