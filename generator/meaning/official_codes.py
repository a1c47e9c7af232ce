"""Official codes: the classifications of the Ministry of Finance, with the names of each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml, refuse
from generator.meaning.wording import fold
from generator.meaning.written import Code
from generator.problems import DefinitionError

#: The three classifications of expenditure: by function, of departments, of governments.
OfficialClassification = Literal["functional", "economic", "government_economic"]
CLASSIFICATIONS: tuple[OfficialClassification, ...] = (
    "functional",
    "economic",
    "government_economic",
)
_FILES: Mapping[OfficialClassification, Path] = {
    "functional": Path(__file__).parent / "official-functional.yaml",
    "economic": Path(__file__).parent / "official-economic.yaml",
    "government_economic": Path(__file__).parent / "official-government-economic.yaml",
}
Year = Annotated[int, Meta(ge=1990, le=2100)]


class OfficialName(Struct, frozen=True, forbid_unknown_fields=True):
    """A name of a code: since and until which budget year, as far as that is certain.

    ``became`` is the code that goes on where this one ended; ``seen`` are the years of documents
    that print it; ``year_unknown`` says that it began, or ended, in a year not looked up.
    """

    code: Code
    name: Text
    since: Year | None = None
    until: Year | None = None
    year_unknown: Literal["", "beginning", "end"] = ""
    became: Annotated[
        str, Meta(pattern="^([0-9]{3}([0-9]{2}){0,2})?$", description="a code of 3, 5 or 7 digits")
    ] = ""
    seen: tuple[Year, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the name does not hold any more."""
        return self.until is not None or self.year_unknown == "end"


@cache
def official_names(classification: OfficialClassification) -> tuple[OfficialName, ...]:
    """The names of all codes of a classification, in the order of codes. Raises DefinitionError."""
    return load_official_names(_FILES[classification])


def load_official_names(path: Path) -> tuple[OfficialName, ...]:
    """Read and validate a list of names. Raises DefinitionError: file, line and the mend."""
    names = checked_yaml(path, tuple[OfficialName, ...], DefinitionError)
    for at, said in _wrong(names):
        refuse(path, at, said, DefinitionError)
    return names


def _wrong(names: Sequence[OfficialName]) -> list[tuple[tuple[int, str], str]]:
    """What no list may say: each with its place."""
    codes = {each.code for each in names}
    wrong, known = [], set[tuple[str, str]]()
    for at, each in enumerate(names):
        if (each.code, fold(each.name)) in known:
            wrong.append(((at, "name"), f"{each.code} {each.name} is there twice; leave one"))
        if each.became and each.became not in codes:
            wrong.append(((at, "became"), f"expected a code of this list; found {each.became}"))
        if each.since and each.until and each.since > each.until:
            wrong.append(((at, "until"), f"expected {each.since} or later; found {each.until}"))
        if parent_of(each.code) not in {"", *codes}:
            wrong.append(((at, "code"), f"expected its parent {parent_of(each.code)} in this list"))
        known.add((each.code, fold(each.name)))
    return wrong


def parent_of(code: str) -> str:
    """The code above a code: 206 above 20601; blank above a class."""
    return code[:-2] if len(code) > 3 else ""
