"""The figures of explanations, one of them changed; and those which nothing else can contradict."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from generator.facts.narrative import read_narrative
from generator.meaning.amounts import to_decimal
from generator.models import Disclosure

_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
_FIGURE = re.compile(
    r"[\d０-９][\d,０-９]*(?:[.．][\d０-９]+)?"
    r"(?=\s*(?:亿元|万元|元|%|％|平方米|辆|台|个|项|人次|次|人))"
)
#: What stands before (and behind) a figure which is told once and follows from nothing, and why.
ALONE = {
    r"固定资产(?:金额)?$": "no table of a disclosure prints assets",
    r"(?:房屋|车辆|保有量为|购置数)$": "counted once (the kinds of vehicles, where told, add up)",
    r"(?:单价)?在?单价在?$": "a threshold in words, not an amount of the accounts",
    r"设备$": "counted once",
    r"项目$|公务车$|落实$": "counted in a reason: nothing else tells it",
    r"第$": "an ordinal",
    r"下属$|团组$|累计$|外宾$|国内接待$|人数共$": "counted once, beside money that is checked",
    # A fall to nothing is 100 % of whatever it was, and so is its percentage.
    r"(?:^|[^\d.０-９．])[0０](?:[.．][0０]+)?万?元，[^，]{2,8}(?:减少|下降|降低)$": "from any",
    # A change that rounds to nothing is any percentage of a base that is as small itself.
    r"(?:增加|减少)[0０](?:[.．][0０]+)?万?元，(?:增长|下降|降低)$": "of a base within rounding",
}


@dataclass(frozen=True)
class Figure:
    """A figure in the text of a section: where it begins and ends."""

    section: int
    start: int
    end: int


def figures(disclosure: Disclosure) -> list[Figure]:
    """All figures of the explanations that something else can contradict."""
    return [
        Figure(number, match.start(), match.end())
        for number, section in enumerate(disclosure.extract.sections)
        if section.topic == "explanation"
        for match in _FIGURE.finditer(section.text)
        if not why_alone(section.text[: match.start()])
    ]


def why_alone(before: str) -> str:
    """Why nothing can contradict the figure behind these words; blank where something can."""
    lead = re.sub(r"\s", "", before[-60:])
    return next((why for words, why in ALONE.items() if re.search(words, lead)), "")


def with_figure(disclosure: Disclosure, figure: Figure, change: random.Random) -> Disclosure:
    """The disclosure with one figure of its explanations changed by a third at least."""
    sections = disclosure.extract.sections
    text = sections[figure.section].text
    unit = text[figure.end :].lstrip()[:1]
    other = another(text[figure.start : figure.end].translate(_WIDE), unit in "万元亿", change)
    text = text[: figure.start] + other + text[figure.end :]
    section = replace(sections[figure.section], text=text)
    sections = (*sections[: figure.section], section, *sections[figure.section + 1 :])
    extract = replace(disclosure.extract, sections=sections)
    # The tables' facts stay what they were.
    statements = read_narrative(extract, disclosure.prefix)
    return replace(disclosure, extract=extract, statements=statements)


def another(printed: str, money: bool, change: random.Random) -> str:
    """Another figure with the same decimals; money instead of none is much, or is rounded away."""
    value = to_decimal(printed)
    if money and not value:
        return str(change.randrange(10**8, 10**9))
    places = len(printed.partition(".")[2])
    more = max(value * change.randrange(34, 300) / 100, Decimal(change.randrange(12, 60)))
    return f"{(value + more):.{places}f}"


def changed(before: Disclosure, after: Disclosure) -> Iterator[str]:
    """The identifiers of the statements that are no longer what they were."""
    known = {each.statement_id: each.printed for each in before.statements}
    for each in after.statements:
        if known.get(each.statement_id) != each.printed:
            yield each.statement_id
