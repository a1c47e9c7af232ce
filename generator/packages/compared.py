"""Which amounts of a disclosure are other ones than those that were published before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

Row = Mapping[str, str]
# What an amount is of, apart from its identifier; with the amount itself it tells that a figure
# only got another identifier, as when an older program counted rows in it.
_MEANING = (
    *("table_id", "direction", "panel", "column_id", "functional_code", "economic_code"),
    *("label", "unit", "project"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One amount before and after: ``before`` is None where it is new, ``after`` where it is gone.

    It is a row of ``facts.csv``.
    """

    before: Row | None
    after: Row | None

    @property
    def identifier(self) -> str:
        """The identifier of the amount: today's, or the last that it had."""
        return identifier(self.after or self.before or {})


def identifier(row: Row) -> str:
    """By what an amount is known in all builds; here alone is said what that is."""
    return row["fact_id"]


def differences(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Difference]:
    """Each amount that is another than before, is gone, or is new, in the order of the file.

    One that is the same under another identifier is no difference.
    """
    old, new = ({identifier(row): row for row in rows} for rows in (before, after))
    same = {key for key in old.keys() & new.keys() if _amount(old[key]) == _amount(new[key])}
    gone, come = ({k: r for k, r in rows.items() if k not in same} for rows in (old, new))
    renamed = Counter(map(_said, gone.values())) & Counter(map(_said, come.values()))
    gone, come = _without(gone, renamed), _without(come, renamed)
    for key, row in come.items():
        yield Difference(gone.pop(key, None), row)
    for row in gone.values():
        yield Difference(row, None)


def _without(rows: Mapping[str, Row], renamed: Counter[tuple[object, ...]]) -> dict[str, Row]:
    """The rows that are not among those ``renamed``, each as often as it is there."""
    left, found = Counter(renamed), {}
    for key, row in rows.items():
        said = _said(row)
        if left[said]:
            left[said] -= 1
        else:
            found[key] = row
    return found


def _said(row: Row) -> tuple[object, ...]:
    return (*(row.get(name, "") for name in _MEANING), _amount(row))


def _amount(row: Row) -> Decimal | str:
    try:
        return Decimal(row["amount_yuan"])
    except InvalidOperation:
        return row["amount_yuan"]
