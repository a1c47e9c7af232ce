"""The documentation is true: generated where that can be, else compared with the program."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import yaml

from generator.checks import rules
from generator.cli import main as mingzhang
from generator.config import SettingsFile
from generator.meaning.written import Shape, TableChecks, WrittenColumn, WrittenRow, WrittenTable
from generator.models import Outcome, Role, Route, Sidecar
from generator.packages.keys import KEYS_OF_ALL
from generator.problem_catalogue import CATALOGUE
from generator.summary import Summary
from generator.summary_text import as_json
from generator.told import told_of
from tests import one_figure
from tests.data_dictionary import resources, sometimes
from tests.doors import PACKAGES, ROOT
from tests.written_docs import FOLDER, GENERATOR, options, pages, written

DOCS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in pages()}
_FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_SETTING = re.compile(r"^\| `(\w+)` \| `([^`]*)` \|", re.MULTILINE)
_FILE = re.compile(r"`((?:[\w.-]+/)*[\w.*-]+\.(?:py|yaml|toml|html|js|txt|css|lock))`")
_NOT_OURS = (".git", ".venv", ".cache", "site")
_MOST_LINES = 150


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _FENCED.sub("", text)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the repository's host makes them."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in _HEADING.findall(prose(text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def links(text: str) -> Iterator[str]:
    """The targets of the links and images of a page that lead to files of ours."""
    for link, image in _LINK.findall(prose(text)):
        if not re.match(r"[a-z]+:", link or image):
            yield link or image


@cache
def our_files() -> list[str]:
    """The paths of all files in the folders of the repository."""
    tops = [path for path in ROOT.iterdir() if path.name not in _NOT_OURS]
    inner = (file for top in tops if top.is_dir() for file in top.rglob("*"))
    return [f"/{path.relative_to(ROOT).as_posix()}" for path in (*tops, *inner)]


# ── pages ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", DOCS)
def test_what_is_generated_is_what_the_program_makes(name: str) -> None:
    assert written(DOCS[name]) == DOCS[name], "run make docs, look at the difference, commit it"


@pytest.mark.parametrize("name", DOCS)
def test_links_lead_to_files_and_headings(name: str) -> None:
    for link in links(DOCS[name]):
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_page_is_led_to() -> None:
    led = {
        ((ROOT / name).parent / link.partition("#")[0]).resolve()
        for name, text in DOCS.items()
        for link in links(text)
    }
    assert {path.resolve() for path in pages()} <= {*led, ROOT / "README.md"}


@pytest.mark.parametrize("name", DOCS)
def test_files_that_are_named_are_there(name: str) -> None:
    """A path, or the end of one; ``*`` stands for anything."""
    for named in _FILE.findall(prose(DOCS[name])):
        known = any(fnmatch(path, f"*/{named}") for path in our_files())
        assert known or named in _MAY_BE_MISSING, named


#: What a maintainer may write, and what the examples name.
_MAY_BE_MISSING = ("data/redirects.txt", "panyu-2025-budget.yaml")


def test_the_readme_is_short_and_chinese_comes_first() -> None:
    lines = DOCS["README.md"].splitlines()
    assert len(lines) <= _MOST_LINES
    assert re.search(r"[\u4e00-\u9fff]", lines[2])


# ── the command line ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", mingzhang.commands)
def test_every_command_and_option_is_told(name: str) -> None:
    section = DOCS["docs/command-line.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert f"mingzhang {name}" in section
    for option in options(mingzhang.commands[name]):
        assert option.opts[0] in section, f"{name} {option.opts[0]}"


def test_every_key_of_the_summary_is_told() -> None:
    summary = as_json(Summary(checked=(told_of(one_figure.checked()),)))
    for key in [*summary, *summary["disclosures"][0]]:
        assert f"`{key}`" in DOCS["docs/command-line.md"], key


# ── settings ─────────────────────────────────────────────────────────────────────────────


def documented() -> dict[str, dict[str, str]]:
    """The settings by section, each with its default as it is written in TOML."""
    sections = re.split(r"^## ", DOCS["docs/settings.md"], flags=re.MULTILINE)[1:]
    return {text.partition("\n")[0]: dict(_SETTING.findall(text)) for text in sections}


def test_every_setting_is_told_with_its_default() -> None:
    told = {
        section: {name: tomllib.loads(f"x = {value}")["x"] for name, value in settings.items()}
        for section, settings in documented().items()
    }
    assert told == msgspec.to_builtins(SettingsFile())


# ── data ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path", sorted(PACKAGES.rglob("datapackage.json")), ids=lambda p: "-".join(p.parts[-3:-1])
)
def test_each_file_of_each_package_is_as_the_dictionary_says(path: Path) -> None:
    known = {each.name: each for each in resources()}
    for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
        told = known[resource["name"]].schema()
        fields_told = {field["name"]: _lasting(field) for field in told["fields"]}
        printed = [_lasting(field) for field in resource["schema"]["fields"]]
        assert printed == [fields_told[f["name"]] for f in printed]
        absent = set(fields_told) - {field["name"] for field in printed}
        assert absent <= sometimes(resource["name"]) | {"code"}, resource["name"]
        assert resource["schema"].get("primaryKey") == told.get("primaryKey")
        keys = resource["schema"].get("foreignKeys", [])
        further = KEYS_OF_ALL.get(resource["name"], ()) if path.parent.name == "all" else ()
        assert keys == [
            *told.get("foreignKeys", []),
            *(key.descriptor() for key in further),
        ]


def _lasting(field: dict[str, Any]) -> dict[str, Any]:
    """A field without what its source's layout and unit change."""
    changing = {"headings"} | (
        {"description", "descriptionEnglish"} if "measure" in field else set()
    )
    return {key: value for key, value in field.items() if key not in changing}


