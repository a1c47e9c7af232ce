"""Titles: year and kind in headings and titles, and the contents list against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.book import Book
from generator.meaning.definitions import Definition, definitions
from generator.meaning.wording import fold
from generator.models import Finding, Line, Outcome

_KIND_WORDS = {"budget": "预算", "final_accounts": "决算"}
_YEAR_AND_KIND = re.compile(r"(20\d\d)年?度?(?:部门|单位|收支)?.{0,12}?(预算|决算)")
_CONTENTS = re.compile(
    r"^(?:表?[一二三四五六七八九十\d]++[、.．:： ]*+)?(?P<title>.{0,80}?)[\s.．·…\-—]*+\d*+$"
)
_PART = re.compile(
    r"^第[一二三四五六七]部分(?P<name>.{4,40}?(?:局|委|办|部|厅|院|会|中心|所|站|处))"
    r"(?:20\d\d年?度?)?(?:部门|单位)?(?:概况|预算|决算)"
)
#: How much of a name tells the place: 上海市普陀区.
_PLACE = 4
#: A contents list that names fewer tables than this is one of chapters only.
_FEWEST = 3


def title_findings(book: Book) -> Iterator[Finding]:
    """Findings on the years of titles, and on the contents list."""
    yield from _years(book)
    yield from _departments(book)
    yield from _contents(book)


def _years(book: Book) -> Iterator[Finding]:
    extract = book.extract
    kind = _KIND_WORDS[extract.kind]
    seen: set[str] = set()
    for line in extract.document.lines:
        if extract.uses[line.number].use not in ("title", "heading"):
            continue
        text = fold(line.text)
        match = _YEAR_AND_KIND.search(text)
        if match is None or match.group(2) != kind or text in seen:
            continue
        seen.add(text)
        agrees = int(match.group(1)) == extract.year
        words = f"标题“{line.text.strip()}”写的是 {match.group(1)} 年，本文件是 {extract.year} 年的"
        words += f"{kind}，{'相符' if agrees else '对不上'}。"
        yield _finding("title-year", "holds" if agrees else "differs", words, line)


def _departments(book: Book) -> Iterator[Finding]:
    """第二部分 …局2024年度部门决算表: the name between the part and its title."""
    own = fold(book.extract.department_name)
    for line in book.extract.document.lines:
        match = _PART.match(fold(line.text))
        if match is None or book.extract.uses[line.number].use != "heading":
            continue
        name = match["name"]
        # Only a full name can be compared: one that begins as the department's does.
        if name == own or name[:_PLACE] != own[:_PLACE] or own.endswith(name):
            continue
        words = f"标题“{line.text.strip()}”写的是“{name}”，本文件的部门是“{own}”，对不上。"
        yield _finding("title-department", "differs", words, line)


def _contents(book: Book) -> Iterator[Finding]:
    """Each table that the contents list names must be there; and each table be named."""
    listed = _listed(book)
    if len(listed) < _FEWEST:
        return
    # A title that stands somewhere else, or that a table which was read may have too: it is there.
    titles = set(_titles_outside(book)).union(*(each.titles for each in _read(book)))
    missing = []
    for known in definitions():
        line = next((listed[title] for title in known.titles if title in listed), None)
        if line and known.id not in book.tables and not known.titles & titles:
            missing.append(line)
            words = f"目录列有《{known.title}》，正文里却没有这张表。"
            yield _finding("contents", "differs", words, line)
    unlisted = [each for each in _read(book) if not any(t in listed for t in each.titles)]
    if not missing and not unlisted:
        words = f"目录列出的 {len(listed)} 张表与正文一致。"
        yield _finding("contents", "holds", words, next(iter(listed.values())))


def _listed(book: Book) -> dict[str, Line]:
    """The lines of the contents list that name a table, by its folded title."""
    known = {title for each in definitions() for title in each.titles}
    found: dict[str, Line] = {}
    for line in book.extract.document.lines:
        if book.extract.uses[line.number].use == "contents":
            match = _CONTENTS.match(fold(line.text))
            if match and match["title"] in known:
                found.setdefault(match["title"], line)
    return found


def _titles_outside(book: Book) -> Iterator[str]:
    """The titles of tables with which lines outside the contents list end, the longest of each."""
    known = sorted((t for each in definitions() for t in each.titles), key=len, reverse=True)
    for line in book.extract.document.lines:
        if book.extract.uses[line.number].use != "contents":
            text = fold(line.text)
            yield from [title for title in known if text.endswith(title)][:1]


def _read(book: Book) -> list[Definition]:
    return [each for each in definitions() if each.id in book.tables and not each.in_prose]


def _finding(rule: str, outcome: Outcome, words: str, line: Line) -> Finding:
    return Finding(
        rule=rule,
        outcome=outcome,
        sentence=words,
        page=line.page,
        line=line.number,
        quote=line.text.strip(),
    )
