"""Parquet files of everything: typed, amounts as decimals, codes as text; facts in parts.

Facts are parted by region and year, as Hive does: `facts/region_code=440113/year=2025/`. Nothing is
written where pyarrow, the extra `parquet`, is not installed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from generator.website.published.package import PublishedField, PublishedResource
from generator.website.published.rows import Row
from generator.website.published.typed_values import Scalar, typed

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


@dataclass(frozen=True)
class ParquetFile:
    """One file: its path below the folder of Parquet files, its bytes and its rows.

    `values` are those that its rows share, where it is a part; one that is not known is left out.
    """

    path: str
    data: bytes
    rows: int
    values: tuple[str, ...] = ()


@cache
def can_write_parquet() -> bool:
    """Tell whether pyarrow is there."""
    return find_spec("pyarrow") is not None


def parquet_files(resources: Sequence[PublishedResource]) -> Iterator[ParquetFile]:
    """Yield the files of all resources.

    Raises:
        PackageError: A cell is not of its field's type.
    """
    known = {each.name: each for each in resources}
    regions = _regions(known["departments"]) if "departments" in known else {}
    for resource in sorted(resources, key=lambda each: each.name):
        rows = resource.read()
        names = {field.name for field in resource.fields}
        table = _Table(resource, rows)
        if resource.name == PARTED and {"department", _YEAR} <= names:
            yield from _parts(table, rows, regions)
        else:
            yield ParquetFile(f"{resource.name}.parquet", table.written(), len(rows))


def _regions(departments: PublishedResource) -> Mapping[str, str]:
    """The code of the region of each department, as far as it is known."""
    rows = departments.read()
    return {row["department"]: row[_REGION] for row in rows if row.get(_REGION)}


def _parts(table: _Table, rows: Sequence[Row], regions: Mapping[str, str]) -> Iterator[ParquetFile]:
    """The files of a table by region and year, which then stand in the path alone."""
    parts: dict[tuple[str, str], list[int]] = {}
    for at, row in enumerate(rows):
        key = regions.get(row["department"]) or _NONE, row[_YEAR] or _NONE
        parts.setdefault(key, []).append(at)
    for (region, year), places in sorted(parts.items()):
        path = f"{PARTED}/{_REGION}={region}/{_YEAR}={year}/{PARTED}.parquet"
        data = table.written(places, without=_YEAR)
        shared = tuple(each for each in (region, year) if each != _NONE)
        yield ParquetFile(path, data, len(places), shared or (_NONE,))


class _Table:
    """A resource as Arrow has it: the type of a column is the same in each of its parts."""

    def __init__(self, resource: PublishedResource, rows: Sequence[Row]) -> None:
        import pyarrow

        fields, arrays = [], []
        for field in resource.fields:
            values = [typed(resource, field, row[field.name]) for row in rows]
            kind = _type(field, values)
            if kind == pyarrow.string():  # a number that is longer than any decimal stays text
                values = [row[field.name] or None for row in rows]
            arrays.append(pyarrow.array(values, type=kind))
            fields.append(pyarrow.field(field.name, kind, not field.required, _said(field)))
        schema = pyarrow.schema(fields, _said(resource))
        self.whole: Any = pyarrow.Table.from_arrays(arrays, schema=schema)

    def written(self, places: Sequence[int] | None = None, without: str = "") -> bytes:
        """Return the file of all rows, or of those at the places, ``without`` one column."""
        from pyarrow import parquet

        table = self.whole if places is None else self.whole.take(places)
        buffer = io.BytesIO()
        parquet.write_table(
            table.drop_columns([without]) if without else table,
            buffer,
            compression="zstd",
            row_group_size=_ROWS,
        )
        return buffer.getvalue()


def _type(field: PublishedField, values: Sequence[Decimal | Scalar | date]) -> pyarrow.DataType:
    import pyarrow

    kinds = {
        "integer": pyarrow.int64(), "year": pyarrow.int16(), "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }  # fmt: skip
    if field.type == "number":
        return _decimal(field, [v for v in values if isinstance(v, Decimal)])
    whole = [abs(v) for v in values if isinstance(v, int)]
    return (
        pyarrow.string()
        if max(whole, default=0) >= 2**63
        else kinds.get(field.type, pyarrow.string())
    )


def _decimal(field: PublishedField, values: Sequence[Decimal]) -> pyarrow.DataType:
    """The decimal that holds every value; an amount has at least its cents."""
    import pyarrow

    least = _CENTS if field.column_type == "value" or field.measure else 0
    after = max([least, *(-_exponent(value) for value in values)])
    before = max((value.adjusted() + 1 for value in values), default=1)
    for digits in _DIGITS:
        if max(before, 1) + after <= digits:
            return pyarrow.decimal128(digits, after)
    return pyarrow.string()


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _said(described: PublishedField | PublishedResource) -> dict[str, str]:
    """What a column or a file is called, in both languages; each part says it again."""
    said = {"title": described.titles.chinese, "title_english": described.titles.english}
    return {key: value for key, value in said.items() if value}
