"""One paragraph of prose under reading: where its subject stands, and what is stated of it.

A figure belongs to the subject named right before it, or to the last one named. Nothing is
guessed: a figure in a reason is only ``mentioned``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from generator.facts.narrative_codes import class_of
from generator.facts.narrative_grammar import (
    CLAUSE_ENDS,
    EXPLAINED,
    SENTENCE_ENDS,
    Pieces,
    brackets_with_figures,
    certain_number,
    is_bare,
    last_words,
    reason_in,
    without_basis,
)
from generator.facts.narrative_places import SectionPlaces
from generator.facts.narrative_subjects import ReadingState, Subject
from generator.facts.narrative_told import Told
from generator.facts.narrative_words import (
    Named,
    is_broad,
    is_detail,
    is_unit,
    named,
    plain,
    terms,
    without_spaces,
)
from generator.meaning.amounts import to_decimal
from generator.models import Measure, Section, Statement


class ParagraphReading:
    """A paragraph: its text, what was named and stated so far, and where it goes on."""

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

    def explained(self, end: int, *, by_subject: bool = False) -> None:
        """A reason has ended, by a sentence or a subject: it is that of the changes before it."""
        if self.state.reason:
            text = self.printed[self.reason_from : end]
            self.told.explain(self.changed, reason_in(text, cut=by_subject))
        self.state.reason = False

    def value(self, event: re.Match[str]) -> Decimal | None:
        """The value of a figure that is certain; the words right before it help to say so."""
        if not event["number"]:
            return None
        lead = without_spaces(self.text[max(0, event.start("number") - 40) : event.start("number")])
        number = certain_number(event["number"], lead)
        return to_decimal(number) if number else None

    def phase(self, stated: str) -> str:
        """In a budget, what is merely called 预算 is the budget at hand."""
        default = self.told.extract.phase
        return default if stated in ("", "budget") and default == "approved" else stated or default

    def in_context(self, subject: Named) -> Named:
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

    def turn_to(self, lead: str, changed: re.Match[str]) -> None:
        """A change is of what its words name; where they name nothing, of the subject at hand."""
        before = lead[: changed.start()]
        subject = named(without_basis(before), self.department)
        if subject and not self.state.is_about(subject.term):
            self.state.name(self.in_context(subject))
        elif subject is None and (self.state.several or not is_bare(before)):
            self.state.subject = Subject("", last_words(before), within=self.state.whole)

    def add(
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
        """Add what an event states of the subject at hand; ``group`` is the part that says it."""
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
                value=self.value(event),
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
