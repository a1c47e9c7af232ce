"""Units and what belongs to them: told by names, arithmetic and indentation, weighed together.

No evidence is sure alone. Names of units differ between tables, and a project may be named like a
unit; a unit may have one project, or none; a page may be indented otherwise than the page before.
But a unit's amounts are, in every column, the sums of the rows below it, up to the next unit: the
rows are cut where most of the evidence agrees, and where it does not agree the level is in doubt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from generator.meaning.amounts import to_decimal
from generator.models import Row

# How much each kind of evidence weighs. Sums in every column speak louder than a name, a name
# louder than a place on the page; a row that can be nothing but an item is never a unit.
_ADDS_UP, _NAME, _INDENT = 4, 3, 1
# Nothing but an indented place speaks: sums below it are chance, or make up for a wrong total.
_UNLIKELY = -6
_NEVER = -1000


@dataclass(frozen=True, slots=True)
class LevelEvidence:
    """What names and places say of a row: a known unit or no unit; at the margin or indented.

    ``named``: its name is a unit's (True), cannot be one's (False), or says nothing (None).
    ``outer``: it stands at the margin of its column (True), or indented (False); None: no telling.
    """

    named: bool | None
    outer: bool | None

    @property
    def weight(self) -> int:
        """How much speaks for a unit; below zero, against one."""
        if self.named is None and self.outer is False:
            return _UNLIKELY
        name = {True: _NAME, False: _NEVER, None: 0}[self.named]
        # Of two ways to cut, the one with fewer units that nothing vouches for.
        return name + {True: _INDENT, False: -_INDENT, None: 0 if name else -1}[self.outer]

    @property
    def agrees(self) -> bool | None:
        """Whether all that there is says unit (True) or item (False); None: nothing, or both."""
        said = {each for each in (self.named, self.outer) if each is not None}
        return said.pop() if len(said) == 1 else None


@dataclass(frozen=True, slots=True)
class Level:
    """Whether a row is a unit, and why that is not beyond doubt (blank where it is)."""

    is_unit: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """A unit at ``start`` with the rows up to ``end``; whether they add up to it."""

    start: int
    end: int
    adds_up: bool


def weigh_levels(rows: Sequence[Row], evidence: Sequence[LevelEvidence]) -> list[Level]:
    """Tell of each row (totals left out by the caller) whether it is a unit, with its doubts."""
    if not rows:
        return []
    blocks = _best(_Sums(rows), evidence)
    levels: list[Level] = []
    for block in blocks:
        said = [evidence[index].agrees for index in range(block.start, block.end)]
        doubt = _doubt(block, said)
        levels += [Level(index == block.start, doubt) for index in range(block.start, block.end)]
    return levels


def _doubt(block: _Block, said: Sequence[bool | None]) -> str:
    """Why the rows of a block may be no block: they do not add up, and nothing else vouches."""
    if block.adds_up or (said[0] and not any(each is not False for each in said[1:])):
        return ""
    if len(said) == 1 and said[0]:
        return ""  # a unit by name, with nothing below it
    return "各行之和不等于它上面的单位，名称和缩进也不能说明哪些行是单位"


def _best(sums: _Sums, evidence: Sequence[LevelEvidence]) -> list[_Block]:
    """The best way to cut the rows into blocks, from the last row back to the first."""
    count = len(evidence)
    starts = [each.agrees is True or each.weight > 0 for each in evidence]
    following = _next_starts(starts)
    score = [0] * (count + 1)
    chosen: list[_Block] = [_Block(0, 0, False)] * count
    for start in range(count - 1, -1, -1):
        options = [
            (_value(block, evidence) + score[block.end], block.adds_up, block.end, block)
            for block in _options(start, following[start], sums)
        ]
        best = max(options, key=lambda option: option[:3])
        score[start], chosen[start] = best[0], best[3]
    blocks, start = [], 0
    while start < count:
        blocks.append(chosen[start])
        start = chosen[start].end
    return blocks


def _next_starts(starts: Sequence[bool]) -> list[int]:
    """For each row the next one, below it, that looks like a unit; the end if there is none."""
    following = [len(starts)] * len(starts)
    for index in range(len(starts) - 2, -1, -1):
        following[index] = index + 1 if starts[index + 1] else following[index + 1]
    return following


def _options(start: int, following: int, sums: _Sums) -> Iterator[_Block]:
    """Blocks that begin at ``start``: those that add up, and the one up to the next likely unit."""
    ends = list(sums.ends(start))
    yield from (_Block(start, end, True) for end in ends)
    if following not in ends:
        yield _Block(start, following, False)


def _value(block: _Block, evidence: Sequence[LevelEvidence]) -> int:
    return evidence[block.start].weight + (_ADDS_UP if block.adds_up else 0)


class _Sums:
    """The amounts of rows, added up column by column."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.columns = [
            [to_decimal(row.cells[i].printed) if row.cells[i] else Decimal(0) for row in rows]  # type: ignore[union-attr]  # asked
            for i in range(len(rows[0].cells))
        ]
        self.before = [[Decimal(0), *accumulate(column)] for column in self.columns]
        self.sorted = [_sorted(sums) for sums in self.before]
        self.sized = [list(accumulate(map(abs, [Decimal(0), *c]))) for c in self.columns]
        printed = [cell.printed for row in rows for cell in row.cells if cell]
        decimals = max((len(text.partition(".")[2]) for text in printed), default=0)
        self.half = Decimal(1).scaleb(-decimals) / 2

    def ends(self, start: int) -> Iterator[int]:
        """Where a block from ``start`` may end so that its rows add up to it in every column.

        A block of nothing but zeros adds up to nothing, and says nothing.
        """
        leading = max(
            range(len(self.columns)), key=lambda i: abs(self.columns[i][start]), default=0
        )
        wanted = self.columns[leading][start] if self.columns else Decimal(0)
        if not wanted:
            return
        last = len(self.columns[0])
        slack = (last - start + 1) * self.half
        # Sizes only grow: a block's rows are at least as large as what they add up to.
        first = bisect_left(
            self.sized[leading], self.sized[leading][start + 1] + abs(wanted) - slack
        )
        target = self.before[leading][start + 1] + wanted
        near = self._near(leading, target - slack, target + slack)
        for end in sorted(end for end in near if end >= max(first, start + 2)):
            if self._adds_up(start, end):
                yield end

    def _near(self, column: int, low: Decimal, high: Decimal) -> Sequence[int]:
        """The rows before which a column has added up to something between two amounts."""
        sums, ends = self.sorted[column]
        return ends[bisect_left(sums, low) : bisect_right(sums, high)]

    def _adds_up(self, start: int, end: int) -> bool:
        slack = (end - start) * self.half
        return all(
            abs(before[end] - before[start + 1] - column[start]) <= slack
            for before, column in zip(self.before, self.columns, strict=True)
        )


def _sorted(sums: Sequence[Decimal]) -> tuple[list[Decimal], list[int]]:
    """Sums by their size, with the place of each: one that is looked for is found at once."""
    ends = sorted(range(len(sums)), key=sums.__getitem__)
    return [sums[end] for end in ends], ends
