"""Bureaus: what kind of department a name says: of finance, of education, of public security."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml
from generator.meaning.wording import fold
from generator.problems import DefinitionError

_KINDS = Path(__file__).parent / "bureau-kinds.yaml"
#: The kind of a department whose name tells none that is known.
UNKNOWN = "unknown"


class BureauKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of department: its identifier, its names, and the words that tell it."""

    id: Annotated[str, Meta(pattern="^[a-z]+(-[a-z]+)*$", description="small letters and hyphens")]
    title: Text
    english: Text
    words: Annotated[tuple[Text, ...], Meta(min_length=1)]


@cache
def bureau_kinds() -> tuple[BureauKind, ...]:
    """All kinds, in order. Raises DefinitionError."""
    return checked_yaml(_KINDS, tuple[BureauKind, ...], DefinitionError)


def kind_of(department: str) -> str:
    """The kind that a department's name says: by its longest word, of equals the last one.

    广州市政务服务和数据管理局 says more by 政务服务和数据 than by 数据.
    """
    name = fold(department)
    found = [
        (len(fold(word)), name.rfind(fold(word)), kind.id)
        for kind in bureau_kinds()
        for word in kind.words
        if fold(word) in name
    ]
    return max(found)[2] if found else UNKNOWN
