"""Made: what the package of all takes of one disclosure, beside the files of its own package."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from generator.models import Checked, Department
from generator.packages.codes import CODES, printed_codes
from generator.packages.columns import ColumnSaid, printed_columns
from generator.packages.descriptors import sources_of
from generator.packages.imprint import last_day
from generator.packages.registers import register_row

#: A code and a name as printed, and how often.
CodeCount = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Made:
    """What is registered of a disclosure: who, when, of what; its columns, and the codes it prints.

    ``row`` is that of ``disclosures.csv`` but for what is not its own: problems, and being kept.
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


def made_of(checked: Checked) -> Made:
    """What is registered of one disclosure."""
    disclosure = checked.disclosure
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
    )
