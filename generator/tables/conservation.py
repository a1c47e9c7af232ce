"""Conservation: every amount printed in a table is published, a repeated total, or named.

    printed = published + repeated totals + named in a problem       (as multisets)

What is left over on either side is a problem: nothing that a table prints is lost in silence, and
nothing is published that it does not print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.meaning.amounts import is_amount, is_decimal
from generator.models import Account, Line, Row
from generator.tables.rows import TableReading

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a table's lines: rows that are published, repeated totals, notes."""

    rows: Sequence[Row]
    repeated: Sequence[Row]
    notes: Sequence[str] = ()


def account_for(reading: TableReading, taken: Taken) -> Account:
    """Account for the amounts of a table's lines; what is left over is reported."""
    printed = Counter(_printed(reading))
    published, repeated = Counter(_cells(taken.rows)), Counter(_cells(taken.repeated))
    left = printed - published - repeated
    # What is left may be part of a text: of a label, a target, a note.
    texts = "\n".join(
        [*(text for row in taken.rows for text in (row.label, row.text)), *taken.notes]
    )
    inside = Counter({amount: texts.count(amount) for amount in left})
    published, left = published + (left & inside), left - inside
    # Or part of an amount that was wrapped, and is published whole.
    whole = list((published + repeated - printed).elements())
    wrapped = Counter({part: sum(part in amount for amount in whole) for part in left})
    published, left = published + (left & wrapped), left - wrapped
    named = _named(left, reading)
    lost = left - named
    if lost:
        shown = "、".join(list(lost.elements())[:_SHOWN])
        first = next(line.number for line in reading.lines if set(_on(line, reading)) & set(lost))
        reading.report.add(
            "amounts-unaccounted", first, title=reading.title, count=lost.total(), text=shown
        )
    return Account(
        printed=printed.total(),
        published=(printed & published).total(),
        repeated=((printed - published) & repeated).total(),
        named=named.total(),
        lost=lost.total(),
    )


def _printed(reading: TableReading) -> Iterator[str]:
    for line in reading.lines:
        yield from _on(line, reading)


def _on(line: Line, reading: TableReading) -> Iterator[str]:
    """The amounts on a line: of its cells, what stands in a column of amounts; else decimals."""
    cells = line.text.split("\t")
    places = set(reading.measures)
    for place, cell in enumerate(cells):
        text = cell.strip()
        if len(cells) == len(reading.columns) and place in places:
            if is_amount(text):
                yield text
        else:
            yield from (token for token in text.split() if is_decimal(token))


def _cells(rows: Iterable[Row]) -> Iterator[str]:
    return (cell.printed for row in rows for cell in row.cells if cell)


def _named(amounts: Counter[str], reading: TableReading) -> Counter[str]:
    """Those of some amounts that problems of the table's lines name."""
    lines = {line.number for line in reading.lines}
    messages = " ".join(p.message for p in reading.report.problems if p.line in lines)
    return Counter({text: count for text, count in amounts.items() if text in messages})
