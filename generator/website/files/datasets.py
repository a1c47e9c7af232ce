"""The datasets of the site: each distinct resource, its dictionary and who has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.models import ForeignKey
from generator.website.published.checks import Tally, add
from generator.website.published.package import Package, Packages, PublishedField, PublishedResource
from generator.website.wording.language import gettext as _
from generator.website.wording.words import CONSTRAINTS, TYPES

#: A disclosure, and its resource of a dataset.
Holder = tuple[Package, PublishedResource]


@dataclass(frozen=True)
class FieldEntry:
    """One line of a dictionary."""

    field: PublishedField
    type_word: str
    constraints: tuple[tuple[str, str], ...]
    disclosures: int


@dataclass(frozen=True)
class Dataset:
    """One dataset: what it is, its dictionary over all disclosures, who has it, its checks.

    `checks` are those of each holder that concern the dataset, by the id of its package.
    """

    resource: PublishedResource
    fields: tuple[FieldEntry, ...]
    holders: tuple[Holder, ...]
    consolidated: PublishedResource | None
    checks: Mapping[str, Tally]

    @property
    def tally(self) -> Tally:
        """Return the checks that concern it, over all disclosures."""
        return add(self.checks.values())

    @property
    def name(self) -> str:
        """Return the name of the resource, which is also its address below `datasets/`."""
        return self.resource.name

    @property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """Return where its fields lead; the registers to which some do are of all disclosures."""
        return (self.consolidated or self.resource).foreign_keys

    @property
    def rows(self) -> int:
        """Return the rows over all disclosures, else those of the consolidated file."""
        if not self.holders and self.consolidated:
            return self.consolidated.rows
        return sum(resource.rows for _package, resource in self.holders)


def datasets(packages: Packages, checks: Mapping[str, Mapping[str, Tally]]) -> list[Dataset]:
    """Return every dataset: standard tables in printed order (budget first), then the rest.

    `checks` are those of each disclosure by resource, by the id of its package.
    """
    holders: dict[str, list[Holder]] = {}
    for package in packages.disclosures:
        for resource in package.resources:
            holders.setdefault(resource.name, []).append((package, resource))
    consolidated = {r.name: r for r in packages.consolidated}
    names = sorted(set(holders) | set(consolidated))
    found = [
        _dataset(
            holders.get(name, []),
            consolidated.get(name),
            {id_: by_resource[name] for id_, by_resource in checks.items() if name in by_resource},
        )
        for name in names
    ]
    return sorted(found, key=_place)


def _place(dataset: Dataset) -> tuple[bool, bool, int, str]:
    final = any(package.kind == "final_accounts" for package, _resource in dataset.holders)
    standard = dataset.resource.category == "standard_table"
    return (not standard, standard and final, dataset.resource.order, dataset.name)


def _dataset(
    holders: Sequence[Holder],
    consolidated: PublishedResource | None,
    checks: Mapping[str, Tally],
) -> Dataset:
    # The latest year's descriptor speaks for the dataset; the dictionary is of every disclosure
    # that has it.
    resources = [r for _package, r in sorted(holders, key=lambda h: -h[0].year)]
    resources += [consolidated] if consolidated else []
    return Dataset(resources[0], _fields(resources), tuple(holders), consolidated, checks)


def _fields(resources: Sequence[PublishedResource]) -> tuple[FieldEntry, ...]:
    """Merge the fields of every variant; one that only some have keeps its neighbour."""
    order: list[str] = []
    found: dict[str, PublishedField] = {}
    # Most have the very same ones, which are one object: each is looked through once.
    variants = {id(resource.fields): resource.fields for resource in resources}
    times = Counter(id(resource.fields) for resource in resources)
    for fields in variants.values():
        at = 0
        for field in fields:
            if field.name not in found:
                order.insert(at, field.name)
                found[field.name] = field
            at = order.index(field.name) + 1
    counts = Counter[str]()
    for key, fields in variants.items():
        counts.update(dict.fromkeys((field.name for field in fields), times[key]))
    return tuple(_entry(found[name], counts[name]) for name in order)


def _entry(field: PublishedField, count: int) -> FieldEntry:
    constraints = tuple(
        (CONSTRAINTS.get(k, k), _("、").join(map(_said, values))) for k, values in field.constraints
    )
    return FieldEntry(field, TYPES.get(field.type, field.type), constraints, count)


def _said(value: str) -> str:
    return {"True": _("是"), "False": _("否")}.get(value, value)
