"""The store: what is kept comes back as it was, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.store import Store, digest


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "folder")
    assert store.get("key") is None
    for data in (b"", b"12.00", b"13.00"):
        store.put("key", data)
        assert store.get("key") == data
    assert [path.name for path in store.folder.iterdir()] == ["key"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: b"",
        lambda entry: entry[:5],
        lambda entry: entry[:-1],
        lambda entry: entry + b" ",
        lambda entry: entry.replace(b"12.00", b"92.00"),
        lambda entry: b"12.00",
    ],
)
def test_a_spoilt_entry_is_none(tmp_path: Path, spoil: object) -> None:
    store = Store(tmp_path)
    store.put("key", b"12.00")
    assert callable(spoil)
    (tmp_path / "key").write_bytes(spoil((tmp_path / "key").read_bytes()))
    assert store.get("key") is None
    store.put("key", b"12.00")
    assert store.get("key") == b"12.00"


def test_a_folder_in_place_of_an_entry_is_none(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    assert Store(tmp_path).get("key") is None


def test_an_entry_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(OSError):
        Store(tmp_path).put("key", b"12.00")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_only_what_is_not_kept_is_made(tmp_path: Path) -> None:
    store, asked = Store(tmp_path), []

    def make(lacking: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        asked.append(list(lacking))
        yield from ((name, name.upper().encode()) for name in lacking if name != "c")

    keys = {name: digest(name.encode()) for name in "bac"}
    assert store.fill({"a": keys["a"]}, make) == {"a": b"A"}
    assert list(store.fill(keys, make).items()) == [("b", b"B"), ("a", b"A")]
    assert asked == [["a"], ["b", "c"]]


def test_a_hash_tells_where_its_parts_end() -> None:
    assert len({digest(b"ab", b"c"), digest(b"a", b"bc"), digest(b"abc"), digest(b"abc", b"")}) == 4
