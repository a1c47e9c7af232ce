"""Joined: a disclosure in two files, one with the tables and one with the prose.

Beijing publishes them so, and Jiangsu did. The lines of the prose follow those of the tables, with
their numbers counted on; pages stay those of their own file.
"""

from __future__ import annotations

from msgspec.structs import replace

from generator.meaning.keys import told_apart
from generator.models import Disclosure, LineUse, Section, Statement


def has_tables(disclosure: Disclosure) -> bool:
    """Whether a disclosure has a standard table, and is no prose alone."""
    return bool(disclosure.extract.tables)


def joined(tables: Disclosure, prose: Disclosure) -> Disclosure:
    """One disclosure of the tables of the first and the prose of both."""
    extract, other = tables.extract, prose.extract
    offset, sections = len(extract.document.lines), len(extract.sections)
    lines = tuple(
        replace(line, number=line.number + offset, boxes=()) for line in other.document.lines
    )
    uses: dict[int, LineUse] = dict(extract.uses)
    uses |= {number + offset: use for number, use in other.uses.items()}
    whole = replace(
        extract,
        document=replace(extract.document, lines=(*extract.document.lines, *lines)),
        sections=(*extract.sections, *(_moved(each, offset) for each in other.sections)),
        uses=uses,
    )
    moved = (_restated(each, offset, sections) for each in prose.statements)
    return replace(
        tables,
        extract=whole,
        statements=_told_apart((*tables.statements, *moved), len(tables.statements)),
        documents=(*tables.documents, *prose.documents),
    )


def _moved(section: Section, offset: int) -> Section:
    first, last = section.first_line + offset, section.last_line + offset
    return replace(section, first_line=first, last_line=last)


def _restated(statement: Statement, offset: int, sections: int) -> Statement:
    line, section = statement.line + offset, statement.section + sections
    return replace(statement, line=line, section=section)


def _told_apart(statements: tuple[Statement, ...], own: int) -> tuple[Statement, ...]:
    """The statements with identifiers of their own, where both files have the same sentence.

    Those from ``own`` on are of the second file, and lead to one another.
    """
    names = told_apart(each.statement_id for each in statements)
    second = zip(statements[own:], names[own:], strict=True)
    renamed = {each.statement_id: name for each, name in second}
    return (
        *statements[:own],
        *(
            replace(
                each,
                statement_id=renamed[each.statement_id],
                about=renamed.get(each.about, each.about),
                within=renamed.get(each.within, each.within),
            )
            for each in statements[own:]
        ),
    )
