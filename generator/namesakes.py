"""Namesakes: two departments never become one because their identifiers are spelled alike.

An identifier is spelled in pinyin where neither the register nor a sidecar gives one: names that
sound alike, or that are cut to the same length, would share it. Each of them gets a hash of its
name behind it, whichever was there first, so that no address ever turns to another department.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from msgspec import structs

from generator.heads import Claim, Head
from generator.meaning.departments import LONGEST_SLUG, Departments
from generator.meaning.wording import fold
from generator.problems import Report

_HASH = 6  # letters: one pair in 16 million would be alike, of those that sound alike


#: A file of which something was read, and what it says it is.
_Read = tuple[Head, Claim]


def told_apart(
    heads: Sequence[Head], register: Departments, reports: Mapping[str, Report]
) -> list[Head]:
    """Give each department an identifier of its own.

    Where two have one because a person said so, that is a problem: the second is left out.
    """
    groups: dict[str, list[_Read]] = {}
    for head in heads:
        if head.said:
            groups.setdefault(head.said.department.id, []).append((head, head.said))
    changed = {
        new.file: new
        for slug, group in groups.items()
        for new in _one_each(slug, group, register, reports)
    }
    return [changed.get(head.file, head) for head in heads]


def _one_each(
    slug: str, group: Sequence[_Read], register: Departments, reports: Mapping[str, Report]
) -> Iterator[Head]:
    """The heads of one identifier that have to change, each as what it becomes."""
    registered = {fold(row["name"]): row["name"] for row in register.names(slug)}
    names = {fold(said.department.name): said.department.name for _, said in group}
    if len(names | registered) == 1 or not names.keys() - registered.keys():
        return
    stated = {
        fold(said.department.name): said.department.name for _, said in group if not said.spelled
    }
    owners = registered or dict(list(stated.items())[:1])
    for head, said in group:
        name = fold(said.department.name)
        if name in owners:
            continue
        other = next(other for folded, other in (owners | names).items() if folded != name)
        change = _with_hash if said.spelled else _left_out
        yield change(head, said, other, reports[head.file])


def _with_hash(head: Head, said: Claim, other: str, report: Report) -> Head:
    department = said.department
    end = sha256(fold(department.name).encode()).hexdigest()[:_HASH]
    own = f"{department.id[: LONGEST_SLUG - _HASH - 1].rstrip('-')}-{end}"
    report.problems = [each for each in report.problems if each.code != "department-unregistered"]
    report.add(
        "department-sounds-alike", name=department.name, other=other, slug=department.id, own=own
    )
    named = structs.replace(department, id=own)
    return replace(head, said=replace(said, department=named, moved=True))


def _left_out(head: Head, said: Claim, other: str, report: Report) -> Head:
    department = said.department
    report.add("identifier-shared", name=department.name, other=other, slug=department.id)
    return replace(head, said=None)
