"""Mutations of texts, each of which knows what its mutant prints.

A mutation takes a source and a source of chance and gives a mutant, or None where it does not fit.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence

from tests.disclosure_texts import typeset
from tests.fuzz.oracle import Mutant
from tests.fuzz.sources import Key, Source, Spot, plain
from tests.made_budgets import sample_budget
from tests.test_amounts import MINUSES
from tests.test_columns import shuffled
from tests.text_styles import Style

Mutation = Callable[[Source, random.Random], Mutant | None]
_AMOUNT = re.compile(r"(?<!\S)\d[\d,]*\.\d\d(?!\S)")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
#: Other looks of the same amount.
LOOKS: dict[str, Callable[[str], str]] = {
    "full-width": lambda text: text.translate(_WIDE),
    "full-width commas": lambda text: text.replace(",", "，"),
    "spaced commas": lambda text: text.replace(",", ", "),
    "thousands apart": lambda text: text.replace(",", " "),
    "thin space": lambda text: text.replace(",", "\u2009"),
    "no-break space": lambda text: text.replace(",", "\xa0"),
    "apostrophe": lambda text: text.replace(",", "'"),
    "ungrouped": lambda text: text.replace(",", ""),
    "yen": lambda text: f"¥{text}",
    "full-width yen": lambda text: f"￥{text}",
    "plus": lambda text: f"+{text}",
    "unit behind": lambda text: f"{text}万元",
    "footnote": lambda text: f"{text}[1]",
    "raised footnote": lambda text: f"{text}²",
    "circled footnote": lambda text: f"{text}①",
    "asterisk": lambda text: f"{text}*",
    "zero-width inside": lambda text: text.replace(".", "\u200b."),
    "point apart": lambda text: text.replace(".", " ."),
    "more noughts": lambda text: f"{text}00",
}
#: What is no amount any more, to any reader.
BROKEN: dict[str, Callable[[str], str]] = {
    "letter": lambda text: f"{text[0]}a{text[1:]}",
    "letter o": lambda text: text.replace("0", "O"),
    "two points": lambda text: text.replace(".", ".."),
    "lost character": lambda text: f"{text[:-1]}\ufffd",
    "private": lambda text: f"\ue123{text}",
    "hashes": lambda text: "#" * len(text),
    "percent": lambda text: f"{text}%",
    "question": lambda text: f"{text}?",
}
#: Characters that nobody sees, or that no page may hold.
NASTY = [
    *"\u200b\u200d\u2060\ufeff\xad\u202e\u202c\u200f\x00\x07\x1b\x7f\x0b\x85\u2028\ufe0f\U000e0101"
]
RADICALS = str.maketrans("一用车金行工言食支目", "⼀⽤⻋⾦⾏⼯⾔⻝⽀⽬")


def look(source: Source, chance: random.Random) -> Mutant | None:
    """An amount printed otherwise, worth the same."""
    return _look(source, chance, *chance.choice([*LOOKS.items()]), lambda key: key)


def minus(source: Source, chance: random.Random) -> Mutant | None:
    """An amount with a minus."""
    return _look(source, chance, *chance.choice([*MINUSES.items()]), _negative)


def other(source: Source, chance: random.Random) -> Mutant | None:
    """Another amount."""
    value = f"{chance.randrange(1, 10**6)}.{chance.randrange(100):02d}"
    return _look(source, chance, value, lambda _: value, lambda key: worth(key, value))


def broken(source: Source, chance: random.Random) -> Mutant | None:
    """What is no amount any more: it cannot be read, and must be named."""
    name, change = chance.choice([*BROKEN.items()])
    return _look(source, chance, name, change, lambda key: worth(key, "?"))


def _look(
    source: Source,
    chance: random.Random,
    name: str,
    change: Callable[[str], str],
    worth: Callable[[Key], Key],
) -> Mutant | None:
    spot = chance.choice(source.spots)
    line = source.lines[spot.line - 1]
    found = [*_AMOUNT.finditer(line)]
    if len(found) <= spot.nth or found[spot.nth].group() != spot.printed:
        return None
    start, end = found[spot.nth].span()
    new = line[:start] + change(spot.printed) + line[end:]
    key = worth(spot.key)
    expected = source.truth - Counter([spot.key]) + Counter([key])
    return _lines(source, {spot.line: [new]}, name, expected, contradicts=key != spot.key)


def worth(key: Key, value: str) -> Key:
    return (*key[:5], value if value == "?" else plain(value))


def _negative(key: Key) -> Key:
    return key if key[5] == "0" else worth(key, f"-{key[5]}")


def _lines(
    source: Source,
    changes: dict[int, list[str]],
    name: str,
    expected: Counter[Key] | None = None,
    touched: Counter[Key] | None = None,
    *,
    contradicts: bool = False,
) -> Mutant:
    """A mutant with other lines in the place of some, and a description that shows the first."""
    lines = [
        new
        for number, line in enumerate(source.lines, start=1)
        for new in changes.get(number, [line])
    ]
    number = min(changes)
    what = f"{name}: line {number} {source.lines[number - 1]!r} is now {changes[number]!r}"
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    expected = source.truth if expected is None else expected
    return Mutant(data, what, expected, touched or Counter(), contradicts)


# ── lines ────────────────────────────────────────────────────────────────────────────────


def _row(source: Source, chance: random.Random) -> tuple[int, str, list[Spot]] | None:
    """A row that stands on one line, with its label and all its amounts."""
    spot = chance.choice(source.spots)
    line = source.lines[spot.line - 1]
    own = source.on_line(spot.line)
    if len(_AMOUNT.findall(line)) != len(own) or _AMOUNT.match(line.strip()):
        return None
    return spot.line, line, own


def row_gone(source: Source, chance: random.Random) -> Mutant | None:
    """A row is not printed."""
    if not (row := _row(source, chance)):
        return None
    number, _, own = row
    expected = source.truth - Counter(spot.key for spot in own)
    return _lines(source, {number: []}, "row gone", expected, expected, contradicts=True)


def row_twice(source: Source, chance: random.Random) -> Mutant | None:
    """A row is printed twice."""
    if not (row := _row(source, chance)):
        return None
    number, line, own = row
    if "合计" in line:
        return None  # the totals of a table are printed again on its next page
    expected = source.truth + Counter(spot.key for spot in own)
    return _lines(source, {number: [line, line]}, "row twice", expected, contradicts=True)


def rows_swapped(source: Source, chance: random.Random) -> Mutant | None:
    """Two rows change places."""
    one = _row(source, chance)
    if not one or not source.on_line(one[0] + 1) or one[0] >= len(source.lines):
        return None
    number, line, _ = one
    after = source.lines[number]
    if _AMOUNT.match(after.strip()):
        return None
    changes = {number: [after], number + 1: [line]}
    return _lines(source, changes, "rows swapped", contradicts=True)


def label_changed(source: Source, chance: random.Random) -> Mutant | None:
    """A letter of a row's label is another."""
    if not (row := _row(source, chance)):
        return None
    number, line, own = row
    label = _AMOUNT.split(line)[0]
    places = [i for i, each in enumerate(label) if "一" <= each <= "鿿"]
    if not places:
        return None
    place = chance.choice(places)
    new = line[:place] + chance.choice("某甲鑫口日") + line[place + 1 :]
    keys = Counter(spot.key for spot in own)
    return _lines(source, {number: [new]}, "label changed", None, keys, contradicts=True)


