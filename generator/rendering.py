"""From packages to the website, in place of the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.config import Settings
from generator.paths import refuse_links
from generator.problems import PageError, Problem, Report
from generator.summary import Progress, Summary
from generator.swap import replacing, written

if TYPE_CHECKING:
    from generator.website import SiteSettings, SiteSummary


def rendered(settings: Settings, progress: Progress, summary: Summary) -> Summary:
    """Render the packages as a website, unless it is there already; the old one stays meanwhile."""
    refuse_links(settings.packages)
    cache = Cache(settings.cache)
    inputs = cache.site_key(settings)
    if cache.is_current(settings.site, inputs):
        summary.unchanged.append("website")
        return summary
    from generator.website import SiteSettings  # Altair takes a while to import
    from generator.website.wording.language import CHINESE, LANGUAGES

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
        while (made := _site(settings, site, left_out, progress)) is None:
            pass  # one disclosure fewer each time
    done, outputs = made
    summary.pages, summary.charts = done.pages, done.charts
    summary.downloads = done.downloads
    summary.notes += done.notes
    summary.problems += tuple(left_out.values())
    if not left_out and done.drawn and cache.site_key(settings) == inputs:
        cache.remember(settings.site, inputs, outputs)
    return summary


def _site(
    settings: Settings, site: SiteSettings, left_out: dict[str, Problem], progress: Progress
) -> tuple[SiteSummary, str] | None:
    """Render the site without the disclosures that are left out, and return a hash of it, too.

    None where one more has to be left out.
    """
    from generator.website import render_site

    try:
        with replacing(settings.site) as folder:
            done = render_site(
                settings.packages,
                folder,
                templates=settings.templates,
                content=settings.content,
                settings=site,
                cache=settings.cache,
                progress=progress,
                left_out=frozenset(left_out),
            )
            return done, written(folder)
    except PageError as error:
        report = Report(error.disclosure)
        report.add(error.code, reason=error.reason)
        left_out[error.disclosure] = report.problems[0]
        return None
