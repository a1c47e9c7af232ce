"""Surroundings: what the lines above a grid say: its title, its unit, who compiled it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from generator.meaning.furniture import is_furniture, is_label, printed_name, printed_unit
from generator.meaning.notes import begins_note
from generator.meaning.wording import fold, join
from generator.models import Line

# A title is no sentence. It ends with 表, with a bracket behind it or the number of a table.
_SENTENCE = re.compile(r"[。；，：:;]$|[。；]|，.*，")
_ENDS_AS_TITLE = re.compile(
    r"(?:表|目录)(?:\([^()]{1,20}\)){0,3}(?:\(续表?\)|续)?(?:[-—]?(?:预算|公开|附)?表?\d{0,2}(?:-\d{1,2})?表?)?$"
)
_ONLY_YEAR = re.compile(r"^\(?(?:19|20)\d{2}年?度?\)?$")
_CONTINUED = re.compile(r"\(续表?\)$|续表?$")
#: ``预算01表 收支总表``: the number of a table before its title, or behind it.
_NUMBER = re.compile(
    r"^(?:附?件?\d{0,2}[:：]?)?(?:(?:预算|财决|决算)?(?:公开)?(?:附)?(?:表[一二三四五六七八九十\d]{1,3}|\d{1,2}表)(?:[-—]\d{1,2})?)[:：、.]?"
)
_UNIT_BEGINS = re.compile(r"单位[:：]\s*(百万|十万|万|千|百|亿)$")
_UNIT_ENDS = re.compile(r"(?:^|\s)元$")
_LONGEST = 60
_CHINESE = re.compile(r"[一-鿿]")
# The shortest title of a table that is no table by name: 收支总体, 收入预算.
_FEWEST = 4
# A title is wrapped over at most so many lines.
_WRAPPED = 3
# The rest of a wrapped name or unit may stand between a title and its table.
_BETWEEN = 3


class Surroundings(Struct, frozen=True):
    """What stands above a grid; ``surely``: the title ends as titles do."""

    title: str = ""
    title_lines: tuple[int, ...] = ()
    unit: str = ""
    compiled_by: str = ""
    around: tuple[int, ...] = ()
    surely: bool = False
    continued: bool = False


def read_surroundings(lines: Sequence[Line]) -> Surroundings:
    """Read the lines of text above a grid, the nearest last."""
    unit = next((u for line in reversed(lines) if (u := printed_unit(line.text))), "")
    unit = _wrapped_unit(lines) or unit
    compiled = next((n for line in reversed(lines) if (n := printed_name(line.text))), "")
    around: list[int] = []
    end = len(lines)
    while end and _is_around(lines[end - 1]):
        around.append(lines[end - 1].number)
        end -= 1
    title, surely = _title(lines[:end])
    above = end - len(title)
    while title and above and is_furniture(lines[above - 1]):
        around.append(lines[above - 1].number)
        above -= 1
    text = join([line.text for line in title])
    return Surroundings(
        _NUMBER.sub("", fold(text)) and _without_number(text),
        tuple(line.number for line in title),
        unit,
        compiled,
        tuple(sorted(around)),
        surely,
        bool(_CONTINUED.search(fold(text))),
    )


def _wrapped_unit(lines: Sequence[Line]) -> str:
    """A unit whose end stands on the next line, behind the name that stands there: 单位：万, 元."""
    for line, below in pairwise(lines):
        match = _UNIT_BEGINS.search(line.text.strip())
        if match and _UNIT_ENDS.search(below.text.strip()):
            return f"{match.group(1)}元"
    return ""


def _without_number(text: str) -> str:
    """A title without the number of its table, which stands before it in the same line."""
    first, _, rest = text.strip().partition(" ")
    return rest.strip() if rest and is_table_number(first) else text.strip()


def is_table_number(text: str) -> bool:
    """Whether a text is just the number of a table: ``预算01表``, ``公开表一``, ``表3``."""
    return is_label(text) or bool(_NUMBER.fullmatch(fold(text)))


def _is_around(line: Line) -> bool:
    text = line.text.strip()
    return (
        not text
        or is_furniture(line)
        or is_table_number(text)
        or bool(printed_unit(text) and not _ENDS_AS_TITLE.search(fold(text)))
        or bool(_ONLY_YEAR.match(fold(text)))
        or bool(printed_name(text) and not _ENDS_AS_TITLE.search(fold(text)))
    )


def _title(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """The lines of the title that stands nearest, and whether it ends as titles do."""
    for skipped in range(min(_BETWEEN, len(lines)) + 1):
        end = len(lines) - skipped
        if skipped and _is_prose(lines[end]):
            break
        if taken := _title_ending(lines[:end]):
            return taken, True
    last = lines[-1:] if lines else ()
    return (list(last), False) if last and _may_be_title(last[0]) else ([], False)


def _may_be_title(line: Line) -> bool:
    """Whether a line that does not end as titles do may be one: not a rest of a cell, as ``费``."""
    return not _is_prose(line) and len(_CHINESE.findall(line.text)) >= _FEWEST


def _is_prose(line: Line) -> bool:
    text = fold(line.text)
    return bool(_SENTENCE.search(text)) or len(text) > _LONGEST or begins_note(text)


def _title_ending(lines: Sequence[Line]) -> list[Line]:
    """The title whose last line is the last of ``lines``; it may be wrapped."""
    for count in range(1, _WRAPPED + 1):
        taken = list(lines[len(lines) - count :]) if count <= len(lines) else []
        text = fold("".join(line.text for line in taken))
        if not taken or any(map(_is_prose, taken)) or len(text) > _LONGEST:
            break
        if taken[0].page != taken[-1].page:
            break
        if _is_title(text) and (count > 1 or not _is_tail(text)):
            return taken
    return []


def _is_title(text: str) -> bool:
    return bool(_ENDS_AS_TITLE.search(text)) and text not in ("目录",)


def _is_tail(text: str) -> bool:
    """Whether a text is only the end of a wrapped title: ``算表``, ``（续）``."""
    return len(text) < len("收支总表")
