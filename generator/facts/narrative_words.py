"""The words of prose, from ``narrative.yaml``: which of them, right before a figure, name what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.checked_files import Text, checked_yaml, refuse, with_nearest
from generator.meaning.amounts import DIGITS
from generator.meaning.definitions import classes
from generator.meaning.written import Term as TermName
from generator.problems import DefinitionError

_WIDE = "％（）．－−–﹣：；　\u00a0\u2007\u2009\u202f"
_NARROW = "%().----:;     "
BLANK = re.compile(r"\s")
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


class WrittenTerm(Struct, frozen=True, forbid_unknown_fields=True):
    """A term as the file has it; ``A｜B`` are variants of its name."""

    title: Text
    names: Text
    quantity: str = ""
    parts: tuple[TermName, ...] = ()


class NarrativeFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of prose: what may stand before a term, behind it, and the terms themselves."""

    prefixes: tuple[Text, ...]
    suffixes: tuple[Text, ...]
    terms: dict[TermName, WrittenTerm]


@cache
def terms() -> dict[str, Term]:
    """All terms by identifier."""
    return {name: _term(name, each) for name, each in _written().terms.items()}


@cache
def _written() -> NarrativeFile:
    return load_narrative(Path(__file__).parent / "narrative.yaml")


def load_narrative(path: Path) -> NarrativeFile:
    """Read and validate the words. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, NarrativeFile, DefinitionError)
    for name, term in written.terms.items():
        for at, part in enumerate(term.parts):
            if part not in written.terms:
                said = f"{with_nearest(part, list(written.terms))} is no term of this file"
                refuse(path, ("terms", name, "parts", at), said, DefinitionError)
    return written


def _term(name: str, written: WrittenTerm) -> Term:
    names = tuple(plain(each) for each in written.names.split("｜"))
    return Term(name, written.title, names, written.quantity, written.parts)


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
    written = _written()
    prefixes = "|".join((_YEAR, _NUMBERED, ":", re.escape(plain(department)), *written.prefixes))
    suffixes = "|".join(plain(each) for each in written.suffixes)
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
    return BLANK.sub("", text)
