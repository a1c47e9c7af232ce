"""Sources and outputs elsewhere: the same bytes, only what changed, and nothing half."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from generator.manifest import Manifest
from generator.problems import RemoteError
from generator.remote.addresses import Address
from generator.remote.folders import RemoteFolder
from generator.remote.publishing import Changes, make_ready, publish
from tests.buckets import Bucket, bucket
from tests.disclosure_texts import typeset
from tests.doors import files, run
from tests.made_budgets import sample_budget
from tests.text_styles import Style

TEXT = typeset(sample_budget("广州市甲局"), Style())
SIDECAR = b"published: 2025-02-20\n"
JUNK = b"nothing that could be read\n"
OUT = ("--packages", "s3://accounts/out/packages", "--site", "s3://accounts/out/site")
SETTINGS = """\
[folders]
packages = "packages"
site = "site"
[site]
english = false
[reading]
jobs = 1
"""


@pytest.fixture(scope="module")
def s3() -> Iterator[Bucket]:
    """A bucket, and an environment that lets this process use it."""
    with bucket() as found, pytest.MonkeyPatch.context() as patch:
        for name, value in found.environment.items():
            patch.setenv(name, value)
        yield found


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cache of its own, in which commands are run."""
    return tmp_path_factory.mktemp("machine")


def on(machine: Path, *arguments: str | Path) -> Result:
    """Run a command on a machine."""
    machine.mkdir(exist_ok=True)
    (machine / "mingzhang.toml").write_text(SETTINGS, encoding="utf-8")
    return run(*arguments, "--config", machine / "mingzhang.toml")


def told(done: Result, *words: str) -> None:
    """One line, with exit code 2, that says these words."""
    lines = [line for line in done.output.splitlines() if line.startswith("mingzhang: ")]
    assert (done.exit_code, len(lines)) == (2, 1), done.output
    assert [word for word in words if word not in lines[0]] == [], lines[0]
    assert "Traceback" not in done.output


def sums(folder: Path, below: str) -> dict[str, str]:
    """The MD5 of each file of a folder, by where it would lie in the bucket."""
    return {
        f"{below}/{place}": hashlib.md5(data, usedforsecurity=False).hexdigest()
        for place, data in files(folder).items()
    }


# ── S3 ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Both:
    """What a build wrote here, and what one wrote in the bucket, by the MD5 of each file."""

    here: dict[str, str]
    there: dict[str, str]


@pytest.fixture(scope="module")
def both(s3: Bucket, machine: Path) -> Both:
    """One build of files here, and one of the same in the bucket, to other folders."""
    sources = {"sub/甲 a+%.txt": TEXT, "sub/甲 a+%.yaml": SIDECAR, "b.txt": JUNK}
    for place, data in sources.items():
        (machine / "in" / place).parent.mkdir(parents=True, exist_ok=True)
        (machine / "in" / place).write_bytes(data)
        s3.put(f"in/{place}", data)
    s3.put("in/sub/", b"")  # what a console leaves of a new folder
    for command in ((machine / "in",), ("s3://accounts/in", *OUT)):
        done = on(machine, "build", *command)
        assert done.exit_code == 1 and "b.txt: fatal" in done.output, done.output
    here = sums(machine / "packages", "out/packages") | sums(machine / "site", "out/site")
    return Both(here, s3.sums("out"))


def test_the_round_trip_is_the_same_byte_for_byte(s3: Bucket, both: Both) -> None:
    assert both.there == both.here
    assert s3.type_of("out/site/index.html") == "text/html; charset=utf-8"


def test_only_what_changed_moves_and_another_machine_goes_on_from_there(
    s3: Bucket, machine: Path, both: Both, tmp_path: Path
) -> None:
    s3.asked()
    assert on(machine, "build", "s3://accounts/in", *OUT).exit_code == 1  # for b.txt
    asked = s3.asked()
    assert {each.split()[0] for each in asked} == {"LIST", "GET"}
    assert [each for each in asked if each.startswith("GET") and "/.mingzhang" not in each] == []

    s3.put("in/sub/甲 a+%.yaml", b"published: 2025-03-01\n")
    s3.delete("in/b.txt")
    s3.asked()
    assert on(machine, "extract", "s3://accounts/in", *OUT[:2]).exit_code == 0
    assert [each for each in s3.asked() if "/in/" in each] == ["GET /accounts/in/sub/甲 a+%.yaml"]
    assert not list(machine.glob(".cache/remote/*/disclosures/b.txt"))

    s3.put("in/sub/甲 a+%.txt", JUNK)
    done = on(tmp_path / "there", "extract", "s3://accounts/in", *OUT[:2])
    assert done.exit_code == 1 and "source-unread" in done.output
    after = s3.sums("out/packages")
    (facts,) = (place for place in after if place.endswith("-budget/facts.csv"))
    assert after[facts] == both.there[facts]

    for place in [*after, "out/packages/.mingzhang-published"]:
        s3.delete(place)
    gone = on(machine, "extract", "s3://accounts/in", *OUT[:2])
    told(gone, "s3://accounts/out/packages", "is empty")


