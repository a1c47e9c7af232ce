"""English names of codes, of row labels and of standard terms, from YAML validated on load.

A name that nobody has translated has none: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from generator.checked_files import checked_yaml, refuse, with_nearest
from generator.meaning.definitions import STANDARD_TABLES, classes, definitions
from generator.meaning.wording import fold, without_level
from generator.meaning.written import CodesFile, LabelsFile, WrittenTable
from generator.problems import DefinitionError

_CODES = Path(__file__).parent / "codes-english.yaml"
_LABELS = Path(__file__).parent / "labels-english.yaml"


@dataclass(frozen=True, slots=True)
class CodeNames:
    """English names by folded Chinese name, and those that hold under one code only."""

    by_name: Mapping[str, str] = field(default_factory=dict)
    by_code: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labels:
    """English names of row labels (folded, without number) and of standard terms."""

    labels: Mapping[str, str]
    items: Mapping[str, str]


def english_of_code(classification: str, code: str, name: str) -> str:
    """The English name of a code that is printed as ``name``; ``""`` where it has none."""
    names, printed = code_names(), without_level(name)
    # The governmental classification has other codes, and much of it the same names.
    classification = classification.removeprefix("government_")
    if own := names.by_code.get((classification, code, printed)):
        return own
    entry = classes(classification).get(printed)
    return entry.english if entry else names.by_name.get(printed, "")


@cache
def code_names() -> CodeNames:
    """The English names of codes. Raises DefinitionError."""
    return load_code_names(_CODES)


@cache
def labels() -> Labels:
    """The English names of row labels, the classes' included, and terms. Raises DefinitionError."""
    found = load_labels(_LABELS)
    for each in definitions():
        if each.items - found.items.keys():
            refuse_unnamed(STANDARD_TABLES / f"{each.id}.yaml", found.items.keys())
    return found


def load_code_names(path: Path) -> CodeNames:
    """Read and validate the names of codes. Raises DefinitionError: what, where and the mend."""
    written = checked_yaml(path, CodesFile, DefinitionError)
    by_code: dict[tuple[str, str, str], str] = {}
    for at, entry in enumerate(written.codes):
        key = (entry.classification, entry.code, fold(entry.name))
        if key in by_code:
            said = f"{entry.code} {entry.name} is there twice; leave one"
            refuse(path, ("codes", at), said, DefinitionError)
        by_code[key] = entry.english
    return CodeNames(_folded(path, "names", written.names), by_code)


def load_labels(path: Path) -> Labels:
    """Read and validate the names of labels. Raises DefinitionError: what, where and the mend."""
    written = checked_yaml(path, LabelsFile, DefinitionError)
    return Labels({**_of_classes(), **_folded(path, "labels", written.labels)}, written.items)


def refuse_unnamed(path: Path, items: Collection[str]) -> None:
    """Refuse a definition that names a term which is not among ``items``. Raises DefinitionError.

    Most probably it is a slip for one that is; else it needs an English name.
    """
    written = checked_yaml(path, WrittenTable, DefinitionError)
    rows = ((("rows", at), row.item) for at, row in enumerate(written.rows))
    columns = (
        (("layouts", at, "columns", place), column.item)
        for at, layout in enumerate(written.layouts)
        for place, column in enumerate(layout.columns)
    )
    for keys, item in (*rows, *columns):
        if item and item not in items:
            said = f"{with_nearest(item, sorted(items))} is not among the items of {_LABELS.name}"
            refuse(path, (*keys, "item"), said, DefinitionError)


def _of_classes() -> dict[str, str]:
    """The classes' names, which summary tables print without a code."""
    economic, functional = classes("economic"), classes("functional")
    return {name: entry.english for name, entry in {**economic, **functional}.items()}


def _folded(path: Path, key: str, written: Mapping[str, str]) -> dict[str, str]:
    """The English names by folded Chinese name."""
    known, names = _of_classes(), dict[str, str]()
    for name, english in written.items():
        folded = fold(name)
        if folded in names:
            refuse(path, (key, name), "is there twice; leave one", DefinitionError)
        if folded in known:
            said = "is a class; it stands in …-classes.yaml, leave it"
            refuse(path, (key, name), said, DefinitionError)
        names[folded] = english
    return names
