"""Values as bytes, between processes and in what is kept: a format that runs nothing.

What comes from a worker that a hostile file may have taken over, or from a folder that others may
write to, is data of the type that was asked for, or an error: never code.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

_Kind = TypeVar("_Kind")
_Name = TypeVar("_Name", bound=Hashable)


def encode(value: object) -> bytes:
    """Return a value of a type with fields, or of Python's own types, as bytes."""
    return _encoder().encode(value)


def decode(data: bytes, kind: type[_Kind]) -> _Kind:
    """Return what `encode` made of a ``kind``. Raises ValueError where it is none."""
    try:
        value: _Kind = _decoder(cast("Hashable", kind)).decode(data)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"no {kind}: {error}") from error
    return value


class Packed(MutableMapping[_Name, _Kind]):
    """Values of one kind by their names, kept as bytes: a fourth of the room that they take.

    Who asks for one has it made anew.
    """

    def __init__(self, kind: type[_Kind]) -> None:
        """Hold none yet."""
        self._kind, self._data = kind, dict[_Name, bytes]()

    def __getitem__(self, name: _Name) -> _Kind:
        """Return a value. Raises KeyError where there is none."""
        return decode(self._data[name], self._kind)

    def __setitem__(self, name: _Name, value: _Kind) -> None:
        """Keep a value."""
        self._data[name] = encode(value)

    def __delitem__(self, name: _Name) -> None:
        """Drop a value. Raises KeyError where there is none."""
        del self._data[name]

    def __iter__(self) -> Iterator[_Name]:
        """Yield the names, in the order in which they came."""
        return iter(self._data)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._data)


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_to_plain)


@cache
def _decoder(kind: Hashable) -> Any:
    return msgspec.msgpack.Decoder(kind, dec_hook=_from_plain)


def _to_plain(value: object) -> bytes:
    """A path as the system has it: the bytes of a name need not be of any encoding."""
    if isinstance(value, Path):
        return os.fsencode(value)
    raise NotImplementedError(f"{type(value).__name__} is no data")


def _from_plain(kind: type, value: object) -> object:
    if issubclass(kind, Path) and isinstance(value, bytes):
        return kind(os.fsdecode(value))
    raise NotImplementedError(f"{kind.__name__} is no data")
