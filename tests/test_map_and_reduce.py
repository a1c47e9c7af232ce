"""A build works on files and on departments, each by itself, and reduces what comes of them."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from generator.department import DepartmentTask
from generator.manifest import Manifest
from generator.models import Disclosure
from generator.packages.concepts import concept_registers
from generator.packages.held import refuse_wrong
from generator.packages.resources import Resource, listed
from generator.problems import PackageError
from generator.store import digest_of_file
from generator.workers import Died
from tests.doors import files
from tests.test_cache import assert_as_with_an_empty_cache, extract_into, here, write

LETTERS, TRADE = "guang-zhou-shi-xin-fang-ju", "guang-zhou-shi-shang-wu-ju"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two departments, built by this process; that packages are valid is tested elsewhere."""
    monkeypatch.setattr("generator.executors.run_all", here)
    monkeypatch.setattr("generator.cache.validate_package", lambda folder: None)
    for name in ("a", "b"):
        write(tmp_path, name)
    extract_into(tmp_path)
    return tmp_path


def facts(folder: Path, department: str) -> Path:
    return folder / "packages" / department / "2025-budget" / "facts.csv"


# ── the map ──────────────────────────────────────────────────────────────────────────────


def test_no_disclosure_is_in_the_memory_of_the_build(tmp_path: Path) -> None:
    """Workers have them; what comes back is light."""
    for name in ("a", "b"):
        write(tmp_path, name)

    def alive() -> int:
        gc.collect()
        return sum(isinstance(each, Disclosure) for each in gc.get_objects())

    from generator import extraction

    counted, write_all, before = [], extraction.write_all, alive()

    def counting(*arguments: Any) -> None:
        counted.append(alive())
        write_all(*arguments)

    with patch("generator.extraction.write_all", counting):
        assert len(extract_into(tmp_path).checked) == 2
    assert counted == [before]


def backwards(
    work: Callable[[Any], Any], tasks: Sequence[Any], **limits: float
) -> Iterator[tuple[int, Any]]:
    """Workers of which the last ends first."""
    yield from reversed(list(here(work, tasks)))


def test_whoever_ends_first_the_bytes_are_the_same(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for name in ("a", "b"):
        write(other, name)
    with patch("generator.executors.run_all", backwards):
        extract_into(other)
    assert files(other / "packages") == files(folder / "packages")


def test_a_department_whose_worker_died_is_named_and_the_others_are_published(
    folder: Path,
) -> None:
    def dying(
        work: Callable[[Any], Any], tasks: Sequence[Any], **limits: float
    ) -> Iterator[tuple[int, Any]]:
        for index, task in enumerate(tasks):
            dead = isinstance(task, DepartmentTask) and task.department == TRADE
            yield index, Died(False, -9) if dead else work(task)

    before = facts(folder, TRADE).read_bytes()
    write(folder, "a", "13.00")
    write(folder, "b", "14.00")
    with patch("generator.executors.run_all", dying):
        summary = extract_into(folder)
    grave = [(each.file, each.code) for each in summary.problems if each.severity == "fatal"]
    assert grave == [("b.txt", "package-over-limit")] and summary.failed
    assert [each.id.partition("/")[0] for each in summary.kept] == [TRADE]
    assert "130000" in facts(folder, LETTERS).read_text("utf-8")
    assert facts(folder, TRADE).read_bytes() == before
    assert extract_into(folder).kept == ()  # the next build mends
    assert "140000" in facts(folder, TRADE).read_text("utf-8")


# ── one change costs one ─────────────────────────────────────────────────────────────────


def test_the_packages_of_a_department_of_which_nothing_changed_are_taken_over(
    folder: Path,
) -> None:
    before = {each: facts(folder, each).stat().st_ino for each in (LETTERS, TRADE)}
    write(folder, "a", "13.00")
    assert_as_with_an_empty_cache(folder)
    after = {each: facts(folder, each).stat().st_ino for each in (LETTERS, TRADE)}
    assert before[TRADE] == after[TRADE] and before[LETTERS] != after[LETTERS]


def test_what_somebody_altered_is_not_taken_over(folder: Path) -> None:
    """Not even if the file is as large, and says it is as old, as it was."""
    file = facts(folder, TRADE)
    good, stat = file.read_bytes(), file.stat()
    file.write_bytes(good.replace(b"120000", b"920000"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    write(folder, "a", "13.00")
    extract_into(folder)
    assert file.read_bytes() == good


def test_files_that_were_not_written_just_now_are_hashed_once(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for file in (old, new):
        file.write_bytes(b"1")
    os.utime(old, (1, 1))
    hashed: list[str] = []

    def noting(path: Path) -> bytes:
        hashed.append(path.name)
        return digest_of_file(path)

    with patch("generator.manifest.digest_of_file", noting):
        for _ in range(3):
            manifest = Manifest(tmp_path / "kept")
            assert manifest.sha256(old) == manifest.sha256(new) == digest_of_file(old).hex()
            manifest.save()
        old.write_bytes(b"2")
        os.utime(old, (1, 1))
        assert manifest.sha256(old) == digest_of_file(old).hex() != manifest.sha256(new)
    assert hashed == ["old", "new", "new", "new", "old", "new"]


# ── the reduction ────────────────────────────────────────────────────────────────────────


def test_rows_that_lead_to_nothing_in_the_registers_are_not_published(folder: Path) -> None:
    def without_rows(*arguments: Any) -> list[Resource]:
        return [replace(each, rows=each.rows[:1]) for each in concept_registers(*arguments)]

    before = files(folder / "packages")
    write(folder, "a", "13.00")
    with (
        patch("generator.packages.everything.concept_registers", without_rows),
        pytest.raises(PackageError, match=r"facts\.csv: .*is not in \w+\.csv"),
    ):
        extract_into(folder)
    assert files(folder / "packages") == before


GOOD = ("part", "规则", "A rule", "form", "句子。", "A sentence.", "各表", "总是", "无")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([GOOD, GOOD], "rule: stands twice"),
        ([("", *GOOD[1:])], "rule: is blank"),
        ([(*GOOD[:3], "odd", *GOOD[4:])], "level: “odd”: is none of"),
    ],
)
def test_a_register_is_held_against_its_schema(wrong: list[tuple[str, ...]], said: str) -> None:
    refuse_wrong(Path("all"), listed("rules", [GOOD]), {})
    with pytest.raises(PackageError, match=said):
        refuse_wrong(Path("all"), listed("rules", wrong), {})


@pytest.mark.parametrize(
    ("name", "field", "value", "said"),
    [
        ("conservation", "amounts_printed", "1.5", "is no integer"),
        ("disclosures", "published", "2025-02-30", "is no date"),
        ("disclosures", "year", "20250", "is"),
        ("disclosures", "sha256", "abc", "is not"),
    ],
)
def test_a_value_is_of_its_field(name: str, field: str, value: str, said: str) -> None:
    names = [each.name for each in listed(name, ()).fields]
    assert field in names, names
    row = tuple(value if each == field else "" for each in names)
    loose = tuple(
        replace(each, constraints={k: v for k, v in each.constraints.items() if k != "required"})
        for each in listed(name, ()).fields
    )
    resource = replace(listed(name, [row]), fields=loose, foreign_keys=())
    with pytest.raises(PackageError, match=f"{field}: “{value}”: {said}"):
        refuse_wrong(Path("all"), resource, {})
