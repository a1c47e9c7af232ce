"""The workbook for auditors: 核对表 (doubtful findings first), 全部核对 and 规则."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from generator.website.files.audit import SINGLE, AuditLine
from generator.website.files.sheet_parts import EXCEL, SheetLimits, chunks, continued
from generator.website.files.sheet_xml import (
    SheetOfXml,
    exact,
    number_cell,
    number_format,
    row_of,
    style_of,
    text_cell,
)
from generator.website.files.spreadsheets import new_workbook
from generator.website.published.package import Package
from generator.website.wording.words import RESULTS

_LINE = (
    ("序号", 5), ("部分", 15), ("核对事项", 20), ("是否相符", 7), ("问题", 28), ("对照数", 9),
    ("原文", 9), ("相差", 9), ("单位", 6), ("页码", 6), ("原文摘录", 26), ("人工确认", 11),
    ("备注", 9),
)  # fmt: skip
_EACH = (
    ("序号", 6), ("结果", 9), ("部分", 26), ("规则", 20), ("事项", 60), ("对照数", 15),
    ("原文", 15), ("相差", 14), ("单位", 7), ("页码", 6), ("行号", 7), ("原文摘录", 40),
    ("人工确认", 24), ("编号", 40), ("用到的数", 50),
)  # fmt: skip
_RULE = (
    ("规则", 18), ("级别", 8), ("代号", 22), ("说明", 60), ("英文", 50), ("需要的表", 36),
    ("条件", 36), ("允许的误差", 36),
)  # fmt: skip
_AMOUNTS = ("对照数", "原文", "相差")
_WHOLE = ("序号", "页码", "行号")
_NUMBERS = (*_AMOUNTS, *_WHOLE)
_CENTRED = (*_WHOLE, "是否相符", "结果", "单位", "级别")
_LEVELS = {"arithmetic": "算术", "form": "形式"}
_FILLS = {"否": "#FBE3E0", "提示": "#FDF3D8", "无法判断": "#EEEEEE"}
_NOTE = (
    "有标注的 PDF 时，“否”和“提示”的序号就是上面的编号。"
    "“提示”只涉及形式和文字；四舍五入造成的尾差算相符；"
    "相差是原文减对照数；"
    "页码是所读文件的页码。对不上的地方，可能是原文的问题，也可能是读取的问题，请对照原文。"
)


@dataclass(frozen=True)
class _Sheet:
    """A sheet: its name, its columns with their widths, its rows, and the lines above them."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    above: Sequence[str] = ()


def audit_workbook(
    package: Package, lines: Sequence[AuditLine], limits: SheetLimits = EXCEL
) -> bytes:
    """Make the workbook; the same bytes for the same findings."""
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    rules = [
        (
            rule["title"], _LEVELS.get(rule["level"], rule["level"]), rule["rule"],
            rule["sentence"], rule["sentence_english"], rule["tables"], rule["condition"],
            rule["tolerance"],
        )
        for rule in package.rows("rules")
    ]  # fmt: skip
    for sheet in (
        _Sheet("核对表", _LINE, _numbered(_lines(lines)), _above(package, lines)),
        _Sheet("全部核对", _EACH, _numbered(_each(each) for each in lines)),
        _Sheet("规则", _RULE, rules),
    ):
        for name, part in _parts(sheet, limits):
            _write(book, book.add_worksheet(name, SheetOfXml), part)
    book.close()
    return buffer.getvalue()


def _parts(sheet: _Sheet, limits: SheetLimits) -> Iterator[tuple[str, _Sheet]]:
    """The sheets that hold all of its rows, with their names.

    What a cell cannot hold goes on in the row below, under the same number.
    """
    rows = [part for row in sheet.rows for part in continued(row, (0,), limits.characters)]
    parts = chunks(rows, limits.rows - len(sheet.above) - 2)
    for number, part in enumerate(parts, 1):
        said = (f"第 {number} 张，共 {len(parts)} 张：一张工作表最多 {limits.rows:,} 行。",)
        above = (*sheet.above, *(said if len(parts) > 1 else ()))
        name = sheet.name if number == 1 else f"{sheet.name} {number}"
        yield name, replace(sheet, rows=part, above=above)


def _above(package: Package, lines: Sequence[AuditLine]) -> list[str]:
    """The lines above the sheet: what was checked, which file, and what came of it."""
    counts = {word: sum(each.outcome == name for each in lines) for name, word in RESULTS.items()}
    return [
        f"{package.title} 核对表",
        *(f"文件：{source.file}　{source.hash}" for source in package.sources),
        f"共核对 {len(lines)} 项："
        + "，".join(f"{word} {count} 项" for word, count in counts.items() if count)
        + "。",
        _NOTE,
    ]


# ── rows ─────────────────────────────────────────────────────────────────────────────────


def _numbered(rows: Iterator[Sequence[str]]) -> list[Sequence[str]]:
    return [(str(number), *row) for number, row in enumerate(rows, 1)]


