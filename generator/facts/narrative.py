"""Prose as data: the figures that explanations state, what each says of which subject, and where.

A paragraph is read as a row of events: figures, words that open a list of parts, brackets that
hold figures, reasons, ends of sentences. A figure belongs to the subject named right before it, or
to the last one named. Nothing is guessed: a figure in a reason is only ``mentioned``.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from generator.facts.narrative_grammar import (
    BUDGETED,
    CHANGE,
    CLAUSE_ENDS,
    COMPLETED,
    EARLIER,
    EVENT,
    EXECUTED,
    OF_PERFORMANCE,
    PHASES,
    RELATIONS,
    SENTENCE_ENDS,
    SHARE,
    THRESHOLD,
    UNDECIDED,
    Pieces,
    brackets_with_figures,
    certain_number,
    direction_of,
    last_words,
    unnumbered,
)
from generator.facts.narrative_places import SectionPlaces
from generator.facts.narrative_subjects import ReadingState, Subject, is_part
from generator.facts.narrative_words import (
    CLASS_PATH,
    Named,
    named,
    plain,
    terms,
    without_spaces,
)
from generator.meaning.amounts import UNITS, to_decimal
from generator.meaning.keys import key_of
from generator.models import Extract, Measure, Section, Statement

_SOLID = re.compile(r"\S")
#: Topics whose figures are about other things than the accounts.
_SKIPPED = ("duties", "structure", "budget_units", "glossary", "note")


def read_narrative(extract: Extract, prefix: str) -> tuple[Statement, ...]:
    """All figures of the explanations and the performance report; ``prefix`` begins their ids."""
    reader = _Reader(extract, prefix)
    for number, section in enumerate(extract.sections, start=1):
        if section.topic not in _SKIPPED:
            reader.section(number, section)
    return tuple(reader.statements)


class _Reader:
    """Reads the sections of one disclosure into statements."""

    def __init__(self, extract: Extract, prefix: str) -> None:
        self.extract, self.prefix = extract, prefix
        self.statements: list[Statement] = []
        self.taken: Counter[str] = Counter()
        #: The term of each statement; what was last said of a term in a section; its last amount.
        self.subjects: dict[str, str] = {}
        self.latest: dict[tuple[int, str], Statement] = {}
        self.amounts: dict[str, Statement] = {}

    def section(self, number: int, section: Section) -> None:
        """Read one section, paragraph by paragraph."""
        places = SectionPlaces(self.extract.document, section)
        start = 0
        for paragraph in section.text.split("\n"):
            _Paragraph(self, number, section.topic, paragraph, start, places).read()
            start += len(paragraph) + 1

    def add(self, statement: Statement) -> None:
        """Take a statement down, to be found by what it is about."""
        self.statements.append(statement)
        self.subjects[statement.statement_id] = statement.subject
        self.latest[statement.section, statement.subject] = statement
        if statement.measure == "amount":
            self.amounts[statement.subject] = statement

    def identifier(self, quote: str) -> str:
        """The identifier of a figure: its sentence, and which one of it, wherever that stands."""
        name = f"{self.prefix}.narrative.{key_of(quote)}"
        self.taken[name] += 1
        return name if self.taken[name] == 1 else f"{name}-{self.taken[name]}"


class _Paragraph:
    """One paragraph under reading."""

    def __init__(
        self,
        reader: _Reader,
        section: int,
        topic: str,
        text: str,
        start: int,
        places: SectionPlaces,
    ) -> None:
        self.topic = topic
        self.reader, self.section, self.start, self.places = reader, section, start, places
        self.printed, self.text = text, plain(text)
        self.state, self.last = ReadingState(), 0
        self.sentences = Pieces(self.printed, SENTENCE_ENDS)
        self.clauses = Pieces(self.text, CLAUSE_ENDS)
        self.holding = brackets_with_figures(self.text)
        self.department = reader.extract.department_name

    def read(self) -> None:
        """Turn the paragraph's events into statements, in order."""
        path = CLASS_PATH.search(without_spaces(self.text)[:120])
        if path:
            item = "/".join(path.group("class", "section", "item"))
            self.state.subject = Subject("functional_item", unnumbered(item))
        for event in EVENT.finditer(self.text):
            self._event(event)

    def _event(self, event: re.Match[str]) -> None:
        state = self.state
        if event["figure"]:
            self._figure(event)
        elif event["compared"]:
            self._compared(event)
        elif event["list"] and self._begins_clause(event):
            self._list(event)
        elif event["among"]:
            self._among(event)
        elif event["reason"]:
            state.reason = True
        elif event["open"] and event.start() in self.holding:
            state.outer.append((state.subject, state.whole, state.reason))
            state.whole = state.subject.id if state.subject else state.whole
        elif event["close"] and event.start() in self.holding and state.outer:
            state.subject, state.whole, state.reason = state.outer.pop()
        elif event["end"]:
            state.reason, state.base = False, ""

    def _begins_clause(self, event: re.Match[str]) -> bool:
        """其中 in the middle of a reason lists parts of the reason, not of the subject."""
        before = self.text[: event.start()].rstrip()
        return not self.state.reason or before.endswith((";", "；", "。"))

    def _list(self, event: re.Match[str]) -> None:
        """其中: parts of the subject at hand; after a sentence, of the whole it is a part of."""
        subject = self.state.subject
        ended = self.text[: event.start()].rstrip().endswith("。")
        if subject and not (ended and self._is_part_of(subject, self.state.whole)):
            self.state.whole = subject.id

    def _is_part_of(self, subject: Subject, whole: str) -> bool:
        known = self.reader.subjects.get(whole)
        return known is not None and is_part(subject.term, known)

    def _among(self, event: re.Match[str]) -> None:
        """“三公”经费支出决算中，…: the whole is the last amount that was stated of it."""
        subject = named(without_spaces(self.text[self.last : event.start()]), self.department)
        amount = self.reader.amounts.get(subject.term) if subject else None
        self.state.whole = amount.about if amount else self.state.whole

    # What a figure says.

    def _figure(self, event: re.Match[str]) -> None:
        lead = without_spaces(self.text[self.last : event.start("figure")])
        self.last = event.end("figure")
        unit = event["unit"] or "%"
        if lead.endswith("第"):
            return  # 第27次: an ordinal
        if event["dash"] and event["dash"].startswith("的"):
            lead += "的"
        subject = named(lead, self.department)
        if event["number"] and certain_number(event["number"], lead) is None:
            self._uncertain(event, subject, unit)
            return
        if self.state.reason:
            # A reason ends where a new clause begins with a subject that is known.
            if subject is None or subject.boundary not in (";", "；", ":", ""):
                self._add(event, "mentioned", unit)
                return
            self.state.reason = False
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
            self.state.set_base(lead, self.reader.extract.year)
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
        state.budget = False
        if subject and not (changed and subject.text == changed["word"]):
            self._named(event, subject, unit)
        elif changed:
            self._change(event, lead, changed, unit)
        elif state.subject and (earlier := EARLIER.search(lead)):
            self._add(event, "amount", unit, phase=self._earlier(earlier["year"]))
        elif state.subject and EXECUTED.search(lead):
            self._add(event, "amount", unit, phase="executed")
        elif budgeted := BUDGETED.search(lead):
            state.subject = state.subject or Subject("", last_words(lead))
            phase = PHASES.get((budgeted["base"] or "")[:2], "budget")
            self._add(event, "amount", unit, phase=self._phase(phase))
            state.budget = True
        else:
            state.subject = Subject("", last_words(lead), within=state.whole)
            self._add(event, "amount", unit, phase=self._phase(""))

    def _value(self, event: re.Match[str]) -> Decimal | None:
        """The value of a figure that is certain; the words right before it help to say so."""
        if not event["number"]:
            return None
        lead = without_spaces(self.text[max(0, event.start("number") - 40) : event.start("number")])
        number = certain_number(event["number"], lead)
        return to_decimal(number) if number else None

    def _named(self, event: re.Match[str], subject: Named, unit: str) -> None:
        """An amount right after its subject; of another year it says what was before."""
        state, year = self.state, self.reader.extract.year
        if subject.year in (None, year):
            self.state.name(subject)
            self._add(event, "amount", unit, phase=self._phase(subject.phase))
            return
        if not state.is_about(subject.term):
            self.state.name(subject)
        self._add(event, "amount", unit, phase=self._earlier(str(subject.year)))

    def _earlier(self, year: str | None) -> str:
        """The phase of an amount of another year; the changes after it are against that year."""
        last = not year or int(year) == self.reader.extract.year - 1
        self.state.base = "prior_year" if last else year or ""
        return "prior_year" if last else "other_year"

    def _phase(self, stated: str) -> str:
        """In a budget, what is merely called 预算 is the budget at hand."""
        default = self.reader.extract.phase
        return default if stated in ("", "budget") and default == "approved" else stated or default

    def _change(self, event: re.Match[str], lead: str, changed: re.Match[str], unit: str) -> None:
        """A change is of the subject named before the word of direction, or of the last one."""
        before = re.sub(r"各$", "", lead[: changed.start()])
        subject = named(before, self.department)
        if subject and not self.state.is_about(subject.term):
            self.state.name(subject)
        self.state.set_base(lead, self.reader.extract.year)
        self._add(event, "change", unit, direction=direction_of(changed), base=self.state.base)

    def _quantity(self, event: re.Match[str], subject: Named | None, unit: str) -> None:
        known = terms().get(subject.term) if subject else None
        if subject and known and known.quantity == unit:
            self.state.name(subject)
            self._add(event, "quantity", unit)
            return
        words = last_words(without_spaces(self.clauses.before(event.start("figure"))))
        if self.topic == "performance" and not OF_PERFORMANCE.search(words + unit):
            return  # what was achieved is told at length; counted are projects, problems, scores
        outer, self.state.subject = self.state.subject, Subject("", words, within=self.state.whole)
        self._add(event, "quantity", unit)
        self.state.subject = outer

    def _compared(self, event: re.Match[str]) -> None:
        """决算数小于预算数, 与上年持平: a comparison in words, without a figure."""
        if self.state.reason:
            return
        lead = without_spaces(self.text[self.last : event.start("compared")])
        if event["relation"]:
            subject = named(lead, self.department)
            if subject and not self.state.is_about(subject.term):
                self.state.resume(subject, self.reader.latest.get((self.section, subject.term)))
            direction = RELATIONS.get(event["relation"], "equal")
            if "基本" in event["relation"]:
                direction = "about_equal"
            self._add(event, "comparison", "", direction=direction, group="compared")
        elif not lead.endswith("基本"):
            subject = named(re.sub(r"(?:与|和|同)[^,，;。:]*$", "", lead), self.department)
            if subject and not self.state.is_about(subject.term):
                self.state.name(subject)
            self.state.set_base(lead + "持平", self.reader.extract.year)
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
        name = self.reader.identifier(quote)
        about = subject.id or name
        if not subject.id and measure != "mentioned":
            subject.id = name
        figure = "number" if event["number"] else group
        printed = self.printed[event.start(figure) : event.end(figure)].strip()
        within = subject.within if subject.within != about else ""
        self.reader.add(
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
                printed=printed if measure == "comparison" else printed.strip("的% "),
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


def _after_blanks(text: str, index: int) -> int:
    """The place of the first character from ``index`` on that is no blank."""
    solid = _SOLID.search(text, index)
    return solid.start() if solid else len(text)
