"""Row keys: what each row of a table is known by, in identifiers and addresses."""

from __future__ import annotations

from msgspec.structs import replace

from generator.meaning.keys import key_of, told_apart
from generator.meaning.wording import fold, strip_enumerator
from generator.models import Record, Row, Table


def with_keys(table: Table) -> Table:
    """The table, its rows and records each with the key that no other of its side has."""
    keys = told_apart(f"{row.side}/{_row_key(row)}" for row in table.rows)
    rows = (
        replace(row, key=key.partition("/")[2])
        for row, key in zip(table.rows, keys, strict=True)
    )  # fmt: skip
    names = told_apart(map(_record_key, table.records))
    records = (replace(record, key=name) for record, name in zip(table.records, names, strict=True))
    return replace(table, rows=tuple(rows), records=tuple(records))


def _row_key(row: Row) -> str:
    """The code of a row, else the key of its name without its number; behind that of its unit."""
    name = strip_enumerator(row.name or row.label)
    own = row.code or key_of(name)
    of_unit = row.unit and not row.unit.startswith(name) and fold(row.unit) != fold(name)
    return f"{key_of(row.unit)}-{own}" if of_unit else own


def _record_key(record: Record) -> str:
    """The key of a row of words: of its section and label, else of all that it says."""
    named = [record.values.get(name, "") for name in ("section", "label")]
    return key_of(*(named if named[1] else record.values.values()))
