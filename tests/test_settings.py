"""Settings: a default for everything, and an error that helps for what does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from generator.checked_files import checked
from generator.config import (
    FolderSettings,
    Settings,
    SettingsFile,
    WebsiteSettings,
    read_settings,
    schema,
)
from generator.problems import ConfigError, PackageError

ROOT = Path(__file__).parents[1]


def read(folder: Path, text: str) -> Settings:
    path = folder / "mingzhang.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_no_file_and_an_empty_one_are_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    nothing = read_settings()
    assert nothing == read(tmp_path, "")
    for name, place in msgspec.structs.asdict(FolderSettings()).items():
        assert getattr(nothing, name) == tmp_path / place
    assert nothing.title == "明账" and nothing.jobs >= 1


@pytest.mark.parametrize("name", FolderSettings.__struct_fields__)
def test_each_folder_may_be_set_alone(tmp_path: Path, name: str) -> None:
    settings = read(tmp_path, f'[folders]\n{name} = "elsewhere/x"\n')
    assert getattr(settings, name) == tmp_path / "elsewhere/x"


def test_settings_of_the_site(tmp_path: Path) -> None:
    settings = read(tmp_path, '[site]\nbase_url = "https://a.example/b/"\npage_images = false\n')
    assert settings.base_url == "https://a.example/b"
    assert not settings.page_images
    assert not settings.annotated_pdfs  # never without the images
    assert settings.english


def test_settings_of_this_repository_are_the_defaults_but_for_what_they_say() -> None:
    settings = read_settings(ROOT / "mingzhang.toml")
    assert settings.disclosures == ROOT / "data/disclosures"
    assert settings.site == ROOT / "site"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[foldrs]\n", "the file: unknown “foldrs” (did you mean “folders”?); expected folders,"),
        ("site = 3\n", "site: expected a section of names and values; found 3"),
        (
            '[folders]\ndisclosure = "x"\n',
            "folders: unknown “disclosure” (did you mean “disclosures”?); expected disclosures,",
        ),
        ("[site]\ntitle = 3\n", "site.title: expected a text; found 3"),
        ('[site]\nenglish = "no"\n', "site.english: expected true or false; found 'no'"),
        ("[reading]\npages = -1\n", "reading.pages: expected a whole number >= 0; found -1"),
        ("[reading]\njobs = true\n", "reading.jobs: expected a whole number; found True"),
        ("[reading]\nobs = 1\n", "reading: unknown “obs” (did you mean “jobs”?); expected"),
        ("[checks]\nunits = 1\n", "checks.units: expected true or false; found 1"),
        ("[checks]\nunit = true\n", "checks: “unit” (did you mean “units”?): only rules of form"),
    ],
)
def test_what_does_not_fit_is_told_with_place_and_mend(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError) as wrong:
        read(tmp_path, text)
    assert str(wrong.value).startswith(f"{tmp_path / 'mingzhang.toml'}: {message}")


def test_the_schema_for_editors_has_each_key_with_its_default_and_description() -> None:
    described = json.loads(json.dumps(schema()))["$defs"]
    for section in (FolderSettings, WebsiteSettings):
        keys = described[section.__name__]["properties"]
        assert set(keys) == set(section.__struct_fields__)
        assert all("default" in key and key["description"] for key in keys.values())
    assert set(described["SettingsFile"]["properties"]) == set(SettingsFile.__struct_fields__)


# ── any file ─────────────────────────────────────────────────────────────────────────────


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: Literal["total", "item"] = "item"
    places: tuple[Annotated[int, msgspec.Meta(ge=1)], ...] = ()
    notes: dict[str, str] = {}
    above: str | None = None


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rows: list[Row]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({}, "rows.2: missing name"),
        ({"name": "x", "kidn": "item"}, "rows.2: unknown “kidn” (did you mean “kind”?)"),
        ({"name": "x", "kind": "totl"}, "rows.2.kind: expected total, item; found “totl” (did"),
        ({"name": "x", "places": [1, 0]}, "rows.2.places.2: expected a whole number >= 1; found 0"),
        ({"name": "x", "notes": {"a": "b", "c": 1}}, "rows.2.notes.c: expected a text; found 1"),
        ({"name": "x", "above": 1}, "rows.2.above: expected "),
        ("x", "rows.2: expected a section of names and values; found 'x'"),
    ],
)
def test_a_fault_deep_inside_is_found(row: object, message: str) -> None:
    with pytest.raises(PackageError) as wrong:
        checked({"rows": [{"name": "good"}, row]}, File, Path("some.yaml"), PackageError)
    assert str(wrong.value).startswith(f"some.yaml: {message}")


def test_what_fits_is_a_value_of_the_type() -> None:
    file = checked({"rows": [{"name": "a", "places": [1, 2]}]}, File, Path("some.yaml"))
    assert file.rows[0] == Row("a", places=(1, 2))
