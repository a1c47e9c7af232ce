"""Classifications: the official codes of each year, and the international classes beside them."""

from __future__ import annotations

from generator.meaning.crosswalks import SCHEME_OF, SCHEMES, international_classes, mapped
from generator.meaning.english import english_of_code
from generator.meaning.official_codes import (
    CLASSIFICATIONS,
    OfficialClassification,
    OfficialName,
    official_names,
    parent_of,
)
from generator.packages.resources import Resource, Value, listed

LEVELS = {3: "class", 5: "section", 7: "item"}


def classification_registers() -> list[Resource]:
    """The official codes, each with its international class, and the international classes."""
    rows = (_official(each, name) for each in CLASSIFICATIONS for name in official_names(each))
    return [
        listed("official-codes", rows),
        *(
            listed(
                each, ((c.code, c.name, c.english) for c in international_classes(each).values())
            )
            for each in SCHEMES
        ),
    ]


def _official(classification: OfficialClassification, name: OfficialName) -> tuple[Value, ...]:
    scheme = SCHEME_OF[classification]
    target, _, _, match, why, why_english = beside(classification, name.code)
    return (
        classification, name.code, name.name,
        english_of_code(classification, name.code, name.name), LEVELS[len(name.code)],
        parent_of(name.code), name.since, name.until, not name.ended, name.year_unknown,
        name.became, " ".join(map(str, name.seen)),
        *(target if each == scheme else "" for each in SCHEMES), match, why, why_english,
    )  # fmt: skip


def beside(classification: str, code: str) -> tuple[str, str, str, str, str, str]:
    """The international class of a code: number, name, English name, how well, and why."""
    found = mapped(SCHEME_OF[classification], code)
    target = found.target
    named = (target.code, target.name, target.english) if target else ("", "", "")
    return (*named, found.match, found.why.chinese, found.why.english)
