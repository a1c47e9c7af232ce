"""The whole way: disclosures → packages (extract) → website (render).

disclosure file → pages → tables → facts → findings → data packages → webpages
                 reading   tables   facts   checks     packages      website
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.checks import run_checks
from generator.config import Settings
from generator.facts import Departments, normalise, read_departments
from generator.models import Checked
from generator.packages import write_packages
from generator.problems import ConfigError, Problem, Report, UnreadableError
from generator.reading import find_orphans, find_sources, read_document
from generator.swap import replacing
from generator.tables import extract_tables

#: Tells how far a stage is: its name, what is done, and of how many.
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Summary:
    """What a command did: disclosures, problems, counts, and the seconds of each stage."""

    checked: tuple[Checked, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    pages: int = 0
    charts: int = 0
    downloads: int = 0

    @property
    def failed(self) -> bool:
        """Whether a disclosure could not be read, or not whole."""
        return any(problem.severity != "warning" for problem in self.problems)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the body takes to ``stage``."""
        start = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def extract(settings: Settings, progress: Progress) -> Summary:
    """Read all disclosures and write their packages; the old packages stay until all is done.

    Raises ConfigError where there is nothing to read.
    """
    sources = find_sources(settings.disclosures)
    if not sources:
        raise ConfigError(f"{settings.disclosures}: no disclosures (*.txt) here")
    register = read_departments(settings.departments)
    summary = Summary()
    with replacing(settings.packages) as folder:
        reports = _read_all(sources, settings.disclosures, register, summary, progress)
        reports += _orphans(settings.disclosures)
        summary.problems = tuple(problem for report in reports for problem in report.problems)
        with summary.timed("packages"):
            write_packages(summary.checked, summary.problems, register, folder)
    return summary


def _read_all(
    sources: Sequence[Path],
    folder: Path,
    register: Departments,
    summary: Summary,
    progress: Progress,
) -> list[Report]:
    reports, checked = [], []
    for number, path in enumerate(sources, start=1):
        report = Report(path.relative_to(folder).as_posix())
        reports.append(report)
        if one := _read(path, folder, register, report, summary):
            checked.append(one)
        progress("read", number, len(sources))
    summary.checked = tuple(_without_duplicates(checked, reports))
    return reports


def _read(
    path: Path, folder: Path, register: Departments, report: Report, summary: Summary
) -> Checked | None:
    """Read one disclosure; whatever is wrong with it is recorded and stops at it."""
    try:
        with summary.timed("reading"):
            document = read_document(path, folder, report)
        with summary.timed("tables"):
            extracted = extract_tables(document, report)
        with summary.timed("facts"):
            disclosure = normalise(extracted, register, report)
        with summary.timed("checks"):
            checked = run_checks(disclosure)
    except UnreadableError as error:
        report.add(error.code, error.line, **error.values)
        return None
    except Exception as error:  # a bad file never takes the build down with it
        report.add("reader-failed", reason=f"{type(error).__name__}: {error}")
        return None
    return None if report.fatal else checked


def _without_duplicates(checked: Sequence[Checked], reports: Sequence[Report]) -> Iterator[Checked]:
    """Of two files for one department, year and kind neither is surely right: the first is kept."""
    by_file = {report.file: report for report in reports}
    seen: dict[str, str] = {}
    for each in checked:
        file, name = each.disclosure.extract.document.file, each.disclosure.id
        if name in seen:
            by_file[file].add("disclosure-duplicate", other=seen[name])
            continue
        seen[name] = file
        yield each


def _orphans(folder: Path) -> list[Report]:
    reports = []
    for path in find_orphans(folder):
        report = Report(path.relative_to(folder).as_posix())
        report.add("sidecar-orphan")
        reports.append(report)
    return reports


def render(settings: Settings, progress: Progress, summary: Summary | None = None) -> Summary:
    """Render the packages as a website; the old site stays until the new one is whole."""
    from generator.website import SiteSettings, render_site  # Altair takes a while to import

    summary = summary or Summary()
    site_settings = SiteSettings(title=settings.title, base_url=settings.base_url)
    with summary.timed("website"), replacing(settings.site) as folder:
        rendered = render_site(
            settings.packages,
            folder,
            templates=settings.templates,
            content=settings.content,
            settings=site_settings,
            cache=settings.cache,
            progress=progress,
        )
    summary.pages, summary.charts = rendered.pages, rendered.charts
    summary.downloads = rendered.downloads
    return summary


def build(settings: Settings, progress: Progress) -> Summary:
    """Extract, then render."""
    return render(settings, progress, extract(settings, progress))
