"""Running the checks of each disclosure, alone and against its department's other years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.checks.between import between_findings
from generator.checks.book import Book, grouped
from generator.checks.by_coordinates import coordinate_findings
from generator.checks.cases import with_cases
from generator.checks.catalogue import switched_on
from generator.checks.codes import code_findings
from generator.checks.compare import Comparison, is_slip_of_unit
from generator.checks.doubts import beyond_doubt
from generator.checks.empty_tables import empty_table_findings
from generator.checks.form import form_findings
from generator.checks.growth import growth_findings
from generator.checks.key_projects import key_project_findings
from generator.checks.routes import disagreement_findings
from generator.checks.self_evaluation import self_evaluation_findings
from generator.checks.shares import comparison_findings, limit_findings, share_findings
from generator.checks.stated import part_findings, stated_findings
from generator.checks.titles import title_findings
from generator.checks.units import unit_findings
from generator.checks.within import table_findings
from generator.checks.wording import wording_findings
from generator.checks.years import Others, compared_with, year_findings
from generator.journal import step
from generator.meaning.keys import key_of, told_apart
from generator.models import Checked, Disclosure, Finding
from generator.stage_limits import NO_LIMITS, OverLimit, StageLimits, within

#: The checks of one disclosure by itself, each of which reads its book.
CHECKS = (
    table_findings,
    coordinate_findings,
    between_findings,
    code_findings,
    empty_table_findings,
    key_project_findings,
    stated_findings,
    part_findings,
    growth_findings,
    self_evaluation_findings,
    title_findings,
    unit_findings,
    share_findings,
    comparison_findings,
    limit_findings,
    form_findings,
    wording_findings,
)


def run_all_checks(
    disclosures: Sequence[Disclosure], switches: Mapping[str, bool], limits: StageLimits = NO_LIMITS
) -> tuple[Checked, ...]:
    """Check each disclosure, alone and against the others of its department.

    Each may take what ``limits`` say. ``switches`` turn rules of form on and off.
    Raises ConfigError on one that cannot be switched.
    """
    on = switched_on(switches)
    checked = []
    of_department = grouped(disclosures, lambda each: each.department.id)
    for each in disclosures:
        others: Others = {
            (other.extract.year, other.extract.kind): other
            for other in of_department[each.department.id]
            if other is not each
        }
        checked.append(_told(each, others, on, limits))
    return tuple(checked)


def _told(
    disclosure: Disclosure, others: Others, on: frozenset[str], limits: StageLimits
) -> Checked:
    with step("checks", disclosure=disclosure.id) as told:
        checked = _guarded(disclosure, others, on, limits)
        told.problems = sum(each.outcome == "differs" for each in checked.findings)
        told.outcome = (
            "failed"
            if checked.failed or checked.over_limit
            else "differs"
            if told.problems
            else "holds"
        )
    return checked


def _guarded(
    disclosure: Disclosure, others: Others, on: frozenset[str], limits: StageLimits
) -> Checked:
    """A mistake of ours in a check never takes the build down: it is recorded instead."""
    try:
        with within(limits):
            return run_checks(disclosure, others, on)
    except OverLimit as error:
        return Checked(disclosure, over_limit=str(error))
    except Exception as error:
        return Checked(disclosure, failed=f"{type(error).__name__}: {error}")


def run_checks(
    disclosure: Disclosure, others: Others | None = None, on: frozenset[str] | None = None
) -> Checked:
    """Run all rules that are ``on`` (None: by default) on one disclosure."""
    book, others = Book(disclosure), others or {}
    raw = [
        *(finding for check in CHECKS for finding in check(book)),
        *year_findings(book, others),
    ]
    found = [
        *beyond_doubt(raw, [book, *map(Book, compared_with(book, others))]),
        *disagreement_findings(disclosure),
    ]
    chosen = switched_on({}) if on is None else on
    kept = [each for each in (*found, *_slips_of_unit(found)) if each.rule in chosen]
    findings, cases = with_cases(tuple(_identified(kept, book)), book)
    return Checked(disclosure, findings, cases=cases)


def _slips_of_unit(findings: Iterable[Finding]) -> Iterator[Finding]:
    """A remark beside each contradiction of a factor of 10,000."""
    for each in findings:
        result = Comparison(each.outcome, each.expected, each.printed, each.difference)
        if each.outcome == "differs" and is_slip_of_unit(result):
            yield replace(each, rule="unit-slip", outcome="remark")


def _identified(findings: Iterable[Finding], book: Book) -> Iterator[Finding]:
    """Give each finding an identifier: its rule, and what its place is called."""
    found = list(findings)
    names = (".".join(filter(None, (each.rule, *_place(each, book)))) for each in found)
    for each, name in zip(found, told_apart(names), strict=True):
        yield replace(each, finding_id=f"{book.prefix}.check.{name}")


def _place(finding: Finding, book: Book) -> tuple[str, ...]:
    if finding.statement:
        return (finding.statement.rpartition(".")[2],)
    if finding.table:
        key = book.row_key(finding.table, finding.row, finding.side)
        return (finding.table, key, finding.side, finding.column)
    words = finding.quote or book.text_of(finding.line)
    return (key_of(words),) if words else ()
