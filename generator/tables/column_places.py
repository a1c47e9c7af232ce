"""Columns of a text by place: each is bound where its heading stands, in whatever order.

In running text the cells of a heading stand one after another, row by row or one stack after the
other: what has one parent stands in the order of the columns. Where two orders fit, it cannot be
told. (On a ruled page the cells say it: ``known_forms``.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from generator.meaning.definitions import Heading, Layout
from generator.models import Column

_Path = tuple[Heading, ...]


def place_columns(layout: Layout, printed: Sequence[Heading]) -> tuple[tuple[Column, ...], bool]:
    """The columns whose heading is printed, in the text's order; whether no other order fits.

    ``printed`` are the cells of the heading in the order of the text.
    """
    there = set(printed)
    bound = [
        (column, path)
        for column, path in zip(layout.columns, layout.paths, strict=True)
        if not path or path[-1] in there
    ]
    paths = [tuple(heading for heading in path if heading in there) for _, path in bound]
    orders = list(_orders(paths, printed))
    defined = tuple(range(len(bound)))
    order = defined if defined in orders or not orders else orders[0]
    return tuple(bound[index][0] for index in order), len(orders) == 1


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
