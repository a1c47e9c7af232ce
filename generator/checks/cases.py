"""Cases: contradictions of one cause told as one, with what each place prints and what supports it.

Of two printed values neither is ever said to be the right one. A value is supported by the places
that print it and by the checks that hold with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from msgspec.structs import replace

from generator.checks.book import Book
from generator.checks.causes import Cause, Evidence
from generator.checks.compare import plain
from generator.checks.findings import place_of
from generator.checks.relations import terms_of
from generator.checks.slips import SLIPS, slip_of
from generator.checks.stated import name_of
from generator.meaning.amounts import EXACT, FACTORS
from generator.meaning.definitions import definition
from generator.models import Case, Finding, Slip, Sum

#: So many of several figures are named in a sentence.
_NAMED = 3


def with_cases(
    findings: Sequence[Finding], book: Book
) -> tuple[tuple[Finding, ...], tuple[Case, ...]]:
    """The findings, each that differs with its case, and the cases."""
    if not any(each.outcome == "differs" for each in findings):
        return tuple(findings), ()
    with localcontext(EXACT):
        evidence = Evidence(findings)
        cases = [_case(cause, evidence, book) for cause in _merged(evidence.causes())]
    of = {name: case.case_id for case in cases for name in case.findings}
    marked = (replace(each, case=of.get(each.finding_id, "")) for each in findings)
    return tuple(marked), tuple(cases)


def _merged(causes: Sequence[Cause]) -> list[Cause]:
    """Causes of the same two amounts against each other are one: who wrote them believed one."""
    merged: dict[object, Cause] = {}
    for number, cause in enumerate(causes):
        key = _pair(cause.findings[0]) or number
        known = merged.get(key)
        if known is None:
            merged[key] = cause
        else:
            changes = None
            if known.changes is not None and cause.changes is not None:
                changes = known.changes + cause.changes
            merged[key] = Cause((*known.findings, *cause.findings), {}, changes)
    return list(merged.values())


def _pair(finding: Finding) -> frozenset[Decimal] | None:
    """The two amounts that a finding compared, in yuan; None where it did not compare two."""
    factor = FACTORS.get(finding.printed_unit)
    if factor is None or finding.expected is None or finding.printed is None:
        return None
    return frozenset((finding.expected * factor, finding.printed * factor))


# ── one case ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two values of a case, in ``unit``, where each stands, and how much speaks for either.

    ``other_place`` is blank where the other value is printed nowhere, but made of several.
    """

    value: Decimal
    other: Decimal
    unit: str
    place: str
    other_place: str
    places: int
    other_places: int


def _case(cause: Cause, evidence: Evidence, book: Book) -> Case:
    first = cause.findings[0]
    # A figure of another disclosure may be the cause too; its own checks are not at hand.
    figures = tuple(cause.figures)
    single = figures[0] if len(figures) == 1 and _is_own(figures[0], book) else ""
    sides = (
        _of_figure(single, cause, evidence, book) if single else _of_finding(cause, evidence, book)
    )
    slip: Slip = slip_of(sides.value, sides.other) if sides else ""
    case = Case(
        case_id=first.finding_id.replace(".check.", ".case.", 1),
        sentence="",
        findings=tuple(each.finding_id for each in cause.findings),
        figure=single,
        figures=figures,
        changes=cause.changes,
        slip=slip,
    )
    if sides is None:
        return replace(case, sentence=first.sentence)
    case = replace(
        case,
        value=sides.value,
        other=sides.other,
        unit=sides.unit,
        places=sides.places,
        other_places=sides.other_places,
    )
    return replace(case, sentence=_sentence(case, sides, book))


def _is_own(figure: str, book: Book) -> bool:
    return figure.startswith(f"{book.prefix}.")


def _of_figure(figure: str, cause: Cause, evidence: Evidence, book: Book) -> _Sides:
    """The two values of the one figure that explains the case: printed, and as all others have."""
    value = evidence.printed[figure]
    spot, statement = book.cells.get(figure), book.statements.get(figure)
    unit = spot.table.unit if spot else cause.findings[0].printed_unit
    unit = statement.printed_unit if statement else unit
    supporting = {figure, *_held(figure, evidence)}
    other = {name for each in cause.findings for name in _other_side(each, figure, evidence)}
    partners = [name for name in sorted(other) if name in evidence.printed and _is_own(name, book)]
    alone = len(cause.findings) == 1 and len(partners) == 1
    place = _name(partners[0], book) if alone else ""
    return _Sides(
        value, cause.figures[figure], unit, _name(figure, book), place,
        len(supporting), len(other),
    )  # fmt: skip


