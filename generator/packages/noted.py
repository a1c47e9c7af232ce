"""Noted: what the package of all has to know of the rows of one disclosure, told by who wrote them.

So the files of a package are copied into those of all as they are, and read by nobody again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from generator.models import ForeignKey
from generator.packages.keys import KEYS_OF_ALL
from generator.packages.resources import Resource

#: The files of the package of all that have rows of every disclosure, in the order in which they
#: are described.
STREAMED = (
    "facts",
    "cofog-amounts",
    "gfsm-amounts",
    "boxes",
    "totals",
    "projects",
    "printed-tables",
    "sections",
    "narrative",
    "cases",
    "conservation",
    "findings",
)
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """Of some rows of a file their number, and what they lead to, by the keys to registers.

    ``shared`` are the keys of rows that do not say whose they are: another may have them, too.
    """

    rows: int
    led: tuple[tuple[Cells, ...], ...]
    shared: tuple[Cells, ...]


def noted(resource: Resource, disclosure: str, rows: Sequence[Sequence[str]]) -> Noted:
    """What there is to know of rows of a disclosure in a file like ``resource``."""
    names = [each.name for each in resource.fields]
    led = (_distinct(names, key.fields, rows) for key in keys_of(resource))
    keys = _distinct(names, resource.primary_key, rows)
    return Noted(len(rows), tuple(led), tuple(key for key in keys if not owns(disclosure, key)))


def _distinct(
    names: Sequence[str], fields: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Cells, ...]:
    at = [names.index(field) for field in fields]
    return tuple(dict.fromkeys(tuple(row[place] for place in at) for row in rows))


def owns(disclosure: str, key: Sequence[str]) -> bool:
    """Whether no other disclosure can have a key: it names this one, whole or in parts."""
    department, _, slug = disclosure.partition("/")
    year, _, kind = slug.partition("-")
    parts = [department, year, kind.replace("-", "_")]
    return key[0].startswith(f"{department}.{slug}.") or list(key[:3]) == parts


def keys_of(resource: Resource) -> Iterator[ForeignKey]:
    """The foreign keys of a file of the package of all that lead to registers.

    Those that lead from one file of a disclosure to another, its own package was validated for.
    """
    for key in (*resource.foreign_keys, *KEYS_OF_ALL.get(resource.name, ())):
        if (key.resource or resource.name) not in STREAMED:
            yield structs.replace(key, resource=key.resource or resource.name)


def rows_of_file(data: bytes) -> list[list[str]]:
    """The rows of a file, without its heading."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]


def to_lines(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as they stand in a file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
