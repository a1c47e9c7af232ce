"""Rows of a table without rules: lines that stand together, one of them with the amounts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from generator.reading.unruled_columns import ColumnPlace
from generator.reading.unruled_words import Word, WordLine

# Lines of one cell are no farther apart than this, from foot to foot, in sizes of type; and so much
# nearer than rows are, that the two are not taken for one another.
_WRAPPED, _CLEARLY = 1.6, 0.25
# A line that is wrapped leaves at most so much of its column free, in sizes.
_RAGGED = 2.5

Row = list[WordLine]


def rows_by_rules(lines: Sequence[WordLine], rules: Sequence[float]) -> list[Row] | None:
    """The rows that horizontal rules part; None where rules do not part all of them."""
    rows: dict[int, Row] = {}
    for line in lines:
        middle = (line.top + line.bottom) / 2
        rows.setdefault(sum(rule < middle for rule in rules), []).append(line)
    return list(rows.values()) if len(rows) > 1 else None


def rows_by_lines(
    lines: Sequence[WordLine], columns: Sequence[ColumnPlace], size: float
) -> list[Row] | None:
    """The rows as lines stand together; None where it cannot be told which do."""
    steps = sorted({round(b.bottom - a.bottom, 1) for a, b in pairwise(lines)})
    near = [step for step in steps if step <= _WRAPPED * size]
    for most in reversed(near):
        wider = next((step for step in steps if step > most), None)
        if wider is not None and wider - most < _CLEARLY * size:
            continue
        rows = _grouped(lines, most)
        if are_rows(rows, columns) and _are_wrapped(rows, columns, size):
            return _whole(rows, columns, size)
    rows = [[line] for line in lines]
    return _whole(rows, columns, size) if are_rows(rows, columns) else None


def _are_wrapped(rows: Sequence[Row], columns: Sequence[ColumnPlace], size: float) -> bool:
    """Whether each text of more than one line fills its column before it is wrapped."""
    return all(
        _is_full(words, column, size)
        for row in rows
        if len(row) > 1
        for column in columns
        for words in _within(row, column)[:-1]
    )


def _is_full(words: Sequence[Word], column: ColumnPlace, size: float) -> bool:
    """Whether there was no room for more on a line of a column, as far as that is known."""
    cluster = column.cluster
    if cluster is None:
        return True
    right = words[-1].x1 >= cluster.x1 - _RAGGED * size
    wide = words[-1].x1 - words[0].x0 >= cluster.x1 - cluster.x0 - _RAGGED * size
    return right or wide


def _grouped(lines: Sequence[WordLine], most: float) -> list[Row]:
    rows = [[lines[0]]]
    for before, line in pairwise(lines):
        if line.bottom - before.bottom <= most + 0.1:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def are_rows(rows: Sequence[Row], columns: Sequence[ColumnPlace]) -> bool:
    """Whether no row has two amounts in a column, or two words that begin a row."""
    for row in rows:
        for column in columns:
            words = _within(row, column)
            if column.is_of_figures:
                if len(words) > 1:
                    return False
            elif sum(line_words[0].begins_row for line_words in words) > 1:
                return False
    return True


def _within(row: Row, column: ColumnPlace) -> list[list[Word]]:
    """The words that a row has in a column, by line."""
    found = ([w for w in line.words if column.x0 - 1 < w.x0 < column.x1 + 1] for line in row)
    return [words for words in found if words]


def _whole(rows: list[Row], columns: Sequence[ColumnPlace], size: float) -> list[Row] | None:
    """The rows up to the last one with amounts; None where a line belongs to nobody for certain.

    A line of words alone is a row where it is as far from its neighbours as rows are, and neither
    it nor the one above is so full that it may go on in the next.
    """
    while rows and not _has_amounts(rows[-1]) and not _begins(rows[-1]):
        rows = rows[:-1]
    if not all(_is_named(row, columns) for row in rows):
        return None
    feet = [row[-1].bottom for row in rows]
    steps = [below[0].bottom - foot for foot, below in zip(feet, rows[1:], strict=False)]
    usual = median(steps) if steps else 0.0
    for number, row in enumerate(rows):
        if _has_amounts(row) or _begins(row):
            continue
        around = steps[max(0, number - 1) : number + 1]
        if len(row) > 1 or min(around, default=0.0) < 0.9 * usual or usual < size:
            return None
        if any(_may_go_on(each, columns, size) for each in rows[max(0, number - 1) : number + 1]):
            return None
    return rows


def _is_named(row: Row, columns: Sequence[ColumnPlace]) -> bool:
    """Whether a row has words beside its figures, and no piece of a wrapped amount for one."""
    figures = [column for column in columns if column.is_of_figures]
    inside = [word for column in figures for words in _within(row, column) for word in words]
    if not _has_amounts(row) and any(word.text[-1:].isdigit() for word in inside):
        return False
    return sum(len(line.words) for line in row) > len(inside)


def _may_go_on(row: Row, columns: Sequence[ColumnPlace], size: float) -> bool:
    """Whether the last line of a row fills a column of words, and may be wrapped."""
    words = (_within(row[-1:], column) for column in columns if not column.is_of_figures)
    own = [column for column in columns if not column.is_of_figures]
    return any(
        found and _is_full(found[0], column, size) for column, found in zip(own, words, strict=True)
    )


def _has_amounts(row: Row) -> bool:
    return any(line.is_anchor for line in row)


def _begins(row: Row) -> bool:
    return row[0].words[0].begins_row
