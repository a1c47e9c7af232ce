"""Excel workbooks, the same bytes for the same rows: text stays text, numbers stay exact."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.website.files.chinese_values import heading
from generator.website.files.sheet_parts import EXCEL, SheetContent, SheetLimits, continued, fitted
from generator.website.published.package import PublishedField
from generator.website.published.rows import Row
from generator.website.published.typed_values import NUMBER, NUMERIC
from generator.website.wording.words import CONSTRAINTS, TYPES

# xlsxwriter would write the clock's time; a workbook of the same rows must not change from build
# to build.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# A double keeps 15 significant digits: a longer amount is written as text rather than altered.
_EXACT_DIGITS = 15
#: What the sheet of all columns says of each.
_DICTIONARY = (
    ("工作表", 24), ("列", 28), ("字段", 28), ("类型", 8), ("说明", 80), ("取值和约束", 60),
)  # fmt: skip
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


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
        sheet.write_string(*place, value, text)
    else:
        sheet.write_blank(*place, None, text)


def workbook(
    sheets: Sequence[SheetContent],
    notes: Sequence[tuple[str, str]],
    limits: SheetLimits = EXCEL,
) -> bytes:
    """Make a workbook: 说明 with the notes (label and text), the sheets, and 字段 on all columns.

    What a sheet cannot hold is parted, and 说明 says so.
    """
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    taken = {"说明", "字段"}
    found = [fitted(sheet, limits) for sheet in sheets]
    notes = [*notes, *(("分开", said) for _, each in found for said in each)]
    _write_notes(book, book.add_worksheet("说明"), notes, limits)
    for sheet in (sheet for parts, _ in found for sheet in parts):
        _write_sheet(book, book.add_worksheet(_sheet_name(sheet.name, taken)), sheet)
    _write_dictionary(book, book.add_worksheet("字段"), sheets, limits)
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
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    notes: Sequence[tuple[str, str]],
    limits: SheetLimits,
) -> None:
    bold, wrap = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    _write_texts(sheet, 0, notes, (bold, wrap), limits)


def _write_dictionary(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    sheets: Sequence[SheetContent],
    limits: SheetLimits,
) -> None:
    """Write what every column of every sheet is."""
    head = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(_DICTIONARY):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, width)
    rows = [_described(each, field) for each in sheets for field in each.fields]
    _write_texts(sheet, 1, rows, (wrap,) * len(_DICTIONARY), limits)
    sheet.freeze_panes(1, 0)


def _described(sheet: SheetContent, field: PublishedField) -> tuple[str, ...]:
    words = {"True": "是", "False": "否", **sheet.values.words(field)}
    constraints = (
        f"{CONSTRAINTS.get(key, key)}：{'、'.join(words.get(value, value) for value in values)}"
        for key, values in field.constraints
    )
    kind = TYPES.get(field.type, field.type)
    return (
        sheet.name, heading(field), field.name, kind, field.descriptions.chinese,
        "；".join(constraints),
    )  # fmt: skip


def _write_texts(
    sheet: Worksheet,
    first: int,
    rows: Iterable[Sequence[str]],
    formats: Sequence[Format],
    limits: SheetLimits,
) -> None:
    """Write rows of texts from a row on; one that is too long goes on in the row below."""
    parted = (part for row in rows for part in continued(row, (0,), limits.characters))
    for at, row in enumerate(parted, first):
        for column, (text, look) in enumerate(zip(row, formats, strict=True)):
            sheet.write_string(at, column, text, look)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Worksheet, content: SheetContent) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats: dict[int, Format] = {}
    for column, field in enumerate(content.fields):
        title = heading(field)
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, _column_width(title, field, content.rows))
        _write_column(book, sheet, column, content, formats)
    sheet.freeze_panes(1, 0)
    if content.fields:
        sheet.autofilter(0, 0, len(content.rows), len(content.fields) - 1)


def _write_column(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    column: int,
    content: SheetContent,
    formats: dict[int, Format],
) -> None:
    field = content.fields[column]
    say, amount = content.values.speaker(field), field.type == "number"
    numbers = field.type in NUMERIC
    for at, row in enumerate(content.rows, 1):
        value = say(row)
        if not value:
            continue
        if numbers and exact(value):
            decimals = len(value.partition(".")[2]) if amount else -1
            if decimals not in formats:
                formats[decimals] = book.add_format({"num_format": number_format(decimals)})
            sheet.write_number(at, column, float(value), formats[decimals])
        else:
            sheet.write_string(at, column, value)


def exact(value: str) -> bool:
    """Tell whether a number can be kept, to its last digit, in a cell of Excel."""
    return (
        bool(NUMBER.fullmatch(value)) and len(value.lstrip("-0.").replace(".", "")) <= _EXACT_DIGITS
    )


def number_format(decimals: int) -> str:
    """Return Excel's format: integers plain, amounts grouped with their printed decimals."""
    return "0" if decimals < 0 else "#,##0" + ("." + "0" * decimals if decimals else "")


def _column_width(title: str, field: PublishedField, rows: Sequence[Row]) -> float:
    widest = max((_width(row[field.name].partition("\n")[0]) for row in rows[:60]), default=0)
    # The room for an amount includes the thousands separators that its format adds.
    extra = 4 if field.type == "number" else 2
    return min(max(widest + extra, min(_width(title), 20) + 3, 8), 60)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
