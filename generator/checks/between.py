"""Between tables: the equations of ``equations.yaml``, each applied only under its condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from generator.checked_files import Text, checked_yaml
from generator.checks.book import Book, Reference, Spot, reference_at
from generator.checks.catalogue import RuleName, refuse_unknown
from generator.checks.compare import ZERO, Comparison, closest, compare
from generator.checks.findings import at_spot, place_of
from generator.facts.normalise import row_class
from generator.meaning.definitions import definition
from generator.models import Finding, Sum
from generator.problems import DefinitionError

_FILE = Path(__file__).parent / "equations.yaml"


@dataclass(frozen=True, slots=True)
class Equation:
    """``left`` is the sum of one of ``rights``, where ``zero`` and ``agree`` hold."""

    rule: str
    left: Reference
    rights: tuple[tuple[Reference, ...], ...]
    each: str = ""
    zero: tuple[Reference, ...] = ()
    agree: tuple[Reference, ...] = ()


class WrittenEquation(Struct, frozen=True, forbid_unknown_fields=True):
    """An equation as the file has it; ``alternatives`` (``or``) are other sums that may be meant.

    ``zero``: only where all of these print a zero or nothing, and one at least a zero; ``agree``:
    only where these two agree.
    """

    rule: RuleName
    left: Text
    right: Annotated[tuple[Text, ...], Meta(min_length=1)]
    alternatives: tuple[tuple[Text, ...], ...] = field(default=(), name="or")
    each: Literal["", "class"] = ""
    zero: tuple[Text, ...] = ()
    agree: Annotated[tuple[Text, ...], Meta(min_length=2, max_length=2)] | None = None


@cache
def equations() -> tuple[Equation, ...]:
    """All equations. Raises DefinitionError, naming the one that is wrong."""
    return load_equations(_FILE)


def load_equations(path: Path) -> tuple[Equation, ...]:
    """Read and validate the equations. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, tuple[WrittenEquation, ...], DefinitionError)
    for at, each in enumerate(written):
        refuse_unknown(path, (at, "rule"), each.rule)
    return tuple(_equation(path, at, each) for at, each in enumerate(written))


def _equation(path: Path, at: int, written: WrittenEquation) -> Equation:
    def references(key: str, texts: Sequence[str], *keys: int) -> tuple[Reference, ...]:
        return tuple(
            reference_at(path, (at, key, *keys, place), text) for place, text in enumerate(texts)
        )

    others = (references("or", each, n) for n, each in enumerate(written.alternatives))
    return Equation(
        written.rule,
        reference_at(path, (at, "left"), written.left),
        (references("right", written.right), *others),
        written.each,
        references("zero", written.zero),
        references("agree", written.agree or ()),
    )


def between_findings(book: Book) -> Iterator[Finding]:
    """All findings between the tables of one disclosure."""
    for equation in equations():
        if _applies(equation, book):
            yield from _findings(equation, book)


def _applies(equation: Equation, book: Book) -> bool:
    """Whether the tables are there and the condition is met, not merely unknown."""
    tables = {equation.left.table, *(each.table for each in equation.rights[0])}
    if not tables <= book.tables.keys():
        return False
    if equation.agree and not _agree(equation.agree, book):
        return False
    spots = [spot for each in equation.zero for spot in book.spots(each)]
    figures = [book.figure(spot) for spot in spots]
    if any(figure.value for figure in figures):
        return False
    silent = all(figure.value is None and not figure.sparse for figure in figures)
    return not (figures and silent)


def _agree(references: Sequence[Reference], book: Book) -> bool:
    first, second = ([book.figure(s) for s in book.spots(each)] for each in references)
    return bool(first and second) and compare(first[0], second[:1]).outcome == "holds"


def _findings(equation: Equation, book: Book) -> Iterator[Finding]:
    for klass in _classes(equation, book):
        for spot in book.spots(equation.left, {"class": klass})[:1]:
            for finding in _finding(equation, book, spot, klass):
                yield replace(finding, rests_on=(*finding.rests_on, *_condition(equation, book)))


def _condition(equation: Equation, book: Book) -> list[str]:
    """The figures under which alone the equation is applied, and all tables that it looks into.

    A row that is in none of the sums may only not have been read.
    """
    references = (*equation.zero, *equation.agree)
    spots = (spot for each in references for spot in book.spots(each))
    sums = (each for right in equation.rights for each in right)
    tables = dict.fromkeys(book.table_id(each.table) for each in (*references, *sums))
    return [*tables, *map(book.name, spots)]


def _classes(equation: Equation, book: Book) -> list[str]:
    if not equation.each:
        return [""]
    table = book.tables[equation.left.table]
    codes = (row_class(table, row)[0] for row in table.rows if any(row.cells))
    return list(dict.fromkeys(code for code in codes if len(code) == 3))


def _finding(equation: Equation, book: Book, spot: Spot, klass: str) -> Iterator[Finding]:
    total = book.figure(spot)
    sums = [spots for right in equation.rights if (spots := _spots(right, book, klass))]
    candidates = [[book.figure(each) for each in spots] for spots in sums]
    nothing = not total.value and not any(f.value for figures in candidates for f in figures)
    if nothing and (total.value is None or not candidates):
        return  # nothing on either side: nothing to compare
    if candidates:
        result, index = closest(total, candidates)
        what = _what(sums[index], book)
        yield at_spot(equation.rule, book, spot, candidates[index], result, what)
    elif klass and total.value and _has_classes(equation.rights[0], book):
        # The class is printed in one table and not at all in the other.
        relation = Sum(total.terms(total.unit), ZERO, ZERO)
        result = Comparison("differs", ZERO, total.value, total.value, (relation,))
        rests_on = [id_ for each in equation.rights[0] for id_ in book.whole(each.table)]
        titles = "、".join(f"《{definition(each.table).title}》" for each in equation.rights[0])
        yield at_spot(
            equation.rule, book, spot, (), result, f"{titles}中没有这一类，", rests_on=rests_on
        )


def _has_classes(references: Sequence[Reference], book: Book) -> bool:
    rows = [row for each in references for row in book.tables[each.table].rows]
    return any(len(row.code) == 3 for row in rows)


def _spots(references: Sequence[Reference], book: Book, klass: str) -> list[Spot]:
    return [spot for each in references for spot in book.spots(each, {"class": klass})]


def _what(spots: Sequence[Spot], book: Book) -> str:
    """What the sum on the right is, in words."""
    blank = {id(each) for each in spots if book.figure(each).value is None}
    words = [place_of(each) + ("（空白）" if id(each) in blank else "") for each in spots]
    return words[0] if len(words) == 1 else "、".join(words) + "之和"
