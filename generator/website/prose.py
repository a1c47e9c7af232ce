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
from generator.website.doubts import Doubt, Doubts, signs
from generator.website.findings import OpenFinding
from generator.website.package import Package
from generator.website.page_images import anchor
from generator.website.rows import Row
from generator.website.words import TOPICS

# The packages write digits and brackets of figures narrow; the prose keeps them as printed.
_NARROW = DIGITS | str.maketrans("％（）．－−–﹣　\u00a0\u2007\u2009\u202f", "%().----     ")


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
    whole, at = Markup(), start
    for span in inside:
        other = Markup("") if span.doubt.first else Markup(' class="other"')
        whole += escape(text[at : span.start])
        whole += Markup('<mark id="{}"{}>').format(span.anchor, other)
        whole += escape(text[span.start : span.end]) + signs(span.doubt) + Markup("</mark>")
        at = span.end
    return whole + escape(text[at:end])


def spans(text: str, stated: Sequence[Row], doubts: Doubts) -> list[Span]:
    """Return what to mark in the text of a section, in order and not overlapping.

    Where it is not certain which of several equal figures is meant, the sentence is marked.
    """
    plain = text.translate(_NARROW)
    same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in stated:
        same[_figure(row)].append(row["narrative_id"])
    found = []
    for row in stated:
        here = anchor(row["narrative_id"])
        place = _place(plain, row, same[_figure(row)]) if here in doubts else None
        if place:
            found.append(Span(*place, here, doubts[here]))
    apart: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, s.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _place(plain: str, row: Row, same: Sequence[str]) -> tuple[int, int] | None:
    quote = row["quote"].translate(_NARROW)
    starts = list(_starts(plain, quote)) if quote else []
    figure = _pattern(row)
    occurrences = [
        (start + match.start(), start + match.end())
        for start in starts
        for match in figure.finditer(quote)
    ]
    if len(occurrences) == len(same):
        return occurrences[same.index(row["narrative_id"])]
    return (starts[0], starts[0] + len(quote)) if len(starts) == 1 else None


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
