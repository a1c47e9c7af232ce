"""Making findings: where the figure in question stands, and a sentence of what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.checks.book import Book, Spot
from generator.checks.compare import Comparison, Figure, is_slip_of_unit, plain
from generator.meaning.definitions import definition
from generator.models import Finding, Outcome, Statement

_WORDS: dict[Outcome, str] = {
    "holds": "相符",
    "rounding": "相差 {difference} {unit}，在四舍五入的范围内",
    "differs": "相差 {difference} {unit}，对不上",
}
_SLIP = "；两数正好相差一万倍左右，可能把元和万元弄混了"


def at_spot(
    rule: str,
    book: Book,
    spot: Spot,
    parts: Sequence[Figure],
    result: Comparison,
    what: str,
    words: str = "",
    rests_on: Iterable[str] = (),
) -> Finding:
    """A finding about an amount in a table.

    ``what`` names what it was compared with; ``words`` is the sentence, if another than usual;
    ``rests_on`` is what it rests on besides, such as the figures of its condition.
    """
    row = spot.row
    figure = book.figure(spot)
    return Finding(
        rule=rule,
        outcome=result.outcome,
        sentence=words or sentence(place_of(spot), result, figure.unit, what),
        inputs=(figure.id, *_printed(parts)),
        table=spot.table.id,
        row=row.number,
        side=row.side,
        column=spot.column.id,
        expected=result.expected,
        printed=result.printed,
        difference=result.difference,
        printed_unit=spot.table.unit,
        page=page_of(book, row.line),
        line=row.line,
        rests_on=(*result.rests_on, *rests_on),
        relations=result.relations,
    )


def at_statement(
    rule: str,
    statement: Statement,
    result: Comparison,
    words: str,
    inputs: Iterable[Figure] = (),
    rests_on: Iterable[str] = (),
) -> Finding:
    """A finding about a figure in prose; ``words`` is the whole sentence."""
    return Finding(
        rule=rule,
        outcome=result.outcome,
        sentence=words,
        inputs=(statement.statement_id, *_printed(inputs)),
        statement=statement.statement_id,
        expected=result.expected,
        printed=result.printed,
        difference=result.difference,
        printed_unit=statement.printed_unit,
        page=statement.page,
        line=statement.line,
        quote=statement.quote,
        rests_on=(*result.rests_on, *rests_on),
        relations=result.relations,
    )


def _printed(figures: Iterable[Figure]) -> Iterable[str]:
    """The identifiers of figures that are printed; a blank is no fact."""
    return (figure.id for figure in figures if figure.value is not None)


def page_of(book: Book, line: int) -> int | None:
    """The page on which a line of the source stands, where it is known."""
    lines = book.extract.document.lines
    return lines[line - 1].page if 0 < line <= len(lines) else None


def place_of(spot: Spot) -> str:
    """Where an amount stands, in words: table, row and column."""
    label, title = spot.row.label or spot.row.name, title_of(spot)
    row = "" if label == title else f"“{label}”的"  # the only row of its table has no label
    return f"《{title}》{row}“{spot.column.title}”"


def title_of(spot: Spot) -> str:
    """The title of the table in which an amount stands."""
    return definition(spot.table.id).title


def sentence(place: str, result: Comparison, unit: str, what: str) -> str:
    """What was compared with what, and what came of it."""
    if result.expected is None or result.printed is None:
        return f"{place}缺少数字，无法核对{what}。"
    return (
        f"{place}为 {plain(result.printed)} {unit}，"
        f"{what}为 {plain(result.expected)} {unit}，{outcome_words(result, unit)}。"
    )


def outcome_words(result: Comparison, unit: str) -> str:
    """The end of a sentence: 相符, or how much apart."""
    words = _WORDS[result.outcome].format(
        difference=plain(result.difference, signed=False), unit=unit
    )
    return words + (_SLIP if result.outcome == "differs" and is_slip_of_unit(result) else "")