def line_split(source: Source, chance: random.Random) -> Mutant | None:
    """A line goes on on the next."""
    number = chance.choice(source.spots).line
    line = source.lines[number - 1]
    blanks = [i for i, each in enumerate(line) if each in " \t" and 0 < i < len(line) - 1]
    if not blanks:
        return None
    place = chance.choice(blanks)
    return _lines(source, {number: [line[:place], line[place + 1 :]]}, "split")


def lines_joined(source: Source, chance: random.Random) -> Mutant | None:
    """Two lines are one."""
    number = chance.choice(source.spots).line
    if number >= len(source.lines):
        return None
    glue = chance.choice([" ", "\t", ""])
    line = source.lines[number - 1] + glue + source.lines[number]
    return _lines(source, {number: [line], number + 1: []}, "joined")


def line_gone(source: Source, chance: random.Random) -> Mutant | None:
    """A line without amounts is gone: a heading, a title, a unit, half of a label."""
    number = chance.randrange(1, len(source.lines) + 1)
    line = source.lines[number - 1]
    if not line.strip() or _AMOUNT.search(line):
        return None
    return _lines(source, {number: []}, "line gone", None, source.truth, contradicts=True)


def between(source: Source, chance: random.Random) -> Mutant | None:
    """Something that is no row stands between two lines of a table."""
    number = chance.choice(source.spots).line
    new = chance.choice(["", "   ", "- 12 -", "12", "—12—", "第 12 页", "\f", "　", "12/30"])
    return _lines(source, {number: [source.lines[number - 1], new]}, "between")


