"""The old packages stay whole, whatever happens; folders that are not ours are left alone."""

import shutil
from pathlib import Path

import pytest

from generator.cache import Cache
from generator.problems import PackageError
from tests.disclosure_texts import typeset
from tests.doors import extract, files, run, write_settings
from tests.made_budgets import sample_budget
from tests.text_styles import Style


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one disclosure was extracted, once for all."""
    folder = tmp_path_factory.mktemp("extracted")
    (folder / "disclosures").mkdir()
    (folder / "disclosures" / "a.txt").write_bytes(typeset(sample_budget(), Style()))
    assert extract(folder).exit_code == 0
    return folder


@pytest.fixture
def built(extracted: Path, tmp_path: Path) -> Path:
    """A copy of that folder, with what its cache knows to be valid."""
    return shutil.copytree(extracted, tmp_path, dirs_exist_ok=True)


def add_disclosure(folder: Path) -> None:
    text = typeset(sample_budget("广州市另一局"), Style())
    (folder / "disclosures" / "b.txt").write_bytes(text)


def test_packages_stay_whole_if_the_build_dies_half_way(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(built / "packages")
    add_disclosure(built)

    def die(*arguments: object) -> None:
        folder = arguments[-1]
        assert isinstance(folder, Path)
        (folder / "half.csv").write_text("written", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.extraction.write_all", die)
    assert extract(built).exit_code != 0
    assert files(built / "packages") == before
    monkeypatch.undo()
    assert extract(built).exit_code == 0
    assert len(list((built / "packages").glob("*/2025-budget"))) == 2


def test_packages_stay_whole_if_a_new_one_is_not_valid(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(built / "packages")
    add_disclosure(built)

    def refuse(folder: Path, *_: object) -> None:
        raise PackageError(f"{folder}: not valid")

    monkeypatch.setattr("generator.packages.everything.refuse_wrong", refuse)
    result = extract(built)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "not valid" in result.stderr
    assert files(built / "packages") == before
    assert not list(built.glob("packages.*"))


def test_packages_come_back_if_the_build_died_between_the_two_renames(built: Path) -> None:
    before = files(built / "packages")
    one, two = "0" * 32, "1" * 32
    (built / "packages").rename(built / f"packages.{one}.old")
    (built / f"packages.{two}.new").mkdir()
    (built / f"packages.{two}.new" / "half.csv").write_text("written", encoding="utf-8")
    (built / "disclosures" / "a.txt").write_bytes(b"")
    assert extract(built).exit_code == 1
    (built / "disclosures" / "a.txt").write_bytes(typeset(sample_budget(), Style()))
    assert extract(built).exit_code == 0
    assert files(built / "packages") == before
    assert {path.name for path in built.iterdir()} == {
        "cache", "disclosures", "mingzhang.toml", "packages",
    }  # fmt: skip


def test_a_folder_with_foreign_files_is_refused_and_left_alone(built: Path) -> None:
    foreign = built / "mine"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work", encoding="utf-8")
    before = files(foreign)
    result = run("extract", "--config", write_settings(built), "--packages", foreign)
    assert result.exit_code == 2
    assert "thesis.txt" in result.stderr and str(foreign) in result.stderr
    assert files(foreign) == before


def test_a_file_in_place_of_the_folder_is_refused_and_left_alone(built: Path) -> None:
    (built / "file").write_text("mine", encoding="utf-8")
    result = run("extract", "--config", write_settings(built), "--packages", built / "file")
    assert result.exit_code == 2
    assert (built / "file").read_text(encoding="utf-8") == "mine"


def test_what_people_keep_in_the_folder_is_carried_over(built: Path) -> None:
    (built / "packages" / ".gitignore").write_text("*\n", encoding="utf-8")
    add_disclosure(built)
    assert extract(built).exit_code == 0
    assert (built / "packages" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_an_old_folder_that_cannot_be_removed_stays_and_is_told(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of somebody else: what is new took its place, so the build has not failed."""

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (built / "disclosures" / "a.yaml").write_text("title: x\n", encoding="utf-8")
    before = files(built / "packages")
    monkeypatch.setattr("generator.swap.shutil.rmtree", refuse)
    result = extract(built)
    assert (result.exit_code, "cannot be removed" in result.stderr) == (0, True), result.output
    assert files(built / "packages") != before


def test_what_was_made_while_a_file_of_people_changed_is_not_remembered(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be of the one or of the other: who takes it back would be shown it for good."""

    outputs = Cache.outputs

    def change(cache: Cache, folder: Path) -> str:
        (built / "acknowledged.yaml").write_text("[]\n", encoding="utf-8")
        return outputs(cache, folder)

    (built / "disclosures" / "a.yaml").write_text("title: x\n", encoding="utf-8")
    with monkeypatch.context() as during:
        during.setattr(Cache, "outputs", change)
        assert extract(built).exit_code == 0
    (built / "acknowledged.yaml").unlink()
    assert "up to date" not in extract(built).output
    assert "up to date" in extract(built).output
