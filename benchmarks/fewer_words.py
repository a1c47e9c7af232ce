"""Fewer words: the vocabulary and the title words without some, as if a place had never been seen.

A reader with fewer words stands for one that meets a place whose words nobody has entered. Each
word goes by chance, with a seed, or because of all places only one has it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import msgspec

from generator.meaning import definitions as titles
from generator.meaning import vocabulary as words
from generator.meaning.definitions import Definition
from generator.meaning.wording import fold
from generator.meaning.written import AxisWords, RowWords, TitleWords, VocabularyFile

_VARIANTS = "｜"
#: Words are told apart by where they are: of headings, of rows, of totals, of titles.
Kept = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows: the words of headings and rows, and the definitions of tables."""

    vocabulary: VocabularyFile
    definitions: tuple[Definition, ...]


def everything() -> Known:
    """All that is known, as the files have it."""
    return Known(words.vocabulary(), titles.definitions())


def by_chance(seed: int, share: float) -> Kept:
    """Leave out a share of the words, the same ones for the same seed."""

    def kept(where: str, word: str) -> bool:
        return random.Random(f"{seed} {where} {word}").random() >= share

    return kept


def without(left_out: frozenset[tuple[str, str]]) -> Kept:
    """Leave out some words, each with where it is."""
    return lambda where, word: (where, word) not in left_out


def fewer(known: Known, kept: Kept) -> Known:
    """What is known without the words that are not kept."""
    vocabulary = VocabularyFile(
        headings=tuple(
            AxisWords(group.axis, _kept(group.words, "heading", kept))
            for group in known.vocabulary.headings
        ),
        rows=tuple(
            RowWords(group.side, _kept(group.words, "row", kept)) for group in known.vocabulary.rows
        ),
        totals=tuple(word for word in known.vocabulary.totals if kept("total", word)),
        wholes=known.vocabulary.wholes,
        in_titles=known.vocabulary.in_titles,
    )
    return Known(vocabulary, tuple(_definition(each, kept) for each in known.definitions))


def _kept(
    by_concept: dict[str, tuple[str, ...]], where: str, kept: Kept
) -> dict[str, tuple[str, ...]]:
    found = {
        concept: tuple(word for word in some if kept(where, word))
        for concept, some in by_concept.items()
    }
    return {concept: some for concept, some in found.items() if some}


def _definition(each: Definition, kept: Kept) -> Definition:
    """A definition by fewer titles; what a title must lack stays, for nobody would print it."""
    found = []
    for one in each.title_words:
        having = [
            _VARIANTS.join(word for word in either.split(_VARIANTS) if kept("title", word))
            for either in one.having
        ]
        if all(having):
            found.append(msgspec.structs.replace(one, having=tuple(having)))
    return replace(each, title_words=tuple(found))


@contextmanager
def knowing(known: Known) -> Iterator[None]:
    """Within it the reader knows just these words and titles."""
    before = words.vocabulary, titles.definitions
    _use(lambda: known.vocabulary, lambda: known.definitions)
    try:
        yield
    finally:
        _use(*before)


def _use(
    vocabulary: Callable[[], VocabularyFile], definitions: Callable[[], tuple[Definition, ...]]
) -> None:
    words.vocabulary = vocabulary  # type: ignore[assignment]
    titles.definitions = definitions  # type: ignore[assignment]
    for each in vars(words).values():
        if hasattr(each, "cache_clear") and each.__module__ == words.__name__:
            each.cache_clear()


# ── the words that a place has ───────────────────────────────────────────────────────────


def naming_itself(known: Known) -> Known:
    """The same words, each of which means itself: what a heading says are then its words."""
    headings = tuple(
        AxisWords(group.axis, {word: (word,)})
        for group in known.vocabulary.headings
        for some in group.words.values()
        for word in some
    )
    rows = tuple(
        RowWords(group.side, {word: (word,)})
        for group in known.vocabulary.rows
        for some in group.words.values()
        for word in some
    )
    return Known(
        msgspec.structs.replace(known.vocabulary, headings=headings, rows=rows),
        known.definitions,
    )


def words_in(
    headings: Sequence[str], labels: Sequence[tuple[str, str]], printed: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The known words in headings, labels with their side, and titles: within `naming_itself`."""
    for heading in headings:
        yield from (("heading", word) for _, word in words.read_words(heading)[0] if word)
    for side, label in labels:
        if item := words.item_of(label, side):
            yield "row", item
        if words.is_total(label):
            yield from (("total", word) for word in words.vocabulary().totals if _is(word, label))
    for title in printed:
        yield from (("title", word) for each in titles.definitions() for word in _of(title, each))


def _is(word: str, label: str) -> bool:
    return fold(word) == fold(label)


def _of(title: str, known: Definition) -> Iterator[str]:
    telling: TitleWords | None = titles.telling_words(title, known)
    for either in telling.having if telling else ():
        yield from (word for word in either.split(_VARIANTS) if fold(word) in fold(title))
