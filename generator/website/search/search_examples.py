"""Queries to begin with, of which each finds something on the site that it is printed on.

They are taken from the records themselves while the index is written: an everyday word where a
name has all of what stands for it, and of the names, years, codes and amounts that records have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.website.search.found import KINDS
from generator.website.search.search_tokens import plain
from generator.website.search.spelling import initials

#: Everyday words, those first that show most; each is one of `everyday.yaml`.
CHINESE_WORDS = ("吃喝", "公车", "电脑", "物业费", "工资", "公积金")
ENGLISH_WORDS = ("hospitality", "vehicle", "computer", "salary", "housing fund")
_WORDS = 2
_WHO, _NAMED = list(KINDS).index("部门"), [list(KINDS).index(kind) for kind in ("项目", "表行")]
_CODE = 5  # digits


@dataclass(frozen=True)
class Examples:
    """Queries that find something, at most six for a page in Chinese or in English."""

    chinese: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


class ExamplesSought:
    """What can be an example among the records that were seen so far."""

    def __init__(self, everyday: Mapping[str, Sequence[str]]) -> None:
        """Take what stands for everyday words."""
        self._everyday = everyday
        self._sought = [*CHINESE_WORDS, *ENGLISH_WORDS]
        self._found: dict[
            str, tuple[int, str]
        ] = {}  # of a word the year and the name that it finds
        self._amount = self._code = ""

    def see(self, kind: int, shown: bytes, year: int) -> None:
        """Look at a record: its kind, what is shown of it, the year of one of its disclosures."""
        if kind == _WHO and not self._amount:
            self._amount = next((printed for _, printed in json.loads(shown).get("a", ())), "")
        elif kind in _NAMED:
            self._see_named(shown, year)

    def _see_named(self, shown: bytes, year: int) -> None:
        printed = {each for word in self._sought for each in self._everyday[word]}
        if self._code and not any(each.encode() in shown for each in printed):
            return  # most records: they need not be read
        record: dict[str, Any] = json.loads(shown)
        name, code = plain(record["t"]), record.get("c", "")
        if code.isdigit() and len(code) >= _CODE:
            self._code = self._code or code[:_CODE]
        hits = [w for w in self._sought if any(each in name for each in self._everyday[w])]
        self._found |= dict.fromkeys(hits, (year, name))
        self._sought = [word for word in self._sought if word not in hits]

    @property
    def examples(self) -> Examples:
        """Return what was found."""
        return Examples(
            self._some(CHINESE_WORDS, self._amount, self._code),
            self._some(ENGLISH_WORDS, self._code),
        )

    def _some(self, words: Sequence[str], *more: str) -> tuple[str, ...]:
        found = [(word, *self._found[word]) for word in words if word in self._found]
        dated = [f"{year} {word}" for word, year, _ in found[:1]]
        letters = [initials(name) for _, _, name in found[:1]]
        some = (*(word for word, *_ in found[:_WORDS]), *dated, *more, *letters)
        return tuple(each for each in some if each)
