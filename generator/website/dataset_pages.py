"""The pages of the datasets: what each has, and, in pages of bounded size, who has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from generator.website.everyone.paging import ListPage, pages_of
from generator.website.files.catalogue import Catalogue
from generator.website.files.datasets import Dataset, Holder, datasets
from generator.website.files.downloads import AllDownloads, resource_files
from generator.website.files.linked_data import (
    consolidated_dataset,
    data_catalogue,
    resource_dataset,
)
from generator.website.kept_pages import KeptPages
from generator.website.output.folder import Output
from generator.website.published.checks import Tally
from generator.website.published.package import Packages

#: So many disclosures stand on one page of a dataset, each with its checks and its files.
MOST_HOLDERS = 40


def write_datasets(
    output: Output,
    kept: KeptPages,
    packages: Packages,
    checks: Mapping[str, Mapping[str, Tally]],
    catalogue: Catalogue,
    everything: AllDownloads,
) -> None:
    """Write the list of all datasets, and the pages of each."""
    found = datasets(packages, checks)
    context: dict[str, object] = {"datasets": found, "everything": everything}
    context["linked"] = consolidated_dataset(catalogue, everything)
    context["catalogue"] = data_catalogue(catalogue)
    output.page("datasets/", "datasets.html", context)
    for dataset in found:
        _pages(output, kept, dataset, catalogue, everything)


def _pages(
    output: Output,
    kept: KeptPages,
    dataset: Dataset,
    catalogue: Catalogue,
    everything: AllDownloads,
) -> None:
    count, at = len(dataset.holders), f"datasets/{dataset.name}/"
    for page in pages_of(dataset.holders, count, at, most=MOST_HOLDERS):
        files = [resource_files(*each, output.checksums) for each in page.items]
        context: dict[str, object] = {"dataset": dataset, "page": page, "files": files}
        if page.number == 1:
            own = (each[0] for each in files)
            context["linked"] = resource_dataset(catalogue, dataset, own, everything)
            output.page(page.address, "dataset.html", {**context, "everything": everything})
        else:
            make = partial(output.page, page.address, "dataset.html", context)
            kept.write(page.address, make, page.pages, _said(dataset), _shown(dataset, page), files)


def _said(dataset: Dataset) -> tuple[object, ...]:
    """Return what each page but the first says of a dataset, wherever it begins."""
    resource = dataset.resource
    told = (resource.name, resource.title, resource.titles, resource.description)
    return (*told, resource.category, bool(dataset.checks))


def _shown(dataset: Dataset, page: ListPage[Holder]) -> list[tuple[object, ...]]:
    """Return what one page says of those who have it."""
    return [
        (package.id, package.title, resource.category, dataset.checks.get(package.id))
        for package, resource in page.items
    ]
