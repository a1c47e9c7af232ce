"""Identity: the department, year and kind that a disclosure names, checked against its sidecar.

Each is looked for where it is surest first: in the headings of parts and on the cover, then in the
titles of its ruled tables and what is printed around them, then in the prose, and last in the
file's name. Which of them told is kept with the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from generator.meaning.definitions import titled
from generator.meaning.furniture import printed_name, printed_unit
from generator.meaning.wording import fold, join
from generator.models import Document, Extract, Kind, RuledTable, Sidecar
from generator.problems import Report, UnreadableError
from generator.tables.parts import DocumentPart

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_YEAR_OF_BUDGET = re.compile(r"((?:19|20)\d{2})年度?.{0,24}?(?:预算|决算)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_KINDS: dict[str, Kind] = {"决算": "final_accounts", "预算": "budget"}
_KINDS_IN_NAME: dict[str, Kind] = {"final": "final_accounts", "budget": "budget", **_KINDS}
_KIND_NAMES = {"budget": "部门预算", "final_accounts": "部门决算"}
_OVERVIEW = re.compile(r"^第[一二]部分[:、]?(.{4,50}?)(?:部门|单位)?(?:概况|基本情况)$")
# Failing that, the name that stands before the year in a heading, or on the cover.
_BEFORE_YEAR = re.compile(
    r"^(?:第[一二三]部分[:、]?)?(?!第)([^\d,。;:]{4,50}?)(?:19|20)\d{2}年度?(?:部门|单位)?(?:预算|决算)"
)
#: How the names of bodies end; what stands behind says which part of it discloses.
_BODY = (
    r"(?:局|委|委员会|办|办公室|办公厅|厅|部|院|法院|检察院|署|会|中心|馆|站|所|队|处|政府|机关|学校|学院|大学"
    r"|医院|集团|公司|社|台|协会|联合会|总工会|人大|政协)"
)
_PART = r"(?:\((?:本级|机关|汇总|部门|单位)\)|本级|机关)?"
_AFTER_YEAR = re.compile(
    rf"(?:19|20)\d{{2}}年度?([^\d,。;:年]{{2,40}}?{_BODY}{_PART})(?:部门|单位)?(?:综合)?(?:预算|决算)"
)
_NAMED = re.compile(
    rf"([一-鿿·]{{2,40}}?{_BODY}{_PART})(?:部门|单位)?(?:综合)?(?:预算|决算|职能|概况)"
)
_IN_NAME = re.compile(rf"([一-鿿·]{{1,40}}{_BODY}(?:[（(][一-鿿]{{2,4}}[）)]|本级)?)$")
# 部门 and 单位 behind a name say whose budget it is, and are no part of it.
_WHOSE = re.compile(r"(?<=[局委办厅部院署会馆站所队处室])(?:部门|单位)$")
_ANNEX = re.compile(r"绩效目标(?:申报)?表|绩效自评表")
_COVER_LINES = 12
_EARLY_LINES = 60


_Known = TypeVar("_Known")
#: A value, and where it was found.
_Found = tuple[_Known, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who disclosed what, for which year; ``evidence`` tells where each was found."""

    department_name: str
    year: int
    kind: Kind
    evidence: tuple[tuple[str, str], ...] = ()


def identify(
    document: Document,
    parts: tuple[DocumentPart, ...],
    ruled: Sequence[RuledTable] = (),
    report: Report | None = None,
) -> Identity:
    """Read the identity off the text, and the sidecar where the text is silent.

    Raises UnreadableError where it cannot be told, or where sidecar and text contradict.
    """
    sidecar = document.sidecar or Sidecar()
    if _is_annex(document, ruled):
        raise UnreadableError("annex-alone")
    kind = _agree("种类", sidecar.kind, _kind(document, parts, ruled), _KIND_NAMES)
    if kind is None:
        raise UnreadableError("not-a-disclosure", reason="没有“部门预算表”或“部门决算表”的标题")
    year = _agree("年份", sidecar.year, _year(document, parts, ruled), {})
    if year is None:
        raise UnreadableError("year-unknown")
    name = _named(document, parts, ruled, sidecar)
    if name is None:
        raise UnreadableError("department-unknown")
    found = (("种类", kind), ("年份", year), ("部门", name))
    for what, (value, where) in found:
        if where == _FILE and report is not None:
            report.add("identity-from-name", what=what, value=_KIND_NAMES.get(str(value), value))
    evidence = tuple((what, where) for what, (_, where) in found)
    return Identity(name[0], year[0], kind[0], evidence)


def is_from_file_name(extract: Extract) -> bool:
    """Whether only the name of its file tells whose disclosure it is."""
    return ("部门", _FILE) in extract.evidence


def _is_annex(document: Document, ruled: Sequence[RuledTable]) -> bool:
    """Whether a file is only a form of performance targets, which belongs to a disclosure."""
    front = [fold(line.text) for line in document.lines if line.text.strip()][:3]
    kinds: tuple[Kind, ...] = ("budget", "final_accounts")
    known = any(titled(table.title, kind) for table in ruled for kind in kinds)
    return bool(ruled) and not known and any(_ANNEX.search(text) for text in front)


