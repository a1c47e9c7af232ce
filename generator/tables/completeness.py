"""Completeness: what every disclosure of a kind has, and how a table that is whole ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from generator.grids.heading_tree import heading_tree, in_a_line
from generator.meaning.definitions import Definition, definitions
from generator.meaning.notes import may_say_empty
from generator.meaning.vocabulary import nearest_word
from generator.meaning.wording import fold, shorten
from generator.models import Extract, Kind, Row, RuledTable
from generator.problems import Report, UnreadableError
from generator.tables.coordinates import bind_columns, unknown_words
from generator.tables.parts import DocumentPart

_SHOWN = 6
#: How much of a heading is told: enough to know the table by.
_LONGEST = 80
_NUMERALS = "零一二三四五六七"
#: Overview, tables, explanation and glossary: both kinds have at least these four parts.
_LEAST_PARTS: dict[Kind, int] = {"budget": 4, "final_accounts": 4}


def report_missing(
    extract: Extract,
    parts: Sequence[DocumentPart],
    unread: Collection[Definition],
    report: Report,
) -> None:
    """Report the required tables and the parts that a disclosure lacks.

    Those in ``unread`` are there, and reported already. Of a disclosure read by coordinates the
    tables are asked that the law asks of everyone; its parts are named as its place likes.

    Raises UnreadableError where there is no table at all: an empty package would say that the
    disclosure had been read.
    """
    if not extract.tables and (extract.printed or not extract.sections):
        raise UnreadableError("nothing-read", seen=_seen(extract))
    if not extract.tables:
        return  # its tables may stand in another file
    present = {table.id for table in extract.tables}
    kind = [known for known in definitions() if known.kind == extract.kind]
    orders = {known.order for known in kind if known.id in present or known in unread}
    for known in kind:
        asked = known.everywhere if extract.by_coordinates else known.required
        # Definitions of one order are variants of one table.
        if asked and known.order not in orders:
            report.add("table-missing", title=known.title)
    if not extract.by_coordinates:
        _report_parts(extract, parts, report)


def _seen(extract: Extract) -> str:
    """What was seen of a document without a known table: its ruled tables, each in a few words."""
    tables = [each.table for each in extract.printed]
    if not tables:
        lines = sum(bool(line.text.strip()) for line in extract.document.lines)
        return f"没有有框线的表，只有 {lines} 行文字"
    shown = "；".join(map(_told, tables[:_SHOWN]))
    more = f"；等 {len(tables)} 张" if len(tables) > _SHOWN else ""
    return f"有框线的表：{shown}{more}"


def _told(table: RuledTable) -> str:
    """A ruled table's title, its heading, and the words of it that nobody knows."""
    heading = shorten(in_a_line(heading_tree(table)) or "没有认出", _LONGEST)
    unknown = unknown_words(bind_columns(table))
    pairs = ((word, nearest_word(word) or "无") for word in unknown[:_SHOWN])
    words = "、".join(f"“{word}”（最接近的：{near}）" for word, near in pairs)
    told = f"“{table.title or '无表名'}”，栏目：{heading}"
    return f"{told}，不认识的词：{words}" if words else told


def _report_parts(extract: Extract, parts: Sequence[DocumentPart], report: Report) -> None:
    numbers = {part.number for part in parts if part.number}
    if not numbers:
        report.add("parts-unknown")
        return
    for number in range(1, _LEAST_PARTS[extract.kind] + 1):
        if number not in numbers:
            report.add("part-missing", part=_NUMERALS[number])


def marked_cut(extract: Extract, parts: Sequence[DocumentPart]) -> Extract:
    """The extract, said to be cut where more must follow; so is the table in which it ends."""
    if extract.by_coordinates:
        return extract  # nobody knows what must follow
    numbers = [line.number for line in reversed(extract.document.lines)]
    ends = (extract.uses[number] for number in numbers if number in extract.uses)
    last = next((use.table for use in ends if use.use not in ("blank", "furniture")), "")
    if not _ends_early(extract, parts, last):
        return extract
    tables = (
        replace(table, gap="；".join(filter(None, (table.gap, "文件可能在这里被截断"))))
        if table.id == last
        else table
        for table in extract.tables
    )
    return replace(extract, tables=tuple(tables), cut=True)


def _ends_early(extract: Extract, parts: Sequence[DocumentPart], last: str) -> bool:
    """Whether a part with a later number is missing, or a table later than the one at the end."""
    numbers = [part.number for part in parts if part.number]
    if numbers and max(numbers) < _LEAST_PARTS[extract.kind]:
        return True
    orders = {known.id: known.order for known in definitions() if known.kind == extract.kind}
    read = max((orders[table.id] for table in extract.tables), default=0)
    required = (d.order for d in definitions() if d.kind == extract.kind and d.required)
    return bool(last) and orders[last] == read < max(required, default=0)


def report_cut_off(
    first_line: int,
    known: Definition,
    rows: Sequence[Row],
    notes: Sequence[str],
    report: Report,
    *,
    blank: bool = False,
) -> None:
    """Report a table without rows, or without the rows of totals that it ends or begins with.

    A table may be empty if its notes say so; if it is ``blank``, its rows are there to be seen.
    """
    if not rows:
        if not any(map(may_say_empty, notes)):
            code = "table-blank" if blank else "table-empty"
            report.add(code, first_line, title=known.title)
        return
    labels = {fold(row.label) for row in rows}
    missing = [] if labels & known.totals or not known.totals else sorted(known.totals)
    for label in [*missing, *_missing_totals(known, rows)]:
        report.add("table-cut-off", rows[-1].line, title=known.title, reason=f"没有“{label}”行")


def _missing_totals(known: Definition, rows: Sequence[Row]) -> list[str]:
    """A two-sided table ends with the totals of both sides."""
    if known.shape not in ("two_sided", "two_panel"):
        return []
    found = {(row.side, fold(row.name)) for row in rows}
    totals = [rule for rule in known.rows if rule.role == "total"]
    return [
        min(rule.labels)
        for rule in totals
        if not any((rule.side, label) in found for label in rule.labels)
    ]
