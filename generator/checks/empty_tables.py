"""Empty tables: a fund's table is empty if, and only if, the fund is zero everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from generator.checks.book import Book, Spot, parse_reference
from generator.checks.compare import ZERO, Comparison, plain
from generator.checks.findings import at_spot, page_of, place_of
from generator.meaning.amounts import to_decimal
from generator.meaning.definitions import definition
from generator.meaning.notes import says_empty
from generator.meaning.wording import fold
from generator.models import Finding, Outcome, Sum, Table

#: Where else the fund of each table is printed.
_ELSEWHERE = {"budget": "budget-appropriation-summary", "final": "final-summary"}
_ITEMS = {
    "government-managed-funds": "government_managed_funds_budget",
    "state-capital-operations": "state_capital_operations_budget",
}
_NAMES = {"government-managed-funds": "政府性基金", "state-capital-operations": "国有资本经营"}


def empty_table_findings(book: Book) -> Iterator[Finding]:
    """Findings on the tables of the two smaller funds, and on what their notes say."""
    for table in book.tables.values():
        kind, _, fund = table.id.partition("-")
        if fund not in _ITEMS:
            continue
        spots = book.spots(parse_reference(f"{_ELSEWHERE[kind]}[{_ITEMS[fund]}]"))
        if spots:
            yield from _against(table, spots[0], book)
        yield from _note(table, book)


def _against(table: Table, spot: Spot, book: Book) -> Iterator[Finding]:
    """Whether the fund is zero elsewhere where its table is empty."""
    amount = book.figure(spot).value
    if not book.is_empty(table.id) or amount is None:
        return
    title = definition(table.id).title
    agrees = amount == 0
    relation = Sum(book.figure(spot).terms(spot.table.unit), ZERO, ZERO)
    result = Comparison("holds" if agrees else "differs", ZERO, amount, amount, (relation,))
    words = f"《{title}》没有数字，{place_of(spot)}为 {plain(amount)} {spot.table.unit}，"
    words += "相符。" if agrees else "对不上。"
    yield at_spot("empty-table", book, spot, (), result, "", words, book.whole(table.id))


def _note(table: Table, book: Book) -> Iterator[Finding]:
    """A note that says that there is nothing, beside amounts; a note that names the other fund."""
    title = definition(table.id).title
    for note in table.notes:
        if not says_empty(note):
            continue
        total = _total(table)
        if total:
            words = f"《{title}》下注明“{note}”，表里却有 {plain(total)} {table.unit}，对不上。"
            yield _of_note("empty-table", "differs", table, note, words, book)
        for suffix, name in _NAMES.items():
            own = _NAMES[table.id.split("-", 1)[1]]
            if not table.id.endswith(suffix) and name in fold(note) and own not in fold(note):
                words = f"《{title}》下的说明“{note}”写的是{name}预算，不是这张表的内容。"
                yield _of_note("note-names-other-fund", "remark", table, note, words, book)


def _total(table: Table) -> Decimal:
    cells = (cell for row in table.rows for cell in row.cells if cell)
    return max((abs(to_decimal(cell.printed)) for cell in cells), default=ZERO)


def _of_note(
    rule: str, outcome: Outcome, table: Table, note: str, words: str, book: Book
) -> Finding:
    return Finding(
        rule=rule,
        outcome=outcome,
        sentence=words,
        table=table.id,
        page=page_of(book, table.last_line),
        line=table.last_line,
        quote=note,
        rests_on=tuple(book.whole(table.id)),
        relations=(_nothing(table, book),),
    )


def _nothing(table: Table, book: Book) -> Sum:
    """All amounts of a table are nothing: what they amount to, whatever their signs, is."""
    figures = [figure for name in book.whole(table.id) if (figure := book.figure_of(name))]
    terms = (term for each in figures for term in each.terms(table.unit))
    sized = (replace(each, share=Decimal(-1 if each.value < 0 else 1)) for each in terms)
    return Sum(tuple(sized), ZERO, ZERO)
