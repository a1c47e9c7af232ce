"""Counterparts: tables in one file, and in another the prose of the same department.

The two may name it differently, or the file of the tables by its own name alone: 水务局 beside
the prose of 北京市水务局. They are one department where the names are the same behind the region,
of which either may name less, and where no other file of the folder could be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from generator.facts import has_tables
from generator.facts.identifiers import under
from generator.meaning.regions import without_region
from generator.models import Department, Disclosure
from generator.problems import Report
from generator.read import Reading
from generator.tables.identity import is_from_file_name

_OF_THE_NAME = ("identity-from-name", "department-unregistered")


def named_alike(readings: Sequence[Reading], reports: Mapping[str, Report]) -> list[Reading]:
    """Give tables and prose of one department one name: the one that says more of where it is."""
    pairs = list(_pairs([each for each in readings if each.disclosures]))
    changed: dict[int, Reading] = {}
    for tables, prose in pairs:
        only = sum(tables is each or prose is other for each, other in pairs) == 1
        if only and tables.disclosures[0].id != prose.disclosures[0].id:
            wrong, right = (tables, prose) if _says_less(tables, prose) else (prose, tables)
            changed[id(wrong)] = _renamed(wrong, right, reports[wrong.file])
    return [changed.get(id(reading), reading) for reading in readings]


def _pairs(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Tables, and prose alone of the same folder, year and kind, that may be of one department."""
    prose: dict[tuple[object, ...], list[Reading]] = {}
    for each in readings:
        if not has_tables(each.disclosures[0]):
            prose.setdefault(_when_and_where(each), []).append(each)
    for tables in readings if prose else ():
        if has_tables(tables.disclosures[0]):
            for other in prose.get(_when_and_where(tables), ()):
                if _are_alike(_name(tables), _name(other)):
                    yield tables, other


def _name(reading: Reading) -> str:
    return reading.disclosures[0].department.name


def _when_and_where(reading: Reading) -> tuple[object, ...]:
    extract = reading.disclosures[0].extract
    return extract.year, extract.kind, PurePosixPath(reading.file).parent


def _are_alike(first: str, second: str) -> bool:
    """Whether two names are one but for the region, of which either may name less or nothing."""
    (one, name), (other, its) = without_region(first), without_region(second)
    if one and other:
        return (one, name) == (other, its)
    region, behind, short = (one, name, its) if one else (other, its, name)
    return len(short) >= len(behind) and (region + behind).endswith(short)


def _says_less(tables: Reading, prose: Reading) -> bool:
    """Whether the name of the tables is less sure than that of the prose."""
    mine, its = (bool(without_region(_name(each))[0]) for each in (tables, prose))
    return mine < its or (mine == its and is_from_file_name(tables.disclosures[0].extract))


def _renamed(wrong: Reading, right: Reading, report: Report) -> Reading:
    """The reading under the name and identifier of its counterpart."""
    of, name = right.disclosures[0].department, _name(wrong)
    report.problems = [
        each
        for each in report.problems
        if each.code not in _OF_THE_NAME or name not in each.message
    ]
    report.add("name-of-counterpart", name=of.name, short=name, other=right.file)
    return replace(wrong, disclosures=tuple(_under(each, of) for each in wrong.disclosures))


def _under(disclosure: Disclosure, department: Department) -> Disclosure:
    extract = replace(disclosure.extract, department_name=department.name)
    renamed = under(department.id, replace(disclosure, extract=extract))
    return replace(renamed, department=department)
