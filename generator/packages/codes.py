"""Code lists: the functional and economic codes seen, with all names under which they were seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.meaning.definitions import definition
from generator.meaning.english import english_of_code
from generator.meaning.wording import fold
from generator.models import Disclosure
from generator.packages.classifications import LEVELS, beside
from generator.packages.resources import Resource, Value, listed

#: The classifications of which there is a list.
CODES = ("functional", "economic")


class CodeList:
    """All codes of a classification that disclosures print, each with its names by year."""

    def __init__(self, classification: str) -> None:
        self.classification = classification
        self.names: dict[str, Counter[tuple[str, int]]] = {}
        self.disclosures: Counter[str] = Counter()

    def add(self, named: Iterable[tuple[str, str, int]], year: int) -> None:
        """Take note of the codes of one disclosure: each with a name, and how often."""
        seen = set()
        for code, name, count in named:
            self.names.setdefault(code, Counter())[name, year] += count
            seen.add(code)
        self.disclosures.update(seen)

    def resource(self) -> Resource:
        """The list, by code."""
        rows = (_row(self, code) for code in sorted(self.names))
        return listed(f"codes-{self.classification}", rows)


def code_list(classification: str, disclosure: Disclosure) -> Resource:
    """The list of the codes that one disclosure prints."""
    found = CodeList(classification)
    printed = Counter(printed_codes(classification, disclosure))
    found.add(((*named, count) for named, count in printed.items()), disclosure.extract.year)
    return found.resource()


def printed_codes(classification: str, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
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


def _row(codes: CodeList, code: str) -> tuple[Value, ...]:
    seen = codes.names[code]
    name = _latest(seen)
    parents = [code[:n] for n in (5, 3) if n < len(code) and code[:n] in codes.names]
    return (
        code,
        name,
        english_of_code(codes.classification, code, name),
        LEVELS[len(code)],
        parents[0] if parents else "",
        _others(seen, name),
        " ".join(sorted({str(year) for _, year in seen})),
        codes.disclosures[code],
        *beside(codes.classification, code),
    )


def _latest(seen: Mapping[tuple[str, int], int]) -> str:
    """The name most used in the latest year; the longest, then the first, of equals."""
    latest = max(year for _, year in seen)
    counts = {name: count for (name, year), count in seen.items() if year == latest}
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _others(seen: Mapping[tuple[str, int], int], name: str) -> str:
    years: dict[str, set[int]] = defaultdict(set)
    for other, year in seen:
        if fold(other) != fold(name):
            years[other].add(year)
    return "|".join(
        f"{other} ({', '.join(str(year) for year in sorted(years[other]))})"
        for other in sorted(years)
    )
