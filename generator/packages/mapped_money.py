"""Mapped money: what a disclosure spends by international classes, and what cannot be mapped.

Of each disclosure one column of one table is taken, the one that has the most of its expenditure
by code, and of that the rows with nothing below them: no amount is there twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from generator.meaning.crosswalks import SCHEMES, Scheme
from generator.packages.classifications import beside
from generator.packages.resources import Resource, Value, listed, text

_CODES: Mapping[Scheme, tuple[str, ...]] = {
    "cofog": ("functional",),
    "gfsm": ("economic", "government_economic"),
}
# Tables that have so much of the most are said to have the same: they print other roundings.
_SAME = Decimal("0.999")
_PLACES = Decimal("0.0001")
#: How well money is mapped: within one class, or to the nearest.
_WITHIN, _NEAREST = ("exact", "narrower"), ("broader", "approximate")
ALL = "all"

#: By what the amounts of a disclosure are known.
_WHO = ("disclosure_id", "department", "year", "kind")

_Fact = Mapping[str, str]
_Row = tuple[Value, ...]


def mapped_money(facts: Resource) -> list[Resource]:
    """The money of each disclosure of ``facts`` by the classes of COFOG and of the GFSM."""
    names = [field.name for field in facts.fields]
    by_disclosure: dict[tuple[str, ...], list[_Fact]] = defaultdict(list)
    for row in facts.rows:
        fact = dict(zip(names, map(text, row), strict=True))
        by_disclosure[tuple(fact[each] for each in _WHO)].append(fact)
    return [
        listed(
            f"{scheme}-amounts",
            ((*who, *row) for who, own in by_disclosure.items() for row in _mapped(scheme, own)),
        )
        for scheme in SCHEMES
    ]


def _mapped(scheme: Scheme, facts: Sequence[_Fact]) -> Iterator[_Row]:
    """One row for each code that has money in the table that says most, summed over its units."""
    for classification, leaves in _best(scheme, facts):
        first = leaves[0]
        amounts: dict[str, Decimal] = defaultdict(Decimal)
        for fact in leaves:
            amounts[fact[f"{classification}_code"]] += Decimal(fact["amount_yuan"])
        called = {f[f"{classification}_code"]: f[f"{classification}_name"] for f in leaves}
        for code in sorted(code for code, yuan in amounts.items() if yuan):
            target, _, _, match, _, _ = beside(classification, code)
            place = (first["table_id"], first["column_id"])
            yield (*place, classification, code, called[code], amounts[code], target, match)


def _best(scheme: Scheme, facts: Sequence[_Fact]) -> list[tuple[str, list[_Fact]]]:
    """The leaves of the column with the most money; of those like it, of the most detail."""
    columns = [
        (classification, leaves)
        for classification in _CODES[scheme]
        for leaves in _columns(facts, classification)
    ]
    if not columns:
        return []
    most = max(_sum(leaves) for _, leaves in columns)
    like = [each for each in columns if _sum(each[1]) >= most * _SAME]
    return [max(like, key=lambda each: _detail(*each))]


def _columns(facts: Sequence[_Fact], classification: str) -> Iterator[list[_Fact]]:
    """Per column of a table the amounts of the rows that have a code and nothing below them."""
    columns: dict[tuple[str, str], list[_Fact]] = defaultdict(list)
    for fact in facts:
        if fact[f"{classification}_code"] and _counts(fact):
            columns[fact["table_id"], fact["column_id"]].append(fact)
    yield from columns.values()


def _counts(fact: _Fact) -> bool:
    return (
        fact["role"] == "item"
        and fact["direction"] == "expenditure"
        and not fact["qualifier"]
        and fact["amount_yuan"] != ""
        and fact["amount_year"] in ("", fact["year"])
        and fact["budget_phase"] == fact["phase"]
    )


def _sum(facts: Iterable[_Fact]) -> Decimal:
    return sum((Decimal(fact["amount_yuan"]) for fact in facts), Decimal(0))


def _detail(classification: str, facts: Sequence[_Fact]) -> Decimal:
    """How deep the codes are: digits, each as often as yuan stand under them."""
    yuan = ((len(f[f"{classification}_code"]), Decimal(f["amount_yuan"])) for f in facts)
    return sum((digits * amount for digits, amount in yuan), Decimal(0))


class MoneyCoverage:
    """How much of the money is mapped, and how well: of each disclosure, and of all."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], dict[str, Decimal]] = {}

    def add(self, scheme: str, disclosure: str, amounts: Iterable[tuple[str, str]]) -> None:
        """Take note of amounts of a disclosure, each with how well it is mapped."""
        for match, yuan in amounts:
            for scope in (ALL, disclosure):
                sums = self._sums.setdefault((scheme, scope), defaultdict(Decimal))
                sums[match] += Decimal(yuan)

    def resource(self) -> Resource:
        """A row for each scheme and scope."""
        rows = (
            (scope, scheme, *_shares(self._sums[scheme, scope]))
            for scheme in SCHEMES
            for scope in sorted(scope for of, scope in self._sums if of == scheme)
        )
        return listed("mapping-coverage", rows)


def _shares(sums: Mapping[str, Decimal]) -> _Row:
    whole = sum(sums.values(), Decimal(0))
    within = sum((sums.get(match, Decimal(0)) for match in _WITHIN), Decimal(0))
    nearest = sum((sums.get(match, Decimal(0)) for match in _NEAREST), Decimal(0))
    parts = (whole, within, nearest, whole - within - nearest)
    if not whole:
        return (*parts, None)
    share = ((within + nearest) / whole).quantize(_PLACES, ROUND_HALF_EVEN)
    return (*parts, share)
