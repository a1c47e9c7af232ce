"""The tiles of the map of provinces: where each lies, and what stands on it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml
from generator.problems import DefinitionError

_TILES = Path(__file__).parent / "province-tiles.yaml"
_Place = Annotated[int, Meta(ge=1, le=8)]


class ProvinceTile(Struct, frozen=True, forbid_unknown_fields=True):
    """A province on the map: its code, its names and letters, its row and column."""

    code: Annotated[str, Meta(pattern="^[1-9][0-9]0000$", description="six digits in quotes")]
    short: Text
    english: Text
    letters: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    row: _Place
    column: _Place


@cache
def province_tiles() -> tuple[ProvinceTile, ...]:
    """All tiles, row by row. Raises DefinitionError."""
    return checked_yaml(_TILES, tuple[ProvinceTile, ...], DefinitionError)
