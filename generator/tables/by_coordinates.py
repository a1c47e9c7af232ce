"""A ruled table becomes a standard table by what its title, headings and labels say.

What cannot be told stays printed: a table without a known title, or without a column of amounts,
is published as it stands (``PrintedTable``), and nobody adds it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from generator.meaning.amounts import is_decimal, read_amount
from generator.meaning.definitions import Definition, class_codes, titled
from generator.meaning.furniture import is_known_unit
from generator.meaning.vocabulary import nearest_word
from generator.meaning.wording import fold
from generator.models import (
    Account,
    Column,
    Kind,
    LineUse,
    PrintedTable,
    Row,
    RuledTable,
    Table,
    Use,
)
from generator.problems import Report
from generator.tables.coordinates import (
    BoundColumn,
    Panel,
    bind_columns,
    is_readable,
    split_panels,
    unknown_words,
    with_late_headings,
)
from generator.tables.grid_columns import measure_columns
from generator.tables.grid_levels import ranked
from generator.tables.grid_rows import GridReading, panel_rows
from generator.tables.stepped_names import steps, with_steps

#: The classifications whose classes are known by their names.
_NAMED_CLASSES = ("functional", "economic", "government_economic")


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of the ruled tables of a document: those understood, and those as printed."""

    tables: tuple[tuple[Table, RuledTable], ...]
    printed: tuple[PrintedTable, ...]


def sort_tables(
    ruled: Sequence[RuledTable], kind: Kind, year: int, known: frozenset[str], report: Report
) -> Sorted:
    """Read what is a standard table; ``known`` are those that were read already."""
    tables: list[tuple[Table, RuledTable]] = []
    printed: list[PrintedTable] = []
    for table in map(with_late_headings, ruled):
        definition = titled(table.title, kind) if table.title else None
        taken = known | {each.id for each, _ in tables}
        reason = _reason(definition, taken, table)
        columns = bind_columns(table)
        panels = split_panels(columns, table, definition.direction if definition else "")
        if definition and not reason:
            reason = is_readable(panels, definition)
        if definition and not reason:
            tables.append((_table(table, definition, columns, panels, year, report), table))
        else:
            printed.append(_printed(table, len(printed) + 1, reason, report))
    return Sorted(tuple(tables), tuple(printed))


def _reason(known: Definition | None, taken: frozenset[str] | set[str], table: RuledTable) -> str:
    if known is None:
        return "没有认识的表名" if table.title else "没有表名"
    if known.id in taken:
        return f"前面已有《{known.title}》"
    return ""


def _printed(table: RuledTable, number: int, reason: str, report: Report) -> PrintedTable:
    amounts = sum(
        read_amount(text).plain is not None and is_decimal(text.replace(" ", ""))
        for row in table.body
        for text in row.texts
    )
    page = table.pages[0] if table.pages else None
    report.add(
        "table-as-printed",
        table.first_line,
        page=page,
        title=table.title or "（无表名）",
        rows=len(table.body),
        amounts=amounts,
        reason=reason,
    )
    return PrintedTable(f"printed-{number}", table, amounts, reason)


# ── a standard table ─────────────────────────────────────────────────────────────────────


def _table(
    table: RuledTable,
    known: Definition,
    columns: Sequence[BoundColumn],
    panels: Sequence[Panel],
    year: int,
    report: Report,
) -> Table:
    unit = _unit(table, known, report)
    _report_words(table, known, columns, report)
    # What a total or a fund is called means all of it only where the table has all of it.
    whole = not (known.axes.fund_source or known.axes.expenditure_type)
    reading = GridReading(known.title, table, unit, report, known.direction if whole else "")
    names: list[Column] = []
    rows: list[Row] = []
    for panel in panels:
        measures = measure_columns(panel, known, year, table.title)
        names += [_name_column(panel), *measures, *_text_column(panel)]
        levelled = ranked(list(panel_rows(panel, measures, reading)), known.title, report)
        if stepped := steps(panel, table):
            levelled = tuple(with_steps(levelled, stepped))
        rows += _classed(levelled, panel, known)
    _report_strays(reading, columns)
    kept, repeated = _without_repeated_totals(rows, table)
    account = _account(reading, columns, kept, repeated)
    return Table(
        known.id,
        table.title,
        unit,
        tuple(names),
        tuple(kept),
        table.notes,
        table.first_line,
        table.last_line,
        gap=_gap(account, kept),
        account=account,
        by_coordinates=True,
    )


def _classed(rows: Sequence[Row], panel: Panel, known: Definition) -> list[Row]:
    """The rows with the classes that their names are, where these are printed without codes.

    Names of classes stand on one level, the outermost on which there are any.
    """
    sure = panel.side != "income" and not any(key.meaning.unknown for key in panel.keys)
    of = panel.classification or (known.classification if sure else "")
    if of not in _NAMED_CLASSES:
        return list(rows)
    named = [_class_of(row, of) for row in rows]
    outermost = min((row.level for row, code in zip(rows, named, strict=True) if code), default=0)
    return [
        replace(row, classes={of: (code, row.name)}) if code and row.level == outermost else row
        for row, code in zip(rows, named, strict=True)
    ]


def _class_of(row: Row, classification: str) -> str:
    """The code of the class that a row without a code names; blank where it names none."""
    if row.code or row.classes or row.item or row.role in ("total", "of_which"):
        return ""
    return class_codes(classification).get(fold(row.name), "")


def _name_column(panel: Panel) -> Column:
    headings = [key.leaf.heading for key in panel.keys if key.leaf.heading]
    title = " ".join(" ".join(text.split()) for text in headings) or "项目"
    return Column("name", title, "Name", (title,), direction=panel.side)


