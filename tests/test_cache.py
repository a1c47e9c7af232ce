"""The cache: nothing is done twice, and it never gives another answer than an empty one would."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.cache import Cache
from generator.config import Settings, WebsiteSettings
from generator.problems import PackageError
from generator.read import Task
from generator.summary import Summary
from generator.workers import Died
from tests.doors import files
from tests.hypothesis_profile import examples
from tests.pdf.settings import extract_quietly, settings_for

REGISTER = (
    "department,name,name_english,first_year,last_year,region_code,region,level\n"
    "{id},广州市信访局,Letters Bureau,2024,,440100,广州市,city\n"
)
TEXT = """第一部分 {name}概况

一、主要职责
负责信访工作。

第二部分 2025年部门预算表

表8
财政拨款安排的行政经费及“三公”经费预算表
单位名称：{name}
单位：万元
项目 合计 一般公共预算 政府性基金预算 国有资本经营预算
行政经费 {amount} {amount} 0.00 0.00
“三公”经费 1.00 1.00 0.00 0.00
其中：（一）因公出国（境）支出 0.00 0.00 0.00 0.00
（二）公务用车购置及运行维护支出 0.00 0.00 0.00 0.00
1.公务用车购置费 0.00 0.00 0.00 0.00
2.公务用车运行维护费 0.00 0.00 0.00 0.00
（三）公务接待费支出 1.00 1.00 0.00 0.00
注：无。

第三部分 2025年部门预算情况说明
没有变化。

第四部分 名词解释
一、基本支出：指日常支出。
"""
NAMES = {"a": "广州市信访局", "b": "广州市商务局", "c": "广州市档案馆"}


def write(folder: Path, name: str, amount: str = "12.00") -> Path:
    """Write one tiny disclosure."""
    path = folder / "disclosures" / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(name=NAMES[name], amount=amount), encoding="utf-8")
    return path


def extract_into(folder: Path, cache: Path | None = None) -> Summary:
    """Extract what lies in ``folder``, with the folder's own cache or another."""
    made = settings_for(folder)
    return extract_quietly(made.with_folders(cache=cache) if cache else made)


def places(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of the packages was written, and where it lies on the disk."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted((folder / "packages").rglob("*"))
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two disclosures, built once for all."""
    folder = tmp_path_factory.mktemp("built")
    write(folder, "a")
    write(folder, "b")
    assert extract_into(folder).read == 2
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the two disclosures, their packages and what is remembered of them."""
    folder = shutil.copytree(built, tmp_path / "folder")
    # What was written last is remembered by the folder's place, so here once more.
    with patch("generator.cache.validate_package", side_effect=AssertionError("known as valid")):
        assert extract_into(folder).read == 0
    return folder


# ── nothing is done twice ────────────────────────────────────────────────────────────────


def test_a_rebuild_with_nothing_changed_reads_validates_and_writes_nothing(folder: Path) -> None:
    before = places(folder)
    with patch("generator.cache.validate_package") as validate:
        summary = extract_into(folder)
    assert (summary.read, summary.unchanged) == (0, ["packages"])
    assert not validate.called
    assert places(folder) == before
    assert len(summary.checked) == 2


def test_a_touched_file_is_not_read_again(folder: Path) -> None:
    before = places(folder)
    (folder / "disclosures" / "a.txt").touch()
    assert extract_into(folder).read == 0
    assert places(folder) == before


def test_with_one_file_changed_one_is_read_and_its_packages_are_validated(folder: Path) -> None:
    write(folder, "a", "13.00")
    with (
        patch("generator.cache.validate_package") as validate,
        patch("generator.executors.run_all", here),
    ):
        summary = extract_into(folder)
    assert (summary.read, summary.unchanged) == (1, [])
    validated = {call.args[0].parent.name for call in validate.call_args_list}
    assert "guang-zhou-shi-shang-wu-ju" not in validated
    assert "guang-zhou-shi-xin-fang-ju" in validated


def test_only_what_the_register_now_answers_otherwise_is_read_again(folder: Path) -> None:
    register = folder / "departments.csv"
    register.write_text(REGISTER.format(id="letters"), encoding="utf-8")
    assert extract_into(folder).read == 1
    assert (folder / "packages" / "letters" / "2025-budget").is_dir()
    stranger = "archives,广州市档案局,Archives,2024,,440100,广州市,city\n"
    register.write_text(REGISTER.format(id="letters") + stranger, encoding="utf-8")
    assert extract_into(folder).read == 0
    text = REGISTER.format(id="letters").replace("Letters Bureau", "Bureau of Letters")
    register.write_text(text, encoding="utf-8")
    assert extract_into(folder).read == 1
    assert_as_with_an_empty_cache(folder)


def test_a_file_that_the_register_made_unreadable_is_read_again(folder: Path) -> None:
    """Its identifier contradicts the sidecar's; no disclosure tells what was asked."""
    (folder / "disclosures" / "a.yaml").write_text("department: letters\n", encoding="utf-8")
    for department, codes in (("mail", ["sidecar-contradicts"]), ("letters", [])):
        text = REGISTER.format(id=department)
        (folder / "departments.csv").write_text(text, encoding="utf-8")
        summary = extract_into(folder)
        assert summary.read == 1
        assert [each.code for each in summary.problems if each.severity == "fatal"] == codes


def test_a_tampered_output_is_written_again(folder: Path) -> None:
    before = files(folder / "packages")
    (folder / "packages" / "all" / "facts.csv").write_text("1", encoding="utf-8")
    assert extract_into(folder).read == 0
    assert files(folder / "packages") == before


# ── it never gives another answer ────────────────────────────────────────────────────────

Edit = Callable[[Path, int], None]


def _change(folder: Path, number: int) -> None:
    write(folder, "abc"[number % 3], f"{number}.00")


def _remove(folder: Path, number: int) -> None:
    sources = sorted((folder / "disclosures").glob("*.txt"))
    if len(sources) > 1:
        sources[number % len(sources)].unlink()


def _rename(folder: Path, number: int) -> None:
    sources = sorted((folder / "disclosures").glob("*.txt"))
    source = sources[number % len(sources)]
    source.rename(source.with_name(f"{source.stem[0]}{number % 4}.txt"))


def _sidecar(folder: Path, number: int) -> None:
    path = folder / "disclosures" / f"{'abc'[number % 3]}.yaml"
    path.write_text(f"title: 题目{number}\n", encoding="utf-8")


def _bad_sidecar(folder: Path, number: int) -> None:
    path = folder / "disclosures" / f"{'abc'[number % 3]}.yaml"
    path.write_text("year: soon\n", encoding="utf-8")


def _remove_sidecars(folder: Path, number: int) -> None:
    for path in (folder / "disclosures").glob("*.yaml"):
        path.unlink()


def _touch(folder: Path, number: int) -> None:
    for path in (folder / "disclosures").glob("*"):
        path.touch()


def _register(folder: Path, number: int) -> None:
    text = REGISTER.format(id=f"letters-{number % 3}")
    (folder / "departments.csv").write_text(text, encoding="utf-8")


def _without_register(folder: Path, number: int) -> None:
    (folder / "departments.csv").unlink(missing_ok=True)


def _cached(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "cache").rglob("*") if path.is_file())


