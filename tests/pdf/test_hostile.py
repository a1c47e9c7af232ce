"""Hostile files: each is named with its problem, and takes nothing else down with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.pdf.limits import Limits
from generator.summary import Summary
from tests.pdf import hostile
from tests.pdf.made_tables import tables
from tests.pdf.model import example_budget
from tests.pdf.reading import errors, published, read_bytes, rows_of
from tests.pdf.settings import extract_quietly, settings_for

LIMITS = Limits(seconds=30, memory_mb=1024)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all hostile files and one good disclosure among them."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "disclosures").mkdir()
    for name, file in hostile.FILES.items():
        (folder / "disclosures" / f"{name}.pdf").write_bytes(file.make())
    (folder / "disclosures" / "good.pdf").write_bytes(hostile.good())
    return folder


@pytest.fixture(scope="module")
def summary(folder: Path) -> Summary:
    return extract_quietly(settings_for(folder, LIMITS))


@pytest.mark.parametrize("name", hostile.FILES)
def test_each_is_named_with_its_problem(summary: Summary, name: str) -> None:
    problems = [each for each in summary.problems if each.file == f"{name}.pdf"]
    assert {problem.code for problem in problems} & set(hostile.FILES[name].codes)
    assert any(problem.severity == "fatal" for problem in problems)
    assert all(problem.message and problem.mend for problem in problems)


def test_only_the_good_one_is_published(folder: Path, summary: Summary) -> None:
    (told,) = summary.checked
    disclosure = read_bytes((folder / "disclosures" / "good.pdf").read_bytes()).disclosures[0]
    entry = json.loads((folder / "packages" / told.id / "datapackage.json").read_text("utf-8"))
    assert {source["file"] for source in entry["sources"]} == {told.file} == {"good.pdf"}
    assert [each for each in summary.problems if each.file == "good.pdf" and _is_bad(each)] == []
    made = tables(example_budget())
    assert [rows_of(table) for table in disclosure.extract.tables] == [t.expected for t in made]
    packages = sorted(path.parent for path in (folder / "packages").rglob("datapackage.json"))
    kept = [folder / "packages" / "all", folder / "packages" / told.id]
    assert packages == sorted(kept)


def _is_bad(problem: object) -> bool:
    return getattr(problem, "severity", "") != "warning"


def test_the_files_are_small() -> None:
    sizes = {name: len(file.make()) for name, file in hostile.FILES.items()}
    assert max(sizes.values()) < 200_000


def test_an_owner_locked_file_is_read() -> None:
    reading = read_bytes(hostile.owner_locked())
    assert errors(reading) == []
    read = published(reading).extract.tables
    assert [rows_of(table) for table in read] == [t.expected for t in tables(example_budget())]


@pytest.mark.parametrize("size", [100, 2_000, 10_000])
def test_no_disclosure_is_made_of_a_file_with_a_hole(size: int) -> None:
    data = hostile.good()
    for start in range(len(data) // 5, len(data) - 3_000 - size, len(data) // 7):
        reading = read_bytes(data[:start] + data[start + size :])
        assert {problem.code for problem in reading.problems} & {"pdf-broken", "pdf-truncated"}
        assert reading.disclosures == ()


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(pages=5), "too-many-pages"),
        (Limits(edges_per_page=50), "page-too-full"),
        (Limits(characters_per_page=100), "page-too-full"),
        (Limits(objects_per_page=50), "page-too-full"),
        (Limits(file_mb=0), "file-too-large"),
        (Limits(seconds=0), "time-limit"),
        (Limits(memory_mb=32), "reader-died"),
    ],
    ids=["pages", "edges", "characters", "objects", "bytes", "seconds", "memory"],
)
def test_each_limit_stops_a_file_and_says_so(tmp_path: Path, limits: Limits, code: str) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures" / "good.pdf").write_bytes(hostile.good())
    summary = extract_quietly(settings_for(tmp_path, limits))
    # Out of memory the worker may die, or a library in it may say so in its own words.
    either = {code, "reader-failed"} if code == "reader-died" else {code}
    assert len(summary.problems) == 1 and summary.problems[0].code in either
    assert summary.checked == ()
    assert sorted(p.name for p in (tmp_path / "packages").iterdir() if p.is_dir()) == ["all"]
