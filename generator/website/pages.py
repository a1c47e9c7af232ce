"""Every page of the site: which template, at which address, with what in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from markupsafe import Markup

from generator.website.blame import blaming
from generator.website.department.charts import Chart
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import DisclosureView, Overview, disclosure_view
from generator.website.department.places import FigurePlaces
from generator.website.department.stripes import stripes
from generator.website.drawing.page_images import Views
from generator.website.everyone.all_projects import list_projects
from generator.website.everyone.codes import CLASSIFICATIONS, Code
from generator.website.everyone.comparison import DepartmentComparison
from generator.website.everyone.contradictions import Contradictions, Shown, shown
from generator.website.everyone.glossary import Glossary
from generator.website.everyone.international import coverages
from generator.website.files.catalogue import Catalogue, Linked
from generator.website.files.citation import Citation, cite
from generator.website.files.data_files import DataFiles
from generator.website.files.datasets import datasets
from generator.website.files.downloads import AllDownloads, DisclosureDownloads
from generator.website.files.linked_data import (
    consolidated_dataset,
    data_catalogue,
    disclosure_dataset,
    resource_dataset,
)
from generator.website.output.assets import Assets
from generator.website.output.content import WrittenPage, linked
from generator.website.output.folder import Output
from generator.website.published.checks import Tally, add, read_rules
from generator.website.published.glosses import read_glosses
from generator.website.published.history import SHOWN, PublishedHistory
from generator.website.published.package import Package, Packages
from generator.website.published.printed_tables import printed_tables
from generator.website.published.rows import Row
from generator.website.search.search_index import SearchIndex
from generator.website.search.search_records import KINDS
from generator.website.settings import SiteSettings
from generator.website.wording.amounts import TEN_THOUSAND, grouped
from generator.website.wording.language import gettext as _
from generator.website.wording.language import labels_marked, spoken

#: Where the written page on the method has the catalogue of rules.
RULES_HERE = Markup("<p>［核对规则］</p>")
#: The files that questions are asked of.
_ASKED = ("facts", "totals", "disclosures", "projects", "cases", "codes-functional")
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Shared:
    """What the pages of all languages are made of."""

    settings: SiteSettings
    packages: Packages
    downloads: Mapping[str, DisclosureDownloads]
    everything: AllDownloads
    data: DataFiles
    views: Mapping[str, Views]
    search: SearchIndex
    glossary: Glossary
    catalogue: Catalogue
    history: PublishedHistory

    @cached_property
    def register(self) -> Mapping[str, Row]:
        """Return the register of disclosures, by the ids of their packages."""
        return {row["disclosure_id"]: row for row in self.packages.rows("disclosures")}


@dataclass(frozen=True)
class Site:
    """All that the pages of one language are made of."""

    shared: Shared
    departments: Sequence[DepartmentView]
    written: Sequence[WrittenPage]
    comparisons: Sequence[DepartmentComparison]
    codes: Sequence[Code]

    @property
    def overviews(self) -> list[Overview]:
        """Return every disclosure, by department and year."""
        return [overview for department in self.departments for overview in department.overviews]

    @property
    def tally(self) -> Tally:
        """Return the checks of the whole site."""
        return add(overview.checks.all for overview in self.overviews)


def provide(output: Output, assets: Assets, drawn: Mapping[str, str]) -> None:
    """Give every template the assets and the drawn charts."""

    def chart_svg(chart: Chart) -> Markup:
        if chart.hash not in drawn:
            return Markup("<p>{}</p>").format(_("这张图没有画成，数字见下面的表。"))
        attributes = Markup('class="drawing" role="img" aria-label="{}"').format(chart.title)
        return labels_marked(Markup(drawn[chart.hash].replace("{attributes}", attributes, 1)))

    output.templates.globals.update(assets=assets, chart_svg=chart_svg, stripes=stripes)


def write_pages(output: Output, site: Site, tell: Tell) -> None:
    """Write every page of the language being spoken."""
    output.templates.globals["written"] = {page.name: page.title for page in site.written}
    output.templates.globals["data_files"] = site.shared.data
    glosses = read_glosses(site.shared.packages)
    output.templates.globals["glosses"] = glosses
    places = FigurePlaces(site.shared.packages.disclosures, site.shared.views, glosses)
    found: list[Shown] = []
    done, total = 0, len(site.shared.packages.disclosures)
    output.templates.globals["code_pages"] = {code.code: code.address for code in site.codes}
    for department in site.departments:
        context = {"department": department, "downloads": site.shared.downloads}
        output.page(f"departments/{department.id}/", "department.html", context)
        for current in department.overviews:
            views = site.shared.views.get(current.package.id)
            with blaming(current.package.id, site.shared.settings.limits):
                view = disclosure_view(current, department.overviews, places, views)
                _disclosure(output, site, view)
                found.append(shown(view))
            done += 1
            tell("写页面", done, total)
    _lists(output, site)
    _side_by_side(output, site)
    output.page("contradictions/", "contradictions.html", _found(site, found))
    _written(output, site)
    if not spoken().prefix:
        output.not_found_page("404.html", site.shared.settings.base_url)


def _found(site: Site, found: Sequence[Shown]) -> Mapping[str, object]:
    return {
        "found": Contradictions(found),
        "tally": site.tally,
        "documents": len(found),
        "everything": site.shared.everything,
    }


def _disclosure(output: Output, site: Site, view: DisclosureView) -> None:
    package = view.overview.package
    views = site.shared.views.get(package.id)
    address = f"departments/{package.id}/"
    context = {"view": view, "package": package, "downloads": site.shared.downloads[package.id]}
    context |= {"citation": _citation(site, package)}
    context |= {"views": views, "linked": _linked(site.shared, package)}
    context |= {"revisions": site.shared.history.of(package)}
    printed = printed_tables(package)
    context |= {"printed": printed}
    output.page(address, "disclosure.html", context)
    if views:
        output.page(f"{address}pages/", "page_views.html", {"package": package, "views": views})
    pages = [
        (page, list(lines)) for page, lines in groupby(package.rows("source"), lambda r: r["page"])
    ]
    output.page(f"{address}source/", "source.html", {"package": package, "pages": pages})
    if printed:
        output.page(f"{address}printed/", "printed.html", {"package": package, "tables": printed})


def _linked(shared: Shared, package: Package) -> Linked:
    row = shared.register.get(package.id, {})
    return disclosure_dataset(shared.catalogue, package, shared.downloads[package.id], row)


def _citation(site: Site, package: Package) -> Citation:
    settings = site.shared.settings
    published = site.shared.register.get(package.id, {}).get("published", "")
    address = settings.address(f"{spoken().prefix}departments/{package.id}/")
    return cite(package, settings.title, address, published)


def _lists(output: Output, site: Site) -> None:
    overviews, shared = site.overviews, site.shared
    found = datasets(shared.packages, {o.package.id: o.checks for o in overviews})
    output.page(
        "",
        "home.html",
        {
            "departments": site.departments,
            "overviews": overviews,
            "everything": shared.everything,
            "figures": sum(o.facts for o in overviews),
            "tally": site.tally,
        },
    )
    output.page("departments/", "departments.html", {"departments": site.departments})
    everything: dict[str, object] = {"datasets": found, "everything": shared.everything}
    everything["linked"] = consolidated_dataset(shared.catalogue, shared.everything)
    everything["catalogue"] = data_catalogue(shared.catalogue)
    output.page("datasets/", "datasets.html", everything)
    for dataset in found:
        context = {"dataset": dataset, "downloads": shared.downloads}
        context |= {"everything": shared.everything}
        context["linked"] = resource_dataset(
            shared.catalogue, dataset, shared.downloads, shared.everything
        )
        output.page(f"datasets/{dataset.name}/", "dataset.html", context)
    output.page("changes/", "changes.html", _history(shared))
    if shared.data.questions:
        tables = [r.name for r in shared.packages.consolidated if r.name in _ASKED]
        asked = {"questions": shared.data.questions, "tables": tables}
        output.page("questions/", "questions.html", asked)
    output.page("glossary/", "glossary.html", {"glossary": shared.glossary})
    _search(output, site)
    problems = shared.packages.rows("problems")
    known = {s.file: p for p in shared.packages.disclosures for s in p.sources}
    output.page("problems/", "problems.html", {"problems": problems, "known": known})


def _history(shared: Shared) -> Mapping[str, object]:
    files = shared.everything.by_resource
    return {
        "history": shared.history,
        "shown": SHOWN,
        "downloads": files.get("changes", ()),
        "earlier": [each for each in files.get("earlier-facts", ()) if each.rows],
    }


def _written(output: Output, site: Site) -> None:
    """Write what people wrote; the page on the method has the catalogue of rules in it."""
    rules = list(read_rules(site.shared.packages.rows("rules")).values())
    used: dict[str, Counter[str]] = {rule.id: Counter() for rule in rules}
    for overview in site.overviews:
        for rule, outcomes in overview.checks.by_rule.items():
            used.setdefault(rule, Counter()).update(outcomes)
    ids = {o.package.id for o in site.overviews} | {d.id for d in site.departments}
    for page in site.written:
        name = "method.html" if page.name == "method" else "written.html"
        body = linked(page.body, ids)
        before, _, after = body.partition(RULES_HERE)
        context = {
            "page": page,
            "body": body,
            "before": before,
            "after": after,
            "rules": rules,
            "used": used,
        }
        output.page(f"{page.name}/", name, context)


def _search(output: Output, site: Site) -> None:
    """Write the page of the search, which without script is a complete way in by itself."""
    shared = site.shared
    codes = [(word, shared.packages.rows(f"codes-{key}")) for key, word in CLASSIFICATIONS.items()]
    context: dict[str, object] = {"departments": site.departments}
    context |= {"everything": shared.everything}
    years = sorted({o.package.year for d in site.departments for o in d.overviews}, reverse=True)
    context |= {"index": shared.search, "kinds": KINDS, "years": years}
    context |= {"classifications": [(word, _classes(rows)) for word, rows in codes]}
    context |= {"examples": ["公务接待费", *_examples(site, codes[0][1])]}
    output.page("search/", "search.html", context)


def _examples(site: Site, codes: Sequence[Row]) -> Iterator[str]:
    """Return a code and a number that a search does find here."""
    yield from [code["code"] for code in codes if len(code["code"]) == 5][:1]
    totals = [d.latest.key.expenditure for d in site.departments]
    yield from [grouped(total.yuan / TEN_THOUSAND) for total in totals if total][:1]


def _classes(codes: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """Return each class with the codes below it, in the order of the codes."""
    classes = (code for code in codes if len(code["code"]) == 3)
    return [(code, [each for each in codes if _below(each, code)]) for code in classes]


def _below(code: Row, above: Row) -> bool:
    return code["code"] != above["code"] and code["code"].startswith(above["code"])


def _side_by_side(output: Output, site: Site) -> None:
    """Write the comparisons, the pages of codes and the list of all projects."""
    output.page("compare/", "comparisons.html", {"comparisons": site.comparisons})
    for comparison in site.comparisons:
        context = {"c": comparison, "comparisons": site.comparisons}
        context["everything"] = site.shared.everything
        output.page(f"compare/{comparison.slug}/", "comparison.html", context)
    mapped = coverages(site.shared.packages)
    classified = {"codes": site.codes, "classifications": CLASSIFICATIONS, "coverages": mapped}
    output.page("codes/", "codes.html", classified)
    for code in site.codes:
        output.page(code.address, "code.html", {"c": code})
    projects = list_projects([o for d in site.departments for o in d.overviews])
    for page in projects.pages:
        listed = {"page": page, "list": projects, "everything": site.shared.everything}
        output.page(page.address, "all_projects.html", listed)
