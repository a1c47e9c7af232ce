"""Prose against tables: each stated amount, where ``stated.yaml`` says that tables print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from generator.checked_files import Text, checked_yaml, refuse, with_nearest
from generator.checks.book import Book, Reference, Spot, reference_at
from generator.checks.compare import ZERO, Comparison, Figure, closest, compare, plain
from generator.checks.findings import at_statement, outcome_words, place_of
from generator.facts.narrative_codes import CODED_TERMS, code_in
from generator.facts.narrative_words import is_unit, terms
from generator.meaning.amounts import UNITS, decimals
from generator.meaning.definitions import classes, definition
from generator.meaning.wording import fold
from generator.meaning.written import Term
from generator.models import Finding, Kind, Outcome, Statement, Sum
from generator.problems import DefinitionError
from generator.strict_yaml import Keys

_FILE = Path(__file__).parent / "stated.yaml"
#: What may be a part of many things, and those of which it is the part that the tables print.
_PARTS_OF_MUCH = (
    "basic_expenditure", "project_expenditure", "functional_class", "personnel_expenses",
    "public_expenses", "other_revenue", "brought_forward", "carried_forward",
)  # fmt: skip
_WHOLES = (
    "total_income", "total_expenditure", "total_income_and_expenditure", "current_year_income",
    "current_year_expenditure", "appropriation_total", "appropriation_expenditure",
    "general_public_expenditure", "general_public_basic", "basic_expenditure",
)  # fmt: skip
_Places = tuple[tuple[Reference, ...], ...]
StatedPhase = Literal["approved", "executed", "budget"]
#: Of each kind and phase, the places of each term; a list in the list is a sum.
StatedFile = dict[Kind, dict[StatedPhase, dict[Term, tuple[Text | tuple[Text, ...], ...]]]]


@cache
def _stated() -> dict[tuple[str, str, str], _Places]:
    return load_stated(_FILE)


def load_stated(path: Path) -> dict[tuple[str, str, str], _Places]:
    """The places of each kind, phase and term. Raises DefinitionError, naming the wrong one."""
    raw = checked_yaml(path, StatedFile, DefinitionError)
    return {
        (kind, phase, term): _places(path, (kind, phase, term), places)
        for kind, phases in raw.items()
        for phase, known in phases.items()
        for term, places in known.items()
    }


def _places(path: Path, keys: Keys, raw: Sequence[str | tuple[str, ...]]) -> _Places:
    known = [*terms(), *CODED_TERMS]
    if keys[-1] not in known:
        said = f"{with_nearest(str(keys[-1]), known)} is no term of narrative.yaml"
        refuse(path, keys, said, DefinitionError)
    sums = ((each,) if isinstance(each, str) else each for each in raw)
    return tuple(
        tuple(reference_at(path, (*keys, at), text) for text in each)
        for at, each in enumerate(sums)
    )


def places_of(statement: Statement, book: Book) -> list[list[Spot]]:
    """The cells where the tables print what ``statement`` states, one list for each that may."""
    asked: dict[str, object] = {
        "class": _class_of(statement),
        "path": _path_of(statement),
        "coded": code_in(statement.subject_text),
    }
    whole = (
        refs
        for refs in _references(statement, book)
        if len(refs) == 1 or all(ref.table in book.tables for ref in refs)
    )
    sums = ([s for ref in refs for s in _once(book.spots(ref, asked), ref)] for refs in whole)
    return [spots for spots in sums if spots]


def _once(spots: list[Spot], reference: Reference) -> list[Spot]:
    """A total that several panels of one table print is one."""
    printed = {spot.cell.printed if spot.cell else "" for spot in spots}
    alike = len(printed) == 1 and not reference.rows.startswith("code:")
    return spots[:1] if alike else spots


def _references(statement: Statement, book: Book) -> _Places:
    phase = "budget" if statement.phase.endswith("_budget") else statement.phase
    return _stated().get((book.extract.kind, phase, statement.subject), ())


def _class_of(statement: Statement) -> str:
    if statement.subject != "functional_class":
        return ""
    known = classes("functional")
    if code := code_in(statement.subject_text):
        return code
    name = fold(statement.subject_text)
    entry = known.get(name) or known.get(name + "支出")
    return entry.code if entry else ""


def _path_of(statement: Statement) -> tuple[str, ...]:
    if statement.subject != "functional_item" or code_in(statement.subject_text):
        return ()
    return tuple(fold(name) for name in statement.subject_text.split("/"))


def stated_findings(book: Book) -> Iterator[Finding]:
    """A finding for each amount of the prose that a table prints too."""
    for statement in book.disclosure.statements:
        if statement.measure != "amount" or statement.printed_unit not in UNITS:
            continue
        if not _is_of_all(statement, book):
            continue
        places = places_of(statement, book)
        if statement.value and (empty := _nothing(statement, places, book)):
            yield _against_nothing(statement, empty, book)
        elif places:
            yield _finding(statement, places, book)


def _finding(statement: Statement, places: list[list[Spot]], book: Book) -> Finding:
    total = book.stated(statement)
    candidates = [[book.figure(spot) for spot in spots] for spots in places]
    result, index = closest(total, candidates)
    if result.outcome == "differs" and _is_rounded(statement, result.expected):
        result = replace(result, outcome="rounding")
    # 年初预算 may be another figure than the 预算数 of the table, which may be adjusted.
    if result.outcome == "differs" and statement.phase in ("initial_budget", "adjusted_budget"):
        result = Comparison("cannot_tell", None, result.printed, None)
    words = _words(statement, result, places[index])
    # Another table may print it, and may not have been read whole.
    tables = _tables(statement, book)
    return at_statement("stated", statement, result, words, candidates[index], tables)


def _is_rounded(statement: Statement, expected: Decimal | None) -> bool:
    """Whether a figure is what a table prints, rounded or cut to the decimals of the figure."""
    if statement.value is None or expected is None:
        return False
    unit = Decimal(1).scaleb(-decimals(statement.printed))
    ways = (ROUND_HALF_UP, ROUND_DOWN)
    return statement.value in {expected.quantize(unit, rounding=way) for way in ways}


def _tables(statement: Statement, book: Book) -> list[str]:
    names = {ref.table for refs in _references(statement, book) for ref in refs}
    return [book.table_id(name) for name in sorted(names)]


def _is_of_all(statement: Statement, book: Book) -> bool:
    """Whether a part is one of the whole disclosure, and not of one fund, unit or project.

    基本支出 or a functional class is a part of many things; the tables print those of all money and
    of the general public budget.
    """
    section = book.extract.sections[statement.section - 1]
    if is_unit(section.heading, book.extract.department_name):
        return False
    if statement.subject not in _PARTS_OF_MUCH:
        return True
    if any(word in section.heading for word in ("政府性基金", "国有资本")):
        return False
    whole = book.statements.get(statement.within)
    return whole is None or whole.subject in _WHOLES


def _nothing(statement: Statement, places: list[list[Spot]], book: Book) -> str:
    """The place, in words, where a table that writes nothing for zero says nothing of this."""
    spots = [spot for each in places for spot in each]
    if spots:
        figures = map(book.figure, spots)
        blank = all(figure.value is None and figure.sparse for figure in figures)
        return f"{place_of(spots[0])}却是空白" if blank else ""
    names = {ref.table for refs in _references(statement, book) for ref in refs}
    empty = [name for name in names if book.is_empty(name)]
    one = len(names) == 1 and empty
    return f"《{definition(empty[0]).title}》却一个数字也没有" if one else ""


def _against_nothing(statement: Statement, empty: str, book: Book) -> Finding:
    """The prose states money of which the printed table says nothing."""
    # An initial budget may be gone from a table that prints the adjusted one.
    sure = statement.phase not in ("initial_budget", "adjusted_budget")
    relation = Sum(book.stated(statement).terms(statement.printed_unit), ZERO, ZERO)
    outcome: Outcome = "differs" if sure else "remark"
    result = Comparison(outcome, ZERO, statement.value, statement.value, (relation,))
    words = (
        f"情况说明写“{name_of(statement)}” {statement.printed}{statement.printed_unit}，{empty}。"
    )
    names = (ref.table for refs in _references(statement, book) for ref in refs)
    rests_on = [each for name in sorted({*names}) for each in book.whole(name)]
    return at_statement("stated-nowhere", statement, result, words, rests_on=rests_on)


def _words(statement: Statement, result: Comparison, spots: Sequence[Spot]) -> str:
    where = "、".join(dict.fromkeys(map(place_of, spots)))
    subject = name_of(statement)
    said = f"情况说明写“{subject}” {statement.printed}{statement.printed_unit}"
    if result.expected is None:
        return f"{said}，{where}没有可以对照的数字，无法核对。"
    unit = statement.printed_unit
    together = "合计" if len(spots) > 1 else ""
    printed = f"{where}{together}为 {plain(result.expected)} {unit}"
    return f"{said}，{printed}，{outcome_words(result, unit)}。"


def name_of(statement: Statement) -> str:
    """What a statement is about, for people; fit to stand in quotation marks."""
    title = terms()[statement.subject].title if statement.subject in terms() else ""
    name = title or statement.subject_text.rpartition("/")[2] or "（没有写明）"
    return name.replace("“", "‘").replace("”", "’").replace('"', "’")


# ── parts ────────────────────────────────────────────────────────────────────────────────


def part_findings(book: Book) -> Iterator[Finding]:
    """A finding for each whole of which the prose states all parts right after it."""
    for whole in book.disclosure.statements:
        if whole.measure not in ("amount", "quantity") or whole.about != whole.statement_id:
            continue
        for phase in _phases(whole, book):
            yield from _of_parts(whole, phase, book)


def _phases(whole: Statement, book: Book) -> list[str]:
    own = (each for each in book.about(whole.about) if each.measure == "amount")
    return list(dict.fromkeys(each.phase for each in own)) or [whole.phase]


def _of_parts(whole: Statement, phase: str, book: Book) -> Iterator[Finding]:
    own = [s for s in book.about(whole.about) if s.measure == whole.measure]
    total = next((s for s in own if s.phase == phase), None)
    inside = [
        s
        for s in book.within(whole.about)
        if s.measure == whole.measure and s.section == whole.section
    ]
    parts = _parts(whole, [s for s in inside if s.phase == phase or whole.measure == "quantity"])
    if total is None or total.value is None or not parts:
        return
    result = compare(book.stated(total), [book.stated(s) for s in parts])
    named = " + ".join(f"{name_of(s)} {s.printed}" for s in parts)
    unit = total.printed_unit
    words = (
        f"情况说明写“{name_of(total)}” {total.printed}{unit}，"
        f"各部分 {named} = {plain(result.expected)} {unit}，{outcome_words(result, unit)}。"
    )
    yield at_statement("stated-parts", total, result, words, map(book.stated, parts))


def _parts(whole: Statement, inside: Sequence[Statement]) -> list[Statement]:
    """The parts of a whole, if each is stated just once; of vehicles, the kinds of vehicles."""
    if whole.subject == "vehicles":
        return [s for s in inside if s.printed_unit == whole.printed_unit and not s.subject]
    expected = terms()[whole.subject].parts if whole.subject in terms() else ()
    found = [[s for s in inside if s.subject == part] for part in expected]
    if not expected or any(len(each) != 1 for each in found):
        return []
    return [each[0] for each in found]


def changes_of(about: str, statements: Sequence[Statement], base: str) -> Statement | None:
    """The one change of a subject against ``base``; none where there is none, or several."""
    found = [
        s
        for s in statements
        if s.about == about and s.measure == "change" and s.base == base and s.value is not None
    ]
    return found[0] if len(found) == 1 else None


def amount_of(about: str, statements: Sequence[Statement], phase: str) -> Statement | None:
    """The one amount of a subject in a phase."""
    found = [
        s for s in statements if s.about == about and s.measure == "amount" and s.phase == phase
    ]
    return found[0] if len(found) == 1 else None


def signed(statement: Statement, book: Book) -> Figure:
    """A change with its direction: less is negative."""
    figure = book.stated(statement, name_of(statement))
    if statement.direction != "decrease" or figure.value is None:
        return figure
    made_of = figure.terms(figure.unit, -1)
    return replace(figure, value=-figure.value, made_of=made_of)
