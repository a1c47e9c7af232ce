"""Prose: duties, structure, explanations and the glossary, with wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from msgspec.structs import replace

from generator.meaning.wording import fold, indent, join
from generator.models import Line, Section
from generator.tables.parts import DocumentPart

_HEADING = re.compile(r"^\s*([一二三四五六七八九十]{1,3})\s*、\s*(\S.*)$")
_SUBHEADING = re.compile(r"^\s*[（(]([一二三四五六七八九十]{1,3})[）)]\s*(\S.*)$")
_ITEM = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)"
)
_NUMERAL = "[一二三四五六七八九十]{1,3}、"
# A term is short, but a numbered one may name class, item and sub-item.
_TERM = re.compile(
    rf"^(?:{_NUMERAL}\s*+([^：:。，]{{2,40}}?)|([^：:。，]{{2,20}}?))\s*+[:：]\s*+(.+)$", re.DOTALL
)
_TERM_BEGINS = re.compile(rf"^\s*(?:{_NUMERAL}[^：:。，]{{2,40}}|[^：:。，]{{2,20}})[:：]")
_BARE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")
_CAPTION = re.compile(r"^\s*[图表]\s*\d{1,2}(?!\d*年)[\s:：]*[^，。；]{2,30}$")
_END = re.compile(r"[。；：！？:;]\s*[”’）)]?$")
_TOPICS = {
    "名词解释": "glossary",
    "绩效": "performance",
    "说明": "explanation",
    "职责": "duties",
    "职能": "duties",
    "机构设置": "structure",
    "预算构成": "budget_units",
    "单位构成": "budget_units",
}
_LONGEST_HEADING = 40
_HEADING_ENDINGS = ("情况", "说明", "设置", "构成", "职责", "职能", "结果", "变化", "目标", "综述")
# Headings that are printed with a full stop.
_SENTENCE_LIKE = ("综述。", "情况说明。")
# （一）本年财政拨款收入9142.56万元 says what it is about and how much: a sentence, not a heading.
_STATES_AMOUNT = re.compile(r"\d\s?[万亿]?元$")
_CLOSING = re.compile(r"^\s*(?:本报告|本套报表|注[:：]|备注)")


@dataclass(slots=True)
class _Draft:
    number: str
    heading: str
    level: int
    lines: list[Line] = field(default_factory=list)
    first_line: int = 0


def read_sections(part: DocumentPart, lines: Sequence[Line]) -> Iterator[Section]:
    """Cut the prose ``lines`` of ``part`` into sections; the glossary into terms."""
    lines = [line for line in lines if line.text.strip() and not _BARE_NUMBER.match(line.text)]
    lines = [line for _, page in groupby(lines, key=_page) for line in _without_margin([*page])]
    topic = _topic(part.title)
    if topic == "glossary":
        yield from _terms(part, lines)
        return
    for draft in _drafts(lines):
        yield _section(part, draft, topic)


def _page(line: Line) -> int:
    return line.page or 0


def _without_margin(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a page less the indent that even those have that go on in mid-sentence."""
    flowing = [line for line in lines if not line.boxes]
    least = min((indent(line.text) for line in flowing), default=0)
    if not least:
        return lines
    outermost = [before for before, line in pairwise(flowing) if indent(line.text) == least]
    unfinished = sum(not _is_finished([before]) for before in outermost)
    if unfinished * 2 <= len(outermost):
        return lines
    return [line if line.boxes else _outdented(line, least) for line in lines]


def _outdented(line: Line, count: int) -> Line:
    return replace(line, text=line.text.replace("　", "", count))


def _section(part: DocumentPart, draft: _Draft, topic: str) -> Section:
    own = topic if topic in ("performance", "explanation") else _topic(draft.heading) or topic
    last = draft.lines[-1].number if draft.lines else draft.first_line
    text = "\n".join(text for text, _, _ in _paragraphs(draft.lines))
    return Section(
        part.number,
        part.title,
        own or "other",
        draft.number,
        draft.heading,
        draft.level,
        text,
        draft.first_line,
        last,
    )


def _topic(heading: str) -> str:
    folded = fold(heading)
    return next((topic for word, topic in _TOPICS.items() if word in folded), "")


def _drafts(lines: Sequence[Line]) -> list[_Draft]:
    drafts: list[_Draft] = []
    index = 0
    while index < len(lines):
        found = None if lines[index].boxes else _heading(lines, index)
        if found:
            draft, count = found
            drafts.append(draft)
            index += count
            continue
        if not drafts:
            drafts.append(_Draft("", "", 1, first_line=lines[index].number))
        drafts[-1].lines.append(lines[index])
        index += 1
    return drafts


