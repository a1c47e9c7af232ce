"""The prose of a disclosure, with the figures in doubt marked where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from generator.meaning.amounts import DIGITS
from generator.website.department.doubts import Doubt, Doubts, signs
from generator.website.department.findings import OpenFinding
from generator.website.drawing.page_images import anchor
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.words import TOPICS

# The packages write digits and brackets of figures narrow; the prose keeps them as printed.
_NARROW = DIGITS | str.maketrans("％（）．－−–﹣　\u00a0\u2007\u2009\u202f", "%().----     ")

# As the packages cut their quotes: whatever ends a sentence, or a paragraph, ends one.
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, the findings whose figures in question it states, and its marks."""

    text: Markup
    findings: tuple[OpenFinding, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProseSection:
    """One section of the prose."""

    number: str
    heading: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    line: str

    @property
    def title(self) -> str:
        """Return number and heading as they are printed, such as 一、主要职责 or （一）概况."""
        return titled(self.number, self.heading)


@dataclass(frozen=True)
class Topic:
    """The sections of one part on one topic, in printed order."""

    part_title: str
    name: str
    sections: tuple[ProseSection, ...]
    characters: int

    @property
    def doubted(self) -> bool:
        """Tell whether a figure in it is in doubt: then it is not folded away."""
        return any(p.anchors for s in self.sections for p in s.paragraphs)


@dataclass(frozen=True)
class Span:
    """A stretch of a section's text that is marked: a figure, or the sentence it stands in."""

    start: int
    end: int
    anchor: str
    doubt: Doubt


def titled(number: str, heading: str) -> str:
    """Write a section's number before its heading, with 、 after a bare one."""
    mark = "、" if number[-1:] in tuple("一二三四五六七八九十") else ""
    return f"{number}{mark}{heading}"


def read_topics(package: Package, doubts: Doubts) -> list[Topic]:
    """Read the prose of a disclosure, neighbours of one part and topic together."""
    stated: dict[str, list[Row]] = {}
    for row in package.rows("narrative"):
        stated.setdefault(row["section_id"], []).append(row)
    topics = []
    rows = package.rows("sections")
    for (part_title, topic), group in groupby(rows, key=lambda r: (r["part_title"], r["topic"])):
        of_topic = list(group)
        sections = tuple(_section(r, stated.get(r["section_id"], []), doubts) for r in of_topic)
        characters = sum(len(p) for r in of_topic for p in r["text"].split("\n") if p.strip())
        topics.append(Topic(part_title, TOPICS.get(topic, topic), sections, characters))
    return topics


def _section(row: Row, stated: Sequence[Row], doubts: Doubts) -> ProseSection:
    level = row["level"]
    return ProseSection(
        number=row["number"],
        heading=row["heading"],
        level=int(level) if level.isascii() and level.isdigit() else 1,
        paragraphs=tuple(_paragraphs(row["text"], spans(row["text"], stated, doubts))),
        line=row["line_start"],
    )


def _paragraphs(text: str, found: Sequence[Span]) -> list[Paragraph]:
    paragraphs, start = [], 0
    starts, ends = [span.start for span in found], [span.end for span in found]
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        inside = found[bisect_left(starts, start) : bisect_right(ends, end)]
        if paragraph.strip():
            first = (span.doubt.findings for span in inside if span.doubt.first)
            findings = {finding.anchor: finding for each in first for finding in each}
            marked = _marked(text, start, end, inside)
            anchors = tuple(span.anchor for span in inside)
            paragraphs.append(Paragraph(marked, tuple(findings.values()), anchors))
        start = end + 1
    return paragraphs


def _marked(text: str, start: int, end: int, inside: Sequence[Span]) -> Markup:
    pieces, at = [], start
    for span in inside:
        other = Markup("") if span.doubt.first else Markup(' class="other"')
        pieces += [
            escape(text[at : span.start]),
            Markup('<mark id="{}"{}>').format(span.anchor, other),
            escape(text[span.start : span.end]) + signs(span.doubt) + Markup("</mark>"),
        ]
        at = span.end
    return Markup("").join([*pieces, escape(text[at:end])])


def spans(text: str, stated: Sequence[Row], doubts: Doubts) -> list[Span]:
    """Return what to mark in the text of a section, in order and not overlapping.

    Where it is not certain which of several equal figures is meant, the sentence is marked.
    """
    plain = text.translate(_NARROW)
    sentences = _sentences(plain)
    same: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in stated:
        same[_figure(row)].append(row)
    places: dict[str, tuple[int, int]] = {}
    for rows in same.values():
        here = [anchor(row["narrative_id"]) for row in rows]
        if any(each in doubts for each in here):
            found = _places(plain, sentences, rows)
            places |= {each: place for each, place in zip(here, found, strict=True) if place}
    marked = (anchor(row["narrative_id"]) for row in stated)
    wanted = [
        Span(*places[each], each, doubts[each])
        for each in marked
        if each in places and each in doubts
    ]
    apart: list[Span] = []
    for span in sorted(wanted, key=lambda s: (s.start, s.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _sentences(text: str) -> Mapping[str, list[int]]:
    """Where each sentence begins: a quote is one, and so is found without a search for each."""
    found: dict[str, list[int]] = defaultdict(list)
    for match in _SENTENCE.finditer(text):
        found[match[0].strip()].append(match.end() - len(match[0].lstrip()))
    return found


def _places(
    plain: str, sentences: Mapping[str, list[int]], rows: Sequence[Row]
) -> list[tuple[int, int] | None]:
    """Where the figure of each row stands; all have one quote and one figure."""
    quote = rows[0]["quote"].translate(_NARROW)
    starts = sentences.get(quote) or (list(_starts(plain, quote)) if quote else [])
    inside = [match.span() for match in _pattern(rows[0]).finditer(quote)]
    occurrences = [(start + first, start + last) for start in starts for first, last in inside]
    if len(occurrences) == len(rows):
        return [*occurrences]
    return [(starts[0], starts[0] + len(quote)) if len(starts) == 1 else None] * len(rows)


def _starts(text: str, sought: str) -> Iterator[int]:
    """Where a text stands in another; many times faster than a pattern."""
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + len(sought))


def _figure(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["quote"], row["printed"], row["printed_unit"]


def _pattern(row: Row) -> re.Pattern[str]:
    """Match the figure with its unit, never a part of a longer number."""
    printed = re.escape(row["printed"].translate(_NARROW))
    unit = re.escape(row["printed_unit"])
    before = r"(?<![\d.,])" if printed[:1].isdigit() else ""
    after = rf"(?![\d,.]*\d)\s*{unit}" if printed[-1:].isdigit() else rf"\s*{unit}"
    return re.compile(before + printed + after)
