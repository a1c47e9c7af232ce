"""Headings of a table without rules: wrapped words joined, and which stand over several columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.reading.unruled_words import Word, WordLine

#: How near lines of one cell may follow one another, in sizes of type; the nearest is tried first.
NEXT = (0.42, 0.8)
# The middles or edges of lines of one cell are one, words of one height stand so near, in sizes.
_SAME, _LEVEL = 0.6, 0.25
# Characters of a word that is set wide are at most so far apart.
_WIDE = 6.0
# Words of a heading nearer than this are of one column.
_TOUCHING = 0.35
_LEVELS = ("类", "款", "项")


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """The words of a cell of a heading, and their box; ``later`` are the tops of further lines."""

    x0: float
    top: float
    x1: float
    bottom: float
    later: tuple[float, ...] = ()

    @property
    def middle(self) -> float:
        """Where it stands from left to right."""
        return (self.x0 + self.x1) / 2


def heading_blocks(
    lines: Sequence[WordLine], wholes: Sequence[tuple[float, float]], size: float, near: float
) -> list[HeadingBlock] | None:
    """The cells of a heading; ``wholes`` are stretches in which no column begins.

    Lines of one cell are no farther apart than ``near``. None where a word may be the rest of a
    wrapped one above it, or the middle one of several columns below that.
    """
    blocks: list[HeadingBlock] = []
    for line in lines:
        words = list(_side_by_side(line.words, wholes, size))
        above = [_above(word, words, blocks, size, near) for word in words]
        for word, block in zip(words, above, strict=True):
            if block:
                blocks.remove(block)
            box = HeadingBlock(word.x0, word.top, word.x1, word.bottom)
            blocks.append(union(block, word) if block else box)
    blocks.sort(key=lambda block: (block.x0, block.top))
    return None if any(_is_unclear(block, blocks, size) for block in blocks) else blocks


def _above(
    word: Word, line: Sequence[Word], blocks: Sequence[HeadingBlock], size: float, near: float
) -> HeadingBlock | None:
    """The block of which a word is the next line; no other word of its line is below that."""
    found = [block for block in blocks if _goes_on(block, word, size, near)]
    if len(found) != 1 or sum(overlap(found[0], other) > 0 for other in line) > 1:
        return None
    return found[0]


def _is_unclear(block: HeadingBlock, blocks: Sequence[HeadingBlock], size: float) -> bool:
    """Whether a cell beside a wrapped one begins on a line of it, and not in its middle.

    So cells stand that are below one heading; what is taken for the first line may be that.
    """
    middle = (block.top + block.bottom) / 2
    return any(
        any(abs(each.top - top) < _LEVEL * size for top in block.later)
        and abs((each.top + each.bottom) / 2 - middle) > _LEVEL * size
        for each in _neighbours(block, blocks)
    )


def _neighbours(block: HeadingBlock, blocks: Sequence[HeadingBlock]) -> Iterator[HeadingBlock]:
    """The cells next to one on both sides."""
    level = [each for each in blocks if each.top < block.bottom and each.bottom > block.top]
    before = [each for each in level if each.x1 <= block.x0]
    behind = [each for each in level if each.x0 >= block.x1]
    if before:
        yield max(before, key=lambda each: each.x1)
    if behind:
        yield min(behind, key=lambda each: each.x0)


def _side_by_side(
    words: Sequence[Word], wholes: Sequence[tuple[float, float]], size: float
) -> Iterator[Word]:
    """The words of a line, those joined that stand over one column: ``项　目``."""
    joined: list[Word] = []
    widest = _WIDE * size
    for before, word in zip((None, *words), words, strict=False):
        gap = word.x0 - before.x1 if before else 0.0
        last = joined[-1] if joined else None
        if before and last and _is_one(before, word, wholes, size, widest):
            joined[-1] = Word(last.text + word.text, last.x0, last.top, word.x1, word.bottom)
            widest = 1.5 * gap
        else:
            joined.append(word)
            widest = _WIDE * size
    return iter(joined)


def _is_one(
    first: Word, second: Word, wholes: Sequence[tuple[float, float]], size: float, widest: float
) -> bool:
    gap = second.x0 - first.x1
    if any(x0 <= first.x1 and second.x0 <= x1 for x0, x1 in wholes):
        return True
    if len(second.text) == len(first.text) == 1 and gap <= widest:
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


def _goes_on(block: HeadingBlock, word: Word, size: float, near: float) -> bool:
    """Whether a word is the next line of a block."""
    if overlap(block, word) <= 0 or not -0.4 * size < word.top - block.bottom < near * size:
        return False
    middle = (word.x0 + word.x1) / 2
    return abs(block.middle - middle) < _SAME * size or abs(block.x0 - word.x0) < 0.3 * size


def union(block: HeadingBlock, more: HeadingBlock | Word) -> HeadingBlock:
    """A block and what belongs to it, too."""
    later = more.later if isinstance(more, HeadingBlock) else ()
    return HeadingBlock(
        min(block.x0, more.x0),
        min(block.top, more.top),
        max(block.x1, more.x1),
        max(block.bottom, more.bottom),
        (*block.later, more.top, *later),
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
