"""Standard tables as published: one row for each printed row and side, amounts as printed."""

from __future__ import annotations

from msgspec.structs import replace

from generator.meaning.amounts import UNITS_ENGLISH, to_decimal
from generator.meaning.definitions import SIDES, Definition, definition
from generator.models import Cell, Column, ForeignKey, Row, Table
from generator.packages.resources import Field, Resource, Value, fields

#: The columns of free text that a row may have.
_TEXTS = ("performance_target", "text")
_SIDE_FIELDS = {"two_sided": "direction", "two_panel": "panel"}


def table_resource(table: Table, *, with_codes: bool) -> Resource:
    """The resource of one standard table; codes refer to a code list if ``with_codes``."""
    known = definition(table.id)
    sides = _sides(table, known)
    key = ("row_number", *sides)
    return Resource(
        name=table.id,
        title=known.title,
        english=known.title_english,
        description=known.description,
        description_english=known.description_english,
        category="standard_table",
        fields=_fields(table, known, sides),
        rows=_records(table) if _is_text(known) else _rows(table, known, sides),
        primary_key=key,
        foreign_keys=_foreign_keys(table, known) if with_codes else (),
        extra=_extra(table, known),
    )


def _sides(table: Table, known: Definition) -> tuple[str, ...]:
    """The fields that tell the sides and panels of a table apart."""
    if not table.by_coordinates:
        return tuple(filter(None, [_SIDE_FIELDS.get(known.shape, "")]))
    sides = {row.side for row in table.rows} - {""}
    return ("direction", "panel") if sides - set(SIDES) else ("direction",) if sides else ()


def _is_text(known: Definition) -> bool:
    return known.shape in ("indicators", "self_evaluation")


def _extra(table: Table, known: Definition) -> dict[str, object]:
    return {
        "order": known.order,
        "shape": known.shape,
        "unit": table.unit,
        "heading": table.heading,
        "notes": list(table.notes),
        "lines": [table.first_line, table.last_line],
    }


def _fields(table: Table, known: Definition, sides: tuple[str, ...]) -> tuple[Field, ...]:
    if _is_text(known):
        return (
            *fields(["row_number", "row_id"]),
            *map(_text_field, table.columns),
            *fields(["line"]),
        )
    names = ["row_number", "row_id", *sides, *_label_names(table, known)]
    # Of panels side by side each may have texts: they share a column.
    targets = {c.id: _text_field(c) for c in reversed(table.columns) if c.id in _TEXTS}.values()
    return (
        *fields(names),
        *(_measure(column, table.unit) for column in _measures(table)),
        *targets,
        *fields(["line"]),
    )


def _label_names(table: Table, known: Definition) -> list[str]:
    code = ["code"] if any(row.code for row in table.rows) or known.classification else []
    units = known.shape in ("units", "projects", "key_projects")
    by_unit = table.by_coordinates and any(row.unit for row in table.rows)
    unit = ["unit"] if units or by_unit else []
    return [*code, "name", "label", "level", "role", *unit]


def _measures(table: Table) -> list[Column]:
    """The amount columns of all sides; one that both sides have stands once, under its heading."""
    measures: dict[str, Column] = {}
    for column in (column for column in table.columns if column.measure):
        measures[column.id] = _shared(column) if column.id in measures else column
    return list(measures.values())


def _shared(column: Column) -> Column:
    """The column without the side that its title names: ``Income, budgeted`` is ``Budgeted``."""
    heading, english = column.path[-1], column.title_english.rpartition(", ")[2]
    title_english = english[:1].upper() + english[1:]
    return replace(column, title=heading, title_english=title_english, path=(heading,))


def _measure(column: Column, unit: str) -> Field:
    description, english = (
        (
            f"单位：{unit}，小数位数与原表相同；原表为空则为空。",
            f"In {UNITS_ENGLISH[unit]}, with as many decimals as the source prints; "
            "blank where the source is blank.",
        )
        if unit
        else ("原表没有注明单位。", "The source does not state the unit.")
    )
    return Field(
        column.id,
        "number",
        column.title,
        column.title_english,
        description,
        english,
        column_type="value",
        headings=column.path,
        measure=True,
    )


def _text_field(column: Column) -> Field:
    description = f"原表“{column.title}”栏的文字。"
    english = f"Text of the source's column “{column.title}”."
    return Field(
        column.id,
        "string",
        column.title,
        column.title_english,
        description,
        english,
        headings=column.path,
    )


def _rows(table: Table, known: Definition, sides: tuple[str, ...]) -> tuple[tuple[Value, ...], ...]:
    names = _label_names(table, known)
    has_target = any(column.id in _TEXTS for column in table.columns)
    return tuple(
        (
            row.number,
            row.key,
            *_side(row, sides),
            *(_label(row, name) for name in names),
            *_amounts(table, row),
            *([row.text] if has_target else []),
            row.line,
        )
        for row in table.rows
    )


def _side(row: Row, sides: tuple[str, ...]) -> list[Value]:
    """The side of a row: its direction, and the panel where that is more than a direction."""
    if sides != ("direction", "panel"):
        return [row.side] if sides else []
    return [row.side.partition("_by_")[0], "" if row.side in SIDES else row.side]


def _label(row: Row, name: str) -> Value:
    value: Value = getattr(row, name)
    return value


def _amounts(table: Table, row: Row) -> list[Value]:
    columns = (column.id for column in table.measures(row.side))
    cells = dict(zip(columns, row.cells, strict=True))
    return [_amount(cells.get(column.id)) for column in _measures(table)]


def _amount(cell: Cell | None) -> Value:
    return to_decimal(cell.printed) if cell else None


def _records(table: Table) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (number, record.key, *(record.values.get(c.id, "") for c in table.columns), record.line)
        for number, record in enumerate(table.records, start=1)
    )


def _foreign_keys(table: Table, known: Definition) -> tuple[ForeignKey, ...]:
    if not known.classification or known.shape == "units" or table.by_coordinates:
        return ()  # a row's code may be of another classification than its table's
    return (ForeignKey(("code",), f"codes-{known.classification}", ("code",)),)
