"""How large the numbers of columns are: told of each disclosure by who makes it, and put together.

So nobody reads all rows only to know in which type a column is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.website.published.package import Package, PublishedResource
from generator.website.published.typed_values import NUMERIC, Scalar, plain, typed


@dataclass(slots=True)
class NumberSize:
    """How large the numbers of a column are, and whether SQLite holds each of them exactly.

    `before` and `after` are digits on either side of the point.
    """

    before: int = 1
    after: int = 0
    largest: int = 0
    exact: bool = True

    def hold(self, value: Decimal | Scalar | date) -> None:
        """Make room for one more."""
        if isinstance(value, Decimal):
            self.after = max(self.after, -_exponent(value))
            self.before = max(self.before, value.adjusted() + 1)
        elif isinstance(value, int):
            self.largest = max(self.largest, abs(value))
        self.exact = self.exact and not isinstance(plain(value), str)

    def join(self, other: NumberSize) -> None:
        """Make room for those of another."""
        self.before = max(self.before, other.before)
        self.after = max(self.after, other.after)
        self.largest = max(self.largest, other.largest)
        self.exact = self.exact and other.exact


#: Those of the columns of numbers of a resource, by their names.
Sizes = dict[str, NumberSize]


@dataclass(frozen=True)
class KnownSizes:
    """What is known by the ids of disclosures, and the names of their resources."""

    by_disclosure: Mapping[str, Mapping[str, Sizes]]

    def of(self, resource: PublishedResource) -> Sizes:
        """The sizes of a resource; what is not known is read. Raises PackageError."""
        if not resource.parts:
            return sizes_of(resource)
        found = {f.name: NumberSize() for f in resource.fields if f.type in NUMERIC}
        for part in resource.parts:
            known = self.by_disclosure.get(part.disclosure, {}).get(resource.name)
            for name, size in (sizes_of(part) if known is None else known).items():
                if name in found:
                    found[name].join(size)
        return found


def sizes_of(resource: PublishedResource) -> Sizes:
    """Tell the sizes of a resource. Raises PackageError where a cell is not of its type."""
    numeric = [field for field in resource.fields if field.type in NUMERIC]
    found = {field.name: NumberSize() for field in numeric}
    for row in resource.each() if numeric else ():
        for field in numeric:
            found[field.name].hold(typed(resource, field, row[field.name]))
    return found


def sizes_of_disclosure(package: Package) -> dict[str, Sizes]:
    """Tell the sizes of all files of a disclosure that are parts of those of all."""
    return {each.name: sizes_of(each) for each in package.resources if each.is_of_disclosures}


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
