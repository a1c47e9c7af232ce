"""The whole way: disclosures → packages (extract) → website (render).

disclosure file → pages → tables → facts → findings → data packages → webpages
                 reading   tables   facts   checks     packages      website
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.checks import acknowledge, run_all_checks
from generator.config import Settings
from generator.counterparts import named_alike
from generator.facts import has_tables, joined, merge
from generator.journal import LOG, Entry, step
from generator.keeping import Keeping, keep
from generator.lock import locked
from generator.meaning.definitions import definitions
from generator.meaning.departments import Departments, read_departments
from generator.meaning.vocabulary import vocabulary
from generator.models import Checked, Disclosure, Finding
from generator.namesakes import told_apart
from generator.packages import Kept, write_packages
from generator.packages.published import MEND
from generator.paths import inside, refuse_links
from generator.problems import (
    ConfigError,
    InvalidPackageError,
    PackageError,
    PageError,
    Problem,
    Report,
    UnacceptedError,
)
from generator.read import Reading, Task, read_file
from generator.reading import find_others, find_sources
from generator.swap import recover, replacing, written
from generator.website.descriptor import read_package
from generator.workers import Died, run_all

if TYPE_CHECKING:
    from generator.website import SiteSettings, SiteSummary

#: Tells how far a stage is: its name, what is done, and of how many.
Progress = Callable[[str, int, int], None]
#: The stage of a build that waits for another in the same folder.
WAITING = "等待另一次构建"


@dataclass(slots=True)
class Summary:
    """What a command did: disclosures, problems, counts, and the seconds of each stage."""

    checked: tuple[Checked, ...] = ()
    kept: tuple[Kept, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    read: int = 0
    died: bool = False
    pages: int = 0
    charts: int = 0
    downloads: int = 0
    notes: tuple[str, ...] = ()
    unchanged: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a disclosure could not be read, or not whole."""
        return any(problem.severity != "warning" for problem in self.problems)

    @property
    def contradictions(self) -> tuple[Finding, ...]:
        """The findings that differ and that nobody has acknowledged."""
        findings = (finding for each in self.checked for finding in each.findings)
        return tuple(f for f in findings if f.outcome == "differs" and not f.acknowledged)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the body takes to ``stage``."""
        start = time.perf_counter()
        yield
        self.add(stage, time.perf_counter() - start)

    def add(self, stage: str, seconds: float) -> None:
        """Add ``seconds`` to ``stage``."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds


def extract(settings: Settings, progress: Progress) -> Summary:
    """Read all disclosures and write their packages; the old packages stay until all is done.

    They stay, too, where published amounts would be others though their sources are the same,
    unless the settings accept that: the problems of the summary name the amounts.
    Raises ConfigError where there is nothing to read.
    """
    cache = Cache(settings.cache)
    gathered = _gather(settings, cache, progress)
    with locked(settings.packages, partial(progress, WAITING, 0, 0)):
        return _extracted(gathered, settings, cache)


def _extracted(gathered: _Gathered, settings: Settings, cache: Cache) -> Summary:
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


def _kept(gathered: _Gathered, settings: Settings) -> Keeping:
    """What is kept of the packages that are there; the summary tells of it."""
    summary, reports = gathered.summary, gathered.reports
    keeping = keep(settings.packages, summary.checked, reports, settings.withdrawn)
    summary.checked, summary.kept = keeping.checked, keeping.kept
    summary.problems = (*_problems(reports), *keeping.problems)
    return keeping


