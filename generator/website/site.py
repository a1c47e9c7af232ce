"""Renders the whole site: overviews, charts, downloads, and the pages of each language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.defaults import CONTENT, found
from generator.journal import step
from generator.stage_limits import StageLimits
from generator.website.blame import blaming
from generator.website.department.cards import Cards, Drawn, cards_of, draw_cards
from generator.website.department.charts import Chart
from generator.website.department.departments import DepartmentView, departments_of
from generator.website.department.disclosure import Overview, overview
from generator.website.drawing.drawn_charts import draw_all
from generator.website.drawing.page_images import Views, draw_views
from generator.website.drawing.render_svg import spec_json
from generator.website.everyone.codes import CLASSIFICATIONS, read_codes
from generator.website.everyone.comparison import DepartmentComparison, compare
from generator.website.everyone.glossary import Glossary, read_glossary
from generator.website.files import linked_data
from generator.website.files.audit import AuditLine, audit
from generator.website.files.catalogue import catalogue_of
from generator.website.files.catalogue_files import write_catalogue
from generator.website.files.checksums import write_checksums
from generator.website.files.copies import Copy, annotate_all
from generator.website.files.data_files import WITHOUT_PARQUET, write_data_files
from generator.website.files.downloads import (
    DisclosureDownloads,
    write_all_downloads,
    write_disclosure_downloads,
)
from generator.website.files.feed import write_for_machines
from generator.website.files.parquet_files import can_write_parquet
from generator.website.files.questions import read_questions
from generator.website.output.assets import write_assets
from generator.website.output.content import read_content
from generator.website.output.folder import Output, environment, name_build
from generator.website.output.redirects import write_redirects
from generator.website.pages import Shared, Site, provide, write_pages
from generator.website.published.descriptor import read_packages
from generator.website.published.glosses import english_names
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Package, Packages
from generator.website.published.rows import Row
from generator.website.search.search_index import SearchIndex, write_search_index
from generator.website.search.search_records import search_records
from generator.website.settings import SiteSettings, SiteSummary
from generator.website.wording.language import Language, speaking
from generator.website.wording.terms import read_terms

Done = TypeVar("Done")
Progress = Callable[[str, int, int], None]
#: What was checked in each disclosure, doubtful first, by the id of its package.
Audits = Mapping[str, Sequence[AuditLine]]


@dataclass(frozen=True)
class Accounts:
    """What the packages say, in the words of one language."""

    language: Language
    overviews: Sequence[Overview]
    departments: Sequence[DepartmentView]
    comparisons: Sequence[DepartmentComparison]

    @property
    def charts(self) -> Iterator[Chart]:
        """Yield every chart that is drawn."""
        several = [o.charts for o in self.overviews] + [c.charts for c in self.comparisons]
        for charts in (*several, *(d.charts for d in self.departments)):
            yield from (chart for chart in charts if chart.spec)
        yield from (o.flow.chart for o in self.overviews if o.flow.chart)


def render_site(
    packages: Path,
    site: Path,
    *,
    templates: Path,
    content: Path,
    settings: SiteSettings,
    cache: Path,
    progress: Progress | None = None,
    left_out: frozenset[str] = frozenset(),
) -> SiteSummary:
    """Render the data packages and the written pages into an empty folder.

    Args:
        packages: The folder of data packages.
        site: The empty folder to write into.
        templates: The folder of Jinja2 templates and assets that take the place of ours.
        content: The folder of Markdown pages, those of other languages in folders named by tag,
            of `terms.yaml` and `questions.yaml`, that take the place of ours.
        settings: Title, base URL and languages.
        cache: A folder for drawn charts; it may be deleted at any time.
        progress: Told the stage, how much of it is done and how much there is.
        left_out: The ids of packages that get no pages.

    Raises:
        PageError: Something went wrong with the pages of one disclosure; without it, all may be
            well.
        PackageError: A package, a written page or the list of terms is malformed.
    """
    tell = progress or (lambda stage, done, total: None)
    read = read_packages(packages).without(left_out)
    terms = read_terms(found("terms.yaml", content, CONTENT))
    glossary = read_glossary(read.disclosures, terms)
    env = environment(templates, settings)
    output = Output(site, env, languages=settings.languages, known_terms=terms)
    limits = settings.limits
    accounts = [_accounts(language, read, limits, tell) for language in settings.languages]
    drawn, vega = _draw(output, accounts, cache, tell)
    provide(output, write_assets(output, templates, vega), drawn)
    cards = _cards(output, accounts, settings, cache)
    output.templates.globals.update(cards=cards, linked_data=linked_data)
    name_build(output, read.build)
    audits: dict[str, Sequence[AuditLine]] = {}
    for package in read.disclosures:
        with blaming(package.id, limits):
            audits[package.id] = audit(package)
    copies = _copies(read, audits, settings, cache, tell)
    with step("data"):
        questions = read_questions(found("questions.yaml", content, CONTENT))
        data = write_data_files(output, read, accounts[0].departments, questions, limits)
    downloads = _downloads(output, read, audits, copies, limits, tell)
    everything = write_all_downloads(output, read, accounts[0].comparisons)
    catalogue = catalogue_of(read, settings, output.checksums)
    shared = Shared(
        settings,
        read,
        downloads,
        everything,
        data,
        _views(output, read, settings, cache, tell),
        _index(output, read, accounts[0].overviews, glossary),
        glossary,
        catalogue,
        PublishedHistory(read),
    )
    write_checksums(output)
    for each in accounts:
        with speaking(each.language), step(f"pages {each.language.tag}"):
            write_pages(output, _site(shared, each, content), tell)
    departments = accounts[0].departments
    write_for_machines(output, settings, departments, shared.register, shared.history)
    write_catalogue(output, catalogue)
    write_redirects(output, settings)
    notes = [f"{key}: {copy.reason}" for key, copy in copies.items() if copy.failed]
    notes += () if can_write_parquet() else (WITHOUT_PARQUET,)
    notes += [f"questions.yaml: {q.id}: {q.failed}" for q in data.questions if q.failed]
    undrawn = _undrawn(accounts, drawn, vega)
    return SiteSummary(
        output.pages, len(drawn), output.downloads, output.size, (*notes, *undrawn), not undrawn
    )


@step("overviews")
def _accounts(language: Language, read: Packages, limits: StageLimits, tell: Progress) -> Accounts:
    with speaking(language):
        overviews = _each(read.disclosures, overview, "读取数据包", limits, tell)
        departments = departments_of(overviews, read.rows("department-names"))
        comparisons = compare(overviews, english_names(read))
        return Accounts(language, overviews, departments, comparisons)


def _code_lists(read: Packages) -> Mapping[str, Sequence[Row]]:
    return {key: read.rows(f"codes-{key}") for key in CLASSIFICATIONS}


def _site(shared: Shared, accounts: Accounts, content: Path) -> Site:
    return Site(
        shared,
        accounts.departments,
        read_content(content, shared.settings.limits),
        accounts.comparisons,
        read_codes(accounts.overviews, _code_lists(shared.packages)),
    )


@step("charts")
def _draw(
    output: Output, accounts: Sequence[Accounts], cache: Path, tell: Progress
) -> tuple[Mapping[str, str], str]:
    charts = [chart for each in accounts for chart in each.charts]
    drawn, vega = draw_all(
        [chart.spec for chart in charts if chart.spec],
        cache,
        lambda done, total: tell("画图", done, total),
    )
    for chart in charts:
        if chart.spec:
            output.file(f"charts/{chart.hash}.json", spec_json(chart.spec).encode())
    return drawn, vega


def _undrawn(accounts: Sequence[Accounts], drawn: Mapping[str, str], vega: str) -> list[str]:
    """What a reader of the summary has to know of charts that the drawing library gave up."""
    lacking = {chart.hash for each in accounts for chart in each.charts} - drawn.keys()
    found = [f"{len(lacking)} charts could not be drawn; their pages say so"] if lacking else []
    return found if vega else [*found, "interactive charts could not be made: there are none"]


@step("cards")
def _cards(
    output: Output, accounts: Sequence[Accounts], settings: SiteSettings, cache: Path
) -> Cards:
    """Draw and write the cards; without a base URL no page could name its own."""
    drawn: dict[str, Drawn] = {}
    for each in accounts if settings.base_url else ():
        with speaking(each.language):
            drawn |= draw_cards(cards_of(settings.title, each.departments), cache)
    for path, data in {card.path: card.data for card in drawn.values()}.items():
        output.file(path, data)
    return Cards(drawn)


@step("copies")
def _copies(
    read: Packages, audits: Audits, settings: SiteSettings, cache: Path, tell: Progress
) -> Mapping[str, Copy]:
    return annotate_all(
        {p.id: p for p in read.disclosures} if settings.sources and settings.annotated else {},
        audits,
        settings.sources or read.folder,
        cache,
        lambda done, total: tell("标注 PDF", done, total),
    )


def _downloads(
    output: Output,
    read: Packages,
    audits: Audits,
    copies: Mapping[str, Copy],
    limits: StageLimits,
    tell: Progress,
) -> dict[str, DisclosureDownloads]:
    def written(package: Package) -> DisclosureDownloads:
        key = package.id
        with step("downloads", disclosure=key):
            return write_disclosure_downloads(output, package, audits[key], copies.get(key))

    files = _each(read.disclosures, written, "写下载文件", limits, tell)
    return dict(zip((p.id for p in read.disclosures), files, strict=True))


@step("images")
def _views(
    output: Output, read: Packages, settings: SiteSettings, cache: Path, tell: Progress
) -> Mapping[str, Views]:
    views = draw_views(
        read.disclosures if settings.sources else (),
        settings.sources or read.folder,
        cache,
        lambda done, total: tell("画原件页", done, total),
    )
    for image in (image for each in views.values() for image in each.pages):
        output.file(image.path, image.data)
    return views


@step("search")
def _index(
    output: Output, read: Packages, overviews: Sequence[Overview], glossary: Glossary
) -> SearchIndex:
    names = read.rows("department-names")
    english = {row["label"]: row["english"] for row in read.rows("labels")}
    english |= english_names(read)
    found = search_records(overviews, names, glossary, english)
    return write_search_index(output, found, overviews, names)


def _each(
    items: Sequence[Package],
    work: Callable[[Package], Done],
    stage: str,
    limits: StageLimits,
    tell: Progress,
) -> list[Done]:
    done: list[Done] = []
    for number, item in enumerate(items, 1):
        with blaming(item.id, limits):
            done.append(work(item))
        tell(stage, number, len(items))
    return done
