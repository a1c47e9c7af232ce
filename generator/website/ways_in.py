"""The ways in: lists of departments, places and kinds of bureaus, in pages of bounded size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from generator.website.everyone.compared_groups import ComparedGroup
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.kinds import BureauKindView
from generator.website.everyone.paging import pages_of
from generator.website.everyone.places import Within
from generator.website.everyone.strips import kind_strips
from generator.website.everyone.summary_tables import DEPARTMENT_ORDERS
from generator.website.kept_pages import KeptPages
from generator.website.output.folder import Output
from generator.website.wording.language import gettext as _

#: Small pictures of departments on the page of a place or a kind, and on a page of nothing else.
MOST_MULTIPLES, _PICTURES = 12, 60
#: Rows of departments on the page of a place or a kind, which has pictures as well.
_BESIDE = 40
#: No department is called so: below it are the pages of the list of departments.
_MORE_DEPARTMENTS = "departments/all/"


class WaysIn:
    """Writes the ways to departments in the language that is spoken."""

    def __init__(self, output: Output, kept: KeptPages, everyone: Everyone) -> None:
        self._page, self._kept = output.page, kept
        self._everyone, self._summaries = everyone, everyone.summaries

    def write(self) -> None:
        """Write all of them."""
        self._departments()
        self._of_years(_MORE_DEPARTMENTS, {})
        self._kept.write("places/", self._map)
        for within in self._everyone.places:
            self._kept.write(within.place.address, partial(self._place, within), within)
        self._kept.write("kinds/", self._list_of_kinds)
        for kind, _number in self._everyone.kinds:
            self._kept.write(kind.address, partial(self._kind, kind), kind)

    def _departments(self) -> None:
        orders = tuple(
            (name, "departments/" if name == "by-place" else f"{_MORE_DEPARTMENTS}{name}/")
            for name in DEPARTMENT_ORDERS
        )
        for order, at in orders:
            self._kept.write(at, partial(self._departments_in, order, orders), orders)

    def _departments_in(self, order: str, orders: tuple[tuple[str, str], ...]) -> None:
        at, years = dict(orders)[order], self._years({})
        more = _MORE_DEPARTMENTS if at == "departments/" else at
        found, count = self._summaries.departments(order), self._summaries.count()
        for page in pages_of(found, count, at, more, order=order, orders=orders):
            self._kept.page(page, "departments.html", {"years": years})

    def _years(self, where: Mapping[str, Any]) -> list[ComparedGroup]:
        """Return the years and kinds of disclosures that there are, where they are several."""
        found = self._summaries.groups("year", "kind", **where)
        years = [ComparedGroup(year, kind, count=count) for year, kind, count in found]
        return sorted(years, key=lambda y: (-y.year, y.kind)) if len(years) > 1 else []

    def _of_years(self, at: str, where: Mapping[str, Any], within: Within | None = None) -> None:
        """Write who published in each year and kind below the address of a list, largest first."""
        years = self._years(where)
        for year in years:
            write = partial(self._of_year, at, year, where, within)
            self._kept.write(f"{at}{year.slug}/", write, year, where, within)

    def _of_year(
        self, at: str, year: ComparedGroup, where: Mapping[str, Any], within: Within | None
    ) -> None:
        context = {"year": year, "years": self._years(where), "at": at, "within": within}
        found = self._summaries.largest(**where, year=year.year, kind=year.kind)
        for page in pages_of(found, year.count, f"{at}{year.slug}/"):
            self._kept.page(page, "departments_of_year.html", context)

    def _map(self) -> None:
        context = {"places": self._everyone.places, "departments": self._summaries.count()}
        self._page("places/", "places.html", context)

    def _place(self, within: Within) -> None:
        places = self._everyone.places
        kinds, at = places.kinds(within), within.place.address
        context = {"within": within, "inside": places.inside(within.place.code), "kinds": kinds}
        context |= {"years": self._years(within.where), "most_multiples": MOST_MULTIPLES}
        self._department_list(at, "place.html", within.where, context, _BESIDE)
        trail = [*within.place.trail, (at, within.place.name)]
        self._multiples(at, within.where, within.place.name, trail)
        self._of_years(at, within.where, within)
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
                self._kept.page(page, template, context)

    def _list_of_kinds(self) -> None:
        self._page("kinds/", "kinds.html", {"kinds": self._everyone.kinds})

    def _kind(self, kind: BureauKindView) -> None:
        provinces = self._summaries.department_groups("province", bureau=kind.id)
        years, counts = self._everyone.years, dict(provinces)
        groups = [g for year in years for g in year.groups if g.bureau == kind.id]
        context = {
            "kind": kind,
            "groups": groups,
            "strips": kind_strips(groups, self._everyone.compared),
            "alone": sorted(year.everyone.slug for year in years if year.alike),
            "provinces": [
                (each, counts[each.place.code])
                for each in self._everyone.places.provinces
                if each.place.code in counts
            ],
            "most_multiples": MOST_MULTIPLES,
        }
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
                self._kept.page(page, "multiples_of.html", {"name": name, "trail": trail})
