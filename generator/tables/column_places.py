"""Columns by place: each column is bound where its heading stands, whatever the definition's order.

On a ruled page the heading's cells say it: above each column stand those whose width covers it. In
running text the cells stand one after another, row by row or one stack after the other: what has
one parent stands in the order of the columns. Where two orders fit, it cannot be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from generator.meaning.definitions import Heading, Layout
from generator.meaning.wording import fold
from generator.models import Box, Column, Line

# Edges of cells that are nearer than this are one line of the grid.
_SNAP = 3.0
_Path = tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A heading as it is printed: its lines, and its cells in the order of the text."""

    lines: Sequence[Line]
    order: Sequence[Heading]


def place_columns(layout: Layout, printed: Printed) -> tuple[tuple[Column, ...], bool]:
    """The columns whose heading is printed, in the page's order; whether no other order fits."""
    there = set(printed.order)
    bound = [
        (column, path)
        for column, path in zip(layout.columns, layout.paths, strict=True)
        if not path or path[-1] in there
    ]
    columns = _by_boxes(bound, printed.lines)
    if columns is not None:
        return columns, True
    paths = [tuple(heading for heading in path if heading in there) for _, path in bound]
    orders = list(_orders(paths, printed.order))
    defined = tuple(range(len(bound)))
    order = defined if defined in orders or not orders else orders[0]
    return tuple(bound[index][0] for index in order), len(orders) == 1


# ── a ruled page ─────────────────────────────────────────────────────────────────────────


def _by_boxes(
    bound: Sequence[tuple[Column, _Path]], lines: Sequence[Line]
) -> tuple[Column, ...] | None:
    """The columns from left to right, each under its headings; None where the boxes do not tell."""
    paths = list(_printed_paths(lines))
    if len(paths) != len(bound):
        return None
    left, columns = list(bound), []
    for path in paths:
        found = next((each for each in left if _fits(path, each[1])), None)
        if found is None:
            return None
        left.remove(found)
        columns.append(found[0])
    return tuple(columns)


def _printed_paths(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """The texts above each column of a ruled heading, outermost first."""
    cells = [
        (fold(text), box)
        for line in lines
        for text, box in zip(line.text.split("\t"), line.boxes, strict=False)
        if box is not None
    ]
    if not cells or not all(line.boxes for line in lines):
        return
    for start, end in pairwise(_edges([box for _, box in cells])):
        middle = (start + end) / 2
        above = [(box.top, text) for text, box in cells if box.x0 < middle < box.x1 and text]
        yield tuple(text for _, text in sorted(above, key=lambda each: each[0]))


def _edges(boxes: Sequence[Box]) -> list[float]:
    edges: list[float] = []
    for edge in sorted(edge for box in boxes for edge in (box.x0, box.x1)):
        if not edges or edge - edges[-1] > _SNAP:
            edges.append(edge)
    return edges


def _fits(texts: Sequence[str], path: _Path) -> bool:
    """Whether the texts are the headings, each in one of its words; a cell may be cut in two."""
    if not path:
        return not texts
    for count in range(1, len(texts) + 1):
        joined = "".join(texts[:count])
        if joined in path[0].variants and _fits(texts[count:], path[1:]):
            return True
    return path[0].optional and len(path) > 1 and _fits(texts, path[1:])


# ── running text ─────────────────────────────────────────────────────────────────────────

_Order = tuple[int, ...]
_Places = dict[tuple[str, ...], int]


def _orders(paths: Sequence[_Path], printed: Sequence[Heading]) -> Iterator[_Order]:
    """All orders of the columns that fit the order in which their headings are printed."""
    seen = set()
    for places in _assignments(paths, printed):
        order = tuple(sorted(range(len(paths)), key=lambda i: [places[h.key] for h in paths[i]]))
        if order not in seen:
            seen.add(order)
            yield order


def _assignments(paths: Sequence[_Path], printed: Sequence[Heading]) -> Iterator[_Places]:
    """All ways to say which printed cell is which heading; cells of the same words are alike."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, heading in enumerate(printed):
        places[heading.variants].append(place)
    alike: dict[tuple[str, ...], list[Heading]] = defaultdict(list)
    for heading in dict.fromkeys(heading for path in paths for heading in path):
        alike[heading.variants].append(heading)
    groups = [(headings, places[words]) for words, headings in alike.items()]
    yield from _assigned(sorted(groups, key=lambda g: len(g[0])), {}, _siblings(paths))


def _assigned(
    groups: Sequence[tuple[list[Heading], list[int]]],
    known: _Places,
    siblings: Sequence[tuple[_Below, _Below]],
) -> Iterator[_Places]:
    if not groups:
        yield known
        return
    headings, places = groups[0]
    for order in permutations(places, len(headings)):
        keys = [heading.key for heading in headings]
        tried = known | dict(zip(keys, order, strict=False))
        if _is_stacked(keys, tried) and not any(_interleaved(a, b, tried) for a, b in siblings):
            yield from _assigned(groups[1:], tried, siblings)


def _is_stacked(keys: Sequence[tuple[str, ...]], places: _Places) -> bool:
    """Whether each heading stands behind the one above it."""
    return all(
        places[key[:-1]] < places[key] for key in keys if key[:-1] in places and key in places
    )


#: The headings below one heading, by depth.
_Below = dict[int, list[tuple[str, ...]]]


def _siblings(paths: Sequence[_Path]) -> list[tuple[_Below, _Below]]:
    """Each two headings that stand beside one another, as all that is below them, by depth."""
    below: dict[tuple[str, ...], _Below] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        for depth, heading in enumerate(path):
            for upper in path[: depth + 1]:
                if heading.key not in below[upper.key][depth]:
                    below[upper.key][depth].append(heading.key)
    return [
        (below[first], below[second])
        for first, second in combinations(below, 2)
        if len(first) == len(second) and (len(first) == 2 or first[:-1] == second[:-1])
    ]


def _interleaved(first: _Below, second: _Below, places: _Places) -> bool:
    """Whether what is below one heading stands among what is below the other."""
    before = set()
    for depth in first.keys() & second.keys():
        ones = [places[key] for key in first[depth] if key in places]
        others = [places[key] for key in second[depth] if key in places]
        if ones and others:
            if max(ones) < min(others):
                before.add(True)
            elif max(others) < min(ones):
                before.add(False)
            else:
                return True
    return len(before) > 1
