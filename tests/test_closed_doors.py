"""No package, however it was tampered with, makes a render read or write outside its folders."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import render
from generator.config import Settings
from generator.explain import explain
from generator.problems import MingzhangError
from generator.store import Store
from tests.doors import files
from tests.hypothesis_profile import examples
from tests.pdf.settings import settings_for
from tests.sample_packages import write_sample_packages
from tests.sites import without_workbooks

PACKAGE = "haizhu-data/2025-budget"
SECRET = "secret"
#: Places that lead from a package, or from the folder of disclosures, to the secret.
PLACES = st.sampled_from(
    [
        *("../../../secret/facts.csv", "../secret/a.pdf", "../../secret/a.pdf"),
        *("{outer}/secret/facts.csv", "//secret/a.pdf", "..", "../secret", "..\\secret\\a.pdf"),
        *("%2e%2e/secret/a.pdf", "file:///{outer}/secret/a.pdf", "a\0b", "link/a.pdf", "\ud800"),
    ]
)
Tamper = Callable[[dict[str, Any], str], None]


def _path(entry: dict[str, Any], place: str) -> None:
    entry["resources"][0]["path"] = place


def _name(entry: dict[str, Any], place: str) -> None:
    entry["resources"][0]["name"] = place


def _package(entry: dict[str, Any], place: str) -> None:
    entry["name"] = place


def _department(entry: dict[str, Any], place: str) -> None:
    entry["department"]["id"] = place


def _source(entry: dict[str, Any], place: str) -> None:
    data = hashlib.sha256(b"%PDF-secret").hexdigest()
    entry["sources"][0] |= {"file": place, "hash": f"sha256:{data}", "pages": [[595.0, 842.0]]}


TAMPERS: list[Tamper] = [_path, _name, _package, _department, _source]
#: Who listens now to what is opened.
LISTENERS: list[list[str]] = []


@cache
def _listening() -> None:
    """Listen from now on: a hook is never taken away, so it waits until a test needs it."""

    def listen(event: str, arguments: tuple[Any, ...]) -> None:
        if LISTENERS and event in ("open", "os.listdir", "os.scandir"):
            place = arguments[0]
            if isinstance(place, str | bytes | os.PathLike):
                LISTENERS[-1].append(os.path.realpath(os.fsdecode(place)))

    sys.addaudithook(listen)


@contextmanager
def opened() -> Iterator[list[str]]:
    """The real places of all that this process opens meanwhile."""
    _listening()
    found: list[str] = []
    LISTENERS.append(found)
    try:
        yield found
    finally:
        LISTENERS.pop()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample_packages(tmp_path_factory.mktemp("sample") / "packages")


def laid_out(outer: Path, sample: Path) -> Settings:
    """Packages and disclosures in a folder, beside which lies what nobody may read."""
    shutil.copytree(sample, outer / "in" / "packages")
    (outer / "in" / "disclosures").mkdir()
    (outer / "in" / "disclosures" / "link").symlink_to(outer / "elsewhere")
    (outer / "secret").mkdir()
    (outer / "secret" / "a.pdf").write_bytes(b"%PDF-secret")
    shutil.copyfile(sample / PACKAGE / "facts.csv", outer / "secret" / "facts.csv")
    made = settings_for(outer / "in").with_folders(
        site=outer / "in" / "site", cache=sample.parent / "cache"
    )
    return replace(made, english=False)


def rendered(settings: Settings) -> list[str]:
    """Render, or refuse to; what was opened meanwhile."""
    with opened() as found, without_workbooks():
        try:
            render(settings, lambda stage, done, total: None)
        except MingzhangError as error:
            assert "\0" not in str(error) and "\n" not in str(error)
    return found


def assert_closed(outer: Path, sample: Path, spoil: Callable[[Settings], None]) -> None:
    settings = laid_out(outer, sample)
    spoil(settings)
    before = {name: data for name, data in files(outer).items() if not name.startswith("in/")}
    found = rendered(settings)
    secret = os.path.realpath(outer / SECRET)
    assert found and [place for place in found if place.startswith(secret)] == []
    after = {name: data for name, data in files(outer).items() if not name.startswith("in/")}
    assert after == before


@examples(40)
@given(tamper=st.sampled_from(TAMPERS), place=PLACES)
def test_a_descriptor_leads_nowhere(sample: Path, tamper: Tamper, place: str) -> None:
    def spoil(settings: Settings) -> None:
        file = settings.packages / PACKAGE / "datapackage.json"
        entry = json.loads(file.read_text(encoding="utf-8"))
        tamper(entry, place.format(outer=settings.packages.parent.parent))
        file.write_text(json.dumps(entry), encoding="utf-8")

    with tempfile.TemporaryDirectory() as name:
        assert_closed(Path(name), sample, spoil)


def _linked(place: str, target: str) -> Callable[[Settings], None]:
    """Put a link in the place of a file or folder of the packages."""

    def spoil(settings: Settings) -> None:
        path = settings.packages / place
        if path.is_dir():
            shutil.copytree(path, settings.packages.parent.parent / SECRET / "copy")
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        path.symlink_to(settings.packages.parent.parent / SECRET / target)

    return spoil


@pytest.mark.parametrize(
    ("place", "target"),
    [
        (f"{PACKAGE}/facts.csv", "facts.csv"),
        (f"{PACKAGE}/datapackage.json", "copy"),
        ("all/facts.csv", "facts.csv"),
        (PACKAGE, "copy"),
        ("haizhu-data", "copy"),
        ("all", "copy"),
        (".mingzhang", "a.pdf"),
        (f"{PACKAGE}/more.csv", "facts.csv"),
    ],
)
def test_a_link_in_a_package_is_not_followed(
    sample: Path, tmp_path: Path, place: str, target: str
) -> None:
    assert_closed(tmp_path, sample, _linked(place, target))


def test_explain_follows_no_link(sample: Path, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, sample)
    _linked("all/facts.csv", "facts.csv")(settings)
    with pytest.raises(MingzhangError, match="leads out of"):
        explain(settings.packages, "x")


def test_a_link_in_the_cache_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    """Whoever may write to the cache may change what is published, and nothing else."""
    kept = Store(tmp_path / "elsewhere")
    kept.put("key", b"another's")
    before = files(kept.folder)
    store = Store(tmp_path / "cache" / "kind")
    store.folder.mkdir(parents=True)
    (store.folder / "key").symlink_to(kept.folder / "key")
    assert store.get("key") is None
    store.put("key", b"ours")
    assert store.get("key") == b"ours"
    assert files(kept.folder) == before
    for place in ("../x", str(tmp_path / "x"), "..", ""):
        with pytest.raises(MingzhangError):
            store.put(place, b"ours")
        assert store.get(place) is None
    assert not (tmp_path / "cache" / "x").exists() and not (tmp_path / "x").exists()


def test_a_link_that_people_keep_stays_a_link(sample: Path, tmp_path: Path) -> None:
    """What it leads to keeps its bytes and who may read it, and is not copied into the site."""
    settings = laid_out(tmp_path, sample)
    secret = tmp_path / SECRET / "a.pdf"
    secret.chmod(0o600)
    settings.site.mkdir()
    (settings.site / ".gitignore").symlink_to(secret)
    rendered(settings)
    assert (settings.site / "index.html").is_file()
    assert (settings.site / ".gitignore").is_symlink()
    assert secret.stat().st_mode & 0o777 == 0o600
