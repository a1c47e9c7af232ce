"""The pages about many departments, each list in pages of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from generator.store import digest
from generator.website.answer_pages import AnswerPages
from generator.website.department.shared_charts import SharedChart
from generator.website.department.summary import DisclosureSummary
from generator.website.everyone.all_projects import project_pages
from generator.website.everyone.change_pages import by_version, change_pages
from generator.website.everyone.codes import CLASSIFICATIONS, Code, upper_levels
from generator.website.everyone.compared_groups import ComparedGroup
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
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.paging import pages_of
from generator.website.everyone.places import Within
from generator.website.everyone.project_index import index_files
from generator.website.everyone.spenders import pages_of_spenders, spenders_of
from generator.website.everyone.strips import kind_strips, strips_of
from generator.website.everyone.summary_tables import DEPARTMENT_ORDERS
from generator.website.files.downloads import AllDownloads
from generator.website.kept_pages import KeptPages
from generator.website.output.folder import Output
from generator.website.published.history import SHOWN, PublishedHistory
from generator.website.published.package import Packages
from generator.website.share_pages import Sharing
from generator.website.wording.amounts import said_units, sum_units
from generator.website.wording.language import gettext as _
from generator.website.wording.language import spoken

# Of more departments than these a comparison has columns for the largest classes only, and so many
# elements of tables on a page: a class has four in a row.
_FEW, _COLUMNS, _CELLS = 20, 10, 2000
#: So many departments can be chosen from in the filter of projects.
_OPTIONS = 150
#: So many disclosures stand in the two lists of which one is chosen each; more are looked up.
MOST_CHOICES = 300
_CLASS = 3  # digits of the code of a class
#: Small pictures of departments on the page of a place or a kind, and on a page of nothing else.
MOST_MULTIPLES, _PICTURES = 12, 60
#: Rows of departments on the page of a place or a kind, which has pictures as well.
_BESIDE = 40
#: Rows of the list of problems on one page.
_PROBLEMS = 150
#: No department is called so: below it are the pages of the list of departments.
_MORE_DEPARTMENTS = "departments/all/"


@dataclass(frozen=True)
class Writers:
    """What writes pages that may be taken over, and what writes those that stand alone."""

    kept: KeptPages
    sharing: Sharing


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
        search: str,
        writers: Writers,
    ) -> None:
        self._output = output
        self._everyone = everyone
        self._summaries = everyone.summaries
        self._packages = packages
        self._everything = everything
        self._terms = glossary
        self._history = history
        self._search = search
        self._kept, self._sharing = writers.kept, writers.sharing

    def write(self) -> None:
        """Write all of them."""
        names = self._everyone.names
        self._output.templates.globals["code_name"] = lambda part: names.get(part.key, part.name)
        english = self._output.templates.globals["glosses"]
        self._said = digest(repr((sorted(names.items()), english)).encode())
        AnswerPages(self._page, self._everyone, self._packages, self._history).write()
        self._departments()
        self._places()
        self._kinds()
        self._comparisons()
        self._codes()
        self._projects()
        self._contradictions()
        self._problems()
        self._glossary()
        self._changes()

    def _same(self, name: str, make: Callable[[], None], *said: object) -> None:
        """Write pages that need nothing of all but its summaries, or take them over."""
        self._kept.write(name, make, self._said, said)

    def _page(self, address: str, template: str, context: Mapping[str, object]) -> None:
        shared = {"everyone": self._everyone, "everything": self._everything}
        self._output.page(address, template, {**shared, **context})

    def _departments(self) -> None:
        years = self._years({})
        orders = tuple(
            (name, "departments/" if name == "by-place" else f"{_MORE_DEPARTMENTS}{name}/")
            for name in DEPARTMENT_ORDERS
        )
        for order, at in orders:
            found = self._summaries.departments(order)
            more = _MORE_DEPARTMENTS if at == "departments/" else at
            count = self._summaries.count()
            for page in pages_of(found, count, at, more, order=order, orders=orders):
                self._page(page.address, "departments.html", {"page": page, "years": years})
        self._of_years(_MORE_DEPARTMENTS, years, {})

    def _years(self, where: Mapping[str, Any]) -> list[ComparedGroup]:
        """Return the years and kinds of disclosures that there are, where they are several."""
        found = self._summaries.groups("year", "kind", **where)
        years = [ComparedGroup(year, kind, count=count) for year, kind, count in found]
        return sorted(years, key=lambda y: (-y.year, y.kind)) if len(years) > 1 else []

    def _of_years(
        self, at: str, years: Sequence[ComparedGroup], where: Mapping[str, Any], **context: object
    ) -> None:
        """Write who published in each year and kind below the address of a list, largest first."""
        for year in years:
            found = self._summaries.largest(**where, year=year.year, kind=year.kind)
            for page in pages_of(found, year.count, f"{at}{year.slug}/"):
                shown = {"year": year, "years": years, "at": at, "within": None, "page": page}
                self._page(page.address, "departments_of_year.html", {**shown, **context})

    def _places(self) -> None:
        places = self._everyone.places
        self._page("places/", "places.html", {"places": places})
        for within in places:
            kinds = places.kinds(within)
            at, years = within.place.address, self._years(within.where)
            context = {"within": within, "inside": places.inside(within.place.code)}
            context |= {"kinds": kinds, "years": years, "most_multiples": MOST_MULTIPLES}
            self._department_list(at, "place.html", within.where, context, _BESIDE)
            trail = [*within.place.trail, (at, within.place.name)]
            self._multiples(at, within.where, within.place.name, trail)
            self._of_years(at, years, within.where, within=within)
            if "province" in within.where:
                self._kinds_of(within, kinds)

    def _kinds_of(self, within: Within, kinds: list[tuple[BureauKindView, int]]) -> None:
        """Write the departments of each kind in a province."""
        for kind, _number in kinds:
            where = {**within.where, "bureau": kind.id}
            context = {"within": within, "kind": kind}
            self._department_list(
                f"{within.place.address}{kind.id}/", "place_kind.html", where, context
            )

    def _department_list(
        self,
        at: str,
        template: str,
        where: Mapping[str, Any],
        context: Mapping[str, object],
        most: int = 0,
    ) -> None:
        """Write the pages of a list of departments, by place and by amount."""
        count = self._summaries.count(**where)
        orders = (("by-place", at), ("by-amount", f"{at}by-amount/"))
        for order, address in orders:
            found = self._summaries.departments(order, **where)
            pages = pages_of(found, count, address, most=most, order=order, orders=orders)
            for page in pages:
                self._page(page.address, template, {**context, "page": page})

    def _kinds(self) -> None:
        kinds = self._everyone.kinds
        self._page("kinds/", "kinds.html", {"kinds": kinds})
        for kind, _number in kinds:
            provinces = self._summaries.department_groups("province", bureau=kind.id)
            years, counts = self._everyone.years, dict(provinces)
            groups = [g for year in years for g in year.groups if g.bureau == kind.id]
            context = {
                "kind": kind,
                "groups": groups,
                "strips": kind_strips(groups, self._everyone.compared),
                "alone": {year.everyone.slug for year in years if year.alike},
                "provinces": [
                    (each, counts[each.place.code])
                    for each in self._everyone.places.provinces
                    if each.place.code in counts
                ],
            }
            context["most_multiples"] = MOST_MULTIPLES
            self._department_list(kind.address, "kind.html", {"bureau": kind.id}, context, _BESIDE)
            trail = [("kinds/", _("同类部门")), (kind.address, kind.name)]
            self._multiples(kind.address, {"bureau": kind.id}, kind.name, trail)

    def _multiples(
        self, at: str, where: Mapping[str, Any], name: str, trail: Sequence[tuple[str, str]]
    ) -> None:
        """Write the small pictures of a list that its own page has not room for."""
        count = self._summaries.count(**where)
        if count > MOST_MULTIPLES:
            found = self._summaries.departments(**where)
            for page in pages_of(found, count, f"{at}ten-yuan/", most=_PICTURES):
                context = {"name": name, "trail": trail, "page": page}
                self._page(page.address, "multiples_of.html", context)

    def _comparisons(self) -> None:
        years = self._everyone.years
        ranges = {year.everyone.slug: self._range(year.everyone) for year in years}
        self._page("compare/", "comparisons.html", {"years": years, "ranges": ranges})
        for year in years:
            if not year.together:
                self._page(year.everyone.address, "compared_groups.html", {"year": year})
            for group in year.pages:
                files = AllDownloads(
                    (), {}, {group.slug: self._everything.compared.get(group.slug, ())}
                )
                write = partial(self._comparison, group, year.groups, files, self._shared(group))
                self._same(group.address, write, group, year.groups, years, files)
        self._two()

    def _two(self) -> None:
        """Write the page on which any two disclosures are set side by side."""
        few = len(self._summaries) <= MOST_CHOICES
        context = {
            "few": few,
            "departments": self._everyone.held(self._summaries.count()) if few else [],
            "units": said_units(),
            "search": self._search,
            "bureaus": {kind.id: kind.name for kind, _count in self._everyone.kinds if kind.known},
            "classes": {c: str(n) for c, n in self._everyone.names.items() if len(c) == _CLASS},
        }
        self._page("compare/two/", "two.html", context)

    def _range(self, group: ComparedGroup) -> list[DisclosureSummary]:
        """Return the disclosures of the largest and of the least total of a year and kind."""
        return self._summaries.range(**group.where)

    def _shared(self, group: ComparedGroup) -> Mapping[str, SharedChart]:
        """Write what is shared of the charts of a comparison, which is not taken over."""
        comparison = self._everyone.compared(group)
        charts = self._sharing.of_comparison(comparison.charts, group.address, comparison.title)
        shares = self._sharing.charts(charts)
        self._sharing.write_charts(shares.values())
        return shares

    def _comparison(
        self,
        group: ComparedGroup,
        groups: tuple[ComparedGroup, ...],
        files: AllDownloads,
        shares: Mapping[str, SharedChart],
    ) -> None:
        comparison = self._everyone.compared(group)
        address, departments = group.address, comparison.departments
        columns = comparison.functions
        if len(departments) > _FEW:
            columns = columns[:_COLUMNS]
        most, strips = _CELLS // (30 + 4 * len(columns)), strips_of(comparison)
        for page in pages_of(departments, len(departments), address, most=most):
            context = {"c": comparison, "page": page, "years": self._everyone.years}
            context["shares"] = shares
            context["strips"] = strips if page.number == 1 else []
            context["groups"] = () if group.bureau or len(groups) < 2 else groups
            context |= {"columns": columns, "everything": files}
            self._output.page(page.address, "comparison.html", context)

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
            self._same(code.address, partial(self._code, code), code)

    def _code(self, code: Code) -> None:
        groups, write = spenders_of(code, self._summaries), self._output.page
        write(code.address, "code.html", {"c": code, "groups": groups})
        for group in (g for g in groups if g.more):
            for page in pages_of_spenders(group, self._summaries):
                write(page.address, "spenders.html", {"c": code, "g": group, "page": page})

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
            for page in project_pages(found, self._summaries):
                self._page(page.rows.address, "all_projects.html", context | {"page": page})

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
            self._same(term.page, partial(self._term, term), term)
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
