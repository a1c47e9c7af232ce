"""Parts of a disclosure: 第一部分 … 第五部分, the contents page apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from generator.models import Line
from generator.tables.wording import fold, join

_HEADING = re.compile(r"^\s*第\s*([一二三四五六七])\s*部分(?![，。；、）])")
_ENDINGS = ("概况", "表", "说明", "情况", "解释", "附件", "附表", "目录", "信息")
_NUMBERS = "一二三四五六七"
# A heading is short; a sentence that begins with 第二部分 is not a heading.
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its number (0 before the first), its title, its lines without the heading's."""

    number: int
    title: str
    heading_lines: tuple[Line, ...]
    lines: tuple[Line, ...]


def split_parts(lines: tuple[Line, ...]) -> tuple[Part, ...]:
    """Split ``lines`` into parts; what stands before the last 第一部分 is part 0.

    A contents page lists the parts too, so a document begins at its last 第一部分.
    """
    starts = [index for index, line in enumerate(lines) if _number(line.text)]
    firsts = [index for index in starts if _number(lines[index].text) == 1]
    if firsts:
        starts = [index for index in starts if index >= firsts[-1]]
    starts = _ascending(lines, starts)
    bounds = [*starts, len(lines)]
    front = Part(0, "", (), lines[: bounds[0]])
    return (front, *(_part(lines[a:b]) for a, b in pairwise(bounds)))


def _number(text: str) -> int:
    match = _HEADING.match(text)
    if not match or len(text.strip()) > _LONGEST_HEADING or text.strip().endswith("。"):
        return 0
    return _NUMBERS.index(match.group(1)) + 1


def _ascending(lines: tuple[Line, ...], starts: list[int]) -> list[int]:
    """Keep the first heading of each part: repeats are running heads."""
    kept: list[int] = []
    for index in starts:
        if not kept or _number(lines[index].text) > _number(lines[kept[-1]].text):
            kept.append(index)
    return kept


def _part(lines: tuple[Line, ...]) -> Part:
    heading = _heading_lines(lines)
    title = join([line.text for line in heading])
    rest = lines[lines.index(heading[-1]) + 1 :]
    return Part(_number(lines[0].text), title, heading, rest)


def _heading_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a wrapped heading: until it ends as headings do, or three lines at most."""
    taken = [lines[0]]
    for line in lines[1:8]:
        if fold("".join(each.text for each in taken)).endswith(_ENDINGS) or len(taken) == 3:
            return tuple(taken)
        if line.text.strip():
            taken.append(line)
    return tuple(taken[:1])
