"""The part of the search that one department makes, as bytes that wait to be merged with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import wire
from generator.website.department.disclosure import Overview
from generator.website.everyone.glossary import Glossary
from generator.website.published.package import KIND_SLUGS, Package
from generator.website.published.rows import Row
from generator.website.search.found import Found
from generator.website.search.search_records import records_of
from generator.website.search.search_terms import records_of_terms
from generator.website.wording.language import CHINESE, speaking


@dataclass(frozen=True)
class PartDisclosure:
    """A disclosure: its year, the number of its kind, and its department's names at that time."""

    year: int
    kind: int
    name: str
    english: str


@dataclass(frozen=True)
class PartDepartment:
    """Who it is, all names that a query may call it by, where it is, and its disclosures."""

    id: str
    names: tuple[str, ...]
    region: str
    region_name: str
    disclosures: tuple[PartDisclosure, ...]


@dataclass(frozen=True)
class SearchPart:
    """What can be found of one department, or of none.

    Attributes:
        department: Whose it is; nothing for the terms.
        records: Key, numbers of the disclosures and JSON of each record, in the order of keys.
        tokens: Each token with the numbers of the records that it finds.
    """

    department: PartDepartment | None
    records: list[tuple[bytes, tuple[int, ...], bytes]]
    tokens: dict[str, list[int]]


def department_part(
    overviews: Sequence[Overview], names: Sequence[Row], english: Mapping[str, str]
) -> bytes:
    """Return what can be found of one department; the language being spoken is no matter.

    Args:
        overviews: Its disclosures, oldest first.
        names: The rows of the register of names that are its own.
        english: English names of codes and labels, by which what has one is found as well.
    """
    with speaking(CHINESE):
        return pack(_department(overviews, names), records_of(overviews, names, english))


def terms_part(glossary: Glossary) -> bytes:
    """Return the terms that can be found, which belong to no department."""
    with speaking(CHINESE):
        return pack(None, records_of_terms(glossary))


def read_part(data: bytes) -> SearchPart:
    """Read a part. Raises ValueError where it is none."""
    return wire.decode(data, SearchPart)


def _department(overviews: Sequence[Overview], names: Sequence[Row]) -> PartDepartment:
    packages = [overview.package for overview in overviews]
    who = packages[-1].department
    called = {*(p.department.name for p in packages), *(row["name"] for row in names)}
    disclosures = tuple(map(_disclosure, packages))
    return PartDepartment(who.id, tuple(sorted(called)), who.region, who.region_name, disclosures)


def _disclosure(package: Package) -> PartDisclosure:
    names = package.department.names
    kind = list(KIND_SLUGS).index(package.kind)
    return PartDisclosure(package.year, kind, names.chinese, names.english)


def pack(department: PartDepartment | None, found: Iterable[Found]) -> bytes:
    """Return what can be found as a part, in order."""
    keyed = sorted(((each.key, each) for each in found), key=lambda pair: pair[0])
    tokens: dict[str, list[int]] = {}
    for number, (_, each) in enumerate(keyed):
        for token in each.tokens:
            tokens.setdefault(token, []).append(number)
    records = [(key, each.disclosures, each.json) for key, each in keyed]
    return wire.encode(SearchPart(department, records, dict(sorted(tokens.items()))))
