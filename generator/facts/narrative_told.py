"""What a disclosure has stated so far: its statements, their subjects, reasons and identifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.facts.narrative_subjects import Listing
from generator.meaning.keys import key_of
from generator.models import Extract, Statement


class Told:
    """The statements of one disclosure, in order, and what is asked of them again."""

    def __init__(self, extract: Extract, prefix: str) -> None:
        self.extract, self.prefix = extract, prefix
        self.statements: list[Statement] = []
        self.taken: Counter[str] = Counter()
        self.reasons: dict[str, str] = {}
        #: The changes at the end of the paragraph before, for which that gives no reason.
        self.unexplained: list[str] = []
        #: What a section on one unit of several states first: all else in it is a part of that.
        self.of_unit = ""
        self.listing = Listing()
        #: The term of each statement; what was last said of a term in a section; its last amount.
        self.subjects: dict[str, str] = {}
        self.latest: dict[tuple[int, str], Statement] = {}
        self.amounts: dict[str, Statement] = {}

    def begin_section(self) -> None:
        """A new section: its lists and its unit are its own."""
        self.of_unit, self.listing = "", Listing()
        self.unexplained = []

    def add(self, statement: Statement) -> None:
        """Take a statement down, to be found by what it is about."""
        self.statements.append(statement)
        self.subjects[statement.statement_id] = statement.subject
        self.latest[statement.section, statement.subject] = statement
        if statement.measure == "amount":
            self.amounts[statement.subject] = statement

    def explain(self, changes: Sequence[str], reason: str) -> None:
        """Take down why something changed, in the department's words."""
        self.reasons |= dict.fromkeys(changes, reason)

    def identifier(self, quote: str) -> str:
        """The identifier of a figure: its sentence, and which one of it, wherever that stands."""
        name = f"{self.prefix}.narrative.{key_of(quote)}"
        self.taken[name] += 1
        return name if self.taken[name] == 1 else f"{name}-{self.taken[name]}"