def _heading(lines: Sequence[Line], index: int) -> tuple[_Draft, int] | None:
    """A heading is numbered and does not read on as a sentence; it may wrap over two lines."""
    text = lines[index].text
    for level, pattern in ((1, _HEADING), (2, _SUBHEADING)):
        match = pattern.match(text)
        if match is None or _STATES_AMOUNT.search(text.rstrip()):
            continue
        for count in (1, 2):
            heading = join(
                [match.group(2), *(each.text for each in lines[index + 1 : index + count])]
            )
            if _is_heading(heading, lines, index + count):
                draft = _Draft(match.group(1), heading, level, first_line=lines[index].number)
                return draft, count
    return None


def _is_heading(text: str, lines: Sequence[Line], following: int) -> bool:
    """Short, without a sentence's punctuation, and the next line begins a paragraph of its own."""
    plain = text.removesuffix("。") if text.endswith(_SENTENCE_LIKE) else text
    if len(plain) > _LONGEST_HEADING or re.search(r"[。；，,;]", plain):
        return False
    if plain.endswith(_HEADING_ENDINGS):
        return True
    return following < len(lines) and _begins_paragraph(lines[following].text)


def _begins_paragraph(text: str) -> bool:
    return (
        indent(text) >= 1
        or bool(_ITEM.match(text))
        or bool(re.match(r"^\s*(?:20\d{2}|截至|全年)", text))
    )


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[str, int, int]]:
    """Join wrapped lines; a paragraph begins with an indent or number after a finished one."""
    pieces: list[Line] = []
    for index, line in enumerate(lines, start=1):
        heads_table = _is_finished(pieces) and any(each.boxes for each in lines[index : index + 1])
        if pieces and (heads_table or _breaks(pieces[-1], line)):
            yield _joined(pieces)
            pieces = []
        pieces.append(line)
    if pieces:
        yield _joined(pieces)


def _is_finished(pieces: list[Line]) -> bool:
    return bool(pieces) and bool(_END.search(pieces[-1].text.rstrip()))


def _joined(pieces: list[Line]) -> tuple[str, int, int]:
    return _plain(pieces), pieces[0].number, pieces[-1].number


def _plain(pieces: list[Line]) -> str:
    if pieces[0].boxes:
        return "\t".join(cell.strip() for cell in pieces[0].text.split("\t"))
    return join([line.text for line in pieces])


def _breaks(before: Line, line: Line) -> bool:
    """Whether a paragraph begins; a ruled row, and a caption, are paragraphs of their own."""
    if before.boxes or line.boxes or indent(line.text) >= 1 or _CAPTION.match(before.text):
        return True
    begins = _ITEM.match(line.text) or _CAPTION.match(line.text)
    return _is_finished([before]) and (bool(begins) or before.text.endswith(" "))


def _terms(part: DocumentPart, lines: Sequence[Line]) -> Iterator[Section]:
    """A term begins a paragraph and ends at its colon; what follows belongs to it."""
    drafts: list[_Draft] = []
    for text, first, last in _term_paragraphs(lines):
        match = _TERM.match(text)
        if _CLOSING.match(text):
            drafts.append(_Draft("", "", 1, [Line(first, None, text), Line(last, None, "")], first))
        elif match:
            term = match.group(1) or match.group(2)
            drafts.append(_Draft("", term, 2, [Line(first, None, match.group(3))], first))
            drafts[-1].lines.append(Line(last, None, ""))
        elif drafts:
            drafts[-1].lines.insert(-1, Line(last, None, text))
        else:
            drafts.append(_Draft("", "", 1, [Line(first, None, text)], first))
    for draft in drafts:
        texts = [line.text for line in draft.lines if line.text]
        last_line = draft.lines[-1].number
        topic = "glossary" if draft.heading else "note"
        yield Section(
            part.number, part.title, topic, draft.number, draft.heading, draft.level,
            "\n".join(texts), draft.first_line, last_line,
        )  # fmt: skip


def _term_paragraphs(lines: Sequence[Line]) -> Iterator[tuple[str, int, int]]:
    """A paragraph begins after a finished one, where a term and its colon can be seen."""
    pieces: list[Line] = []
    for line in lines:
        finished = _is_finished(pieces)
        begins = bool(_TERM_BEGINS.match(line.text))
        if finished and (begins or _CLOSING.match(line.text)):
            yield _joined(pieces)
            pieces = []
        pieces.append(line)
    if pieces:
        yield _joined(pieces)
