"""The whole way: disclosures → packages (extract) → website (render).

disclosure file → pages → tables → facts → findings → data packages → webpages
                 reading   tables   facts   checks     packages      website
"""

from __future__ import annotations

from functools import partial

from generator.cache import Cache
from generator.config import Settings
from generator.elsewhere import elsewhere
from generator.extraction import checked, extracted, settled
from generator.gather import gather
from generator.lock import locked
from generator.rendering import rendered
from generator.sought import seek
from generator.summary import WAITING, Progress, Summary
from generator.unused import forget_unused

#: What lies before a build: the packages of the last one stay where they are not made again, and
#: the site shows the pages of the disclosures.
_SOURCES = ("disclosures", "packages")


def check(settings: Settings, progress: Progress, *, every: bool = False) -> Summary:
    """Read and check all disclosures, and write nothing; tell ``every`` finding where wanted.

    Raises ConfigError where there is nothing to read.
    """
    with elsewhere(settings, progress, needs=["disclosures"]):
        gathered = gather(seek(settings), settings, Cache(settings.cache), progress)
        return checked(gathered, settings, every=every)


def extract(settings: Settings, progress: Progress) -> Summary:
    """Read all disclosures and write their packages; the old packages stay until all is done.

    They stay, too, where published amounts would be others though their sources are the same,
    unless the settings accept that: the problems of the summary name the amounts.
    Raises ConfigError where there is nothing to read.
    """
    with elsewhere(settings, progress, needs=_SOURCES, makes=["packages"]):
        return _tidied(settings, _extract(settings, progress), "packages")


def render(settings: Settings, progress: Progress) -> Summary:
    """Render the packages as a website; the old site stays until the new one is whole."""
    with elsewhere(settings, progress, needs=_SOURCES, makes=["site"]):
        return _tidied(settings, _render(settings, progress, Summary()), "website")


def build(settings: Settings, progress: Progress) -> Summary:
    """Extract, then render."""
    with elsewhere(settings, progress, needs=_SOURCES, makes=["packages", "site"]):
        summary = _extract(settings, progress)
        return _tidied(settings, _render(settings, progress, summary), "website")


def _extract(settings: Settings, progress: Progress) -> Summary:
    cache, sought = Cache(settings.cache), seek(settings)
    if unchanged := settled(sought, settings, cache):
        return unchanged
    gathered = gather(sought, settings, cache, progress)
    with locked(settings.packages, partial(progress, WAITING, 0, 0)):
        return extracted(gathered, settings, cache)


def _render(settings: Settings, progress: Progress, summary: Summary) -> Summary:
    waiting = partial(progress, WAITING, 0, 0)
    with locked(settings.packages, waiting, to_read=True), locked(settings.site, waiting):
        return rendered(settings, progress, summary)


def _tidied(settings: Settings, summary: Summary, made: str) -> Summary:
    """Let the cache forget what is of no use, if all was asked for that ``made`` is made of."""
    if made not in summary.unchanged:
        forget_unused(settings.cache)
    return summary
