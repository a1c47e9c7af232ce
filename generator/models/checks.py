"""What came of checking: findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from generator.models.facts import Disclosure

#: ``remark``: of form and wording, never of arithmetic.
Outcome = Literal["holds", "rounding", "differs", "cannot_tell", "remark"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check at one place; figures are in ``printed_unit``.

    ``inputs`` are the facts and statements that took part, the one in question first; its place is
    ``table``, ``row``, ``side`` and ``column``, or ``statement``, and ``page`` and ``line``.
    ``acknowledged`` is what people said of a contradiction that is known.
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
    acknowledged: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A disclosure and the findings of all its checks; ``failed`` if the program itself failed."""

    disclosure: Disclosure
    findings: tuple[Finding, ...] = field(default=())
    failed: str = ""
