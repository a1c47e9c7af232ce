"""Every page of the site: which template, at which address, with what in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from generator.website import colours
from generator.website.all_projects import list_projects
from generator.website.assets import Assets
from generator.website.charts import Chart, years_chart
from generator.website.codes import CLASSIFICATIONS, Code
from generator.website.comparison import Comparison
from generator.website.content import WrittenPage
from generator.website.datasets import datasets
from generator.website.disclosure import Overview, disclosure_view
from generator.website.downloads import AllDownloads, DisclosureDownloads
from generator.website.figures import Part
from generator.website.glossary import read_glossary
from generator.website.output import Output
from generator.website.package import Packages
from generator.website.page_images import Views, marked
from generator.website.rows import Row
from generator.website.settings import SiteSettings

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class DepartmentView:
    """What the site says about a department: its disclosures oldest first, its names, its chart."""

    id: str
    overviews: Sequence[Overview]
    names: Sequence[Row]
    chart: Chart | None

    @property
    def latest(self) -> Overview:
        """Return the disclosure of the latest year."""
        return self.overviews[-1]

    @property
    def name(self) -> str:
        """Return the name that the latest disclosure prints."""
        return self.latest.package.department.name


@dataclass(frozen=True)
class Site:
    """All that the pages are made of."""

    settings: SiteSettings
    packages: Packages
    departments: Sequence[DepartmentView]
    downloads: Mapping[str, DisclosureDownloads]
    everything: AllDownloads
    written: Sequence[WrittenPage]
    views: Mapping[str, Views]
    comparisons: Sequence[Comparison]
    codes: Sequence[Code]


@dataclass(frozen=True)
class Stripe:
    """One stretch of a department's small bar, in thousandths of its width."""

    x: int
    width: int
    colour: str
    name: str


def departments_of(overviews: Sequence[Overview], names: Sequence[Row]) -> list[DepartmentView]:
    """Group disclosures by department and adds the names the department has had."""
    found = []
    for id_, group in groupby(overviews, key=lambda o: o.package.department.id):
        each = list(group)
        chart = years_chart([(o.package, o.key) for o in each])
        found.append(DepartmentView(id_, each, [n for n in names if n["department"] == id_], chart))
    return found


def provide(
    output: Output, assets: Assets, drawn: Mapping[str, str], written: Sequence[WrittenPage]
) -> None:
    """Give every template the assets, the drawn charts and the written pages' titles."""

    def chart_svg(chart: Chart) -> Markup:
        attributes = Markup('class="drawing" role="img" aria-label="{}"').format(chart.title)
        return Markup(drawn[chart.hash].replace("{attributes}", attributes, 1))

    titles = {page.name: page.title for page in written}
    output.templates.globals.update(
        assets=assets, chart_svg=chart_svg, written=titles, stripes=stripes
    )


def stripes(parts: Sequence[Part]) -> list[Stripe]:
    """Return the small bar of a department: its functional classes by share, largest first."""
    whole = sum(part.yuan for part in parts if part.yuan > 0)
    found, at = [], 0
    for part in parts:
        if whole and part.yuan > 0:
            width = int(part.yuan * 1000 / whole)
            found.append(Stripe(at, width, colours.functional(part.key), part.name))
            at += width
    return [*found[:-1], replace(found[-1], width=1000 - found[-1].x)] if found else []


def write_pages(output: Output, site: Site, tell: Tell) -> None:
    """Write every page."""
    done, total = 0, len(site.packages.disclosures)
    output.templates.globals["code_pages"] = {code.code: code.address for code in site.codes}
    for department in site.departments:
        output.page(f"departments/{department.id}/", "department.html", {"department": department})
        for at, current in enumerate(department.overviews):
            _disclosure(output, site, current, department.overviews[:at])
            done += 1
            tell("写页面", done, total)
    _lists(output, site)
    _side_by_side(output, site)
    for page in site.written:
        output.page(f"{page.name}/", "written.html", {"page": page})
    output.not_found_page("404.html", site.settings.base_url)


def _disclosure(output: Output, site: Site, current: Overview, before: Sequence[Overview]) -> None:
    package = current.package
    earlier = [o for o in before if o.package.kind == package.kind]
    views = site.views.get(package.id)
    view = disclosure_view(current, earlier[-1] if earlier else None, marked(views))
    address = f"departments/{package.id}/"
    context = {"view": view, "package": package, "downloads": site.downloads[package.id]}
    output.page(address, "disclosure.html", {**context, "views": views})
    if views:
        output.page(f"{address}pages/", "page_views.html", {"package": package, "views": views})
    pages = [
        (page, list(lines)) for page, lines in groupby(package.rows("source"), lambda r: r["page"])
    ]
    output.page(f"{address}source/", "source.html", {"package": package, "pages": pages})


def _lists(output: Output, site: Site) -> None:
    overviews = [o for d in site.departments for o in d.overviews]
    found = datasets(site.packages)
    output.page(
        "",
        "home.html",
        {
            "departments": site.departments,
            "overviews": overviews,
            "everything": site.everything,
            "figures": sum(o.facts for o in overviews),
            "checks": sum(o.checks for o in overviews),
            "differs": sum(o.outcomes["differs"] for o in overviews),
        },
    )
    output.page("departments/", "departments.html", {"departments": site.departments})
    output.page("datasets/", "datasets.html", {"datasets": found, "everything": site.everything})
    for dataset in found:
        context = {"dataset": dataset, "downloads": site.downloads, "everything": site.everything}
        output.page(f"datasets/{dataset.name}/", "dataset.html", context)
    output.page("glossary/", "glossary.html", {"terms": read_glossary(site.packages.disclosures)})
    problems = site.packages.rows("problems")
    known = {s.file: p for p in site.packages.disclosures for s in p.sources}
    output.page("problems/", "problems.html", {"problems": problems, "known": known})


def _side_by_side(output: Output, site: Site) -> None:
    """Write the comparisons, the pages of codes and the list of all projects."""
    output.page("compare/", "comparisons.html", {"comparisons": site.comparisons})
    for comparison in site.comparisons:
        context = {"c": comparison, "comparisons": site.comparisons}
        output.page(f"compare/{comparison.slug}/", "comparison.html", context)
    classified = {"codes": site.codes, "classifications": CLASSIFICATIONS}
    output.page("codes/", "codes.html", classified)
    for code in site.codes:
        output.page(code.address, "code.html", {"c": code})
    projects = list_projects([o for d in site.departments for o in d.overviews])
    for page in projects.pages:
        listed = {"page": page, "list": projects, "everything": site.everything}
        output.page(page.address, "all_projects.html", listed)