def _delete_cache(folder: Path, number: int) -> None:
    shutil.rmtree(folder / "cache", ignore_errors=True)


def _delete_some_cache(folder: Path, number: int) -> None:
    for path in _cached(folder)[number % 2 :: 2]:
        path.unlink()


def _empty_cache_files(folder: Path, number: int) -> None:
    for path in _cached(folder):
        path.write_bytes(b"")


def _cut_cache_files(folder: Path, number: int) -> None:
    for path in _cached(folder):
        path.write_bytes(path.read_bytes()[:number])


def _tamper(folder: Path, number: int) -> None:
    written = sorted(path for path in (folder / "packages").rglob("*") if path.is_file())
    if written:
        path = written[number % len(written)]
        path.write_bytes(path.read_bytes()[:-1] + b"?")


def _delete_output(folder: Path, number: int) -> None:
    shutil.rmtree(folder / "packages", ignore_errors=True)


EDITS: tuple[Edit, ...] = (
    _change, _change, _remove, _rename, _sidecar, _bad_sidecar, _remove_sidecars, _touch,
    _register, _without_register, _delete_cache, _delete_some_cache, _empty_cache_files,
    _cut_cache_files, _tamper, _delete_output,
)  # fmt: skip


def here(
    work: Callable[[Any], Any], tasks: Sequence[Any], **limits: float
) -> Iterator[tuple[int, Any]]:
    """Do the work of all workers in this process."""
    yield from ((index, work(task)) for index, task in enumerate(tasks))


def assert_as_with_an_empty_cache(folder: Path) -> None:
    """The packages are, byte for byte, those of a build that remembers nothing.

    Both keep what was published before and is not made again. Validation writes nothing, and
    workers are not what is tested; both take most of a build's time, so the one is left out here
    and the other are replaced by this process.
    """
    with (
        patch("generator.cache.validate_package"),
        patch("generator.executors.run_all", here),
        tempfile.TemporaryDirectory() as other,
    ):
        if (folder / "packages").exists():
            shutil.copytree(folder / "packages", Path(other) / "packages")
        fresh = settings_for(folder).with_folders(
            packages=Path(other) / "packages", cache=Path(other) / "cache"
        )
        said = [_outcome(settings_for(folder)), _outcome(fresh)]
        assert said[0] == said[1]
        assert files(folder / "packages") == files(Path(other) / "packages")


