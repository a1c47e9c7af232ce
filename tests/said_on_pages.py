"""Reads what pages of a site state of figures: `data-said`, and the words that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

#: Elements that have no end, in HTML and in the drawings inside it.
_WHOLE = re.compile(r'<span class="whole">([^<]*)</span>')
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNITS = {
    "亿元": Decimal(10**8), "万元": Decimal(10**4), "元": Decimal(1),
    "billion yuan": Decimal(10**9), "million yuan": Decimal(10**6), "yuan": Decimal(1),
}  # fmt: skip
_AMOUNT = re.compile(rf"([−-]?[\d,]+(?:\.\d+)?)\s*({'|'.join(_UNITS)})")
_PERCENT = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?)\s*[%％]")
_LESS = re.compile(r"减少|下降|^少|，少|down|less|fewer")
_BOUND = re.compile(r"(?:不到|less than )0\.1%|(超过|more than )99\.9%")
_NEARLY_NOTHING = re.compile(r"(?:不到|less than )0\.1")
#: Beside an amount that is computed: a sum, or by how much two are apart.
_COMPUTED = re.compile(r"相加|共|相差|come|add up|off|difference")
#: What says a change or a share of its own, and so must be stated.
_CLAIM = re.compile(r"(?:增长|下降|[多少])[\d,.]+%|占[^，。；]*?[\d.]+%|\b(?:up|down) [\d,.]+%")
#: Where the site itself speaks; tables of shares have their base in the heading.
_OWN = frozenset(["answer", "in-short", "also", "chart", "step"])
#: So many of ten yuan (in `strong`) is a share, said in coins.
_NOT = frozenset(["strong", "table", "q", "svg", "script", "style", "details"])


@dataclass(frozen=True)
class Statement:
    """One statement of a page, and the words that it is in."""

    page: str
    subject: str
    measure: str
    base: str
    value: str
    words: str
    tag: str

    @property
    def parts(self) -> Mapping[str, Decimal]:
        """What it says in numbers: an amount, a share, or by how much and by what rate."""
        names = {
            "amount": ("amount",), "share": ("share",), "of-ten": ("of-ten",),
            "change": ("change", "growth"),
        }  # fmt: skip
        values = zip(names[self.measure], self.value.split(";"), strict=True)
        return {name: Decimal(value) for name, value in values if value}


@dataclass
class _Reader(HTMLParser):
    page: str
    found: list[Statement] = field(default_factory=list)
    unstated: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    open: list[tuple[str, dict[str, str], list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, attributes, words = self.open.pop()
            if said := attributes.get("data-said"):
                subject, measure, base, value = said.split("|")
                text = "".join(words)
                self.found.append(Statement(self.page, subject, measure, base, value, text, name))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        for _tag, attributes, words in self.open:
            if "data-said" in attributes:
                words.append(data)
        classes = {c for _t, a, _w in self.open for c in a.get("class", "").split()}
        tags = {tag for tag, _a, _w in self.open}
        stated = any("data-said" in attributes for _t, attributes, _w in self.open)
        # How much of ten yuan is computed, as its heading says.
        if classes & _OWN and not tags & _NOT and not stated and not classes & {"why", "tens"}:
            self.unstated += [f"{self.page}: {claim}" for claim in _CLAIM.findall(data)]
            self._amounts(tags, data)

    def _amounts(self, tags: set[str], data: str) -> None:
        """An amount that leads nowhere is computed, and the words around it say so."""
        self.unlinked += [
            f"{self.page}: {data.strip()}"
            for _found in _AMOUNT.finditer(data)
            if "a" not in tags and not _COMPUTED.search(data)
        ]


class Pages(NamedTuple):
    """What all pages of a site state.

    ``unstated`` are changes and shares that words alone say, ``unlinked`` amounts that lead to no
    place and are not said to be computed.
    """

    statements: list[Statement]
    unstated: list[str]
    unlinked: list[str]


def read(site: Path) -> Pages:
    """Read all pages of a site."""
    pages = Pages([], [], [])
    for path in sorted(site.rglob("*.html")):
        reader = _Reader(str(path.relative_to(site)))
        # What keeps an amount in one piece does not part it from the words around it.
        reader.feed(_WHOLE.sub(r"\1", path.read_text(encoding="utf-8")))
        pages.statements.extend(reader.found)
        pages.unstated.extend(reader.unstated)
        pages.unlinked.extend(reader.unlinked)
    return pages


def disagreeing(statements: list[Statement]) -> Iterator[str]:
    """Pairs of statements of one subject, measure and base that say different values."""
    known: dict[tuple[str, str, str], tuple[Decimal, Statement]] = {}
    for each in statements:
        for measure, value in each.parts.items():
            first, where = known.setdefault((each.subject, measure, each.base), (value, each))
            if first != value:
                what = f"{each.subject} {measure} {each.base}"
                yield f"{what}: {value} on {each.page}, {first} on {where.page}"


def misspoken(statement: Statement) -> str:
    """What its words say otherwise than its value; blank if they say the same."""
    less = bool(_LESS.search(statement.words))
    for measure, value in statement.parts.items():
        if measure in ("change", "growth") and value and less != (value < 0):
            return f"{statement.words!r} has another direction than {value}"
        if not _is_said(statement, measure, value):
            return f"{statement.words!r} is not {measure} {value}"
    return ""


def _is_said(statement: Statement, measure: str, value: Decimal) -> bool:
    is_rate = measure in ("share", "growth")
    numbers = [n for percent, n in _numbers(statement) if percent == is_rate]
    if is_rate and (bound := _BOUND.search(statement.words)):
        size = abs(value)
        return size > Decimal("99.9") if bound[1] else size < Decimal("0.1")
    if measure == "of-ten" and _NEARLY_NOTHING.search(statement.words):
        return value < Decimal("0.05")
    if measure in ("change", "growth") and not numbers:
        return True  # of the two, an answer in short has one
    return any(_same(number, value, measure) for number in numbers)


def _numbers(statement: Statement) -> Iterator[tuple[bool, tuple[Decimal, Decimal]]]:
    """Each number in the words, whether it is a percentage, with one unit of its last digit."""
    words = statement.words
    for text, unit in _AMOUNT.findall(words):
        yield False, _scaled(text, _UNITS[unit])
    for text in _PERCENT.findall(words):
        yield True, _scaled(text, Decimal(1))
    if statement.measure == "amount" and not _AMOUNT.search(words):
        yield False, _scaled(words.strip(), _UNITS["万元"])  # a column of 万元


def _scaled(text: str, unit: Decimal) -> tuple[Decimal, Decimal]:
    number = Decimal(text.replace(",", "").replace("−", "-"))
    return number * unit, Decimal(1).scaleb(int(number.as_tuple().exponent)) * unit


def _same(number: tuple[Decimal, Decimal], value: Decimal, measure: str) -> bool:
    said, step = number
    wanted = value if measure in ("amount", "share", "of-ten") else abs(value)
    return said == (wanted / step).quantize(Decimal(1), ROUND_HALF_UP) * step
