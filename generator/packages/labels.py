"""Labels: the English names of rows that have no code, and of the standard terms for them."""

from __future__ import annotations

from generator.meaning.english import labels
from generator.packages.resources import Resource, listed


def row_labels() -> Resource:
    """All labels and terms that are known in English, the labels first, each in order."""
    known = labels()
    rows = [(label, known.labels[label], "row") for label in sorted(known.labels)]
    rows += [(term, known.items[term], "item") for term in sorted(known.items)]
    return listed("labels", rows)
