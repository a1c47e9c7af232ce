"""Limits on what one source may cost: a hostile file becomes a named problem, never a hang."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

#: In milliseconds, the most seconds that a system waits.
Count = Annotated[int, Meta(ge=0, le=2_000_000)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What reading one file may take; the defaults are many times what real disclosures need."""

    seconds: Count = 60
    memory_mb: Count = 1024
    file_mb: Count = 100
    pages: Count = 1000
    objects_per_page: Count = 100_000
    edges_per_page: Count = 15_000
    characters_per_page: Count = 50_000
