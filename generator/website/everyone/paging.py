"""Lists in pages of bounded size, each page at an address with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
#: Rows of a table: one has some twenty elements, and a page may have 3,000.
MOST_ROWS = 75
#: Elements that a page may have beside its own: for lists whose entries differ much.
MOST_WEIGHT = 2200
# So many pages are all linked; of more, these nearest, and some of the others.
_LINKED = 120
_NEAR = 4


@dataclass(frozen=True)
class ListPage(Generic[Item]):
    """One page of a list: its entries; ``at`` is the address of the first, ``more`` of the others.

    ``order`` names the order that it is in, ``orders`` are all: their names and addresses.
    """

    items: Sequence[Item]
    number: int
    pages: int
    count: int
    at: str
    more: str
    order: str = ""
    orders: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """Return its address below the root."""
        return self.address_of(self.number)

    @property
    def start(self) -> int:
        """Return how many entries stand before it, where all pages but the last are full."""
        return (self.number - 1) * MOST_ROWS

    def address_of(self, number: int) -> str:
        """Return the address of a page of this list."""
        return self.at if number == 1 else f"{self.more}{number}/"

    @property
    def linked(self) -> list[int]:
        """Return the numbers of the pages to which it leads: all, or the nearest and some more."""
        every = -(-self.pages // _LINKED)
        near = range(self.number - _NEAR, self.number + _NEAR + 1)
        return [
            n for n in range(1, self.pages + 1)
            if n in (1, self.pages) or n in near or n % every == 0
        ]  # fmt: skip


def pages_of(
    items: Iterable[Item],
    count: int,
    at: str,
    more: str = "",
    *,
    most: int = 0,
    order: str = "",
    orders: tuple[tuple[str, str], ...] = (),
) -> Iterator[ListPage[Item]]:
    """Cut a list of so many entries into pages; one without entries has a page as well."""
    most = most or MOST_ROWS
    total, rest = max(1, -(-count // most)), iter(items)
    for number in range(1, total + 1):
        found = list(islice(rest, most))
        yield ListPage(found, number, total, count, at, more or at, order, orders)


def weighed_pages(
    read: Callable[[], Iterable[Item]],
    weight: Callable[[Item], int],
    at: str,
    more: str = "",
    most: int = MOST_WEIGHT,
    order: str = "",
    orders: tuple[tuple[str, str], ...] = (),
) -> Iterator[ListPage[Item]]:
    """Cut a list into pages of about the same weight; ``read`` gives it from the beginning."""
    sizes = list(_sizes(map(weight, read()), most))
    rest = iter(read())
    for number, size in enumerate(sizes, 1):
        found = list(islice(rest, size))
        yield ListPage(found, number, len(sizes), sum(sizes), at, more or at, order, orders)


def _sizes(weights: Iterable[int], most: int) -> Iterator[int]:
    """How many entries each page has; one that weighs too much stands alone."""
    size = whole = 0
    for each in weights:
        if size and whole + each > most:
            yield size
            size = whole = 0
        size, whole = size + 1, whole + each
    yield size
