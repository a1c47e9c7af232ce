"""Normalising: each printed amount becomes one fact in exact yuan, with all that it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from generator.facts.column_roles import column_roles
from generator.facts.departments import identify_department
from generator.facts.evaluated_projects import EVALUATION_TABLE, evaluated_projects
from generator.facts.narrative import read_narrative
from generator.meaning.amounts import to_yuan
from generator.meaning.definitions import (
    FUND_SOURCES,
    FUNDS,
    PROJECTS_BY_COORDINATES,
    classes,
    definition,
)
from generator.meaning.departments import Register
from generator.meaning.wording import fold
from generator.models import (
    KEY_TABLE,
    PROJECT_TABLE,
    Cell,
    Column,
    ColumnRole,
    Disclosure,
    Extract,
    Fact,
    Project,
    Row,
    Table,
    fact_prefix,
)
from generator.problems import Report

_NONE = ("", "")


@cache
def economic_class(code: str) -> str:
    """The name of an economic class by its code; blank for none."""
    names = {entry.code: entry.names[0] for entry in classes("economic").values()}
    return names.get(code, "") if code else ""


def normalise(extract: Extract, register: Register, report: Report) -> Disclosure:
    """Normalise all that ``extract`` holds. Raises UnreadableError on an unsafe identifier."""
    department = identify_department(extract, register, report)
    prefix = fact_prefix(department, extract)
    facts = tuple(
        fact
        for table in extract.tables
        if table.id != KEY_TABLE
        for fact in _facts(table, extract, prefix)
    )
    projects = tuple(_projects(extract, prefix))
    statements = read_narrative(extract, prefix)
    return Disclosure(
        department, extract, facts, projects, statements, documents=(extract.document,)
    )


def _facts(table: Table, extract: Extract, prefix: str) -> Iterator[Fact]:
    if not table.unit:
        return  # reported as unit-missing or unit-unknown; an amount without unit is no fact
    roles = {side: column_roles(table, side) for side in {row.side for row in table.rows}}
    for row in table.rows:
        for column, cell in zip(table.measures(row.side), row.cells, strict=True):
            if cell is not None:
                role = roles[row.side][column.id]
                yield _fact(table, row, (column, role), cell, extract, prefix)


def fact_id(prefix: str, table: str, row: Row, column: str) -> str:
    """The identifier of an amount: what its table, row and column are called in its disclosure."""
    return ".".join(filter(None, (prefix, table, row.key, row.side, column)))


def _fact(
    table: Table,
    row: Row,
    of_column: tuple[Column, ColumnRole],
    cell: Cell,
    extract: Extract,
    prefix: str,
) -> Fact:
    column, column_role = of_column
    named = row_classes(table, row)
    functional = named.get("functional", _NONE)
    economic = named.get("economic", (column.economic, economic_class(column.economic)))
    governmental = named.get("government_economic", _NONE)
    line = extract.document.lines[cell.line - 1]
    is_project = table.id == PROJECT_TABLE and row.level == 2
    unsure = column.qualifier == "unknown"  # what is not printed does not go without saying
    return Fact(
        fact_id=fact_id(prefix, table.id, row, column.id),
        table=table.id,
        row=row.number,
        column=column.id,
        side=row.side,
        functional_code=functional[0],
        functional_name=functional[1],
        economic_code=economic[0],
        economic_name=economic[1],
        item=row.item or column.item,
        unit=row.unit,
        project=row.name if is_project else "",
        fund_source=column.fund_source or _row_fund(table, row),
        expenditure_type=column.expenditure_type,
        budget_phase=column.budget_phase or ("" if unsure else extract.phase),
        label=row.label,
        level=row.level,
        role=row.role,
        column_role=column_role,
        amount=to_yuan(cell.printed, table.unit),
        printed=cell.printed,
        printed_unit=table.unit,
        source=extract.document.file,
        page=line.page,
        line=cell.line,
        box=cell.box,
        box_source=extract.document.file if cell.box else "",
        routes=("alignment:pdf" if line.aligned else extract.document.route,),
        qualifier=row.qualifier or column.qualifier,
        amount_year=row.year or column.year or (None if unsure else extract.year),
        government_economic_code=governmental[0],
        government_economic_name=governmental[1],
    )


def row_classes(table: Table, row: Row) -> Mapping[str, tuple[str, str]]:
    """The code and name of a row by classification: what it prints, or what its table is of."""
    if table.by_coordinates:
        return row.classes
    code_and_name = row_class(table, row)
    functional = definition(table.id).classification == "functional"
    return {"functional" if functional else "economic": code_and_name}


def row_class(table: Table, row: Row) -> tuple[str, str]:
    """The code and name of the row's class; a class printed without its code gets it here."""
    if table.by_coordinates:
        return row.classes.get(definition(table.id).classification, _NONE)
    known = definition(table.id)
    if row.code:
        return row.code, row.name
    if known.classification and row.role == "item" and not row.item:
        entry = classes(known.classification).get(fold(row.name))
        if entry:
            return entry.code, row.name
    return "", ""


