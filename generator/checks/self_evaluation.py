"""Self-evaluations: the arithmetic that a project's form prints: scores, full marks, money spent.

Each form is a stretch of records from one that names its project to the next. What a form does not
print is not checked; a cell that is blank, or holds more than its figure, cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from generator.checks.book import Book, step
from generator.checks.compare import ZERO, Comparison, Figure, compare, plain
from generator.checks.findings import outcome_words, page_of
from generator.checks.rates import compare_rate
from generator.meaning.amounts import UNITS, is_amount, to_decimal
from generator.meaning.definitions import definition
from generator.models import Finding, Record, Sum, Table

_POINTS = "分"
_HUNDRED = Decimal(100)


def self_evaluation_findings(book: Book) -> Iterator[Finding]:
    """All findings on the self-evaluations of one disclosure."""
    for table in book.tables.values():
        if definition(table.id).shape == "self_evaluation":
            for form in _forms(table, book):
                yield from form.findings()


def _forms(table: Table, book: Book) -> Iterator[_Form]:
    """The forms of a table: the records of one project each."""
    records: list[_Numbered] = []
    for number, record in enumerate(table.records, start=1):
        starts = record.values.get("section") == "identity"
        if starts and records and records[-1].section != "identity":
            yield _Form(table, records, book)
            records = []
        records.append(_Numbered(number, record))
    if records:
        yield _Form(table, records, book)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A record and its number in its table."""

    number: int
    record: Record

    @property
    def section(self) -> str:
        return self.record.values.get("section", "")

    def text(self, column: str) -> str:
        return self.record.values.get(column, "").strip()


class _Form:
    """One self-evaluation under its checks."""

    def __init__(self, table: Table, records: Sequence[_Numbered], book: Book) -> None:
        self.table, self.book = table, book
        self.records = records
        money = (each for each in records if each.section == "funds")
        self.whole = next(money, None)
        self.marked = [each for each in records if each.section == "indicator"]
        if self.whole and self.whole.text("weight"):
            self.marked.insert(0, self.whole)
        self.total = next((each for each in records if each.section == "total"), None)

    def findings(self) -> Iterator[Finding]:
        """All findings of the form."""
        yield from self._weights()
        yield from self._scores()
        yield from self._limits()
        yield from self._rate()

    def _weights(self) -> Iterator[Finding]:
        """The full marks of all parts make the hundred that the form prints as its whole."""
        if self.total is None or not self._prints("weight"):
            return
        printed = [self._value(self.total, each) for each in ("weight", "score")]
        if _HUNDRED not in printed:
            return
        column = ("weight", "score")[printed.index(_HUNDRED)]
        whole = self._figure(self.total, column, _POINTS)
        parts = [self._figure(each, "weight", _POINTS) for each in self.marked]
        result = compare(whole, parts)
        words = f"各项分值之和为 {plain(result.expected)} 分，满分 100 分"
        yield self._finding("evaluation-weights", self.total, column, parts, result, words)

    def _scores(self) -> Iterator[Finding]:
        if self.total is None or not self._prints("score") or not self.total.text("score"):
            return
        whole = self._figure(self.total, "score", _POINTS)
        parts = [self._figure(each, "score", _POINTS) for each in self.marked]
        result = compare(whole, parts)
        words = f"总分为 {plain(result.printed)} 分，各项得分之和为 {plain(result.expected)} 分"
        yield self._finding("evaluation-scores", self.total, "score", parts, result, words)

    def _limits(self) -> Iterator[Finding]:
        """A score is not more than its full marks."""
        for each in self.marked:
            if not each.text("score") or not each.text("weight"):
                continue
            score, full = (self._figure(each, c, _POINTS) for c in ("score", "weight"))
            result = _at_most(score, full)
            words = f"得分 {plain(score.value)} 分，分值 {plain(full.value)} 分"
            yield self._finding("evaluation-limit", each, "score", [full], result, words)

    def _rate(self) -> Iterator[Finding]:
        """The rate of the budget spent is money spent ÷ budget."""
        if self.whole is None or not self.whole.text("completion_rate"):
            return
        unit = self.table.unit if self.table.unit in UNITS else "万元"
        spent, budget = (self._figure(self.whole, c, unit) for c in ("achieved", "planned"))
        text = self.whole.text("completion_rate").removesuffix("%").removesuffix("％").strip()
        if not is_amount(text) or spent.value is None or not budget.value:
            result = Comparison("cannot_tell", None, None, None)
            words = "预算数、完成数和完成率"
        else:
            name = self._name(self.whole, "completion_rate")
            result = compare_rate(name, to_decimal(text), text, spent, budget)
            words = (
                f"预算 {plain(budget.value)} {unit}，完成 {plain(spent.value)} {unit}，"
                f"两数相除是 {plain(result.expected)}%，写的是 {text}%"
            )
        yield self._finding(
            "evaluation-rate", self.whole, "completion_rate", [spent, budget], result, words, "%"
        )

    # Figures.

    def _prints(self, column: str) -> bool:
        return any(each.text(column) for each in self.marked)

    def _value(self, record: _Numbered, column: str) -> Decimal | None:
        """What a cell prints; None where it is blank, or holds anything besides."""
        text = record.text(column).removesuffix(_POINTS).strip()
        return to_decimal(text) if is_amount(text) else None

    def _figure(self, record: _Numbered, column: str, unit: str) -> Figure:
        """The figure of a cell; marks are exact, but for a total with fewer decimals than they."""
        own = step([record.text(column)])
        finest = step([text for e in self.marked if is_amount(text := e.text(column))])
        rounded = unit != _POINTS or (record is self.total and finest < own)
        name, label = self._name(record, column), record.text("label")
        return Figure(name, label, self._value(record, column), unit, own if rounded else ZERO)

    def _name(self, record: _Numbered, column: str) -> str:
        return f"{self.book.table_id(self.table.id)}.{record.record.key}.{column}"

    def _finding(
        self,
        rule: str,
        at: _Numbered,
        column: str,
        parts: Sequence[Figure],
        result: Comparison,
        words: str,
        unit: str = _POINTS,
    ) -> Finding:
        title, label = definition(self.table.id).title, at.text("label")
        said = f"《{title}》“{label}”缺少能核对的数字，无法核对。"
        if result.outcome != "cannot_tell":
            agrees = outcome_words(result, "个百分点" if unit == "%" else unit)
            said = f"《{title}》“{label}”：{words}，{agrees}。"
        inputs = (self._name(at, column), *(p.id for p in parts if p.value is not None))
        return Finding(
            rule=rule,
            outcome=result.outcome,
            sentence=said,
            inputs=tuple(dict.fromkeys(inputs)),
            table=self.table.id,
            row=at.number,
            column=column,
            expected=result.expected,
            printed=result.printed,
            difference=result.difference,
            printed_unit=unit,
            page=page_of(self.book, at.record.line),
            line=at.record.line,
            rests_on=result.rests_on,
            relations=result.relations,
        )


def _at_most(score: Figure, full: Figure) -> Comparison:
    """A score may be less than its full marks, and never more."""
    if score.value is None or full.value is None:
        return Comparison("cannot_tell", None, score.value, None)
    relation = Sum((*full.terms(full.unit), *score.terms(full.unit, -1)), ZERO, None)
    holds = score.value <= full.value
    apart = ZERO if holds else score.value - full.value
    compared = Comparison("holds" if holds else "differs", full.value, score.value, apart)
    return replace(compared, relations=(relation,), rests_on=(score.id, full.id))
