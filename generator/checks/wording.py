"""Wording: slips of the pen in prose and headings, and years that are not the document's.

All are remarks. The patterns are in ``wording.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml, refuse
from generator.checks.book import Book
from generator.checks.catalogue import RuleName, refuse_unknown
from generator.checks.compare import Comparison
from generator.checks.findings import at_statement, page_of
from generator.checks.stated import name_of
from generator.facts.narrative_places import SectionPlaces
from generator.facts.narrative_words import plain
from generator.models import Finding, Section
from generator.problems import DefinitionError

_AS_OF = re.compile(r"截至\s*(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CONTEXT = 16
_LINE_USES = ("heading", "title")


class WordingSlip(Struct, frozen=True, forbid_unknown_fields=True):
    """A slip of the pen: the pattern (Python) that finds it, and what to say of it."""

    pattern: Annotated[str, Meta(min_length=1)]
    sentence: Text


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], str]]:
    return load_slips(Path(__file__).parent / "wording.yaml")


def load_slips(path: Path) -> dict[str, tuple[re.Pattern[str], str]]:
    """Read and validate the slips, by rule. Raises DefinitionError: file, line, what is wrong."""
    written = checked_yaml(path, dict[RuleName, WordingSlip], DefinitionError)
    for rule in written:
        refuse_unknown(path, (rule,), rule)
    return {rule: (_pattern(path, rule, each), each.sentence) for rule, each in written.items()}


def _pattern(path: Path, rule: str, written: WordingSlip) -> re.Pattern[str]:
    try:
        return re.compile(written.pattern)
    except re.error as wrong:
        refuse(path, (rule, "pattern"), f"no pattern: {wrong}", DefinitionError)


def wording_findings(book: Book) -> Iterator[Finding]:
    """A remark for each slip, with its quote and line."""
    for section in book.extract.sections:
        yield from _in_section(section, book)
    yield from _in_headings(book)
    yield from _years(book)


def _in_section(section: Section, book: Book) -> Iterator[Finding]:
    text = plain(section.text)
    places: SectionPlaces | None = None
    for rule, (pattern, sentence) in _patterns().items():
        for match in pattern.finditer(text):
            places = places or SectionPlaces(book.extract.document, section)
            line = places.at(match.start()).number
            yield _remark(rule, sentence, section.text, match, line, book)
    for match in _AS_OF.finditer(text):
        if not _is_in_time(match, book):
            places = places or SectionPlaces(book.extract.document, section)
            line = places.at(match.start()).number
            sentence = f"“{{found}}”不在 {book.extract.year} 年{_expected(book)}"
            yield _remark("as-of-date", sentence, section.text, match, line, book)


def _expected(book: Book) -> str:
    return "末" if book.extract.kind == "final_accounts" else "预算编制期间"


def _is_in_time(match: re.Match[str], book: Book) -> bool:
    """Final accounts are of their year's end; a budget of its year or the one before."""
    year, month, day = map(int, match.groups())
    if book.extract.kind == "final_accounts":
        return (year, month, day) == (book.extract.year, 12, 31)
    return year in (book.extract.year - 1, book.extract.year)


def _in_headings(book: Book) -> Iterator[Finding]:
    """Headings, titles and the headings of sections: only what nobody filled in."""
    pattern, sentence = _patterns()["placeholder"]
    for line in book.extract.document.lines:
        if book.extract.uses[line.number].use in _LINE_USES:
            for match in pattern.finditer(plain(line.text)):
                yield _remark("placeholder", sentence, line.text, match, line.number, book)


def _years(book: Book) -> Iterator[Finding]:
    """2023年度…万元 in a disclosure of 2024, where the year at hand is meant."""
    at_hand = {
        (each.measure, each.subject)
        for each in book.disclosure.statements
        if each.subject and each.phase not in ("prior_year", "other_year")
    }
    for statement in book.disclosure.statements:
        year = statement.year
        if year in (None, book.extract.year) or statement.about != statement.statement_id:
            continue
        # Where the year at hand is told as well, the other one is meant.
        beside = (statement.measure, statement.subject) in at_hand
        if statement.measure in ("amount", "quantity") and not beside:
            words = f"“{name_of(statement)}”前写的是 {year} 年，本文件是 {book.extract.year} 年的。"
            result = Comparison("remark", None, None, None)
            yield at_statement("stated-year", statement, result, words)


def _remark(
    rule: str, sentence: str, text: str, match: re.Match[str], line: int, book: Book
) -> Finding:
    found = text[match.start() : match.end()]
    quote = text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT].replace("\n", " ")
    return Finding(
        rule=rule,
        outcome="remark",
        sentence=f"{sentence.format(found=found)}：…{quote.strip()}…",
        page=page_of(book, line),
        line=line,
        quote=quote.strip(),
    )
