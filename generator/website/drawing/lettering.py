"""How wide a text is at most, and how it is broken into lines.

Nothing is measured in a font of this machine: the widths are those of the widest common fonts, so
that what fits here fits wherever it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Widths in ems by character; of all others a letter or digit has the last one.
_EMS = {
    **dict.fromkeys("ijl.,:;'|!", 0.33),
    **dict.fromkeys(" ftr()[]-/·", 0.42),
    **dict.fromkeys("mwMW%→−+", 0.98),
}
_WIDE, _CAPITAL, _OTHER = 1.0, 0.75, 0.64
_NARROWEST = min(_EMS.values())
#: Room in ems for the label of a bar: beside its value, at most, and on a second line of its own.
_ROOM, _FIRST, _SECOND = 27.5, 18.0, 26.0
_WORDS = re.compile(r"[!-~]+ ?|.", re.S)  # a word in Latin script, or one character of another


def ems(text: str) -> float:
    """Return how many ems wide a text is at most."""
    return sum(map(_ems, text))


def _ems(character: str) -> float:
    if character in _EMS:
        return _EMS[character]
    if unicodedata.east_asian_width(character) in "WFA":
        return _WIDE
    return _CAPITAL if character.isupper() else _OTHER


def broken(text: str, room: float, most: int) -> list[str]:
    """Break a text into at most so many lines, about equally long, of so many ems; cut the rest."""
    words = _words(text, room)
    lines = _filled(words, room)
    if len(lines) > most:
        return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), room)]
    least = max((ems(word.rstrip()) for word in words), default=0)
    tighter = room - 1
    while tighter >= least and len(even := _filled(words, tighter)) == len(lines):
        lines, tighter = even, tighter - 1
    return lines


def _filled(words: Sequence[str], room: float) -> list[str]:
    lines = [""]
    for word in words:
        if lines[-1] and ems((lines[-1] + word).rstrip()) > room:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]


def _words(text: str, room: float) -> list[str]:
    """The pieces of a text that stay whole; a word that no line holds is none."""
    found = []
    for word in _WORDS.findall(text):
        found += [word] if ems(word.rstrip()) <= room else list(word)
    return found


def cut(text: str, room: float) -> str:
    """Return a text, or as much of its beginning as has room with an ellipsis."""
    fitting = _fitting(text, room)
    if len(fitting) == len(text):
        return text
    return _fitting(fitting, room - _WIDE).rstrip() + "…"


def _fitting(text: str, room: float) -> str:
    """As much of the beginning of a text as has room."""
    for at, character in enumerate(text):
        room -= _ems(character)
        if room < 0:
            return text[:at]
    return text


def label_lines(label: str, value: str = "") -> list[str]:
    """Break a label over at most two lines, the first beside its value, and cut what is over."""
    label = label.strip()
    room = min(_FIRST, _ROOM - ems(value))
    if ems(label) <= room:
        return [label]
    [first, *_rest] = _filled(_words(label[: int(room / _NARROWEST) + 1], room), room)
    rest = label[len(first) :].lstrip()
    if len(rest) == 1:  # no character is left alone on its line
        first, rest = first[:-2], first[-2:] + rest
    return [first.rstrip(), cut(rest, _SECOND)]
