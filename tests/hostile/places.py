"""Outputs, caches and packages as somebody left them: links, folders, tampered or foreign files."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.hostile.attack import BUILD, EXTRACT, RENDER, Attack, Change, both, link, put, remove

_OWN = "packages/guang-zhou-shi-xin-fang-ju/2025-budget"
_GONE = remove("disclosures/a.txt")
_NOBODY = 65534
_WELL, _KEPT, _WRITTEN = frozenset({0}), frozenset({1, 2}), frozenset({0, 2})
Spoil = Callable[[bytes], bytes]
_SPOILS: dict[str, Spoil] = {
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "of zeros": lambda data: b"\0" * 64,
    "a bit": lambda data: data[:-1] + bytes([data[-1] ^ 1]) if data else b"x",
    "more": lambda data: data + b"x,y\n",
}


def attacks() -> Iterator[Attack]:
    """All attacks by what lies where a build writes."""
    yield from _outputs()
    yield from _caches()
    yield from _tampered()
    yield from _descriptors()
    if os.getuid() == 0:  # the modes of files mean nothing to root
        yield from _users()


def _outputs() -> Iterator[Attack]:
    for output in ("packages", "site", "cache"):
        found: dict[str, Change] = {
            "a file": both(partial(_without, output), put(output, b"x")),
            "a link": link(output, f"{output}-moved"),
            "a link to nowhere": both(
                partial(_without, output), link(output, f"{output}-elsewhere")
            ),
            "a link to itself": both(partial(_without, output), link(output, output)),
            "a link to a file": both(partial(_without, output), link(output, "mingzhang.toml")),
            "a foreign file": put(f"{output}/mine.txt", b"x"),
            "no marker": partial(_unmarked, output),
            "a marker that is a folder": both(
                partial(_unmarked, output), partial(_made, f"{output}/.mingzhang")
            ),
            "a link inside": partial(_linked, f"{output}/x", "/etc"),
            "a folder like the old one": partial(_made, f"{output}.{'0' * 32}.old"),
            "half a new one": put(f"{output}.{'0' * 32}.new/x", b"x"),
            "a lock of the dead": put(f".{output}.lock", b""),
            "a lock that is a folder": partial(_made, f".{output}.lock"),
            "an ignored file": put(f"{output}/.gitignore", b"*\n"),
        }
        for title, change in found.items():
            yield Attack("outputs", f"{output} is {title}", change, BUILD)


def _without(name: str, folder: Path) -> None:
    shutil.rmtree(folder / name)


def _unmarked(name: str, folder: Path) -> None:
    (folder / name / ".mingzhang").unlink(missing_ok=True)


def _made(name: str, folder: Path) -> None:
    (folder / name).mkdir(parents=True)


def _linked(name: str, target: str, folder: Path) -> None:
    (folder / name).symlink_to(target)


# ── caches ───────────────────────────────────────────────────────────────────────────────


def _caches() -> Iterator[Attack]:
    for title, spoil in _SPOILS.items():
        spoilt = partial(_spoilt, "cache", spoil)
        yield Attack("caches", f"all {title}", spoilt, BUILD, _WELL, same=True)
    found: dict[str, Change] = {
        "gone": partial(_without, "cache"),
        "folders for files": _folders_for_files,
        "links to nowhere": partial(_links_for_files, "nowhere"),
        "links out": partial(_links_for_files, "/etc/passwd"),
        "changed places": _changed_places,
        "pickles": partial(_spoilt, "cache", lambda data: b"cos\nsystem\n(S'x'\ntR."),
    }
    for title, change in found.items():
        codes = _WRITTEN if title == "folders for files" else _WELL
        yield Attack("caches", title, change, BUILD, codes, same=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _spoilt(name: str, spoil: Spoil, folder: Path) -> None:
    for path in _files(folder / name):
        path.write_bytes(spoil(path.read_bytes()))


def _folders_for_files(folder: Path) -> None:
    for path in _files(folder / "cache"):
        path.unlink()
        path.mkdir()


def _links_for_files(target: str, folder: Path) -> None:
    for path in _files(folder / "cache"):
        path.unlink()
        path.symlink_to(target)


def _changed_places(folder: Path) -> None:
    found = _files(folder / "cache")
    data = [path.read_bytes() for path in found]
    for path, other in zip(found, data[1:] + data[:1], strict=True):
        path.write_bytes(other)


# ── packages ─────────────────────────────────────────────────────────────────────────────


def _tampered() -> Iterator[Attack]:
    """A file of the packages is altered: it is not shown, and not kept as what was published."""
    for file in ("facts.csv", "findings.csv", "source.csv", "datapackage.json", "problems.csv"):
        for title, spoil in _SPOILS.items():
            spoilt = partial(_spoilt_one, f"{_OWN}/{file}", spoil)
            yield Attack("packages", f"{file} {title}, shown", spoilt, RENDER, _WRITTEN)
            yield Attack("packages", f"{file} {title}, made again", spoilt, BUILD, _WRITTEN)
            yield Attack("packages", f"{file} {title}, kept", both(spoilt, _GONE), BUILD, _KEPT)
        found: dict[str, Change] = {
            "gone": remove(f"{_OWN}/{file}"),
            "a folder": both(remove(f"{_OWN}/{file}"), partial(_made, f"{_OWN}/{file}")),
            "a link": link(f"{_OWN}/{file}", "/etc/passwd"),
        }
        for title, change in found.items():
            yield Attack("packages", f"{file} {title}, shown", change, RENDER, _WRITTEN)
            yield Attack(
                "packages",
                f"{file} {title}, kept",
                both(change, _GONE),
                BUILD,
                _KEPT,
            )
    found = {
        "all gone": partial(_without, "packages/all"),
        "one gone": partial(_without, _OWN),
        "one more": partial(_copied, _OWN, "packages/x/2025-budget"),
        "one under another name": partial(_renamed, _OWN, "packages/x"),
        "name with a break": partial(_renamed, _OWN, "packages/x\ny"),
    }
    for title, change in found.items():
        yield Attack("packages", title, change, RENDER, _WRITTEN)
        codes = frozenset({0, 1, 2})
        yield Attack(
            "packages", f"{title}, kept", both(change, _GONE), BUILD, codes, withdraws=True
        )


def _spoilt_one(name: str, spoil: Spoil, folder: Path) -> None:
    path = folder / name
    path.write_bytes(spoil(path.read_bytes()))


def _copied(old: str, new: str, folder: Path) -> None:
    shutil.copytree(folder / old, folder / new)


def _renamed(old: str, new: str, folder: Path) -> None:
    (folder / new).mkdir()
    (folder / old).rename(folder / new / "2025-budget")


def _descriptors() -> Iterator[Attack]:
    """Each key of a descriptor is something else."""
    keys = (
        "id",
        "name",
        "title",
        "department",
        "year",
        "kind",
        "sources",
        "resources",
        "build",
        "kept",
        "unit",
    )
    values: tuple[Any, ...] = (
        None,
        7,
        -1e308,
        "",
        "../../x",
        "x\ny",
        [],
        [[]],
        {},
        {"id": "../x", "name": ""},
        [{"path": "../../etc/passwd"}],
        "<script>",
        {"since": [], "code": {}, "reason": 1},
    )
    for at, key in enumerate(keys):
        for value in values[at % 3 :: 3]:
            change = partial(_described, _OWN, {key: value})
            shown = f"{key} = {json.dumps(value)[:20]}"
            yield Attack("descriptors", f"{shown}, shown", change, RENDER, _WRITTEN)
            yield Attack("descriptors", f"{shown}, kept", both(change, _GONE), EXTRACT, _KEPT)
    deep = '{"resources": ' + "[" * 100_000
    for where in (_OWN, "packages/all"):
        for title, text in {
            "deep": deep,
            "deep and well": '{"x": ' + "[" * 900 + "]" * 900 + "}",
            "a list": "[]",
            "NaN": '{"year": NaN}',
            "surrogate": '{"name": "\\ud800"}',
            "twice": '{"id": 1, "id": 2}',
        }.items():
            written = put(f"{where}/datapackage.json", text)
            yield Attack(
                "descriptors", f"{where[-3:]} {title}, shown", written, RENDER, frozenset({2})
            )
            yield Attack(
                "descriptors", f"{where[-3:]} {title}, kept", both(written, _GONE), EXTRACT, _KEPT
            )
    for key in ("path", "name", "hash", "bytes", "rows", "schema", "category", "order"):
        for value in (None, "../x", [], -1):
            change = partial(_resource, _OWN, {key: value})
            shown = f"resource {key} = {json.dumps(value)}"
            yield Attack("descriptors", f"{shown}, shown", change, RENDER, _WRITTEN)
            yield Attack("descriptors", f"{shown}, kept", both(change, _GONE), EXTRACT, _KEPT)


def _described(where: str, more: dict[str, Any], folder: Path) -> None:
    path = folder / where / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | more), encoding="utf-8")


def _resource(where: str, more: dict[str, Any], folder: Path) -> None:
    path = folder / where / "datapackage.json"
    entry = json.loads(path.read_bytes())
    entry["resources"][0] |= more
    path.write_text(json.dumps(entry), encoding="utf-8")


# ── somebody else ────────────────────────────────────────────────────────────────────────


def _users() -> Iterator[Attack]:
    """The command is run by somebody who may not write, or not read."""
    for title, closed, codes in [
        ("may write nothing", ".", frozenset({2})),
        ("may write no cache", "cache", frozenset({0, 2})),
        ("may write no packages", "packages", _WRITTEN),
        ("may write no site", "site", _WRITTEN),
    ]:
        yield Attack("users", title, partial(_given, closed), BUILD, codes, user=_NOBODY)
        changed = both(put("disclosures/b.yaml", "title: x\n"), partial(_given, closed))
        yield Attack("users", f"{title}, changed", changed, BUILD, codes, user=_NOBODY)
    for name in (
        "disclosures/a.txt",
        "disclosures",
        "departments.csv",
        "mingzhang.toml",
        "own-content",
        "withdrawn.yaml",
        "acknowledged.yaml",
        "redirects.txt",
        "packages",
        "cache",
        "site",
        "disclosures/b.yaml",
        _OWN,
        f"{_OWN}/facts.csv",
        "own-templates",
        "packages/all",
    ):
        yield Attack(
            "users", f"may not read {name}", partial(_unreadable, name), BUILD, user=_NOBODY
        )


def _given(closed: str, folder: Path) -> None:
    """Give all to somebody, and one folder to nobody who may write there."""
    _give(folder)
    place = folder / closed
    for path in (place, *(path for path in place.rglob("*") if path.is_dir())):
        os.chown(path, 0, 0)
        path.chmod(0o755)


def _give(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


def _unreadable(name: str, folder: Path) -> None:
    _give(folder)
    os.chown(folder / name, 0, 0)
    (folder / name).chmod(0o700 if (folder / name).is_dir() else 0o600)
