"""Made: what the package of all takes of one disclosure, beside the files of its own package."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.meaning.crosswalks import SCHEMES
from generator.models import Checked, Department
from generator.packages.codes import CODES, printed_codes
from generator.packages.columns import ColumnSaid, printed_columns
from generator.packages.counted_findings import (
    findings_counted,
    findings_that_tell,
    tables_of,
)
from generator.packages.descriptors import sources_of
from generator.packages.imprint import last_day
from generator.packages.noted import STREAMED, Noted, noted, rows_of_file
from generator.packages.registers import register_row
from generator.packages.resources import listed

#: A code and a name as printed, and how often.
CodeCount = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Made:
    """What is registered of a disclosure: who, when, of what; its columns, and the codes it prints.

    ``row`` is that of ``disclosures.csv`` but for what is not its own: problems, and being kept.
    ``noted`` has its files, ``money`` how its amounts are mapped, by scheme; of its findings there
    are those that do not hold (``telling``), how many are ``counted``, and the ``tables`` of all.
    """

    id: str
    department: Department
    year: int
    files: tuple[str, ...]
    row: tuple[str, ...]
    columns: tuple[ColumnSaid, ...]
    codes: dict[str, tuple[CodeCount, ...]]
    sources: tuple[dict[str, Any], ...]
    day: str
    noted: dict[str, Noted]
    money: dict[str, tuple[tuple[str, str], ...]]
    telling: tuple[tuple[str, ...], ...]
    counted: tuple[tuple[str, ...], ...]
    tables: tuple[str, ...]


def made_of(checked: Checked, package: Path) -> Made:
    """What is registered of one disclosure, and what its package says of its rows."""
    disclosure = checked.disclosure
    rows = {name: rows_of_file((package / listed(name, ()).path).read_bytes()) for name in STREAMED}
    of_findings = [field.name for field in listed("findings", ()).fields]
    findings = rows.pop("findings")
    return Made(
        disclosure.id,
        disclosure.department,
        disclosure.extract.year,
        tuple(dict.fromkeys(document.file for document in disclosure.documents)),
        register_row(checked),
        printed_columns(disclosure),
        {
            each: tuple(
                (*named, n) for named, n in Counter(printed_codes(each, disclosure)).items()
            )
            for each in CODES
        },
        tuple(sources_of(disclosure)),
        last_day(disclosure),
        {name: noted(listed(name, ()), disclosure.id, each) for name, each in rows.items()},
        {each: tuple((r[-1], r[-3]) for r in rows[f"{each}-amounts"]) for each in SCHEMES},
        tuple(map(tuple, findings_that_tell(of_findings, findings))),
        tuple(map(tuple, findings_counted(of_findings, findings))),
        tuple(sorted(tables_of(of_findings, findings))),
    )
