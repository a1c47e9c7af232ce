"""What the maintainer of a site may choose, and what a render reports."""

from dataclasses import dataclass, field
from pathlib import Path

from generator.executors import HERE, Executor
from generator.manifest import Manifest
from generator.stage_limits import NO_LIMITS, StageLimits
from generator.website.wording.language import LANGUAGES, Language


@dataclass(frozen=True)
class SiteSettings:
    """The settings of one website.

    Attributes:
        title: The name of the site, shown on every page.
        base_url: The public address without a trailing slash, or "" when it is not known. The
        sitemap, the feed
            and the canonical addresses need it; everything else is relative.
        contact: An e-mail address or a page at which the publisher is reached, or "".
        report: Where readers report errors: an e-mail address, or the address of a form with
            `{figure}`, `{address}` and `{value}` in the places of what is reported; "" is nowhere.
        languages: The languages of the pages; the first has its home page at the root.
        sources: The folder of disclosures, whose PDFs are drawn page by page; None draws none.
        annotated: Whether copies of those PDFs, with the doubtful figures boxed, are offered.
        redirects: The list of addresses that moved, if there is one.
        limits: What each part of the pages of one disclosure may take.
        executor: Where departments are made.
    """

    title: str = "明账"
    base_url: str = ""
    contact: str = ""
    report: str = ""
    languages: tuple[Language, ...] = LANGUAGES
    sources: Path | None = None
    annotated: bool = True
    redirects: Path | None = None
    limits: StageLimits = NO_LIMITS
    executor: Executor = field(default=HERE, repr=False)  # no page is another for it

    def address(self, path: str) -> str:
        """Return the public address of what lies at a path, or "" where the site knows none."""
        return f"{self.base_url.rstrip('/')}/{path}" if self.base_url else ""


@dataclass(frozen=True)
class Before:
    """What an earlier render left: its site, if there is one; `inputs` is a hash of this one's.

    It is of the program, and of all that people write for the site. `manifest` knows its files.
    """

    site: Path | None
    inputs: str
    manifest: Manifest


@dataclass(frozen=True)
class LeftOut:
    """A disclosure that gets no pages, the code of the problem, and why."""

    disclosure: str
    code: str
    reason: str


@dataclass(frozen=True)
class SiteSummary:
    """What one render wrote: counts of pages, charts and downloads, and bytes in all."""

    pages: int
    charts: int
    downloads: int
    bytes: int
    #: What could not be made, with the reason.
    notes: tuple[str, ...] = ()
    #: Whether every chart was drawn: one that was not, on a busy machine, may be the next time.
    drawn: bool = True
    #: Disclosures without pages, because these cannot be made.
    left_out: tuple[LeftOut, ...] = ()
