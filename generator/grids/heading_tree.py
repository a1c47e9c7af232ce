"""The heading of a ruled table as a tree: each printed cell once, with the cells below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.models import Leaf, RuledTable

_Pairs = Sequence[tuple[tuple[int, int], str]]


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """A cell of a heading, and those below it; ``columns`` are the leaves that it stands over."""

    text: str
    columns: tuple[int, ...]
    below: tuple[HeadingCell, ...] = ()


def heading_tree(table: RuledTable) -> tuple[HeadingCell, ...]:
    """The outermost cells of a table's heading, in the order of the page."""
    return tuple(_branches([(leaf, tuple(_pairs(leaf))) for leaf in table.leaves]))


def _pairs(leaf: Leaf) -> Iterable[tuple[tuple[int, int], str]]:
    return zip(leaf.cells, leaf.path, strict=False)


def _branches(leaves: Sequence[tuple[Leaf, _Pairs]]) -> Iterator[HeadingCell]:
    """Leaves side by side below one cell belong to it; one without any cell has no heading."""
    for first, group in groupby(leaves, key=lambda each: each[1][:1]):
        inside = list(group)
        if first:
            columns = tuple(leaf.column for leaf, _ in inside)
            below = tuple(_branches([(leaf, pairs[1:]) for leaf, pairs in inside]))
            yield HeadingCell(first[0][1], columns, below)


def in_a_line(cells: Sequence[HeadingCell]) -> str:
    """A heading on one line: ``收入（项目、预算数）、支出（项目、预算数）``."""
    return "、".join(_told(cell) for cell in cells)


def _told(cell: HeadingCell) -> str:
    text = "".join(cell.text.split())
    return f"{text}（{in_a_line(cell.below)}）" if cell.below else text