def test_every_key_of_a_sidecar_is_told() -> None:
    for key in Sidecar.__annotations__:
        assert f"`{key}`" in DOCS["docs/CONTRIBUTING.md"], key


def test_every_key_of_a_term_is_told() -> None:
    groups = yaml.safe_load((ROOT / "content" / "terms.yaml").read_text(encoding="utf-8"))
    for key in {key for group in groups for each in (group, *group["terms"]) for key in each}:
        assert f"`{key}`" in DOCS["docs/website.md"], key


def test_every_property_of_a_descriptor_is_told() -> None:
    text = DOCS["docs/data-dictionary.md"].partition("## `datapackage.json`")[2]
    standard = {
        "$schema", "name", "id", "title", "description", "path", "format", "mediatype", "dialect",
        "schema", "licenses", "contributors", "sources", "resources", "type", "constraints",
    }  # fmt: skip
    for path in PACKAGES.rglob("datapackage.json"):
        package = json.loads(path.read_text(encoding="utf-8"))
        inner = [package, *package["sources"], *package["resources"]]
        inner += [f for resource in package["resources"] for f in resource["schema"]["fields"]]
        for name in {key for each in inner for key in each} - standard:
            assert f"`{name}`" in text, name


def test_every_shape_and_key_of_a_definition_is_told() -> None:
    text = DOCS["generator/meaning/README.md"]
    for shape in get_args(Shape):
        assert f"`{shape}`" in text
    for known in (WrittenTable, WrittenColumn, WrittenRow, TableChecks):
        for name in known.__struct_fields__:
            assert f"`{name}`" in text, name


# ── what is promised ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["docs/SECURITY.md", "docs/CONTRIBUTING.md"])
def test_problems_that_are_named_are_in_the_catalogue(name: str) -> None:
    named = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", DOCS[name])
    assert named
    assert set(named) <= set(CATALOGUE)


def test_headers_and_locked_versions_are_as_told() -> None:
    text = DOCS["docs/SECURITY.md"]
    hosting, by_address, project = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("netlify.toml", "templates/headers.txt", "pyproject.toml")
    )
    headers = re.findall(r"`([A-Z][a-zA-Z]+(?:-[A-Z][a-zA-Z]+)+)(?:: ([^`]*))?`", text)
    assert headers
    for header, value in headers:
        said = re.escape(value)
        told = re.search(rf'^{header} = "{said}', hosting, re.MULTILINE)
        assert told or re.search(rf"^  {header}: {said}", by_address, re.MULTILINE), header
    for flaw in re.findall(r"CVE-[\d-]+", text):
        assert flaw in project


# ── the house ────────────────────────────────────────────────────────────────────────────


def test_every_room_is_told() -> None:
    rooms = [path.parent.name for path in GENERATOR.glob("*/__init__.py")]
    for room in rooms:
        assert f"| `{room}` |" in DOCS["docs/architecture.md"]


def test_every_role_and_route_is_told() -> None:
    for name in (*get_args(Role), *get_args(Route)):
        assert f"`{name}`" in DOCS["docs/architecture.md"], name


def test_every_outcome_is_told() -> None:
    for outcome in get_args(Outcome):
        assert f"| `{outcome}` |" in DOCS["docs/checks.md"]


def test_every_contradiction_at_hand_was_looked_up() -> None:
    with (PACKAGES / "all" / "findings.csv").open(encoding="utf-8", newline="") as file:
        differing = [row for row in csv.DictReader(file) if row["outcome"] == "differs"]
    assert differing
    assert all(row["acknowledged"] for row in differing)


def test_the_rule_that_settings_name_can_be_switched() -> None:
    (name,) = set(re.findall(r"^([\w-]+) = true$", DOCS["docs/settings.md"], re.MULTILINE))
    assert rules()[name].form


def test_every_decision_is_listed() -> None:
    index = DOCS["docs/decisions/README.md"]
    for path in (FOLDER / "decisions").glob("*.md"):
        assert path.name == "README.md" or f"({path.name})" in index
