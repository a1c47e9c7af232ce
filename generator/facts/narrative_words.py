"""The words of prose, from ``narrative.yaml``: which of them, right before a figure, name what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from generator.meaning.amounts import DIGITS
from generator.meaning.definitions import classes

_WIDE = "％（）．－−–﹣：；　\u00a0\u2007\u2009\u202f"
_NARROW = "%().----:;     "
#: “三公” is printed in any quotation marks.
_QUOTES = '“”"＂‘’「」'
_PLAIN = DIGITS | str.maketrans(_WIDE, _NARROW)
_YEAR = r"(?:20\d\d年(?:度)?)"
_NUMBERED = (
    r"(?:\d{1,2}[.、．]|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[是、])"
)
#: A functional class, section or item, as prose writes it: 一般公共服务支出（类）.
CLASS_PATH = re.compile(
    r"(?P<class>[^,，;。:、()]{2,30})\(类\)(?P<section>[^,，;。:()]{2,40})\(款\)"
    r"(?P<item>[^,，;。:()]{2,40}(?:\([^()]{1,6}\)[^,，;。:()]{0,20})?)\(项\)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Something that explanations put a figure to, and what it is the sum of."""

    id: str
    title: str
    names: tuple[str, ...]
    quantity: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """The subject that the words before a figure name."""

    term: str
    text: str
    phase: str
    year: int | None
    boundary: str


def plain(text: str) -> str:
    """``text`` with narrow digits, brackets, points and spaces; of the same length."""
    return text.translate(_PLAIN)


@cache
def terms() -> dict[str, Term]:
    """All terms by identifier."""
    return {name: _term(name, raw) for name, raw in _raw()["terms"].items()}


@cache
def _raw() -> dict[str, dict[str, dict[str, str]]]:
    path = Path(__file__).parent / "narrative.yaml"
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def _term(name: str, raw: dict[str, str]) -> Term:
    names = tuple(plain(each) for each in raw["names"].split("｜"))
    return Term(name, raw["title"], names, raw.get("quantity", ""), tuple(raw.get("parts", ())))


@cache
def _by_name() -> dict[str, str]:
    return {_unquoted(name): term.id for term in terms().values() for name in term.names}


def _unquoted(name: str) -> str:
    return re.sub(f"[{_QUOTES}]", "", name)


def named(lead: str, department: str) -> Named | None:
    """The known subject that ``lead``, the words before a figure, ends with.

    ``lead`` is plain and without spaces. Nothing but known words may stand between the subject,
    what comes before it in its clause, and the figure: else the figure may be another's.
    """
    match = _pattern(department).search(lead[-120:])
    if match is None:
        return None
    name, prefix = match.group("name"), match.group("prefix")
    year = re.search(r"20\d\d", prefix)
    found = _by_name().get(_unquoted(name))
    text = name if found else match.group("class_name")
    return Named(
        found or "functional_class",
        text,
        _phase(match.group("suffix")),
        int(year.group()) if year else None,
        match.group("boundary"),
    )


def _phase(suffix: str) -> str:
    if "决算" in suffix:
        return "executed"
    for word, phase in (("年初预算", "initial_budget"), ("全年预算", "adjusted_budget")):
        if word in suffix:
            return phase
    return "adjusted_budget" if "调整预算" in suffix else "budget" if "预算" in suffix else ""


@cache
def _pattern(department: str) -> re.Pattern[str]:
    """Boundary, known prefixes, a term's name or a class, known suffixes, and then the figure."""
    raw = _raw()
    prefixes = "|".join((_YEAR, _NUMBERED, ":", re.escape(plain(department)), *raw["prefixes"]))
    suffixes = "|".join(plain(each) for each in raw["suffixes"])
    names = {name for term in terms().values() for name in term.names}
    either = "|".join(
        re.sub("[“”]", f"[{_QUOTES}]", re.escape(name))
        for name in sorted(names, key=lambda each: (-len(each), each))
    )
    klass = "|".join(
        re.escape(plain(name)) for name in sorted(_classes(), key=lambda n: (-len(n), n))
    )
    return re.compile(
        rf"(?P<boundary>^|[,，;。:、(])(?P<prefix>(?:{prefixes}){{0,12}})"
        rf"(?P<name>{either}|(?P<class_name>{klass})(?:\(类\))?)(?P<suffix>(?:{suffixes}){{0,12}})$"
    )


def _classes() -> set[str]:
    """The functional classes, printed with or without 支出 at their end."""
    names = {name for entry in classes("functional").values() for name in entry.names}
    return names | {name.removesuffix("支出") for name in names if name != "其他支出"}


def without_spaces(text: str) -> str:
    """``text`` without any white space."""
    return re.sub(r"\s+", "", text)
