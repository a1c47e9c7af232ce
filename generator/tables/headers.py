"""Headings of tables: found as a run of lines that is made of just the layout's heading cells.

In running text the cells of a stacked heading stand one after the other, each wrapped over lines.
So the lines, joined without spaces, must be the layout's headings in some order, each once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.meaning.amounts import is_amount
from generator.meaning.definitions import Definition, Heading, Layout
from generator.meaning.wording import fold
from generator.models import Column

_LONGEST = 80
# No table has more columns than a number of three digits counts.
_LONGEST_NUMBER = 3
_ORDINALS = re.compile(r"^(?:栏次|\*++)?(?:\d|栏次|行次|[A-Z])++$")
# A column that is computed from others says so beside its number.
_FORMULA = re.compile(r"(?<=\d)栏?=\(?\d[\d+\-()栏]*$")
_TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Header:
    """A heading that was found: how many lines it takes and the columns it stands over."""

    definition: Definition
    layout: Layout
    columns: tuple[Column, ...]
    length: int


def find_header(texts: Sequence[str], definitions: Sequence[Definition]) -> Header | None:
    """Find the heading of one of ``definitions`` at the start of ``texts`` (no blank lines).

    Of several layouts that fit, the one that accounts for the most lines is printed.
    """
    found = [
        Header(definition, layout, layout.without(match[1]), match[0])
        for definition in definitions
        for layout in definition.layouts
        if layout.headings and (match := _match(texts, layout))
    ]
    return max(found, key=lambda header: header.length, default=None)


def _match(texts: Sequence[str], layout: Layout) -> tuple[int, tuple[str, ...]] | None:
    least = sum(min(map(len, h.variants)) for h in layout.headings if not h.optional)
    most = sum(max(map(len, h.variants)) for h in layout.headings)
    joined = ""
    found: tuple[int, tuple[str, ...]] | None = None
    for count, text in enumerate(texts[:_LONGEST], start=1):
        joined += fold(text)
        if len(joined) > most:
            break
        left = _cover(joined, layout.headings) if len(joined) >= least else None
        if left is not None:
            found = count, tuple(heading.variants[0] for heading in left)
            if not left:
                break  # nothing optional is left that may stand below
    return found


def _cover(text: str, headings: tuple[Heading, ...]) -> tuple[Heading, ...] | None:
    """Cover ``text`` with ``headings``; the optional ones left over, or None if it cannot be."""
    if not text:
        return headings if all(heading.optional for heading in headings) else None
    for index, heading in enumerate(headings):
        if heading in headings[:index]:
            continue
        for variant in heading.variants:
            if text.startswith(variant):
                rest = _cover(text[len(variant) :], headings[:index] + headings[index + 1 :])
                if rest is not None:
                    return rest
    return None


def is_ordinals(text: str) -> bool:
    """Tell whether a line only numbers the columns: ``栏次 1 2 3``, ``** 1 2``, ``1=2+3 2 3``."""
    tokens = [_FORMULA.sub("", token) for token in text.split()]
    if not tokens or not _ORDINALS.match("".join(tokens)):
        return False
    if any(len(token) > _LONGEST_NUMBER and token.isdigit() for token in tokens):
        return False
    numbers = [int(token) for token in tokens if token.isdecimal()]
    counted = "栏" in text or "*" in text
    return (
        bool(numbers)
        and (counted or len(numbers) > 2)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] == 1
    )


def part_total(text: str) -> tuple[str, str] | None:
    """Part a ruled row that begins with 合计 and holds headings into these and the row of totals.

    None where it does not: no headings beside the total, or the total is in the middle.
    """
    cells = text.split("\t")
    first = next((index for index, cell in enumerate(cells) if cell.strip()), None)
    if first is None or fold(cells[first]) != _TOTAL:
        return None
    words = [
        index > first and bool(cell.strip()) and not is_amount(cell.strip())
        for index, cell in enumerate(cells)
    ]
    if sum(words) < 2:
        return None
    heading = [cell if word else "" for cell, word in zip(cells, words, strict=True)]
    total = ["" if word else cell for cell, word in zip(cells, words, strict=True)]
    return "\t".join(heading), "\t".join(total)
