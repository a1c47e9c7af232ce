"""Growth: stated changes, percentages and directions against each other.

prior = current ∓ change; % = change ÷ prior; a completion rate = executed ÷ budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import localcontext

from msgspec.structs import replace

from generator.checks.book import Book
from generator.checks.compare import ZERO, Comparison, Figure, compare, ids, plain
from generator.checks.findings import at_statement, outcome_words
from generator.checks.rates import may_be, rate_of, sizes
from generator.checks.stated import amount_of, changes_of, name_of, signed
from generator.facts.narrative_words import terms
from generator.meaning.amounts import EXACT
from generator.models import Finding, Outcome, Statement, Sum

_DIRECTIONS = {"increase": "增加", "decrease": "减少", "unchanged": "持平"}
_BASES = {
    "prior_year": "上年",
    "prior_year_executed": "上年执行数",
    "initial_budget": "年初预算",
    "adjusted_budget": "全年预算",
    "budget": "预算",
}


def growth_findings(book: Book) -> Iterator[Finding]:
    """Findings on growth, directions, completion rates and the changes of parts."""
    for statement in book.disclosure.statements:
        about = book.about(statement.about)
        if statement.measure == "growth":
            yield from _growth(statement, about, book)
        elif statement.measure == "amount" and statement.phase == "prior_year":
            yield from _stated_prior(statement, about, book)
        elif statement.measure == "completion":
            yield from _completion(statement, about, book)
        elif statement.measure == "change" and statement.direction == "unchanged":
            yield from _unchanged(statement, about, book)
        elif statement.measure == "change":
            yield from _changes(statement, about, book)
            yield from _change_alone(statement, about, book)


def prior_of(change: Statement, current: Statement, book: Book) -> Figure:
    """What the figure was before: the amount less its change."""
    now, moved = book.stated(current), signed(change, book)
    value, moved_step = moved.within(now.unit)
    with localcontext(EXACT):
        prior = None if now.value is None or value is None else now.value - value
        made_of = (*now.terms(now.unit), *moved.terms(now.unit, -1))
    step_ = now.step + moved_step
    return Figure(current.statement_id, "上年数", prior, now.unit, step_, made_of=made_of)


def _growth(rate: Statement, statements: Sequence[Statement], book: Book) -> Iterator[Finding]:
    change = changes_of(rate.about, statements, rate.base)
    current = amount_of(rate.about, statements, book.extract.phase)
    if change is None or current is None or change.value is None or current.value is None:
        return
    yield _direction(rate, change)
    prior = prior_of(change, current, book)
    if prior.value is None:
        return
    said, inputs = _said(change, current), [book.stated(current), book.stated(change)]
    if _is_negative(prior):
        yield _negative(rate, said, prior, inputs)
        return
    moved = book.stated(change)
    if rate.value is None or not (prior.value or may_be(rate.value, *sizes(moved, prior))):
        yield from _without_base(rate, change, prior, said, inputs)
        return
    result = rate_of(rate, moved, prior)
    words = (
        f"{said}，由此算出的{_base_name(rate)}数为 {plain(prior.value)} {prior.unit}，变动除以它是"
        f" {plain(result.expected)}%，写的是 {rate.printed}%，{_rate_words(result)}。"
    )
    yield at_statement("growth", rate, result, words, inputs)


def _base_name(change: Statement) -> str:
    return _BASES.get(change.base, f"{change.base}年")


def _said(change: Statement, current: Statement) -> str:
    return (
        f"情况说明写“{name_of(current)}” {current.printed}{current.printed_unit}，"
        f"比{_base_name(change)}{_DIRECTIONS[change.direction]}{change.printed}{change.printed_unit}"
    )


def _is_negative(prior: Figure) -> bool:
    """Whether what was there before would be less than nothing, whatever was rounded."""
    return prior.value is not None and prior.value < -prior.step / 2


def _negative(at: Statement, said: str, prior: Figure, inputs: Sequence[Figure]) -> Finding:
    was = f"{plain(prior.value)} {prior.unit}"
    words = f"{said}，由此算出的{_base_name(at)}数为 {was}，是负数，对不上。"
    relation = Sum(prior.terms(prior.unit), -prior.step / 2, None)
    result = Comparison("differs", None, at.value, None, (relation,), ids(prior))
    return at_statement("growth", at, result, words, inputs)


def _without_base(
    rate: Statement, change: Statement, prior: Figure, said: str, inputs: Sequence[Figure]
) -> Iterator[Finding]:
    """Against nothing there is no percentage: `--`, or 0 where nothing changed."""
    base = _base_name(rate)
    none = prior.value is not None and abs(prior.value) <= prior.step / 2
    if none and (rate.value is None or (rate.value == 0 and change.value == 0)):
        words = f"{said}，{base}数为 0，没有可比的百分比，写作“{rate.printed}”，相符。"
        yield at_statement("growth", rate, Comparison("holds", None, None, None), words, inputs)
    elif none:
        words = f"{said}，由此算出的{base}数为 0，没有可比的百分比，却写了 {rate.printed}%。"
        result = Comparison("remark", None, rate.value, None)
        yield at_statement("growth-without-base", rate, result, words, inputs)
    elif change.value != 0:
        words = f"{said}，由此算出的{base}数不是 0，百分比却写作“{rate.printed}”。"
        result = Comparison("remark", None, None, None)
        yield at_statement("growth-without-base", rate, result, words, inputs)


def _direction(rate: Statement, change: Statement) -> Finding:
    """增加 goes with 增长, 减少 with 下降; nothing has no direction."""
    agrees = rate.direction == change.direction or not change.value or not rate.value
    outcome: Outcome = "holds" if agrees else "differs"
    said = f"{_DIRECTIONS[change.direction]}{change.printed}{change.printed_unit}"
    other = "增长" if rate.direction == "increase" else "下降"
    words = f"情况说明写“{name_of(rate)}” {said}、{other}{rate.printed}%，方向"
    words += "一致。" if agrees else "相反，对不上。"
    result = Comparison(outcome, None, None, None, rests_on=(change.statement_id,))
    return at_statement("direction", rate, result, words)


def _rate_words(result: Comparison) -> str:
    if result.outcome == "holds":
        return "相符"
    return outcome_words(result, "个百分点")


def _completion(rate: Statement, statements: Sequence[Statement], book: Book) -> Iterator[Finding]:
    """完成预算的 y%: executed ÷ budget, whichever budget the sentence states."""
    executed = amount_of(rate.about, statements, "executed")
    budgets = [
        s for s in statements if s.about == rate.about and s.phase.endswith("budget") and s.value
    ]
    if executed is None or executed.value is None or rate.value is None or not budgets:
        return
    results = []
    for budget in budgets:
        results.append((rate_of(rate, book.stated(executed), book.stated(budget)), budget))
    order: list[Outcome] = ["holds", "rounding", "differs"]
    result, budget = min(results, key=lambda each: order.index(each[0].outcome))
    result = replace(result, relations=tuple(r for each, _ in results for r in each.relations))
    words = (
        f"情况说明写“{name_of(executed)}”预算 {budget.printed}{budget.printed_unit}，决算"
        f" {executed.printed}{executed.printed_unit}，决算除以预算是 {plain(result.expected)}%，"
        f"写的是 {rate.printed}%，{_rate_words(result)}。"
    )
    yield at_statement("completion", rate, result, words, map(book.stated, (executed, budget)))


def _stated_prior(
    before: Statement, statements: Sequence[Statement], book: Book
) -> Iterator[Finding]:
    """A prior figure that is stated is the current one less the change."""
    change = changes_of(before.about, statements, "prior_year")
    current = amount_of(before.about, statements, book.extract.phase)
    if change is None or current is None:
        return
    prior = prior_of(change, current, book)
    if prior.value is None:
        return
    result = compare(book.stated(before), [prior])
    words = (
        f"情况说明写“{name_of(before)}”上年数 {before.printed}{before.printed_unit}，由本年"
        f" {current.printed} 和变动 {change.printed} 算得 {plain(result.expected)}"
        f" {before.printed_unit}，{outcome_words(result, before.printed_unit)}。"
    )
    yield at_statement("growth", before, result, words, map(book.stated, (current, change)))


def _unchanged(same: Statement, statements: Sequence[Statement], book: Book) -> Iterator[Finding]:
    """持平: no change of another size may be stated of the same subject."""
    change = changes_of(same.about, statements, same.base)
    if change is None:
        return
    agrees = not change.value
    outcome: Outcome = "holds" if agrees else "differs"
    said = f"{_DIRECTIONS[change.direction]}{change.printed}{change.printed_unit}"
    words = f"情况说明写“{name_of(same)}”持平，又写{said}，"
    words += "相符。" if agrees else "对不上。"
    result = Comparison(outcome, None, None, None)
    yield at_statement("direction", same, result, words, [book.stated(change)])


def _moved(about: str, book: Book, base: str) -> Statement | None:
    """The one change of a part; 持平, without a figure, is one too."""
    statements = book.about(about)
    unchanged = [s for s in statements if s.base == base and s.direction == "unchanged"]
    found = changes_of(about, statements, base)
    return found or (unchanged[0] if len(unchanged) == 1 else None)


def _signed(part: Statement, whole: Statement, book: Book) -> Figure:
    if part.direction != "unchanged":
        return signed(part, book)
    unit = whole.printed_unit
    return Figure(part.statement_id, name_of(part), ZERO, unit, book.prose_step(unit))


def _told(change: Statement) -> str:
    words = _DIRECTIONS[change.direction]
    return words if change.value is None else f"{words} {change.printed}"


def _change_alone(
    change: Statement, statements: Sequence[Statement], book: Book
) -> Iterator[Finding]:
    """A change of which no percentage is told cannot be of more than there is, either."""
    current = amount_of(change.about, statements, book.extract.phase)
    same = (s for s in statements if s.about == change.about and s.base == change.base)
    if current is None or any(each.measure == "growth" for each in same):
        return
    prior = prior_of(change, current, book)
    if changes_of(change.about, statements, change.base) is change and _is_negative(prior):
        inputs = [book.stated(current), book.stated(change)]
        yield _negative(change, _said(change, current), prior, inputs)


def _changes(change: Statement, statements: Sequence[Statement], book: Book) -> Iterator[Finding]:
    """The change of a whole is the sum of its parts' changes, where all are stated."""
    expected = terms()[change.subject].parts if change.subject in terms() else ()
    if not expected or changes_of(change.about, statements, change.base) is not change:
        return
    inside = [s for s in book.within(change.about) if s.section == change.section]
    moved = []
    for part in expected:
        about = {s.about for s in inside if s.subject == part}
        found = _moved(about.pop(), book, change.base) if len(about) == 1 else None
        if found is None:
            return
        moved.append(found)
    figures = [_signed(each, change, book) for each in moved]
    result = compare(signed(change, book), figures)
    named = "、".join(f"{name_of(s)}{_told(s)}" for s in moved)
    unit = change.printed_unit
    words = (
        f"情况说明写“{name_of(change)}”{_DIRECTIONS[change.direction]} {change.printed} {unit}，"
        f"各部分 {named}，合起来变动 {plain(result.expected)} {unit}，"
        f"{outcome_words(result, unit)}。"
    )
    yield at_statement("changes-of-parts", change, result, words, figures)
