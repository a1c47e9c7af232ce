"""Rows of one side: coded, labelled, by unit, or amounts alone.

In running text a row is a label, on one line or several, and then all its amounts.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.meaning.amounts import is_amount, is_nearly_amount
from generator.models import Line, Row
from generator.tables.cells import WHY, Cells, checked_cells, doubt_at, unread_cells
from generator.tables.rows import (
    Raw,
    TableReading,
    is_tabbed,
    label_indent,
    partial_run,
    split_code,
    tab_rows,
    take_run,
)
from generator.tables.unusual_codes import without_unusual_code


def read_single(reading: TableReading) -> list[Row]:
    """Read the rows of a one-sided table; roles and levels are for ``hierarchy``."""
    raws = _tabbed(reading) if is_tabbed(reading.lines) else _flowing(reading)
    return [_row(number, raw, reading) for number, raw in enumerate(raws, start=1)]


def _row(number: int, raw: Raw, reading: TableReading) -> Row:
    label = raw.label
    code, name = split_code(label) if reading.coded else ("", label)
    if code and label.startswith(code):
        label = f"{code} {name}"
    row = Row(
        number,
        label,
        name,
        raw.line,
        raw.cells,
        code=code,
        indent=raw.indent,
        doubts=raw.doubts,
        level_doubt=raw.level_doubt,
    )
    return without_unusual_code(row, reading)


def _tabbed(reading: TableReading) -> list[Raw]:
    places = reading.measures
    raws = []
    for line, cells in tab_rows(reading):
        label = _label(cells, reading)
        printed = [cells[place] for place in places]
        amounts = checked_cells(printed, line, reading, places, label=label)
        deep = max(map(label_indent, reading.texts(cells)), default=0)
        doubt = _code_doubt(line, reading)
        raws.append(Raw(line.number, [label], amounts.cells, deep, doubts=amounts.doubts))
        raws[-1].level_doubt = f"科目编码一格{doubt}" if doubt else ""
    return raws


def _code_doubt(line: Line, reading: TableReading) -> str:
    """Why the code of a row is in doubt, and so its level."""
    places = (place for place, column in enumerate(reading.columns) if column.id == "code")
    return next((WHY[doubt] for place in places if (doubt := doubt_at(line, place))), "")


def _label(cells: Sequence[str], reading: TableReading) -> str:
    """Code and name; a code that is printed in a column for each level is put together."""
    code = "".join(cell.strip() for cell in reading.texts(cells, "code"))
    names = (
        cell
        for cell, column in zip(cells, reading.columns, strict=False)
        if not column.measure and column.id != "code"
    )
    return " ".join([code, *names]).strip()


def _flowing(reading: TableReading) -> list[Raw]:
    flow = _Flow(reading)
    for line in reading.lines:
        flow.take(line)
    flow.flush()
    return flow.raws


class _Flow:
    """Puts rows together line by line; ``pending`` is the label read so far."""

    def __init__(self, reading: TableReading) -> None:
        self.reading = reading
        self.raws: list[Raw] = []
        self.pending: list[tuple[Line, str]] = []
        self.amounts: list[str] = []

    def take(self, line: Line) -> None:
        text = line.text
        if self.amounts:
            self._go_on(line)
            return
        if self._starts_anew(text):
            self.flush()
        run = take_run(text, self.reading.width)
        if run:
            self._add(line, run.head, run.amounts)
            if run.tail:
                self.pending.append((line, run.tail))  # the next row, glued on
        elif part := partial_run(text):
            self._part(line, part.head, part.amounts)
        else:
            self.pending.append((line, text))

    def flush(self) -> None:
        """Report a label that no amounts followed, or amounts that stayed too few."""
        if self.pending or self.amounts:
            line = self.pending[0][0] if self.pending else self.reading.lines[-1]
            _wrong_count(self.reading, line, len(self.amounts), self._text())
            self._close(line, unread_cells(self.reading.width))

    def _starts_anew(self, text: str) -> bool:
        """A code starts a row; so a label with a code is over when the next code comes."""
        if not (self.pending and self.reading.coded):
            return False
        before = "".join(each for _, each in self.pending)
        return bool(split_code(text.strip())[0] and split_code(before.strip())[0])

    def _part(self, line: Line, head: str, amounts: tuple[str, ...]) -> None:
        if head or not self.pending:
            self.pending.append((line, head))
        self.amounts = list(amounts)
        self._settle(line)

    def _go_on(self, line: Line) -> None:
        """Amounts broken over lines go on, unless this line begins something else."""
        tokens = line.text.split()
        if all(is_amount(token) or is_nearly_amount(token) for token in tokens):
            self.amounts += tokens
            self._settle(line)
        else:
            self.flush()
            self.take(line)

    def _settle(self, line: Line) -> None:
        width = self.reading.width
        if len(self.amounts) == width:
            self._close(line, self._checked(self.amounts, line))
        elif len(self.amounts) > width:
            self.flush()

    def _checked(self, amounts: Sequence[str], line: Line) -> Cells:
        label = "".join(text.strip() for _, text in self.pending)
        return checked_cells(amounts, line, self.reading, label=label)

    def _add(self, line: Line, head: str, amounts: tuple[str, ...]) -> None:
        if head or not self.pending:
            self.pending.append((line, head))
        self._close(line, self._checked(amounts, line))

    def _close(self, line: Line, amounts: Cells) -> None:
        first = self.pending[0][0] if self.pending else line
        pieces = [text for _, text in self.pending]
        deep = max((label_indent(piece) for piece in pieces), default=0)
        self.raws.append(Raw(first.number, pieces, amounts.cells, deep, doubts=amounts.doubts))
        self.pending, self.amounts = [], []

    def _text(self) -> str:
        return " ".join([*(text.strip() for _, text in self.pending), *self.amounts])


def _wrong_count(reading: TableReading, line: Line, found: int, text: str = "") -> None:
    code = "too-few-amounts" if found < reading.width else "too-many-amounts"
    reading.report.add(
        code,
        line.number,
        title=reading.title,
        expected=reading.width,
        found=found,
        text=text or line.text.strip(),
    )
