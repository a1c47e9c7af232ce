"""Rows of a ruled table whose columns are bound: each cell is taken once, or named.

Codes may stand in one cell, or in a column for each of 类, 款 and 项; a parent that is left out on
later rows is carried down. A name that stands over several rows belongs to each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.meaning.amounts import is_decimal, read_amount
from generator.meaning.definitions import CODE_LEVELS
from generator.meaning.vocabulary import is_total, item_of, read_words
from generator.meaning.wording import indent, strip_enumerator
from generator.models import BodyRow, Cell, Column, PrintedCell, Row, RuledTable
from generator.problems import Report
from generator.tables.cells import WHY
from generator.tables.coordinates import BoundColumn, Panel

_CODE_AND_NAME = re.compile(r"^\[?([0-9]{3,9})(?![0-9]|年)\]?[-—_ 　]*(.*)$", re.DOTALL)
_DIGITS = re.compile(r"^[0-9]+$")
_YEAR_ALONE = re.compile(r"^(?:19|20)\d\d年?度?$")
# The code of a unit has six digits, or nine.
_UNIT_CODE = re.compile(r"^[0-9]{6}(?:[0-9]{3})?$")
# A class has three digits; each level below two more.
_LEVEL_DIGITS = 3
_NOT_AN_AMOUNT = "不是金额"


@dataclass(slots=True)
class GridReading:
    """What is needed to read the rows of a ruled table, and what became of its cells."""

    title: str
    table: RuledTable
    unit: str
    report: Report
    direction: str = ""
    unread: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Carried:
    """What a panel's rows carry down: the code so far, and names that stand over several rows."""

    codes: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    unit: str = ""


def panel_rows(panel: Panel, columns: Sequence[Column], reading: GridReading) -> Iterator[Row]:
    """The rows of one panel, still without level and role."""
    carried = _Carried()
    for row in reading.table.body:
        made = _row(row, panel, columns, reading, carried)
        if made is not None:
            yield made


def _row(
    row: BodyRow,
    panel: Panel,
    columns: Sequence[Column],
    reading: GridReading,
    carried: _Carried,
) -> Row | None:
    cells = [_amount_cell(row, column.place, panel) for column in panel.measures]
    named = any(_text(row, key.place) for key in panel.keys) or bool(_from_left(row, panel))
    if named and _reaches_over(row, panel):
        return None  # the label is that of the next panel's amount
    if not named and not any(cell and cell.text.strip() for cell in cells):
        return None
    named_by = _named(panel, row, carried)
    code, label = named_by.code, " ".join(named_by.pieces)
    amounts, doubts = _amounts(cells, columns, label or code, reading)
    indents = [indent(cell.text) for k in panel.keys if (cell := row.cells[k.place])]
    own = " ".join(named_by.pieces[named_by.units :])
    name = strip_enumerator(own or label)
    if not code and named_by.classes:
        code, name = next(iter(named_by.classes.values()))
    classes = dict(named_by.classes)
    if named_by.unit_code and not is_total(label):
        classes["unit"] = (named_by.unit_code, label)
    return Row(
        row.number + 1,
        f"{code} {label}".strip() if code and code not in label else label,
        name,
        row.line,
        amounts,
        panel.side,
        code=code,
        unit="" if is_total(label) or not (label or code) else carried.unit,
        item="" if code else item_of(label, _direction(panel) or reading.direction),
        text="\n".join(filter(None, (_text(row, each.place) for each in panel.texts))),
        indent=max(indents, default=0),
        doubts=doubts,
        classes=classes,
        year=named_by.year,
        qualifier=named_by.qualifier,
    )


def _from_left(row: BodyRow, panel: Panel) -> str:
    """The label that begins in the panel before and reaches over the names of this one."""
    if not panel.keys:
        return ""
    first = panel.keys[0].place
    reaching = (c for c in row.cells[:first] if c and c.column + c.columns > first)
    return next((" ".join(cell.text.split()) for cell in reaching), "")


