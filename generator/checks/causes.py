"""Causes: the smallest set of printed figures whose change makes everything hold.

Error localisation after Fellegi and Holt: contradictions that share figures belong together; one
figure whose change makes all of them hold, and breaks nothing that holds, explains them. Where no
single one does, figures that explain all of their own contradictions are taken apart, and two at
once are tried. The search is bounded: what it does not find stays unexplained.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from generator.checks.relations import Changed, Tried, terms_of
from generator.models import Finding

#: More contradictions, or more figures, than these at once are not tried in pairs.
_MOST_FINDINGS, _MOST_FIGURES = 8, 40
_NOTHING: Changed = {}


@dataclass(frozen=True, slots=True)
class Cause:
    """Contradictions of one cause, and the figures each of which explains them, with what value.

    ``changes`` is the least number of figures that must change; None where it was not found.
    """

    findings: tuple[Finding, ...]
    figures: Mapping[str, Decimal]
    changes: int | None


class Check:
    """A finding with its relations, one of which must hold."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        self.tried = [Tried(relation) for relation in finding.relations]
        terms = (term.figure for each in finding.relations for term in terms_of(each))
        self.figures = dict.fromkeys(terms)

    def holds(self, changed: Changed) -> bool:
        """Whether it holds with some figures changed."""
        return any(each.holds(changed) for each in self.tried)


