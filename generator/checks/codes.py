"""Codes and names: one code has one name in all tables, and its parent is printed above it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from generator.checks.book import Book, Spot
from generator.checks.findings import page_of
from generator.meaning.definitions import classes, definition
from generator.meaning.wording import without_level
from generator.models import Finding, Outcome, Row, Table


def code_findings(book: Book) -> Iterator[Finding]:
    """A finding for each code in two tables or more, and for each code without its parent."""
    for classification in ("functional", "economic"):
        rows = [
            (table, row)
            for table in book.tables.values()
            if definition(table.id).classification == classification
            for row in table.rows
            if row.code and row.name
        ]
        rows.sort(key=lambda each: each[1].code)
        for code, group in groupby(rows, key=lambda each: each[1].code):
            yield from _names(code, list(group), classification, book)
    for table in book.tables.values():
        yield from _parents(table, book)


def _names(
    code: str, rows: list[tuple[Table, Row]], classification: str, book: Book
) -> Iterator[Finding]:
    """All names of a code; the classes may be printed under any of their names."""
    first, *others = rows
    known = classes(classification)
    for table, row in others:
        same = without_level(row.name) == without_level(first[1].name)
        variants = [known.get(without_level(each.name)) for each in (row, first[1])]
        same = same or (variants[0] is not None and variants[0] == variants[1])
        if same:
            continue
        words = (
            f"科目 {code} 在《{definition(first[0].id).title}》叫“{first[1].name}”，"
            f"在《{definition(table.id).title}》叫“{row.name}”，名称不一致。"
        )
        yield _finding("code-name", "differs", table, row, words, book, first)
        return
    if others:
        words = f"科目 {code}“{first[1].name}”在 {len(rows)} 张表（行）里名称一致。"
        yield _finding("code-name", "holds", *first, words, book)


def _parents(table: Table, book: Book) -> Iterator[Finding]:
    """款 needs its 类, 项 its 款, where the table prints any parent at all."""
    by_side: dict[str, list[Row]] = {}
    for row in table.rows:
        if row.code:
            by_side.setdefault(row.side, []).append(row)
    for rows in by_side.values():
        codes = {row.code for row in rows}
        if not any(row.code[:-2] in codes for row in rows if len(row.code) > 3):
            continue
        orphans = [row for row in rows if len(row.code) > 3 and row.code[:-2] not in codes]
        for row in orphans:
            words = (
                f"《{definition(table.id).title}》有科目 {row.code}“{row.name}”，"
                f"却没有它的上级科目 {row.code[:-2]}。"
            )
            yield _finding("code-parent", "differs", table, row, words, book)
        if not orphans:
            words = f"《{definition(table.id).title}》的每个科目都列出了上级科目。"
            found = _finding("code-parent", "holds", table, rows[0], words, book)
            yield replace(found, row=None)  # of the whole table


def _finding(
    rule: str,
    outcome: Outcome,
    table: Table,
    row: Row,
    words: str,
    book: Book,
    other: tuple[Table, Row] | None = None,
) -> Finding:
    inputs = [_fact(table, row, book)] + ([_fact(*other, book)] if other else [])
    return Finding(
        rule=rule,
        outcome=outcome,
        sentence=words,
        inputs=tuple(each for each in inputs if each),
        table=table.id,
        row=row.number,
        side=row.side,
        page=page_of(book, row.line),
        line=row.line,
        rests_on=tuple(
            each
            for t, r in ((table, row), *([other] if other else []))
            for each in _all(t, r, book)
        ),
    )


def _all(table: Table, row: Row, book: Book) -> list[str]:
    """The identifiers of a row's cells, and of its table: a row of it may not have been read."""
    columns = zip(table.measures(row.side), row.cells, strict=True)
    cells = [book.name(Spot(table, row, column, cell)) for column, cell in columns]
    return [book.table_id(table.id), *cells]


def _fact(table: Table, row: Row, book: Book) -> str:
    """The first printed amount of the row, which stands for it among the inputs."""
    for column, cell in zip(table.measures(row.side), row.cells, strict=True):
        if cell is not None:
            return book.figure(Spot(table, row, column, cell)).id
    return ""
