"""Derived resources: facts, projects, prose, findings, problems and the source text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.checks import rules as catalogue
from generator.meaning.amounts import UNITS, to_yuan
from generator.meaning.definitions import FUNDS, SIDES, definition
from generator.meaning.keys import key_of, told_apart
from generator.models import (
    Box,
    Checked,
    Disclosure,
    Fact,
    Finding,
    PrintedCell,
    PrintedTable,
    Project,
    Statement,
)
from generator.packages.outcomes import FactOutcome, outcomes
from generator.packages.prints import same_as
from generator.packages.resources import Resource, Value, listed, text
from generator.problems import Problem

#: In a table that goes from what was there to what is left, which columns are income and which not.
_FLOWS = {
    "current_year_income": "income", "total_income": "income",
    "current_year_expenditure": "expenditure", "total_expenditure": "expenditure",
}  # fmt: skip


def _of(disclosure: Disclosure) -> tuple[Value, ...]:
    return disclosure.id, *_who(disclosure)


def _who(disclosure: Disclosure) -> tuple[Value, ...]:
    extract = disclosure.extract
    return disclosure.department.id, extract.year, extract.kind


def facts(checked: Sequence[Checked]) -> Resource:
    """Every amount of every table in the tables' part of a disclosure, once, in exact yuan."""
    return listed("facts", (row for each in checked for row in _facts(each)))


def _facts(checked: Checked) -> Iterator[tuple[Value, ...]]:
    disclosure, said = checked.disclosure, outcomes(checked.findings)
    directions = {fact.fact_id: _direction(fact) for fact in disclosure.facts}
    repeats = same_as(disclosure.facts, directions)
    for fact in disclosure.facts:
        name = fact.fact_id
        yield _fact(fact, disclosure, said.get(name, "not_checked"), repeats.get(name, ""))


def _fact(
    fact: Fact, disclosure: Disclosure, outcome: FactOutcome, repeats: str
) -> tuple[Value, ...]:
    functional = [_prefix(fact.functional_code, length) for length in (3, 5, 7)]
    economic = [_prefix(fact.economic_code, length) for length in (3, 5)]
    return (
        fact.fact_id, *_of(disclosure), disclosure.extract.phase, fact.table, fact.row,
        fact.column, _direction(fact), fact.side if fact.side not in SIDES else "",
        fact.functional_code, fact.functional_name, *functional,
        fact.economic_code, fact.economic_name, *economic,
        fact.government_economic_code, fact.government_economic_name,
        fact.item, fact.unit, fact.project,
        fact.fund_source, fact.expenditure_type, fact.budget_phase,
        fact.qualifier, fact.amount_year,
        fact.label, fact.level, fact.role, fact.column_role, repeats, outcome,
        fact.amount, fact.printed, fact.printed_unit,
        fact.source, fact.page, fact.line, " ".join(fact.routes),
    )  # fmt: skip


def boxes(disclosures: Sequence[Disclosure]) -> Resource:
    """The cell of each amount that was read from a PDF: the file, its page, the edges in points."""
    rows = (
        (fact.fact_id, *_of(disclosure), fact.box_source, *_box(fact.box))
        for disclosure in disclosures
        for fact in disclosure.facts
        if fact.box
    )
    return listed("boxes", rows)


def _box(box: Box | None) -> tuple[Value, ...]:
    if box is None:
        return None, None, None, None, None
    edges = (Decimal(str(round(edge, 1))) for edge in (box.x0, box.top, box.x1, box.bottom))
    return (box.page, *edges)


def _direction(fact: Fact) -> str:
    """The side of a two-sided table; elsewhere what the whole table, or the amount, is about."""
    side = fact.side.partition("_by_")[0]
    if side in SIDES:
        return side
    return definition(fact.table).direction or _FLOWS.get(fact.item, "")


def _prefix(code: str, length: int) -> str:
    return code[:length] if len(code) >= length else ""


def projects(disclosures: Sequence[Disclosure]) -> Resource:
    """The projects with their money by fund and their targets."""
    rows = tuple(_project(project, each) for each in disclosures for project in each.projects)
    return listed("projects", rows)


def _project(project: Project, disclosure: Disclosure) -> tuple[Value, ...]:
    return (
        project.project_id, *_of(disclosure), project.unit, project.name,
        project.amount, project.printed, project.printed_unit,
        *(project.funds[fund] for fund in FUNDS), project.target, project.key, project.line,
    )  # fmt: skip


def sections(disclosures: Sequence[Disclosure]) -> Resource:
    """The prose: duties, structure, explanations, glossary."""
    rows = tuple(row for each in disclosures for row in _sections(each))
    return listed("sections", rows)


def _sections(disclosure: Disclosure) -> Iterator[tuple[Value, ...]]:
    keys = section_keys(disclosure)
    for key, section in zip(keys, disclosure.extract.sections, strict=True):
        yield (
            key, *_of(disclosure), section.part, section.part_title,
            section.topic, section.number, section.heading, section.level, section.text,
            section.first_line, section.last_line,
        )  # fmt: skip


def printed_tables(disclosures: Sequence[Disclosure]) -> Resource:
    """The ruled tables that nobody understands, cell by cell as printed; never added up."""
    rows = tuple(
        (*_of(each), printed.id, printed.table.title, printed.reason, *row)
        for each in disclosures
        for printed in each.extract.printed
        for row in _printed_cells(printed)
    )
    return listed("printed-tables", rows)


