"""Namesakes: two departments never become one because their identifiers are spelled alike.

An identifier is spelled in pinyin where neither the register nor a sidecar gives one: names that
sound alike, or that are cut to the same length, would share it. Each of them gets a hash of its
name behind it, whichever was there first, so that no address ever turns to another department.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec.structs import replace

from generator.facts.departments import spell
from generator.facts.identifiers import under
from generator.meaning.departments import LONGEST_SLUG, Departments
from generator.meaning.wording import fold
from generator.problems import Report
from generator.read import Reading

_HASH = 6  # letters: one pair in 16 million would be alike, of those that sound alike


def told_apart(
    readings: Sequence[Reading], register: Departments, reports: Mapping[str, Report]
) -> list[Reading]:
    """Give each department an identifier of its own.

    Where two have one because a person said so, that is a problem: the second is left out.
    """
    groups: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.disclosures:
            groups.setdefault(reading.disclosures[0].department.id, []).append(reading)
    changed = {
        id(reading): new
        for slug, group in groups.items()
        for reading, new in _one_each(slug, group, register, reports)
    }
    return [changed.get(id(reading), reading) for reading in readings]


def _one_each(
    slug: str, group: Sequence[Reading], register: Departments, reports: Mapping[str, Report]
) -> Iterator[tuple[Reading, Reading]]:
    """The readings of one identifier that have to change, and what each becomes."""
    registered = {fold(row["name"]): row["name"] for row in register.names(slug)}
    names = {fold(_name(reading)): _name(reading) for reading in group}
    if len(names | registered) == 1 or not names.keys() - registered.keys():
        return
    stated = {fold(_name(reading)): _name(reading) for reading in group if not _spelled(reading)}
    owners = registered or dict(list(stated.items())[:1])
    for reading in group:
        name = fold(_name(reading))
        if name in owners:
            continue
        other = next(other for folded, other in (owners | names).items() if folded != name)
        report = reports[reading.file]
        yield (
            reading,
            (
                _with_hash(reading, slug, other, report)
                if _spelled(reading)
                else _left_out(reading, slug, other, report)
            ),
        )


def _with_hash(reading: Reading, slug: str, other: str, report: Report) -> Reading:
    name = _name(reading)
    end = sha256(fold(name).encode()).hexdigest()[:_HASH]
    own = f"{slug[: LONGEST_SLUG - _HASH - 1].rstrip('-')}-{end}"
    report.problems = [each for each in report.problems if each.code != "department-unregistered"]
    report.add("department-sounds-alike", name=name, other=other, slug=slug, own=own)
    return replace(reading, disclosures=tuple(under(own, each) for each in reading.disclosures))


def _left_out(reading: Reading, slug: str, other: str, report: Report) -> Reading:
    report.add("identifier-shared", name=_name(reading), other=other, slug=slug)
    return replace(reading, disclosures=())


def _name(reading: Reading) -> str:
    return reading.disclosures[0].department.name


def _spelled(reading: Reading) -> bool:
    """Whether nobody gave the identifier: it is the name's own sound."""
    disclosure = reading.disclosures[0]
    sidecar = disclosure.extract.document.sidecar
    stated = bool(sidecar and sidecar.department)
    return not stated and disclosure.department.id == spell(disclosure.department.name)