def test_half_a_file_is_never_used_and_a_whole_one_not_fetched_again(
    s3: Bucket, machine: Path
) -> None:
    for number in range(20):
        s3.put(f"half/{number}.txt", TEXT + b"\n" * number)
    with s3.breaking(GET=5):
        told(on(machine, "check", "s3://accounts/half"), "s3://accounts/half/", "broke off")
    brought = list(machine.glob(".cache/remote/*/disclosures/*.txt"))
    whole = [path for path in brought if path.stem.isdecimal()]
    assert 0 < len(whole) < 20
    assert all(path.read_bytes() == TEXT + b"\n" * int(path.stem) for path in whole)
    assert not list(machine.glob(".cache/remote/*/new-*"))

    s3.asked()
    with s3.breaking(GET=20 - len(whole)):
        on(machine, "check", "s3://accounts/half")
    assert len([each for each in s3.asked() if each.startswith("GET")]) == 20 - len(whole)


def test_who_is_refused_is_told_and_no_secret_is_repeated(
    s3: Bucket, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(on(machine, "check", "s3://no-such-bucket/in"), "s3://no-such-bucket/in", "no such bucket")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim" * 6)
    for command in (("check",), ("check", "--verbose"), ("build", "--site", "s3://accounts/new")):
        done = on(machine, *command, "s3://accounts/in")
        told(done, "s3://accounts/", "refuses these credentials", "AWS_SECRET_ACCESS_KEY")
        assert "geheim" not in done.output
        assert s3.environment["AWS_ACCESS_KEY_ID"] not in done.output
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9")
    told(on(machine, "check", "s3://accounts/in"), "no credentials in the environment")


def test_what_others_keep_there_is_left_alone(s3: Bucket, machine: Path) -> None:
    s3.put("theirs/letter.txt", b"dear")
    done = on(machine, "extract", "s3://accounts/in", "--packages", "s3://accounts/theirs")
    told(done, "s3://accounts/theirs", "did not write")
    assert s3.files("theirs") == {"letter.txt": b"dear"}


def test_where_nothing_lies_is_told(s3: Bucket, machine: Path) -> None:
    told(on(machine, "check", "s3://accounts/nothing"), "s3://accounts/nothing", "no disclosures")


# ── publishing, with small files ─────────────────────────────────────────────────────────

OLD = {"index.html": b"old", "a/index.html": b"old", "a/data.csv": b"1", "gone.csv": b"0"}
NEW = {"index.html": b"new", "a/index.html": b"new", "a/data.csv": b"2", "b/new.csv": b"3"}


def published(site: dict[str, bytes], folder: Path, name: str) -> Changes:
    """Publish a site of these files in a folder of the bucket, as a build does."""
    for place, data in {".mingzhang": b"ours", ".gitignore": b"theirs", **site}.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(data)
    target = RemoteFolder(Address("s3", "accounts", name))
    make_ready(target, _quiet)
    return publish(folder, target, Manifest(folder / "manifest"), _quiet)


def _quiet(*_: object) -> None:
    pass


def test_pages_come_after_what_they_lead_to_and_what_is_gone_goes_last(
    s3: Bucket, tmp_path: Path
) -> None:
    assert published(OLD, tmp_path / "old", "order") == Changes(5, 0)
    s3.asked()
    assert published(NEW, tmp_path / "new", "order") == Changes(4, 1)
    asked = [each.removeprefix("COPY /accounts/order/") for each in s3.asked()]
    placed = [asked.index(place) for place in ("a/data.csv", "a/index.html", "index.html")]
    assert placed == sorted(placed)
    assert asked.index("b/new.csv") < placed[1] and asked.index("POST /accounts") > placed[2]
    assert s3.files("order") == NEW | {".mingzhang": b"ours"}
    assert published(NEW, tmp_path / "new", "order") == Changes(0, 0)


@pytest.mark.parametrize("breaks", [{"PUT": 2}, {"COPY": 2}, {"POST": 0}, {"LIST": 1}])
def test_a_publication_that_breaks_off_is_all_or_nothing_and_carried_out_by_the_next(
    s3: Bucket, tmp_path: Path, breaks: dict[str, int]
) -> None:
    name = "breaks-" + next(iter(breaks))
    published(OLD, tmp_path / "old", name)
    with s3.breaking(**breaks), pytest.raises(RemoteError, match="broke off; try again"):
        published(NEW, tmp_path / "new", name)
    now = s3.files(name)
    if "PUT" in breaks:
        assert now == OLD | {".mingzhang": b"ours"}
        assert published(NEW, tmp_path / "new", name) == Changes(4, 1)
    else:  # all was there: who has nothing new finds it done
        assert now["a/data.csv"] == b"2" and (now["index.html"] == b"old" or "COPY" not in breaks)
        assert published(NEW, tmp_path / "new", name) == Changes(0, 0)
    assert s3.files(name) == NEW | {".mingzhang": b"ours"}


def test_what_somebody_altered_there_is_published_anew(s3: Bucket, tmp_path: Path) -> None:
    published(OLD, tmp_path, "altered")
    s3.put("altered/a/data.csv", b"9")
    s3.delete("altered/gone.csv")
    assert published(OLD, tmp_path, "altered") == Changes(2, 0)
    assert s3.files("altered") == OLD | {".mingzhang": b"ours"}
