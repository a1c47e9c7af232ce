"""What one sheet of Excel cannot hold is parted, by year and by rows, and said; nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from generator.website.files.chinese_values import ChineseValues
from generator.website.published.package import PublishedField
from generator.website.published.rows import Row

Each = TypeVar("Each")


@dataclass(frozen=True)
class SheetLimits:
    """What Excel's sheets hold: so many rows with the heading, a text of so many characters."""

    rows: int = 1_048_576
    characters: int = 32_767


EXCEL = SheetLimits()


@dataclass(frozen=True)
class SheetContent:
    """One sheet: its name (made to fit Excel's rules), its fields and its rows.

    `key` are the fields that tell the rows apart; `values` says closed fields in Chinese.
    """

    name: str
    fields: Sequence[PublishedField]
    rows: Sequence[Row]
    key: Sequence[str] = ()
    values: ChineseValues = field(default_factory=ChineseValues)


def fitted(content: SheetContent, limits: SheetLimits) -> tuple[list[SheetContent], list[str]]:
    """Return the sheets that hold all of it, and what was done for that, in sentences."""
    said = []
    names = [each.name for each in content.fields]
    repeated = [at for at, name in enumerate(names) if name in content.key]
    rows: list[Row] = []
    long = 0
    for row in content.rows:
        if 2 * sum(map(len, row.values())) <= limits.characters:  # most rows, told fast
            rows.append(row)
            continue
        pieces = continued([row[name] for name in names], repeated, limits.characters)
        if len(pieces) == 1:
            rows.append(row)
        else:
            long += 1
            rows += [dict(zip(names, piece, strict=True)) for piece in pieces]
    if long:
        said.append(
            f"“{content.name}”有 {long} 行的文字超过一个单元格的 {limits.characters:,} 字，"
            "余下的接在下一行的同一列，那一行只重复编号。"
        )
    sheets = list(_parted(replace(content, rows=rows), limits.rows - 1))
    if len(sheets) > 1:
        said.append(
            f"“{content.name}”有 {len(rows):,} 行，一张工作表最多 {limits.rows:,} 行，分成 "
            f"{len(sheets)} 张：{'、'.join(each.name for each in sheets)}。"
        )
    return sheets, said


def continued(cells: Sequence[str], repeated: Sequence[int], most: int) -> list[list[str]]:
    """Return the rows that hold these cells: what is too long goes on in the rows below.

    Those have nothing in them but the rest, and the cells `repeated`.
    """
    if all(len(cell) * 2 <= most for cell in cells):
        return [list(cells)]
    pieces = [list(_pieces(cell, most)) for cell in cells]
    rows = []
    for number in range(max(map(len, pieces))):
        row = [piece[number] if number < len(piece) else "" for piece in pieces]
        for at in repeated:
            row[at] = row[at] or pieces[at][0]
        rows.append(row)
    return rows


def chunks(items: Sequence[Each], most: int) -> list[Sequence[Each]]:
    """Return the items in stretches of at most so many; of none, one empty stretch."""
    return [items[at : at + most] for at in range(0, len(items), most)] or [items]


def _pieces(text: str, most: int) -> Iterator[str]:
    """A text in pieces that Excel holds, which counts a rare character twice (UTF-16)."""
    start = size = 0
    for at, character in enumerate(text):
        units = 2 if ord(character) > 0xFFFF else 1
        if size + units > most:
            yield text[start:at]
            start, size = at, 0
        size += units
    yield text[start:]


def _parted(content: SheetContent, most: int) -> Iterator[SheetContent]:
    """The sheets of a content: one, or one for each year, or several for one of many rows."""
    if len(content.rows) <= most:
        yield content
        return
    years: dict[str, list[Row]] = {}
    for row in content.rows:
        years.setdefault(row.get("year", ""), []).append(row)
    for year, rows in sorted(years.items()):
        name = f"{content.name[:20]} {year}年" if year else content.name[:26]
        parts = chunks(rows, most)
        for number, part in enumerate(parts, 1):
            more = f"（{number}）" if len(parts) > 1 else ""
            yield replace(content, name=f"{name}{more}", rows=part)
