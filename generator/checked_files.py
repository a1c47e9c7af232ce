"""Files that people write: what is in them becomes a value of a type, or an error that helps.

A type (a frozen ``msgspec.Struct``) is the one statement of what a file may hold: names, types,
defaults. ``checked`` holds parsed data against it, ``checked_yaml`` a YAML file; the error says the
file, the line (of YAML), the place inside it, what was expected there, and the nearest right word
for one that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, TypeVar, get_args, get_origin

import msgspec

from generator.problems import ConfigError, MingzhangError
from generator.strict_yaml import Keys, YamlError, line_of, parsed

_Kind = TypeVar("_Kind")
#: What becomes of a message: the error of whoever reads the file.
Raised = Callable[[str], MingzhangError]
#: A text that is not blank, with nothing blank around it.
Text = Annotated[
    str, msgspec.Meta(pattern=r"^\S([\s\S]*\S)?$", description="a text without blanks around it")
]

#: What is said, and what msgspec's types are called for a person who writes TOML or YAML.
ENGLISH = {
    "at": "{file}{line}: {place}: {said}",
    "line": ":{line}",
    "whole": "the file",
    "unknown": "unknown {wrong}; expected {known}",
    "missing": "missing {names}",
    "expected": "expected {wanted}; found {found}",
    "near": " (did you mean “{near}”?)",
    "quoted": "{found} (in quotes it is a text)",
    "yaml": "not valid YAML: {said}",
    "encoding": "not UTF-8; save it as UTF-8",
    "and": ", ",
    "or": " or ",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a section of names and values",
    "null": "nothing",
}
#: The same for files whose errors are published, or belong to the Chinese pages; without the file.
CHINESE = {
    "at": "{line}{place}：{said}",
    "line": "第 {line} 行，",
    "whole": "整个文件",
    "unknown": "不认识的 {wrong}，只能有 {known}",
    "missing": "缺少 {names}",
    "expected": "应为{wanted}，现为 {found}",
    "near": "（是不是“{near}”？）",
    "quoted": "{found}（加上引号才是文字）",
    "yaml": "不是可读的 YAML：{said}",
    "encoding": "不是 UTF-8；另存为 UTF-8",
    "and": "、",
    "or": "或",
    "str": "文字",
    "int": "整数",
    "float": "数",
    "bool": " true 或 false",
    "array": "一列值",
    "object": "“键: 值”的列表",
    "null": "空白",
}


def checked(
    raw: object,
    kind: type[_Kind],
    file: Path,
    error: Raised = ConfigError,
    *,
    words: Mapping[str, str] = ENGLISH,
    text: str = "",
) -> _Kind:
    """Return ``raw``, the parsed content of ``file``, as a ``kind``; raises ``error``.

    With the YAML ``text`` that it was parsed from, the error has the line, too.
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as wrong:
        keys, part, expected = _narrowed(raw, kind, ())
        at, said = _strangers(part, expected, words) or ((), _mismatch(part, expected, words))
        line = line_of(text, (*keys, *at)) if text else 0
        raise error(_placed(file, line, keys, said, words)) from wrong


def checked_yaml(
    file: Path,
    kind: type[_Kind],
    error: Raised = ConfigError,
    *,
    words: Mapping[str, str] = ENGLISH,
    empty: _Kind | None = None,
    data: bytes | None = None,
) -> _Kind:
    """Return what the YAML ``file`` holds as a ``kind``; raises ``error``.

    ``empty`` is what a file without anything in it holds, if it may be without; ``data`` are its
    bytes where they were read before.
    """
    text = _text(file, error, words, data)
    raw = _yaml(text, file, error, words)
    if raw is None and empty is not None:
        return empty
    return checked(raw, kind, file, error, words=words, text=text)


def refuse(
    file: Path,
    keys: Keys,
    said: str,
    error: Raised = ConfigError,
    *,
    words: Mapping[str, str] = ENGLISH,
) -> NoReturn:
    """Raise ``error``: what stands at ``keys`` in the YAML ``file`` means nothing, as ``said``."""
    line = line_of(_text(file, error, words), keys)
    raise error(_placed(file, line, keys, said, words))


def with_nearest(word: str, known: Sequence[str], words: Mapping[str, str] = ENGLISH) -> str:
    """The word in quotation marks, with the known one that it was probably meant to be."""
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"“{word}”" + (words["near"].format(near=near[0]) if near else "")


