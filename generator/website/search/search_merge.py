"""Parts put into one order, however many there are, by a database in a temporary file.

In memory are the departments, the number that each record got (eight bytes), and one part or one
stretch of one token's finds at a time. What comes of it is the same in whatever order parts come.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from generator import wire
from generator.website.search.search_part import PartDepartment, SearchPart, read_part
from generator.website.search.search_tokens import tokens

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE records (key BLOB, part INTEGER, at INTEGER, whose BLOB, shown BLOB);
CREATE TABLE parts (part INTEGER PRIMARY KEY, whose BLOB, tokens BLOB);
CREATE TABLE finds (token BLOB, stretch INTEGER, found BLOB);
"""
#: What a token finds is sorted by stretches of so many numbers, as bits.
_STRETCH = 18
_WHOSE = 32  # bits
#: Before the tokens of the names of departments.
NAMED = "@"
#: The disclosure of what belongs to none, below all others.
NOBODY = 0

#: Where a record stands: its part, and which of it.
Place = tuple[int, int]
#: The number of a record, and that of one of its disclosures.
Find = tuple[int, int]
Finds = list[Find]


class MergedParts:
    """All parts, read once: their departments, then their records, then their tokens."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._database = sqlite3.connect("")  # a temporary file that goes with the connection
        self._database.executescript(_TABLES)
        found: dict[str, int] = {}
        departments: list[PartDepartment] = []
        self._numbers: list[array[int]] = []
        for number, data in enumerate(parts):
            part = read_part(data)
            self._numbers.append(array("Q", bytes(8 * len(part.records))))
            if part.department:
                found[part.department.id] = number
                departments.append(part.department)
            self._keep(number, part)
        self.departments = sorted(departments, key=lambda d: (d.region, d.id))
        years = [each.year for d in departments for each in d.disclosures]
        self.first_year = min(years, default=0)
        self.years = max(years, default=0) - self.first_year + 1
        self._parts = {found[d.id]: n for n, d in enumerate(self.departments)}

    def close(self) -> None:
        """Drop the temporary file."""
        self._database.close()

    def _keep(self, number: int, part: SearchPart) -> None:
        self._database.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
            (
                (key, number, at, wire.encode(whose), shown)
                for at, (key, whose, shown) in enumerate(part.records)
            ),
        )
        whose = [numbers for _, numbers, _ in part.records]
        row = (number, wire.encode(whose), wire.encode(part.tokens))
        self._database.execute("INSERT INTO parts VALUES (?, ?, ?)", row)

    def disclosures(self, part: int) -> list[int]:
        """Return the numbers of a part's disclosures: department, year and kind in one."""
        if part not in self._parts:
            return []
        department = self._parts[part]
        return [
            1 + 2 * (department * self.years + each.year - self.first_year) + each.kind
            for each in self.departments[department].disclosures
        ]

    def year(self, disclosure: int) -> int:
        """Return the year of a disclosure, by its number."""
        return self.first_year + (disclosure - 1) // 2 % self.years

    def records(self) -> Iterator[tuple[Place, int, list[int], bytes]]:
        """Yield where each record stands, its kind, disclosures and JSON, the best first."""
        numbered = [self.disclosures(part) for part in range(len(self._numbers))]
        query = "SELECT key, part, at, whose, shown FROM records ORDER BY key, part, at"
        for key, part, at, whose, shown in self._database.execute(query):
            numbers = [numbered[part][each] for each in wire.decode(whose, list[int])]
            yield (part, at), key[0], numbers, shown

    def number(self, place: Place, number: int) -> None:
        """Give a record the number by which tokens tell it."""
        self._numbers[place[0]][place[1]] = number

    def tokens(self) -> Iterator[tuple[str, Iterator[Finds]]]:
        """Yield each token, in the order of a browser's strings, with all that it finds.

        What it finds are numbers of records and disclosures, in stretches in order; of a token
        after `NAMED` the numbers of departments.
        """
        self._find_names()
        for part in range(len(self._numbers)):
            self._database.executemany("INSERT INTO finds VALUES (?, ?, ?)", self._finds(part))
        rows = self._database.execute("SELECT * FROM finds ORDER BY token, stretch")
        for token, stretches in groupby(rows, itemgetter(0)):
            yield token.decode("utf-16-be"), map(_sorted, _stretches(stretches))

    def _find_names(self) -> None:
        """Let departments be found by their names."""
        rows: list[tuple[bytes, int, bytes]] = []
        for number, department in enumerate(self.departments):
            english = [each.english for each in department.disclosures]
            called = set().union(*map(tokens, (*department.names, *english)))
            found = array("Q", [number << _WHOSE]).tobytes()
            rows += [((NAMED + token).encode("utf-16-be"), 0, found) for token in called]
        self._database.executemany("INSERT INTO finds VALUES (?, ?, ?)", rows)

    def _finds(self, part: int) -> Iterator[tuple[bytes, int, bytes]]:
        query = "SELECT whose, tokens FROM parts WHERE part = ?"
        whose, packed = self._database.execute(query, (part,)).fetchone()
        numbered = self.disclosures(part)
        pairs = [
            [number << _WHOSE | each for each in ([numbered[d] for d in of] or [NOBODY])]
            for number, of in zip(
                self._numbers[part], wire.decode(whose, list[list[int]]), strict=True
            )
        ]
        for token, places in wire.decode(packed, dict[str, list[int]]).items():
            name = token.encode("utf-16-be")
            found = [pair for place in places for pair in pairs[place]]
            for stretch, some in groupby(found, lambda pair: pair >> _WHOSE + _STRETCH):
                yield name, stretch, array("Q", some).tobytes()


def _stretches(rows: Iterable[Sequence[bytes]]) -> Iterator[array[int]]:
    for _, same in groupby(rows, itemgetter(1)):
        whole = array("Q")
        for _, _, found in same:
            whole.frombytes(found)
        yield whole


def _sorted(found: array[int]) -> Finds:
    rest = (1 << _WHOSE) - 1
    return [(each >> _WHOSE, each & rest) for each in sorted(found)]
