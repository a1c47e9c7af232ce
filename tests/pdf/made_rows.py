"""Rows of made tables: as they are typeset, and what must be read back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.pdf.model import Leaves

NUMERALS = "一二三四五六七八九十"
#: One side of a row of a two-sided table: label, amount (None: blank), role and level.
Entry = tuple[str, int | None, str, int]
Side = Sequence[Entry]


@dataclass(frozen=True)
class Expected:
    """One side of a printed row as it must be read; a blank cell is an empty text."""

    side: str
    code: str
    name: str
    level: int
    role: str
    unit: str
    cells: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Printed:
    """A row as it is typeset: its cells, and how many characters its label is indented."""

    cells: tuple[str, ...]
    indent: int = 0


@dataclass(frozen=True)
class MadeTable:
    """A table: how it is typeset, and what must be read back."""

    id: str
    number: int
    title: str
    unit: str
    columns: tuple[tuple[str, ...], ...]
    labels: tuple[int, ...]
    printed: tuple[Printed, ...]
    expected: tuple[Expected, ...]
    note: str = "注：无。"

    @property
    def wide(self) -> bool:
        """Whether it needs a page on its side."""
        return len(self.columns) > 6

    @property
    def total(self) -> Printed | None:
        """Its row of totals, where it begins with one."""
        return self.printed[0] if "合计" in self.printed[0].cells else None


@dataclass(frozen=True)
class MadeDocument:
    """A disclosure: ``kind`` is 预算 or 决算, as its titles say."""

    department: str
    year: int
    kind: str
    duties: tuple[str, ...]
    tables: tuple[MadeTable, ...]


def money(amount: int, unit: str) -> str:
    """Print hundreds of yuan in 元 or 万元, with two decimals."""
    return f"{amount * 100:,d}.00" if unit == "元" else f"{amount // 100:,d}.{amount % 100:02d}"


def _tree(leaves: Leaves) -> list[tuple[str, tuple[int, ...]]]:
    """The leaves and all classes above them, in the order of codes, with their sums."""
    sums: Leaves = {}
    for code, amounts in leaves.items():
        for length in range(3, len(code) + 1, 2):
            before = sums.get(code[:length], (0,) * len(amounts))
            sums[code[:length]] = tuple(a + b for a, b in zip(before, amounts, strict=True))
    return sorted(sums.items())


def _total(leaves: Leaves, width: int) -> tuple[int, ...]:
    sums = [0] * width
    for amounts in leaves.values():
        sums = [a + b for a, b in zip(sums, amounts, strict=True)]
    return tuple(sums)


def _level(code: str) -> int:
    return (len(code) - 1) // 2


def coded(
    leaves: Leaves, names: dict[str, str], unit: str, width: int, split: bool
) -> tuple[list[Printed], list[Expected]]:
    """The rows of a table by code: its total, then all classes; ``split`` parts code and name."""
    total = tuple(money(amount, unit) for amount in _total(leaves, width))
    printed = [Printed(("", "合计", *total) if split else ("合计", *total))]
    expected = [Expected("", "", "合计", 0, "total", "", total)]
    codes = {code for code, _ in _tree(leaves)}
    for code, amounts in _tree(leaves):
        cells = tuple(money(amount, unit) for amount in amounts)
        label = (code, names[code]) if split else (f"[{code}]{names[code]}",)
        printed.append(Printed((*label, *cells), _level(code) - 1))
        role = "subtotal" if any(c != code and c.startswith(code) for c in codes) else "item"
        expected.append(Expected("", code, names[code], _level(code), role, "", cells))
    return printed, expected


def numbered(labels: Iterable[Entry], first: int = 1) -> Side:
    """Number the labels of a side with 一、 二、 …"""
    return [
        (f"{_numeral(number)}、{label}", amount, role, level)
        for number, (label, amount, role, level) in enumerate(labels, start=first)
    ]


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    start = "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return start + (NUMERALS[ones - 1] if ones else "")


def two_sided(
    name: tuple[str, int, str], unit: str, left: Side, right: Side, total: int
) -> MadeTable:
    """A table of two sides: ``left`` is filled up with blanks before the closing rows."""
    closing = [("本年收入合计", "本年支出合计"), ("收入总计", "支出总计")]
    expected: list[Expected] = []
    printed: list[Printed] = []
    blank = ("", None, "", 0)
    for index in range(max(len(left), len(right))):
        pair = [side[index] if index < len(side) else blank for side in (left, right)]
        printed.append(Printed(tuple(cell for entry in pair for cell in _entry(entry, unit))))
        for side, entry in zip(("income", "expenditure"), pair, strict=True):
            if entry[0]:
                expected.append(_sided(side, entry, unit))
    for labels, role, level in zip(closing, ("subtotal", "total"), (1, 0), strict=True):
        sides = [(label, total, role, level) for label in labels]
        printed.append(Printed(tuple(cell for entry in sides for cell in _entry(entry, unit))))
        expected += [_sided("income", sides[0], unit), _sided("expenditure", sides[1], unit)]
    columns = (("收入", "项目"), ("收入", "预算"), ("支出", "项目"), ("支出", "预算"))
    return MadeTable(*name, unit, columns, (), tuple(printed), tuple(expected))


def _entry(entry: Entry, unit: str) -> tuple[str, str]:
    return entry[0], "" if entry[1] is None else money(entry[1], unit)


def _sided(side: str, entry: Entry, unit: str) -> Expected:
    label, amount, role, level = entry
    name = label.split("、", 1)[-1]
    return Expected(
        side, "", name, level, role, "", ("" if amount is None else money(amount, unit),)
    )
