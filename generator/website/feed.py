"""What machines read about the site as a whole: sitemap, robots and the feed of disclosures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import feedgenerator
from markupsafe import escape

from generator.website.output import Output
from generator.website.package import Package
from generator.website.rows import Row
from generator.website.settings import SiteSettings


def write_for_machines(
    output: Output, settings: SiteSettings, packages: Sequence[Package], listed: Sequence[Row]
) -> None:
    """Write robots.txt, and with a base URL the sitemap and the Atom feed too."""
    if not settings.base_url:
        output.file("robots.txt", b"User-agent: *\nAllow: /\n")
        return
    base = settings.base_url.rstrip("/")
    output.file("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode())
    addresses = sorted(output.addresses)
    sitemap = output.templates.get_template("sitemap.xml").render(base=base, addresses=addresses)
    output.file("sitemap.xml", sitemap.encode())
    output.file("feed.xml", _feed(settings, base, packages, listed).encode())


def _feed(
    settings: SiteSettings, base: str, packages: Sequence[Package], listed: Sequence[Row]
) -> str:
    feed = feedgenerator.Atom1Feed(
        title=settings.title,
        link=f"{base}/",
        description="政府部门预算和决算公开文件的数据",
        language=settings.languages[0].tag,
        feed_url=f"{base}/feed.xml",
    )
    rows = {row["disclosure_id"]: row for row in listed}
    dated = [(_date(package, rows.get(package.id, {})), package) for package in packages]
    for when, package in sorted(dated, key=lambda d: (-d[0].timestamp(), d[1].id)):
        link = f"{base}/departments/{package.id}/"
        feed.add_item(
            title=_printable(package.title),
            link=link,
            description=str(escape(_printable(package.description))),  # a summary is read as HTML
            unique_id=link,
            pubdate=when,
            updateddate=when,
        )
    return str(feed.writeString("utf-8"))


def _printable(text: str) -> str:
    """Drop control characters, which XML cannot carry."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def _date(package: Package, row: Row) -> datetime:
    """Return the date of publication, else of retrieval, else the first day of its year."""
    for name in ("published", "retrieved"):
        try:
            return datetime.fromisoformat(row.get(name, "")).replace(tzinfo=UTC)
        except ValueError:
            continue
    # Not the clock's: the feed must be the same whenever it is made.
    return datetime(package.year, 1, 1, tzinfo=UTC)
