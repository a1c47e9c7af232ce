"""Reading: a source file becomes a document of numbered lines, with its sidecar."""

from generator.reading.document import (
    find_orphans,
    find_sources,
    read_documents,
    second_opinion,
)
from generator.reading.limits import Limits

__all__ = ["Limits", "find_orphans", "find_sources", "read_documents", "second_opinion"]
