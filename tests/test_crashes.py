"""Whatever a build fails or dies at: what is published is the old or the new, whole; the next
build is complete, and equal to one from nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crashing import build, cheap
from tests.doors import ROOT, files, write_settings
from tests.hypothesis_profile import PROFILE
from tests.test_cache import write

pytestmark = pytest.mark.hypothesis  # at night every step is tried, by day some
#: How many steps, spread over a build, are tried by day.
BY_DAY = 4
Output = dict[str, bytes]


@dataclass(frozen=True)
class Prepared:
    """A folder that was built and whose sources changed since, and what its outputs may be."""

    folder: Path
    old: tuple[Output, Output]
    new: tuple[Output, Output]
    code: int
    steps: tuple[str, ...]


def outputs(folder: Path) -> tuple[Output, Output]:
    return files(folder / "packages"), files(folder / "site")


def start(*arguments: str | Path, prefix: Sequence[str] = ()) -> subprocess.Popen[str]:
    command = [*prefix, sys.executable, "-m", "tests.crashing", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def crash(*arguments: str | Path) -> tuple[list[str], str]:
    """What a run of `tests.crashing` printed, by lines, and its standard error."""
    out, err = start(*arguments).communicate(timeout=600)
    return out.split("\n")[:-1], err


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("crashes"))


def prepare(base: Path) -> Prepared:
    """Build a folder, and change its sources; build them elsewhere, too, to know what is right."""
    folder, fresh = base / "folder", base / "fresh"
    with cheap():
        for name in ("a", "b"):
            write(folder, name)
        write_settings(folder)
        build(folder)
        old = outputs(folder)
        write(folder, "a", "13.00")
        shutil.copytree(folder / "disclosures", fresh / "disclosures")
        shutil.copytree(folder / "packages", fresh / "packages")  # with what is told of them
        write_settings(fresh)
        code = build(fresh)  # without a cache
    shutil.copytree(folder, base / "counted")
    steps, _ = crash("steps", base / "counted")
    new = outputs(fresh)
    assert old != new and outputs(base / "counted") == new
    return Prepared(folder, old, new, code, tuple(steps))


def some(steps: Sequence[str]) -> list[int]:
    """Steps to try, from 1: at night all, by day some of all, and those around the exchanges."""
    if PROFILE == "nightly":
        return list(range(1, len(steps) + 1))
    spread = {1 + round(at * (len(steps) - 1) / (BY_DAY - 1)) for at in range(BY_DAY)}
    return sorted(spread | set(exchanges(steps)))


def exchanges(steps: Sequence[str], following: int = 1) -> list[int]:
    """The steps at which two folders change places, and those that follow."""
    found = [at for at, step in enumerate(steps, 1) if step == "ctypes.dlsym"]
    return [at + more for at in found for more in range(following + 1) if at + more <= len(steps)]


def assert_old_or_new(folder: Path, prepared: Prepared) -> None:
    """Neither half nor mixed: a site is never newer than its packages."""
    found = outputs(folder)
    assert found in (prepared.old, (prepared.new[0], prepared.old[1]), prepared.new)


def assert_mended(folder: Path, prepared: Prepared) -> None:
    """The next build is complete, and nothing lies about."""
    with cheap():
        assert build(folder) == prepared.code
    assert outputs(folder) == prepared.new
    left = {path.name for path in folder.iterdir()}
    assert left == {"cache", "disclosures", "mingzhang.toml", "packages", "site"}


def copies(prepared: Prepared, steps: Sequence[int]) -> list[Path]:
    return [prepared.folder.with_name(f"{prepared.folder.name}-{step}") for step in steps]


def test_a_build_that_fails_at_any_step_leaves_the_old_or_the_new(prepared: Prepared) -> None:
    steps = some(prepared.steps)
    codes, said = crash("fails", prepared.folder, *map(str, steps))
    assert set(codes) <= {"2", str(prepared.code)} and "2" in codes, (codes, said)
    assert "Traceback" not in said and "a mistake of mingzhang" not in said
    for folder in copies(prepared, steps):
        assert_old_or_new(folder, prepared)
        assert_mended(folder, prepared)
        shutil.rmtree(folder)


def test_a_build_that_is_killed_at_any_step_leaves_the_old_or_the_new(prepared: Prepared) -> None:
    steps = some(prepared.steps)
    codes, said = crash("dies", prepared.folder, *map(str, steps))
    assert set(codes) == {"-9"}, said
    for folder in copies(prepared, steps):
        assert_old_or_new(folder, prepared)
        assert_mended(folder, prepared)
        shutil.rmtree(folder)


def test_where_folders_are_not_exchanged_in_one_step_the_next_build_mends(
    prepared: Prepared,
) -> None:
    """Between two renames there is no folder: the next build puts the old one back first."""
    steps = exchanges(prepared.steps, 2)  # two renames are a step more than an exchange
    if PROFILE == "nightly":
        steps = list(range(steps[0] - 20, len(prepared.steps)))
    codes, _ = crash("dies-apart", prepared.folder, *map(str, steps))
    assert "-9" in codes
    found = [outputs(folder) for folder in copies(prepared, steps)]
    assert {} in [packages for packages, _ in found] and {} in [site for _, site in found]
    for folder, (packages, site) in zip(copies(prepared, steps), found, strict=True):
        assert packages in (*(each[0] for each in (prepared.old, prepared.new)), {})
        assert site in (*(each[1] for each in (prepared.old, prepared.new)), {})
        assert_mended(folder, prepared)
        shutil.rmtree(folder)


# ── a disk that is really full ───────────────────────────────────────────────────────────


def test_where_no_file_may_be_so_large_the_old_or_the_new_is_left(prepared: Prepared) -> None:
    """The beginning of a file is written, and then no more: nobody sees that file."""
    largest = max(len(data) for data in prepared.new[0].values()) // 1024
    sizes = range(1, largest + 1) if PROFILE == "nightly" else (largest // 2,)
    codes, said = crash("small-files", prepared.folder, *map(str, sizes))
    assert set(codes) == {"2"} and "the system allows no file of this size" in said
    assert "Traceback" not in said
    for folder in copies(prepared, list(sizes)):
        assert_old_or_new(folder, prepared)
        assert_mended(folder, prepared)
        shutil.rmtree(folder)


ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size="$1"k none "$2"
cp -r "$3" "$2/folder"
"$4" -m tests.crashing plain "$2/folder" 1
cp -r "$2/folder" "$3-full"
mount -o remount,size=100m "$2"
"$4" -m tests.crashing plain "$2/folder" 1
cp -r "$2/folder" "$3-after"
"""


