"""Counterparts: tables in one file, and in another the prose that prints whose they are.

Where the file of the tables does not say it, its name may say it in short: 水务局 beside the prose
of 北京市水务局. They are one department where nothing but a region stands before the name, and no
other file of the folder could be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from generator.facts import has_tables
from generator.facts.departments import identify_department
from generator.facts.identifiers import under
from generator.meaning.departments import Departments
from generator.meaning.regions import is_region
from generator.meaning.wording import fold
from generator.models import Disclosure
from generator.problems import Report
from generator.read import Reading
from generator.tables.identity import is_from_file_name

_OF_THE_SHORT_NAME = ("identity-from-name", "department-unregistered")


def named_in_full(
    readings: Sequence[Reading], register: Departments, reports: Mapping[str, Report]
) -> list[Reading]:
    """Give tables whose department is told by the file's name alone the name that prose prints."""
    read = [each for each in readings if each.disclosures]
    pairs = [(tables, prose) for tables in read for prose in read if _may_be_one(tables, prose)]
    changed = {
        id(tables): _renamed(tables, prose, register, reports)
        for tables, prose in pairs
        if sum(tables is each or prose is other for each, other in pairs) == 1
    }
    return [changed.get(id(reading), reading) for reading in readings]


def _may_be_one(tables: Reading, prose: Reading) -> bool:
    first, second = tables.disclosures[0], prose.disclosures[0]
    if not has_tables(first) or has_tables(second) or not is_from_file_name(first.extract):
        return False
    same = _when(first) == _when(second) and _folder(tables) == _folder(prose)
    short, full = fold(first.department.name), fold(second.department.name)
    return same and full.endswith(short) and is_region(full.removesuffix(short))


def _when(disclosure: Disclosure) -> tuple[int, str]:
    return disclosure.extract.year, disclosure.extract.kind


def _folder(reading: Reading) -> PurePosixPath:
    return PurePosixPath(reading.file).parent


def _renamed(
    tables: Reading, prose: Reading, register: Departments, reports: Mapping[str, Report]
) -> Reading:
    name, report = prose.disclosures[0].department.name, reports[tables.file]
    short = tables.disclosures[0].department.name
    report.problems = [
        each for each in report.problems if not _is_of(short, each.code, each.message)
    ]
    report.add("name-from-prose", name=name, short=short, other=prose.file)
    return replace(tables, disclosures=tuple(_of_name(tables, name, register, report)))


def _is_of(short: str, code: str, message: str) -> bool:
    return code in _OF_THE_SHORT_NAME and short in message


def _of_name(
    tables: Reading, name: str, register: Departments, report: Report
) -> Iterator[Disclosure]:
    for each in tables.disclosures:
        extract = replace(each.extract, department_name=name)
        department = identify_department(extract, register, report)
        yield replace(under(department.id, replace(each, extract=extract)), department=department)
