"""What a figure in prose is about: the subject at hand, the whole it is a part of, the base."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.facts.narrative_grammar import BASE, BEGINS_NUMBERED, base_of
from generator.facts.narrative_words import Named, terms
from generator.models import Statement


@dataclass(slots=True)
class Subject:
    """What the figures at hand are about; ``id`` is that of the first statement about it."""

    term: str
    text: str
    id: str = ""
    within: str = ""
    year: int | None = None


@dataclass(slots=True)
class Listing:
    """A list over paragraphs, each with a number; ``whole`` is what they are parts of."""

    whole: str = ""
    begun: bool = False

    def of(self, paragraph: str) -> str:
        """The whole that a paragraph tells a part of; blank where the list has ended."""
        match = BEGINS_NUMBERED.match(paragraph)
        first = match is not None and bool(match["first"])
        if first if self.begun else match is None:
            self.whole = ""
        self.begun = True
        return self.whole if match else ""


@dataclass(slots=True)
class ReadingState:
    """Where the reading of a paragraph stands."""

    subject: Subject | None = None
    whole: str = ""
    base: str = ""
    reason: bool = False
    budget: bool = False
    #: Whether the sentence at hand told of things that are only to be bought.
    planning: bool = False
    #: The subjects of the sentence at hand, and whether that before had several: of which of them
    #: a change is that names none, nobody can tell.
    named: set[str] = field(default_factory=set)
    several: bool = False
    outer: list[tuple[Subject | None, str, bool]] = field(default_factory=list)

    def is_about(self, term: str) -> bool:
        """Whether the subject at hand is ``term``."""
        return self.subject is not None and self.subject.term == term

    def name(self, subject: Named) -> None:
        """Go on to a subject that was just named."""
        self.several = False
        self.named.add(subject.text)
        same = self.is_about(subject.term) and subject.term not in ("", "functional_class")
        if self.subject and not self.whole and is_part(subject.term, self.subject.term):
            self.whole = self.subject.id  # its parts follow without a word
        within = self.subject.within if self.subject and same else self.whole
        self.subject = Subject(subject.term, subject.text, within=within, year=subject.year)

    def resume(self, subject: Named, stated: Statement | None) -> None:
        """Go back to a subject of which this section last ``stated`` something, if it did."""
        if stated is None:
            self.name(subject)
            return
        self.several = False
        self.subject = Subject(
            subject.term, subject.text, stated.about, stated.within, subject.year
        )

    def only_subject(self) -> str:
        """The first statement about the subject at hand; blank where there were several."""
        alone = not self.several and len(self.named) <= 1
        return self.subject.id if self.subject and alone else ""

    def end_sentence(self) -> None:
        """A sentence ends: what follows is of its subject, if it had only one."""
        self.several, self.named, self.base = len(self.named) > 1, set(), ""
        self.planning = False

    def set_base(self, lead: str, year: int) -> None:
        """Take the base of comparison that the words before a figure name, if they do."""
        if match := BASE.search(lead):
            self.base = base_of(match["base"], year)


def is_part(term: str, whole: str) -> bool:
    """Whether a term of the narrative is a part of another."""
    known = terms().get(whole)
    return known is not None and term in known.parts
