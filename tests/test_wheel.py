"""The wheel, made from the source archive, in a fresh environment and an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.disclosure_texts import typeset
from tests.doors import ROOT, files, run
from tests.made_budgets import sample_budget
from tests.text_styles import Style

# Nothing of this process's environment may lead back to the checkout.
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def call(*command: str | Path, folder: Path = ROOT, **locale: str) -> str:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=CLEAN | locale,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder)
    (archive,) = folder.glob("*.tar.gz")
    offline = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet")
    call(sys.executable, "-m", "pip", "wheel", *offline, "-w", folder, archive)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path) -> Path:
    """The command, installed in an environment that has our dependencies but not the checkout."""
    folder = wheel.parent / "environment"
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / "bin" / "python"
    offline = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    call(sys.executable, "-m", "pip", "--python", python, "install", *offline, wheel)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(call(python, "-c", where).strip())
    # Below a path file, other path files are not read: the one of the checkout is not.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    found = call(python, "-c", "import generator; print(generator.__file__)", folder=folder)
    assert Path(found.strip()).is_relative_to(packages)
    return folder / "bin" / "mingzhang"


@pytest.fixture(scope="module")
def folder(program: Path) -> Path:
    """A folder that was empty but for one text, after a build."""
    folder = program.parents[1] / "empty"
    (folder / "my-texts").mkdir(parents=True)
    (folder / "my-texts/one.txt").write_bytes(typeset(sample_budget(), Style()))
    said = call(program, "build", "my-texts/", folder=folder)
    assert said.startswith("1 disclosures, ")
    return folder


def test_the_wheel_has_our_files_and_no_others(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert {name.partition("/")[0] for name in names} == {"generator"}
    for room in ("templates", "content"):
        own = {f"generator/{room}/{name}" for name in files(ROOT / room)}
        own -= {"generator/content/screenshot.png"}
        assert own and {name for name in names if name.startswith(f"generator/{room}/")} == own


def test_an_empty_folder_gets_packages_and_a_site(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"my-texts", "data", "site", ".cache"}
    assert (folder / "data/packages/all/facts.csv").is_file()
    for page in ("", "about/", "en/", "en/about/", "glossary/"):
        assert (folder / "site" / page / "index.html").is_file()


def test_a_second_run_has_nothing_to_do(program: Path, folder: Path) -> None:
    said = call(program, "build", "my-texts", folder=folder)
    assert "packages, website: up to date, nothing to do" in said


def test_the_checkout_makes_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder / "my-texts", tmp_path / "my-texts")
    shutil.copytree(folder / ".cache/charts", tmp_path / ".cache/charts")
    monkeypatch.chdir(tmp_path)
    result = run("build", "my-texts")
    assert result.exit_code == 0, result.output
    for made in ("data", "site"):
        assert files(tmp_path / made) == files(folder / made)


def test_help_is_in_the_language_of_the_locale(program: Path, tmp_path: Path) -> None:
    unset = {"LANGUAGE": "", "LC_ALL": ""}
    assert "选项:" in call(program, "-h", folder=tmp_path, **unset, LC_MESSAGES="zh_CN.UTF-8")
    assert "Options:" in call(program, "-h", folder=tmp_path, **unset, LC_MESSAGES="C")
