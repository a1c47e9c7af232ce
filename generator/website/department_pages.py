"""The pages of one department and of its disclosures, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.website.blame import blaming
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import DisclosureView, disclosure_view
from generator.website.department.places import FigurePlaces
from generator.website.department.share_cards import ShareCard, share_cards
from generator.website.department.sheets import sheets_of
from generator.website.department.summary import head_of
from generator.website.department.told import ToldDisclosure, told
from generator.website.drawing.page_images import Views
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.location import location_of
from generator.website.everyone.paging import pages_of
from generator.website.everyone.places import Locality
from generator.website.files.catalogue import CataloguedDataset
from generator.website.files.citation import Citation, cite
from generator.website.files.downloads import DisclosureDownloads
from generator.website.files.linked_data import disclosure_dataset
from generator.website.output.folder import Output
from generator.website.published.glosses import Glosses
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Package
from generator.website.published.printed_tables import printed_tables
from generator.website.published.rows import Row
from generator.website.settings import SiteSettings
from generator.website.share_pages import Sharing
from generator.website.wording.language import spoken


@dataclass(frozen=True)
class DepartmentFiles:
    """What the pages of one department are made of in all languages, by its disclosures' ids."""

    settings: SiteSettings
    packages: Sequence[Package]
    register: Mapping[str, Row]
    glosses: Glosses
    history: PublishedHistory
    views: Mapping[str, Views]
    downloads: Mapping[str, DisclosureDownloads]
    catalogued: Mapping[str, CataloguedDataset]
    sharing: Sharing


def write_department(
    output: Output, department: DepartmentView, files: DepartmentFiles
) -> list[ToldDisclosure]:
    """Write every page of a department; return what they tell of contradictions.

    Raises:
        PageError: Those of one disclosure cannot be made.
    """
    settings, found = files.settings, []
    with blaming(department.latest.package.id, settings.limits):
        head = head_of(department.latest.package)
        shares = files.sharing.charts(files.sharing.of_department(department))
        context = {
            "shares": shares,
            "department": department,
            "downloads": files.downloads,
            "place": Locality(location_of(head.department)),
            "bureau": BureauKindView(head.bureau),
        }
        output.page(f"departments/{department.id}/", "department.html", context)
        _write_projects(output, department, context)
        files.sharing.write_charts(shares.values())
    places = FigurePlaces(files.packages, files.views, files.glosses)
    for current in department.overviews:
        views = files.views.get(current.package.id)
        with blaming(current.package.id, settings.limits):
            view = disclosure_view(current, department.overviews, places, views)
            _write_disclosure(output, view, files, share_cards(view, places, views))
            found.append(told(view))
    return found


def _write_projects(
    output: Output, department: DepartmentView, context: Mapping[str, object]
) -> None:
    """Write all projects of a department, where its own page has not all of them."""
    joined = department.project_years
    if len(joined) > department.most_projects:
        for page in pages_of(joined, len(joined), f"departments/{department.id}/projects/"):
            output.page(page.address, "department_projects.html", {**context, "page": page})


def _write_disclosure(
    output: Output, view: DisclosureView, files: DepartmentFiles, cards: Sequence[ShareCard]
) -> None:
    """Write the story of a disclosure, and the pages below it."""
    package = view.overview.package
    address, views = f"departments/{package.id}/", files.views.get(package.id)
    sheets = sheets_of(
        projects=bool(view.overview.key.projects), text=bool(view.topics), pages=bool(views)
    )
    shares = files.sharing.charts(files.sharing.of_disclosure(view))
    files.sharing.write_charts(shares.values())
    pages = {each.card.id: each for each in files.sharing.cards(view, cards)}
    context = _context(view, files) | {"sheets": sheets, "way": ""}
    context |= {"shares": shares, "cards_of": pages}
    output.page(address, "disclosure.html", context)
    below = context | {"way": "../", "linked": None}
    for sheet in sheets:
        if sheet.way:
            output.page(f"{address}{sheet.way}", sheet.template, below)
    if below["printed"]:
        output.page(f"{address}printed/", "printed.html", below)


def _context(view: DisclosureView, files: DepartmentFiles) -> dict[str, object]:
    package = view.overview.package
    downloads, row = files.downloads[package.id], files.register.get(package.id, {})
    catalogued = files.catalogued[package.id]
    return {
        "view": view,
        "package": package,
        "siblings": files.packages,
        "downloads": downloads,
        "printed": printed_tables(package),
        "lines": _by_page(package),
        "citation": _citation(files.settings, package, row),
        "views": files.views.get(package.id),
        "linked": disclosure_dataset(files.settings, catalogued, package, downloads, row),
        "revisions": files.history.of(package),
    }


def _by_page(package: Package) -> list[tuple[str, list[Row]]]:
    lines = package.rows("source")
    return [(page, list(each)) for page, each in groupby(lines, key=lambda row: row["page"])]


def _citation(settings: SiteSettings, package: Package, row: Row) -> Citation:
    address = settings.address(f"{spoken().prefix}departments/{package.id}/")
    return cite(package, settings.title, address, row.get("published", ""))
