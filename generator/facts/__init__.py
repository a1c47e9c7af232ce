"""Facts: the printed tables become normalised amounts, projects and codes of one department."""

from generator.facts.joined import has_tables, joined
from generator.facts.normalise import normalise
from generator.facts.renditions import merge, strength
from generator.facts.sightings import sighted

__all__ = ["has_tables", "joined", "merge", "normalise", "sighted", "strength"]
