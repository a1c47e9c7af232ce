"""Trees: which concept of an axis is part of which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from generator.checked_files import Text, checked_yaml
from generator.problems import DefinitionError

Axis = Literal["fund_source", "expenditure_type", "item"]
#: By axis and whole, its parts.
TreesFile = dict[Axis, dict[Text, Annotated[tuple[Text, ...], Meta(min_length=1)]]]


@cache
def _wholes() -> Mapping[str, Mapping[str, str]]:
    """By axis, the whole of each part."""
    written = checked_yaml(Path(__file__).parent / "trees.yaml", TreesFile, DefinitionError)
    return {
        axis: {part: whole for whole, parts in tree.items() for part in parts}
        for axis, tree in written.items()
    }


def is_part(axis: str, concept: str, of: str) -> bool:
    """Whether ``concept`` of an axis is part of another one, or of all (blank)."""
    if concept == of:
        return False
    wholes = _wholes().get(axis, {})
    while concept and concept != of:
        concept = wholes.get(concept, "")
    return concept == of
