"""Cells: the amounts of a row, and why those are in doubt that were not read beyond doubt.

What is no amount is named and left blank. What a page's reading doubts is named too; it stays only
where the text of the cell is a whole amount and the doubt is of what stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec.structs import replace

from generator.meaning.amounts import decimals, is_dash, read_amount
from generator.models import Box, Cell, Doubt, Line, Row
from generator.tables.rows import TableReading

#: What is said of a cell that the reading of a page doubts.
WHY: Mapping[Doubt, str] = {
    "picture": "有图片",
    "curves": "有描成曲线的图形",
    "form_field": "有表单域",
    "annotation": "有批注",
    "unknown_character": "有无法识别的字符",
    "overlaid": "有别的文字压在上面",
    "struck_through": "有划线删去的文字",
    "two_amounts": "有不止一个金额",
    "raised_mark": "有偏高的小字，可能是脚注号",
}
_NOT_AN_AMOUNT = "不是金额"
_OTHER_UNIT = "金额单位与全表不同"
_MORE_DECIMALS = "小数位数比别的金额多，末位可能是脚注号"
_NO_DECIMALS = "没有小数，与别的金额不同，可能是页码"
# Amounts without decimals are few where for each there are so many with them.
_RARE = 10
_PAGE_DIGITS = 3
_TOO_LONG = "位数太多，可能是几个数连在一起"
_WRONG_COUNT = "该行金额个数不对，没有读取"
# More digits before the point than any sum that a government counts, in yuan.
_MOST_DIGITS = 16
# Doubts of what stands beside the text of a cell, not of the text.
_BESIDE: frozenset[Doubt] = frozenset({"picture", "curves", "form_field", "annotation"})
# How many amounts with the usual decimals there are at least for each that has more.
_USUAL = 3


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row, or of a side of it, and why some are in doubt, by their place."""

    cells: tuple[Cell | None, ...]
    doubts: Mapping[int, str] = field(default_factory=dict)


def unread_cells(width: int) -> Cells:
    """The cells of a row whose amounts are too few or too many to know which is which."""
    return Cells((None,) * width, dict.fromkeys(range(width), _WRONG_COUNT))


def checked_cells(
    amounts: Sequence[str],
    line: Line,
    reading: TableReading,
    places: Sequence[int] = (),
    *,
    label: str = "",
    side: str = "",
) -> Cells:
    """Make cells; what is not an amount is reported and left blank.

    ``places`` are those of the amounts among the line's cells, whose boxes they take; ``label``
    and ``side`` say in which row they stand.
    """
    columns = [c.title for c in reading.columns if c.measure and c.direction in ("", side)]
    cells: list[Cell | None] = []
    doubts: dict[int, str] = {}
    for index, amount in enumerate(amount.strip() for amount in amounts):
        place = places[index] if places else None
        doubt = doubt_at(line, place)
        why = _why(amount, doubt, reading)
        keep = (
            amount
            and not read_amount(amount).blank
            and (why in ("", _TOO_LONG) or _is_kept(amount, doubt))
        )
        cells.append(Cell(amount, line.number, _box(line, place)) if keep else None)
        if why:
            doubts[index] = why
            column = columns[index] if index < len(columns) else ""
            _report(why, amount, line, reading, f"“{label.strip()}”的“{column}”")
    return Cells(tuple(cells), doubts)


def doubt_at(line: Line, place: int | None) -> Doubt:
    """Why the cell at ``place`` of a line is in doubt, by the reading of its page."""
    return line.doubts[place] if place is not None and place < len(line.doubts) else ""


def _why(amount: str, doubt: Doubt, reading: TableReading) -> str:
    worth = read_amount(amount)
    if doubt:
        return WHY[doubt]
    if worth.plain is not None:
        if worth.unit not in ("", reading.unit):
            return _OTHER_UNIT
        whole = worth.plain.lstrip("-0").partition(".")[0]
        return _TOO_LONG if len(whole) > _MOST_DIGITS else ""
    if worth.blank:
        return ""
    pieces = amount.split()
    several = len(pieces) > 1 and all(read_amount(each).plain is not None for each in pieces)
    return WHY["two_amounts"] if several else _NOT_AN_AMOUNT


def _is_kept(amount: str, doubt: Doubt) -> bool:
    return doubt in _BESIDE and read_amount(amount).plain is not None


def _report(why: str, amount: str, line: Line, reading: TableReading, where: str) -> None:
    code = "amount-not-a-number" if why == _NOT_AN_AMOUNT else "amount-in-doubt"
    reading.report.add(
        code, line.number, title=reading.title, where=where, text=amount[:80], why=why
    )


def report_doubts(reading: TableReading) -> None:
    """Report what is in doubt in cells that hold no amounts, or stand in a row without any text."""
    for line in (line for line in reading.lines if any(line.doubts)):
        texts = line.text.split("\t")
        for place, doubt in enumerate(line.doubts):
            column = reading.columns[place] if place < len(reading.columns) else None
            if doubt and not (column and column.measure and line.text.strip()):
                text = texts[place].strip() if place < len(texts) else ""
                where = f"“{column.title if column else place + 1}”列"
                _report(WHY[doubt], text, line, reading, where)


def doubt_decimals(rows: Sequence[Row], reading: TableReading) -> list[Row]:
    """Doubt the few amounts that have more decimals than all others of their table, or none.

    A small raised figure behind an amount reads as one more decimal: 44.00 as 44.001. In a text a
    page's number may stand where an amount would: a few digits without decimals.
    """
    printed = [cell.printed for row in rows for cell in row.cells if cell]
    counts = Counter(map(decimals, printed))
    whole = counts.pop(0, 0)
    paged = not any(line.boxes for line in reading.lines)
    if paged and whole and whole * _RARE <= sum(counts.values()):
        rows = [_doubted(row, _like_page_number, _NO_DECIMALS, reading) for row in rows]
    if len(counts) < 2:
        return list(rows)
    usual, often = counts.most_common(1)[0]
    more = sum(count for places, count in counts.items() if places > usual)
    if min(counts) < usual or often < _USUAL * more:
        return list(rows)  # of amounts as a spreadsheet holds them each has its own
    return [
        _doubted(row, lambda text: decimals(text) > usual, _MORE_DECIMALS, reading) for row in rows
    ]


def _like_page_number(printed: str) -> bool:
    """Whether an amount may be the number of a page: one to three digits and nothing else."""
    return printed.isdecimal() and len(printed) <= _PAGE_DIGITS and int(printed) > 0


def _doubted(row: Row, doubtful: Callable[[str], bool], why: str, reading: TableReading) -> Row:
    doubts = dict(row.doubts)
    columns = [c.title for c in reading.columns if c.measure and c.direction in ("", row.side)]
    for index, cell in enumerate(row.cells):
        if cell and index not in doubts and doubtful(cell.printed):
            doubts[index] = why
            reading.report.add(
                "amount-in-doubt",
                cell.line,
                title=reading.title,
                where=f"“{row.label.strip()}”的“{columns[index]}”",
                text=cell.printed,
                why=why,
            )
    return replace(row, doubts=doubts) if len(doubts) > len(row.doubts) else row


def _box(line: Line, place: int | None) -> Box | None:
    return line.boxes[place] if place is not None and place < len(line.boxes) else None


def amount_of(cell: Cell | None) -> Decimal | None:
    """The amount that a cell adds to a sum: zero where it is blank, None where it is no amount."""
    if cell is None or is_dash(cell.printed):
        return Decimal(0)
    plain = read_amount(cell.printed).plain
    return None if plain is None else Decimal(plain)
