"""One paragraph of prose, read as a row of events: figures, lists, brackets, reasons, ends.

A figure belongs to the subject named right before it, or to the last one named. Nothing is
guessed: a figure in a reason is only ``mentioned``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from generator.facts.narrative_codes import class_of, coded
from generator.facts.narrative_grammar import (
    BASE,
    BUDGETED,
    CHANGE,
    CLAUSE_ENDS,
    COMPLETED,
    EARLIER,
    EVENT,
    EXECUTED,
    EXPLAINED,
    LONGEST_LABEL,
    NUMBERED,
    OF_PERFORMANCE,
    PHASES,
    PROJECT_ITEM,
    RELATIONS,
    SENTENCE_ENDS,
    SHARE,
    THRESHOLD,
    UNDECIDED,
    Pieces,
    brackets_with_figures,
    certain_number,
    direction_of,
    is_bare,
    last_words,
    reason_in,
    without_basis,
)
from generator.facts.narrative_places import SectionPlaces
from generator.facts.narrative_subjects import Listing, ReadingState, Subject, is_part
from generator.facts.narrative_told import Told
from generator.facts.narrative_words import (
    Named,
    heading_subject,
    is_broad,
    is_detail,
    is_planned,
    is_suffix,
    is_unit,
    named,
    phase_of,
    plain,
    terms,
    without_spaces,
)
from generator.meaning.amounts import UNITS, to_decimal
from generator.models import Measure, Section, Statement

_SAME = ("无增减", "无增减变化", "没有增减", "没有增减变化", "无变化", "没有变化")
_SOLID = re.compile(r"\S")


class ParagraphReading:
    """One paragraph under reading."""

    def __init__(
        self,
        told: Told,
        section: int,
        of: Section,
        text: str,
        start: int,
        places: SectionPlaces,
    ) -> None:
        self.topic, self.heading = of.topic, of.heading
        self.klass = class_of(plain(text)) or class_of(plain(of.heading))
        self.told, self.section, self.start, self.places = told, section, start, places
        self.printed, self.text = text, plain(text)
        self.state, self.last = ReadingState(), 0
        self.last_before = self.item_end = self.reason_from = 0
        self.changed: list[str] = []
        self.changed_about = self.listed = ""
        self.sentences = Pieces(self.printed, SENTENCE_ENDS)
        self.clauses = Pieces(self.text, CLAUSE_ENDS)
        self.holding = brackets_with_figures(self.text)
        self.department = told.extract.department_name
        self.unit = is_unit(of.heading, self.department)

    def read(self) -> None:
        """Turn the paragraph's events into statements, in order."""
        self.listed = self.told.listing.of(self.text) if self.topic != "performance" else ""
        self.state.whole = self.told.of_unit
        if found := heading_subject(self.heading, self.department):
            self.state.subject = Subject(found.term, found.text)
        for event in EVENT.finditer(self.text):
            self._event(event)
        self._explained(len(self.text))
        if self.text.rstrip().endswith(":"):
            self.told.listing = Listing(self.state.only_subject())

    def _event(self, event: re.Match[str]) -> None:
        state = self.state
        if event["item"]:
            self._item(event)
        elif event["figure"]:
            self._figure(event)
        elif event["compared"]:
            self._compared(event)
        elif event["list"] and self._begins_clause(event):
            self._list(event)
        elif event["among"]:
            self._among(event)
        elif event["reason"]:
            self._reason(event)
        elif event["nothing"]:
            self._nothing(event)
        elif event["open"] and event.start() in self.holding:
            state.outer.append((state.subject, state.whole, state.reason))
            state.whole = state.subject.id if state.subject else state.whole
        elif event["close"] and event.start() in self.holding and state.outer:
            state.subject, state.whole, state.reason = state.outer.pop()
            state.several, state.named = False, set()
        elif event["end"]:
            self._explained(event.start())
            if event["end"] == "。":
                state.end_sentence()
            state.base = ""

    def _begins_clause(self, event: re.Match[str]) -> bool:
        """其中 in the middle of a reason lists parts of the reason, not of the subject."""
        before = self.text[: event.start()].rstrip()
        return not self.state.reason or before.endswith((";", "；", "。"))

    def _item(self, event: re.Match[str]) -> None:
        """A functional item or an economic class, by its path or code, in place of a name."""
        found = coded(event, self.klass)
        if found is None or (self.state.reason and not NUMBERED.search(self.text[: event.start()])):
            return
        self._explained(event.start(), by_subject=True)
        self.state.name(Named(found.term, found.text, "", None, ""))
        self.last = self.item_end = event.end()

    def _nothing(self, event: re.Match[str]) -> None:
        """本部门没有使用政府性基金预算拨款安排的支出: there is none of what follows the word."""
        words = without_spaces(event["nothing"]).replace("安排的", "")
        subject = named(words, self.department)
        counted = (
            subject is not None and subject.term in terms() and terms()[subject.term].quantities
        )
        if subject is None or subject.boundary or counted or self.state.reason:
            return
        self.state.name(self._in_context(subject))
        self._add(event, "none", "", phase=self._phase(""), group="nothing")

    def _reason(self, event: re.Match[str]) -> None:
        """From here on the department says why: until the sentence, or the subject, ends.

        主要是 says why something changed, and otherwise what it consists of.
        """
        if not self.state.reason and (self.changed or event["reason"] != "主要是"):
            self.state.reason, self.reason_from = True, event.end()

    def _explained(self, end: int, *, by_subject: bool = False) -> None:
        """A reason has ended, by a sentence or a subject: it is that of the changes before it."""
        if self.state.reason:
            text = self.printed[self.reason_from : end]
            self.told.explain(self.changed, reason_in(text, cut=by_subject))
        self.state.reason = False

    def _list(self, event: re.Match[str]) -> None:
        """其中: parts of the subject at hand; after a sentence, of the whole it is a part of."""
        subject = self.state.subject
        ended = self.text[: event.start()].rstrip().endswith("。")
        if subject and not (ended and self._is_part_of(subject, self.state.whole)):
            self.state.whole = subject.id

    def _is_part_of(self, subject: Subject, whole: str) -> bool:
        known = self.told.subjects.get(whole)
        return known is not None and is_part(subject.term, known)

    def _among(self, event: re.Match[str]) -> None:
        """“三公”经费支出决算中，…: the whole is the last amount that was stated of it."""
        subject = named(without_spaces(self.text[self.last : event.start()]), self.department)
        amount = self.told.amounts.get(subject.term) if subject else None
        self.state.whole = amount.about if amount else self.state.whole

    # What a figure says.

    def _figure(self, event: re.Match[str]) -> None:
        lead = without_spaces(self.text[self.last : event.start("figure")])
        self.last_before, self.last = self.last, event.end("figure")
        unit = event["unit"] or "%"
        if lead.endswith("第"):
            return  # 第27次: an ordinal
        if event["dash"] and event["dash"].startswith("的"):
            lead += "的"
        lead = self._labelled(lead)
        subject = named(lead, self.department)
        if event["number"] and certain_number(event["number"], lead) is None:
            self._uncertain(event, subject, unit)
            return
        if self.state.reason:
            # A reason ends where a new clause begins with a subject that is known.
            if subject is None or subject.boundary not in (";", "；", ":", ""):
                self._add(event, "mentioned", unit)
                return
            self._explained(event.start(), by_subject=True)
        limit = self.text.startswith(THRESHOLD, _after_blanks(self.text, self.last))
        if limit or lead.endswith(UNDECIDED):
            self._add(event, "mentioned", unit)  # 单价100万元以上, 约100万元: no amount
        elif unit == "%":
            self._percentage(event, lead)
        elif unit in UNITS:
            self._money(event, lead, subject, unit)
        else:
            self._quantity(event, subject, unit)

    def _uncertain(self, event: re.Match[str], subject: Named | None, unit: str) -> None:
        """A figure of which it is not certain what it says: what follows is not about another."""
        if unit in UNITS:
            term = subject.term if subject else ""
            self.state.subject = Subject(term, subject.text if subject else "")
        self._add(event, "mentioned", unit)

    def _percentage(self, event: re.Match[str], lead: str) -> None:
        changed, share = CHANGE.search(lead), SHARE.search(lead)
        if changed:
            self._turn_to(lead, changed)
            self.state.set_base(lead, self.told.extract.year)
            self._add(event, "growth", "%", direction=direction_of(changed), base=self.state.base)
        elif COMPLETED.search(lead) or (self.state.budget and lead == "的"):
            base = COMPLETED.search(lead)
            phase = PHASES.get(base["base"] or "", "") if base else ""
            self._add(event, "completion", "%", base=phase)
        elif share and not last_words(lead[: share.start()]):
            self._add(event, "share", "%", base=share["whole"])
        else:
            self._add(event, "mentioned", "%")
        self.state.budget = False

    def _money(self, event: re.Match[str], lead: str, subject: Named | None, unit: str) -> None:
        state = self.state
        changed = CHANGE.search(lead)
        follows = state.subject is not None and not state.several and is_bare(lead)
        state.budget = False
        if subject and not (changed and subject.text == changed["word"]):
            self._named(event, subject, unit)
        elif changed:
            self._change(event, lead, changed, unit)
        elif self._follows_item(event):
            self._add(event, "amount", unit, phase=self._phase(phase_of(lead)))
        elif follows and (earlier := EARLIER.search(lead)) and self._is_earlier(earlier["year"]):
            self._add(event, "amount", unit, phase=self._earlier(earlier["year"]))
        elif follows and EXECUTED.search(lead):
            self._add(event, "amount", unit, phase="executed")
        elif follows and lead == "、" and self._is_counted():
            self._add(event, "amount", unit, phase=self._phase(""))  # 购置车辆2辆、36万元
        elif budgeted := BUDGETED.search(lead):
            if not follows:
                state.subject = Subject("", last_words(lead), within=state.whole)
            phase = PHASES.get((budgeted["base"] or "")[:2], "budget")
            self._add(event, "amount", unit, phase=self._phase(phase))
            state.budget = True
        else:
            term = "project" if self._is_project(event) else ""
            state.subject = Subject(term, last_words(lead), within=state.whole)
            self._as_listed()
            self._add(event, "amount", unit, phase=self._phase(""))

    def _value(self, event: re.Match[str]) -> Decimal | None:
        """The value of a figure that is certain; the words right before it help to say so."""
        if not event["number"]:
            return None
        lead = without_spaces(self.text[max(0, event.start("number") - 40) : event.start("number")])
        number = certain_number(event["number"], lead)
        return to_decimal(number) if number else None

    def _as_listed(self) -> None:
        """What a numbered paragraph states first is a part of what the list above it is of."""
        if self.last_before == 0 and self.listed and self.state.subject:
            self.state.subject.within = self.listed

    def _is_project(self, event: re.Match[str]) -> bool:
        """Whether an amount is the first of a numbered paragraph of a list of projects."""
        return (
            self.told.subjects.get(self.listed) == "project_expenditure"
            and self.last_before == 0
            and bool(PROJECT_ITEM.fullmatch(self.text[: event.start("figure")]))
        )

    def _is_counted(self) -> bool:
        """Whether the subject at hand is a thing of which there is a number."""
        known = terms().get(self.state.subject.term) if self.state.subject else None
        return known is not None and bool(known.quantities)

    def _is_earlier(self, year: str | None) -> bool:
        return year is None or int(year) != self.told.extract.year

    def _follows_item(self, event: re.Match[str]) -> bool:
        """Whether nothing but words such as 支出 stands between a coded item and the figure."""
        between = self.text[self.item_end : event.start("figure")] if self.item_end else "?"
        return self.last_before == self.item_end and is_suffix(without_spaces(between))

    def _labelled(self, lead: str) -> str:
        """What follows a label in a sentence of its own: 2.公务接待费。2026年预算数17.1万元."""
        label, end, rest = lead.rpartition("。") if "。" in lead else lead.rpartition(":")
        found = named(label, self.department) if end and len(label) < LONGEST_LABEL else None
        if found is None or found.boundary not in ("", "。") or self.state.reason:
            return lead
        self.state.name(found)
        return rest

    def _named(self, event: re.Match[str], subject: Named, unit: str) -> None:
        """An amount right after its subject; of another year it says what was before."""
        state, year = self.state, self.told.extract.year
        subject = self._in_context(subject)
        if subject.year in (None, year):
            self.state.name(subject)
            self._as_listed()
            self._add(event, "amount", unit, phase=self._phase(subject.phase))
            return
        if not (state.is_about(subject.term) and state.subject and state.subject.id):
            self.state.name(subject)  # a heading alone states no year
        self._add(event, "amount", unit, phase=self._earlier(str(subject.year)))

    def _earlier(self, year: str | None) -> str:
        """The phase of an amount of another year; the changes after it are against that year."""
        last = not year or int(year) == self.told.extract.year - 1
        self.state.base = "prior_year" if last else year or ""
        return "prior_year" if last else "other_year"

    def _phase(self, stated: str) -> str:
        """In a budget, what is merely called 预算 is the budget at hand."""
        default = self.told.extract.phase
        return default if stated in ("", "budget") and default == "approved" else stated or default

    def _change(self, event: re.Match[str], lead: str, changed: re.Match[str], unit: str) -> None:
        """A change is of the subject named before the word of direction, or of the last one."""
        self._turn_to(lead, changed)
        self.state.set_base(lead, self.told.extract.year)
        self._add(event, "change", unit, direction=direction_of(changed), base=self.state.base)

    def _turn_to(self, lead: str, changed: re.Match[str]) -> None:
        """A change is of what its words name; where they name nothing, of the subject at hand."""
        before = lead[: changed.start()]
        subject = named(without_basis(before), self.department)
        if subject and not self.state.is_about(subject.term):
            self.state.name(self._in_context(subject))
        elif subject is None and (self.state.several or not is_bare(before)):
            self.state.subject = Subject("", last_words(before), within=self.state.whole)

    def _in_context(self, subject: Named) -> Named:
        """What a subject means here: 一般公共预算拨款 among the parts of an expenditure is such."""
        known, whole = terms().get(subject.term), self.told.subjects.get(self.state.whole, "")
        if is_broad(subject.term) and is_detail(self.heading, whole):
            return replace(subject, term="")
        if known is None:
            return subject
        if known.as_expenditure and whole.endswith("_expenditure"):
            return replace(subject, term=known.as_expenditure)
        heads = (term for word, term in known.under.items() if word in self.heading)
        return replace(subject, term=next(heads, subject.term))

    def _quantity(self, event: re.Match[str], subject: Named | None, unit: str) -> None:
        state = self.state
        words = last_words(without_spaces(self.clauses.before(event.start("figure"))))
        known = terms().get(subject.term) if subject else None
        if subject and known and unit in known.quantities:
            state.planning = is_planned(words) or (state.planning and "有" not in words)
            term = known.planned if known.planned and state.planning else subject.term
            text = words if subject.text.startswith(THRESHOLD) else subject.text
            state.name(replace(subject, term=term, text=text))
            self._add(event, "quantity", unit)
            return
        if self.topic == "performance" and not OF_PERFORMANCE.search(words + unit):
            return  # what was achieved is told at length; counted are projects, problems, scores
        outer, state.subject = state.subject, Subject("", words, within=state.whole)
        self._add(event, "quantity", unit)
        state.subject = outer

    def _compared(self, event: re.Match[str]) -> None:
        """决算数小于预算数, 与上年持平: a comparison in words, without a figure."""
        if self.state.reason:
            return
        lead = without_spaces(self.text[self.last : event.start("compared")])
        if event["relation"]:
            subject = named(lead, self.department)
            if subject and not self.state.is_about(subject.term):
                self.state.resume(subject, self.told.latest.get((self.section, subject.term)))
            direction = RELATIONS.get(event["relation"], "equal")
            if "基本" in event["relation"]:
                direction = "about_equal"
            self._add(event, "comparison", "", direction=direction, group="compared")
        elif event["alike"] and not (BASE.search(lead + "持平") or event["alike"] in _SAME):
            return  # 意见一致
        elif not lead.endswith("基本"):
            subject = named(re.sub(r"(?:与|和|同)[^,，;。:]*$", "", lead), self.department)
            if subject and not self.state.is_about(subject.term):
                self.state.name(subject)
            self.state.set_base(lead + "持平", self.told.extract.year)
            self._add(
                event, "change", "", direction="unchanged", base=self.state.base, group="compared"
            )

    # Statements.

    def _add(
        self,
        event: re.Match[str],
        measure: Measure,
        unit: str,
        *,
        direction: str = "",
        base: str = "",
        phase: str = "",
        group: str = "figure",
    ) -> None:
        subject = self.state.subject or Subject("", "")
        if measure == "mentioned":
            subject = Subject("", "")
        length = len(without_spaces(event[group]))
        where = self.places.at(self.start + event.start(group), length)
        quote = self.sentences.at(event.start(group)).strip()
        name = self.told.identifier(quote)
        about = subject.id or name
        if not subject.id and measure != "mentioned":
            subject.id = name
        self._remember(measure, name, about)
        figure = "number" if event["number"] else group
        printed = self.printed[event.start(figure) : event.end(figure)].strip()
        within = subject.within if subject.within != about else ""
        self.told.add(
            Statement(
                statement_id=name,
                section=self.section,
                subject=subject.term,
                subject_text=subject.text,
                measure=measure,
                phase=phase,
                base=base,
                direction=direction,
                value=self._value(event),
                printed=printed if measure in ("comparison", "none") else printed.strip("的% "),
                printed_unit=unit,
                about=about,
                within=within,
                year=subject.year,
                quote=quote,
                source=self.places.file,
                page=where.page,
                line=where.number,
                box=where.box,
                box_source=self.places.file if where.box else "",
            )
        )
        if self.unit and measure == "amount" and not self.told.of_unit:
            self.told.of_unit = self.state.whole = about

    def _remember(self, measure: Measure, name: str, about: str) -> None:
        """The changes of one subject that follow each other, which one reason explains."""
        if measure == "mentioned":
            return
        if about != self.changed_about:
            self.changed, self.changed_about = [], about
        if measure in EXPLAINED:
            self.changed.append(name)


def _after_blanks(text: str, index: int) -> int:
    """The place of the first character from ``index`` on that is no blank."""
    solid = _SOLID.search(text, index)
    return solid.start() if solid else len(text)
