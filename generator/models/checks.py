"""What came of checking: findings, and the cases that they make."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from generator.models.facts import Disclosure

#: ``remark``: of form and wording, never of arithmetic.
Outcome = Literal["holds", "rounding", "differs", "cannot_tell", "remark"]

#: Why a check cannot be told, or, where it holds, what in it was not read beyond doubt: a figure is
#: missing; a table or the file was not read whole; the level of a row, what stands in a cell, or
#: the words of a line are in doubt; two readings of a figure disagree; no rules part the columns.
Reason = Literal[
    "", "no_figure", "not_whole", "level", "cell", "words", "routes", "form", "alignment"
]

#: How a printed figure goes wrong, as its digits tell: two neighbours swapped, one digit wrong, one
#: missing or too many, the point in another place, 元 for 万元, the sign.
Slip = Literal[
    "",
    "transposed_digits",
    "one_digit",
    "missing_digit",
    "extra_digit",
    "factor_10",
    "factor_100",
    "factor_1000",
    "unit",
    "sign",
]


class Addend(Struct, frozen=True):
    """A printed figure within a relation: its share in it, its value and its last decimal's unit.

    ``value`` is in the figure's own unit; ``share`` turns it into the relation's, with its sign.
    """

    figure: str
    share: Decimal
    value: Decimal
    step: Decimal

    def times(self, share: Decimal) -> Addend:
        """The same with its share multiplied."""
        return Addend(self.figure, self.share * share, self.value, self.step)


class Sum(Struct, frozen=True):
    """What must hold between figures: the sum of all terms lies between ``low`` and ``high``.

    ``high`` is None where it may be any more.
    """

    terms: tuple[Addend, ...]
    low: Decimal
    high: Decimal | None


class Rate(Struct, frozen=True):
    """What must hold of a percentage: it is the size of ``part`` by ``whole``, within ``slack``.

    The slack is what rounding may do to the rate itself, ``part_step`` and ``whole_step`` to the
    two sums.
    """

    rate: Addend
    part: tuple[Addend, ...]
    whole: tuple[Addend, ...]
    part_step: Decimal
    whole_step: Decimal
    slack: Decimal

    @property
    def terms(self) -> tuple[Addend, ...]:
        """All figures that take part."""
        return (self.rate, *self.part, *self.whole)


Relation = Sum | Rate


class Finding(Struct, frozen=True):
    """The outcome of one check at one place; figures are in ``printed_unit``.

    ``inputs`` are the facts and statements that took part, the one in question first; its place is
    ``table``, ``row``, ``side`` and ``column``, or ``statement``, and ``page`` and ``line``.
    ``reason`` says why it cannot be told, or what is in doubt. ``acknowledged`` is what people said
    of a contradiction that is known, ``case`` the case to which it belongs.

    ``rests_on`` are the identifiers of all else that the outcome rests on: blank cells, the figures
    of its condition, other places that might have been meant, tables (``prefix.table``) that do not
    print what was looked for, and the whole disclosure (``prefix``). ``relations`` are what would
    make it hold: any one of them.
    """

    rule: str
    outcome: Outcome
    sentence: str
    inputs: tuple[str, ...] = ()
    table: str = ""
    row: int | None = None
    side: str = ""
    column: str = ""
    statement: str = ""
    expected: Decimal | None = None
    printed: Decimal | None = None
    difference: Decimal | None = None
    printed_unit: str = ""
    page: int | None = None
    line: int | None = None
    quote: str = ""
    finding_id: str = ""
    reason: Reason = ""
    acknowledged: str = ""
    case: str = ""
    rests_on: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()


class Case(Struct, frozen=True):
    """Contradictions of one cause: two values that stand against each other.

    ``figure`` is the one printed figure whose change makes everything hold, if there is exactly
    one, and ``figures`` all that would each do alone; ``changes`` is the least number of figures
    that must change, None where it is more than was sought. ``value`` and ``other`` are in
    ``unit``: what is printed at ``figure`` (or at the place in question), and what the others
    support; ``places`` and ``other_places`` count what supports either.
    """

    case_id: str
    sentence: str
    findings: tuple[str, ...]
    figure: str = ""
    figures: tuple[str, ...] = ()
    changes: int | None = None
    value: Decimal | None = None
    other: Decimal | None = None
    unit: str = ""
    places: int | None = None
    other_places: int | None = None
    slip: Slip = ""


class Checked(Struct, frozen=True):
    """A disclosure and the findings of all its checks.

    ``failed`` if the program itself failed; ``over_limit`` says of what they took
    more than they may.
    """

    disclosure: Disclosure
    findings: tuple[Finding, ...] = field(default=())
    failed: str = ""
    cases: tuple[Case, ...] = ()
    over_limit: str = ""
