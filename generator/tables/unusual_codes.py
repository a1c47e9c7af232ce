"""Codes with a digit too few or too many: the row is read, but of no class, and its level doubted.

Whose digit is missing nobody can tell, so the code stays in the label and classifies nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator.meaning.amounts import is_code
from generator.models import Row
from generator.tables.rows import TableReading

_WHY = "科目编码“{code}”的位数不对，级次不能确定"


def without_unusual_code(row: Row, reading: TableReading) -> Row:
    """Take an unusual code away from its row, and say so; the label keeps it."""
    if not row.code or is_code(row.code):
        return row
    label = row.label if row.code in row.label else f"{row.code} {row.label}".strip()
    reading.report.add(
        "code-unusual",
        row.line,
        title=reading.title,
        printed=row.code,
        digits=len(row.code),
        text=label.strip(),
    )
    return replace(row, code="", label=label, level_doubt=_WHY.format(code=row.code))


def is_without_code(row: Row) -> bool:
    """Tell whether the row lost an unusual code."""
    return bool(row.level_doubt) and not row.code


def level_by_neighbours(rows: Sequence[Row]) -> list[Row]:
    """Give such rows the level of rows with their indentation, else of the row before them."""
    levels = {row.indent: row.level for row in rows if row.code}
    ranked: list[Row] = []
    for row in rows:
        if is_without_code(row):
            above = ranked[-1].level if ranked else 1
            level = levels.get(row.indent, above) if len(levels) > 1 else above
            ranked.append(replace(row, level=max(1, level), role="item"))
        else:
            ranked.append(row)
    return ranked
