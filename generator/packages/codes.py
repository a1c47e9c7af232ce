"""Code lists: the functional and economic codes seen, with all names under which they were seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from generator.meaning.definitions import definition
from generator.meaning.english import english_of_code
from generator.meaning.wording import fold
from generator.models import Disclosure
from generator.packages.classifications import LEVELS, beside
from generator.packages.published import Kept
from generator.packages.resources import Resource, Value, listed


def code_list(
    classification: str, disclosures: Sequence[Disclosure], kept: Sequence[Kept] = ()
) -> Resource:
    """All codes of ``functional`` or ``economic`` that disclosures print, those kept too."""
    seen = _seen(classification, disclosures)
    for each in kept:
        for code, name in each.codes(classification):
            seen[code].append((name, each.year, each.package.id))
    return listed(
        f"codes-{classification}", (_row(classification, code, seen) for code in sorted(seen))
    )


_Seen = list[tuple[str, int, str]]  # name, year, disclosure


def _seen(classification: str, disclosures: Sequence[Disclosure]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = defaultdict(list)
    for disclosure in disclosures:
        for code, name in _named(classification, disclosure):
            seen[code].append((name, disclosure.extract.year, disclosure.id))
    return seen


def _named(classification: str, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """The codes and names of all rows, those without amounts included, and of classes known."""
    for table in disclosure.extract.tables:
        if table.by_coordinates:
            printed = (row.classes.get(classification, ("", "")) for row in table.rows)
            yield from ((code, name) for code, name in printed if code and name)
        elif definition(table.id).classification == classification:
            yield from ((row.code, row.name) for row in table.rows if row.code)
    for fact in disclosure.facts:
        functional = classification == "functional"
        code = fact.functional_code if functional else fact.economic_code
        if code and not fact.label.strip("[【").startswith(code):
            yield code, fact.functional_name if functional else fact.economic_name


def _row(classification: str, code: str, codes: dict[str, _Seen]) -> tuple[Value, ...]:
    seen = codes[code]
    name = _latest(seen)
    parents = [code[:length] for length in (5, 3) if length < len(code) and code[:length] in codes]
    return (
        code,
        name,
        english_of_code(classification, code, name),
        LEVELS[len(code)],
        parents[0] if parents else "",
        _others(seen, name),
        " ".join(sorted({str(year) for _, year, _ in seen})),
        len({disclosure for _, _, disclosure in seen}),
        *beside(classification, code),
    )


def _latest(seen: _Seen) -> str:
    """The name most used in the latest year; the longest, then the first, of equals."""
    latest = max(year for _, year, _ in seen)
    counts = Counter(name for name, year, _ in seen if year == latest)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _others(seen: _Seen, name: str) -> str:
    years: dict[str, set[int]] = defaultdict(set)
    for other, year, _ in seen:
        if fold(other) != fold(name):
            years[other].add(year)
    return "|".join(
        f"{other} ({', '.join(str(year) for year in sorted(years[other]))})"
        for other in sorted(years)
    )
