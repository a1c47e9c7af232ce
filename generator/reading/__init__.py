"""Reading: a source file becomes a document of numbered lines, with its sidecar."""

from generator.reading.document import (
    find_others,
    find_sources,
    read_documents,
    second_opinion,
)
from generator.reading.source import SourceFile, read_source

__all__ = [
    "SourceFile",
    "find_others",
    "find_sources",
    "read_documents",
    "read_source",
    "second_opinion",
]
