"""Between disclosures of one department: what is said of last year; budget beside final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from generator.checks.book import Book
from generator.checks.compare import Comparison, Figure, closest, plain
from generator.checks.findings import at_statement, outcome_words, place_of
from generator.checks.growth import prior_of
from generator.checks.stated import amount_of, changes_of, name_of, places_of
from generator.models import Disclosure, Finding, Kind, Statement

#: The other disclosures of a department, by year and kind.
Others = Mapping[tuple[int, Kind], Disclosure]


def year_findings(book: Book, others: Others) -> Iterator[Finding]:
    """Findings against the year before, and of final accounts against their budget."""
    for other in compared_with(book, others):
        if other.extract.kind == book.extract.kind:
            yield from _prior(book, Book(other))
        else:
            yield from _budget(book, Book(other))


def compared_with(book: Book, others: Others) -> list[Disclosure]:
    """Those of the other disclosures with which this one is compared."""
    extract = book.extract
    keys: list[tuple[int, Kind]] = [(extract.year - 1, extract.kind)]
    if extract.kind == "final_accounts":
        keys.append((extract.year, "budget"))
    return [others[key] for key in keys if key in others]


def _prior(book: Book, before: Book) -> Iterator[Finding]:
    """This year's amount less its change is what last year's disclosure printed."""
    for change in book.disclosure.statements:
        if change.measure != "change" or change.base != "prior_year":
            continue
        statements = book.about(change.about)
        current = amount_of(change.about, statements, book.extract.phase)
        if current is None or changes_of(change.about, statements, change.base) is not change:
            continue
        places = places_of(current, before)
        prior = prior_of(change, current, book)
        if not places or prior.value is None:
            continue
        candidates = [[before.figure(spot) for spot in spots] for spots in places]
        result, index = closest(prior, candidates)
        words = _words(change, current, prior, result, place_of(places[index][0]), before)
        yield at_statement(
            "prior-year", change, result, words, _both(current, candidates[index], book)
        )


def _both(current: Statement, printed: list[Figure], book: Book) -> list[Figure]:
    return [book.stated(current), *printed]


def _words(
    change: Statement,
    current: Statement,
    prior: Figure,
    result: Comparison,
    place: str,
    before: Book,
) -> str:
    year = before.extract.year
    moved = "增加" if change.direction == "increase" else "减少"
    was = f"{plain(prior.value)} {prior.unit}"
    said = (
        f"情况说明写“{name_of(current)}” {current.printed}{current.printed_unit}，比上年{moved}"
        f" {change.printed}{change.printed_unit}，由此算出的上年数为 {was}"
    )
    if result.expected is None:
        return f"{said}，{year} 年公开的{place}没有数字，无法核对。"
    return (
        f"{said}，{year} 年公开的{place}为 {plain(result.expected)} {prior.unit}，"
        f"{outcome_words(result, prior.unit)}。"
    )


def _budget(book: Book, budget: Book) -> Iterator[Finding]:
    """The initial budget that final accounts state, beside the budget that was disclosed."""
    for statement in book.disclosure.statements:
        if statement.measure != "amount" or statement.phase not in ("initial_budget", "budget"):
            continue
        places = places_of(replace(statement, phase="approved"), budget)
        if not places:
            continue
        total = book.stated(statement)
        result, index = closest(total, [[budget.figure(s) for s in spots] for spots in places])
        if result.expected is None:
            continue
        outcome = "remark" if result.outcome == "differs" else result.outcome
        words = (
            f"决算写“{name_of(statement)}”预算数 {statement.printed}{statement.printed_unit}，"
            f"当年公开的预算{place_of(places[index][0])}为 {plain(result.expected)} {total.unit}"
            f"{'；预算在执行中可以调整' if outcome == 'remark' else '，相符'}。"
        )
        printed = [budget.figure(spot) for spot in places[index]]
        checked = replace(result, outcome=outcome)
        yield at_statement("budget-and-final", statement, checked, words, printed)
