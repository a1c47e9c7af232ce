"""The rows of a sheet as its XML (ECMA-376), column by column.

The library writes cell by cell, which took two thirds of the time of a whole site. What is here is
only the rows; all else of a workbook is the library's. The same rows give the same XML in every
workbook, as the styles have the same numbers in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.website.files.chinese_values import heading
from generator.website.files.sheet_parts import SheetContent
from generator.website.published.package import PublishedField
from generator.website.published.typed_values import NUMBER, NUMERIC

# A double keeps 15 significant digits: a longer amount is written as text rather than altered.
_EXACT_DIGITS = 15
_TOP = {"text_wrap": True, "valign": "top"}
#: The styles of all sheets that are written here, in the order of their numbers from 1.
BOLD, WRAPPED, HEAD, HEADING = 1, 2, 3, 4
_LOOKS: tuple[dict[str, object], ...] = (
    {"bold": True},
    _TOP,
    {"bold": True, "bottom": 1},
    {"bold": True, "bottom": 1, **_TOP},
)
#: Behind them, the formats of integers and of amounts with so many decimals.
_WHOLE = len(_LOOKS) + 1
# What would end the XML, or what Excel writes as `_x000D_`, or takes for that.
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_ONE = re.compile(r"(_x[0-9A-Fa-f]{4}_)")


class SheetOfXml(Worksheet):  # type: ignore[misc]  # it comes without types
    """A sheet whose rows are XML already."""

    def fill(self, rows: Iterable[str], count: int, columns: int) -> None:
        """Take the rows, and how many rows and columns they are."""
        self._rows = rows
        if count and columns:
            self.dim_rowmin, self.dim_rowmax = 0, count - 1
            self.dim_colmin, self.dim_colmax = 0, columns - 1

    def _write_rows(self) -> None:
        super()._write_rows()  # those that were given cell by cell, above the others
        self.fh.writelines(self._rows)


def add_styles(book: Workbook) -> None:
    """Give a new workbook the styles, so that each has its number."""
    formats: tuple[dict[str, object], ...] = tuple(
        {"num_format": number_format(decimals)} for decimals in range(-1, _EXACT_DIGITS + 1)
    )
    for number, look in enumerate((*_LOOKS, *formats), 1):
        if style_of(book, look) != number:
            raise AssertionError("a workbook numbers its styles from 1, in their order")


def style_of(book: Workbook, look: Mapping[str, object]) -> int:
    """Give a workbook a style, and return its number."""
    return int(book.add_format(dict(look))._get_xf_index())


def exact(value: str) -> bool:
    """Tell whether a number can be kept, to its last digit, in a cell of Excel."""
    return (
        bool(NUMBER.fullmatch(value)) and len(value.lstrip("-0.").replace(".", "")) <= _EXACT_DIGITS
    )


def number_format(decimals: int) -> str:
    """Return Excel's format: integers plain, amounts grouped with their printed decimals."""
    return "0" if decimals < 0 else "#,##0" + ("." + "0" * decimals if decimals else "")


def content_rows(content: SheetContent) -> list[str]:
    """Return the rows of a sheet, that of the headings first."""
    columns = [_column(content, at, field) for at, field in enumerate(content.fields)]
    titles = [heading(field) for field in content.fields]
    first = row_of(1, (text_cell(at, 1, each, HEADING) for at, each in enumerate(titles)))
    rows = zip(*columns, strict=True) if columns else ()
    return [first, *(row_of(at, cells) for at, cells in enumerate(rows, 2))]


def text_rows(rows: Iterable[Sequence[str]], styles: Sequence[int], first: int = 1) -> list[str]:
    """Return rows of texts from a row on, each column in its style; a blank has its style, too."""
    return [
        row_of(at, (text_cell(c, at, each, styles[c]) for c, each in enumerate(row)))
        for at, row in enumerate(rows, first)
    ]


def row_of(number: int, cells: Iterable[str]) -> str:
    """Return one row."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def _column(content: SheetContent, column: int, field: PublishedField) -> Iterator[str]:
    say, amount = content.values.speaker(field), field.type == "number"
    numbers = field.type in NUMERIC
    for at, row in enumerate(content.rows, 2):
        value = say(row)
        if not value:
            yield ""
        elif numbers and exact(value) and (decimals := _decimals(value, amount)) <= _EXACT_DIGITS:
            yield number_cell(column, at, value, _WHOLE + 1 + decimals)
        else:
            yield text_cell(column, at, value)


def _decimals(value: str, amount: bool) -> int:
    return len(value.partition(".")[2]) if amount else -1


def number_cell(column: int, row: int, value: str, style: int) -> str:
    """Return a cell with a number that `exact` tells can be kept."""
    return f'<c r="{_name(column)}{row}" s="{style}"><v>{float(value):.16G}</v></c>'


def text_cell(column: int, row: int, text: str, style: int = 0) -> str:
    """Return a cell with a text, or a blank one in its style."""
    look = f' s="{style}"' if style else ""
    if not text:
        return f'<c r="{_name(column)}{row}"{look}/>'
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    if _SPECIAL.search(text):
        text = _escaped(text)
    return f'<c r="{_name(column)}{row}"{look} t="inlineStr"><is><t{space}>{text}</t></is></c>'


@cache
def _name(column: int) -> str:
    return str(xl_col_to_name(column))


def _escaped(text: str) -> str:
    text = _LIKE_ONE.sub(r"_x005F\1", text)
    text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
