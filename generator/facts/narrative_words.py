"""The words of prose, from ``narrative.yaml``: which of them, right before a figure, name what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.checked_files import Text, checked_yaml, refuse, with_nearest
from generator.meaning.amounts import DIGITS
from generator.meaning.definitions import classes
from generator.meaning.written import Term as TermName
from generator.problems import DefinitionError
from generator.strict_yaml import Keys

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


_HEADING_ENDS = ("预算", "决算", "安排", "使用", "支出", "情况", "的", "说明")
#: What prose calls by its path or code: 基本支出 within one of them is not that of all.
_CLASSES = (
    "functional_class",
    "functional_section",
    "functional_item",
    "economic_class",
    "government_economic_class",
)
#: What the name of an office ends with.
_OFFICES = "局委办厅院会室部署校处队站馆所心社库"


_UNIT = re.compile(rf"[^,，;；。:、()]{{3,40}}[{_OFFICES}](?:\([^()]{{2,20}}\))?")


@dataclass(frozen=True, slots=True)
class Term:
    """Something that explanations put a figure to, and what it is the sum of."""

    id: str
    title: str
    names: tuple[str, ...]
    quantities: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    as_expenditure: str = ""
    planned: str = ""
    under: Mapping[str, str] = field(default_factory=dict)
    unless: str = ""


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
    as_expenditure: str = ""
    planned: str = ""
    under: dict[Text, TermName] = {}
    unless: str = ""


class NarrativeFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of prose: what may stand before a term, behind it, and the terms themselves."""

    prefixes: tuple[Text, ...]
    suffixes: tuple[Text, ...]
    broad: tuple[TermName, ...]
    details: tuple[Text, ...]
    planning: tuple[Text, ...]
    reasons: tuple[Text, ...]
    terms: dict[TermName, WrittenTerm]


@cache
def terms() -> dict[str, Term]:
    """All terms by identifier."""
    return {name: _term(name, each) for name, each in _written().terms.items()}


def reason_words() -> tuple[str, ...]:
    """The words after which a department says why something changed, as patterns."""
    return _written().reasons


@cache
def _written() -> NarrativeFile:
    return load_narrative(Path(__file__).parent / "narrative.yaml")


