"""Facts: the printed tables become normalised amounts, projects and codes of one department."""

from generator.facts.joined import has_tables, joined
from generator.facts.normalise import normalise
from generator.facts.renditions import merge
from generator.facts.sightings import sighted

__all__ = ["has_tables", "joined", "merge", "normalise", "sighted"]
