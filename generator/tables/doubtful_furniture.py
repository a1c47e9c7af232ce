"""Furniture among text: a wrapped line of a target may look like furniture, and be none.

Furniture says again what the heads of tables said, or stands where a table or a page begins. What
does neither is text. Where both may be, the line stays text, so that nothing is dropped, and the
one who asked records the doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.meaning.amounts import is_amount
from generator.meaning.furniture import (
    is_furniture,
    is_known_unit,
    is_label,
    printed_name,
    printed_unit,
)
from generator.meaning.wording import ends_sentence, fold
from generator.models import Line

#: What begins right below furniture: a table (or the next part), a heading again, or neither.
Head = Literal["table", "heading", ""]
Verdict = Literal["furniture", "text", "doubt"]
#: No more lines of furniture stand together; of more the nearest on either side are asked, and the
#: text that they may go on is looked for no further up. A file of such lines alone costs no more.
_LONGEST_RUN = 20
_FURTHEST = 200


@dataclass(slots=True)
class Said:
    """What the furniture of a document said so far; ``number`` is that of the last label."""

    names: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    number: int = 0

    def add(self, line: Line) -> None:
        """Keep what a line says that is furniture beyond doubt."""
        self.names |= {fold(name) for name in (printed_name(line.text),) if name}
        self.units |= {unit for unit in (printed_unit(line.text),) if unit}
        self.number = _number(line.text) or self.number


@dataclass(frozen=True, slots=True)
class Around:
    """The lines like furniture that stand together, the text that may go on, and what is below."""

    run: Sequence[Line]
    before: Line | None
    head: Head

    @property
    def finished(self) -> bool:
        """Whether the text before them has come to an end: a sentence's, or a row's."""
        tokens = self.before.text.split() if self.before else []
        return not tokens or is_amount(tokens[-1]) or ends_sentence(tokens[-1])

    @property
    def on_new_page(self) -> bool:
        """Whether a page is known to begin with them."""
        page = self.run[0].page
        return self.before is not None and page is not None and page != self.before.page


def verdict_at(
    lines: Sequence[Line],
    index: int,
    said: Said,
    head_at: Callable[[int], Head],
    is_text: Callable[[Line], bool],
) -> Verdict:
    """Tell whether the line at ``index``, among text, is furniture.

    ``head_at`` tells what begins at a place in ``lines``; ``is_text`` whether a line is of the text
    that may go on.
    """
    if not is_furniture(lines[index]):
        return "text"
    start = end = index
    first, last = max(0, index - _LONGEST_RUN), min(len(lines), index + _LONGEST_RUN)
    while start > first and is_furniture(lines[start - 1]):
        start -= 1
    while end < last and is_furniture(lines[end]):
        end += 1
    above = range(start - 1, max(-1, start - 1 - _FURTHEST), -1)
    before = next((lines[at] for at in above if is_text(lines[at])), None)
    return judge(lines[index], Around(lines[start:end], before, head_at(end)), said)


def sort_furniture(lines: Sequence[Line], said: Said) -> tuple[list[Line], list[Line]]:
    """Sort lines of prose into furniture and text; what is in doubt stays text, and so is seen."""
    furniture: list[Line] = []
    text: list[Line] = []
    for index, line in enumerate(lines):
        verdict = verdict_at(lines, index, said, lambda at: _end(lines, at), lambda line: True)
        (furniture if verdict == "furniture" else text).append(line)
    return furniture, text


def _end(lines: Sequence[Line], index: int) -> Head:
    return "table" if index == len(lines) else ""


def judge(line: Line, around: Around, said: Said) -> Verdict:
    """Tell whether a line like furniture that stands among text is furniture."""
    if line.page_number:
        return "furniture"
    return (_judge_label if is_label(line.text) else _judge_caption)(line, around, said)


def _judge_label(line: Line, around: Around, said: Said) -> Verdict:
    """A label numbers the table that begins, or again the one that goes on."""
    number = _number(line.text)
    beside = any(_is_again(each, said) for each in around.run if not is_label(each.text))
    if around.head == "table":
        return "furniture" if number >= said.number or around.finished else "doubt"
    if number == said.number and (around.head or beside or around.on_new_page):
        return "furniture"
    if number == said.number + 1 > 1 and around.finished:
        return "furniture"  # of a table without a title
    return "doubt" if number == said.number and around.finished else "text"


def _judge_caption(line: Line, around: Around, said: Said) -> Verdict:
    again = _is_again(line, said) or any(_names_again(each, said) for each in around.run)
    if around.head:
        begins = around.finished or is_known_unit(printed_unit(line.text))
        return "furniture" if again or (around.head == "table" and begins) else "doubt"
    if not again:
        return "doubt" if around.finished else "text"
    named = any(_names_again(each, said) for each in around.run)
    with_unit = any(printed_unit(each.text) for each in around.run)
    at_break = around.on_new_page or any(each.page_number for each in around.run)
    sure = (named and with_unit) or (at_break and around.finished)
    return "furniture" if sure else "doubt"


def _is_again(line: Line, said: Said) -> bool:
    if printed_name(line.text):
        return _names_again(line, said)
    return printed_unit(line.text) in said.units


def _names_again(line: Line, said: Said) -> bool:
    return fold(printed_name(line.text)) in said.names


def _number(text: str) -> int:
    match = re.search(r"\d{1,4}", fold(text)) if is_label(text) else None
    return int(match.group()) if match else 0
