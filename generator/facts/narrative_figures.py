"""The figures of a paragraph: what each says, and of what, by the words around it."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.facts.narrative_grammar import (
    BUDGETED,
    CHANGE,
    COMPLETED,
    EARLIER,
    EXECUTED,
    LONGEST_LABEL,
    OF_PERFORMANCE,
    PHASES,
    PROJECT_ITEM,
    SHARE,
    THRESHOLD,
    UNDECIDED,
    certain_number,
    direction_of,
    is_bare,
    last_words,
)
from generator.facts.narrative_paragraph import ParagraphReading
from generator.facts.narrative_subjects import Subject
from generator.facts.narrative_words import (
    Named,
    is_planned,
    is_suffix,
    named,
    phase_of,
    terms,
    without_spaces,
)
from generator.meaning.amounts import UNITS

_SOLID = re.compile(r"\S")


def read_figure(of: ParagraphReading, event: re.Match[str]) -> None:
    """Add what a figure says: a percentage, money or a quantity; or that it is only mentioned."""
    lead = without_spaces(of.text[of.last : event.start("figure")])
    of.last_before, of.last = of.last, event.end("figure")
    unit = event["unit"] or "%"
    if lead.endswith("第"):
        return  # 第27次: an ordinal
    if event["dash"] and event["dash"].startswith("的"):
        lead += "的"
    lead = _labelled(of, lead)
    subject = named(lead, of.department)
    if event["number"] and certain_number(event["number"], lead) is None:
        _uncertain(of, event, subject, unit)
        return
    if of.state.reason:
        # A reason ends where a new clause begins with a subject that is known.
        if subject is None or subject.boundary not in (";", "；", ":", ""):
            of.add(event, "mentioned", unit)
            return
        of.explained(event.start(), by_subject=True)
    limit = of.text.startswith(THRESHOLD, _after_blanks(of.text, of.last))
    if limit or lead.endswith(UNDECIDED):
        of.add(event, "mentioned", unit)  # 单价100万元以上, 约100万元: no amount
    elif unit == "%":
        _percentage(of, event, lead)
    elif unit in UNITS:
        _money(of, event, lead, subject, unit)
    else:
        _quantity(of, event, subject, unit)


def _uncertain(
    of: ParagraphReading, event: re.Match[str], subject: Named | None, unit: str
) -> None:
    """A figure of which it is not certain what it says: what follows is not about another."""
    if unit in UNITS:
        term = subject.term if subject else ""
        of.state.subject = Subject(term, subject.text if subject else "")
    of.add(event, "mentioned", unit)


def _percentage(of: ParagraphReading, event: re.Match[str], lead: str) -> None:
    changed, share = CHANGE.search(lead), SHARE.search(lead)
    if changed:
        of.turn_to(lead, changed)
        of.state.set_base(lead, of.told.extract.year)
        of.add(event, "growth", "%", direction=direction_of(changed), base=of.state.base)
    elif COMPLETED.search(lead) or (of.state.budget and lead == "的"):
        base = COMPLETED.search(lead)
        phase = PHASES.get(base["base"] or "", "") if base else ""
        of.add(event, "completion", "%", base=phase)
    elif share and not last_words(lead[: share.start()]):
        of.add(event, "share", "%", base=share["whole"])
    else:
        of.add(event, "mentioned", "%")
    of.state.budget = False


def _money(
    of: ParagraphReading, event: re.Match[str], lead: str, subject: Named | None, unit: str
) -> None:
    state = of.state
    changed = CHANGE.search(lead)
    follows = state.subject is not None and not state.several and is_bare(lead)
    state.budget = False
    if subject and not (changed and subject.text == changed["word"]):
        _named(of, event, subject, unit)
    elif changed:
        _change(of, event, lead, changed, unit)
    elif _follows_item(of, event):
        of.add(event, "amount", unit, phase=of.phase(phase_of(lead)))
    elif follows and (earlier := EARLIER.search(lead)) and _is_earlier(of, earlier["year"]):
        of.add(event, "amount", unit, phase=_earlier(of, earlier["year"]))
    elif follows and EXECUTED.search(lead):
        of.add(event, "amount", unit, phase="executed")
    elif follows and lead == "、" and _is_counted(of):
        of.add(event, "amount", unit, phase=of.phase(""))  # 购置车辆2辆、36万元
    elif budgeted := BUDGETED.search(lead):
        if not follows:
            state.subject = Subject("", last_words(lead), within=state.whole)
        phase = PHASES.get((budgeted["base"] or "")[:2], "budget")
        of.add(event, "amount", unit, phase=of.phase(phase))
        state.budget = True
    else:
        term = "project" if _is_project(of, event) else ""
        state.subject = Subject(term, last_words(lead), within=state.whole)
        _as_listed(of)
        of.add(event, "amount", unit, phase=of.phase(""))


def _as_listed(of: ParagraphReading) -> None:
    """What a numbered paragraph states first is a part of what the list above it is of."""
    if of.last_before == 0 and of.listed and of.state.subject:
        of.state.subject.within = of.listed


def _is_project(of: ParagraphReading, event: re.Match[str]) -> bool:
    """Whether an amount is the first of a numbered paragraph of a list of projects."""
    return (
        of.told.subjects.get(of.listed) == "project_expenditure"
        and of.last_before == 0
        and bool(PROJECT_ITEM.fullmatch(of.text[: event.start("figure")]))
    )


def _is_counted(of: ParagraphReading) -> bool:
    """Whether the subject at hand is a thing of which there is a number."""
    known = terms().get(of.state.subject.term) if of.state.subject else None
    return known is not None and bool(known.quantities)


def _is_earlier(of: ParagraphReading, year: str | None) -> bool:
    return year is None or int(year) != of.told.extract.year


def _follows_item(of: ParagraphReading, event: re.Match[str]) -> bool:
    """Whether nothing but words such as 支出 stands between a coded item and the figure."""
    between = of.text[of.item_end : event.start("figure")] if of.item_end else "?"
    return of.last_before == of.item_end and is_suffix(without_spaces(between))


def _labelled(of: ParagraphReading, lead: str) -> str:
    """What follows a label in a sentence of its own: 2.公务接待费。2026年预算数17.1万元."""
    label, end, rest = lead.rpartition("。") if "。" in lead else lead.rpartition(":")
    found = named(label, of.department) if end and len(label) < LONGEST_LABEL else None
    if found is None or found.boundary not in ("", "。") or of.state.reason:
        return lead
    of.state.name(found)
    return rest


def _named(of: ParagraphReading, event: re.Match[str], subject: Named, unit: str) -> None:
    """An amount right after its subject; of another year it says what was before."""
    state, year = of.state, of.told.extract.year
    subject = of.in_context(subject)
    if subject.year in (None, year):
        of.state.name(subject)
        _as_listed(of)
        of.add(event, "amount", unit, phase=of.phase(subject.phase))
        return
    if not (state.is_about(subject.term) and state.subject and state.subject.id):
        of.state.name(subject)  # a heading alone states no year
    of.add(event, "amount", unit, phase=_earlier(of, str(subject.year)))


def _earlier(of: ParagraphReading, year: str | None) -> str:
    """The phase of an amount of another year; the changes after it are against that year."""
    last = not year or int(year) == of.told.extract.year - 1
    of.state.base = "prior_year" if last else year or ""
    return "prior_year" if last else "other_year"


def _change(
    of: ParagraphReading, event: re.Match[str], lead: str, changed: re.Match[str], unit: str
) -> None:
    """A change is of the subject named before the word of direction, or of the last one."""
    of.turn_to(lead, changed)
    of.state.set_base(lead, of.told.extract.year)
    of.add(event, "change", unit, direction=direction_of(changed), base=of.state.base)


def _quantity(of: ParagraphReading, event: re.Match[str], subject: Named | None, unit: str) -> None:
    state = of.state
    words = last_words(without_spaces(of.clauses.before(event.start("figure"))))
    known = terms().get(subject.term) if subject else None
    if subject and known and unit in known.quantities:
        state.planning = is_planned(words) or (state.planning and "有" not in words)
        term = known.planned if known.planned and state.planning else subject.term
        text = words if subject.text.startswith(THRESHOLD) else subject.text
        state.name(replace(subject, term=term, text=text))
        of.add(event, "quantity", unit)
        return
    if of.topic == "performance" and not OF_PERFORMANCE.search(words + unit):
        return  # what was achieved is told at length; counted are projects, problems, scores
    outer, state.subject = state.subject, Subject("", words, within=state.whole)
    of.add(event, "quantity", unit)
    state.subject = outer


def _after_blanks(text: str, index: int) -> int:
    """The place of the first character from ``index`` on that is no blank."""
    solid = _SOLID.search(text, index)
    return solid.start() if solid else len(text)
