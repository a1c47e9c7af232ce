"""Reading: a source file becomes a document of numbered lines, with its sidecar."""

from generator.reading.document import (
    find_odd,
    find_orphans,
    find_sources,
    read_documents,
    second_opinion,
)

__all__ = ["find_odd", "find_orphans", "find_sources", "read_documents", "second_opinion"]
