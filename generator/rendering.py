"""From packages to the website, in place of the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.config import Settings
from generator.executors import Executor
from generator.paths import real, refuse_links
from generator.problems import Problem, Report
from generator.summary import Progress, Summary
from generator.swap import replacing

if TYPE_CHECKING:
    from generator.website import SiteSettings, SiteSummary
    from generator.website.settings import LeftOut


def rendered(settings: Settings, progress: Progress, summary: Summary) -> Summary:
    """Render the packages as a website, unless it is there already; the old one stays meanwhile."""
    refuse_links(settings.packages)
    cache = Cache(settings.cache)
    inputs = cache.site_key(settings, summary.packages)
    current = cache.is_current(settings.site, inputs)
    cache.manifest.save()
    if current:
        summary.unchanged.append("website")
        return summary
    from generator.website import SiteSettings  # Altair takes a while to import
    from generator.website.wording.language import CHINESE, LANGUAGES

    site = SiteSettings(
        title=settings.title,
        base_url=settings.base_url or settings.deployed,
        contact=settings.contact,
        report=settings.report,
        sources=settings.disclosures if settings.page_images else None,
        annotated=settings.annotated_pdfs,
        languages=LANGUAGES if settings.english else (CHINESE,),
        redirects=settings.redirects,
        limits=settings.limits.of_stage,
        executor=Executor(settings.jobs, settings.scheduler, settings.cache),
    )
    with summary.timed("website"):
        done, outputs = _site(settings, site, cache, progress)
    summary.pages, summary.charts = done.pages, done.charts
    summary.downloads = done.downloads
    summary.notes += done.notes
    summary.problems += tuple(map(_problem, done.left_out))
    if not done.left_out and done.drawn and cache.site_key(settings) == inputs:
        cache.remember(settings.site, inputs, outputs)
    cache.manifest.save()
    return summary


def _site(
    settings: Settings, site: SiteSettings, cache: Cache, progress: Progress
) -> tuple[SiteSummary, str]:
    """Render the site, and return a hash of it, too."""
    from generator.website import render_site
    from generator.website.settings import Before

    before = settings.site if settings.site.is_dir() else None
    with replacing(settings.site) as folder:
        done = render_site(
            settings.packages,
            folder,
            templates=settings.templates,
            content=settings.content,
            settings=site,
            cache=settings.cache,
            progress=progress,
            before=Before(before, cache.department_inputs(settings), cache.manifest),
        )
        outputs = cache.outputs(folder)
    cache.manifest.moved(folder, real(settings.site))
    return done, outputs


def _problem(left_out: LeftOut) -> Problem:
    report = Report(left_out.disclosure)
    report.add(left_out.code, reason=left_out.reason)
    return report.problems[0]
