"""Crosswalks: which class of COFOG or the GFSM 2014 a code is, how well, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from generator.checked_files import Text, checked_yaml, refuse, with_nearest
from generator.meaning.official_codes import parent_of
from generator.meaning.written import Code
from generator.problems import DefinitionError

#: The international classifications: of functions (United Nations), of expense (IMF).
Scheme = Literal["cofog", "gfsm"]
SCHEMES: tuple[Scheme, ...] = ("cofog", "gfsm")
#: The one that a classification of ours is mapped to.
SCHEME_OF: Mapping[str, Scheme] = {
    "functional": "cofog",
    "economic": "gfsm",
    "government_economic": "gfsm",
}
#: Seen from the code: ``narrower`` lies within the class, ``broader`` covers more.
Match = Literal["exact", "narrower", "broader", "approximate", "none"]
ClassNumber = Annotated[
    str, Meta(pattern=r"^[0-9]{2,3}(\.[0-9])?$", description="a number such as 01.1 or 211")
]
# What the codes below a code have of it: of a class that it covers exactly they are parts.
_INHERITED: Mapping[Match, Match] = {"exact": "narrower", "broader": "approximate"}
_CLASSES: Mapping[Scheme, Path] = {
    "cofog": Path(__file__).parent / "international-cofog.yaml",
    "gfsm": Path(__file__).parent / "international-gfsm.yaml",
}
_CROSSWALKS: Mapping[Scheme, Path] = {
    "cofog": Path(__file__).parent / "crosswalk-cofog.yaml",
    "gfsm": Path(__file__).parent / "crosswalk-gfsm.yaml",
}


class InternationalClass(Struct, frozen=True, forbid_unknown_fields=True):
    """A class of an international classification."""

    code: ClassNumber
    name: Text
    english: Text


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a code is mapped as it is."""

    chinese: Text
    english: Text


class MappedCode(Struct, frozen=True, forbid_unknown_fields=True):
    """A code and the class that it is mapped to, if any."""

    code: Code
    match: Match
    why: Text
    target: Annotated[
        str, Meta(pattern=r"^([0-9]{2,3}(\.[0-9])?)?$", description="a number such as 01.1 or 211")
    ] = ""


class CrosswalkFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A crosswalk as its file has it."""

    reasons: dict[str, Reason]
    codes: tuple[MappedCode, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a code is mapped to: a class or none, how well, and why."""

    match: Match
    why: Reason
    target: InternationalClass | None = None


#: Of a code that is in no crosswalk, nor one above it.
NOT_JUDGED = Mapped("none", Reason("还没有对照过的科目。", "A code that nobody has compared yet."))
# What is said of a code that is mapped as the one above it.
_AS_ABOVE: Mapping[Match, Reason] = {
    "exact": Reason(
        "上级科目与这一类范围相同。", "The code above it covers the same as this class."
    ),
    "broader": Reason(
        "照上级科目归入，不一定全在这一类之内。",
        "Put with the code above it; it need not lie within this class.",
    ),
}


def mapped(scheme: Scheme, code: str) -> Mapped:
    """What a code is mapped to; one without a line of its own as the nearest code above it."""
    known, at = crosswalk(scheme), code
    while at and at not in known:
        at = parent_of(at)
    if not at:
        return NOT_JUDGED
    found = known[at]
    if at == code or found.match not in _INHERITED:
        return found
    return Mapped(_INHERITED[found.match], _AS_ABOVE[found.match], found.target)


@cache
def international_classes(scheme: Scheme) -> Mapping[str, InternationalClass]:
    """The classes of a scheme by their number, in order. Raises DefinitionError."""
    entries = checked_yaml(_CLASSES[scheme], tuple[InternationalClass, ...], DefinitionError)
    return {entry.code: entry for entry in entries}


@cache
def crosswalk(scheme: Scheme) -> Mapping[str, Mapped]:
    """What is said of each code of a crosswalk. Raises DefinitionError."""
    return load_crosswalk(_CROSSWALKS[scheme], international_classes(scheme))


def load_crosswalk(path: Path, targets: Mapping[str, InternationalClass]) -> dict[str, Mapped]:
    """Read and validate a crosswalk. Raises DefinitionError: file, line and the mend."""
    written = checked_yaml(path, CrosswalkFile, DefinitionError)
    found: dict[str, Mapped] = {}
    for at, each in enumerate(written.codes):
        if each.code in found:
            said = f"{each.code} is there twice; leave one"
            refuse(path, ("codes", at, "code"), said, DefinitionError)
        if each.why not in written.reasons:
            said = f"{with_nearest(each.why, list(written.reasons))} is none of the reasons"
            refuse(path, ("codes", at, "why"), said, DefinitionError)
        if (each.target not in targets) == (each.match != "none"):
            wanted = "expected a class" if each.match != "none" else "expected no class"
            refuse(path, ("codes", at), f"{wanted}; found “{each.target}”", DefinitionError)
        target = targets.get(each.target)
        found[each.code] = Mapped(each.match, written.reasons[each.why], target)
    return found