def _lines(lines: Sequence[AuditLine]) -> Iterator[Sequence[str]]:
    """A line for each doubtful finding; for what holds, one for each part and rule."""
    for each in lines:
        if each.outcome in SINGLE:
            yield (
                each.part, each.matter, each.answer, each.row["sentence"], *_figures(each),
                each.page, each.quote, each.row["acknowledged"], "",
            )  # fmt: skip
    held = [each for each in lines if each.outcome not in SINGLE]
    first = {each.part: _line(each) for each in sorted(held, key=_line, reverse=True)}
    held.sort(key=lambda each: (first[each.part], each.part, each.row["rule"]))
    for (part, _), group in groupby(held, key=lambda each: (each.part, each.row["rule"])):
        same = list(group)
        pages = sorted({int(each.page) for each in same if each.page.isdigit()})
        page = str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}" if pages else ""
        yield (
            part, same[0].matter, same[0].answer, "", "", "", "", "", page, "", "", _count(same),
        )  # fmt: skip


def _line(each: AuditLine) -> int:
    return int(each.row["line"] or 0)


def _count(same: Sequence[AuditLine]) -> str:
    rounded = sum(each.outcome == "rounding" for each in same)
    return f"{len(same)} 项" + (f"，其中 {rounded} 项有尾差（四舍五入）" if rounded else "")


def _figures(each: AuditLine) -> tuple[str, str, str, str]:
    row = each.row
    return row["expected"], row["printed"], row["difference"], row["printed_unit"]


def _each(each: AuditLine) -> Sequence[str]:
    row = each.row
    return (
        RESULTS.get(each.outcome, each.outcome), each.part,
        each.rule.get("title", row["rule"]), row["sentence"], *_figures(each), each.page,
        row["line"], each.quote, row["acknowledged"], row["finding_id"], row["inputs"],
    )  # fmt: skip


# ── writing ──────────────────────────────────────────────────────────────────────────────


def _write(book: xlsxwriter.Workbook, sheet: SheetOfXml, content: _Sheet) -> None:
    head = len(content.above)
    _write_above(book, sheet, content)
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        | {"bg_color": "#E8EDF2"}
    )
    for column, (title, width) in enumerate(content.columns):
        sheet.write_string(head, column, title, heading)
        sheet.set_column(column, column, _width(title, width, content.rows, column))
    writer = _Writer(book, [title for title, _ in content.columns])
    rows = [writer.row(at, row) for at, row in enumerate(content.rows, head + 2)]
    sheet.fill(rows, head + 1 + len(rows), len(content.columns))
    last = len(content.columns) - 1
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, head + len(content.rows), last)
    _set_up_print(sheet, head)


def _width(title: str, width: int, rows: Sequence[Sequence[str]], column: int) -> float:
    """The width of a column; an amount that does not fit would be shown as ####."""
    if title not in _AMOUNTS:
        return width
    amounts = (row[column] for row in rows)
    return max([width, *(len(f"{Decimal(a):,}") + 1.5 for a in amounts if exact(a))])


def _write_above(book: xlsxwriter.Workbook, sheet: Worksheet, content: _Sheet) -> None:
    """Write each line in the first cell: it runs over the empty cells beside it."""
    title = book.add_format({"bold": True, "font_size": 14})
    plain = book.add_format({"font_color": "#444444"})
    for at, text in enumerate(content.above):
        sheet.write_string(at, 0, text, plain if at else title)


def _set_up_print(sheet: Worksheet, head: int) -> None:
    """A4 on its side, as wide as the sheet, the headings on each page, pages numbered."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


class _Writer:
    """Makes the rows of one sheet, with the formats that they share."""

    def __init__(self, book: xlsxwriter.Workbook, titles: Sequence[str]) -> None:
        self.book, self.titles = book, titles
        self.formats: dict[tuple[str, bool, int | None], int] = {}

    def row(self, at: int, values: Sequence[str]) -> str:
        """Return one row; its answer gives it its colour."""
        answer = dict(zip(self.titles, values, strict=True)).get("是否相符", "")
        cells = enumerate(zip(self.titles, values, strict=True))
        fill = _FILLS.get(answer, "")
        return row_of(at, (self._cell(at, column, *cell, fill) for column, cell in cells))

    def _cell(self, at: int, column: int, title: str, value: str, fill: str) -> str:
        centred = title in _CENTRED
        if title in _NUMBERS and exact(value):
            decimals = len(value.partition(".")[2]) if title in _AMOUNTS else -1
            return number_cell(column, at, value, self._format(fill, centred, decimals))
        return text_cell(column, at, value, self._format(fill, centred, None))

    def _format(self, fill: str, centred: bool, decimals: int | None) -> int:
        key = (fill, centred, decimals)
        if key not in self.formats:
            look: dict[str, object] = {"text_wrap": True, "valign": "top", "border": 1}
            look["font_size"] = 10
            look["border_color"] = "#BBBBBB"
            if fill:
                look["bg_color"] = fill
            if centred:
                look["align"] = "center"
            if decimals is not None:
                look["num_format"] = number_format(decimals)
            self.formats[key] = style_of(self.book, look)
        return self.formats[key]