def load_narrative(path: Path) -> NarrativeFile:
    """Read and validate the words. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, NarrativeFile, DefinitionError)
    for at, name in enumerate(written.broad):
        _known(name, written, path, ("broad", at))
    for name, term in written.terms.items():
        for keys, other in _others_named(term):
            _known(other, written, path, ("terms", name, *keys))
    return written


def _known(name: str, written: NarrativeFile, path: Path, keys: Keys) -> None:
    if name not in written.terms:
        said = f"{with_nearest(name, list(written.terms))} is no term of this file"
        refuse(path, keys, said, DefinitionError)


def _others_named(term: WrittenTerm) -> Iterator[tuple[Keys, str]]:
    """The other terms that a term names, and where."""
    yield from ((("parts", at), part) for at, part in enumerate(term.parts))
    yield from ((("under", word), other) for word, other in term.under.items())
    for key in ("as_expenditure", "planned"):
        if other := getattr(term, key):
            yield (key,), other


def _term(name: str, written: WrittenTerm) -> Term:
    names = tuple(plain(each) for each in written.names.split("｜"))
    quantities = tuple(each for each in written.quantity.split("｜") if each)
    more = (quantities, written.parts, written.as_expenditure, written.planned)
    return Term(name, written.title, names, *more, written.under, written.unless)


def is_broad(term: str) -> bool:
    """Tell whether a term is told of all money, and may be told of a part of it."""
    return term in _written().broad or term in ("functional_class", "economic_class")


def is_detail(heading: str, whole: str) -> bool:
    """Tell whether a heading, or the term that parts are listed of, is on something narrow."""
    known = whole in _written().terms and whole not in _written().broad and not _is_total(whole)
    return known or whole in _CLASSES or any(each in heading for each in _written().details)


def _is_total(term: str) -> bool:
    return terms()[term].title.endswith(("总额", "总计", "收入", "支出"))


def is_planned(words: str) -> bool:
    """Tell whether words before a thing say that it is only to be bought."""
    return any(each in words for each in _written().planning)


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
    unless = terms()[_by_name()[_unquoted(name)]].unless if _unquoted(name) in _by_name() else ""
    if unless and unless in lead:
        return None
    year = re.search(r"20\d\d", prefix + match.group("suffix"))
    found = _by_name().get(_unquoted(name))
    text = name if found else match.group("class_name") or match.group("economic")
    return Named(
        found or ("functional_class" if match.group("class_name") else "economic_class"),
        text,
        phase_of(match.group("suffix")),
        int(year.group()) if year else None,
        match.group("boundary"),
    )


@cache
def _suffixes() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(plain(each) for each in _written().suffixes)})*+")


def is_suffix(words: str) -> bool:
    """Tell whether words are only such as may stand between a subject and its figure."""
    return bool(_suffixes().fullmatch(words))


def heading_subject(heading: str, department: str) -> Named | None:
    """The one subject that a heading names: 公务接待费, 机关运行经费支出情况说明."""
    words = without_spaces(plain(heading))
    found = named(words, department)
    while found is None and (end := next((e for e in _HEADING_ENDS if words.endswith(e)), "")):
        words = words.removesuffix(end)
        found = named(words, department)
    return found if found and found.boundary == "" else None


def is_unit(heading: str, department: str) -> bool:
    """Tell whether a heading is the name of an office that is not the department as a whole."""
    words = without_spaces(plain(heading))
    return bool(_UNIT.fullmatch(words)) and not _alias_of(department).fullmatch(words)


@cache
def _alias_of(department: str) -> re.Pattern[str]:
    return re.compile(_alias(plain(department)))


def phase_of(suffix: str) -> str:
    """The phase of an amount that the words behind its subject name; or blank."""
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
    prefixes = "|".join((_YEAR, _NUMBERED, ":", _alias(plain(department)), *written.prefixes))
    suffixes = "|".join(plain(each) for each in written.suffixes)
    names = {name for term in terms().values() for name in term.names}
    either = "|".join(
        re.sub("[“”]", f"[{_QUOTES}]", re.escape(name))
        for name in sorted(names, key=lambda each: (-len(each), each))
    )
    klass = "|".join(
        re.escape(plain(name)) for name in sorted(_classes(), key=lambda n: (-len(n), n))
    )
    economic = "|".join(sorted(_economic(), key=lambda n: (-len(n), n)))
    return re.compile(
        rf"(?P<boundary>^|[,，;。:、(])(?P<prefix>(?:{prefixes}){{0,12}})"
        rf"(?P<name>{either}|(?P<class_name>{klass})(?:\(类\))?|(?P<economic>{economic}))"
        rf"(?P<suffix>(?:{suffixes}){{0,12}})$"
    )


def _classes() -> set[str]:
    """The functional classes, printed with or without 支出 at their end."""
    names = {name for entry in classes("functional").values() for name in entry.names}
    return names | {name.removesuffix("支出") for name in names if name != "其他支出"}


def _economic() -> set[str]:
    """The economic classes, but for that which is called as a functional one."""
    names = {plain(name) for entry in classes("economic").values() for name in entry.names}
    longer = {f"{name}支出" for name in names if not name.endswith("支出")}
    shorter = {name.replace("家庭的", "家庭") for name in names | longer}
    return {re.escape(name) for name in (names | longer | shorter) if name != "其他支出"}


def _alias(department: str) -> str:
    """A pattern of all that a department may be called for short, which keeps its characters.

    市委军民融合办 is 中共北京市委军民融合发展委员会办公室; it ends as the name of an office does.
    """
    letters = "".join(f"{re.escape(letter)}?" for letter in department)
    return (
        rf"(?:(?:{re.escape(department)}|{letters}(?<=[^年度][^年度][{_OFFICES}]))(?:部门|单位)?)"
    )


def without_spaces(text: str) -> str:
    """``text`` without any white space."""
    return BLANK.sub("", text)