def check(settings: Settings, progress: Progress) -> Summary:
    """Read and check all disclosures, and write nothing.

    Raises ConfigError where there is nothing to read.
    """
    return _gather(settings, Cache(settings.cache), progress).summary


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All that was read and checked, before anything is written."""

    summary: Summary
    tasks: Sequence[Task]
    readings: Sequence[Reading]
    others: Sequence[tuple[str, str]]
    reports: list[Report]
    register: Departments


def _gather(settings: Settings, cache: Cache, progress: Progress) -> _Gathered:
    sources = find_sources(settings.disclosures)
    if not sources:
        raise ConfigError(
            f"{settings.disclosures}: no disclosures (*.txt, *.pdf) here; name their folder: "
            "mingzhang build FOLDER"
        )
    definitions(), vocabulary()  # a slip in them is told before anything is read
    register = read_departments(settings.departments)
    tasks = [Task(path, settings.disclosures, register, settings.limits) for path in sources]
    others = find_others(settings.disclosures, sources)
    summary = Summary()
    readings = _read_all(tasks, settings, cache, summary, progress)
    reports = [*_reports(readings), *_other_reports(others)]
    by_file = {each.file: each for each in reports}
    readings = told_apart(named_alike(readings, by_file), register, by_file)
    with summary.timed("facts"):
        disclosures = _disclosures(readings, reports)
    with summary.timed("checks"):
        summary.checked = _checked(disclosures, settings, reports)
    summary.died |= any(bool(each.over_limit) for each in summary.checked)
    summary.problems = _problems(reports)
    return _Gathered(summary, tasks, readings, others, reports, register)


def _checked(
    disclosures: Sequence[Disclosure], settings: Settings, reports: list[Report]
) -> tuple[Checked, ...]:
    """Run all checks; acknowledgements that no longer fit become problems of their file."""
    report = Report(settings.acknowledged.name)
    limits = settings.limits.of_stage
    checked = run_all_checks(disclosures, settings.checks, limits)
    by_file = {each.file: each for each in reports}
    for each in checked:
        file = each.disclosure.extract.document.file
        if each.failed:
            by_file[file].add("checks-failed", reason=each.failed)
        elif each.over_limit:
            by_file[file].add("checks-over-limit", reason=each.over_limit)
    checked = acknowledge(checked, settings.acknowledged, report)
    reports.append(report)
    return checked


def _written(gathered: _Gathered, keeping: Keeping, settings: Settings, cache: Cache) -> str:
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


def _problems(reports: Sequence[Report]) -> tuple[Problem, ...]:
    return tuple(problem for report in reports for problem in report.problems)


# ── reading ──────────────────────────────────────────────────────────────────────────────


def _read_all(
    tasks: Sequence[Task], settings: Settings, cache: Cache, summary: Summary, progress: Progress
) -> list[Reading]:
    """Read what is not in the cache, in workers; the order is that of the files' names."""
    readings: dict[int, Reading] = {}
    fresh: list[int] = []
    for index, task in enumerate(tasks):
        known = cache.reading(task)
        if known is None:
            fresh.append(index)
        else:
            readings[index] = known
            _tell(known, cached=True)
    todo = [tasks[index] for index in fresh]
    limits = settings.limits
    ended = run_all(
        read_file,
        todo,
        jobs=settings.jobs,
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        sound=lambda reading: not reading.failed,
    )
    for place, result in ended:
        reading = _died(todo[place], result) if isinstance(result, Died) else result
        readings[fresh[place]] = reading
        if isinstance(result, Died):
            summary.died = True
        else:
            cache.keep(todo[place], reading)
        for stage, seconds in reading.seconds.items():
            summary.add(stage, seconds)
        _tell(reading)
        summary.read += 1
        progress("读取文件", summary.read, len(todo))
    return [readings[index] for index in range(len(tasks))]


def _tell(reading: Reading, *, cached: bool = False) -> None:
    """Tell the journal what each stage of a file took, if not ``cached``, and its outcome."""
    for stage, seconds in reading.seconds.items():
        if not cached:
            LOG.info(Entry(stage, reading.file, seconds=seconds))
    whole = 0.0 if cached else sum(reading.seconds.values())
    stage = "cached" if cached else "file"
    LOG.info(Entry(stage, reading.file, "", whole, reading.outcome, len(reading.problems)))


def _died(task: Task, died: Died) -> Reading:
    """A worker that gave no result: the file is at fault, and named."""
    report = Report(task.name)
    if died.timed_out:
        report.add("time-limit", seconds=task.limits.seconds)
    else:
        report.add("reader-died", reason=died.exit_code, memory_mb=task.limits.memory_mb)
    return Reading(task.name, problems=tuple(report.problems))


def _reports(readings: Sequence[Reading]) -> list[Report]:
    return [Report(reading.file, problems=list(reading.problems)) for reading in readings]


# ── renditions ───────────────────────────────────────────────────────────────────────────


