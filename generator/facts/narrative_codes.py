"""Codes of prose: functional items and economic classes, by path, by code or in quotation marks.

信访事务（款）行政运行（项）, 行政运行（2010301）, 2010301-行政运行, “教育支出”科目.
All patterns see the text as ``narrative_words.plain`` leaves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.meaning.definitions import classes

#: What prose may name by a code or its name, beside the terms of ``narrative.yaml``.
CODED_TERMS = (
    "functional_class", "functional_section", "functional_item", "economic_class",
    "government_economic_class", "project",
)  # fmt: skip
# A name may hold a bracket of its own, as 政府办公厅(室)及相关机构事务 does.
_LETTER = r"[^,，;；。:：、()\"“”\s\d]"
_NAME = (
    rf"(?![.\-—_]){_LETTER}[^,，;；。:：、()\"“”\s\d.\-—_]{{1,35}}"
    rf"(?:\((?!类|款|项)[^()\d]{{1,8}}\){_LETTER}{{0,30}})?"
)
_CODE = r"(?<![\d.,])(?:2\d{2}(?:\d{2}){0,2}|[35]\d{2}(?:\d{2})?)"
#: What names a functional item or an economic class, wherever it stands in a text.
ITEM = (
    r"(?:(?<![一-龥])|(?<=其中))(?!其中)(?:"
    rf"[\"“]?(?P<path>(?:{_NAME}\((?:类|款)\)[-—]?\s?){{0,2}}{_NAME}\(项\))[\"”]?"
    rf"|[\"“](?P<quoted>{_NAME}(?:[-—]{_NAME}){{0,2}})[\"”]科目"
    rf"|(?P<code_before>{_CODE})[-—_]\s?(?P<name_after>{_NAME})(?=\s?\d)"
    rf"|(?P<name_before>{_NAME})\((?P<code_after>{_CODE})\)(?=\D{{0,8}}\d))"
)
#: What a paragraph or a heading begins with that says of which class the items below it are.
_OF_CLASS = re.compile(rf"^(?:\([一二三四五六七八九十]{{1,3}}\)|\d{{1,2}}[.、．])?({_NAME})\(类\)")
_LEVELS = re.compile(r"\((?:类|款|项)\)[-—]?")
_NUMBER = re.compile(r"^(?:其中|包括|用于|主要用于|安排)+")


@dataclass(frozen=True, slots=True)
class Coded:
    """A functional item or an economic class that prose names: its term, and its words."""

    term: str
    text: str


def coded(match: re.Match[str], klass: str) -> Coded | None:
    """What an ``item`` of the prose names, under the class ``klass``; None where that is unsure."""
    if match["path"]:
        return _by_path(match["path"], klass)
    if match["quoted"]:
        return _by_names(re.split("[-—]", _solid(match["quoted"])))
    code = match["code_before"] or match["code_after"]
    name = _NUMBER.sub("", _solid(match["name_after"] or match["name_before"]))
    return Coded(_term_of(code), f"{name}（{code}）")


def class_of(text: str) -> str:
    """The functional class that a paragraph or a heading begins with, marked as 类; or blank."""
    match = _OF_CLASS.match(_solid(text))
    return match.group(1) if match else ""


def code_in(text: str) -> str:
    """The code behind the name of what was named by its code; or blank."""
    match = re.search(r"（(\d{3,7})）$", text)
    return match.group(1) if match else ""


def _by_path(path: str, klass: str) -> Coded:
    names = [name for name in _LEVELS.split(_solid(path)) if name]
    names[0] = _NUMBER.sub("", names[0])
    if len(names) < 3 and klass:
        names = [klass, *names[-2:]]
    return Coded("functional_item", "/".join(names))


def _by_names(names: list[str]) -> Coded | None:
    if len(names) == 1:
        known = classes("functional")
        return Coded("functional_class", names[0]) if names[0] in known else None
    return Coded("functional_item", "/".join(names)) if len(names) == 3 else None


def _term_of(code: str) -> str:
    if code.startswith("2"):
        return {3: "functional_class", 5: "functional_section"}.get(len(code), "functional_item")
    return "economic_class" if code.startswith("3") else "government_economic_class"


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)