def _of_finding(cause: Cause, evidence: Evidence, book: Book) -> _Sides | None:
    """The two values that the first finding compared."""
    first = cause.findings[0]
    if first.expected is None or first.printed is None or not first.inputs:
        return None
    same = [each for each in cause.findings if _pair(each) == _pair(first)]
    figures = {each.inputs[0] for each in same if each.inputs}
    supporting = figures.union(*(_held(figure, evidence) for figure in figures))
    other = {name for each in same for name in _other_side(each, each.inputs[0], evidence)}
    partners = [name for name in first.inputs[1:] if name in other]
    place = _name(partners[0], book) if len(partners) == 1 else ""
    return _Sides(
        first.printed, first.expected, first.printed_unit, _name(first.inputs[0], book), place,
        len(supporting), len(other - supporting),
    )  # fmt: skip


def _held(figure: str, evidence: Evidence) -> set[str]:
    """The checks that hold with a figure."""
    return {check.finding.finding_id for check in evidence.holding.get(figure, ())}


def _other_side(finding: Finding, figure: str, evidence: Evidence) -> set[str]:
    """What stands against a figure: the one that it is compared with and all that holds with that.

    Where it is compared with a sum, that is the finding itself.
    """
    for relation in finding.relations:
        others = {term.figure for term in terms_of(relation)} - {figure}
        if isinstance(relation, Sum) and len(others) == 1 and others <= {*finding.inputs}:
            (other,) = others
            return {other, *_held(other, evidence)}
    return {finding.finding_id}


# ── in words ─────────────────────────────────────────────────────────────────────────────


def _sentence(case: Case, sides: _Sides, book: Book) -> str:
    value, other = (f"{plain(each)} {sides.unit}" for each in (sides.value, sides.other))
    elsewhere = f"另一处写 {other}：{sides.other_place}" if sides.other_place else ""
    return "".join(
        (
            f"一处写 {value}：{sides.place}；{elsewhere or f'由其他的数算得 {other}'}。",
            f"支持 {value}的有 {sides.places} 处，支持 {other}的有 {sides.other_places} 处"
            "（印着这个数的地方，和用这个数能对上的核对）。",
            _explanation(case, book),
            f"{SLIPS[case.slip]}。" if case.slip else "",
        )
    )


def _explanation(case: Case, book: Book) -> str:
    if case.figure:
        return "单独改动一个数就能都对上的，只有前一个数。"
    if case.figures:
        named = "、".join(_name(each, book, valued=True) for each in case.figures[:_NAMED])
        more = f"等 {len(case.figures)} 个数" if len(case.figures) > _NAMED else ""
        return f"单独改动其中任何一个数（{named}{more}）都能对上，看不出是哪一个。"
    least = f"，至少要改动 {case.changes} 个" if case.changes else ""
    return f"单独改动任何一个数都不能全部对上{least}。"


def _name(figure: str, book: Book, *, valued: bool = False) -> str:
    """Where a printed figure stands, in words; ``valued``: of the prose with what it says."""
    if spot := book.cells.get(figure):
        return place_of(spot)
    if statement := book.statements.get(figure):
        said = f" {statement.printed}{statement.printed_unit}" if valued else ""
        return f"情况说明“{name_of(statement)}”{said}"
    return _name_in_record(figure, book) if _is_own(figure, book) else "另一份公开文件里的数"


def _name_in_record(figure: str, book: Book) -> str:
    """Where a figure of a table of words stands: ``…table.<key of its row>.score``."""
    table_id, key, column_id = figure.removeprefix(f"{book.prefix}.").split(".")
    table = book.tables[table_id]
    record = next(each for each in table.records if each.key == key)
    label = record.values.get("label", "")
    column = next(each for each in table.columns if each.id == column_id)
    return f"《{definition(table_id).title}》“{label}”的“{column.title}”"
