"""What several tables of a disclosure print is found once, with how many more rows say the same.

Rows are alike by their name and amounts as printed: whether they mean the same is not told by it,
and the page says no more than that they print the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.website.search.found import Found
from generator.website.search.search_tokens import plain

#: Of what a row is, beside its name: the side of its table, and its unit.
Of = tuple[str, str]


def once(rows: Iterable[tuple[Of, Found]]) -> Iterator[Found]:
    """Yield rows without those whose amounts all stand in another of the same name."""
    alike: dict[tuple[object, ...], list[Found]] = {}
    for of, found in rows:
        shown = found.shown
        if "a" not in shown:
            yield found
            continue
        key = (*of, plain(str(shown["t"])), shown.get("c", ""), shown.get("u", ""))
        alike.setdefault(key, []).append(found)
    for same in alike.values():
        yield from _once(same)


def _once(same: list[Found]) -> Iterator[Found]:
    """Of equal ones the first stays."""
    kept: list[tuple[set[str], Found, int]] = []
    for found in sorted(same, key=lambda each: -len(_amounts(each))):
        amounts = _amounts(found)
        at = next((n for n, (whole, _, _) in enumerate(kept) if amounts <= whole), len(kept))
        if at == len(kept):
            kept.append((amounts, found, 0))
        else:
            whole, first, more = kept[at]
            kept[at] = (whole, first, more + 1)
    for _, found, more in kept:
        yield replace(found, shown=found.shown | {"p": more}) if more else found


def _amounts(found: Found) -> set[str]:
    told = found.shown.get("a", [])
    assert isinstance(told, list)
    return {printed for _, printed in told}
