"""Files that people write: what is in them becomes a value of a type, or an error that helps.

A type (a frozen ``msgspec.Struct``) is the one statement of what a file may hold: names, types,
defaults. ``checked`` holds parsed data against it; the error says the file, the place inside it,
what was expected there, and the nearest right word for one that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec

from generator.problems import ConfigError, MingzhangError

_Kind = TypeVar("_Kind")
#: What msgspec calls things, and what a person who writes TOML or YAML does.
_WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a section of names and values",
    "null": "nothing",
}


def checked(
    raw: object, kind: type[_Kind], file: Path, error: type[MingzhangError] = ConfigError
) -> _Kind:
    """Return ``raw``, the parsed content of ``file``, as a ``kind``; raises ``error``."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as wrong:
        place, part, expected = _narrowed(raw, kind, "")
        message = _unknown(part, expected) or _mismatch(part, expected)
        raise error(f"{file}: {place or 'the file'}: {message}") from wrong


def _narrowed(raw: object, kind: Any, place: str) -> tuple[str, object, Any]:
    """The smallest part that does not fit: its place (``site.title``), value and type."""
    for name, part, expected in _parts(raw, kind):
        if _fault(part, expected):
            return _narrowed(part, expected, f"{place}.{name}" if place else name)
    return place, raw, kind


def _parts(raw: object, kind: Any) -> Iterator[tuple[str, object, Any]]:
    """What lies directly inside ``raw``, with the type that each part should be of."""
    kind = _bare(kind)
    if isinstance(raw, Mapping) and _is_struct(kind):
        for field in msgspec.structs.fields(kind):
            if field.encode_name in raw:
                yield field.encode_name, raw[field.encode_name], field.type
    elif isinstance(raw, Mapping) and len(get_args(kind)) == 2:
        yield from ((str(key), part, get_args(kind)[1]) for key, part in raw.items())
    elif isinstance(raw, Sequence) and not isinstance(raw, str) and get_args(kind):
        yield from ((str(at), part, get_args(kind)[0]) for at, part in enumerate(raw, start=1))


def _unknown(raw: object, kind: Any) -> str:
    """Which names are not known, or missing; nothing if that is not what is wrong."""
    if not (isinstance(raw, Mapping) and _is_struct(kind)):
        return ""
    fields = msgspec.structs.fields(_bare(kind))
    known = [field.encode_name for field in fields]
    missing = [field.encode_name for field in fields if field.required]
    wrong = [with_nearest(str(key), known) for key in raw if key not in known]
    if wrong:
        return f"unknown {', '.join(wrong)}; expected {', '.join(known)}"
    return f"missing {', '.join(name for name in missing if name not in raw)}"


def _mismatch(raw: object, kind: Any) -> str:
    if get_origin(_bare(kind)) is Literal:
        words = [str(word) for word in get_args(_bare(kind))]
        return f"expected {', '.join(words)}; found {with_nearest(str(raw), words)}"
    message = _fault(raw, kind).partition(" - at `")[0].partition(", got")[0]
    for name, word in _WORDS.items():
        message = message.replace(f"`{name}`", word)
    return f"{message[:1].lower()}{message[1:]}; found {raw!r}"


def with_nearest(word: str, known: Sequence[str]) -> str:
    """The word in quotation marks, with the known one that it was probably meant to be."""
    near = get_close_matches(word, known, n=1)
    return f"“{word}” (did you mean “{near[0]}”?)" if near else f"“{word}”"


def _fault(raw: object, kind: Any) -> str:
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as wrong:
        return str(wrong)
    return ""


def _bare(kind: Any) -> Any:
    """The type itself, without bounds, a description or "or nothing"."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    options = [each for each in get_args(kind) if each is not type(None)]
    return _bare(options[0]) if type(None) in get_args(kind) and len(options) == 1 else kind


def _is_struct(kind: Any) -> bool:
    kind = _bare(kind)
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