class Evidence:
    """All that was checked: what holds, by the figures in it, and what does not."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.differing: list[Check] = []
        self.holding: dict[str, list[Check]] = defaultdict(list)
        for finding in findings:
            if finding.outcome == "differs":
                self.differing.append(Check(finding))
            elif finding.outcome in ("holds", "rounding") and finding.relations:
                check = Check(finding)
                for figure in check.figures:
                    self.holding[figure].append(check)

    @cached_property
    def printed(self) -> Mapping[str, Decimal]:
        """What all figures of contradictions print."""
        relations = (r for check in self.differing for r in check.finding.relations)
        return {term.figure: term.value for each in relations for term in terms_of(each)}

    def causes(self) -> list[Cause]:
        """The causes of all contradictions, in the order of their first."""
        order = {id(each.finding): at for at, each in enumerate(self.differing)}
        found = [cause for group in _connected(self.differing) for cause in self._split(group)]
        return sorted(found, key=lambda cause: order[id(cause.findings[0])])

    def _split(self, group: Sequence[Check]) -> Iterator[Cause]:
        """A group of contradictions that share figures, taken apart where several explain it."""
        figures = self._explaining(group, _NOTHING)
        if figures:
            yield _cause(group, figures, 1)
            return
        rest = list(group)
        if not self._is_contested(group):
            for cause in self._parts(group):
                yield cause
                taken = {id(finding) for finding in cause.findings}
                rest = [each for each in rest if id(each.finding) not in taken]
        for part in _connected(rest) if len(rest) < len(group) else [rest]:
            yield _cause(part, {}, 2 if self._two_explain(part) else None)

    def _is_contested(self, group: Sequence[Check]) -> bool:
        """Whether one figure would do, if it were not that others which hold speak for it."""
        common = _common(group)
        return any(self._value(figure, group, (), _NOTHING) is not None for figure in common)

    def _parts(self, group: Sequence[Check]) -> Iterator[Cause]:
        """Parts of a group, each explained by a figure that is in no other contradiction."""
        parts: dict[str, list[Check]] = defaultdict(list)
        for check in group:
            for figure in check.figures:
                parts[figure].append(check)
        taken: set[int] = set()
        for figure, part in sorted(parts.items(), key=lambda each: -len(each[1])):
            if len(part) == len(group) or not taken.isdisjoint(map(id, part)):
                continue
            if self._value(figure, part, self.holding[figure], _NOTHING) is not None:
                taken.update(map(id, part))
                found = self._explaining(part, _NOTHING)
                whole = {f: v for f, v in found.items() if len(parts[f]) == len(part)}
                yield _cause(part, whole, 1)

    def _two_explain(self, group: Sequence[Check]) -> bool:
        figures = dict.fromkeys(figure for check in group for figure in check.figures)
        if len(group) > _MOST_FINDINGS or len(figures) > _MOST_FIGURES:
            return False
        return any(
            self._explaining(self._open(group, figure, value), {figure: value})
            for figure in figures
            for value in _wanted(figure, [*group, *self.holding[figure]], _NOTHING)
        )

    def _open(self, group: Sequence[Check], figure: str, value: Decimal) -> list[Check]:
        """What does not hold once a figure has another value: of a group, and of what held."""
        return [e for e in (*group, *self.holding[figure]) if not e.holds({figure: value})]

    def _explaining(self, group: Sequence[Check], given: Changed) -> dict[str, Decimal]:
        """The figures each of which, changed alone, makes a whole group hold; with that value."""
        found = {}
        for figure in _common(group):
            value = self._value(figure, group, self.holding[figure], given)
            if figure not in given and value is not None:
                found[figure] = value
        return found

    def _value(
        self, figure: str, group: Sequence[Check], holding: Sequence[Check], given: Changed
    ) -> Decimal | None:
        """What a figure would have to be for a group to hold, and all that holds besides."""
        own = set(map(id, group))
        checks = [*group, *(each for each in holding if id(each) not in own)]
        for value in _wanted(figure, checks, given):
            changed = {**given, figure: value}
            if all(check.holds(changed) for check in checks):
                return value
        return None


def _cause(group: Sequence[Check], figures: Mapping[str, Decimal], changes: int | None) -> Cause:
    return Cause(tuple(check.finding for check in group), figures, changes)


def _common(group: Sequence[Check]) -> list[str]:
    """The figures that take part in all of a group."""
    if not group:
        return []
    return [f for f in group[0].figures if all(f in check.figures for check in group[1:])]


def _wanted(figure: str, checks: Sequence[Check], given: Changed) -> list[Decimal]:
    """The values at which one of the checks would hold exactly, those of most checks first.

    Each is moved to where all sums hold, as printed figures are rounded.
    """
    bounds = [
        bound
        for check in checks
        if len(check.tried) == 1  # of several that may be meant, none binds
        for bound in check.tried[0].bounds(figure, given)
    ]
    least = max((value for most, value in bounds if not most), default=None)
    most = min((value for most, value in bounds if most), default=None)
    votes: dict[Decimal, int] = defaultdict(int)
    for tried in (each for check in checks for each in check.tried if figure in each.steps):
        value = tried.wanted(figure, given)
        if value is not None:
            value = value if least is None else max(value, least)
            value = value if most is None else min(value, most)
            rounded = value.quantize(tried.steps[figure], rounding=ROUND_HALF_EVEN)
            votes[rounded or abs(rounded)] += 1  # no -0.00
    return sorted(votes, key=lambda value: -votes[value])


def _connected(checks: Sequence[Check]) -> list[list[Check]]:
    """Groups of checks that share a figure; what has no relations is alone.

    Groups stand in the order of their last check; where one check joins several, theirs come first.
    """
    joined: list[list[int]] = []  # by each check: the last ones of the groups that it joins
    group_of: list[int] = []
    seen: dict[str, int] = {}
    for number, check in enumerate(checks):
        touching = {_root(seen[each], group_of) for each in check.figures if each in seen}
        joined.append(sorted(touching))
        group_of.append(number)
        for each in joined[-1]:
            group_of[each] = number
        seen.update(dict.fromkeys(check.figures, number))
    roots = (number for number, group in enumerate(group_of) if group == number)
    return [[checks[each] for each in _gathered(root, joined)] for root in roots]


def _root(number: int, group_of: list[int]) -> int:
    """The last check of a group; the way to it is shortened for whoever asks next."""
    while group_of[number] != number:
        group_of[number] = group_of[group_of[number]]
        number = group_of[number]
    return number


def _gathered(root: int, joined: Sequence[Sequence[int]]) -> list[int]:
    """A check after all that it joins, and these after what they join."""
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += joined[found[-1]]
    return found[::-1]
