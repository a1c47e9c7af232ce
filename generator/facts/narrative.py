"""Prose as data: the figures that explanations state, and what each says of which subject."""

from __future__ import annotations

from msgspec.structs import replace

from generator.facts.narrative_events import read_paragraph
from generator.facts.narrative_paragraph import ParagraphReading
from generator.facts.narrative_places import SectionPlaces
from generator.facts.narrative_told import Told
from generator.models import Extract, Section, Statement

#: Topics whose figures are about other things than the accounts.
_SKIPPED = ("duties", "structure", "budget_units", "glossary", "note")


def read_narrative(extract: Extract, prefix: str) -> tuple[Statement, ...]:
    """All figures of the explanations and the performance report; ``prefix`` begins their ids."""
    told = Told(extract, prefix)
    for number, section in enumerate(extract.sections, start=1):
        if section.topic not in _SKIPPED:
            _section(told, number, section)
    return tuple(
        replace(each, reason=told.reasons.get(each.statement_id, "")) for each in told.statements
    )


def _section(told: Told, number: int, section: Section) -> None:
    """Read one section, paragraph by paragraph."""
    places, start = SectionPlaces(told.extract.document, section), 0
    told.begin_section()
    for paragraph in section.text.split("\n"):
        read_paragraph(ParagraphReading(told, number, section, paragraph, start, places))
        start += len(paragraph) + 1