def _reaches_over(row: BodyRow, panel: Panel) -> bool:
    """Whether the panel's label reaches over all of its amounts, into the next panel."""
    if not panel.keys or not panel.measures:
        return False
    last = panel.measures[-1].place
    labels = [cell for key in panel.keys if (cell := row.cells[key.place])]
    return any(cell.column + cell.columns > last + 1 for cell in labels if cell.text.strip())


def _amount_cell(row: BodyRow, place: int, panel: Panel) -> PrintedCell | None:
    """The cell in a column of amounts; an amount whose cell begins among the names is its, too.

    Totals are drawn so: 合计 in the first column, and its amount over the last name and the sum.
    """
    cell = row.cells[place]
    if cell is not None:
        return cell
    before = next((each for each in reversed(row.cells[:place]) if each), None)
    keys = {key.place for key in panel.keys}
    reaches = before is not None and before.column + before.columns > place
    return before if before and reaches and before.column in keys and _is_amount(before) else None


def _is_amount(cell: PrintedCell) -> bool:
    """Whether a cell over several columns holds an amount and no name."""
    return cell.columns > 1 and is_decimal("".join(cell.text.split()))


def _direction(panel: Panel) -> str:
    return panel.side.partition("_by_")[0]


def _text(row: BodyRow, place: int) -> str:
    cell = row.cells[place]
    return " ".join(cell.text.split()) if cell else ""


# ── codes and names ──────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Named:
    """What names a row: its code, the pieces of its label, and what other columns say of it."""

    code: str = ""
    pieces: list[str] = field(default_factory=list)
    units: int = 0  # how many of the pieces name its unit
    classes: dict[str, tuple[str, str]] = field(default_factory=dict)
    unit_code: str = ""
    year: int | None = None
    qualifier: str = ""


def _named(panel: Panel, row: BodyRow, carried: _Carried) -> _Named:
    named = _Named()
    if text := _from_left(row, panel):
        named.pieces.append(text)
        return named
    _units(panel, row, carried, named)
    others: dict[str, list[str]] = {}
    levels = []
    for key in panel.keys:
        if key.classification == "unit":
            continue
        text = _named_at(key, row, carried)
        if key.classification not in ("", panel.classification):
            others.setdefault(key.classification, []).append(text)
        elif key.role == "code":
            levels.append(text)
        else:
            _label(text, named)
    digits = [text if _DIGITS.match(text) else "" for text in levels]
    words = [text for text in levels if text and not _DIGITS.match(text)]
    named.pieces[named.units : named.units] = words
    named.code = _put_together(digits, carried)
    if _UNIT_CODE.match(named.code):  # a unit among its codes: 125001 某局
        carried.unit, named.code = " ".join(named.pieces), ""
    _classify(panel, named, others)
    if named.unit_code and not named.pieces:  # nothing else names it
        named.pieces, carried.unit = [named.unit_code], named.unit_code
    return named


def _units(panel: Panel, row: BodyRow, carried: _Carried, named: _Named) -> None:
    """The unit that a column of its own names; a total may stand there instead."""
    for key in panel.keys:
        text = _text(row, key.place)
        if key.classification != "unit" or not text:
            continue
        if key.role == "code" and _DIGITS.match(text):
            named.unit_code = text
            continue
        named.pieces.append(text)
        if not is_total(text):
            named.units = len(named.pieces)
            carried.unit = text


def _named_at(key: BoundColumn, row: BodyRow, carried: _Carried) -> str:
    """What stands in a column of names; a cell over several rows belongs to each of them."""
    cell = row.cells[key.place]
    if cell is None:
        left = any(c and c.column + c.columns > key.place for c in row.cells[: key.place])
        text = "" if left or key.role == "code" else carried.names.get(key.place, "")
        return "" if is_total(text) else text
    text = "" if _is_amount(cell) else _text(row, key.place)
    text = text.replace(" ", "") if key.role == "code" else text
    if key.role == "code" and text in CODE_LEVELS:
        return ""  # the last row of the heading, beside the total
    carried.names[key.place] = text
    return text


