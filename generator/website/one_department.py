"""Makes all that the site has of one department, from its packages alone: the task of a worker.

What is said of all departments is made of what comes back: counts, addresses, summaries, never
pages or rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache

import jinja2

from generator.defaults import CONTENT, found
from generator.journal import step
from generator.paths import inside
from generator.problems import PageError
from generator.website.blame import blaming
from generator.website.department.cards import Cards, Drawn, cards_of, draw_cards
from generator.website.department.departments import DepartmentView, departments_of
from generator.website.department.disclosure import overview
from generator.website.department.summary import summary_of
from generator.website.department.told import ToldDisclosure
from generator.website.department_pages import DepartmentFiles, write_department
from generator.website.drawing.drawn_charts import draw_charts
from generator.website.drawing.page_images import Views, draw_views
from generator.website.drawing.render_svg import spec_json
from generator.website.everyone.codes import CLASSIFICATIONS, code_address
from generator.website.files import linked_data
from generator.website.files.audit import AuditLine, audit
from generator.website.files.catalogue import catalogued
from generator.website.files.copies import Copy, annotate_all
from generator.website.files.data_files import write_department_data
from generator.website.files.downloads import DisclosureDownloads, write_disclosure_downloads
from generator.website.files.feed import FeedEntry, feed_entries
from generator.website.files.json_files import figures_of, listed
from generator.website.files.number_sizes import sizes_of_disclosure
from generator.website.output.folder import Output, environment, name_build
from generator.website.output.provided import provide
from generator.website.pages_task import DepartmentMade, OfAll, PagesTask
from generator.website.published.checks import Tally
from generator.website.published.descriptor import read_consolidated, read_package
from generator.website.published.glosses import Glosses, english_names, read_glosses
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Package, Packages
from generator.website.published.rows import Row, reading_once
from generator.website.search.search_part import department_part
from generator.website.settings import LeftOut
from generator.website.share_pages import Sharing
from generator.website.taken_over import with_files
from generator.website.wording.language import CHINESE, Language, speaking
from generator.website.wording.terms import TermList, read_terms


def make_department(task: PagesTask) -> DepartmentMade:
    """Write everything of a department; a disclosure of which that cannot be done is left out.

    Raises:
        PackageError: A package, or the list of terms, is malformed.
        TemplatesError: A template of the user's is wrong.
    """
    left_out: dict[str, LeftOut] = {}
    while True:
        slugs = [s for s in task.disclosures if f"{task.department}/{s}" not in left_out]
        try:
            made = _made(task, slugs) if slugs else DepartmentMade()
            made = replace(made, left_out=tuple(left_out.values()))
            return with_files(made, task) if slugs else made
        except PageError as error:  # one disclosure fewer each time
            left_out[error.disclosure] = LeftOut(error.disclosure, error.code, error.reason)
            task.take_away()


def _made(task: PagesTask, slugs: Sequence[str]) -> DepartmentMade:
    folder = task.all.packages
    with reading_once():
        names = [inside(folder, f"{task.department}/{slug}") for slug in slugs]
        return _Department(task, [read_package(name) for name in names]).made()


@dataclass(frozen=True)
class _Prepared:
    """What a worker needs for every department of a site."""

    templates: jinja2.Environment
    terms: TermList
    glosses: Glosses


@lru_cache(1)
def _prepared(of_all: OfAll) -> _Prepared:
    return _Prepared(
        environment(of_all.templates, of_all.settings),
        read_terms(found("terms.yaml", of_all.content, CONTENT)),
        read_glosses(read_consolidated(of_all.packages)),
    )


class _Department:
    """One department while it is made."""

    def __init__(self, task: PagesTask, packages: Sequence[Package]) -> None:
        self.task, self.all, self.packages = task, task.all, packages
        self.settings, self.cache = task.all.settings, task.all.cache
        self.prepared = _prepared(task.all)
        self.output = Output(
            self.all.site,
            self.prepared.templates,
            languages=self.settings.languages,
            known_terms=self.prepared.terms,
        )
        self.views = {each: self._view(each) for each in self.settings.languages}
        charts = (chart for view in self.views.values() for chart in view.drawn_charts)
        self.charts = {name: spec for chart in charts for name, spec in chart.specs.items()}

    def _view(self, language: Language) -> DepartmentView:
        with speaking(language), step("overviews", disclosure=self.task.department):
            overviews = []
            for package in self.packages:
                with blaming(package.id, self.settings.limits):
                    overviews.append(overview(package))
            with blaming(self.packages[-1].id, self.settings.limits):
                [view] = departments_of(overviews, self.task.names)
        return view

    def made(self) -> DepartmentMade:
        """Write all of it, and return what is to be known of it."""
        drawn, cards = self._draw(), self._cards()
        audits: dict[str, Sequence[AuditLine]] = {}
        for package in self.packages:
            with blaming(package.id, self.settings.limits):
                audits[package.id] = audit(package)
        copies = self._copies(audits)
        first = self.views[self.settings.languages[0]]
        data = write_department_data(self.output, first, self.settings.limits)
        downloads = self._downloads(audits, copies)
        provide(self.output, self.all.assets, drawn)
        name_build(
            self.output,
            " ".join(package.build for package in self.packages),
            "、".join(dict.fromkeys(package.version for package in self.packages)),
            max(package.created for package in self.packages),
        )
        self.output.templates.globals.update(
            cards=cards,
            linked_data=linked_data,
            data_files=data,
            glosses=self.prepared.glosses,
            code_pages=self._code_pages(),
        )
        files = self._files(downloads, drawn)
        told = {each.tag: tuple(self._pages(each, files)) for each in self.views}
        self.output.write_shared()
        return DepartmentMade(
            self.output.written,
            tuple(self.output.shared),
            tuple(sorted(drawn)),
            tuple(sorted(self.charts.keys() - drawn.keys())),
            tuple(f"{key}: {copy.reason}" for key, copy in copies.items() if copy.failed),
            tuple(summary_of(each) for each in self.views.get(CHINESE, first).overviews),
            told,
            tuple(files.catalogued.values()),
            self._search(),
            (listed(first),),
            tuple(figure for each in first.overviews for figure in figures_of(each)),
            self._feed(first, files.register),
            {o.package.id: _plain(o.checks.by_resource) for o in first.overviews},
            {package.id: sizes_of_disclosure(package) for package in self.packages},
        )

    def _step(self, stage: str) -> AbstractContextManager[object]:
        return step(stage, disclosure=self.task.department)

    def _draw(self) -> dict[str, str]:
        """Draw the charts, and write what they are drawn from."""
        with self._step("charts"):
            drawn = draw_charts(list(self.charts.values()), self.cache)
            for name, spec in self.charts.items():
                self.output.share(f"charts/{name}.json", spec_json(spec).encode())
        return drawn

    def _cards(self) -> Cards:
        """Draw and write the cards; without a base URL no page could name its own."""
        drawn: dict[str, Drawn] = {}
        with self._step("cards"):
            for language, view in self.views.items() if self.settings.base_url else ():
                with speaking(language):
                    drawn |= draw_cards(cards_of(self.settings.title, view), self.cache)
        for card in drawn.values():
            self.output.share(card.named.path, card.data)
        return Cards(dict(self.all.cards) | {page: card.named for page, card in drawn.items()})

    def _copies(self, audits: Mapping[str, Sequence[AuditLine]]) -> Mapping[str, Copy]:
        wanted = self.settings.sources and self.settings.annotated
        with self._step("copies"):
            return annotate_all(
                {p.id: p for p in self.packages} if wanted else {},
                audits,
                self.settings.sources or self.all.packages,
                self.cache,
            )

    def _downloads(
        self, audits: Mapping[str, Sequence[AuditLine]], copies: Mapping[str, Copy]
    ) -> dict[str, DisclosureDownloads]:
        files = {}
        for package in self.packages:
            key = package.id
            with blaming(key, self.settings.limits), step("downloads", disclosure=key):
                files[key] = write_disclosure_downloads(
                    self.output, package, audits[key], copies.get(key)
                )
        return files

    def _images(self) -> Mapping[str, Views]:
        """Draw and write the pages of PDFs."""
        folder = self.settings.sources
        with self._step("images"):
            views = draw_views(
                self.packages if folder else (), folder or self.all.packages, self.cache
            )
            for image in (image for each in views.values() for image in each.pages):
                self.output.share(image.path, image.data)
        return views

    def _files(
        self, downloads: Mapping[str, DisclosureDownloads], drawn: dict[str, str]
    ) -> DepartmentFiles:
        register = {row["disclosure_id"]: row for row in self.task.register}
        own = Packages(self.all.packages, tuple(self.packages), ())
        return DepartmentFiles(
            self.settings,
            self.packages,
            register,
            self.prepared.glosses,
            PublishedHistory(own, self.task.changes),
            self._images(),
            downloads,
            {
                p.id: catalogued(p, register.get(p.id, {}), self.output.checksums)
                for p in self.packages
            },
            Sharing(self.output, self.settings, self.cache, drawn),
        )

    def _feed(self, view: DepartmentView, register: Mapping[str, Row]) -> tuple[FeedEntry, ...]:
        """What the feed, which only a site with an address has, says in the first language."""
        if not self.settings.base_url:
            return ()
        with speaking(CHINESE):
            return tuple(feed_entries(view, register))

    def _search(self) -> bytes:
        """Its part of what can be found."""
        overviews = next(iter(self.views.values())).overviews
        english = dict(self.prepared.glosses.labels)
        for package in self.packages:
            english |= english_names(package)
        with self._step("search"):
            return department_part(overviews, self.task.names, english)

    def _code_pages(self) -> Mapping[str, str]:
        """The addresses of the pages of the codes that its disclosures print."""
        overviews = next(iter(self.views.values())).overviews
        pages: dict[str, str] = {}
        for key in CLASSIFICATIONS:
            listed = (row["code"] for p in self.packages for row in p.rows(f"codes-{key}"))
            printed = (s.code for o in overviews for s in o.spent if s.classification == key)
            codes = {code for code in listed if code.isascii() and code.isdigit()}
            codes |= {code for code in printed if code.isascii()}
            pages |= {code: code_address(key, code) for code in codes}
        return pages

    def _pages(self, language: Language, files: DepartmentFiles) -> list[ToldDisclosure]:
        written = dict(dict(self.all.written)[language.tag])
        self.output.templates.globals["written"] = written
        with speaking(language), self._step(f"pages {language.tag}"):
            return write_department(self.output, self.views[language], files)


def _plain(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Tallies whose counts are plain mappings, as they come back from bytes."""
    return {name: replace(each, outcomes=dict(each.outcomes)) for name, each in tallies.items()}
