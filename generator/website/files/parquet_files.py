"""Parquet files of everything: typed, amounts as decimals, codes as text; long ones in parts.

Facts, and what else has many rows, are parted by region and year, as Hive does:
`facts/region_code=440113/year=2025/`. Nothing is written where pyarrow, the extra `parquet`, is not
installed.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.website.files.number_sizes import KnownSizes, NumberSize, Sizes
from generator.website.published.package import PublishedField, PublishedResource
from generator.website.published.rows import Row
from generator.website.published.typed_values import NUMERIC, typed

if TYPE_CHECKING:
    import pyarrow

#: The resource that is always parted, by these: the first is of the department's register.
PARTED, _REGION, _YEAR = "facts", "region_code", "year"
#: What Hive calls the part of rows without a value; readers take it for blank.
_NONE = "__HIVE_DEFAULT_PARTITION__"
#: Digits that decimals of 64 and of 128 bits hold; a longer number is kept as text.
_DIGITS = (18, 38)
_CENTS = 2
#: Neither more nor less by the machine's processors: a group of rows is of this many.
_ROWS = 65_536
_AT_ONCE = 4096
#: A resource with more is parted as well, so that one change does not write all of them.
_MOST_ROWS = 20_000


@dataclass(frozen=True)
class ParquetFile:
    """One file: its path below the folder of Parquet files, its rows, and how it is written.

    `values` are those that its rows share, where it is a part; one that is not known is left out.
    `made_of` tells by hashes what it is made of, if that is known.
    """

    path: str
    rows: int
    write: Callable[[Path], None]
    values: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()


@cache
def can_write_parquet() -> bool:
    """Tell whether pyarrow is there."""
    return find_spec("pyarrow") is not None


def parquet_files(
    resources: Sequence[PublishedResource],
    sizes: KnownSizes = KnownSizes({}),  # noqa: B008 frozen, and empty
) -> Iterator[ParquetFile]:
    """Yield the files of all resources, each to be written before the next is asked for.

    ``sizes`` is what is known of the numbers of disclosures.

    Raises:
        PackageError: A cell is not of its field's type.
    """
    known = {each.name: each for each in resources}
    regions = _regions(known["departments"]) if "departments" in known else {}
    for resource in sorted(resources, key=lambda each: each.name):
        names = {field.name for field in resource.fields}
        table = _Table(resource, sizes.of(resource))
        large = resource.name == PARTED or table.rows > _MOST_ROWS
        if large and {"department", _YEAR} <= names:
            yield from _parts(table, regions)
        else:
            made_of = (str(table.schema), *(each.hash for each in resource.parts or (resource,)))
            write = partial(table.write, resource.each())
            yield ParquetFile(f"{resource.name}.parquet", table.rows, write, (), made_of)


def _regions(departments: PublishedResource) -> Mapping[str, str]:
    """The code of the region of each department, as far as it is known."""
    rows = departments.read()
    return {row["department"]: row[_REGION] for row in rows if row.get(_REGION)}


def _parts(table: _Table, regions: Mapping[str, str]) -> Iterator[ParquetFile]:
    """The files of a table by region and year, which then stand in the path alone."""
    name = table.resource.name
    with tempfile.TemporaryDirectory() as folder:
        shared = _by_disclosure(table, regions) or _shared_out(table, regions, Path(folder))
        for (region, year), part in sorted(shared.items()):
            path = f"{name}/{_REGION}={region}/{_YEAR}={year}/{name}.parquet"
            write = partial(table.write, part.rows, without=_YEAR)
            values = tuple(each for each in (region, year) if each != _NONE)
            made_of = (str(table.schema), *part.hashes) if part.hashes else ()
            yield ParquetFile(path, part.count, write, values or (_NONE,), made_of)


@dataclass
class _RegionAndYear:
    """The rows of a region and year, and the hashes of the files that they are of, if known."""

    rows: Iterable[Row] = ()
    count: int = 0
    hashes: tuple[str, ...] = ()


def _by_disclosure(
    table: _Table, regions: Mapping[str, str]
) -> dict[tuple[str, str], _RegionAndYear]:
    """Which disclosures have the rows of each region and year: their ids name both."""
    found: dict[tuple[str, str], list[PublishedResource]] = {}
    for part in (part for part in table.resource.parts if part.rows):
        department, _, slug = part.disclosure.partition("/")
        found.setdefault((regions.get(department) or _NONE, slug[:4]), []).append(part)
    return {
        key: _RegionAndYear(
            table.resource.each_of(parts),
            sum(part.rows for part in parts),
            tuple(part.hash for part in parts),
        )
        for key, parts in found.items()
    }


def _shared_out(
    table: _Table, regions: Mapping[str, str], folder: Path
) -> dict[tuple[str, str], _RegionAndYear]:
    """Write the rows of each region and year into a file, and return which and how many.

    Those of one are not beside each other.
    """
    found: dict[tuple[str, str], tuple[Path, _RegionAndYear]] = {}

    def key(row: Row) -> tuple[str, str]:
        return regions.get(row["department"]) or _NONE, row[_YEAR] or _NONE

    for region_and_year, rows in groupby(table.resource.each(), key):
        if region_and_year not in found:
            path = folder / f"{len(found)}.csv"
            found[region_and_year] = path, _RegionAndYear(_waiting(path, table.resource))
        path, part = found[region_and_year]
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for row in rows:
                writer.writerow(row.values())
                part.count += 1
    return {key: part for key, (_, part) in found.items()}


def _waiting(file: Path, resource: PublishedResource) -> Iterator[Row]:
    names = [field.name for field in resource.fields]
    with file.open(encoding="utf-8", newline="") as text:
        for cells in csv.reader(text):
            yield dict(zip(names, cells, strict=True))


class _Table:
    """A resource as Arrow has it: the type of a column is the same in each of its parts."""

    def __init__(self, resource: PublishedResource, sizes: Sizes) -> None:
        import pyarrow

        self.resource = resource
        self.rows = sum(each.rows for each in resource.parts or (resource,))
        kinds = [
            (f, _kind(f, sizes[f.name]) if f.type in NUMERIC else _plain(f))
            for f in resource.fields
        ]
        fields = [pyarrow.field(f.name, kind, not f.required, _said(f)) for f, kind in kinds]
        self.schema = pyarrow.schema(fields, _said(resource))

    def write(self, rows: Iterable[Row], path: Path, without: str = "") -> None:
        """Write rows into a file, ``without`` one column; never more than a group is in memory."""
        import pyarrow
        from pyarrow import parquet

        schema = self.schema
        if without:
            schema = schema.remove(schema.get_field_index(without))
        waiting, first, more = iter(rows), True, True
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            while more:
                parts = list(self._group(waiting, schema))
                group = pyarrow.concat_tables(parts) if parts else schema.empty_table()
                if group.num_rows or first:
                    writer.write_table(group.combine_chunks(), _ROWS)
                first, more = False, group.num_rows == _ROWS

    def _group(self, waiting: Iterator[Row], schema: pyarrow.Schema) -> Iterator[pyarrow.Table]:
        """The parts of a group of rows: as Arrow has them they take a tenth of what ours take."""
        import pyarrow

        for at in range(0, _ROWS, _AT_ONCE):
            rows = list(islice(waiting, min(_AT_ONCE, _ROWS - at)))
            if not rows:
                return
            arrays = [self._array(rows, name) for name in schema.names]
            yield pyarrow.Table.from_arrays(arrays, schema=schema)

    def _array(self, rows: Sequence[Row], name: str) -> Any:
        import pyarrow

        (field,) = (each for each in self.resource.fields if each.name == name)
        kind = self.schema.field(name).type
        if kind == pyarrow.string():  # a number that is longer than any decimal stays text
            return pyarrow.array([row[name] or None for row in rows], type=kind)
        return pyarrow.array([typed(self.resource, field, row[name]) for row in rows], type=kind)


def _kind(field: PublishedField, size: NumberSize) -> pyarrow.DataType:
    """The type that holds every value; an amount has at least its cents."""
    import pyarrow

    if field.type != "number":
        return pyarrow.string() if size.largest >= 2**63 else _plain(field)
    amount = field.column_type == "value" or field.measure
    after = max(size.after, _CENTS if amount else 0)
    for digits in _DIGITS:
        if size.before + after <= digits:
            return pyarrow.decimal128(digits, after)
    return pyarrow.string()


def _plain(field: PublishedField) -> pyarrow.DataType:
    import pyarrow

    kinds = {
        "integer": pyarrow.int64(), "year": pyarrow.int16(), "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }  # fmt: skip
    return kinds.get(field.type, pyarrow.string())


def _said(described: PublishedField | PublishedResource) -> dict[str, str]:
    """What a column or a file is called, in both languages; each part says it again."""
    said = {"title": described.titles.chinese, "title_english": described.titles.english}
    return {key: value for key, value in said.items() if value}
