"""The store: what is kept comes back as it was, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.problems import OutputError
from generator.stage_limits import StageLimits, within
from generator.store import Store, digest, digest_of_file


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


def test_an_entry_in_the_place_of_another_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("key", b"12.00")
    (tmp_path / "other").write_bytes((tmp_path / "key").read_bytes())
    assert store.get("other") is None


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


def test_a_folder_in_the_place_of_an_entry_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    store = Store(tmp_path)
    assert store.get("key") is None
    with pytest.raises(OutputError, match="key: is a folder"):
        store.put("key", b"12.00")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_no_file_is_in_memory_whole_to_be_hashed(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.touch()
    os.truncate(path, 64 * 2**20)
    with within(StageLimits(memory_mb=32)):
        assert digest_of_file(path).hex().startswith("3b6a07d0")
