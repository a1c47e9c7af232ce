"""Parts of a disclosure: 第一部分 … 第五部分, the contents page apart."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from generator.meaning.wording import fold, join
from generator.models import Line

_HEADING = re.compile(r"^\s*第\s*([一二三四五六七])\s*部分(?![，。；、）])")
_ENDINGS = ("概况", "表", "说明", "情况", "解释", "附件", "附表", "目录", "信息")
# A heading that seems whole without its last word, which stands on a line of its own.
_RESTS = ("说明", "情况说明", "解释")
_TABLES = re.compile(r"^.{0,40}(?:19|20)\d{2}年度?(?:部门|单位)?(?:预算|决算)(?:公开)?报?表$")
_NUMBERS = "一二三四五六七"
# A heading is short; a sentence that begins with 第二部分 is not a heading.
_LONGEST_HEADING = 60
# Two or three pages, as lines with empty ones between them.
_LONGEST_CONTENTS = 150


class DocumentPart(Struct, frozen=True):
    """A part: its number (0 before the first), its title, its lines without the heading's."""

    number: int
    title: str
    heading_lines: tuple[Line, ...]
    lines: tuple[Line, ...]


def split_parts(lines: tuple[Line, ...]) -> tuple[DocumentPart, ...]:
    """Split ``lines`` into parts; what stands before the first is part 0."""
    numbers = {index: number for index, line in enumerate(lines) if (number := _number(line.text))}
    begin = _begin(numbers, len(lines))
    starts = _ascending(numbers, [index for index in numbers if index >= begin])
    if unnumbered := _unnumbered_tables(lines, [(i, numbers[i]) for i in starts]):
        numbers[unnumbered] = 2
        starts = sorted([*starts, unnumbered])
    bounds = [*starts, len(lines)]
    front = DocumentPart(0, "", (), lines[: bounds[0]])
    return (front, *(_part(numbers[a], lines[a:b]) for a, b in pairwise(bounds)))


def _begin(numbers: dict[int, int], lines: int) -> int:
    """Where the first part begins: a contents page lists the parts, too, but takes few lines.

    An attachment may have a 第一部分 of its own; repeats with nothing between are running heads.
    """
    previous = 0
    firsts: list[int] = []
    for index, number in numbers.items():
        if number == 1 and previous != 1:
            firsts.append(index)
        previous = number
    for first, following in pairwise([*firsts, lines]):
        if following - first > _LONGEST_CONTENTS:
            return first
    return max((index for index, number in numbers.items() if number == 1), default=0)


def _unnumbered_tables(lines: tuple[Line, ...], starts: list[tuple[int, int]]) -> int | None:
    """Where the tables' part begins whose heading lacks 第二部分, between parts one and three."""
    numbers = [number for _, number in starts]
    if numbers[:2] != [1, 3]:
        return None
    between = range(starts[0][0] + 1, starts[1][0])
    return next((i for i in between if _TABLES.match(fold(lines[i].text))), None)


def _number(text: str) -> int:
    match = "部分" in text and _HEADING.match(text)
    if not match or len(text.strip()) > _LONGEST_HEADING or text.strip().endswith("。"):
        return 0
    return _NUMBERS.index(match.group(1)) + 1


def _ascending(numbers: dict[int, int], starts: list[int]) -> list[int]:
    """Keep the first heading of each part: repeats are running heads."""
    kept: list[int] = []
    for index in starts:
        if not kept or numbers[index] > numbers[kept[-1]]:
            kept.append(index)
    return kept


def _part(number: int, lines: tuple[Line, ...]) -> DocumentPart:
    heading = _heading_lines(lines)
    title = join([line.text for line in heading])
    rest = lines[lines.index(heading[-1]) + 1 :]
    return DocumentPart(number, title, heading, rest)


def _heading_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a wrapped heading: until it ends as headings do, or three lines at most."""
    taken = [lines[0]]
    for line in lines[1:8]:
        if not line.text.strip():
            continue
        if len(taken) == 3 or (_is_whole(taken) and fold(line.text) not in _RESTS):
            break
        taken.append(line)
    return tuple(taken if _is_whole(taken) or len(taken) == 3 else taken[:1])


def _is_whole(heading: list[Line]) -> bool:
    return fold("".join(line.text for line in heading)).endswith(_ENDINGS)
