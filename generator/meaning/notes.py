"""Notes below a table: how one begins, and the words that say that the table has nothing.

How much a note must say depends on what hangs on it: that a line is a note, that a table may be
empty, or that a department contradicts itself.
"""

from __future__ import annotations

import re

#: What a note begins with; in a 说明 it may also be a line of a target.
NOTE_STARTS = ("注", "备注", "说明")
_SURE_NOTE = re.compile(r"\s*备?注\s*[:：]")
_NOTE = re.compile(r"\s*(?:备?注|说明)\s*[:：]")
_NOTHING = "无数据|没有|不涉及|为空|空表"
_SENTENCE = re.compile(rf"[。；，]|{_NOTHING}")
_MAY_BE_EMPTY = re.compile(
    rf"{_NOTHING}|无发生额|本表无|未发生|未安排|无.{{0,30}}(?:支出|收入|经费)"
)
_IS_EMPTY = re.compile(
    r"(?:无|没有)(?:此项|该项|相关)?"
    r"(?:发生额|数据|收支|支出|收入|.{0,24}(?:支出|收入|收支|预算|安排|拨款|情况))|为空表"
)


def begins_note(text: str) -> bool:
    """Tell whether a line begins a note: ``注：``, ``备注：``, ``说明：``."""
    return bool(_NOTE.match(text))


def surely_begins_note(text: str) -> bool:
    """Tell whether a line begins a note, and no sentence of a target, which may have 说明."""
    return bool(_SURE_NOTE.match(text))


def is_sentence(text: str) -> bool:
    """Tell whether a line without cells is a sentence, or says in two words that all is empty."""
    return bool(_SENTENCE.search(text))


def may_say_empty(note: str) -> bool:
    """Tell whether a note explains that a table has no rows, however it puts that."""
    return bool(_MAY_BE_EMPTY.search(note))


def says_empty(note: str) -> bool:
    """Tell whether a note says beyond doubt that the table has nothing: amounts contradict it."""
    return bool(_IS_EMPTY.search(note))
