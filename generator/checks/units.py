"""Units: the same units in the tables by unit, and in the list of the prose. All are remarks.

Names vary from table to table (本级, an alias in brackets), so a mismatch is for people to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.book import Book
from generator.checks.findings import page_of
from generator.meaning.definitions import definition
from generator.meaning.wording import canonical_unit, fold
from generator.models import PROJECT_TABLE, Finding, Section

_TABLES = ("budget-income-by-unit", "budget-basic-by-unit", PROJECT_TABLE)
_LISTED = re.compile(r"(?:包括|分别(?:是|为))[:：](?P<names>[^。:：]+)。?$")


def unit_findings(book: Book) -> Iterator[Finding]:
    """A finding for each unit of a table that the other tables or the prose do not name.

    A unit without projects is not in the table of projects: that table lists no unit for certain.
    """
    by_table = {name: _units(book, name) for name in _TABLES if name in book.tables}
    named = {unit for units in by_table.values() for unit in units}
    listed = _listed(book)
    own = canonical_unit(book.extract.department_name)
    for name, units in by_table.items():
        others = [by_table[each] for each in by_table if each not in (name, PROJECT_TABLE)]
        for unit, line in units.items():
            elsewhere = not others or any(unit in other for other in others)
            if not elsewhere:
                words = f"单位“{unit}”只出现在《{definition(name).title}》，别的表里没有。"
                yield _finding(words, line, name, book)
    if listed is None:
        return
    section, text = listed
    for unit in sorted(named - {own}):
        if unit not in text:
            words = f"表里有单位“{unit}”，“{section.heading}”列举的单位里没有。"
            yield _finding(words, section.first_line, "", book)


def _units(book: Book, table: str) -> dict[str, int]:
    """The canonical names of a table's units, each with its line."""
    rows = book.tables[table].rows
    return {canonical_unit(row.name): row.line for row in rows if row.level == 1 and row.name}


def _listed(book: Book) -> tuple[Section, str] | None:
    """The section that lists the units by name, and its text."""
    for section in book.extract.sections:
        text = fold(section.text)
        if section.topic == "budget_units" and _LISTED.search(text):
            return section, text
    return None


def _finding(words: str, line: int, table: str, book: Book) -> Finding:
    return Finding(
        rule="units",
        outcome="remark",
        sentence=words,
        table=table,
        page=page_of(book, line),
        line=line,
        rests_on=tuple(book.table_id(each) for each in _TABLES),
    )
