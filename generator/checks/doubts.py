"""Only beyond doubt: what rests on anything not read for certain accuses nobody.

A finding that differs, or a remark, becomes one that cannot be told where a table that it needs was
not read whole, the level of a row that its sum needs is in doubt, or a figure or a word of it is.
Whatever holds still holds: figures that agree accuse nobody, and that they agree with figures read
another way speaks for the reading; its sentence says what is in doubt all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from generator.checks.book import Book
from generator.checks.catalogue import rules
from generator.checks.findings import page_of, place_of
from generator.checks.stated import name_of
from generator.meaning.definitions import definition
from generator.models import Finding, Line, Reason, Table

#: What a cell's doubt is called; what is not in this list is told as it is, if it is Chinese.
_CELLS = {
    "picture": "格子里是图片",
    "curves": "格子里是画出来的线条，不是文字",
    "form_field": "格子里是表单域",
    "annotation": "格子里是后加的批注",
    "unknown_character": "有认不出的字符",
    "overlaid": "上面盖着别的东西",
    "struck_through": "被划掉了",
    "two_amounts": "一个格子里有两个数",
    "raised_mark": "后面跟着小字的标记",
}
#: Rules whose sums, or whose search, run along the levels of a whole table.
_ALONG_LEVELS = frozenset(
    ("tree-sum", "unit-sum", "item-sum", "basic-by-unit", "key-project", "units", "code-parent")
)
#: Rules that say that something is nowhere in the file.
_NOWHERE = frozenset(("contents", "sections", "units", "carried-forward"))
#: Rules that look for names.
_BY_NAME = frozenset(("key-project", "code-name", "code-parent", "units"))
#: Rules that a table read by coordinates is held to by its own arithmetic.
_BY_COORDINATES = frozenset(("row-sum", "tree-sum", "balance"))
_OF_ANOTHER_FORM = "这条规则按另一种格式的表写成，是否适用于这份文件不能确定"
_NO_RULES = "没有竖线，各栏是按文字的位置认出的"
_CHINESE = re.compile(r"[一-鿿]")
_SETTLED = frozenset(("differs", "remark"))


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is in doubt: the reason, and what to say of it."""

    reason: Reason
    words: str


def beyond_doubt(findings: Iterable[Finding], books: Sequence[Book]) -> Iterator[Finding]:
    """The findings, none of which accuses on anything that is in doubt in one of the ``books``.

    The first book is the disclosure's own; the others are those that it was compared with.
    """
    doubtful = [doubts for book in books if (doubts := _Doubts(book)).any]
    for finding in findings:
        why = next((why for each in doubtful if (why := each.of(finding))), None)
        if why:
            yield _doubted(finding, why, books[0])
        elif finding.outcome == "cannot_tell" and not finding.reason:
            yield replace(finding, reason="no_figure")
        else:
            yield finding


def _doubted(finding: Finding, why: Why, book: Book) -> Finding:
    if finding.outcome not in _SETTLED:
        agrees = finding.outcome in ("holds", "rounding")
        said = f"（其中{why.words}，数目仍然相符）" if agrees else f"（{why.words}）"
        words = f"{finding.sentence.removesuffix('。')}{said}。"
        return replace(finding, reason=why.reason, sentence=words, relations=())
    title = rules()[finding.rule].title
    words = f"{_place(finding, book)}：{why.words}，无法核对“{title}”。"
    return replace(
        finding,
        outcome="cannot_tell",
        reason=why.reason,
        sentence=words,
        expected=None,
        difference=None,
        relations=(),
    )


def _place(finding: Finding, book: Book) -> str:
    """Where the figure in question stands, in words, without what came of it."""
    spot = book.cells.get(finding.inputs[0]) if finding.inputs else None
    if spot:
        return place_of(spot)
    if statement := book.statements.get(finding.statement):
        return f"情况说明“{name_of(statement)}” {statement.printed}{statement.printed_unit}"
    if finding.table:
        return f"《{definition(finding.table).title}》"
    return f"第 {finding.line} 行" if finding.line else "全文"