def _text(file: Path, error: Raised, words: Mapping[str, str], data: bytes | None = None) -> str:
    try:
        return (file.read_bytes() if data is None else data).decode("utf-8-sig")
    except (UnicodeDecodeError, OSError) as wrong:
        unknown = isinstance(wrong, UnicodeDecodeError)
        said = words["yaml"].format(said=words["encoding"] if unknown else wrong)
        raise error(_placed(file, 0, (), said, words)) from wrong


def _yaml(text: str, file: Path, error: Raised, words: Mapping[str, str]) -> Any:
    try:
        return parsed(text)
    except YamlError as wrong:
        said = words["yaml"].format(said=wrong)
        raise error(_placed(file, wrong.line, (), said, words)) from wrong


def _placed(file: Path, line: int, keys: Keys, said: str, words: Mapping[str, str]) -> str:
    """The message with its place: ``rules.yaml:12: title.3: …``; a list counts from 1."""
    names = (str(key + 1) if isinstance(key, int) else key for key in keys)
    at = words["line"].format(line=line) if line else ""
    place = ".".join(names) or words["whole"]
    return words["at"].format(file=file, line=at, place=place, said=said)


def _narrowed(raw: object, kind: Any, keys: Keys) -> tuple[Keys, object, Any]:
    """The smallest part that does not fit: the keys that lead to it, its value and type."""
    for key, part, expected in _parts(raw, kind):
        if _fault(part, expected):
            return _narrowed(part, expected, (*keys, key))
    return keys, raw, kind


def _parts(raw: object, kind: Any) -> Iterator[tuple[str | int, object, Any]]:
    """What lies directly inside ``raw``, with the type that each part should be of."""
    kind = _bare(kind)
    if isinstance(raw, Mapping) and _is_struct(kind):
        for field in msgspec.structs.fields(kind):
            if field.encode_name in raw:
                yield field.encode_name, raw[field.encode_name], field.type
    elif isinstance(raw, Mapping) and get_origin(kind) is dict:
        yield from ((key, key, get_args(kind)[0]) for key in raw)
        yield from ((key, part, get_args(kind)[1]) for key, part in raw.items())
    elif isinstance(raw, list) and get_origin(kind) in (list, tuple):
        yield from ((at, part, get_args(kind)[0]) for at, part in enumerate(raw))


def _strangers(raw: object, kind: Any, words: Mapping[str, str]) -> tuple[Keys, str] | None:
    """Which names are not known, or missing; None if that is not what is wrong."""
    if not (isinstance(raw, Mapping) and _is_struct(kind)):
        return None
    fields = msgspec.structs.fields(_bare(kind))
    known = [field.encode_name for field in fields]
    wrong = [str(key) for key in raw if key not in known]
    comma = words["and"]
    if wrong:
        near = comma.join(with_nearest(key, known, words) for key in wrong)
        return (wrong[0],), words["unknown"].format(wrong=near, known=comma.join(known))
    missing = [f.encode_name for f in fields if f.required and f.encode_name not in raw]
    return (), words["missing"].format(names=comma.join(missing))


def _mismatch(raw: object, kind: Any, words: Mapping[str, str]) -> str:
    if get_origin(_bare(kind)) is Literal:
        listed = [str(word) for word in get_args(_bare(kind)) if word != ""]
        near = with_nearest(raw, listed, words) if isinstance(raw, str) else _shown(raw, words)
        return words["expected"].format(wanted=words["and"].join(listed), found=near)
    message = _fault(raw, kind).partition(" - at `")[0].partition(", got")[0]
    wanted = _description(kind) if "regex" in message else message.removeprefix("Expected ")
    wanted = re.sub("`([a-z |]+)`", lambda found: _called(found[1], words), wanted)
    found = _shown(raw, words)
    if isinstance(raw, int) and words["str"] in wanted:
        found = words["quoted"].format(found=found)
    return words["expected"].format(wanted=wanted, found=found)


def _called(kinds: str, words: Mapping[str, str]) -> str:
    return words["or"].join(words.get(each, each) for each in kinds.split(" | "))


def _shown(raw: object, words: Mapping[str, str]) -> str:
    """A value as it is told: what holds others only by its kind, however much it may hold."""
    if isinstance(raw, Mapping):
        return words["object"]
    if isinstance(raw, list | tuple):
        return words["array"]
    return words["null"] if raw is None else repr(raw)


def _description(kind: Any) -> str:
    """What a person would say of a text that has to be of some form."""
    options = [kind, *get_args(kind)]
    metas = (meta for each in options for meta in getattr(each, "__metadata__", ()))
    return next((str(meta.description) for meta in metas if meta.pattern), "")


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
