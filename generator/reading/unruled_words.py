"""Words of a page without rules: what stands together on a line, and what kind of thing it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.meaning.amounts import read_amount
from generator.meaning.wording import fold
from generator.pdf.objects import Char
from generator.reading.lines import split_lines

# A gap wider than this share of the type size parts two words: two columns may be as near as that.
_APART = 0.2
_SURE = re.compile(r"\d[.,，．]\d|^\D{0,2}\d{3,}\D?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_PIECE = re.compile(r"^(?:-?[\d,]*\d[.,]|[.,]\d[\d,.]*)$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
#: What begins a row: a code, 一、, （一）, 1. or 1、, and the words for totals.
_BEGINS_ROW = re.compile(
    r"^(?:\d{3}(?:\d{2}){0,2}(?!\d)(?!年)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)"
    r"|\d{1,2}[、.](?!\d)|\[\d{3,7}\])"
)
_TOTAL = re.compile(r"^(?:本年)?(?:收入|支出)?(?:合计|总计|小计)$")
_PROSE = re.compile(r"[。；]|[，,](?!\d)")


class Word(NamedTuple):
    """Characters of one line without a gap between them, and their box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_figure(self) -> bool:
        """Whether it is an amount or a share, or what stands for none."""
        worth = read_amount(self.text.rstrip("%％"))
        return worth.plain is not None or worth.blank

    @property
    def is_sure(self) -> bool:
        """Whether it is an amount beyond doubt: it has decimals, or is no small whole number."""
        return self.is_figure and bool(_SURE.search(self.text)) and not _YEAR.match(self.text)

    @property
    def is_piece(self) -> bool:
        """Whether it is the beginning or the rest of an amount that is wrapped: ``9,000.``."""
        return bool(_PIECE.match(self.text))

    @property
    def is_code(self) -> bool:
        """Whether it may be the code of a class."""
        return bool(_CODE.match(self.text))

    @property
    def begins_row(self) -> bool:
        """Whether rows begin like this."""
        folded = fold(self.text)
        return bool(_BEGINS_ROW.match(folded) or _TOTAL.match(folded))

    @property
    def is_total(self) -> bool:
        """Whether it is a word for a total, which may stand over several columns of words."""
        return bool(_TOTAL.match(fold(self.text)))


@dataclass(frozen=True)
class WordLine:
    """The words of one line, from left to right."""

    words: tuple[Word, ...]
    top: float
    bottom: float

    @cached_property
    def text(self) -> str:
        """Its text, words parted by blanks."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def is_anchor(self) -> bool:
        """Whether it is the line of a row with amounts, and not of prose."""
        first, *rest = self.words
        sure = any(word.is_sure for word in rest) or (first.is_sure and not first.is_code)
        return sure and not self.is_prose

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads on as a sentence does, amounts included."""
        gaps = [b.x0 - a.x1 for a, b in zip(self.words, self.words[1:], strict=False)]
        size = self.bottom - self.top
        return bool(_PROSE.search(self.text)) and max(gaps, default=0.0) < size


def word_lines(chars: Sequence[Char]) -> list[WordLine]:
    """The lines of words that some characters of a page make, from top to bottom."""
    found = []
    for line in split_lines(chars):
        if words := _with_whole_totals(_words(line)):
            top, bottom = min(w.top for w in words), max(w.bottom for w in words)
            found.append(WordLine(tuple(words), top, bottom))
    return sorted(found, key=lambda line: line.bottom)


def _words(line: Sequence[Char]) -> list[Word]:
    words: list[Word] = []
    apart = True
    for char in line:
        if not char.text.strip():
            apart = True
            continue
        last = words[-1] if words else None
        if last is None or apart or char.x0 - last.x1 > _APART * (char.bottom - char.top):
            words.append(Word(char.text, *char.edges))
        else:
            top, bottom = min(last.top, char.top), max(last.bottom, char.bottom)
            words[-1] = Word(last.text + char.text, last.x0, top, max(last.x1, char.x1), bottom)
        apart = False
    return words


def _with_whole_totals(words: list[Word]) -> list[Word]:
    """``合　　计`` is one word, however wide it is set."""
    whole: list[Word] = []
    for word in words:
        if whole and _TOTAL.match(fold(whole[-1].text + word.text)) and len(word.text) == 1:
            first = whole[-1]
            top, bottom = min(first.top, word.top), max(first.bottom, word.bottom)
            whole[-1] = Word(first.text + word.text, first.x0, top, word.x1, bottom)
        else:
            whole.append(word)
    return whole