def _label(text: str, named: _Named) -> None:
    tokens, _, years = read_words(text) if text else ((), (), ())
    if years and _YEAR_ALONE.match(text):
        named.year = years[0]
    if ("qualifier", "change") in tokens:
        named.qualifier = "change"
    if text:
        named.pieces.append(text)


def _classify(panel: Panel, named: _Named, others: Mapping[str, Sequence[str]]) -> None:
    """Codes with their names in one cell, or in columns of another classification."""
    own = panel.classification
    match = _CODE_AND_NAME.match(" ".join(named.pieces)) if not named.code else None
    if match and match.group(2) and own and not _UNIT_CODE.match(match.group(1)):
        named.classes[own] = (match.group(1), match.group(2))
    elif named.code and own:
        named.classes[own] = (named.code, strip_enumerator(" ".join(named.pieces)))
    for classification, texts in others.items():
        match = _CODE_AND_NAME.match(" ".join(filter(None, texts)))
        if match and match.group(2):
            named.classes[classification] = (match.group(1), match.group(2))


def _put_together(texts: Sequence[str], carried: _Carried) -> str:
    """A code from a column for each level; a level that is left out is the one before."""
    if not any(texts):
        return ""
    whole = next((text for text in texts if len(text) > _LEVEL_DIGITS), "")
    if whole or len(texts) == 1:
        text = whole or texts[0]
        if len(text) == _LEVEL_DIGITS - 1 and carried.codes:
            return carried.codes[0] + text  # 05 below 208
        carried.codes = [text[:_LEVEL_DIGITS]] if len(text) >= _LEVEL_DIGITS else []
        return text
    deepest = max(place for place, text in enumerate(texts) if text)
    before = carried.codes + [""] * len(texts)
    carried.codes = [text or before[place] for place, text in enumerate(texts[: deepest + 1])]
    usual = all(len(t) == _LEVEL_DIGITS - bool(n) for n, t in enumerate(carried.codes))
    return ("" if usual else " ").join(carried.codes)  # 7 11 02 is no code of five digits


# ── amounts ──────────────────────────────────────────────────────────────────────────────


def _amounts(
    cells: Sequence[PrintedCell | None],
    columns: Sequence[Column],
    label: str,
    reading: GridReading,
) -> tuple[tuple[Cell | None, ...], dict[int, str]]:
    found: list[Cell | None] = []
    doubts: dict[int, str] = {}
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        text = " ".join(cell.text.split()) if cell else ""
        why = _why(text, cell, reading.unit)
        worth = read_amount(text)
        if cell is None or worth.blank:
            found.append(None)
        elif worth.plain is None or (why and why not in _beside()):
            found.append(None)
            reading.unread.append(text)
        else:
            found.append(Cell(text, cell.line, cell.box))
        if why and cell is not None:
            doubts[place] = why
            code = "amount-not-a-number" if why == _NOT_AN_AMOUNT else "amount-in-doubt"
            where = f"“{label}”的“{column.title}”"
            reading.report.add(
                code, cell.line, title=reading.title, where=where, text=text[:80], why=why
            )
    return tuple(found), doubts


def _beside() -> tuple[str, ...]:
    return tuple(WHY[doubt] for doubt in ("picture", "curves", "form_field", "annotation"))


def _why(text: str, cell: PrintedCell | None, unit: str) -> str:
    """Why a cell is not read beyond doubt; blank where it is."""
    if cell is None:
        return ""
    if cell.doubt:
        return WHY[cell.doubt]
    worth = read_amount(text)
    if worth.plain is not None:
        return "金额单位与全表不同" if worth.unit not in ("", unit) else ""
    return "" if worth.blank else _NOT_AN_AMOUNT
