"""Changing the records of a table of words."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from generator.models import Disclosure, Table


def with_record(
    disclosure: Disclosure, table: str, number: int, values: Mapping[str, str]
) -> Disclosure:
    """The disclosure with some values of one record changed."""

    def changed(each: Table) -> Table:
        if each.id != table:
            return each
        records = tuple(
            replace(record, values={**record.values, **values}) if at == number else record
            for at, record in enumerate(each.records, start=1)
        )
        return replace(each, records=records)

    extract = disclosure.extract
    tables = tuple(changed(each) for each in extract.tables)
    return replace(disclosure, extract=replace(extract, tables=tables))
