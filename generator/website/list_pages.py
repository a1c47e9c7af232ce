"""The pages about many departments, each list in pages of bounded size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice

from generator.website.answer_pages import AnswerPages
from generator.website.comparison_pages import ComparisonPages
from generator.website.everyone.all_projects import ProjectFilter, project_pages
from generator.website.everyone.change_pages import by_version, change_pages
from generator.website.everyone.codes import CLASSIFICATIONS, Code, upper_levels
from generator.website.everyone.contradictions import (
    MOST_REMARKS,
    contradiction_pages,
    remark_pages,
)
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.glossary import (
    Glossary,
    GlossaryTerm,
    pages_of_others,
    pages_of_term,
)
from generator.website.everyone.international import coverages
from generator.website.everyone.paging import pages_of
from generator.website.everyone.project_index import index_files
from generator.website.everyone.spenders import Spenders, pages_of_spenders, spenders_of
from generator.website.files.downloads import AllDownloads
from generator.website.kept_pages import KeptPages
from generator.website.output.folder import Output
from generator.website.published.history import SHOWN, PublishedHistory
from generator.website.published.package import Packages
from generator.website.share_pages import Sharing
from generator.website.ways_in import WaysIn
from generator.website.wording.amounts import sum_units
from generator.website.wording.language import spoken

#: So many departments can be chosen from in the filter of projects.
_OPTIONS = 150
#: Rows of the list of problems on one page.
_PROBLEMS = 150


class ListPages:
    """Writes the pages about many departments of the language that is spoken."""

    def __init__(
        self,
        output: Output,
        everyone: Everyone,
        packages: Packages,
        everything: AllDownloads,
        glossary: Glossary,
        history: PublishedHistory,
        kept: KeptPages,
        sharing: Sharing,
    ) -> None:
        self._output = output
        self._everyone = everyone
        self._summaries = everyone.summaries
        self._packages = packages
        self._everything = everything
        self._terms = glossary
        self._history = history
        self._sharing = sharing
        self._kept = kept

    def write(self, search: str) -> None:
        """Write all of them; `search` is the address of the search's index."""
        names = self._everyone.names
        self._output.templates.globals["code_name"] = lambda part: names.get(part.key, part.name)
        about = (self._everyone, self._packages, self._history)
        AnswerPages(self._page, self._kept, *about).write()
        WaysIn(self._output, self._kept, self._everyone).write()
        whole = (self._everyone, self._everything, self._sharing)
        ComparisonPages(self._output, self._page, self._kept, *whole).write(search)
        self._codes()
        self._projects()
        self._contradictions()
        self._problems()
        self._glossary()
        self._changes()

    def _page(self, address: str, template: str, context: Mapping[str, object]) -> None:
        shared = {"everyone": self._everyone, "everything": self._everything}
        self._output.page(address, template, {**shared, **context})

    def _codes(self) -> None:
        codes = self._everyone.codes
        every = {key: [c for c in codes if c.classification == key] for key in CLASSIFICATIONS}
        lists = {key: upper_levels(found) for key, found in every.items()}
        context = {
            "lists": lists,
            "totals": {key: len(found) for key, found in every.items()},
            "classifications": CLASSIFICATIONS,
            "coverages": coverages(self._packages),
            "count": sum(map(len, lists.values())),
        }
        self._page("codes/", "codes.html", context)
        for code in codes:
            self._kept.write(code.address, partial(self._code, code), code)

    def _code(self, code: Code) -> None:
        groups = spenders_of(code, self._summaries)
        self._output.page(code.address, "code.html", {"c": code, "groups": groups})
        uncounted = replace(code, spenders=0)  # or each year's pages would be others with any year
        for group in (g for g in groups if g.more):
            own = replace(group, code=uncounted, departments=(), sentence="")
            self._kept.write(own.address, partial(self._spenders, own), own)

    def _spenders(self, group: Spenders) -> None:
        for page in pages_of_spenders(group, self._summaries):
            self._kept.page(page, "spenders.html", {"c": group.code, "g": group})

    def _projects(self) -> None:
        filters = self._everyone.projects
        context: dict[str, object] = {"filters": filters, "units": sum_units()}
        context["indexed"] = filters.indexed
        if filters.indexed and spoken() == self._output.languages[0]:
            for path, data in index_files(self._summaries):
                self._output.file(path, data)
        few = self._summaries.departments("by-name") if self._summaries.count() <= _OPTIONS else ()
        context["departments"] = [(d.head.department.id, d.head.department.name) for d in few]
        for found in filters:
            files = self._everything.projects if found == filters.every else ()
            write = partial(self._projects_of, found, context | {"files": files})
            self._kept.write(found.address, write, found, context, files)

    def _projects_of(self, found: ProjectFilter, context: Mapping[str, object]) -> None:
        for page in project_pages(found, self._summaries):
            own = {**context, "filter": found, "targets": page.targets}
            if page.rows.number > 1:
                own |= {"files": (), "filters": self._everyone.projects.uncounted}
            self._kept.page(page.rows, "all_projects.html", own)

    def _contradictions(self) -> None:
        tag = spoken().tag
        context = {
            "tally": self._everyone.tally,
            "documents": len(self._summaries),
            "doubtful": self._summaries.doubtful(tag),
            "remarks": list(islice(self._summaries.remarks(tag), MOST_REMARKS)),
        }
        for page in contradiction_pages(self._summaries, tag):
            self._page(page.address, "contradictions.html", {**context, "page": page})
        for remarks in remark_pages(self._summaries, tag):
            self._page(remarks.address, "remarks.html", {"page": remarks})

    def _problems(self) -> None:
        problems = self._packages.rows("problems")
        known = {s.file: p for p in self._packages.disclosures for s in p.sources}
        for page in pages_of(problems, len(problems), "problems/", most=_PROBLEMS):
            self._page(page.address, "problems.html", {"page": page, "known": known})

    def _glossary(self) -> None:
        self._page("glossary/", "glossary.html", {"glossary": self._terms})
        for term in (term for term in self._terms if term.more or term.alone):
            self._kept.write(term.page, partial(self._term, term), term)
        if self._terms.alone:
            for others in pages_of_others(self._terms):
                self._page(others.address, "glossary_others.html", {"page": others})

    def _term(self, term: GlossaryTerm) -> None:
        for page in pages_of_term(term):
            self._output.page(page.address, "glossary_term.html", {"t": term, "page": page})

    def _changes(self) -> None:
        files = self._everything.by_resource
        context = {
            "history": self._history,
            "shown": SHOWN,
            "downloads": files.get("changes", ()),
            "earlier": [each for each in files.get("earlier-facts", ()) if each.rows],
        }
        for page in change_pages(self._history):
            found = {"page": page, "versions": by_version(page.items)}
            self._page(page.address, "changes.html", {**context, **found})
