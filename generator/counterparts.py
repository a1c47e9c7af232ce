"""Counterparts: tables in one file, and in another the prose of the same department.

The two may name it differently, or the file of the tables by its own name alone: 水务局 beside
the prose of 北京市水务局. They are one department where the names are the same behind the region,
of which either may name less, and where no other file of the folder could be meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from generator.heads import Claim, Head
from generator.meaning.regions import without_region
from generator.problems import Report

_OF_THE_NAME = ("identity-from-name", "department-unregistered")


#: A file of which something was read, and what it says it is.
_Read = tuple[Head, Claim]


def named_alike(heads: Sequence[Head], reports: Mapping[str, Report]) -> list[Head]:
    """Give tables and prose of one department one name: the one that says more of where it is."""
    pairs = list(_pairs([(each, each.said) for each in heads if each.said]))
    of_tables = Counter(tables[0].file for tables, _ in pairs)
    of_prose = Counter(prose[0].file for _, prose in pairs)
    changed: dict[str, Head] = {}
    for tables, prose in pairs:
        only = of_tables[tables[0].file] == of_prose[prose[0].file] == 1
        if only and tables[1].id != prose[1].id:
            wrong, right = (tables, prose) if _says_less(tables[1], prose[1]) else (prose, tables)
            changed[wrong[0].file] = _renamed(wrong, right, reports[wrong[0].file])
    return [changed.get(head.file, head) for head in heads]


def _pairs(read: Sequence[_Read]) -> Iterator[tuple[_Read, _Read]]:
    """Tables, and prose alone of the same folder, year and kind, that may be of one department."""
    prose: dict[tuple[object, ...], list[_Read]] = {}
    for each in read:
        if not each[1].has_tables:
            prose.setdefault(_when_and_where(each), []).append(each)
    for tables in read if prose else ():
        if tables[1].has_tables:
            for other in prose.get(_when_and_where(tables), ()):
                if _are_alike(tables[1].department.name, other[1].department.name):
                    yield tables, other


def _when_and_where(read: _Read) -> tuple[object, ...]:
    head, said = read
    return said.year, said.kind, PurePosixPath(head.file).parent


def _are_alike(first: str, second: str) -> bool:
    """Whether two names are one but for the region, of which either may name less or nothing."""
    (one, name), (other, its) = without_region(first), without_region(second)
    if one and other:
        return (one, name) == (other, its)
    region, behind, short = (one, name, its) if one else (other, its, name)
    return len(short) >= len(behind) and (region + behind).endswith(short)


def _says_less(tables: Claim, prose: Claim) -> bool:
    """Whether the name of the tables is less sure than that of the prose."""
    mine, its = (bool(without_region(each.department.name)[0]) for each in (tables, prose))
    return mine < its or (mine == its and tables.of_file_name)


def _renamed(wrong: _Read, right: _Read, report: Report) -> Head:
    """The head under the name and identifier of its counterpart."""
    (head, said), (other, of) = wrong, right
    short, name = said.department.name, of.department.name
    report.problems = [
        each
        for each in report.problems
        if each.code not in _OF_THE_NAME or short not in each.message
    ]
    report.add("name-of-counterpart", name=name, short=short, other=other.file)
    return replace(head, said=replace(said, department=of.department, moved=True, renamed=name))