def _disclosures(readings: Sequence[Reading], reports: Sequence[Report]) -> list[Disclosure]:
    """One disclosure for each department, year and kind, of all files that hold it."""
    by_file = {report.file: report for report in reports}
    groups: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.disclosures:
            groups.setdefault(reading.disclosures[0].id, []).append(reading)
    merged = []
    for group in groups.values():
        whole = [each for each in group if has_tables(each.disclosures[0])]
        prose = [each for each in group if each not in whole]
        if not whole:
            for each in prose:
                by_file[each.file].add("tables-apart")
            continue
        kept = _without_duplicates(whole, by_file)
        try:
            with step("renditions", disclosure=kept[0].disclosures[0].id):
                merged.append(_merged(kept, _without_duplicates(prose, by_file)))
        except Exception as error:  # one disclosure never takes the others with it
            by_file[kept[0].file].add("reader-failed", reason=f"{type(error).__name__}: {error}")
    return merged


def _merged(whole: Sequence[Reading], prose: Sequence[Reading]) -> Disclosure:
    """One disclosure of the readings with its tables, and of those with its prose alone."""
    disclosure = merge([each for reading in whole for each in reading.disclosures])
    return reduce(joined, (merge(list(each.disclosures)) for each in prose), disclosure)


def _without_duplicates(group: Sequence[Reading], reports: dict[str, Report]) -> list[Reading]:
    """A disclosure may stand as PDF and as text; of two of one form the first is kept."""
    kept: dict[str, Reading] = {}
    for reading in group:
        form = Path(reading.file).suffix.lower()
        if form in kept:
            reports[reading.file].add("disclosure-duplicate", other=kept[form].file)
        else:
            kept[form] = reading
    return list(kept.values())


def _other_reports(others: Sequence[tuple[str, str]]) -> list[Report]:
    """A report for each file that is not read, by name and problem."""
    reports = []
    for name, code in others:
        reports.append(Report(name))
        reports[-1].add(code)
    return reports


# ── rendering ────────────────────────────────────────────────────────────────────────────


def render(settings: Settings, progress: Progress, summary: Summary | None = None) -> Summary:
    """Render the packages as a website; the old site stays until the new one is whole."""
    waiting = partial(progress, WAITING, 0, 0)
    with locked(settings.packages, waiting, to_read=True), locked(settings.site, waiting):
        return _render(settings, progress, summary or Summary())


def _render(settings: Settings, progress: Progress, summary: Summary) -> Summary:
    refuse_links(settings.packages)
    cache = Cache(settings.cache)
    inputs = cache.site_key(settings)
    if cache.is_current(settings.site, inputs):
        summary.unchanged.append("website")
        return summary
    from generator.website import SiteSettings  # Altair takes a while to import
    from generator.website.language import CHINESE, LANGUAGES

    site = SiteSettings(
        title=settings.title,
        base_url=settings.base_url,
        contact=settings.contact,
        sources=settings.disclosures if settings.page_images else None,
        annotated=settings.annotated_pdfs,
        languages=LANGUAGES if settings.english else (CHINESE,),
        redirects=settings.redirects,
        limits=settings.limits.of_stage,
    )
    left_out: dict[str, Problem] = {}
    with summary.timed("website"):
        while (made := _rendered(settings, site, left_out, progress)) is None:
            pass  # one disclosure fewer each time
    rendered, outputs = made
    summary.pages, summary.charts = rendered.pages, rendered.charts
    summary.downloads = rendered.downloads
    summary.notes += rendered.notes
    summary.problems += tuple(left_out.values())
    if not left_out and rendered.drawn and cache.site_key(settings) == inputs:
        cache.remember(settings.site, inputs, outputs)
    return summary


def _rendered(
    settings: Settings, site: SiteSettings, left_out: dict[str, Problem], progress: Progress
) -> tuple[SiteSummary, str] | None:
    """Render the site without the disclosures that are left out, and return a hash of it, too.

    None where one more has to be left out.
    """
    from generator.website import render_site

    try:
        with replacing(settings.site) as folder:
            rendered = render_site(
                settings.packages,
                folder,
                templates=settings.templates,
                content=settings.content,
                settings=site,
                cache=settings.cache,
                progress=progress,
                left_out=frozenset(left_out),
            )
            return rendered, written(folder)
    except PageError as error:
        report = Report(error.disclosure)
        report.add(error.code, reason=error.reason)
        left_out[error.disclosure] = report.problems[0]
        return None


def build(settings: Settings, progress: Progress) -> Summary:
    """Extract, then render."""
    return render(settings, progress, extract(settings, progress))
