"""The home page, and the pages of the lists of which it shows the beginning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from generator.website.everyone import moves
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.home import home_answers
from generator.website.everyone.paging import pages_of
from generator.website.everyone.replaced import replaced
from generator.website.kept_pages import KeptPages
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Packages
from generator.website.wording.amounts import said
from generator.website.wording.language import spoken

#: So many departments have a card on the home page; of more, it leads to their places and kinds.
MOST_CARDS = 12
_LISTS = "lists/"


def _least() -> str:
    """Say the least amount of the list of what doubled, which is a round one."""
    return said(moves.LEAST_MOVED).replace(".00", "")


class WritePage(Protocol):
    """Writes a page of a template at an address."""

    def __call__(self, address: str, template: str, context: Mapping[str, object], /) -> None:
        """Write it."""


class AnswerPages:
    """Writes them in the language that is spoken."""

    def __init__(
        self,
        page: WritePage,
        kept: KeptPages,
        everyone: Everyone,
        packages: Packages,
        history: PublishedHistory,
    ) -> None:
        self._page, self._kept = page, kept
        self._everyone, self._summaries = everyone, everyone.summaries
        self._replaced = replaced(packages, history)

    def write(self) -> None:
        """Write all of them."""
        summaries = self._summaries
        answers = home_answers(summaries, spoken().tag, self._replaced)
        few = summaries.count() <= MOST_CARDS
        context = {
            "answers": answers,
            "departments": summaries.count(),
            "shown": self._everyone.held(MOST_CARDS) if few else [],
            "disclosures": len(summaries),
            "figures": summaries.figures(),
            "tally": self._everyone.tally,
            "least_moved": _least(),
        }
        self._page("", "home.html", context)
        self._page(_LISTS, "answer_lists.html", context)
        self._moved(answers.moved_in_all)
        self._bought()
        self._list("replaced", self._replaced, len(self._replaced))

    def _moved(self, count: int) -> None:
        for order in moves.ORDERS:
            rows, context = moves.moved(self._summaries, order), {"least_moved": _least()}
            self._list("doubled", rows, count, order, context)

    def _bought(self) -> None:
        found = moves.vehicles(self._summaries)
        for order in moves.ORDERS:
            rows = moves.bought(self._summaries, order)
            self._list("cars", rows, found.bought, order, {"vehicles": found})

    def _list(
        self,
        name: str,
        rows: Iterable[object],
        count: int,
        order: str = "",
        context: Mapping[str, object] = {},
    ) -> None:
        """Write the pages of a list in one of its orders, the first of which is its own."""
        own = f"{_LISTS}{name}/"
        orders = tuple(
            (each, own if each == moves.ORDERS[0] else f"{own}{each}/")
            for each in (moves.ORDERS if order else ())
        )
        at = dict(orders).get(order, own)
        for page in pages_of(rows, count, at, order=order, orders=orders):
            self._kept.page(page, f"list_{name}.html", context)
