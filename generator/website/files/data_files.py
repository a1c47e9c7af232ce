"""Writes the files for programs, at lasting addresses below `data/`: packages, SQLite, others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import copyfile

from generator.journal import step
from generator.stage_limits import StageLimits
from generator.website.blame import blaming
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import Overview
from generator.website.files.downloads import Download, let_write, write_file
from generator.website.files.earlier_files import EarlierFiles
from generator.website.files.json_files import (
    Entry,
    JsonFile,
    department_file,
    disclosure_file,
    figure_files,
    list_of_departments,
)
from generator.website.files.number_sizes import KnownSizes
from generator.website.files.parquet_files import can_write_parquet, parquet_files
from generator.website.files.questions import AnsweredQuestion, WrittenQuestion, answered
from generator.website.files.sqlite_file import DatabaseMadeOf, write_sqlite
from generator.website.output.folder import Output
from generator.website.published.package import Packages, PublishedResource
from generator.website.wording.language import marked

#: What a build says that lacks pyarrow.
WITHOUT_PARQUET = "no Parquet files: they need pyarrow (pip install 'mingzhang[parquet]')"
_SQLITE = "data/all.sqlite"
_EXACT = marked("CSV（原样）")
_DEPARTMENTS, _FIGURES = marked("JSON：部门"), marked("JSON：主要数字")
#: Of a resource in more parts than these, pages list none.
_MOST_PARTS = 24


@dataclass(frozen=True)
class DataFiles:
    """The files below `data/` that pages offer: of all, by resource, by disclosure, department."""

    whole: tuple[Download, ...] = ()
    by_resource: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    disclosures: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    departments: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    questions: Sequence[AnsweredQuestion] = ()


def write_department_data(
    output: Output, department: DepartmentView, limits: StageLimits
) -> DataFiles:
    """Write the files of a department and of its disclosures below `data/`.

    Raises:
        PageError: Something went wrong with those of one disclosure.
    """
    written = {}
    for overview in department.overviews:
        with blaming(overview.package.id, limits):
            written[overview.package.id] = _write_disclosure(output, overview)
    with blaming(department.latest.package.id, limits):
        own = (_write_json(output, department_file(department)),)
    return DataFiles(disclosures=written, departments={department.id: own})


def write_data_files(
    output: Output,
    packages: Packages,
    departments: Sequence[Entry],
    figures: Mapping[tuple[str, int], Entry],
    questions: Sequence[WrittenQuestion],
    sizes: KnownSizes,
    earlier: EarlierFiles,
) -> DataFiles:
    """Write the files of all below `data/`, and ask the questions of the one that can be asked.

    Args:
        output: Where they are written.
        packages: The packages of the site.
        departments: What is listed of each department.
        figures: The key figures of all disclosures, by their names and places.
        questions: What is asked.
        sizes: What is known of the numbers of disclosures.
        earlier: The files of the site that is published.

    Raises:
        PackageError: A file of the package of all is not what its descriptor says.
    """
    lists = [_write_json(output, list_of_departments(departments), _DEPARTMENTS)]
    labels = packages.rows("labels")
    english = {r["label"]: r["english"] for r in labels if r.get("stands_for") == "item"}
    *files, last = figure_files(figures, english)
    for each in files:
        _write_json(output, each)
    lists.append(_write_json(output, last, _FIGURES))
    by_resource = {each.name: [_write_csv(output, "all", each)] for each in packages.consolidated}
    for name, file in _write_parquet(output, packages.whole, sizes, earlier):
        by_resource[name].append(file)
    whole = (
        _write_database(output, packages.whole, sizes, earlier),
        _write_descriptor(output, "all", packages.folder / "all"),
    )
    return DataFiles(
        (*whole, *lists),
        {name: tuple(files) for name, files in by_resource.items()},
        questions=answered(questions, output.folder / _SQLITE),
    )


def _write_disclosure(output: Output, overview: Overview) -> tuple[Download, ...]:
    """Write the package of a disclosure, byte for byte, and its JSON."""
    package = overview.package
    for resource in package.resources:
        _write_csv(output, package.id, resource)
    return (
        _write_json(output, disclosure_file(overview)),
        _write_descriptor(output, package.id, package.folder),
    )


@step("database")
def _write_database(
    output: Output,
    resources: Sequence[PublishedResource],
    sizes: KnownSizes,
    earlier: EarlierFiles,
) -> Download:
    """Write the SQLite file, from the one that is published where only some of it is another."""
    made_of: list[DatabaseMadeOf] = []
    before = earlier.database(_SQLITE)

    def write(path: Path) -> None:
        made_of.append(write_sqlite(resources, path, sizes, before))

    written = let_write(output, _SQLITE, "SQLite", write)
    earlier.keep_database(written.sha256, *made_of)
    return written


def _write_descriptor(output: Output, id_: str, folder: Path) -> Download:
    data = (folder / "datapackage.json").read_bytes()
    return write_file(output, f"data/{id_}/datapackage.json", "datapackage.json", data)


def _write_csv(output: Output, id_: str, resource: PublishedResource) -> Download:
    path, copy = f"data/{id_}/{resource.file.name}", partial(copyfile, resource.file)
    return let_write(output, path, _EXACT, copy, resource.rows)


def _write_json(output: Output, file: JsonFile, form: str = "JSON") -> Download:
    return write_file(output, file.path, form, file.data)


@step("parquet")
def _write_parquet(
    output: Output,
    resources: Sequence[PublishedResource],
    sizes: KnownSizes,
    earlier: EarlierFiles,
) -> list[tuple[str, Download]]:
    """Write the Parquet files, and return those that are to be listed, by resource."""
    listed: list[tuple[str, Download]] = []
    parts: dict[str, list[Download]] = {}
    for file in parquet_files(resources, sizes) if can_write_parquet() else ():
        form, name = " ".join(["Parquet", *file.values]), file.path.partition("/")[0]
        path = f"data/parquet/{file.path}"
        make = earlier.maker(path, file.write, *file.made_of) if file.made_of else file.write
        written = let_write(output, path, form, make, file.rows)
        if file.values:
            parts.setdefault(name, []).append(written)
        else:
            listed.append((name.removesuffix(".parquet"), written))
    few = {name: files for name, files in parts.items() if len(files) <= _MOST_PARTS}
    return listed + [(name, file) for name, files in few.items() for file in files]
