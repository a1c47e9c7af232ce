"""Parquet files of everything: typed, amounts as decimals, codes as text; facts in parts.

Facts are parted by region and year, as Hive does: `facts/region_code=440113/year=2025/`. Nothing is
written where pyarrow, the extra `parquet`, is not installed.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.website.published.package import PublishedField, PublishedResource
from generator.website.published.rows import Row
from generator.website.published.typed_values import NUMERIC, Scalar, typed

if TYPE_CHECKING:
    import pyarrow

#: The resource that is parted, by these: the first is of the department's register.
PARTED, _REGION, _YEAR = "facts", "region_code", "year"
#: What Hive calls the part of rows without a value; readers take it for blank.
_NONE = "__HIVE_DEFAULT_PARTITION__"
#: Digits that decimals of 64 and of 128 bits hold; a longer number is kept as text.
_DIGITS = (18, 38)
_CENTS = 2
#: Neither more nor less by the machine's processors: a group of rows is of this many.
_ROWS = 65_536
_AT_ONCE = 4096


@dataclass(frozen=True)
class ParquetFile:
    """One file: its path below the folder of Parquet files, its rows, and how it is written.

    `values` are those that its rows share, where it is a part; one that is not known is left out.
    """

    path: str
    rows: int
    write: Callable[[Path], None]
    values: tuple[str, ...] = ()


@cache
def can_write_parquet() -> bool:
    """Tell whether pyarrow is there."""
    return find_spec("pyarrow") is not None


def parquet_files(resources: Sequence[PublishedResource]) -> Iterator[ParquetFile]:
    """Yield the files of all resources, each to be written before the next is asked for.

    Raises:
        PackageError: A cell is not of its field's type.
    """
    known = {each.name: each for each in resources}
    regions = _regions(known["departments"]) if "departments" in known else {}
    for resource in sorted(resources, key=lambda each: each.name):
        names = {field.name for field in resource.fields}
        table = _Table(resource)
        if resource.name == PARTED and {"department", _YEAR} <= names:
            yield from _parts(table, regions)
        else:
            write = partial(table.write, resource.each())
            yield ParquetFile(f"{resource.name}.parquet", table.rows, write)


def _regions(departments: PublishedResource) -> Mapping[str, str]:
    """The code of the region of each department, as far as it is known."""
    rows = departments.read()
    return {row["department"]: row[_REGION] for row in rows if row.get(_REGION)}


def _parts(table: _Table, regions: Mapping[str, str]) -> Iterator[ParquetFile]:
    """The files of a table by region and year, which then stand in the path alone.

    The rows of each wait in a file of their own: those of a region are not beside each other.
    """
    with tempfile.TemporaryDirectory() as name:
        for (region, year), (file, rows) in sorted(_shared_out(table, regions, Path(name)).items()):
            path = f"{PARTED}/{_REGION}={region}/{_YEAR}={year}/{PARTED}.parquet"
            write = partial(table.write, _waiting(file, table.resource), without=_YEAR)
            shared = tuple(each for each in (region, year) if each != _NONE)
            yield ParquetFile(path, rows, write, shared or (_NONE,))


def _shared_out(
    table: _Table, regions: Mapping[str, str], folder: Path
) -> dict[tuple[str, str], tuple[Path, int]]:
    """Write the rows of each region and year into a file, and return which and how many."""
    found: dict[tuple[str, str], tuple[Path, int]] = {}

    def key(row: Row) -> tuple[str, str]:
        return regions.get(row["department"]) or _NONE, row[_YEAR] or _NONE

    for part, rows in groupby(table.resource.each(), key):
        path, count = found.get(part, (folder / f"{len(found)}.csv", 0))
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for row in rows:
                writer.writerow(row.values())
                count += 1
        found[part] = path, count
    return found


def _waiting(file: Path, resource: PublishedResource) -> Iterator[Row]:
    names = [field.name for field in resource.fields]
    with file.open(encoding="utf-8", newline="") as text:
        for cells in csv.reader(text):
            yield dict(zip(names, cells, strict=True))


class _Table:
    """A resource as Arrow has it: the type of a column is the same in each of its parts."""

    def __init__(self, resource: PublishedResource) -> None:
        import pyarrow

        self.resource = resource
        sizes = {f.name: _Size(f) for f in resource.fields if f.type in NUMERIC}
        self.rows = 0
        for row in resource.each():
            self.rows += 1
            for field in resource.fields:
                if field.name in sizes:
                    sizes[field.name].hold(typed(resource, field, row[field.name]))
        kinds = [(f, sizes[f.name].kind if f.name in sizes else _plain(f)) for f in resource.fields]
        fields = [pyarrow.field(f.name, kind, not f.required, _said(f)) for f, kind in kinds]
        self.schema = pyarrow.schema(fields, _said(resource))

    def write(self, rows: Iterable[Row], path: Path, without: str = "") -> None:
        """Write rows into a file, ``without`` one column; never more than a group is in memory."""
        import pyarrow
        from pyarrow import parquet

        schema = self.schema
        if without:
            schema = schema.remove(schema.get_field_index(without))
        waiting = iter(rows)
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for start in range(0, max(self.rows, 1), _ROWS):
                most = min(_ROWS, self.rows - start)
                parts = [self._part(waiting, schema, most - at) for at in range(0, most, _AT_ONCE)]
                group = pyarrow.concat_tables(parts) if parts else schema.empty_table()
                if start == 0 or group.num_rows:
                    writer.write_table(group.combine_chunks(), _ROWS)

    def _part(self, waiting: Iterator[Row], schema: pyarrow.Schema, most: int) -> pyarrow.Table:
        """A part of a group: as Arrow has rows they take a tenth of what they take as ours."""
        import pyarrow

        rows = list(islice(waiting, min(most, _AT_ONCE)))
        arrays = [self._array(rows, name) for name in schema.names]
        return pyarrow.Table.from_arrays(arrays, schema=schema)

    def _array(self, rows: Sequence[Row], name: str) -> Any:
        import pyarrow

        (field,) = (each for each in self.resource.fields if each.name == name)
        kind = self.schema.field(name).type
        if kind == pyarrow.string():  # a number that is longer than any decimal stays text
            return pyarrow.array([row[name] or None for row in rows], type=kind)
        return pyarrow.array([typed(self.resource, field, row[name]) for row in rows], type=kind)


class _Size:
    """How large the numbers of a column are."""

    def __init__(self, field: PublishedField) -> None:
        self.field = field
        amount = field.column_type == "value" or field.measure
        self.before, self.after = 1, _CENTS if amount else 0
        self.largest = 0

    def hold(self, value: Decimal | Scalar | date) -> None:
        """Make room for one more."""
        if isinstance(value, Decimal):
            self.after = max(self.after, -_exponent(value))
            self.before = max(self.before, value.adjusted() + 1)
        elif isinstance(value, int):
            self.largest = max(self.largest, abs(value))

    @property
    def kind(self) -> pyarrow.DataType:
        """Return the type that holds every value; an amount has at least its cents."""
        import pyarrow

        if self.field.type != "number":
            return pyarrow.string() if self.largest >= 2**63 else _plain(self.field)
        for digits in _DIGITS:
            if self.before + self.after <= digits:
                return pyarrow.decimal128(digits, self.after)
        return pyarrow.string()


def _plain(field: PublishedField) -> pyarrow.DataType:
    import pyarrow

    kinds = {
        "integer": pyarrow.int64(), "year": pyarrow.int16(), "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }  # fmt: skip
    return kinds.get(field.type, pyarrow.string())


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _said(described: PublishedField | PublishedResource) -> dict[str, str]:
    """What a column or a file is called, in both languages; each part says it again."""
    said = {"title": described.titles.chinese, "title_english": described.titles.english}
    return {key: value for key, value in said.items() if value}
