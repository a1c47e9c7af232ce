"""YAML without surprises: what is written twice, tagged or ambiguous is refused, or stays a text.

YAML 1.1 takes ``no`` for false, ``2025-03-01`` for a date, ``1:30`` for ninety and ``010`` for
eight. Here true, false, null and whole numbers are all there is, and all else is the text that
stands there. A key is a text and stands once; tags, anchors and aliases are errors.

The values are built of the parser's events: its own way of building them calls itself for each list
within a list, and a hundred thousand of them end the process.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

#: What leads to a part of a file: keys, and places in lists from 0.
Keys: TypeAlias = tuple[str | int, ...]
# The parser in C is ten times as fast; not every PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
# More digits than any number of a file; what has more is a text.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")


class YamlError(Exception):
    """Text that is no YAML of ours: ``line`` (0: none) says where."""

    def __init__(self, said: str, line: int = 0) -> None:
        """Keep the line."""
        self.line = line
        super().__init__(said)


def parsed(text: str, lines: dict[Keys, int] | None = None) -> Any:
    """Return what ``text`` holds; None if nothing. Raises YamlError.

    Into ``lines`` go the lines, from 1, of all that stands in it, by the keys that lead there.
    """
    building = _Building(lines)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            building.take(event)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        said = getattr(wrong, "problem", None) or str(wrong).partition("\n")[0]
        raise YamlError(str(said), mark.line + 1 if mark else 0) from wrong
    return building.document[0] if building.document else None


def written(value: Any) -> str:
    """Return ``value`` as YAML for other programs, its keys in their order."""
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))


def line_of(text: str, keys: Keys) -> int:
    """The line of what ``keys`` lead to in ``text``, or of what should hold it."""
    lines: dict[Keys, int] = {}
    parsed(text, lines)
    return next((lines[at] for n in range(len(keys), -1, -1) if (at := keys[:n]) in lines), 1)


class _Building:
    """A document as far as its events have come: the lists and mappings that are still open."""

    def __init__(self, lines: dict[Keys, int] | None) -> None:
        self.document: list[Any] = []
        self._lines = lines
        self._open: list[Any] = [self.document]
        #: Of each that is open, the key that waits for its value; None where none does.
        self._keys: list[str | None] = [None]
        self._paths: list[Keys] = [()]

    def take(self, event: Any) -> None:
        """Go on with the next event."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._open.pop()
                self._keys.pop()
                self._paths.pop()
            case yaml.AliasEvent():
                raise _wrong(event, "an alias (*…) has no meaning here; write it out, or quote it")
            case yaml.DocumentStartEvent() if self.document:
                raise _wrong(event, "a second document begins (---)")

    def _scalar(self, event: Any) -> None:
        _refuse_marks(event)
        value = event.value if event.style else _plain(event.value)
        if type(self._open[-1]) is dict and self._keys[-1] is None:
            self._key(event, value)
        else:
            self._put(event, value, own_line=bool(event.value))

    def _key(self, event: Any, key: object) -> None:
        if not isinstance(key, str):
            raise _wrong(event, f"“{event.value}” cannot be a key; in quotes it is a text")
        if key in self._open[-1]:
            raise _wrong(event, f"“{key}” is there twice; leave one")
        self._keys[-1] = key
        self._note(event)

    def _begin(self, event: Any, value: Any) -> None:
        _refuse_marks(event)
        if type(self._open[-1]) is dict and self._keys[-1] is None:
            raise _wrong(event, "a list or section cannot be a key")
        if len(self._open) > _DEEPEST:
            raise _wrong(event, f"more than {_DEEPEST} lists or sections in each other")
        at = self._at()
        self._put(event, value, own_line=self._keys[-1] is None)
        self._open.append(value)
        self._keys.append(None)
        self._paths.append(at)

    def _put(self, event: Any, value: object, *, own_line: bool) -> None:
        holder = self._open[-1]
        if own_line:
            self._note(event)
        if type(holder) is dict:
            holder[self._keys[-1]] = value
            self._keys[-1] = None
        else:
            holder.append(value)

    def _note(self, event: Any) -> None:
        """Keep the line of what is about to stand at the place of the next value."""
        if self._lines is not None:
            self._lines[self._at()] = event.start_mark.line + 1

    def _at(self) -> Keys:
        """The keys that lead to the place of the next value."""
        if len(self._open) == 1:
            return ()
        key = self._keys[-1]
        return (*self._paths[-1], len(self._open[-1]) if key is None else key)


def _plain(text: str) -> object:
    """What a text without quotes means."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _refuse_marks(event: Any) -> None:
    if event.tag is not None:
        raise _wrong(event, "a tag (!…) has no meaning here; leave it out, or quote the text")
    if event.anchor is not None:
        raise _wrong(event, "an anchor (&…) has no meaning here; leave it out, or quote the text")


def _wrong(event: Any, said: str) -> YamlError:
    return YamlError(said, event.start_mark.line + 1)