def on_a_small_disk(folder: Path, kilobytes: int) -> tuple[list[str], str]:
    """Build on a disk of so much, then again with more room: the exit codes, and what was said."""
    disk = folder.with_name("disk")
    disk.mkdir(exist_ok=True)
    command = ["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", str(kilobytes)]
    done = subprocess.run(
        [*command, str(disk), str(folder), sys.executable],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.split(), done.stderr


def can_mount() -> bool:
    try:
        command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not can_mount(), reason="no disk of one's own can be mounted here")
def test_a_full_disk_leaves_the_old_or_the_new(prepared: Prepared) -> None:
    files_there = (path for path in prepared.folder.rglob("*") if path.is_file())
    used = sum(-(-path.stat().st_size // 4096) * 4 for path in files_there)
    more = range(8, 900, 40) if PROFILE == "nightly" else (8,)
    for kilobytes in more:
        codes, said = on_a_small_disk(prepared.folder, used + kilobytes)
        assert codes[1] == str(prepared.code) and codes[0] in ("2", codes[1]), (codes, said)
        assert ("make room on the disk" in said) == (codes[0] == "2")
        assert codes[0] == "2" or kilobytes > 8
        assert "Traceback" not in said
        full, after = (
            prepared.folder.with_name(f"{prepared.folder.name}-{name}")
            for name in ("full", "after")
        )
        assert_old_or_new(full, prepared)
        assert outputs(after) == prepared.new
        shutil.rmtree(full)
        shutil.rmtree(after)


# ── all at once ──────────────────────────────────────────────────────────────────────────


def poison(cache: Path) -> None:
    """Spoil all that is kept, each in one of several ways."""
    kept = sorted(path for path in cache.rglob("*") if path.is_file())
    for at, path in enumerate(kept):
        data = path.read_bytes()
        spoilt = (data[:-1] + bytes([data[-1] ^ 1]), data[: len(data) // 2], b"", b"\0" * 99)
        path.write_bytes(spoilt[at % len(spoilt)])
    kept[0].unlink()
    kept[0].symlink_to(kept[-1])


def test_two_builds_with_a_changed_file_and_a_poisoned_cache(prepared: Prepared) -> None:
    folder = shutil.copytree(prepared.folder, prepared.folder.with_name("both"))
    # The other change is in the packages at once, or comes to those of the first.
    newest = [_newest(folder, before) for before in (folder, prepared.folder.with_name("fresh"))]
    poison(folder / "cache")
    both = [start("plain", folder, "1") for _ in range(2)]
    write(folder, "b", "14.00")
    said = [process.communicate(timeout=120) for process in both]
    assert [out for out, _ in said] == [f"{prepared.code}\n"] * 2, said
    packages, site = outputs(folder)
    whole = [prepared.new, *newest]
    assert packages in [each[0] for each in whole] and site in [each[1] for each in whole]
    with cheap():
        assert build(folder) == prepared.code
    assert outputs(folder) in newest


def _newest(folder: Path, before: Path) -> tuple[Output, Output]:
    """What is made of all sources of a folder and another ``b``, after the packages before."""
    fresh = folder.with_name(f"after-{before.name}")
    shutil.copytree(folder / "disclosures", fresh / "disclosures")
    shutil.copytree(before / "packages", fresh / "packages")
    write_settings(fresh)
    write(fresh, "b", "14.00")
    with cheap():
        build(fresh)
    return outputs(fresh)
