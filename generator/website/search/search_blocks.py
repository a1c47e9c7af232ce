"""What each token finds, as the index tells it: in its own line, or in blocks if it is much."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, islice

from generator.website.search.search_merge import NOBODY, Find, Finds
from generator.website.search.search_tokens import CHINESE

#: Of more finds than the first, so many stand in a block.
_FEW, _BLOCK = 500, 2000
#: With what tokens begin that are characters or words, not numbers, codes or names.
_WRITTEN = re.compile(f"[{CHINESE}a-z]")
#: By its first character alone so many finds of each kind are found, the best.
_BEGUN = 200
#: Before a character with which tokens begin: it comes after all tokens, and is in none.
BEGINNING = "\uff5e"
_END = 1 << 60
#: A browser's masks have 32 bits; the years after so many share the last.
_MOST_YEARS = 30
_ALL_YEARS = (1 << _MOST_YEARS + 1) - 1


class Entries:
    """The lines of tokens; blocks are written as they come."""

    def __init__(
        self, write: Callable[[str, bytes], None], kinds: Sequence[int], years: int
    ) -> None:
        """Take what writes a file, where the kinds of records begin, and the number of years."""
        self._write, self._kinds, self._years, self._blocks = write, kinds, years, 0

    def of(self, tokens: Iterable[tuple[str, Iterator[Finds]]]) -> Iterator[tuple[str, bytes]]:
        """Yield each token with its line, and at last those of first characters."""
        begun: dict[str, bytes] = {}
        for first, same in groupby(tokens, lambda pair: pair[0][0]):
            beginning = _Beginning(self._kinds) if _WRITTEN.match(first) else None
            for token, stretches in same:
                yield token, self._entry(chain.from_iterable(stretches), beginning)
            if beginning:
                begun[BEGINNING + first] = self._whole(beginning)
        yield from begun.items()

    def _entry(self, found: Iterator[Find], beginning: _Beginning | None) -> bytes:
        some = list(islice(found, _FEW + 1))
        if len(some) > _FEW:
            return self._in_blocks(chain(some, found), beginning)
        if beginning:
            beginning.take(some)
        return gaps(some)

    def _whole(self, beginning: _Beginning) -> bytes:
        found = beginning.best()
        cut = beginning.cut
        return (
            self._in_blocks(iter(found), None, cut=True) if cut else self._entry(iter(found), None)
        )

    def _in_blocks(
        self, found: Iterator[Find], beginning: _Beginning | None, *, cut: bool = False
    ) -> bytes:
        """Write the blocks; tell where they are, and of each kind how much is found."""
        first, firsts, years = self._blocks, [], []
        counts = [0] * len(self._kinds)
        for block in _blocks(found):
            self._write(f"b{self._blocks}", gaps(block))
            self._blocks += 1
            firsts.append(block[0][0])
            years.append(self._mask(block))
            for kind, some in enumerate(of_kinds(block, self._kinds)):
                counts[kind] += len({number for number, _ in some})
            if beginning:
                beginning.take(block)
        told = {"block": first, "firsts": firsts, "years": years, "counts": counts, "cut": cut}
        return json.dumps(told, separators=(",", ":")).encode()

    def _mask(self, block: Finds) -> int:
        """Say of which years a block has finds, a bit for each; what is of none is of all."""
        whose = {each for _, each in block}
        if NOBODY in whose:
            return _ALL_YEARS
        years = {(each - 1) // 2 % self._years for each in whose}
        return sum(1 << year for year in {min(year, _MOST_YEARS) for year in years})


class _Beginning:
    """The best of what all tokens with one first character find."""

    def __init__(self, kinds: Sequence[int]) -> None:
        self._kinds = kinds
        self._found: list[set[Find]] = [set() for _ in kinds]
        self.cut = False

    def take(self, found: Finds) -> None:
        """Add what a token finds, in order."""
        for whole, some in zip(self._found, of_kinds(found, self._kinds), strict=True):
            self.cut |= len(some) > _BEGUN
            whole.update(some[:_BEGUN])
            if len(whole) > 8 * _BEGUN:
                self._trim(whole)

    def _trim(self, whole: set[Find]) -> None:
        kept = sorted(whole)[:_BEGUN]
        self.cut |= len(whole) > len(kept)
        whole.intersection_update(kept)

    def best(self) -> Finds:
        """Return the best of each kind."""
        for whole in self._found:
            self._trim(whole)
        return sorted(set().union(*self._found))


def _blocks(found: Iterator[Find]) -> Iterator[Finds]:
    """Cut finds into blocks; a number of many disclosures stays in one."""
    block: Finds = []
    for each in found:
        if len(block) >= _BLOCK and each[0] != block[-1][0]:
            yield block
            block = []
        block.append(each)
    if block:
        yield block


def of_kinds(found: Finds, kinds: Sequence[int]) -> list[Finds]:
    """Return what is found, in order, by the kinds of records."""
    cuts = [bisect_left(found, (kind, 0)) for kind in (*kinds[1:], _END)]
    return [found[at:end] for at, end in zip((0, *cuts), cuts, strict=False)]


def gaps(found: Finds) -> bytes:
    """Return finds as JSON: how much each number is above the one before, and whose it is."""
    before = 0
    told: list[int] = []
    for number, whose in found:
        told += (number - before, whose)
        before = number
    return b"[%s]" % ",".join(map(str, told)).encode()