def glued(source: Source, chance: random.Random) -> Mutant | None:
    """A page number stands on the line of a row."""
    number = chance.choice(source.spots).line
    line = source.lines[number - 1]
    mark = chance.choice(["12", "- 12 -", "—12—"])
    new = chance.choice([f"{line} {mark}", f"{mark} {line}", f"{line}{mark}"])
    return _lines(source, {number: [new]}, "glued")


def heading_again(source: Source, chance: random.Random) -> Mutant | None:
    """The heading of a table is printed again between its rows, as on a new page."""
    number = chance.choice(source.spots).line
    uses = source.disclosure.extract.uses
    table = uses[number].table
    heading = [n for n, use in uses.items() if use.table == table and use.use == "header"]
    if not heading or number < max(heading):
        return None
    again = [source.lines[n - 1].lstrip(" \f") for n in heading]
    again[0] = chance.choice(["\f", " ", ""]) + again[0]
    return _lines(source, {number: [source.lines[number - 1], *again]}, "heading again")


def blanks(source: Source, chance: random.Random) -> Mutant | None:
    """The blanks of a line are others."""
    number = chance.choice(source.spots).line
    line = source.lines[number - 1]
    old, new = chance.choice([("\t", " "), (" ", "\t"), (" ", "　"), (" ", "  "), (" ", "\xa0")])
    if old not in line.strip():
        return None
    return _lines(source, {number: [line.replace(old, new)]}, "blanks")


# ── characters ───────────────────────────────────────────────────────────────────────────


def nasty(source: Source, chance: random.Random) -> Mutant | None:
    """A character that nobody sees, or that no page may hold, somewhere in a row."""
    number = chance.choice(source.spots).line
    line = source.lines[number - 1]
    place = chance.randrange(len(line) + 1)
    new = line[:place] + chance.choice(NASTY) + line[place:]
    keys = Counter(spot.key for spot in source.on_line(number))
    return _lines(source, {number: [new]}, "nasty", None, keys)


def bytes_inside(source: Source, chance: random.Random) -> Mutant | None:
    """Bytes that are no character: half of one, a half of a surrogate pair."""
    place = chance.randrange(len(source.data))
    new = chance.choice([b"\xff", b"\xed\xa0\x80", b"\xc3", b"\x80", b"\xf0\x9f"])
    data = source.data[:place] + new + source.data[place:]
    return Mutant(data, f"bytes {new!r} at {place}", source.truth, source.truth)


def radicals(source: Source, chance: random.Random) -> Mutant | None:
    """Characters of the same look as others."""
    number = chance.choice(source.spots).line
    line = source.lines[number - 1].translate(RADICALS)
    if line == source.lines[number - 1] or chance.random() < 0.2:
        return Mutant(source.data.decode().translate(RADICALS).encode(), "radicals", source.truth)
    return _lines(source, {number: [line]}, "radicals")


# ── tables and files ─────────────────────────────────────────────────────────────────────


def unit(source: Source, chance: random.Random) -> Mutant | None:
    """One table says another unit."""
    table = chance.choice(source.disclosure.extract.tables)
    new = chance.choice(["元", "亿元", "千元", "百万元"])
    near = range(max(1, table.first_line - 6), table.first_line + 8)
    number = next((n for n in near if "单位：万元" in source.lines[n - 1]), None)
    if number is None:
        return None
    line = source.lines[number - 1].replace("单位：万元", f"单位：{new}")
    expected = Counter(
        (key[0], new, *key[2:]) if key[0] == table.id else key for key in source.truth.elements()
    )
    return _lines(source, {number: [line]}, "unit", expected, contradicts=True)


def cut(source: Source, chance: random.Random) -> Mutant | None:
    """The file ends in the middle."""
    place = chance.randrange(len(source.data))
    return Mutant(source.data[:place], f"cut at {place}", source.truth, source.truth)


def columns(source: Source, chance: random.Random) -> Mutant | None:
    """The columns stand in another order, their headings with them."""
    seed = chance.randrange(2**32)
    style = Style(tabbed="tabbed" in source.name, spaced=False, breaks=chance.choice([0, 1]))
    data = typeset(sample_budget(), style, order=shuffled(seed))
    expected = source.truth
    if "blank" in source.name:
        return None
    return Mutant(data, f"columns shuffled by {seed}", expected)


MUTATIONS: Sequence[Mutation] = (
    look, look, minus, other, broken, row_gone, row_twice, rows_swapped, label_changed, line_split,
    lines_joined, line_gone, between, glued, heading_again, blanks, nasty, bytes_inside, radicals,
    unit, cut, columns,
)  # fmt: skip
