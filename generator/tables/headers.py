"""Headings of tables: found as a run of lines that is made of just the layout's heading cells.

In running text the cells of a stacked heading stand one after the other, each wrapped over lines.
So the lines, joined without spaces, must be the layout's headings in some order, each once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.meaning.definitions import Definition, Heading, Layout
from generator.meaning.wording import fold
from generator.models import Column, Line
from generator.tables.column_places import place_columns

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Header:
    """A heading that was found: how many lines it takes and the columns it stands over.

    ``printed`` are its cells in the order of the text. ``columns`` are in the definition's order
    until ``placed`` puts them in the text's; ``sure`` tells that no other order fits.
    """

    definition: Definition
    layout: Layout
    columns: tuple[Column, ...]
    length: int
    printed: tuple[Heading, ...] = ()
    sure: bool = True

    def placed(self) -> Header:
        """This heading with its columns in the order in which the text prints them."""
        columns, sure = place_columns(self.layout, self.printed)
        return replace(self, columns=columns, sure=sure)


def find_header(
    lines: Sequence[Line], start: int, definitions: Sequence[Definition], most: int = _LONGEST
) -> Header | None:
    """Find the heading of one of ``definitions`` at a line; none of the ``lines`` is blank.

    It takes so many lines at ``most``. Of several layouts that fit, the one that accounts for the
    most lines is printed.
    """
    first = fold(lines[start].text)
    layouts = [
        (definition, layout)
        for definition in definitions
        for layout in definition.layouts
        if layout.headings and (not first or first[0] in layout.beginnings)
    ]
    if not layouts:
        return None
    texts = [line.text for line in lines[start : start + most]]
    found = [
        Header(definition, layout, layout.present(match[1]), *match)
        for definition, layout in layouts
        if (match := _match(texts, layout))
    ]
    return max(found, key=lambda header: header.length, default=None)


def _match(texts: Sequence[str], layout: Layout) -> tuple[int, tuple[Heading, ...]] | None:
    least, most = layout.least, layout.most
    joined = ""
    found: tuple[int, tuple[Heading, ...]] | None = None
    for count, text in enumerate(texts, start=1):
        joined += fold(text)
        if len(joined) > most:
            break
        printed = _cover(joined, layout.headings) if len(joined) >= least else None
        if printed is not None:
            found = count, printed
            if len(printed) == len(layout.headings):
                break  # nothing optional is left that may stand below
    return found


def _cover(text: str, headings: tuple[Heading, ...]) -> tuple[Heading, ...] | None:
    """Cover ``text`` with ``headings``, in the order of the text; None if it cannot be.

    Of those with the same words the first goes first; those that are optional may be left over.
    """
    if not text:
        return () if all(heading.optional for heading in headings) else None
    tried = set()
    for index, heading in enumerate(headings):
        if heading.variants in tried:
            continue
        tried.add(heading.variants)
        for variant in heading.variants:
            if text.startswith(variant):
                rest = _cover(text[len(variant) :], headings[:index] + headings[index + 1 :])
                if rest is not None:
                    return (heading, *rest)
    return None
