"""Limits on what one source may cost: a hostile file becomes a named problem, never a hang."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; the defaults are many times what real disclosures need."""

    seconds: int = 60
    memory_mb: int = 1024
    file_mb: int = 100
    pages: int = 1000
    objects_per_page: int = 100_000
    edges_per_page: int = 15_000
    characters_per_page: int = 50_000
