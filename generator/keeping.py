"""What was published is not lost in silence: what a build does not make again is kept, and said.

A source that is gone, not readable this time, or of which nothing is read any more leaves its last
good package in place, marked. Removing is a deliberate act: a line in ``withdrawn.yaml``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml
from generator.groups import Group
from generator.packages import (
    History,
    Kept,
    KeptMark,
    Published,
    find_published,
    listed_packages,
)
from generator.packages.published import MEND
from generator.problems import ConfigError, PackageError, Problem, Report
from generator.swap import MARKER

Identifier = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[0-9]{4}-(budget|final-accounts)$",
        description="the identifier of a disclosure, such as some-department/2025-budget",
    ),
]
Day = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="a day, such as 2025-03-01")
]


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True):
    """A disclosure that somebody took away on purpose."""

    disclosure: Identifier
    reason: Text
    date: Day


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is published of this build, what is kept of earlier ones, and what is to say of it."""

    made: tuple[Group, ...]
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]
    #: The packages with which those of this build are compared; none of what was withdrawn.
    published: Mapping[str, Published]
    withdrawn: Mapping[str, Withdrawal]

    def history(self, packages: Path, *, accepts: bool) -> History:
        """What earlier builds published in ``packages``; each call begins to compare anew."""
        root = packages if (packages / MARKER).is_file() else None
        away = {key: (each.reason, each.date) for key, each in self.withdrawn.items()}
        return History(root, self.published, self.kept, away, accepts)


def keep(
    packages: Path, groups: Sequence[Group], reports: Sequence[Report], withdrawn: Path
) -> Keeping:
    """Tell what stays of the published ``packages`` beside, or in place of, what ``groups`` make.

    ``reports`` has one of each file that lies among the disclosures. Raises ConfigError where
    ``withdrawn`` is malformed, PackageError where what is to be kept was altered or is gone.
    """
    away = {entry.disclosure: entry for entry in _read(withdrawn)}
    ours = (packages / MARKER).is_file()
    published = find_published(packages) if ours else {}
    gone = (listed_packages(packages) if ours else frozenset()) - published.keys() - away.keys()
    published = {key: package for key, package in published.items() if key not in away}
    made = tuple(each for each in groups if not _is_emptied(each, published))
    if lost := sorted(gone - _ids(made)):
        raise PackageError(f"{packages / lost[0]}: was published, and is not there; {MEND}")
    report = _contradicted(away.keys() & _ids(groups), withdrawn)
    lacking = published.keys() - _ids(made)
    used = {file for each in made for file in each.files}
    hashes = frozenset(sha256 for each in made for sha256 in each.hashes)
    kept = [
        _marked(package, reports, used, is_empty=key in _ids(groups))
        for key, package in published.items()
        if key in lacking and not package.hashes & hashes  # somebody corrected what it is
    ]
    problems = (*report.problems, *(problem for _, problem in kept))
    return Keeping(made, tuple(each for each, _ in kept), problems, published, away)


def _ids(groups: Iterable[Group]) -> set[str]:
    return {each.id for each in groups}


def _is_emptied(group: Group, published: Mapping[str, Published]) -> bool:
    """Whether no amount, or no table, is read any more of what had some."""
    if group.id not in published or (group.amounts and group.tables):
        return False
    before = published[group.id]
    return (not group.amounts and before.facts > 0) or (not group.tables and before.tables > 0)


def _marked(
    package: Published, reports: Sequence[Report], used: set[str], *, is_empty: bool
) -> tuple[Kept, Problem]:
    """A package that is kept, with its mark, and the problem that says so."""
    before = package.described.kept
    since = before.since if before else _today()
    own = [each for each in reports if each.file in package.files]
    file, code, values = _why(package, own, used, is_empty=is_empty)
    report = Report(file)
    report.add(code, disclosure=package.id, since=since, **values)
    problem = report.problems[0]
    return Kept(package, KeptMark(since, code, problem.message)), problem


def _why(
    package: Published, own: Sequence[Report], used: set[str], *, is_empty: bool
) -> tuple[str, str, dict[str, Any]]:
    """Which file of a package is at fault, the problem's code, and what else the problem says.

    ``own`` are the reports of its files, ``used`` the files of which something is published.
    """
    first = own[0].file if own else next(iter(package.files), package.id)
    unused = [problem for each in own if each.file not in used for problem in each.problems]
    grave = [problem for problem in unused if problem.severity != "warning"]
    grave.sort(key=lambda problem: problem.severity != "fatal")
    if is_empty:
        return first, "result-empty", {"facts": package.facts}
    if grave:
        told = {"found": grave[0].code, "reason": grave[0].message}
        return grave[0].file, "source-unread", told
    return first, "source-replaced" if own else "source-gone", {}


def _contradicted(away: Iterable[str], withdrawn: Path) -> Report:
    """Disclosures that are said to be withdrawn, though their sources are there."""
    report = Report(withdrawn.name)
    for disclosure in sorted(away):
        report.add("withdrawn-present", disclosure=disclosure)
    return report


def _read(path: Path) -> tuple[Withdrawal, ...]:
    if not path.is_file():
        return ()
    return checked_yaml(path, tuple[Withdrawal, ...], ConfigError, empty=())


def _today() -> str:
    """The day on which a package is kept first; later builds take it from the package."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(stated), UTC) if stated else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigError(
            f"SOURCE_DATE_EPOCH: expected seconds since 1970; found {stated!r}"
        ) from error
    return moment.date().isoformat()
