"""Levels of a ruled table's rows: by code, by the numbering of the label, by indentation.

Where nothing tells, a row is of the first level. A row with deeper ones right below it sums them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from generator.meaning.amounts import is_code
from generator.meaning.vocabulary import is_sum, is_total
from generator.meaning.wording import fold
from generator.models import Role, Row
from generator.problems import Report
from generator.tables.nested_rows import with_nesting
from generator.tables.of_which_rows import with_of_which
from generator.tables.summing_rows import with_sums

_LEVEL_OF_LENGTH = {3: 1, 5: 2, 7: 3}
_DEEPEST = 3
#: How labels are numbered, from the outermost on.
_NUMBERINGS = (
    re.compile(r"^(?:其中[:：]?)?[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^(?:其中[:：]?)?[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^(?:其中[:：]?)?\d{1,2}[、.．](?!\d)"),
    re.compile(r"^(?:其中[:：]?)?[(（]\d{1,2}[)）]"),
)
_SUBTOTAL = " 小计"
_OF_WHICH = re.compile(r"^其中[:：]?")
_TOTAL_ITEMS = ("total_income", "total_expenditure")
_FUNDS = (
    "general_public_budget",
    "government_managed_funds_budget",
    "state_capital_operations_budget",
    "special_fiscal_account_appropriation",
)
_SUBTOTAL_ITEMS = ("current_year_income", "current_year_expenditure")


def ranked(rows: Sequence[Row], title: str, report: Report) -> tuple[Row, ...]:
    """Give the rows of one panel their level and role."""
    checked = [_with_usual_code(row, title, report) for row in rows]
    whole = _whole_rows(checked)
    by_unit = any("unit" in row.classes for row in checked)
    coded = any(row.code for row in checked)
    parents = {row.code[:length] for row in checked for length in range(1, len(row.code))}
    levels = _unit_levels(checked, whole) if by_unit and not coded else _levels(checked, whole)
    found = [
        replace(row, level=level, role=_role(row, number in whole, (level, after), parents))
        for number, (row, level, after) in enumerate(
            zip(checked, levels, _levels_behind(levels, whole), strict=True)
        )
    ]
    listed = with_of_which(list(_of_the_year_before(found)), _numbering)
    return with_sums(with_nesting(tuple(_below_what_is_known(listed))))


def _below_what_is_known(rows: Sequence[Row]) -> Iterator[Row]:
    """A fund below a row that nobody knows says none: what is above may be 上年结转."""
    above: list[Row] = []
    for row in rows:
        above = [each for each in above if each.level < row.level]
        known = not above or above[-1].item or above[-1].code or above[-1].role == "total"
        above.append(row)
        yield row if known or row.item not in _FUNDS else replace(row, item="")


def _of_the_year_before(rows: Sequence[Row]) -> Iterator[Row]:
    """Funds that stand right below what was brought forward are what that is made of.

    It is then added up itself, and nothing below it.
    """
    at = 0
    while at < len(rows):
        row, below = rows[at], _brought(rows, at)
        at += 1 + len(below)
        yield replace(row, role="item") if below and row.role == "subtotal" else row
        level = min(row.level + 1, _DEEPEST)
        for each in below:
            yield replace(each, qualifier="brought_forward", role="of_which", level=level)


def _brought(rows: Sequence[Row], at: int) -> Sequence[Row]:
    """The rows below one that say what was brought forward, where a fund is among them."""
    end = at + 1
    while rows[at].item == "brought_forward" and end < len(rows):
        row = rows[end]
        unknown = row.level > rows[at].level and not (row.code or row.item)
        if row.label.strip() and not (row.role == "item" and (row.item in _FUNDS or unknown)):
            break
        end += 1
    below = rows[at + 1 : end]
    return below if any(row.item in _FUNDS for row in below) else ()


def _levels_behind(levels: Sequence[int], whole: frozenset[int]) -> list[int]:
    """The level of the row behind each; a total that a page repeats stands between none."""
    found = [0] * len(levels)
    behind = 0
    for number in reversed(range(len(levels))):
        found[number] = behind
        behind = behind if number in whole else levels[number]
    return found


def _whole_rows(rows: Sequence[Row]) -> frozenset[int]:
    """The rows that total their panel: by their label, or the one that says nothing else.

    A row without any label at the head or the end totals; so does the only unit above its codes,
    and the department above its units.
    """
    found = {number for number, row in enumerate(rows) if _totals(row)}
    if found or not rows:
        return frozenset(found)
    ends = {0, len(rows) - 1}
    bare = {n for n in ends if not rows[n].label.strip() and not rows[n].code}
    units = {row.unit for row in rows if row.unit}
    above = len(rows) > 1 and _is_unit(rows[0]) and _is_unit(rows[1])
    sums_units = above and any(row.code for row in rows)
    if not bare and _is_unit(rows[0]) and (len(units) == 1 or sums_units):
        bare = {0}
    return frozenset(bare)


def _levels(rows: Sequence[Row], whole: frozenset[int]) -> list[int]:
    numberings = _numberings(rows)
    plain = [row for number, row in enumerate(rows) if not row.code and number not in whole]
    indents = sorted({row.indent for row in plain})
    levels: list[int] = []
    last = (0, 0)  # the level and the indentation of the last numbered row
    coded = any(row.code for row in rows)
    sums = ""  # what stands over the rows of a merged name, before its 小计
    for number, row in enumerate(rows):
        if number in whole or (coded and _is_unit(row)):
            levels.append(0)
            continue
        level = _level(row, numberings, indents, last)
        if sums and row.label.startswith(sums):
            level = min(level + 1, _DEEPEST)
        else:
            sums = row.label.removesuffix(_SUBTOTAL) if row.label.endswith(_SUBTOTAL) else ""
        if not row.code and _number_rank(row, numberings) is not None:
            last = (level, row.indent)
        levels.append(level)
    return levels


def _unit_levels(rows: Sequence[Row], whole: frozenset[int]) -> list[int]:
    """Levels by the codes of units: 125 has 125001 below it, which has what names no unit."""
    levels: list[int] = []
    above: list[str] = []
    for number, row in enumerate(rows):
        if number in whole:
            levels.append(0)
            continue
        code, _ = row.classes.get("unit", ("", ""))
        if code:
            above = [each for each in above if code.startswith(each) and code != each] + [code]
        levels.append(min(len(above) + (not code), _DEEPEST))
    return levels


def _with_usual_code(row: Row, title: str, report: Report) -> Row:
    """The row without a code that has a digit too few or too many; the label keeps it."""
    if not row.code or is_code(row.code):
        return row
    report.add(
        "code-unusual",
        row.line,
        title=title,
        printed=row.code,
        digits=sum(map(str.isdigit, row.code)),
        text=row.label.strip(),
    )
    why = f"科目编码“{row.code}”的位数不对，级次不能确定"
    usual = {n: pair for n, pair in row.classes.items() if n == "unit" or is_code(pair[0])}
    return replace(row, code="", level_doubt=why, classes=usual)


def _is_unit(row: Row) -> bool:
    """Whether a row is the sum of a unit: above its classes it is of no level of theirs."""
    return bool(row.unit) and not row.code and row.label.strip() == row.unit


def _totals(row: Row) -> bool:
    return row.item in _TOTAL_ITEMS or (not row.code and is_total(row.label))


def _numberings(rows: Sequence[Row]) -> list[int]:
    """The ways of numbering that occur, the outermost first."""
    labels = [fold(row.label) for row in rows if not row.code]
    return [
        depth
        for depth, pattern in enumerate(_NUMBERINGS)
        if any(pattern.match(label) for label in labels)
    ]


def _numbering(row: Row) -> int | None:
    label = fold(row.label)
    return next((depth for depth, way in enumerate(_NUMBERINGS) if way.match(label)), None)


def _number_rank(row: Row, numberings: Sequence[int]) -> int | None:
    label = fold(row.label)
    ranks = (rank for rank, depth in enumerate(numberings) if _NUMBERINGS[depth].match(label))
    return next(ranks, None)


def _level(
    row: Row, numberings: Sequence[int], indents: Sequence[int], last: tuple[int, int]
) -> int:
    if row.code:
        return _LEVEL_OF_LENGTH[len(row.code)]
    rank = _number_rank(row, numberings)
    if rank is not None:
        return min(rank + 1, _DEEPEST)
    if not numberings:
        return min(1 + indents.index(row.indent), _DEEPEST)
    if _OF_WHICH.match(row.label.strip()):
        return min(max(last[0], 1) + 1, _DEEPEST)
    if last[0] and row.indent > last[1] and row.item not in _SUBTOTAL_ITEMS:
        deeper = [indent for indent in indents if indent > last[1]]
        return min(last[0] + 1 + deeper.index(row.indent), _DEEPEST)
    return 1


def _role(row: Row, whole: bool, levels: tuple[int, int], parents: Collection[str]) -> Role:
    """``levels``: of the row and of the one behind it; ``parents``: what codes begin with."""
    if whole:
        return "total"
    if _OF_WHICH.match(row.label.strip()) or row.qualifier:
        return "of_which"
    if row.item in _SUBTOTAL_ITEMS or _sums_by_name(row):
        return "subtotal"
    if row.code:
        return "subtotal" if row.code in parents else "item"
    deeper = levels[0] == 0 or levels[0] < levels[1]  # the sum of a unit is above its classes
    return "subtotal" if deeper else "item"


def _sums_by_name(row: Row) -> bool:
    """Whether a row that nobody knows says that it sums; a merged name has its own 小计."""
    return not (row.code or row.item or row.label.endswith(_SUBTOTAL)) and is_sum(row.label)