def _printed_cells(printed: PrintedTable) -> Iterator[tuple[Value, ...]]:
    table = printed.table
    for cell in table.head:
        yield ("heading", cell.row + 1, *_printed_cell(cell))
    for row in table.body:
        for body in row.cells:
            if body is not None and body.text.strip():
                yield ("body", row.number + 1, *_printed_cell(body))


def _printed_cell(cell: PrintedCell) -> tuple[Value, ...]:
    box = _box(cell.box)
    text = " ".join(cell.text.split())
    return cell.column + 1, cell.rows, cell.columns, text, cell.line, *box


def findings(checked: Sequence[Checked]) -> Resource:
    """The outcome of every check."""
    rows = tuple(row for each in checked for row in _findings(each))
    return listed("findings", rows)


def conservation(disclosures: Sequence[Disclosure]) -> Resource:
    """What became of the amounts that each table prints, those in the prose included."""
    rows = tuple(
        (
            *_of(each), table.id, account.printed, account.published, account.repeated,
            account.named, account.lost, table.gap,
        )
        for each in disclosures
        for table in each.extract.tables
        if (account := table.account)
    )  # fmt: skip
    return listed("conservation", rows)


def cases(checked: Sequence[Checked]) -> Resource:
    """The contradictions by their cause: two values against each other."""
    rows = tuple(
        (
            case.case_id, *_of(each.disclosure), case.sentence, case.value, case.other, case.unit,
            *(_yuan(value, case.unit) for value in (case.value, case.other)), case.places,
            case.other_places, case.slip, case.figure, " ".join(case.figures), case.changes,
            " ".join(case.findings),
        )
        for each in checked
        for case in each.cases
    )  # fmt: skip
    return listed("cases", rows)


def rules() -> Resource:
    """The rules that findings name."""
    rows = tuple(
        (
            rule.id, rule.title, rule.title_english, "form" if rule.form else "arithmetic",
            rule.sentence, rule.english, rule.tables, rule.condition, rule.tolerance,
        )
        for rule in catalogue().values()
    )  # fmt: skip
    return listed("rules", rows)


def narrative(disclosures: Sequence[Disclosure]) -> Resource:
    """The figures that the prose states."""
    rows = tuple(
        _stated(each, d, keys)
        for d in disclosures
        for keys in (section_keys(d),)
        for each in d.statements
    )
    return listed("narrative", rows)


def section_keys(disclosure: Disclosure) -> tuple[str, ...]:
    """The identifiers of the sections of prose, of their parts and headings, in order."""
    named = (key_of(each.part_title, each.heading) for each in disclosure.extract.sections)
    return tuple(f"{disclosure.prefix}.section.{key}" for key in told_apart(named))


def _stated(
    statement: Statement, disclosure: Disclosure, sections: Sequence[str]
) -> tuple[Value, ...]:
    money = statement.value is not None and statement.printed_unit in UNITS
    yuan = to_yuan(statement.printed, statement.printed_unit) if money else None
    return (
        statement.statement_id, *_of(disclosure), sections[statement.section - 1],
        statement.subject, statement.subject_text, statement.measure, statement.phase,
        statement.base, statement.direction, statement.value, statement.printed,
        statement.printed_unit, yuan, statement.about, statement.within, statement.year,
        statement.quote, statement.source, statement.page, statement.line,
        statement.box_source, *_box(statement.box), statement.reason,
    )  # fmt: skip


def _yuan(value: Decimal | None, unit: str) -> Decimal | None:
    """A figure in yuan, where its unit is one of money: columns of one unit can be added up."""
    return to_yuan(text(value), unit) if value is not None and unit in UNITS else None


def _findings(checked: Checked) -> Iterator[tuple[Value, ...]]:
    known = {fact.fact_id for fact in checked.disclosure.facts}
    for finding in checked.findings:
        checked_fact = next((name for name in finding.inputs[:1] if name in known), "")
        yield (finding.finding_id, *_of(checked.disclosure), *_outcome(finding), checked_fact)


def _outcome(finding: Finding) -> tuple[Value, ...]:
    figures = finding.expected, finding.printed, finding.difference
    return (
        finding.rule, finding.outcome, finding.sentence,
        finding.table, finding.row, finding.side, finding.column, finding.statement,
        *figures, finding.printed_unit, *(_yuan(each, finding.printed_unit) for each in figures),
        " ".join(finding.inputs), finding.page, finding.line, finding.quote, finding.acknowledged,
        finding.reason, finding.case,
    )  # fmt: skip


def problems(recorded: Sequence[Problem]) -> Resource:
    """What could not be read as it should, with the mend."""
    counts: Counter[str] = Counter()
    rows: list[tuple[Value, ...]] = []
    for each in recorded:
        counts[each.file] += 1
        name = f"{each.file}.p{counts[each.file]}"
        place = (each.file, each.page, each.line)
        rows.append((name, each.code, each.severity, *place, each.message, each.mend))
    return listed("problems", rows)


def source(disclosure: Disclosure) -> Resource:
    """Every line of the source text and what it was used for; none is left out."""
    uses = disclosure.extract.uses
    rows = tuple(
        (line.number, line.page, use.part, use.table, use.use, line.text)
        for line in disclosure.extract.document.lines
        for use in (uses[line.number],)
    )
    return listed("source", rows)