_SIDECAR, _HEADINGS, _TABLES, _TEXT, _FILE = "sidecar", "headings", "tables", "text", "file name"


def _titles(document: Document, parts: tuple[DocumentPart, ...]) -> list[str]:
    """The texts that name year and kind, the surest first: headings of parts, then the front."""
    headings = sorted((part for part in parts if part.number), key=lambda part: part.number != 2)
    front = [line.text for line in document.lines if line.text.strip()][:8]
    return [*(fold(part.title) for part in headings), fold(join(front))]


def _texts(document: Document) -> Iterator[str]:
    """The lines of text of the first pages, outside ruled tables."""
    lines = (line for line in document.lines if not line.boxes and line.text.strip())
    for count, line in enumerate(lines):
        if count == _EARLY_LINES:
            return
        yield fold(line.text)


def _stem(document: Document) -> str:
    return PurePosixPath(document.file).stem.partition(".pdf")[0]


def _most(values: Sequence[_Known]) -> _Known | None:
    """What is said most often; of two the one said first."""
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value]) if counts else None


# ── kind and year ────────────────────────────────────────────────────────────────────────


def _kind(
    document: Document, parts: tuple[DocumentPart, ...], ruled: Sequence[RuledTable]
) -> _Found[Kind] | None:
    for title in _titles(document, parts):
        for word, kind in _KINDS.items():
            if word in title:
                return kind, _HEADINGS
    titles = [kind for t in ruled for word, kind in _KINDS.items() if word in fold(t.title)]
    if titles and (most := _most(titles)):
        return most, _TABLES
    said = [kind for text in _texts(document) for word, kind in _KINDS.items() if word in text]
    if said and (most := _most(said)):
        return most, _TEXT
    stem = _stem(document).lower()
    return next(((kind, _FILE) for word, kind in _KINDS_IN_NAME.items() if word in stem), None)


def _year(
    document: Document, parts: tuple[DocumentPart, ...], ruled: Sequence[RuledTable]
) -> _Found[int] | None:
    for title in _titles(document, parts):
        if match := _YEAR.search(title):
            return int(match.group(1)), _HEADINGS
    titles = [int(m.group(1)) for table in ruled if (m := _YEAR.search(fold(table.title)))]
    if titles and (most := _most(titles)):
        return most, _TABLES
    said = [int(m.group(1)) for text in _texts(document) for m in _YEAR_OF_BUDGET.finditer(text)]
    if said and (most := _most(said)):
        return most, _TEXT
    match = _YEAR_IN_NAME.search(_stem(document))
    return (int(match.group(1)), _FILE) if match else None


# ── the department ───────────────────────────────────────────────────────────────────────


def _named(
    document: Document,
    parts: tuple[DocumentPart, ...],
    ruled: Sequence[RuledTable],
    sidecar: Sidecar,
) -> _Found[str] | None:
    found = _name(document, parts, ruled)
    stated = sidecar.department_name
    if stated and found and found[1] != _FILE and fold(found[0]) != fold(stated):
        raise _contradiction("部门", stated, found[0])
    if stated and (found is None or found[1] == _FILE):
        return stated, _SIDECAR
    return found


def _name(
    document: Document, parts: tuple[DocumentPart, ...], ruled: Sequence[RuledTable]
) -> _Found[str] | None:
    if name := _printed_name(document, parts):
        return _WHOSE.sub("", name), _HEADINGS
    compiled = [table.compiled_by for table in ruled if table.compiled_by]
    if compiled and (most := _most(compiled)):
        return most, _TABLES
    for text in _cover(document):
        match = _AFTER_YEAR.search(text) or _BEFORE_YEAR.match(text) or _NAMED.search(text)
        if match:
            return _WHOSE.sub("", match.group(1)), _HEADINGS
    said = [m.group(1) for text in _texts(document) for m in _AFTER_YEAR.finditer(text)]
    if said and (most := _most(said)):
        return most, _TEXT
    match = _IN_NAME.search(_stem(document))
    return (match.group(1), _FILE) if match else None


def _cover(document: Document) -> Iterator[str]:
    """The first lines, each by itself, and two and three together: names are wrapped."""
    lines = [fold(line.text) for line in document.lines if line.text.strip() and not line.boxes]
    first = lines[:_COVER_LINES]
    for count in (1, 2, 3):
        for start in range(len(first) - count + 1):
            yield "".join(first[start : start + count])


def _printed_name(document: Document, parts: tuple[DocumentPart, ...]) -> str:
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


# ── the sidecar ──────────────────────────────────────────────────────────────────────────


def _agree(
    what: str, sidecar: _Known | None, text: _Found[_Known] | None, names: dict[str, str]
) -> _Found[_Known] | None:
    """What the text says, or the sidecar where it is silent; a file's name contradicts nobody."""
    if sidecar is None:
        return text
    if text is None or text[1] == _FILE:
        return sidecar, _SIDECAR
    if sidecar != text[0]:
        raise _contradiction(
            what, names.get(str(sidecar), sidecar), names.get(str(text[0]), text[0])
        )
    return text


def _contradiction(what: str, sidecar: object, text: object) -> UnreadableError:
    return UnreadableError("sidecar-contradicts", what=what, sidecar=sidecar, text=text)
