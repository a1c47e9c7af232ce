"""What doubled or halved against the year before, and who bought cars: asked of the summaries.

Of an amount the year before is what the department itself says it was; where it does not, what its
own disclosure of the same kind printed for that year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator import wire
from generator.website.department.changes import SUBJECTS
from generator.website.department.figures import Part
from generator.website.department.summary import DisclosureHead
from generator.website.everyone.summaries import Summaries
from generator.website.wording.amounts import share_said

#: The larger of the two amounts is at least this many yuan: of 0.1 and 0.3万元 nobody is told.
LEAST_MOVED = Decimal(100_000)
VEHICLES = "vehicle_purchase"
#: The orders of either list, by the names that their addresses have.
_MOVED_ORDERS = {
    "by-year": "m.year DESC, abs(m.yuan - m.was) DESC, m.disclosure, m.subject",
    "by-amount": "abs(m.yuan - m.was) DESC, m.disclosure, m.subject",
}
_BOUGHT_ORDERS = {
    "by-year": "a.year DESC, a.yuan DESC, a.disclosure",
    "by-amount": "a.yuan DESC, a.disclosure",
}
ORDERS = tuple(_MOVED_ORDERS)
_MOVED = (
    " FROM moved m JOIN disclosure d ON d.id = m.disclosure"
    " LEFT JOIN disclosure e ON e.id = m.earlier"
    f" WHERE m.yuan > 0 AND m.was > 0 AND max(m.yuan, m.was) >= {LEAST_MOVED}"
    " AND (m.yuan >= 2 * m.was OR m.was >= 2 * m.yuan)"
)


@dataclass(frozen=True)
class Moved:
    """An amount that doubled or halved; `earlier` printed what it was, or None: it was stated."""

    head: DisclosureHead
    subject: str
    now: Part
    was: Part
    earlier: DisclosureHead | None

    @property
    def name(self) -> str:
        """Return what the amount is, in words."""
        return SUBJECTS[self.subject]

    @property
    def times(self) -> str:
        """Say how many times the amount of the year before it is, or "" where it is less."""
        ratio = self.now.yuan / self.was.yuan
        return f"{_rounded(ratio):,}" if ratio > 1 else ""

    @property
    def share(self) -> str:
        """Say how many per cent of the amount of the year before are left."""
        return share_said(self.now.yuan, self.was.yuan)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Bought:
    """A disclosure that lists money for buying official cars."""

    head: DisclosureHead
    amount: Part


@dataclass(frozen=True)
class Vehicles:
    """How many disclosures list an amount for buying cars, nothing for it, or no such line."""

    bought: int
    zero: int
    absent: int


def count_moved(summaries: Summaries) -> int:
    """How many amounts doubled or halved."""
    return int(summaries.rows("SELECT COUNT(*)" + _MOVED).fetchone()[0])


def moved(summaries: Summaries, order: str = "by-year") -> Iterator[Moved]:
    """Yield the amounts that doubled or halved, in one of `ORDERS`."""
    rows = summaries.rows(
        "SELECT d.head, e.head, m.subject, m.exact, m.was_exact, m.line, m.earlier_line"
        f"{_MOVED} ORDER BY {_MOVED_ORDERS[order]}"
    )
    for head, earlier, subject, *rest in rows:
        yield _moved(head, earlier, subject, rest)


def _moved(head: bytes, earlier: bytes | None, subject: str, rest: Sequence[str]) -> Moved:
    exact, was, line, earlier_line = rest
    return Moved(
        wire.decode(head, DisclosureHead),
        subject,
        Part(subject, "", Decimal(exact), line),
        Part(subject, "", Decimal(was), earlier_line or line),
        wire.decode(earlier, DisclosureHead) if earlier else None,
    )


def moved_apart(summaries: Summaries, most: int) -> list[Moved]:
    """Return the first of the newest year, each department once with what moved most."""
    found: dict[str, Moved] = {}
    for each in moved(summaries):
        if len(found) == most:
            break
        found.setdefault(each.head.department.id, each)
    return list(found.values())


def vehicles(summaries: Summaries) -> Vehicles:
    """Count what disclosures say of buying cars."""
    bought, zero = summaries.rows(
        "SELECT COALESCE(SUM(yuan > 0), 0), COALESCE(SUM(yuan <= 0), 0) FROM amount"
        " WHERE subject = ?",
        (VEHICLES,),
    ).fetchone()
    return Vehicles(bought, zero, len(summaries) - bought - zero)


def bought(summaries: Summaries, order: str = "by-year") -> Iterator[Bought]:
    """Yield the disclosures that list money for cars, in one of `ORDERS`."""
    rows = summaries.rows(
        "SELECT d.head, a.exact, a.line FROM amount a JOIN disclosure d ON d.id = a.disclosure"
        f" WHERE a.subject = ? AND a.yuan > 0 ORDER BY {_BOUGHT_ORDERS[order]}",
        (VEHICLES,),
    )
    for head, exact, line in rows:
        yield Bought(wire.decode(head, DisclosureHead), Part(VEHICLES, "", Decimal(exact), line))
