"""Renders the whole site: overviews, charts, downloads, pages, in that order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from generator.website.assets import write_assets
from generator.website.audit import audit
from generator.website.codes import CLASSIFICATIONS, read_codes
from generator.website.comparison import compare
from generator.website.content import read_content
from generator.website.copies import annotate_all
from generator.website.descriptor import read_packages
from generator.website.disclosure import overview
from generator.website.downloads import write_all_downloads, write_disclosure_downloads
from generator.website.feed import write_for_machines
from generator.website.glossary import read_glossary
from generator.website.output import Output, environment
from generator.website.package import Package
from generator.website.page_images import draw_views
from generator.website.pages import Site, departments_of, provide, write_pages
from generator.website.render_svg import draw_all, spec_json
from generator.website.search_index import write_search_index
from generator.website.search_records import search_records
from generator.website.settings import SiteSettings, SiteSummary

Done = TypeVar("Done")
Progress = Callable[[str, int, int], None]


def render_site(
    packages: Path,
    site: Path,
    *,
    templates: Path,
    content: Path,
    settings: SiteSettings,
    cache: Path,
    progress: Progress | None = None,
) -> SiteSummary:
    """Render the data packages and the written pages into an empty folder.

    Args:
        packages: The folder of data packages.
        site: The empty folder to write into.
        templates: The folder of Jinja2 templates.
        content: The folder of Markdown pages.
        settings: Title, base URL and language.
        cache: A folder for drawn charts; it may be deleted at any time.
        progress: Told the stage, how much of it is done and how much there is.

    Raises:
        PackageError: A package or a written page is malformed.
    """
    tell = progress or (lambda stage, done, total: None)
    read = read_packages(packages)
    overviews = _each(read.disclosures, overview, "读取数据包", tell)
    departments = departments_of(overviews, read.rows("departments"))
    output = Output(site, environment(templates, settings))
    comparisons = compare(overviews)
    charts = [c for o in overviews for c in o.charts] + [d.chart for d in departments if d.chart]
    charts += [chart for comparison in comparisons for chart in comparison.charts]
    drawn, vega = draw_all(
        [c.spec for c in charts if c.spec],
        cache / "charts",
        lambda done, total: tell("画图", done, total),
    )
    for chart in charts:
        if chart.spec:
            output.file(f"charts/{chart.hash}.json", spec_json(chart.spec).encode())
    written = read_content(content)
    provide(output, write_assets(output, templates, vega), drawn, written)
    checked = {p.id: audit(p) for p in read.disclosures}
    copies = annotate_all(
        {p.id: p for p in read.disclosures} if settings.sources and settings.annotated else {},
        checked,
        settings.sources or packages,
        cache,
        lambda done, total: tell("标注 PDF", done, total),
    )
    files = _each(
        read.disclosures,
        lambda p: write_disclosure_downloads(output, p, checked[p.id], copies.get(p.id)),
        "写下载文件",
        tell,
    )
    downloads = dict(zip((p.id for p in read.disclosures), files, strict=True))
    everything = write_all_downloads(output, read)
    views = draw_views(
        read.disclosures if settings.sources else (),
        settings.sources or packages,
        cache,
        lambda done, total: tell("画原件页", done, total),
    )
    for image in (image for each in views.values() for image in each.pages):
        output.file(image.path, image.data)
    names = read.rows("departments")
    found = search_records(overviews, names, read_glossary(read.disclosures))
    index = write_search_index(output, found, overviews, names)
    lists = {key: read.rows(f"codes-{key}") for key in CLASSIFICATIONS}
    codes = read_codes(overviews, lists)
    whole = Site(
        settings, read, departments, downloads, everything, written, views,
        index, comparisons, codes,
    )  # fmt: skip
    write_pages(output, whole, tell)
    write_for_machines(output, settings, read.disclosures, read.rows("disclosures"))
    notes = tuple(f"{key}: {copy.reason}" for key, copy in copies.items() if copy.failed)
    return SiteSummary(output.pages, len(drawn), output.downloads, output.size, notes)


def _each(
    items: Sequence[Package], work: Callable[[Package], Done], stage: str, tell: Progress
) -> list[Done]:
    done: list[Done] = []
    for number, item in enumerate(items, 1):
        done.append(work(item))
        tell(stage, number, len(items))
    return done
