"""Renders the whole site: each department by a worker, then what is said of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.defaults import CONTENT, found
from generator.journal import step
from generator.store import Store, digest
from generator.website.department.cards import (
    Cards,
    Drawn,
    NamedCard,
    draw_cards,
    home_card,
    other_card,
)
from generator.website.drawing.card_drawing import Card
from generator.website.every_department import departments_made
from generator.website.everyone.codes import CLASSIFICATIONS
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.glossary import read_glossary
from generator.website.everyone.summaries import Summaries
from generator.website.files import linked_data
from generator.website.files.catalogue import catalogue_of
from generator.website.files.catalogue_files import write_catalogue
from generator.website.files.checksums import write_checksums
from generator.website.files.data_files import WITHOUT_PARQUET, DataFiles, write_data_files
from generator.website.files.downloads import write_all_downloads
from generator.website.files.earlier_files import EarlierFiles
from generator.website.files.feed import write_for_machines
from generator.website.files.number_sizes import KnownSizes
from generator.website.files.parquet_files import can_write_parquet
from generator.website.files.questions import read_questions
from generator.website.kept_pages import KeptPages
from generator.website.output.assets import write_assets
from generator.website.output.content import WrittenPage, read_content
from generator.website.output.folder import Output, environment, name_build, write_build
from generator.website.output.headers import write_headers
from generator.website.output.provided import provide
from generator.website.output.redirects import write_redirects
from generator.website.pages import Site, write_pages
from generator.website.pages_task import AllMade, DepartmentMade, OfAll
from generator.website.published.corrections import read_corrections
from generator.website.published.descriptor import read_packages
from generator.website.published.glosses import read_glosses
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Packages
from generator.website.search.search_index import SearchIndex, write_search_index
from generator.website.search.search_part import terms_part
from generator.website.settings import Before, SiteSettings, SiteSummary
from generator.website.share_pages import Sharing
from generator.website.taken_over import PublishedSite
from generator.website.wording.language import Language, speaking
from generator.website.wording.terms import read_terms

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
    before: Before | None = None,
) -> SiteSummary:
    """Render the data packages and the written pages into an empty folder.

    A disclosure of which the pages cannot be made is left out, and named.

    Args:
        packages: The folder of data packages.
        site: The empty folder to write into.
        templates: The folder of Jinja2 templates and assets that take the place of ours.
        content: The folder of Markdown pages, those of other languages in folders named by tag,
            of `terms.yaml`, `questions.yaml` and `corrections.yaml`, that take the place of ours.
        settings: Title, base URL and languages.
        cache: A folder for drawn charts; it may be deleted at any time.
        progress: Told the stage, how much of it is done and how much there is.
        before: The site that is published, from which departments that are the same are taken over.

    Raises:
        PackageError: A package, a written page or the list of terms is malformed.
    """
    tell = progress or (lambda stage, done, total: None)
    with step("descriptors"):
        read = read_packages(packages)
    terms = read_terms(found("terms.yaml", content, CONTENT))
    env = environment(templates, settings)
    output = Output(site, env, languages=settings.languages, known_terms=terms)
    with Summaries() as summaries:
        whole = _Whole(read, output, settings, content, cache, summaries, AllMade())
        of_all = whole.begin(templates, before)
        made = departments_made(of_all, read, PublishedSite(before, cache), tell)
        whole.finish(whole.departments(made))
    return whole.summary()


@dataclass
class _Whole:
    """A site while it is rendered."""

    read: Packages
    output: Output
    settings: SiteSettings
    content: Path
    cache: Path
    summaries: Summaries
    gathered: AllMade

    # What every department needs.

    def begin(self, templates: Path, before: Before | None) -> OfAll:
        """Write the assets, and say what all departments share."""
        self.assets = write_assets(self.output, templates)
        self.written = {each: self._written(each) for each in self.settings.languages}
        self.cards = self._cards(lambda: other_card(self.settings.title))
        history = PublishedHistory(self.read, self.read.rows("changes"))
        self.corrections = read_corrections(
            found("corrections.yaml", self.content, CONTENT), history
        )
        said, known = before.inputs if before else "", repr((self.settings, self.assets))
        inputs = digest(said.encode(), known.encode(), _labels(self.read))
        self.earlier = EarlierFiles(before, self.cache, inputs)
        return OfAll(
            self.read.folder,
            self.output.folder,
            templates,
            self.content,
            self.cache,
            self.settings,
            self.assets,
            tuple((k.tag, tuple((p.name, p.title) for p in v)) for k, v in self.written.items()),
            tuple(self.cards.items()),
            inputs,
        )

    def _written(self, language: Language) -> list[WrittenPage]:
        with speaking(language):
            return read_content(self.content, self.settings.limits)

    @step("cards")
    def _cards(self, said: Callable[[], Mapping[str, Card]]) -> dict[str, NamedCard]:
        """Draw and write cards; without a base URL no page could name its own."""
        drawn: dict[str, Drawn] = {}
        for language in self.settings.languages if self.settings.base_url else ():
            with speaking(language):
                drawn |= draw_cards(said(), self.cache)
        for card in drawn.values():
            self.output.share(card.named.path, card.data)
        return {page: card.named for page, card in drawn.items()}

    # Each department.

    def departments(self, each: Iterator[DepartmentMade]) -> SearchIndex:
        """Take what was made of every department; the search is merged of their parts meanwhile."""
        return write_search_index(self.output, self._parts(each))

    def _parts(self, each: Iterator[DepartmentMade]) -> Iterator[bytes]:
        for made in each:
            self._take(made)
            if made.search:
                yield made.search
        self.read = self.read.without(self.gathered.without_pages)
        self.glossary = read_glossary(self.summaries, self.output.known_terms)
        yield terms_part(self.glossary)

    def _take(self, made: DepartmentMade) -> None:
        self.output.take(made.written)
        self.gathered.take(made)
        for summary in made.summaries:
            self.summaries.add(summary)
        for tag, told in made.told.items():
            for disclosure in told:
                self.summaries.tell(tag, disclosure)

    # What is said of all.

    def finish(self, index: SearchIndex) -> None:
        """Write what is about more than one department."""
        lists = {key: self.read.rows(f"codes-{key}") for key in CLASSIFICATIONS}
        everyone = Everyone(self.summaries, lists)
        self._provide()
        with step("data"):
            data = self._data()
        read, output, settings, gathered = self.read, self.output, self.settings, self.gathered
        years = everyone.whole_years(settings.languages[0])
        with step("downloads of all"):
            everything = write_all_downloads(output, read, years)
        with step("catalogue"):
            catalogue = catalogue_of(read, settings, gathered.catalogued, output.checksums)
        history = PublishedHistory(read, read.rows("changes"))
        kept = self._kept(everyone)
        site = Site(
            *(settings, read, everything, data, index, self.glossary, catalogue, history),
            *(everyone, self.corrections, gathered.checks, kept),
            self.sharing,
        )
        write_checksums(output)
        for language, written in self.written.items():
            with speaking(language), step(f"pages {language.tag}"):
                write_pages(output, site, written)
        taken = {Path(path).stem for path in kept.shared if path.endswith(".json")}
        gathered.drawn |= taken | self.sharing.drawn.keys()
        gathered.undrawn |= self.sharing.undrawn
        with step("catalogue"):
            write_for_machines(output, settings, gathered.feed, history, self.corrections)
            write_catalogue(output, catalogue)
        write_redirects(output, settings)
        output.write_shared()
        write_headers(output, settings)

    def _kept(self, everyone: Everyone) -> KeptPages:
        names, english = sorted(everyone.names.items()), read_glosses(self.read)
        return KeptPages(
            *(self.output, self.summaries, self.earlier, Store(self.cache / "lists")),
            digest(repr((names, english)).encode()),
            lasting=lambda: not self.gathered.undrawn | self.sharing.undrawn,
        )

    def _provide(self) -> None:
        """Give every template what it takes for granted."""
        drawn: dict[str, str] = {}
        self.sharing = Sharing(self.output, self.settings, self.cache, drawn)
        provide(self.output, self.assets, drawn)
        counts = self.summaries.count(), len(self.summaries)
        self.cards |= self._cards(lambda: home_card(self.settings.title, *counts))
        self.output.templates.globals.update(cards=Cards(self.cards), linked_data=linked_data)
        name_build(self.output, "")  # else each page about many would change with every package
        write_build(self.output, self.read.build)

    def _data(self) -> DataFiles:
        questions = read_questions(found("questions.yaml", self.content, CONTENT))
        lists = self.gathered.listed, self.gathered.figures
        known = KnownSizes(self.gathered.sizes), self.earlier
        data = write_data_files(self.output, self.read, *lists, questions, *known)
        failed = [f"questions.yaml: {q.id}: {q.failed}" for q in data.questions if q.failed]
        self.gathered.notes += () if can_write_parquet() else (WITHOUT_PARQUET,)
        self.gathered.notes += failed
        return data

    # What is reported.

    def summary(self) -> SiteSummary:
        """Return what the render did."""
        gathered, output = self.gathered, self.output
        undrawn = _undrawn(gathered.undrawn)
        return SiteSummary(
            output.pages,
            len(gathered.drawn),
            output.downloads,
            output.size,
            (*gathered.notes, *undrawn),
            not undrawn,
            tuple(gathered.left_out),
        )


def _labels(read: Packages) -> bytes:
    """The English names of rows, by the sum of their file."""
    return "".join(each.hash for each in read.consolidated if each.name == "labels").encode()


def _undrawn(lacking: set[str]) -> Sequence[str]:
    """What a reader of the summary has to know of charts that the drawing library gave up."""
    return [f"{len(lacking)} charts could not be drawn; their pages say so"] if lacking else []
