"""Remarks on shares, comparisons in words, and amounts that cannot be more than others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from generator.checks.book import Book, grouped
from generator.checks.compare import ZERO, Comparison, Figure, plain
from generator.checks.findings import at_statement
from generator.checks.rates import rate_of
from generator.checks.stated import amount_of, name_of, places_of
from generator.facts.narrative_words import named, terms
from generator.facts.narrative_words import plain as narrow
from generator.models import Finding, Statement

_RELATIONS = {"greater": "大于", "less": "小于", "equal": "等于", "about_equal": "基本持平于"}
#: Beyond this part of the budget, 基本持平 is not what anybody would say.
_NEARLY = Decimal("0.05")
_ADJUSTED = Decimal("0.3")
#: What must not be more than what.
_LIMITS = (
    ("contracts_to_smaller_enterprises", "government_procurement"),
    ("contracts_to_small_enterprises", "contracts_to_smaller_enterprises"),
    ("reserved_for_smaller_enterprises", "government_procurement"),
    ("reserved_for_small_enterprises", "government_procurement"),
)
#: Fixed assets are a few years' spending; a thousand times that is 元 taken for 万元.
_IMPLAUSIBLE = 1_000


def share_findings(book: Book) -> Iterator[Finding]:
    """占 x%: part ÷ whole, where the whole is stated or printed."""
    by_subject = grouped(book.disclosure.statements, lambda each: each.subject)
    for rate in book.disclosure.statements:
        if rate.measure != "share" or rate.value is None:
            continue
        part = _last_amount(rate, book)
        whole = _whole(rate, by_subject, book)
        if part is None or part.value is None or whole is None or not whole.value:
            continue
        figure = book.stated(part)
        result = rate_of(rate, figure, whole)
        outcome = result.outcome
        if outcome == "differs":
            # Against a printed total that the words may not mean, nothing can be said.
            outcome = "remark" if whole.id in book.statements else "cannot_tell"
        words = (
            f"情况说明写“{name_of(part)}” {part.printed}{part.printed_unit}占“{whole.label}”"
            f" {plain(whole.value)} {whole.unit} 的 {rate.printed}%，两数相除是"
            f" {plain(result.expected)}%。"
        )
        checked = Comparison(outcome, result.expected, result.printed, result.difference)
        yield at_statement("share", rate, checked, words, (figure, whole))


def _last_amount(rate: Statement, book: Book) -> Statement | None:
    own = [s for s in book.about(rate.about) if s.measure == "amount"]
    return own[-1] if len(own) == 1 else None


def _whole(
    rate: Statement, by_subject: Mapping[str, Sequence[Statement]], book: Book
) -> Figure | None:
    """What a share is of: what it names, or the amount of which its subject is a part."""
    if not rate.base:
        found = amount_of(rate.within, book.about(rate.within), _phase(rate, book))
        return book.stated(found, name_of(found)) if found else None
    subject = named(narrow(rate.base), book.extract.department_name)
    if subject is None:
        return None
    same = [
        s
        for s in by_subject.get(subject.term, ())
        if s.measure == "amount" and s.subject != "functional_class"
    ]
    if same and len({s.value for s in same}) == 1:
        return book.stated(same[0], name_of(same[0]))
    return _printed(subject.term, rate, book) if not same else None


def _phase(rate: Statement, book: Book) -> str:
    """The phase of the amount to which a share belongs."""
    part = _last_amount(rate, book)
    return part.phase if part else ""


def _printed(term: str, rate: Statement, book: Book) -> Figure | None:
    """The amount of a term as the tables print it, where they print one only."""
    asked = replace(rate, subject=term, phase=book.extract.phase)
    figures = [book.figure(s) for spots in places_of(asked, book) for s in spots]
    values = {figure.value for figure in figures if figure.value is not None}
    return replace(figures[0], label=terms()[term].title) if len(values) == 1 else None


def comparison_findings(book: Book) -> Iterator[Finding]:
    """决算数大于（小于、等于）预算数, against the two figures."""
    for said in book.disclosure.statements:
        if said.measure != "comparison":
            continue
        about = book.about(said.about)
        executed = amount_of(said.about, about, "executed")
        budgets = [s for s in about if s.phase.endswith("budget")]
        if executed is None or executed.value is None or not budgets:
            continue
        holds = any(_holds(said.direction, executed, budget, book) for budget in budgets)
        budget = budgets[-1]
        words = (
            f"情况说明写“{name_of(executed)}”决算数{_RELATIONS[said.direction]}预算数，而预算数为"
            f" {budget.printed}{budget.printed_unit}，决算数为 {executed.printed}"
            f"{executed.printed_unit}，{'相符' if holds else '说法与数字不一致'}。"
        )
        result = Comparison("holds" if holds else "remark", None, None, None)
        yield at_statement("comparison", said, result, words, map(book.stated, (executed, budget)))


def _holds(direction: str, executed: Statement, budget: Statement, book: Book) -> bool:
    now, before = book.stated(executed), book.stated(budget)
    value = now.within(before.unit)[0]
    if value is None or before.value is None:
        return True  # a figure is missing: nothing to say
    difference = value - before.value
    slack = (now.step + before.step) / 2
    if direction == "about_equal":
        return abs(difference) <= max(abs(before.value) * _NEARLY, slack)
    if direction == "equal":
        return abs(difference) <= slack
    return difference > 0 if direction == "greater" else difference < 0


def limit_findings(book: Book) -> Iterator[Finding]:
    """Parts that are more than their whole, large adjustments, assets in the wrong unit."""
    statements = book.disclosure.statements
    for inner, outer in _LIMITS:
        small, large = _one(inner, statements), _one(outer, statements)
        if small and large and _value(small, large, book) > (large.value or ZERO):
            words = f"“{name_of(small)}” {small.printed}{small.printed_unit}大于“{name_of(large)}”"
            words += f" {large.printed}{large.printed_unit}。"
            yield _remark("limit", small, words, book, large)
    for statement in statements:
        if statement.measure == "amount" and statement.phase == "executed":
            yield from _over_budget(statement, book)
        if statement.subject == "fixed_assets" and statement.measure == "amount":
            yield from _implausible(statement, book)


def _one(term: str, statements: Sequence[Statement]) -> Statement | None:
    found = [s for s in statements if s.subject == term and s.measure == "amount"]
    return found[0] if len(found) == 1 else None


def _value(statement: Statement, other: Statement, book: Book) -> Decimal:
    return book.stated(statement).within(other.printed_unit)[0] or ZERO


def _over_budget(executed: Statement, book: Book) -> Iterator[Finding]:
    own = [s for s in book.about(executed.about) if s.measure == "amount"]
    budget = next((s for s in own if s.phase.endswith("budget")), None)
    if budget is None or not budget.value or executed.value is None:
        return
    value = _value(executed, budget, book)
    if executed.subject == "three_public_expenses" and value > budget.value:
        words = f"“三公”经费决算 {executed.printed}{executed.printed_unit}超过预算"
        words += f" {budget.printed}{budget.printed_unit}，需要说明原因。"
        yield _remark("over-budget", executed, words, book, budget)
    initial = next((s for s in own if s.phase == "initial_budget"), None)
    adjusted = next((s for s in own if s.phase == "adjusted_budget"), None)
    if initial and adjusted and initial.value and adjusted.value:
        change = abs(_value(adjusted, initial, book) - initial.value) / initial.value
        if change > _ADJUSTED:
            words = (
                f"“{name_of(initial)}”年初预算 {initial.printed}{initial.printed_unit}，全年预算"
            )
            words += f" {adjusted.printed}{adjusted.printed_unit}，调整超过 30%，需要说明原因。"
            yield _remark("adjustment", adjusted, words, book, initial)


def _implausible(assets: Statement, book: Book) -> Iterator[Finding]:
    """302,475,975.31万元 of assets beside a budget of 27,900.73万元 are 元, not 万元."""
    table = "budget-summary" if book.extract.kind == "budget" else "final-summary"
    total = book.first(f"{table}[total_expenditure]")
    if total is None or not total.value or assets.value is None:
        return
    ratio = (book.stated(assets).within(total.unit)[0] or ZERO) / total.value
    if ratio > _IMPLAUSIBLE:
        words = (
            f"情况说明写“{name_of(assets)}” {assets.printed}{assets.printed_unit}，是全年支出"
            f" {plain(total.value)} {total.unit} 的 {ratio:,.0f} 倍，可能把元写成了万元。"
        )
        result = Comparison("remark", None, assets.value, None, rests_on=(total.id,))
        yield at_statement("unit-slip", assets, result, words)


def _remark(rule: str, statement: Statement, words: str, book: Book, *others: Statement) -> Finding:
    result = Comparison("remark", None, statement.value, None)
    return at_statement(rule, statement, result, words, map(book.stated, others))
