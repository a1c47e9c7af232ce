"""Two builds in one folder: the second waits, and what is there is whole and as of one alone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from generator import wire
from generator.build import build
from generator.cache import Cache
from generator.lock import locked
from generator.meaning.departments import Departments
from generator.problems import OutputError
from generator.read import Reading, Task, read_file
from generator.summary import Summary
from generator.swap import replacing
from generator.workers import Died, run_all
from tests.doors import files
from tests.odd_jobs import ill_typed
from tests.pdf.settings import extract_quietly, settings_for
from tests.test_cache import NAMES, here, write

HOLD = """
import sys, time
from pathlib import Path
from generator.lock import locked
from generator.meaning.departments import Departments
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
BUILD = """
import sys
from pathlib import Path
import generator.cache
from generator.build import build
generator.cache.validate_package = lambda package: None
from tests.pdf.settings import settings_for
folder = Path(sys.argv[1])
settings = settings_for(folder, jobs=1).with_folders(site=folder / "site")
build(settings, lambda stage, done, total: None)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        write(tmp_path, name)
    return tmp_path


def started(code: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def built(folder: Path) -> Summary:
    settings = settings_for(folder, jobs=1).with_folders(site=folder / "site")
    with patch("generator.cache.validate_package"):
        return build(settings, lambda stage, done, total: None)


@pytest.mark.slow
def test_two_builds_at_once_end_as_one_alone(folder: Path) -> None:
    alone = built(folder)
    before = files(folder / "packages"), files(folder / "site")
    assert len(alone.checked) == len(NAMES)
    for name in ("packages", "site", "cache"):
        (folder / name).rename(folder / f"old {name}")
    both = [started(BUILD, folder) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert (files(folder / "packages"), files(folder / "site")) == before
    assert built(folder).unchanged == ["packages", "website"]
    assert not list(folder.glob(".*")) and not list(folder.glob("*.new"))


def test_a_lock_is_waited_for_and_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    holder = started(HOLD, tmp_path / "site")
    assert holder.stdout and holder.stdout.readline() == "held\n"
    threading.Timer(0.3, holder.kill).start()
    waited: list[float] = []
    with locked(tmp_path / "site", lambda: waited.append(time.monotonic())):
        assert len(waited) == 1
    holder.wait()
    with locked(tmp_path / "site", lambda: waited.append(0)):
        assert len(waited) == 1
    assert list(tmp_path.iterdir()) == []


def test_only_one_of_many_holds_a_folder(tmp_path: Path) -> None:
    inside, most = [0], [0]

    def hold() -> None:
        for _ in range(20):
            with locked(tmp_path / "site"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=hold) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_where_nothing_can_be_written_a_reader_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"), locked(tmp_path / "file" / "site"):
        pass
    with locked(tmp_path / "file" / "site", to_read=True):
        pass


def put(folder: Path, text: str) -> None:
    with replacing(folder) as new:
        for number in range(40):
            (new / f"{number}.txt").write_text(text, encoding="utf-8")


def test_who_reads_during_an_exchange_always_finds_the_folder(tmp_path: Path) -> None:
    folder, missing, over = tmp_path / "site", [0], threading.Event()
    put(folder, "0")

    def read() -> None:
        while not over.is_set():
            missing[0] += not (folder / "7.txt").is_file()

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(30):
        put(folder, str(number))
    over.set()
    reader.join()
    exchanged = sys.platform in ("linux", "darwin")
    assert not missing[0] or not exchanged
    assert (folder / "39.txt").read_text(encoding="utf-8") == "29"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_output_may_be_a_link_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link = tmp_path / "site"
    link.symlink_to(tmp_path / "disk" / "site")
    for text in ("one", "two"):
        put(link, text)
        assert link.is_symlink()
        assert (tmp_path / "disk" / "site" / "3.txt").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("mask", [0o077, 0o000, 0o027])
def test_everybody_may_read_what_is_written_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with replacing(tmp_path / "site") as new:
            (new / "in").mkdir()
            (new / "in" / "page.html").write_text("<p>", encoding="utf-8")
    finally:
        os.umask(before)
    modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "site").rglob("*")}
    assert modes == {"in": 0o755, "page.html": 0o644, ".mingzhang": 0o644}
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


# ── nothing kept that was not so ─────────────────────────────────────────────────────────


def test_a_file_that_changes_while_it_is_read_is_remembered_as_what_was_read(folder: Path) -> None:
    """The new file is read at the next build, whatever moment the change came at."""

    def while_changing(
        work: Callable[[Task], Reading], tasks: Sequence[Task], **limits: float
    ) -> Iterator[tuple[int, Reading]]:
        for index, result in here(work, tasks):
            write(folder, "a", "13.00")
            yield index, result

    settings = settings_for(folder)
    with patch("generator.executors.run_all", while_changing):
        extract_quietly(settings)
    assert extract_quietly(settings).read == 1
    facts = "".join(
        path.read_text(encoding="utf-8") for path in (folder / "packages").glob("*/facts.csv")
    )
    assert "130000" in facts
    assert "12.00" in facts  # of the two others


def test_what_others_did_to_the_folder_is_not_remembered_as_ours(folder: Path) -> None:
    settings = settings_for(folder)

    settle = Cache.settle

    def disturbed(cache: Cache, *arguments: Any) -> None:
        (folder / "packages" / "all" / "facts.csv").write_text("spoilt", encoding="utf-8")
        settle(cache, *arguments)

    with patch.object(Cache, "settle", disturbed):
        extract_quietly(settings)
    assert extract_quietly(settings).unchanged == []
    assert (folder / "packages" / "all" / "facts.csv").read_text(encoding="utf-8") != "spoilt"


# ── a format that runs nothing ───────────────────────────────────────────────────────────


def test_a_reading_is_the_same_behind_the_wire(folder: Path) -> None:
    settings = settings_for(folder)
    extract_quietly(settings)
    task = Task(
        folder / "disclosures" / "a.txt", folder / "disclosures", Departments(()), settings.limits
    )
    assert wire.decode(wire.encode(task), Task) == task
    reading = read_file(task)
    assert reading.disclosures
    assert wire.decode(wire.encode(reading), Reading) == reading


def test_a_path_of_any_bytes_goes_over_the_wire() -> None:
    path = Path(os.fsdecode(b"\xb9\xe3\xd6\xdd.pdf"))
    assert wire.decode(wire.encode(path), Path) == path


@pytest.mark.parametrize("data", [b"", b"\x80\x05cos\nsystem\n(S'x'\ntR.", b"\xc1", b"\x93\x01"])
def test_what_is_no_such_value_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="no "):
        wire.decode(data, Reading)


def test_a_worker_that_sends_something_else_gave_no_result() -> None:
    assert dict(run_all(ill_typed, ["a"], seconds=30)) == {0: Died(False, None)}
