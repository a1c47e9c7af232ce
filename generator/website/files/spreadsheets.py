"""Excel workbooks, the same bytes for the same rows: text stays text, numbers stay exact."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from generator.website.files.chinese_values import heading
from generator.website.files.sheet_parts import EXCEL, SheetContent, SheetLimits, continued, fitted
from generator.website.files.sheet_xml import (
    BOLD,
    HEAD,
    WRAPPED,
    SheetOfXml,
    add_styles,
    content_rows,
    text_rows,
)
from generator.website.published.package import PublishedField
from generator.website.published.rows import Row
from generator.website.wording.words import CONSTRAINTS, TYPES

# xlsxwriter would write the clock's time; a workbook of the same rows must not change from build
# to build.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class _Columns:
    """The columns of a sheet of texts: titles or none, widths, and the styles of what is below."""

    titles: tuple[str, ...]
    widths: tuple[float, ...]
    styles: tuple[int, ...]


_NOTES = _Columns((), (16, 90), (BOLD, WRAPPED))
#: What the sheet of all columns says of each.
_DICTIONARY = _Columns(
    ("工作表", "列", "字段", "类型", "说明", "取值和约束"),
    (24, 28, 28, 8, 80, 60),
    (WRAPPED,) * 6,
)
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


@dataclass(frozen=True)
class PreparedSheet:
    """What a sheet says, made ready once for all workbooks that have it.

    `parts` are the sheets that hold all of it, `said` what was done for that.
    """

    content: SheetContent
    parts: tuple[_ReadySheet, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class _ReadySheet:
    """One sheet: its name, its rows as XML, the widths of its columns."""

    name: str
    rows: Sequence[str]
    widths: tuple[float, ...]


def prepared(content: SheetContent, limits: SheetLimits = EXCEL) -> PreparedSheet:
    """Make a sheet ready; what Excel's cannot hold is parted."""
    parts, said = fitted(content, limits)
    return PreparedSheet(content, tuple(map(_part, parts)), tuple(said))


def _part(content: SheetContent) -> _ReadySheet:
    widths = (_column_width(heading(f), f, content.rows) for f in content.fields)
    return _ReadySheet(content.name, content_rows(content), tuple(widths))


def workbook(
    sheets: Sequence[PreparedSheet],
    notes: Sequence[tuple[str, str]],
    limits: SheetLimits = EXCEL,
) -> bytes:
    """Make a workbook: 说明 with the notes (label and text), the sheets, and 字段 on all columns.

    Where a sheet is parted, 说明 says so.
    """
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    add_styles(book)
    taken = {"说明", "字段"}
    notes = [*notes, *(("分开", said) for sheet in sheets for said in sheet.said)]
    _write_texts(_added(book, "说明"), _NOTES, notes, limits)
    for part in (part for sheet in sheets for part in sheet.parts):
        _write_part(_added(book, _sheet_name(part.name, taken)), part)
    described = [_described(s.content, field) for s in sheets for field in s.content.fields]
    _write_texts(_added(book, "字段"), _DICTIONARY, described, limits)
    book.close()
    return buffer.getvalue()


def _added(book: xlsxwriter.Workbook, name: str) -> SheetOfXml:
    sheet: SheetOfXml = book.add_worksheet(name, SheetOfXml)
    return sheet


def _sheet_name(name: str, taken: set[str]) -> str:
    """Make a name Excel accepts: 31 characters, none forbidden, unlike the others."""
    clean = _FORBIDDEN.sub(" ", name).strip()[:31] or "表"
    number, tried = 1, clean
    while tried.lower() in taken:
        number += 1
        tried = f"{clean[: 30 - len(str(number))]} {number}"
    taken.add(tried.lower())
    return tried


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
    sheet: SheetOfXml, columns: _Columns, rows: Iterable[Sequence[str]], limits: SheetLimits
) -> None:
    """Write rows of texts below the titles, if any; one that is too long goes on in the next."""
    for at, width in enumerate(columns.widths):
        sheet.set_column(at, at, width)
    head = text_rows([columns.titles], [HEAD] * len(columns.titles)) if columns.titles else []
    parted = [part for row in rows for part in continued(row, (0,), limits.characters)]
    body = text_rows(parted, columns.styles, len(head) + 1)
    sheet.fill([*head, *body], len(head) + len(body), len(columns.widths))
    if head:
        sheet.freeze_panes(1, 0)


def _write_part(sheet: SheetOfXml, part: _ReadySheet) -> None:
    for column, width in enumerate(part.widths):
        sheet.set_column(column, column, width)
    sheet.fill(part.rows, len(part.rows), len(part.widths))
    sheet.freeze_panes(1, 0)
    if part.widths:
        sheet.autofilter(0, 0, len(part.rows) - 1, len(part.widths) - 1)


def _column_width(title: str, field: PublishedField, rows: Sequence[Row]) -> float:
    widest = max((_width(row[field.name].partition("\n")[0]) for row in rows[:60]), default=0)
    # The room for an amount includes the thousands separators that its format adds.
    extra = 4 if field.type == "number" else 2
    return min(max(widest + extra, min(_width(title), 20) + 3, 8), 60)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
