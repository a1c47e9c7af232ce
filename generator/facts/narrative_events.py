"""A paragraph read as a row of events: figures, lists, brackets, reasons, comparisons, ends."""

from __future__ import annotations

import re

from generator.facts.narrative_codes import coded
from generator.facts.narrative_figures import read_figure
from generator.facts.narrative_grammar import (
    BASE,
    NUMBERED,
    RELATIONS,
    event_pattern,
)
from generator.facts.narrative_paragraph import ParagraphReading
from generator.facts.narrative_subjects import Listing, Subject, is_part
from generator.facts.narrative_words import (
    Named,
    heading_subject,
    named,
    reason_words,
    terms,
    without_spaces,
)

#: Before so many characters 原因 is what its paragraph is about: 预算收支增加主要原因说明.
_FIRST_WORDS = 12
_SAME = ("无增减", "无增减变化", "没有增减", "没有增减变化", "无变化", "没有变化")


def read_paragraph(of: ParagraphReading) -> None:
    """Turn the paragraph's events into statements, in order."""
    of.listed = of.told.listing.of(of.text) if of.topic != "performance" else ""
    of.state.whole = of.told.of_unit
    if found := heading_subject(of.heading, of.department):
        of.state.subject = Subject(found.term, found.text)
    for number, event in enumerate(event_pattern(reason_words()).finditer(of.text)):
        if number == 0 and event["reason"] and event.start() <= _FIRST_WORDS:
            of.changed = of.told.unexplained  # 主要原因是… in a paragraph of its own
        _event(of, event)
    of.explained(len(of.text))
    of.told.unexplained = [name for name in of.changed if not of.told.reasons.get(name)]
    if of.text.rstrip().endswith(":"):
        of.told.listing = Listing(of.state.only_subject())


def _event(of: ParagraphReading, event: re.Match[str]) -> None:
    state = of.state
    if event["item"]:
        _item(of, event)
    elif event["figure"]:
        read_figure(of, event)
    elif event["compared"]:
        _compared(of, event)
    elif event["list"] and _begins_clause(of, event):
        _list(of, event)
    elif event["among"]:
        _among(of, event)
    elif event["reason"]:
        _reason(of, event)
    elif event["nothing"]:
        _nothing(of, event)
    elif event["open"] and event.start() in of.holding:
        state.outer.append((state.subject, state.whole, state.reason))
        state.whole = state.subject.id if state.subject else state.whole
    elif event["close"] and event.start() in of.holding and state.outer:
        state.subject, state.whole, state.reason = state.outer.pop()
        state.several, state.named = False, set()
    elif event["end"]:
        of.explained(event.start())
        if event["end"] == "。":
            state.end_sentence()
        state.base = ""


def _begins_clause(of: ParagraphReading, event: re.Match[str]) -> bool:
    """其中 in the middle of a reason lists parts of the reason, not of the subject."""
    before = of.text[: event.start()].rstrip()
    return not of.state.reason or before.endswith((";", "；", "。"))


def _item(of: ParagraphReading, event: re.Match[str]) -> None:
    """A functional item or an economic class, by its path or code, in place of a name."""
    found = coded(event, of.klass)
    if found is None or (of.state.reason and not NUMBERED.search(of.text[: event.start()])):
        return
    of.explained(event.start(), by_subject=True)
    of.state.name(Named(found.term, found.text, "", None, ""))
    of.last = of.item_end = event.end()


def _nothing(of: ParagraphReading, event: re.Match[str]) -> None:
    """本部门没有使用政府性基金预算拨款安排的支出: there is none of what follows the word."""
    words = without_spaces(event["nothing"]).replace("安排的", "")
    subject = named(words, of.department)
    counted = subject is not None and subject.term in terms() and terms()[subject.term].quantities
    if subject is None or subject.boundary or counted or of.state.reason:
        return
    of.state.name(of.in_context(subject))
    of.add(event, "none", "", phase=of.phase(""), group="nothing")


def _reason(of: ParagraphReading, event: re.Match[str]) -> None:
    """From here on the department says why: until the sentence, or the subject, ends.

    主要是 says why something changed, and otherwise what it consists of.
    """
    if not of.state.reason and (of.changed or event["reason"] != "主要是"):
        of.state.reason, of.reason_from = True, event.end()


def _list(of: ParagraphReading, event: re.Match[str]) -> None:
    """其中: parts of the subject at hand; after a sentence, of the whole it is a part of."""
    subject = of.state.subject
    ended = of.text[: event.start()].rstrip().endswith("。")
    if subject and not (ended and _is_part_of(of, subject, of.state.whole)):
        of.state.whole = subject.id


def _is_part_of(of: ParagraphReading, subject: Subject, whole: str) -> bool:
    known = of.told.subjects.get(whole)
    return known is not None and is_part(subject.term, known)


def _among(of: ParagraphReading, event: re.Match[str]) -> None:
    """“三公”经费支出决算中，…: the whole is the last amount that was stated of it."""
    subject = named(without_spaces(of.text[of.last : event.start()]), of.department)
    amount = of.told.amounts.get(subject.term) if subject else None
    of.state.whole = amount.about if amount else of.state.whole


def _compared(of: ParagraphReading, event: re.Match[str]) -> None:
    """决算数小于预算数, 与上年持平: a comparison in words, without a figure."""
    if of.state.reason:
        return
    lead = without_spaces(of.text[of.last : event.start("compared")])
    if event["relation"]:
        subject = named(lead, of.department)
        if subject and not of.state.is_about(subject.term):
            of.state.resume(subject, of.told.latest.get((of.section, subject.term)))
        direction = RELATIONS.get(event["relation"], "equal")
        if "基本" in event["relation"]:
            direction = "about_equal"
        of.add(event, "comparison", "", direction=direction, group="compared")
    elif event["alike"] and not (BASE.search(lead + "持平") or event["alike"] in _SAME):
        return  # 意见一致
    elif not lead.endswith("基本"):
        subject = named(re.sub(r"(?:与|和|同)[^,，;。:]*$", "", lead), of.department)
        if subject and not of.state.is_about(subject.term):
            of.state.name(subject)
        of.state.set_base(lead + "持平", of.told.extract.year)
        of.add(event, "change", "", direction="unchanged", base=of.state.base, group="compared")
