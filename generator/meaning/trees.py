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
_ANOTHER_VIEW: Literal["another_view"] = "another_view"
#: By axis and whole, its parts; and by axis, what is another view of the same money.
TreesFile = dict[
    Axis | Literal["another_view"], dict[Text, Annotated[tuple[Text, ...], Meta(min_length=1)]]
]


@cache
def _written() -> TreesFile:
    return checked_yaml(Path(__file__).parent / "trees.yaml", TreesFile, DefinitionError)


@cache
def _wholes() -> Mapping[str, Mapping[str, str]]:
    """By axis, the whole of each part."""
    return {
        axis: {part: whole for whole, parts in tree.items() for part in parts}
        for axis, tree in _written().items()
        if axis != _ANOTHER_VIEW
    }


def is_another_view(axis: Axis, concept: str) -> bool:
    """Whether a concept counts money once more that stands beside it, by another view."""
    return concept in _written().get(_ANOTHER_VIEW, {}).get(axis, ())


def is_part(axis: str, concept: str, of: str) -> bool:
    """Whether ``concept`` of an axis is part of another one, or of all (blank)."""
    if concept == of:
        return False
    wholes = _wholes().get(axis, {})
    while concept and concept != of:
        concept = wholes.get(concept, "")
    return concept == of
