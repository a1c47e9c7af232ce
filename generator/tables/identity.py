"""Identity: the department, year and kind that a disclosure names, checked against its sidecar."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from generator.meaning.wording import fold, join
from generator.models import Document, Kind, Sidecar
from generator.problems import UnreadableError
from generator.tables.furniture import printed_name, printed_unit
from generator.tables.parts import DocumentPart

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_KINDS: dict[str, Kind] = {"决算": "final_accounts", "预算": "budget"}
_KIND_NAMES = {"budget": "部门预算", "final_accounts": "部门决算"}
_OVERVIEW = re.compile(r"^第[一二]部分[:、]?(.{4,50}?)(?:部门|单位)?(?:概况|基本情况)$")
# Failing that, the name that stands before the year in a heading, or on the cover.
_BEFORE_YEAR = re.compile(
    r"^(?:第[一二三]部分[:、]?)?(?!第)([^\d,。;:]{4,50}?)(?:19|20)\d{2}年度?(?:部门|单位)?(?:预算|决算)"
)


_Known = TypeVar("_Known")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who disclosed what, for which year."""

    department_name: str
    year: int
    kind: Kind


def identify(document: Document, parts: tuple[DocumentPart, ...]) -> Identity:
    """Read the identity off the text, and the sidecar where the text is silent.

    Raises UnreadableError where it cannot be told, or where sidecar and text contradict.
    """
    sidecar = document.sidecar or Sidecar()
    titles = _titles(document, parts)
    kind: Kind | None = _agree("种类", sidecar.kind, _kind(titles), _KIND_NAMES)
    if kind is None:
        raise UnreadableError("not-a-disclosure", reason="没有“部门预算表”或“部门决算表”的标题")
    year = _agree("年份", sidecar.year, _year(titles), {})
    if year is None:
        raise UnreadableError("year-unknown")
    name = _name(document, parts)
    if sidecar.department_name and name and fold(name) != fold(sidecar.department_name):
        raise _contradiction("部门", sidecar.department_name, name)
    name = name or sidecar.department_name
    if not name:
        raise UnreadableError("department-unknown")
    return Identity(name, year, kind)


def _titles(document: Document, parts: tuple[DocumentPart, ...]) -> list[str]:
    """The texts that name year and kind, the surest first: headings of parts, then the front."""
    headings = sorted((part for part in parts if part.number), key=lambda part: part.number != 2)
    front = [line.text for line in document.lines if line.text.strip()][:8]
    return [*(fold(part.title) for part in headings), fold(join(front))]


def _kind(titles: list[str]) -> Kind | None:
    for title in titles:
        for word, kind in _KINDS.items():
            if word in title:
                return kind
    return None


def _year(titles: list[str]) -> int | None:
    for title in titles:
        if match := _YEAR.search(title):
            return int(match.group(1))
    return None


def _name(document: Document, parts: tuple[DocumentPart, ...]) -> str:
    """The name that the heads of tables print most often, or that of the headings.

    A wrapped line of a target may name another department just as the head of a table does; so a
    name that stands at few of the heads, which have a unit, does not count against the headings.
    """
    lines = [line.text for line in document.lines if line.text.strip()]
    units = [index for index, text in enumerate(lines) if printed_unit(text)]
    heads = {index + step for index in units for step in (-1, 0, 1)}
    named = [(index, name) for index, text in enumerate(lines) if (name := printed_name(text))]
    overviews = (_OVERVIEW.match(fold(part.title)) for part in parts)
    overview = next((match.group(1) for match in overviews if match), "")
    if overview and 2 * sum(index in heads for index, _ in named) < len(units):
        return overview
    names = Counter(name for _, name in named)
    if names:
        return max(names, key=lambda name: (names[name], name == overview, name))
    others = (_BEFORE_YEAR.match(title) for title in _titles(document, parts))
    return overview or next((match.group(1) for match in others if match), "")


def _agree(
    what: str, sidecar: _Known | None, text: _Known | None, names: dict[str, str]
) -> _Known | None:
    if sidecar is not None and text is not None and sidecar != text:
        raise _contradiction(what, names.get(str(sidecar), sidecar), names.get(str(text), text))
    return text if text is not None else sidecar


def _contradiction(what: str, sidecar: object, text: object) -> UnreadableError:
    return UnreadableError("sidecar-contradicts", what=what, sidecar=sidecar, text=text)
