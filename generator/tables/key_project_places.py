"""Where the rows of the key-project table begin: nothing stands between target and next name.

The evidence, the surest first: the project table's target that goes on (it is printed again here);
a name with its amount; a name whose projects were not all found; an amount alone on its line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.meaning.amounts import is_amount, is_decimal, to_decimal
from generator.meaning.wording import LONGEST_NAME, ends_sentence, fold, indent, name_start
from generator.models import Line, Row

# What makes the amount before it one of the text: the unit of a cell stands in its heading.
_MEASURE = re.compile(r"^(?:[十百千万亿]*元(?!旦|宵|素|件)|[万亿][人次件户条个家]|[%％‰]|个百分点)")


@dataclass(frozen=True, slots=True)
class Split:
    """A line split at one amount."""

    head: str
    printed: str
    tail: str


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: the index of its name's first line, and of its amount's line."""

    first: int
    at: int
    split: Split


#: Gives the index of the first line of the name of the row that an amount belongs to.
_Find = Callable[[int, Split, RowPlace | None], int | None]


@dataclass(slots=True)
class Search:
    """Looks for the rows in ``lines``; the amounts of ``doubts`` may be rows that were not told."""

    lines: Sequence[Line]
    projects: Iterable[Row]
    doubts: list[Line] = field(default_factory=list)
    _amounts: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(list))
    _known: set[Decimal] = field(default_factory=set)
    _targets: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Keep the amounts and targets of the projects by name."""
        for project in self.projects:
            name, cell = fold(project.name), project.cells[0]
            self._amounts[name] += [to_decimal(cell.printed)] if cell else []
            self._known.update(self._amounts[name][-1:])
            self._targets[name].append(fold(project.text))

    def places(self) -> list[RowPlace]:
        """All rows, in order: those with name and amount first, then what stands between."""
        sure = self._between(0, len(self.lines), None, self._exact)
        found = Counter(self.name(place) for place in sure)
        missing = {name for name, amounts in self._amounts.items() if len(amounts) > found[name]}

        def likely(at: int, split: Split, last: RowPlace | None) -> int | None:
            return self._likely(at, split, last, missing)

        ends = [*(place.first for place in sure), len(self.lines)]
        places: list[RowPlace] = []
        for before, end in zip([None, *sure], ends, strict=True):
            places += [before] if before else []
            start = before.at + 1 if before else 0
            places += self._between(start, end, before, likely)
        return places

    def is_in_target(self, index: int) -> bool:
        """Tell whether the line at ``index`` is one of a target: that goes on, or a row follows."""
        sure = self._between(0, len(self.lines), None, self._exact)
        before = [place for place in sure if place.at < index]
        return len(before) < len(sure) or bool(before and self._goes_on(before[-1], index))

    def name(self, place: RowPlace) -> str:
        """The folded name that stands before a row's amount."""
        return self._name(place.first, place.at, place.split)

    def _name(self, first: int, at: int, split: Split) -> str:
        return fold("".join(line.text for line in self.lines[first:at]) + split.head)

    def _between(self, start: int, end: int, last: RowPlace | None, find: _Find) -> list[RowPlace]:
        """The rows whose amounts stand between two places, ``last`` being the row before."""
        found: list[RowPlace] = []
        for at in range(start, end):
            for split in _splits(self.lines[at].text):
                if self._is_measured(at, split) or (last and self._goes_on(last, at)):
                    continue
                first = find(at, split, last)
                if first is not None:
                    last = RowPlace(first, at, split)
                    found.append(last)
                    break
        return found

    # Evidence that an amount is one of the text.

    def _is_measured(self, at: int, split: Split) -> bool:
        following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        return bool(_MEASURE.match(split.tail or following.strip()))

    def _goes_on(self, place: RowPlace, at: int) -> bool:
        """Tell whether the lines up to ``at`` are the beginning of the row's known target."""
        text = self._target(place, at + 1)
        return any(target.startswith(text) for target in self._targets.get(self.name(place), ()))

    def _target(self, place: RowPlace, end: int) -> str:
        lines = self.lines[place.at + 1 : end]
        return fold(place.split.tail + "".join(line.text for line in lines))

    # Evidence that an amount is a row's; each gives the index of the name's first line.

    def _exact(self, at: int, split: Split, last: RowPlace | None) -> int | None:
        amount = to_decimal(split.printed)
        firsts = [
            first
            for first, name in self._names(at, split, last)
            if amount in self._amounts.get(name, ())
        ]
        return self._best(firsts, last)

    def _likely(
        self, at: int, split: Split, last: RowPlace | None, missing: set[str]
    ) -> int | None:
        firsts = [first for first, name in self._names(at, split, last) if name in missing]
        if firsts:
            return self._best(firsts, last)
        if split.head or split.tail or not is_decimal(split.printed):
            return None
        return self._alone(at, split, last)

    def _alone(self, at: int, split: Split, last: RowPlace | None) -> int | None:
        """An amount alone: of a row if a project has it, or if a name may stand before it."""
        least = _least(at, last)
        texts = [line.text for line in self.lines[least:at]]
        amount = to_decimal(split.printed)
        known = amount in self._known
        begins = not last or any(map(indent, texts)) or any(map(ends_sentence, texts[:-1]))
        if known or begins or not self._amounts:
            return least + name_start(texts)
        self.doubts.append(self.lines[at])
        return None

    def _names(self, at: int, split: Split, last: RowPlace | None) -> Iterator[tuple[int, str]]:
        """What may be the name before an amount, the longest first."""
        for first in range(_least(at, last), at + 1):
            yield first, self._name(first, at, split)

    def _best(self, firsts: Sequence[int], last: RowPlace | None) -> int | None:
        """Of names within names the one below the end of the target before; else the longest."""
        if len(firsts) < 2 or last is None:
            return firsts[0] if firsts else None
        known = self._targets.get(self.name(last), ())
        whole = [first for first in firsts if self._target(last, first) in known]
        ended = [first for first in firsts if self._ends(first)]
        if not (whole or ended):
            self.doubts.append(self.lines[firsts[0]])
        return [*whole, *ended, *firsts][0]

    def _ends(self, first: int) -> bool:
        return ends_sentence(self.lines[first - 1].text) or bool(indent(self.lines[first].text))


def _least(at: int, last: RowPlace | None) -> int:
    return max(last.at + 1 if last else 0, at - LONGEST_NAME)


def _splits(text: str) -> Iterator[Split]:
    """Split a line at each of its amounts into the text before, the amount, and the text after."""
    tokens = text.split()
    for index, token in enumerate(tokens):
        if is_amount(token):
            yield Split(" ".join(tokens[:index]), token, " ".join(tokens[index + 1 :]))
