"""Limits on what one source may cost: a hostile file becomes a named problem, never a hang.

Those from ``lines`` on are of what was read, since all that comes after costs as much as there is
of it: rows of tables, amounts, sections and figures of the prose, the characters of one name.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from generator.stage_limits import StageLimits

#: In milliseconds, the most seconds that a system waits.
Count = Annotated[int, Meta(ge=0, le=2_000_000)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What one file may take; the defaults are many times what real disclosures need."""

    seconds: Count = 60
    memory_mb: Count = 1024
    file_mb: Count = 100
    pages: Count = 1000
    objects_per_page: Count = 100_000
    edges_per_page: Count = 15_000
    characters_per_page: Count = 50_000
    lines: Count = 500_000
    rows: Count = 30_000
    facts: Count = 250_000
    sections: Count = 20_000
    statements: Count = 50_000
    name_characters: Count = 10_000
    #: Of checking, packaging, and each part of the pages of one disclosure.
    stage_seconds: Count = 600
    stage_memory_mb: Count = 3072

    @property
    def of_stage(self) -> StageLimits:
        """What each stage after reading may take."""
        return StageLimits(self.stage_seconds, self.stage_memory_mb)
