"""Headings of a table without rules: wrapped words joined, and which stand over several columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.reading.unruled_words import Word, WordLine

# Lines of one cell follow one another this near, and their middles or edges are one, in sizes.
_NEXT, _SAME = 0.42, 0.6
# Words of a heading nearer than this are of one column.
_TOUCHING = 0.35
_LEVELS = ("类", "款", "项")


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """The words of one cell of a heading, and their box."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where it stands from left to right."""
        return (self.x0 + self.x1) / 2


def heading_blocks(
    lines: Sequence[WordLine], wholes: Sequence[tuple[float, float]], size: float
) -> list[HeadingBlock] | None:
    """The cells of a heading; ``wholes`` are stretches in which no column begins.

    None where a word may be the rest of a wrapped one above it, or the middle one of several
    columns below that.
    """
    blocks: list[HeadingBlock] = []
    for number, line in enumerate(lines, start=1):
        words = list(_side_by_side(line.words, wholes, size))
        above = [_above(word, words, blocks, size) for word in words]
        if number == len(lines) and _is_unclear(words, above, blocks):
            return None
        for word, block in zip(words, above, strict=True):
            if block:
                blocks.remove(block)
            box = HeadingBlock(word.x0, word.top, word.x1, word.bottom)
            blocks.append(union(block, word) if block else box)
    return sorted(blocks, key=lambda b: (b.x0, b.top))


def _above(
    word: Word, line: Sequence[Word], blocks: Sequence[HeadingBlock], size: float
) -> HeadingBlock | None:
    """The block of which a word is the next line; no other word of its line is below that."""
    found = [block for block in blocks if _goes_on(block, word, size)]
    if len(found) != 1 or sum(overlap(found[0], other) > 0 for other in line) > 1:
        return None
    return found[0]


def _is_unclear(
    words: Sequence[Word],
    above: Sequence[HeadingBlock | None],
    blocks: Sequence[HeadingBlock],
) -> bool:
    """Whether words beside a wrapped one have nothing above them in the last line of a heading."""
    bare = [not any(overlap(block, word) > 0 for block in blocks) for word in words]
    return any(block and any(bare[max(0, n - 1) : n + 2]) for n, block in enumerate(above))


def _side_by_side(
    words: Sequence[Word], wholes: Sequence[tuple[float, float]], size: float
) -> Iterator[Word]:
    """The words of a line, those joined that stand over one column: ``项　目``."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and _is_one(last, word, wholes, size):
            joined[-1] = Word(last.text + word.text, last.x0, last.top, word.x1, word.bottom)
        else:
            joined.append(word)
    return iter(joined)


def _is_one(first: Word, second: Word, wholes: Sequence[tuple[float, float]], size: float) -> bool:
    gap = second.x0 - first.x1
    if any(x0 <= first.x1 and second.x0 <= x1 for x0, x1 in wholes):
        return True
    if len(second.text) == 1 and len(first.text.split()[-1]) == 1:
        # Set wide, ``收　入``; only the levels of codes have headings of one character.
        return second.text not in _LEVELS or first.text not in _LEVELS
    return gap < _TOUCHING * size and not _beside(first, second, wholes)


def _beside(first: Word, second: Word, wholes: Sequence[tuple[float, float]]) -> bool:
    """Whether two words stand over two columns."""
    over = [
        [n for n, (x0, x1) in enumerate(wholes) if min(x1, word.x1) - max(x0, word.x0) > 0]
        for word in (first, second)
    ]
    return bool(over[0]) and bool(over[1]) and over[0] != over[1]


def overlap(block: HeadingBlock | Word, other: HeadingBlock | Word) -> float:
    """How far two stand above one another, from left to right."""
    return min(block.x1, other.x1) - max(block.x0, other.x0)


def _goes_on(block: HeadingBlock, word: Word, size: float) -> bool:
    """Whether a word is the next line of a block."""
    if overlap(block, word) <= 0 or not -0.4 * size < word.top - block.bottom < _NEXT * size:
        return False
    middle = (word.x0 + word.x1) / 2
    return abs(block.middle - middle) < _SAME * size or abs(block.x0 - word.x0) < 0.3 * size


def union(block: HeadingBlock, word: HeadingBlock | Word) -> HeadingBlock:
    """A block and what belongs to it, too."""
    return HeadingBlock(
        min(block.x0, word.x0),
        min(block.top, word.top),
        max(block.x1, word.x1),
        max(block.bottom, word.bottom),
    )


def split_leaves(
    blocks: Sequence[HeadingBlock],
) -> tuple[list[HeadingBlock], list[HeadingBlock]]:
    """The innermost cells of a heading from left to right, and those that stand over others."""
    leaves: list[HeadingBlock] = []
    outer: list[HeadingBlock] = []
    for block in blocks:
        below = [b for b in blocks if b.top > block.top and b.top >= block.bottom - 2]
        over = [b for b in below if overlap(block, b) > 0]
        beside = [b for b in below if b.x1 <= block.x0], [b for b in below if b.x0 >= block.x1]
        between = beside[0] and beside[1] and _is_between(block, blocks, below)
        (outer if over or between else leaves).append(block)
    return leaves, outer


def _is_between(
    block: HeadingBlock, blocks: Sequence[HeadingBlock], below: Sequence[HeadingBlock]
) -> bool:
    """Whether a cell stands over the gap between two lower ones, next to it on both sides."""
    others = [b for b in blocks if b is not block and b.bottom > block.top + 1]
    left = max((b for b in others if b.x1 <= block.x0), key=lambda b: b.x1, default=None)
    right = min((b for b in others if b.x0 >= block.x1), key=lambda b: b.x0, default=None)
    return left in below and right in below
