"""From checked disclosures to packages, in place of those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from generator.cache import Cache
from generator.config import Settings
from generator.gather import Gathered
from generator.keeping import Keeping, keep
from generator.packages import Kept, write_packages
from generator.packages.published import MEND
from generator.paths import inside
from generator.problems import InvalidPackageError, PackageError, UnacceptedError
from generator.summary import Summary
from generator.swap import recover, replacing, written
from generator.website.published.descriptor import read_package


def extracted(gathered: Gathered, settings: Settings, cache: Cache) -> Summary:
    """Write the packages of what was gathered, unless they are there already.

    The old ones stay until all is done, and where published amounts would be others though their
    sources are the same, unless the settings accept that: the problems of the summary name them.
    """
    summary, whole = gathered.summary, True
    recover(settings.packages)
    made_of = partial(
        cache.packages_key,
        *(gathered.tasks, gathered.readings, gathered.others, gathered.register, settings),
    )
    inputs = made_of()
    keeping = _kept(gathered, settings)
    if not summary.died and cache.is_current(settings.packages, inputs):
        summary.unchanged.append("packages")
        return summary
    with summary.timed("packages"):
        try:
            while not (outputs := _written(gathered, keeping, settings, cache)):
                whole = False  # one disclosure fewer each time
                keeping = _kept(gathered, settings)
        except UnacceptedError as error:
            summary.problems += error.problems
            summary.notes = ("packages: not written, as published amounts would change",)
            return summary
    # What people changed meanwhile may be in it or not, and they may take it back.
    if whole and not summary.died and made_of() == inputs:
        cache.remember(settings.packages, inputs, outputs)
    return summary


def _kept(gathered: Gathered, settings: Settings) -> Keeping:
    """What is kept of the packages that are there; the summary tells of it."""
    summary, reports = gathered.summary, gathered.reports
    keeping = keep(settings.packages, summary.checked, reports, settings.withdrawn)
    summary.checked, summary.kept = keeping.checked, keeping.kept
    summary.problems = (*gathered.recorded, *keeping.problems)
    return keeping


def _written(gathered: Gathered, keeping: Keeping, settings: Settings, cache: Cache) -> str:
    """Write the packages and return a hash of them.

    One that is not valid is a problem of its file and is left out: the answer is blank then.
    """
    summary, reports = gathered.summary, gathered.reports
    try:
        with replacing(settings.packages) as folder:
            write_packages(
                summary.checked,
                summary.problems,
                gathered.register,
                folder,
                cache.validate,
                keeping.history(settings.packages, accepts=settings.accept),
                settings.imprint,
                settings.limits.of_stage,
            )
            _read_back(folder, keeping.kept)
            outputs = written(folder)
    except InvalidPackageError as error:
        (bad,) = (each for each in summary.checked if each.disclosure.id == error.disclosure)
        summary.checked = tuple(each for each in summary.checked if each is not bad)
        file = bad.disclosure.extract.document.file
        report = next(report for report in reports if report.file == file)
        report.add(error.code, reason=error.reason)
        return ""
    return outputs


def _read_back(folder: Path, kept: Sequence[Kept]) -> None:
    """Read what is kept as the website will: its descriptor may have been altered.

    Raises PackageError: nothing is published of which no site can be made.
    """
    try:
        for each in kept:
            read_package(inside(folder, each.package.id))
    except PackageError as error:
        raise PackageError(f"{error} {MEND}") from error
