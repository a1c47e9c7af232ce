"""Form: sections that must be there, reasons, listed amounts, names of classes. All are remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.checks.book import Book, grouped, parse_reference
from generator.checks.compare import ZERO, Comparison, Figure, compare, plain
from generator.checks.findings import at_spot, at_statement, place_of
from generator.checks.stated import name_of
from generator.facts.narrative_words import without_spaces
from generator.meaning.amounts import UNIT_PATTERN, UNITS, to_decimal
from generator.meaning.definitions import classes, definition
from generator.meaning.wording import fold
from generator.models import Finding, Statement

#: What a disclosure must tell of, and the words by which it is known.
_REQUIRED = {
    "主要职责": ("职责", "职能"),
    "“三公”经费情况": ("三公",),
    "机关运行经费情况": ("机关运行经费", "行政经费"),
    "政府采购情况": ("政府采购",),
    "国有资产情况": ("国有资产",),
    "绩效情况": ("绩效",),
    "名词解释": ("名词解释",),
}
_REASON = re.compile(r"原因|由于|因|主要是|变动情况")
_AMOUNT = re.compile(rf"(?<![\d,.])(?P<number>\d[\d,]*+(?:\.\d++)?)\s*+(?P<unit>{UNIT_PATTERN})")


def form_findings(book: Book) -> Iterator[Finding]:
    """All remarks of form."""
    yield from _sections(book)
    yield from _headings(book)
    yield from _listed(book)
    yield from _reasons(book)
    yield from _limits(book)
    yield from _class_names(book)


def _sections(book: Book) -> Iterator[Finding]:
    if not any(each.topic == "explanation" for each in book.extract.sections):
        return  # tables only: the prose is in another file
    everything = fold("".join(line.text for line in book.extract.document.lines))
    for name, words in _REQUIRED.items():
        if not any(word in everything for word in words):
            yield Finding(
                rule="sections", outcome="remark", sentence=f"全文没有提到应当公开的“{name}”。"
            )


def _headings(book: Book) -> Iterator[Finding]:
    """The amount in a section's heading is the first that its text states."""
    by_section = grouped(book.disclosure.statements, lambda each: each.section)
    for number, section in enumerate(book.extract.sections, start=1):
        match = _AMOUNT.search(section.heading)
        stated = [
            s
            for s in by_section.get(number, ())
            if s.measure == "amount" and s.printed_unit in UNITS
        ]
        if match is None or not stated:
            continue
        same = [s for s in stated if s.value == to_decimal(match["number"])]
        if not same and match["unit"] == stated[0].printed_unit:
            words = f"小标题“{section.heading}”里的金额没有出现在正文里。"
            result = Comparison("remark", None, stated[0].value, None)
            yield at_statement("heading-figure", stated[0], result, words)


def _listed(book: Book) -> Iterator[Finding]:
    """The unnamed amounts listed below a whole are not more than it."""
    for whole in book.disclosure.statements:
        if whole.measure != "amount" or whole.about != whole.statement_id:
            continue
        parts = [
            s for s in book.within(whole.about) if s.measure == "amount" and s.phase == whole.phase
        ]
        named = len({s.about for s in parts}) == len(parts) > 1
        if not named or any(s.subject for s in parts):
            continue
        result = compare(book.stated(whole), [book.stated(s) for s in parts])
        if result.outcome == "differs" and result.difference is not None and result.difference < 0:
            words = (
                f"情况说明写“{name_of(whole)}” {whole.printed}{whole.printed_unit}，其中列举的各项"
                f"之和为 {plain(result.expected)} {whole.printed_unit}，大于总数。"
            )
            checked = Comparison("remark", result.expected, result.printed, result.difference)
            yield at_statement("listed-parts", whole, checked, words, map(book.stated, parts))


def _reasons(book: Book) -> Iterator[Finding]:
    for change in book.disclosure.statements:
        if change.measure != "change" or not change.value:
            continue
        quote = without_spaces(change.quote)
        after = quote.partition(without_spaces(change.printed))[2]
        if not change.reason and not _REASON.search(after):
            words = f"情况说明写“{name_of(change)}”增减 {change.printed}{change.printed_unit}，"
            words += "没有写原因。"
            yield at_statement(
                "reason-missing", change, Comparison("remark", None, None, None), words
            )


def _limits(book: Book) -> Iterator[Finding]:
    """Money under targets beside projects; operating beside public expenses; carried forward."""
    statements = book.disclosure.statements
    kind = book.extract.kind
    projects = "budget-expenditure" if kind == "budget" else "final-expenditure"
    limit = book.first(f"{projects}[total].project_expenditure")
    for each in (each for each in statements if each.measure == "amount"):
        if each.subject == "performance_amount" and limit and limit.value:
            if (book.stated(each).within(limit.unit)[0] or ZERO) > limit.value + limit.step:
                words = f"“{name_of(each)}” {each.printed}{each.printed_unit}大于项目支出"
                yield _beside("targets-and-projects", each, limit, words)
        elif each.subject == "agency_operating_expenses":
            public = book.first("final-general-public-basic[public_expenses]")
            if public and compare(book.stated(each), [public]).outcome == "differs":
                words = f"“{name_of(each)}” {each.printed}{each.printed_unit}不同于公用经费"
                yield _beside("operating-and-public", each, public, words)
    yield from _carried(book)


def _beside(rule: str, statement: Statement, other: Figure, words: str) -> Finding:
    result = Comparison("remark", None, statement.value, None)
    words += f" {plain(other.value)} {other.unit}。"
    return at_statement(rule, statement, result, words, [other])


def _carried(book: Book) -> Iterator[Finding]:
    spots = book.spots(parse_reference("final-summary[carried_forward]"))
    texts: Sequence[str] = [each.text for each in book.extract.sections if each.topic != "glossary"]
    for spot in spots:
        value = book.figure(spot).value
        if value and texts and not any("结转" in text or "结余" in text for text in texts):
            words = f"{place_of(spot)}为 {plain(value)} {spot.table.unit}，情况说明没有提到结转。"
            result = Comparison("remark", None, value, None)
            yield at_spot("carried-forward", book, spot, (), result, "", words)


def _class_names(book: Book) -> Iterator[Finding]:
    """A functional class under a name that is not today's."""
    known = classes("functional")
    for table in book.tables.values():
        if definition(table.id).classification != "functional" or not table.measures():
            continue
        for row in table.rows:
            entry = known.get(fold(row.name)) if len(row.code) == 3 else None
            if entry and fold(row.name) != fold(entry.names[0]) and any(row.cells):
                words = f"功能科目 {row.code} 现名“{entry.names[0]}”，表里写作“{row.name}”。"
                yield Finding(
                    rule="obsolete-code-name",
                    outcome="remark",
                    sentence=words,
                    table=table.id,
                    row=row.number,
                    line=row.line,
                )
