"""Packages and site name the build that they are of: nothing mixed, nothing older than it says."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from generator import __version__
from generator.build import extract, render
from generator.config import Settings
from generator.problems import PackageError
from generator.summary import Summary
from tests.doors import files, run, write_settings
from tests.pdf.settings import settings_for
from tests.sites import without_workbooks
from tests.test_cache import here, write


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two small disclosures; their site is made without what takes long."""
    monkeypatch.setattr("generator.executors.run_all", here)
    monkeypatch.setattr("generator.cache.validate_package", lambda package: None)
    write(tmp_path, "a")
    write(tmp_path, "b")
    made = settings_for(tmp_path).with_folders(site=tmp_path / "site")
    return replace(made, english=False, page_images=False, annotated_pdfs=False)


def quietly(stage: str, done: int, total: int) -> None:
    pass


def named(file: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found


def of_packages(settings: Settings) -> str:
    return named(settings.packages / "all" / "datapackage.json")["build"]


def test_a_site_names_its_packages_and_is_made_again_when_they_are_others(
    settings: Settings,
) -> None:
    with without_workbooks():
        first = extract(settings, quietly)
        render(settings, quietly)
        assert render(settings, quietly).unchanged == ["website"]
        before, whole = of_packages(settings), files(settings.packages)
        write(settings.disclosures.parent, "a", "13.00")
        extract(settings, quietly)  # by hand, after the site was made
        after = of_packages(settings)
        assert (len(before), after) != (16, before)
        assert named(settings.site / "build.json")["packages"] == before
        assert render(settings, quietly).unchanged == []
    assert len(first.checked) == 2
    assert named(settings.site / "build.json") == {"program": __version__, "packages": after}
    for path in settings.packages.glob("*/20*/datapackage.json"):  # a page names its own package
        story = settings.site / "departments" / path.parent.relative_to(settings.packages)
        own = f'content="mingzhang {__version__}, build {named(path)["build"]}"'
        assert own in (story / "index.html").read_text(encoding="utf-8")
    # The same content has the same name, whenever it was written; that it was another for a while
    # is a part of it, where the packages of that time are there.
    write(settings.disclosures.parent, "a")
    extract(settings, quietly)
    assert of_packages(settings) not in (before, after)
    shutil.rmtree(settings.packages)
    extract(settings, quietly)
    assert files(settings.packages) == whole


@pytest.mark.parametrize("mixed", ["of another build", "gone", "one too many"])
def test_packages_of_two_builds_are_not_rendered(settings: Settings, mixed: str) -> None:
    extract(settings, quietly)
    (one, other) = sorted(settings.packages.glob("*/2025-budget"))
    aside = shutil.copytree(one, settings.cache / "aside")
    if mixed == "of another build":
        write(settings.disclosures.parent, "b" if "shang" in one.parent.name else "a", "13.00")
        extract(settings, quietly)
        assert (
            named(one / "datapackage.json")["build"] != named(aside / "datapackage.json")["build"]
        )
        shutil.rmtree(one)
        shutil.copytree(aside, one)
    elif mixed == "gone":
        shutil.rmtree(one)
    else:
        new = shutil.copytree(one, one.with_name("2024-budget"))
        text = (new / "datapackage.json").read_text(encoding="utf-8")
        text = text.replace('"year": 2025', '"year": 2024')
        (new / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(PackageError, match=f"{one.parent.name}/.*不是同一次构建"):
        render(settings, quietly)
    assert not settings.site.exists() and other.is_dir()


def test_serve_shows_no_site_that_is_older_than_its_packages(tmp_path: Path) -> None:
    """What is there is brought up to date before it is shown."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old", encoding="utf-8")
    with patch("generator.cli.build", return_value=Summary()) as build:
        with patch("generator.cli._serve") as serve:
            assert run("serve", "--config", write_settings(tmp_path)).exit_code == 0
        assert build.called and serve.called
    with patch("generator.cli._serve") as serve:  # nothing to build: what is there is shown
        result = run("serve", "--config", write_settings(tmp_path))
    assert serve.called and "no disclosures" in result.stderr
