"""The ways in: lists of departments, places and kinds of bureaus, in pages of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.website.everyone.compared_groups import ComparedGroup
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.paging import pages_of
from generator.website.everyone.places import Within
from generator.website.everyone.strips import kind_strips
from generator.website.everyone.summary_tables import DEPARTMENT_ORDERS
from generator.website.wording.language import gettext as _

#: Small pictures of departments on the page of a place or a kind, and on a page of nothing else.
MOST_MULTIPLES, _PICTURES = 12, 60
#: Rows of departments on the page of a place or a kind, which has pictures as well.
_BESIDE = 40
#: No department is called so: below it are the pages of the list of departments.
_MORE_DEPARTMENTS = "departments/all/"

#: Writes a page: its address, its template, and what it shows.
Page = Callable[[str, str, Mapping[str, object]], None]


class WaysIn:
    """Writes the ways to departments in the language that is spoken."""

    def __init__(self, page: Page, everyone: Everyone) -> None:
        self._page, self._everyone = page, everyone
        self._summaries = everyone.summaries

    def write(self) -> None:
        """Write all of them."""
        self._departments()
        self._places()
        self._kinds()

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