def _row_fund(table: Table, row: Row) -> str:
    if table.by_coordinates:
        return row.item if row.item in FUND_SOURCES else ""
    rules = definition(table.id).rows
    return next((rule.fund_source for rule in rules if rule.item and rule.item == row.item), "")


# ── projects ─────────────────────────────────────────────────────────────────────────────


def _projects(extract: Extract, prefix: str) -> Iterator[Project]:
    tables = {table.id: table for table in extract.tables}
    table = tables.get(PROJECT_TABLE)
    if table is None:
        yield from _projects_by_coordinates(tables.get(PROJECTS_BY_COORDINATES), prefix)
        yield from evaluated_projects(tables.get(EVALUATION_TABLE), prefix)
    if table is None or not table.unit:
        return
    keys = _key_projects(tables.get(KEY_TABLE))
    columns = [column.id for column in table.measures()]
    for row in table.rows:
        if row.level == 2:
            yield _project(table, row, dict(zip(columns, row.cells, strict=True)), prefix, keys)


def _projects_by_coordinates(table: Table | None, prefix: str) -> Iterator[Project]:
    """The innermost rows of a table of projects; those above them are units, or sums.

    Where neither a column of units nor a level tells a project from a unit, none is named.
    """
    if table is None or not table.unit:
        return
    for row in table.rows:
        told = row.level > 1 or (row.unit and row.name != row.unit)
        if row.role == "item" and row.name and told and any(row.cells):
            yield _project(table, row, _by_fund(table, row), prefix, set())


def _by_fund(table: Table, row: Row) -> dict[str, Cell | None]:
    """The whole amount of a row and those by fund, each from its first column."""
    found: dict[str, Cell | None] = {}
    for column, cell in zip(table.measures(row.side), row.cells, strict=True):
        if column.qualifier in ("", "brought_forward"):
            whole = column.fund_source in ("", "fiscal_appropriation")
            found.setdefault("total" if whole else column.fund_source, cell)
    return {"total": None, **found}


def _key_projects(table: Table | None) -> set[tuple[str, str]]:
    return {(row.unit, fold(row.name)) for row in table.rows} if table else set()


def _project(
    table: Table, row: Row, cells: dict[str, Cell | None], prefix: str, keys: set[tuple[str, str]]
) -> Project:
    total = cells["total"]
    return Project(
        project_id=f"{prefix}.{table.id}.{row.key}",
        unit=row.unit,
        name=row.name,
        amount=_yuan(total, table.unit),
        printed=total.printed if total else "",
        printed_unit=table.unit,
        funds={fund: _yuan(cells.get(fund), table.unit) for fund in FUNDS},
        target=row.text,
        key=(row.unit, fold(row.name)) in keys,
        line=row.line,
    )


def _yuan(cell: Cell | None, unit: str) -> Decimal | None:
    return to_yuan(cell.printed, unit) if cell else None