def _outcome(settings: Settings) -> list[str]:
    """The codes of all problems, or the error: what is to be kept may have been altered."""
    try:
        return [problem.code for problem in extract_quietly(settings).problems]
    except PackageError as error:
        return [str(error).partition("packages")[2]]


@examples(3)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 99)), min_size=2, max_size=5))
def test_random_edits_give_what_an_empty_cache_gives(edits: list[tuple[Edit, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, "a")
        write(folder, "b")
        assert_as_with_an_empty_cache(folder)
        for edit, number in edits:
            edit(folder, number)
            assert_as_with_an_empty_cache(folder)


@pytest.mark.parametrize("edit", dict.fromkeys(EDITS), ids=lambda edit: edit.__name__.strip("_"))
def test_each_edit_gives_what_an_empty_cache_gives(folder: Path, edit: Edit) -> None:
    edit(folder, 7)
    assert_as_with_an_empty_cache(folder)


def test_an_empty_sidecar_is_told_from_none(folder: Path) -> None:
    (folder / "disclosures" / "a.yaml").write_bytes(b"")
    assert_as_with_an_empty_cache(folder)


def test_a_sidecar_of_another_name_is_another(folder: Path) -> None:
    sidecar = folder / "disclosures" / "a.yaml"
    sidecar.write_text("year: soon\n", encoding="utf-8")
    extract_into(folder)
    sidecar.rename(folder / "disclosures" / "a.txt.yaml")
    assert_as_with_an_empty_cache(folder)


def test_a_changed_byte_in_a_cached_reading_is_noticed(folder: Path) -> None:
    """A disk that turns ``12.00`` into ``92.00`` must not turn up in the data."""
    for path in (folder / "cache" / "readings").iterdir():
        path.write_bytes(path.read_bytes().replace(b"12.00", b"92.00"))
    shutil.rmtree(folder / "packages")
    assert_as_with_an_empty_cache(folder)


# ── what is of no use any more ───────────────────────────────────────────────────────────


def aged(folder: Path, days: int) -> set[Path]:
    """Let nobody have asked for anything in a cache for so many days; return its entries."""
    before = time.time() - days * 24 * 3600
    found = {path for path in (folder / "cache").rglob("*") if path.is_file()}
    for path in found:
        os.utime(path, (before, before))
    return found


def test_what_no_build_asked_for_in_a_long_time_is_forgotten(folder: Path) -> None:
    others = folder / "cache" / "readings" / "notes.txt", folder / "cache" / "notes.txt"
    for other in others:
        other.write_text("of somebody else\n", encoding="utf-8")
    entries = aged(folder, 200)
    write(folder, "a", "13.00")
    extract_into(folder)
    left = {path for path in entries if path.exists()}
    assert {*others} < left < entries
    assert_as_with_an_empty_cache(folder)


def test_a_build_with_nothing_to_do_forgets_nothing(folder: Path) -> None:
    """It asks for little of what the next change needs."""
    entries = aged(folder, 200)
    assert extract_into(folder).unchanged == ["packages"]
    assert all(path.exists() for path in entries)


def test_what_was_asked_for_lately_is_kept(folder: Path) -> None:
    entries = aged(folder, 100)
    write(folder, "a", "13.00")
    extract_into(folder)
    assert all(path.exists() for path in entries)


def busy(
    work: Callable[[Any], Any], tasks: Sequence[Any], **limits: float
) -> Iterator[tuple[int, Any]]:
    """Workers that take too long for every file, and have time for departments."""
    for index, task in enumerate(tasks):
        yield index, Died(True, None) if isinstance(task, Task) else work(task)


def test_a_worker_that_died_once_leaves_nothing_behind(folder: Path) -> None:
    """A file that took too long on a busy day is published by the next build."""
    write(folder, "a", "13.00")

    with patch("generator.executors.run_all", busy):
        summary = extract_into(folder)
    assert [problem.code for problem in summary.problems if problem.severity == "fatal"] == [
        "time-limit"
    ]
    assert_as_with_an_empty_cache(folder)


@pytest.mark.parametrize("name", [each.name for each in structs.fields(WebsiteSettings)])
def test_another_setting_of_the_site_makes_it_anew(tmp_path: Path, name: str) -> None:
    settings, cache = settings_for(tmp_path), Cache(tmp_path / "cache")
    now = getattr(settings, name)
    changed: dict[str, Any] = {name: not now if isinstance(now, bool) else f"{now}x"}
    other = replace(settings, **changed)
    for key in (cache.site_key, cache.department_inputs):
        assert key(other) != key(settings)
