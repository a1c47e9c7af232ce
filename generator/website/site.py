"""Renders the whole site: each department by a worker, then what is said of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from generator.defaults import CONTENT, found
from generator.journal import step
from generator.website.blame import blaming
from generator.website.department.cards import (
    Cards,
    Drawn,
    NamedCard,
    draw_cards,
    home_card,
    other_card,
)
from generator.website.department.charts import Chart
from generator.website.department.departments import DepartmentView, departments_of
from generator.website.department.disclosure import Overview, overview
from generator.website.department_task import Gathered, OfAll
from generator.website.drawing.card_drawing import Card
from generator.website.drawing.drawn_charts import draw_charts, make_bundle
from generator.website.drawing.page_images import draw_views
from generator.website.drawing.render_svg import spec_json
from generator.website.every_department import departments_made
from generator.website.everyone.codes import CLASSIFICATIONS, read_codes
from generator.website.everyone.comparison import DepartmentComparison, compare
from generator.website.everyone.glossary import read_glossary
from generator.website.files import linked_data
from generator.website.files.catalogue import catalogue_of
from generator.website.files.catalogue_files import write_catalogue
from generator.website.files.checksums import write_checksums
from generator.website.files.data_files import WITHOUT_PARQUET, write_data_files
from generator.website.files.downloads import write_all_downloads
from generator.website.files.feed import write_for_machines
from generator.website.files.parquet_files import can_write_parquet
from generator.website.files.questions import AnsweredQuestion, read_questions
from generator.website.output.assets import write_assets
from generator.website.output.content import WrittenPage, read_content
from generator.website.output.folder import Output, environment, name_build, write_build
from generator.website.output.provided import provide
from generator.website.output.redirects import write_redirects
from generator.website.pages import Shared, Site, write_pages
from generator.website.published.descriptor import read_packages
from generator.website.published.glosses import english_names
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Packages
from generator.website.published.rows import Row
from generator.website.search.search_index import write_search_index
from generator.website.search.search_part import terms_part
from generator.website.settings import SiteSettings, SiteSummary
from generator.website.wording.language import Language, speaking
from generator.website.wording.terms import read_terms

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Accounts:
    """What the packages say, in the words of one language."""

    language: Language
    overviews: Sequence[Overview]
    departments: Sequence[DepartmentView]
    comparisons: Sequence[DepartmentComparison]


def render_site(
    packages: Path,
    site: Path,
    *,
    templates: Path,
    content: Path,
    settings: SiteSettings,
    cache: Path,
    progress: Progress | None = None,
    jobs: int = 0,
) -> SiteSummary:
    """Render the data packages and the written pages into an empty folder.

    A disclosure of which the pages cannot be made is left out, and named.

    Args:
        packages: The folder of data packages.
        site: The empty folder to write into.
        templates: The folder of Jinja2 templates and assets that take the place of ours.
        content: The folder of Markdown pages, those of other languages in folders named by tag,
            of `terms.yaml` and `questions.yaml`, that take the place of ours.
        settings: Title, base URL and languages.
        cache: A folder for drawn charts; it may be deleted at any time.
        progress: Told the stage, how much of it is done and how much there is.
        jobs: How many departments are made at once; 0: one for each processor.

    Raises:
        PackageError: A package, a written page or the list of terms is malformed.
    """
    tell = progress or (lambda stage, done, total: None)
    read = read_packages(packages)
    terms = read_terms(found("terms.yaml", content, CONTENT))
    output = Output(
        site, environment(templates, settings), languages=settings.languages, known_terms=terms
    )
    written = {each: _written(each, content, settings) for each in settings.languages}
    with step("charts"):
        vega = make_bundle(cache)
    assets = write_assets(output, templates, vega)
    titles = tuple((k.tag, tuple((p.name, p.title) for p in v)) for k, v in written.items())
    cards = _cards(output, lambda: other_card(settings.title), settings, cache)
    of_all = OfAll(
        packages,
        site,
        templates,
        content,
        cache,
        settings,
        assets,
        titles,
        tuple(cards.items()),
        read.build,
        str(site),
    )
    gathered = Gathered()

    def parts() -> Iterator[bytes]:
        for made in departments_made(of_all, read, jobs, tell):
            output.take(made.written)
            gathered.take(made)
            if made.search:
                yield made.search
        left = read.without(gathered.without_pages)
        yield terms_part(read_glossary(left.disclosures, terms))

    index = write_search_index(output, parts())  # the departments are made as it asks for them
    read = read.without(gathered.without_pages)
    glossary = read_glossary(read.disclosures, terms)
    accounts = [_accounts(language, read, settings) for language in settings.languages]
    drawn = _draw(output, accounts, cache)
    provide(output, assets, drawn)
    counts = len(accounts[0].departments), len(read.disclosures)
    cards |= _cards(output, lambda: home_card(settings.title, *counts), settings, cache)
    output.templates.globals.update(cards=Cards(cards), linked_data=linked_data)
    name_build(output, read.build)
    write_build(output, read.build)
    with step("data"):
        questions = read_questions(found("questions.yaml", content, CONTENT))
        data = write_data_files(output, read, accounts[0].departments, questions)
    everything = write_all_downloads(output, read, accounts[0].comparisons)
    catalogue = catalogue_of(
        read,
        settings,
        gathered.catalogued,
        output.checksums,
    )
    history = PublishedHistory(read, read.rows("changes"))
    folder = settings.sources
    shared = Shared(
        settings,
        read,
        everything,
        data,
        draw_views(read.disclosures if folder else (), folder or packages, cache),
        index,
        glossary,
        catalogue,
        history,
        output.checksums,
    )
    write_checksums(output)
    for each in accounts:
        with speaking(each.language), step(f"pages {each.language.tag}"):
            codes = read_codes(each.overviews, _code_lists(read))
            pages = Site(shared, each.departments, written[each.language], each.comparisons, codes)
            write_pages(output, pages)
    register = {row["disclosure_id"]: row for row in read.rows("disclosures")}
    write_for_machines(output, settings, accounts[0].departments, register, history)
    write_catalogue(output, catalogue)
    write_redirects(output, settings)
    output.write_shared()
    gathered.drawn |= drawn.keys()
    gathered.undrawn |= _wanted(accounts) - drawn.keys()
    return _summary(output, gathered, vega, data.questions)


def _summary(
    output: Output, gathered: Gathered, vega: str, questions: Sequence[AnsweredQuestion]
) -> SiteSummary:
    undrawn = _undrawn(gathered.undrawn, vega)
    notes = [*gathered.notes, *(() if can_write_parquet() else (WITHOUT_PARQUET,))]
    notes += [f"questions.yaml: {q.id}: {q.failed}" for q in questions if q.failed]
    return SiteSummary(
        output.pages,
        len(gathered.drawn),
        output.downloads,
        output.size,
        (*notes, *undrawn),
        not undrawn,
        tuple(gathered.left_out),
    )


def _written(language: Language, content: Path, settings: SiteSettings) -> list[WrittenPage]:
    with speaking(language):
        return read_content(content, settings.limits)


@step("overviews")
def _accounts(language: Language, read: Packages, settings: SiteSettings) -> Accounts:
    with speaking(language):
        overviews = []
        for package in read.disclosures:
            with blaming(package.id, settings.limits):
                overviews.append(overview(package))
        departments = departments_of(overviews, read.rows("department-names"))
        comparisons = compare(overviews, english_names(read))
        return Accounts(language, overviews, departments, comparisons)


def _code_lists(read: Packages) -> Mapping[str, Sequence[Row]]:
    return {key: read.rows(f"codes-{key}") for key in CLASSIFICATIONS}


def _compared(accounts: Sequence[Accounts]) -> Iterator[Chart]:
    charts = (chart for each in accounts for c in each.comparisons for chart in c.charts)
    yield from (chart for chart in charts if chart.spec)


def _wanted(accounts: Sequence[Accounts]) -> frozenset[str]:
    return frozenset(chart.hash for chart in _compared(accounts))


@step("charts")
def _draw(output: Output, accounts: Sequence[Accounts], cache: Path) -> Mapping[str, str]:
    specs = {chart.hash: chart.spec for chart in _compared(accounts) if chart.spec}
    for name, spec in specs.items():
        output.file(f"charts/{name}.json", spec_json(spec).encode())
    return draw_charts(list(specs.values()), cache)


def _undrawn(lacking: Set[str], vega: str) -> list[str]:
    """What a reader of the summary has to know of charts that the drawing library gave up."""
    found = [f"{len(lacking)} charts could not be drawn; their pages say so"] if lacking else []
    return found if vega else [*found, "interactive charts could not be made: there are none"]


@step("cards")
def _cards(
    output: Output, said: Callable[[], Mapping[str, Card]], settings: SiteSettings, cache: Path
) -> dict[str, NamedCard]:
    """Draw and write cards; without a base URL no page could name its own."""
    drawn: dict[str, Drawn] = {}
    for language in settings.languages if settings.base_url else ():
        with speaking(language):
            drawn |= draw_cards(said(), cache)
    for card in drawn.values():
        output.share(card.named.path, card.data)
    return {page: card.named for page, card in drawn.items()}
