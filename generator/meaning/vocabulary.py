"""Words and what they say: a heading is covered by known words, each of which speaks of one axis.

So nobody needs to have seen a table: ``财政拨款 ▸ 一般公共预算 ▸ 基本支出`` says fund and kind of
expenditure wherever it stands. The words are data: ``vocabulary.yaml``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct, field

from generator.checked_files import checked_yaml
from generator.meaning.wording import fold, strip_enumerator
from generator.meaning.written import VocabularyFile
from generator.problems import DefinitionError

VOCABULARY = Path(__file__).parent / "vocabulary.yaml"
# What stands between words and says nothing: marks, the units of amounts, numbers of notes.
_SILENT = re.compile(r"[()\[\]、,:：;；/\-_.+*\"'“”]|(?:单位:)?(?:百?万|千|亿)?元(?=\)|$)")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
#: A fund that is part of another: the part is what is meant where both are named.
_PARTS_OF = {"general_public_budget", "government_managed_funds_budget",
             "state_capital_operations_budget"}  # fmt: skip
# What only says that a row sums others.
_SUM = re.compile(r"(?:小计|合计)$")
_NEAR = 0.5

Token = tuple[str, str]  # axis and concept
#: What a heading with an unknown word does not say, nor those above it: 非基本支出 is no basic
#: expenditure, and nobody knows which part of 基本支出 another is.
_IN_FULL = ("fund_source", "expenditure_type", "item", "economic")
#: What such a heading itself does not say either: 上年 with an unknown word may be 上年结转.
_ITSELF = (*_IN_FULL, "year", "budget_phase", "direction")
#: Axes on which one heading means one thing: of 购置费 and 运行费 it is neither.
_ONE = (*_IN_FULL, "direction")


class Meaning(Struct, frozen=True):
    """What a heading says: a concept by axis, and the words that are not known.

    ``years`` are those that it names; ``total`` tells that it says 合计 or the like.
    """

    axes: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@cache
def vocabulary() -> VocabularyFile:
    """The words. Raises DefinitionError where the file is not as its type says."""
    return checked_yaml(VOCABULARY, VocabularyFile, DefinitionError)


@cache
def _tokens() -> Mapping[str, tuple[Token, ...]]:
    """What each folded word says; one may say two things (项目编码: a code, of projects)."""
    tokens: dict[str, tuple[Token, ...]] = {}
    for group in vocabulary().headings:
        for concept, words in group.words.items():
            for word in words:
                key = _plain(word)
                tokens[key] = (*tokens.get(key, ()), (group.axis, concept))
    return tokens


@cache
def _longest() -> int:
    return max(map(len, _tokens()))


def _plain(text: str) -> str:
    return _SILENT.sub("", fold(text))


@lru_cache(maxsize=4096)
def read_words(text: str) -> tuple[tuple[Token, ...], tuple[str, ...], tuple[int, ...]]:
    """Cover one heading by words: what they say in their order, what is left over, its years."""
    folded = fold(text)
    years = tuple(int(year[:4]) for year in _YEAR.findall(folded))
    plain = _plain(_YEAR.sub("", folded))
    # best[i]: how many characters before i are not covered, with how many words, and the last one.
    best: list[tuple[int, int, int]] = [(0, 0, 0)]
    words, longest = _tokens(), _longest()
    for end in range(1, len(plain) + 1):
        choices = [(best[end - 1][0] + 1, best[end - 1][1], end - 1)]
        for start in range(max(0, end - longest), end):
            if plain[start:end] in words and _fits(plain, start, end):
                choices.append((best[start][0], best[start][1] + 1, start))
        best.append(min(choices))
    return _read_back(plain, best, years)


def _fits(plain: str, start: int, end: int) -> bool:
    """Whether the word there may be one: of one character only one without meaning, or all."""
    silent = all(not axis for axis, _ in _tokens()[plain[start:end]])
    return end - start > 1 or silent or end - start == len(plain)


def _read_back(
    plain: str, best: Sequence[tuple[int, int, int]], years: tuple[int, ...]
) -> tuple[tuple[Token, ...], tuple[str, ...], tuple[int, ...]]:
    found: list[Token] = []
    unknown: list[str] = []
    end = len(plain)
    rest = ""
    while end:
        start = best[end][2]
        word = plain[start:end]
        if best[end][0] == best[start][0]:
            if rest:
                unknown.insert(0, rest)
            rest = ""
            found[:0] = _tokens()[word]
        else:
            rest = word + rest
        end = start
    if rest:
        unknown.insert(0, rest)
    return tuple(found), tuple(unknown), years


def read_heading(path: Sequence[str]) -> Meaning:
    """What the headings above a column say together, the outermost first; the inner ones decide."""
    axes: dict[str, str] = {}
    roles: set[str] = set()
    unknown: list[str] = []
    years: list[int] = []
    for text in path:
        tokens, left, said = read_words(text)
        odd = () if left else _at_odds(tokens)
        unknown += (fold(text),) if odd else left
        years += () if left else said
        if left:
            axes = {axis: said for axis, said in axes.items() if axis not in _IN_FULL}
        inner = {concept for axis, concept in tokens if axis == "role"}
        roles = inner or (roles if text != path[-1] else set())
        for axis, concept in tokens:
            if axis and axis != "role" and not (left and axis in _ITSELF):
                axes[axis] = _joined(axis, axes.get(axis, ""), concept)
        axes = {axis: said for axis, said in axes.items() if axis not in odd}
    return Meaning(axes, frozenset(roles), tuple(unknown), tuple(years))


def _at_odds(tokens: Sequence[Token]) -> set[str]:
    """The axes of which a heading says two things at once, so that nobody knows it as a whole."""
    said: dict[str, str] = {}
    odd = set()
    for axis, concept in tokens:
        before = said.setdefault(axis, concept)
        if axis in _ONE and not _go_together(before, concept):
            odd.add(axis)
        said[axis] = _joined(axis, before, concept)
    return odd


def _go_together(one: str, other: str) -> bool:
    """Whether two concepts are one, or one of them is the whole of which the other is a part."""
    wholes: dict[str, Collection[str]] = {"fiscal_appropriation": _PARTS_OF}
    wholes |= vocabulary().wholes
    return one == other or other in wholes.get(one, ()) or one in wholes.get(other, ())


def _joined(axis: str, outer: str, inner: str) -> str:
    """The concept of two on one axis: the part of a fund rather than the whole of it."""
    if axis == "fund_source":
        return joined_fund(outer, inner)
    if axis == "item" and inner == "three_public_expenses" and outer:
        return outer
    return inner


def joined_fund(outer: str, inner: str) -> str:
    """The inner fund, or the outer one where the inner is the whole of which it is a part."""
    return outer if inner == "fiscal_appropriation" and outer in _PARTS_OF else inner


def nearest_word(unknown: str) -> str:
    """The known word, of more than one character, that one is most like; blank where none is."""
    words = [word for word in _tokens() if len(word) > 1]
    near = difflib.get_close_matches(unknown, words, n=1, cutoff=_NEAR)
    return near[0] if near else ""


def says(word: str) -> tuple[Token, ...]:
    """What a known word says, as axis and concept; nothing where it is not known."""
    return _tokens().get(_plain(word), ())


# ── rows ─────────────────────────────────────────────────────────────────────────────────


@cache
def _items(side: str) -> Mapping[str, str]:
    """The item of each folded label on a side; labels of no side come after its own."""
    groups = [group for group in vocabulary().rows if group.side in ("", side)]
    return {
        _plain(word): item
        for group in sorted(groups, key=lambda group: bool(group.side))
        for item, words in group.words.items()
        for word in words
    }


def item_of(label: str, side: str) -> str:
    """The item that a row's label means on its side; blank where it means none that is known."""
    for text in (label, strip_enumerator(label)):
        plain = _plain(text)
        item = _items(side).get(plain) or _items(side).get(_SUM.sub("", plain))
        if item:
            return item
    return ""


def nearest_item(label: str, side: str) -> str:
    """The item of the known label of a side that a row's label is most like; blank: none is."""
    near = difflib.get_close_matches(
        _plain(strip_enumerator(label)), _items(side), n=1, cutoff=_NEAR
    )
    return _items(side)[near[0]] if near else ""


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(_plain, vocabulary().totals))


def is_total(label: str) -> bool:
    """Whether a label totals its whole table."""
    return _plain(label) in _totals()


def whole_of(items: Collection[str]) -> str:
    """The item that all of some items make up; blank where one is no part of it, or is it."""
    wholes = vocabulary().wholes
    return next((w for w, parts in wholes.items() if items and set(items) <= set(parts)), "")


_SUMS = re.compile(r"(?:合计|总计|小计|总额|总数)$")


def is_sum(heading: str) -> bool:
    """Whether a heading says that its column sums others: 合计, 小计, …合计."""
    return bool(_SUMS.search(_plain(heading)))
