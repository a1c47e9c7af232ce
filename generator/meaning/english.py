"""English names of codes, of row labels and of standard terms, from YAML validated on load.

A name that nobody has translated has none: nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.meaning.definitions import classes
from generator.meaning.wording import fold, without_level
from generator.problems import DefinitionError

_CODES = Path(__file__).parent / "codes-english.yaml"
_LABELS = Path(__file__).parent / "labels-english.yaml"
_CLASSIFICATIONS = ("functional", "economic")
_CODE = re.compile(r"\d{3}(\d{2}){0,2}")
_CODE_KEYS = {"classification", "code", "name", "english"}
_TERM = re.compile(r"[a-z_]+")
_README = "see meaning/README.md"


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
    return load_labels(_LABELS)


def load_code_names(path: Path) -> CodeNames:
    """Read and validate the names of codes. Raises DefinitionError: what, where and the mend."""
    raw = _read(path, ("names", "codes"))
    by_code = {}
    for entry in _typed(path, "codes", raw["codes"], list):
        key, english = _coded(path, entry)
        if key in by_code:
            raise _wrong(path, f"codes: {key[1]} {key[2]} is there twice; leave one")
        by_code[key] = english
    return CodeNames(_names(path, "names", raw["names"]), by_code)


def load_labels(path: Path) -> Labels:
    """Read and validate the names of labels. Raises DefinitionError: what, where and the mend."""
    raw = _read(path, ("labels", "items"))
    items = _typed(path, "items", raw["items"], dict)
    for term, english in items.items():
        if not _TERM.fullmatch(str(term)):
            raise _wrong(path, f"items: {term!r} is no term; write small letters and _")
        _text(path, f"items: {term}", english)
    return Labels({**_of_classes(), **_names(path, "labels", raw["labels"])}, items)


def _of_classes() -> dict[str, str]:
    """The classes' names, which summary tables print without a code."""
    economic, functional = classes("economic"), classes("functional")
    return {name: entry.english for name, entry in {**economic, **functional}.items()}


def _names(path: Path, key: str, raw: Any) -> dict[str, str]:
    known, names = _of_classes(), {}
    for name, english in _typed(path, key, raw, dict).items():
        folded = fold(_text(path, f"{key}: a name", name))
        if folded in names:
            raise _wrong(path, f"{key}: {name} is there twice; leave one")
        if folded in known:
            raise _wrong(path, f"{key}: {name} is a class; it stands in …-classes.yaml, leave it")
        names[folded] = _text(path, f"{key}: {name}", english)
    return names


def _coded(path: Path, entry: Any) -> tuple[tuple[str, str, str], str]:
    if not isinstance(entry, dict) or entry.keys() != _CODE_KEYS:
        raise _wrong(path, f"codes: {entry} must have the keys {', '.join(sorted(_CODE_KEYS))}")
    code = _text(path, f"codes: code {entry['code']!r}", entry["code"])
    if not _CODE.fullmatch(code):
        raise _wrong(path, f"codes: code {code!r} must have 3, 5 or 7 digits")
    if entry["classification"] not in _CLASSIFICATIONS:
        said = f"codes: {code}: classification {entry['classification']!r}"
        raise _wrong(path, f"{said} must be {' or '.join(_CLASSIFICATIONS)}")
    name = fold(_text(path, f"codes: {code}: name", entry["name"]))
    key = (entry["classification"], code, name)
    return key, _text(path, f"codes: {code}: english", entry["english"])


def _read(path: Path, keys: tuple[str, ...]) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Unique)
    except (OSError, yaml.YAMLError) as error:
        raise _wrong(path, str(error)) from error
    if not isinstance(raw, dict) or raw.keys() != set(keys):
        raise _wrong(path, f"must have the keys {' and '.join(keys)}, and no others")
    return raw


def _typed(path: Path, key: str, raw: Any, kind: type) -> Any:
    if not isinstance(raw, kind):
        raise _wrong(path, f"{key} must be a {kind.__name__}, not {raw!r}")
    return raw


def _text(path: Path, where: str, value: Any) -> str:
    if not isinstance(value, str) or value != value.strip() or not value:
        raise _wrong(path, f"{where}: {value!r} must be text, in quotes if it looks like a number")
    return value


def _wrong(path: Path, what: str) -> DefinitionError:
    return DefinitionError(f"{path.name}: {what}; {_README}")


class _Unique(yaml.SafeLoader):
    """Refuses a key that is written twice, of which YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if name in seen:
                line = key.start_mark.line + 1
                raise yaml.constructor.ConstructorError(
                    None, None, f"line {line}: {name} is there twice; leave one"
                )
            seen.add(name)
        return super().construct_mapping(node, deep)
