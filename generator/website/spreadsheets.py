"""Excel workbooks, the same bytes for the same rows: text stays text, numbers stay exact."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.website.package import PublishedField
from generator.website.rows import Row

# xlsxwriter would write the clock's time; a workbook of the same rows must not change from build
# to build.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# A double keeps 15 significant digits: a longer amount is written as text rather than altered.
_EXACT_DIGITS = 15
MOST_CHARACTERS = 32_767  # the longest text that a cell of Excel holds
MOST_ROWS = 1_048_575  # below the header
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class SheetContent:
    """One sheet: its name (made to fit Excel's rules), its fields and its rows."""

    name: str
    fields: Sequence[PublishedField]
    rows: Sequence[Row]


def new_workbook(buffer: io.BytesIO) -> xlsxwriter.Workbook:
    """Open a workbook that holds text as text and no clock's time."""
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _CREATED, "author": "", "title": ""})
    return book


def write_value(
    sheet: Worksheet, place: tuple[int, int], value: str, text: Format, number: Format | None = None
) -> None:
    """Write a value as a number where it is one, exactly, and `number` is given; else as text."""
    if number is not None and exact(value):
        sheet.write_number(*place, float(value), number)
    elif value:
        sheet.write_string(*place, value[:MOST_CHARACTERS], text)
    else:
        sheet.write_blank(*place, None, text)


def workbook(sheets: Sequence[SheetContent], notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """Make a workbook of sheets, led by a sheet 说明 when there are notes (label and text)."""
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    taken: set[str] = set()
    if notes:
        _write_notes(book, book.add_worksheet(_sheet_name("说明", taken)), notes)
    for sheet in sheets:
        _write_sheet(book, book.add_worksheet(_sheet_name(sheet.name, taken)), sheet)
    book.close()
    return buffer.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """Make a name Excel accepts: 31 characters, none forbidden, unlike the others."""
    clean = _FORBIDDEN.sub(" ", name).strip()[:31] or "表"
    number, tried = 1, clean
    while tried.lower() in taken:
        number += 1
        tried = f"{clean[: 30 - len(str(number))]} {number}"
    taken.add(tried.lower())
    return tried


def _write_notes(
    book: xlsxwriter.Workbook, sheet: Worksheet, notes: Sequence[tuple[str, str]]
) -> None:
    bold, wrap = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    for at, (label, text) in enumerate(notes):
        sheet.write_string(at, 0, label, bold)
        sheet.write_string(at, 1, text[:MOST_CHARACTERS], wrap)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Worksheet, content: SheetContent) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats: dict[int, Format] = {}
    for column, field in enumerate(content.fields):
        title = " ".join(field.headings) if field.headings else field.title
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, _column_width(title, field, content.rows))
    for at, row in enumerate(content.rows[:MOST_ROWS], 1):
        for column, field in enumerate(content.fields):
            _write_cell(book, sheet, (at, column), (field, row[field.name]), formats)
    sheet.freeze_panes(1, 0)
    if content.fields:
        sheet.autofilter(0, 0, len(content.rows), len(content.fields) - 1)


def _write_cell(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    place: tuple[int, int],
    content: tuple[PublishedField, str],
    formats: dict[int, Format],
) -> None:
    field, value = content
    if not value:
        return
    if field.type in ("number", "integer", "year") and exact(value):
        decimals = len(value.partition(".")[2]) if field.type == "number" else -1
        if decimals not in formats:
            formats[decimals] = book.add_format({"num_format": number_format(decimals)})
        sheet.write_number(*place, float(value), formats[decimals])
    else:
        sheet.write_string(*place, value[:MOST_CHARACTERS])


def exact(value: str) -> bool:
    """Tell whether a number can be kept, to its last digit, in a cell of Excel."""
    return (
        bool(_NUMBER.fullmatch(value))
        and len(value.lstrip("-0.").replace(".", "")) <= _EXACT_DIGITS
    )


def number_format(decimals: int) -> str:
    """Return Excel's format: integers plain, amounts grouped with their printed decimals."""
    return "0" if decimals < 0 else "#,##0" + ("." + "0" * decimals if decimals else "")


def _column_width(title: str, field: PublishedField, rows: Sequence[Row]) -> float:
    widest = max((_width(row[field.name].partition("\n")[0]) for row in rows[:200]), default=0)
    # The room for an amount includes the thousands separators that its format adds.
    extra = 4 if field.type == "number" else 2
    return min(max(widest + extra, min(_width(title), 20) + 3, 8), 60)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