class _Doubts:
    """All that is in doubt in one disclosure, by the identifier of what is."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.tables = book.tables.values()
        self.gaps = {book.table_id(t.id): _gap(t) for t in self.tables if t.gap}
        self.levels = {book.table_id(t.id): _level(t) for t in self.tables if _unsure(t)}
        self.lines = {line.number: line for line in book.extract.document.lines if _dim(line)}
        self.gaps |= _blurred(book, self.lines)
        self.aligned = _aligned(book)
        self.cells = {**_rows(book), **_disagreements(book), **self._statements()}

    @property
    def any(self) -> bool:
        """Whether anything at all is in doubt."""
        return bool(
            self.book.extract.by_coordinates
            or self.gaps
            or self.aligned
            or self.levels
            or self.lines
            or self.cells
            or self.nowhere
        )

    @cached_property
    def nowhere(self) -> Why | None:
        """Why nobody can say that something is nowhere in the file."""
        extract = self.book.extract
        unread = any(use.use == "unread" for use in extract.uses.values())
        pages = {line.page for line in extract.document.lines if line.text.strip()}
        blank = [page.number for page in extract.document.pages if page.number not in pages]
        if unread or blank or extract.cut or self.gaps or self.lines:
            where = f"第 {blank[0]} 页没有读到文字" if blank else "有的地方没有读出来"
            where = "可能被截断" if extract.cut else where
            return Why("not_whole", f"这份文件没有读全（{where}）")
        return None

    def _statements(self) -> dict[str, Why]:
        return {
            each.statement_id: _words(self.lines[each.line], self.book)
            for each in self.book.disclosure.statements
            if each.line in self.lines
        }

    def of(self, finding: Finding) -> Why | None:
        """Why a finding is in doubt; None where it is not."""
        own = self.book.table_id(finding.table) if finding.table else ""
        names = dict.fromkeys((finding.statement, *finding.inputs, *finding.rests_on))
        tables = dict.fromkeys((own, *map(_table_of, names)))
        found = [self.gaps.get(table) for table in tables]
        if finding.rule in _ALONG_LEVELS:
            found += [self.levels.get(table) for table in tables]
        found += [self.cells.get(name) for name in names]
        if finding.rule in _NOWHERE:
            found.append(self.nowhere)
        if finding.outcome in _SETTLED:
            found += [self.aligned.get(table) for table in tables]
        found.append(self._of_form(finding))
        return next((why for why in (*found, self._of_words(finding, tuple(names))) if why), None)

    def _of_form(self, finding: Finding) -> Why | None:
        """A rule written for other tables accuses nobody; that it holds is said all the same."""
        if not self.book.extract.by_coordinates or finding.rule in _BY_COORDINATES:
            return None
        return Why("form", _OF_ANOTHER_FORM) if finding.outcome in _SETTLED else None

    def _of_words(self, finding: Finding, names: tuple[str, ...]) -> Why | None:
        """Words in doubt: where names are compared, and where nothing but words is."""
        if finding.relations and finding.rule not in _BY_NAME:
            return None
        spots = (self.book.cells[name] for name in names if name in self.book.cells)
        numbers = [finding.line or 0, *(spot.row.line for spot in spots)]
        line = next((self.lines[number] for number in numbers if number in self.lines), None)
        return _words(line, self.book) if line else None


def _table_of(name: str) -> str:
    """The identifier of the table of a figure: ``department.year-kind.table``."""
    return ".".join(name.split(".")[:3])


def _dim(line: Line) -> bool:
    return any(line.doubts)


def _unsure(table: Table) -> bool:
    return any(row.level_doubt for row in table.rows)


def _gap(table: Table) -> Why:
    said = f"（{table.gap}）" if _CHINESE.search(table.gap) else ""
    return Why("not_whole", f"《{definition(table.id).title}》没有读全{said}")


def _aligned(book: Book) -> dict[str, Why]:
    """Tables without vertical rules: that an amount is in its column is told by its place alone."""
    aligned = {line.number for line in book.extract.document.lines if line.aligned}
    return {
        book.table_id(table.id): Why("alignment", f"《{definition(table.id).title}》{_NO_RULES}")
        for table in (book.tables.values() if aligned else ())
        if aligned & {row.line for row in table.rows}
    }


def _blurred(book: Book, lines: Mapping[int, Line]) -> dict[str, Why]:
    """Tables of words that have a line in doubt: which of their cells it is cannot be told."""
    found: dict[str, Why] = {}
    for table in book.tables.values() if lines else ():
        own = [n for n in lines if table.first_line <= n <= table.last_line]
        if table.records and own:
            found[book.table_id(table.id)] = _words(lines[own[0]], book)
    return found


def _level(table: Table) -> Why:
    row = next(row for row in table.rows if row.level_doubt)
    said = f"《{definition(table.id).title}》里“{row.label or row.name}”一行属于哪一级看不准"
    return Why("level", said)


def _words(line: Line, book: Book) -> Why:
    page = page_of(book, line.number)
    place = f"第 {page} 页第 {line.number} 行" if page else f"第 {line.number} 行"
    return Why("words", f"{place}有看不准的文字")


def _rows(book: Book) -> dict[str, Why]:
    """The cells in doubt, those of rows whose level is in doubt included."""
    rows = (row for table in book.tables.values() for row in table.rows)
    if not any(row.doubts or row.level_doubt for row in rows):
        return {}
    found: dict[str, Why] = {}
    for name, spot in book.cells.items():
        index = spot.table.measures(spot.row.side).index(spot.column)
        if index in spot.row.doubts:
            found[name] = Why("cell", place_of(spot) + _said(spot.row.doubts[index]))
        elif spot.row.level_doubt:
            found[name] = _level(spot.table)
    return found


def _said(doubt: str) -> str:
    said = _CELLS.get(doubt, doubt)
    return said if _CHINESE.search(said) else "没有读准"


def _disagreements(book: Book) -> dict[str, Why]:
    return {
        each.fact_id: Why("routes", f"{place_of(book.cells[each.fact_id])}两种读法不一致")
        for each in book.disclosure.disagreements
        if each.fact_id in book.cells
    }
