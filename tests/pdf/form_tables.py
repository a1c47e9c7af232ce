"""Tables of any form with random values: what is printed in each cell, and which fact it must be.

Amounts add up: a column of sums is the sum of those it names, a row of those below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from tests.pdf.form_paper import Paper, heading_grid

YEAR = 2026


class Point(NamedTuple):
    """What an amount must be as a fact; ``column`` is left open where a test does not say it."""

    table: str
    side: str
    label: str
    level: int
    role: str
    functional: str
    economic: str
    governmental: str
    unit: str
    item: str
    fund_source: str
    expenditure_type: str
    qualifier: str
    year: int
    printed: str


@dataclass(frozen=True)
class Col:
    """A column of amounts: the headings above it, what they say, and how its values are made.

    ``of`` are the columns that it sums; ``within`` the one that it is a part of.
    """

    key: str
    path: tuple[str, ...]
    of: tuple[str, ...] = ()
    within: str = ""
    fund_source: str = ""
    expenditure_type: str = ""
    item: str = ""
    qualifier: str = ""
    year: int = YEAR


@dataclass(frozen=True)
class Line:
    """A row of one panel: the texts that name it, its values, and what it must be."""

    cells: tuple[str, ...]
    values: Mapping[str, int]
    label: str
    level: int = 1
    role: str = "item"
    functional: str = ""
    economic: str = ""
    governmental: str = ""
    unit: str = ""
    item: str = ""
    fund_source: str = ""
    year: int = 0
    qualifier: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A list that stands in a table beside others, or alone: names, amounts, other texts."""

    keys: tuple[tuple[str, ...], ...]
    columns: tuple[Col, ...]
    lines: tuple[Line, ...]
    side: str = ""
    texts: tuple[tuple[str, ...], ...] = ()
    words: frozenset[int] = frozenset({0})

    def names(self, start: int) -> set[int]:
        """The columns of words, counted on from ``start``."""
        behind = start + len(self.keys) + len(self.columns)
        return {start + key for key in self.words} | {behind + n for n in range(len(self.texts))}


@dataclass(frozen=True)
class FormTable:
    """A ruled table of some place, and the standard table that it must be read as."""

    id: str
    title: str
    panels: tuple[Panel, ...]
    unit: str = "万元"
    decimals: int = 2
    grouped: bool = True
    zero: str = ""
    #: How many digits its values have that are rounded away.
    rounded: int = 0
    #: Whether a later page may repeat its first row, which is the total.
    total_first: bool = False

    def paper(self) -> Paper:
        """The table as it is printed."""
        paths, names = list[Sequence[str]](), set[int]()
        for panel in self.panels:
            names |= panel.names(len(paths))
            paths += [*panel.keys, *(col.path for col in panel.columns), *panel.texts]
        depth = max(len(panel.lines) for panel in self.panels)
        rows = [
            tuple(cell for panel in self.panels for cell in self._cells(panel, number))
            for number in range(depth)
        ]
        total = rows[0] if self.total_first else None
        head = heading_grid(paths)
        return Paper(self.title, self.unit, head, rows, frozenset(names), total)

    def amount_columns(self) -> list[int]:
        """The places of the columns of amounts."""
        places, start = list[int](), 0
        for panel in self.panels:
            first = start + len(panel.keys)
            places += range(first, first + len(panel.columns))
            start = first + len(panel.columns) + len(panel.texts)
        return places

    def _cells(self, panel: Panel, number: int) -> tuple[str, ...]:
        if number >= len(panel.lines):
            return ("",) * (len(panel.keys) + len(panel.columns) + len(panel.texts))
        line = panel.lines[number]
        amounts = (self.printed(line.values[col.key]) for col in panel.columns)
        return (*line.cells, *amounts, *(line.texts or ("",) * len(panel.texts)))

    def printed(self, value: int) -> str:
        """A value as the place prints it."""
        exact = Decimal(value).scaleb(-self.decimals - self.rounded)
        amount = exact.quantize(Decimal(1).scaleb(-self.decimals))
        return f"{amount:,f}" if amount and self.grouped else f"{amount:f}" if amount else self.zero

    def points(self) -> list[Point]:
        """Each printed amount as the fact that it must be."""
        return [
            self._point(panel, line, col, printed)
            for panel in self.panels
            for line in panel.lines
            for col in panel.columns
            if (printed := self.printed(line.values[col.key]))
        ]

    def _point(self, panel: Panel, line: Line, col: Col, printed: str) -> Point:
        return Point(
            self.id, panel.side, line.label, line.level, line.role,
            line.functional, line.economic, line.governmental, line.unit,
            line.item or col.item, col.fund_source or line.fund_source, col.expenditure_type,
            line.qualifier or col.qualifier, line.year or col.year, printed,
        )  # fmt: skip

    def shuffled(self, random: Random) -> FormTable:
        """The same table with the columns of each panel in another order."""
        panels = []
        for panel in self.panels:
            columns = list(panel.columns)
            random.shuffle(columns)
            panels.append(replace(panel, columns=tuple(columns)))
        return replace(self, panels=tuple(panels))


# ── values ───────────────────────────────────────────────────────────────────────────────


@dataclass
class Node:
    """A class of a classification with its values, and those below it."""

    code: str
    name: str
    values: dict[str, int] = field(default_factory=dict)
    below: list[Node] = field(default_factory=list)

    def walk(self) -> list[Node]:
        """The node and all below it, in the order of the page."""
        return [self, *(node for each in self.below for node in each.walk())]

    @property
    def role(self) -> str:
        return "subtotal" if self.below else "item"


Pool = Mapping[str, tuple[str, "Pool"]]


def values(random: Random, columns: Sequence[Col]) -> dict[str, int]:
    """Values of one row: random where nothing is summed, and at least one that is not nothing."""
    plain = [col.key for col in columns if not col.of and not col.within]
    sure = random.choice(plain)
    found = {key: _value(random, sure=key == sure) for key in plain}
    for col in columns:
        if col.within in found:
            found[col.key] = random.randint(0, found[col.within])
    while waiting := [col for col in columns if col.key not in found]:
        for col in waiting:
            if col.of and all(key in found for key in col.of):
                found[col.key] = sum(found[key] for key in col.of)
            elif col.within in found:
                found[col.key] = random.randint(0, found[col.within])
    return found


def _value(random: Random, *, sure: bool) -> int:
    if not sure and random.random() < 0.3:
        return 0
    return random.randint(1, 10 ** random.randint(3, 9))


def summed(rows: Sequence[Mapping[str, int]], columns: Sequence[Col]) -> dict[str, int]:
    """The sum of rows, column by column."""
    return {col.key: sum(row[col.key] for row in rows) for col in columns}


def tree(random: Random, pool: Pool, columns: Sequence[Col]) -> list[Node]:
    """Some classes of a classification, each with some of those below it, and values that sum."""
    codes = sorted(random.sample(sorted(pool), random.randint(1, len(pool))))
    nodes = []
    for code in codes:
        name, inner = pool[code]
        below = tree(random, inner, columns) if inner else []
        worth = summed([n.values for n in below], columns) if below else values(random, columns)
        nodes.append(Node(code, name, worth, below))
    return nodes