def _text_column(panel: Panel) -> list[Column]:
    """The column of all other text in a panel's rows: remarks, what a project is for."""
    if not panel.texts:
        return []
    title = "、".join(text.leaf.heading or "备注" for text in panel.texts)
    return [Column("text", title, "Text", (title,), direction=panel.side)]


def _unit(table: RuledTable, known: Definition, report: Report) -> str:
    if is_known_unit(table.unit):
        return table.unit
    code = "unit-unknown" if table.unit else "unit-missing"
    report.add(code, table.first_line, title=known.title, unit=table.unit)
    return ""


def _report_words(
    table: RuledTable, known: Definition, columns: Sequence[BoundColumn], report: Report
) -> None:
    for word in unknown_words(columns):
        report.add(
            "heading-word-unknown",
            table.first_line,
            title=known.title,
            word=word,
            nearest=nearest_word(word) or "无",
        )


def _without_repeated_totals(rows: Sequence[Row], table: RuledTable) -> tuple[list[Row], list[Row]]:
    """Leave out a total that a later page prints again to the letter."""
    pages = {row.line: row.page for row in table.body}
    first: dict[tuple[str, str], Row] = {}
    kept: list[Row] = []
    repeated: list[Row] = []
    for row in rows:
        before = first.setdefault((row.side, row.label), row) if row.role == "total" else row
        again = pages[row.line] > pages[before.line] and _printed_amounts(row) == _printed_amounts(
            before
        )
        (repeated if again else kept).append(row)
    return _numbered(kept), repeated


def _printed_amounts(row: Row) -> tuple[str, ...]:
    return tuple(cell.printed if cell else "" for cell in row.cells)


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """Rows numbered on from 1, in the order of the page; what one line prints shares a number."""
    ordered = sorted(rows, key=lambda row: row.number)
    numbers = {old: new for new, old in enumerate(dict.fromkeys(r.number for r in ordered), 1)}
    return [replace(row, number=numbers[row.number]) for row in ordered]


# ── the account ──────────────────────────────────────────────────────────────────────────


def _account(
    reading: GridReading,
    columns: Sequence[BoundColumn],
    kept: Sequence[Row],
    repeated: Sequence[Row],
) -> Account:
    """Every amount in a column of amounts is a fact, a repeated total, or named."""
    printed = sum(1 for _ in _amounts(reading.table, columns))
    published = sum(cell is not None for row in kept for cell in row.cells)
    again = sum(cell is not None for row in repeated for cell in row.cells)
    named = sum(read_amount(text).plain is not None for text in reading.unread)
    lost = printed - published - again - named
    if lost:
        reading.report.add(
            "amounts-unaccounted",
            reading.table.first_line,
            title=reading.title,
            count=lost,
            text="、".join(list(_amounts(reading.table, columns))[:6]),
        )
    return Account(printed, published, again, named, lost)


def _amounts(table: RuledTable, columns: Sequence[BoundColumn]) -> Iterator[str]:
    """The amounts that a table prints: those of its columns of amounts, and decimals elsewhere."""
    for row in table.body:
        for column, text in zip(columns, row.texts, strict=True):
            joined = " ".join(text.split())
            if column.role == "measure" and read_amount(joined).plain is not None:
                yield joined
    yield from (text for _, text, _ in _decimals_elsewhere(table, columns))


def _strays(table: RuledTable, columns: Sequence[BoundColumn]) -> Iterator[tuple[int, str]]:
    """The decimals in columns that are not of amounts, and reach into none, each with its line."""
    found = _decimals_elsewhere(table, columns)
    return ((line, text) for line, text, reaches in found if not reaches)


def _decimals_elsewhere(
    table: RuledTable, columns: Sequence[BoundColumn]
) -> Iterator[tuple[int, str, bool]]:
    """Decimals that begin outside the columns of amounts, and whether they reach into one."""
    measures = {column.place for column in columns if column.role == "measure"}
    for row in table.body:
        for column, cell in zip(columns, row.cells, strict=True):
            text = " ".join(cell.text.split()) if cell else ""
            if cell and column.role != "measure" and is_decimal(text):
                span = range(cell.column, cell.column + cell.columns)
                yield row.line, text, bool(measures & set(span))


def _report_strays(reading: GridReading, columns: Sequence[BoundColumn]) -> None:
    for line, text in _strays(reading.table, columns):
        reading.report.add("amount-left-over", line, title=reading.title, text=text)
        reading.unread.append(text)


def _gap(account: Account, rows: Sequence[Row]) -> str:
    gaps = []
    if account.lost:
        gaps.append(f"表中有 {account.lost} 个金额没有读到")
    if account.named:
        gaps.append(f"有 {account.named} 个金额没有读准")
    if any(row.doubts for row in rows):
        gaps.append("有的金额没有读准")
    return "；".join(dict.fromkeys(gaps))


# ── the lines that it takes ──────────────────────────────────────────────────────────────


def lines_of(table: RuledTable) -> set[int]:
    """The numbers of the lines that belong to a table: title, surroundings, heading and rows."""
    return set(uses_of(table, ""))


def uses_of(table: RuledTable, name: str) -> dict[int, LineUse]:
    """What each line of a table was used for."""
    uses: dict[int, Use] = dict.fromkeys(table.around, "furniture")
    uses |= dict.fromkeys(table.title_lines, "title")
    uses |= dict.fromkeys(table.head_lines, "header")
    uses |= dict.fromkeys(table.repeated, "repeated_header")
    uses |= dict.fromkeys((*table.joined, *(row.line for row in table.body)), "row")
    return {number: LineUse(use, table=name) for number, use in uses.items()}
