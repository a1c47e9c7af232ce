"""What codes and names are of, by themselves: each classification has classes of its own.

A heading may leave it open, or use a word that nobody knows; and units have codes of three digits,
too, such as 305. So codes tell only where their classes exist, and names beside them are theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from generator.meaning.definitions import class_codes
from generator.meaning.wording import fold, strip_enumerator

_CODE = re.compile(r"^\[?([0-9]{3,9})(?![0-9]|年)")
_CLASS = 3
# 113 is a department, 113001 a unit of it, and 113001001 one below that.
_UNIT_DIGITS = (3, 6, 9)
_LEAST = 2
CLASSIFICATIONS = ("functional", "economic", "government_economic")


def told_by_codes(rows: Iterable[Sequence[str]]) -> str:
    """The classification that most codes of some rows are of; blank where they do not tell.

    Each row has the texts that may be its codes and its names.
    """
    found = list(_codes(rows))
    counts = Counter(_of_class(code[:_CLASS]) for code, _ in found)
    for classification in CLASSIFICATIONS:
        if 2 * counts[classification] > len(found):
            return classification if _are_named(found, classification) else ""
    return ""


def told_by_names(names: Iterable[str]) -> str:
    """The classification of which most classes are among some names; blank where two have as many.

    对个人和家庭的补助 is a class of two; 机关工资福利支出 of one.
    """
    plain = {fold(strip_enumerator(name)) for name in names}
    counts = {each: len(plain & class_codes(each).keys()) for each in CLASSIFICATIONS}
    best, second = sorted(counts.values(), reverse=True)[:2]
    told = next(each for each in CLASSIFICATIONS if counts[each] == best)
    return told if best >= _LEAST and best > second else ""


def are_of_units(codes: Iterable[str]) -> bool:
    """Whether codes are those of units: some begin with others, by three digits more."""
    found = {match.group(1) for code in codes if (match := _CODE.match(code))}
    usual = all(len(code) in _UNIT_DIGITS for code in found)
    return usual and any(code[:-_CLASS] in found for code in found)


def _codes(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The first code of each row, and all that its row says."""
    for texts in rows:
        code = next((match.group(1) for text in texts if (match := _CODE.match(text))), "")
        if code:
            yield code, fold("".join(texts))


def _of_class(code: str) -> str:
    return next((each for each in CLASSIFICATIONS if code in _names(each)), "")


def _are_named(found: Iterable[tuple[str, str]], classification: str) -> bool:
    """Whether a code of a class stands beside its name, if any is alone and has a name at all."""
    names = _names(classification)
    alone = [(code, text) for code, text in found if len(code) == _CLASS and text != code]
    return not alone or any(name in text for code, text in alone for name in names.get(code, ()))


@cache
def _names(classification: str) -> dict[str, tuple[str, ...]]:
    """The names of each class of a classification, by its code."""
    found: dict[str, tuple[str, ...]] = {}
    for name, code in class_codes(classification).items():
        if code:
            found[code] = (*found.get(code, ()), name)
    return found
