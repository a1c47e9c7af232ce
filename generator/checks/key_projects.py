"""Key projects: the amount that the prose gives a project is the one of the project table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.checks.book import Book, Spot, grouped
from generator.checks.compare import Comparison, closest, plain
from generator.checks.findings import at_spot, outcome_words
from generator.meaning.amounts import UNITS
from generator.meaning.definitions import definition
from generator.meaning.wording import canonical_unit, fold
from generator.models import KEY_TABLE, PROJECT_TABLE, Finding, Row, Table


def key_project_findings(book: Book) -> Iterator[Finding]:
    """A finding for each key project: found under its name, and with its amount."""
    table, projects = book.tables.get(KEY_TABLE), book.tables.get(PROJECT_TABLE)
    if table is None or projects is None or table.unit not in UNITS:
        return
    named = grouped((row for row in projects.rows if row.level == 2), lambda row: _plain(row.name))
    for row in table.rows:
        if row.cells[0] is not None and row.role == "item":
            same = _of_unit(row, named.get(_plain(row.name), ()), projects)
            yield _finding(Spot(table, row, table.measures()[0], row.cells[0]), same, book)


def _finding(spot: Spot, same: list[Spot], book: Book) -> Finding:
    figure = book.figure(spot)
    title = definition(PROJECT_TABLE).title
    said = f"重点项目“{spot.row.name}”在情况说明里为 {plain(figure.value)} {figure.unit}"
    if not same:
        result = Comparison("cannot_tell", None, figure.value, None)
        words = f"{said}，《{title}》里没有同名的项目，无法核对。"
        return _with(words, spot, result, [], book)
    candidates = [[book.figure(each)] for each in same]
    result, index = closest(figure, candidates)
    words = f"{said}，在《{title}》里"
    if result.expected is None:
        words += "没有数字，无法核对。"
    else:
        words += (
            f"为 {plain(result.expected)} {figure.unit}，{outcome_words(result, figure.unit)}。"
        )
    return _with(words, spot, result, [same[index]], book)


def _with(words: str, spot: Spot, result: Comparison, others: list[Spot], book: Book) -> Finding:
    figures = [book.figure(each) for each in others]
    whole = [book.table_id(PROJECT_TABLE)]
    return at_spot("key-project", book, spot, figures, result, "", words, whole)


def _of_unit(key: Row, rows: Sequence[Row], table: Table) -> list[Spot]:
    """The totals of the projects of a name; of that unit, if any of them is."""
    own = [row for row in rows if key.unit and canonical_unit(row.unit) == canonical_unit(key.unit)]
    return [Spot(table, row, table.measures()[0], row.cells[0]) for row in own or rows]


def _plain(name: str) -> str:
    """A name without punctuation: hyphens and brackets come and go between two tables."""
    return re.sub(r"[\W_]+", "", fold(name))
