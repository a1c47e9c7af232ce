"""What a stage is made of: what it uses counts, and what it does not use does not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from generator import reach
from generator.cache import PACKAGES, READING, VALIDATION, WEBSITE
from generator.reach import BuildStage, Reached, SourceTree, versions_of
from generator.website.department import cards
from generator.website.drawing import drawn_charts, drawn_shares, page_images
from generator.website.files import copies
from tests.doors import ROOT
from tests.pdf.hostile import good

STAGES = {
    "reading": READING,
    "packages": PACKAGES,
    "validation": VALIDATION,
    "website": WEBSITE,
    "charts": drawn_charts.DRAWING,
    "pages": page_images.DRAWING,
    "cards": cards.DRAWING,
    "copies": copies.DRAWING,
    "shares": drawn_shares.DRAWING,
}
#: What is done again after a change of one file, room by room. Packages that come out as they were
#: leave the website as it is; it is made of their bytes.
DONE_AGAIN = {
    "__init__.py": " ".join(STAGES),
    "build.py": "packages website",
    "gather.py": "packages",
    "extraction.py": "packages",
    "rendering.py": "website",
    "cache.py": "packages website",
    "config.py": "packages",
    "swap.py": "packages website",
    "cli.py": "",
    "defaults.py": "website",
    "explain.py": "",
    "journal.py": "packages website",
    "summary.py": "packages website",
    "summary_text.py": "",
    "read.py": "reading packages",
    "workers.py": "packages website",
    "problems.py": "reading packages validation website copies",
    "reading/geometry.py": "reading packages",
    "reading/second_opinion.py": "reading packages",
    "tables/rows.py": "reading packages",
    "models/facts.py": "reading packages",
    "models/packages.py": "packages validation website",
    "meaning/wording.py": "reading packages website",
    "meaning/functional-classes.yaml": "reading packages",
    "meaning/standard_tables/budget-income.yaml": "reading packages",
    "meaning/labels-english.yaml": "packages",
    "meaning/README.md": "",
    "remote/addresses.py": "packages",
    "remote/publishing.py": "",
    "pdf/objects.py": "reading packages website copies",
    "facts/narrative.py": "reading packages",
    "facts/narrative.yaml": "reading packages",
    "facts/renditions.py": "packages",
    "facts/sightings.py": "reading packages",
    "grids/headings.py": "reading packages",
    "meaning/vocabulary.yaml": "reading packages",
    "checks/within.py": "reading packages",  # a second opinion is asked where it does not add up
    "checks/growth.py": "packages",
    "checks/rules.yaml": "packages",
    "packages/labels.py": "packages",
    "packages/fields.yaml": "packages",
    "packages/validate.py": "packages validation",
    "translations/zh/LC_MESSAGES/mingzhang.po": "",
    "website/drawing/colours.py": "website",
    "website/translations/en.po": "website",
    "website/drawing/render_svg.py": "website charts",
    "website/drawing/page_drawing.py": "website pages",
    "website/drawing/page_images.py": "website",
    "website/drawing/card_drawing.py": "website cards shares",
    "website/drawing/standing_chart.py": "website shares",
    "website/files/annotated_pdf.py": "website copies",
    "fonts/NotoSansSC-GB2312.otf": "reading packages website pages cards copies shares",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, for tests that put back what they change."""
    folder = tmp_path_factory.mktemp("program") / "generator"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator", folder, ignore=ignored)
    return folder


def keys(program: Path) -> dict[str, bytes]:
    """What each stage of a program is made of, as if it were asked in a new process."""
    fresh = SourceTree(program)
    return {name: fresh.made_by(stage, program.parent) for name, stage in STAGES.items()}


@pytest.fixture(scope="module")
def before(program: Path) -> dict[str, bytes]:
    return keys(program)


@pytest.mark.parametrize("file", DONE_AGAIN)
def test_a_change_of_a_file_is_done_again_where_it_is_used(
    program: Path, before: dict[str, bytes], file: str
) -> None:
    data = (program / file).read_bytes()
    (program / file).write_bytes(data + b"\n# changed\n")
    changed = [name for name, key in keys(program).items() if key != before[name]]
    (program / file).write_bytes(data)
    assert changed == DONE_AGAIN[file].split()


def test_each_room_has_a_file_in_the_table(program: Path) -> None:
    rooms = {path.name for path in program.iterdir() if path.is_dir()}
    assert rooms == {file.partition("/")[0] for file in DONE_AGAIN if "/" in file}


def test_a_new_definition_is_read(program: Path, before: dict[str, bytes]) -> None:
    new = program / "meaning" / "standard_tables" / "new.yaml"
    new.write_text("title: new\n", encoding="utf-8")
    changed = [name for name, key in keys(program).items() if key != before[name]]
    new.unlink()
    assert changed == ["reading", "packages"]


# ── how imports are followed ─────────────────────────────────────────────────────────────


def reached(folder: Path, files: dict[str, str], *start: str, **stage: tuple[str, ...]) -> Reached:
    """What is reached in a program of these files."""
    for name, text in files.items():
        path = folder / "generator" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SourceTree(folder / "generator").reached(BuildStage(start, **stage))


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("from generator.room import one", {"one"}),
        ("from generator.room import one as other", {"one"}),
        ("from generator.room.two import x", {"two"}),
        ("from generator.room import two", {"two"}),
        ("import generator.room.two as t", {"two"}),
        ("from .room import one", {"one"}),
        ("def f():\n    if f:\n        from generator.room import one", {"one"}),
        ("from generator.room import own", {"one", "two"}),
        ("import generator.room", {"one", "two"}),
        ("from generator.room import *", {"one", "two"}),
        ("'from generator.room import one'", set()),
    ],
)
def test_imports_are_followed(tmp_path: Path, text: str, modules: set[str]) -> None:
    files = {
        "__init__.py": "",
        "a.py": text,
        "room/__init__.py": "from generator.room.one import one\nfrom generator.room.two import x\n"
        "own = 1",
        "room/one.py": "one = 1",
        "room/two.py": "x = 2",
    }
    found = reached(tmp_path, files, "generator.a").modules
    assert found >= {"__init__.py", "a.py"}
    assert {name for name in ("one", "two") if f"room/{name}.py" in found} == modules
    assert ("room/__init__.py" in found) == bool(modules)


def test_what_comes_later_and_what_counts_alone(tmp_path: Path) -> None:
    files = {
        "__init__.py": "",
        "a.py": "import generator.b\nimport generator.later.c\nimport generator.lately",
        "b.py": "import yaml, os",
        "lately.py": "",
        "later/__init__.py": "",
        "later/c.py": "import jinja2",
    }
    found = reached(tmp_path, files, "generator.a", short_of=("generator.later",))
    assert found.modules == {"__init__.py", "a.py", "b.py", "lately.py"}
    assert found.libraries == {"yaml"}
    found = reached(tmp_path, files, "generator.b", glue=("generator.a",))
    assert found.modules == {"__init__.py", "a.py", "b.py"}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("Path(__file__).parent / 'a.yaml'", {"room/a.yaml"}),
        ("F = Path(__file__).parent.parent / 'words'\nG = F / 'b.yaml'", {"words"}),
        ("Path(__file__).parent.parent / 'words' / 'b.yaml'", {"words/b.yaml"}),
        ("Path(__file__).parent / f'{name}.yaml'", {"room"}),
        ("Path('a.yaml')", set()),
    ],
)
def test_data_are_what_paths_are_made_of(tmp_path: Path, text: str, data: set[str]) -> None:
    files = {"__init__.py": "", "room/__init__.py": "", "room/a.py": text}
    assert reached(tmp_path, files, "generator.room.a").data == data


def test_an_import_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"generator\.gone"):
        reached(tmp_path, {"__init__.py": "", "a.py": "import generator.gone"}, "generator.a")


def test_libraries_count_with_all_that_they_require() -> None:
    found = versions_of(frozenset({"pdfplumber", "yaml"}))
    assert found.keys() >= {"pdfplumber", "pdfminer-six", "pypdfium2", "pyyaml"}
    assert "pytest" not in found


def test_the_names_by_which_libraries_are_installed_are_right() -> None:
    installed = packages_distributions()
    names = {name for stage in STAGES.values() for name in SourceTree().reached(stage).libraries}
    for name in names:
        own = [each.lower() for each in installed[name]]
        assert reach._INSTALLED_AS.get(name, name) in own


# ── nothing is forgotten ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small disclosure as PDF; its packages and its site come in turn."""
    folder = tmp_path_factory.mktemp("what-runs")
    (folder / "disclosures").mkdir()
    (folder / "disclosures" / "good.pdf").write_bytes(good())
    return folder


@pytest.mark.parametrize("stage", ["reading", "packages", "website"])
def test_all_that_runs_and_is_opened_counts(stage: str, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.what_runs", stage, str(folder)]
    found = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    program = SourceTree()
    known = program.reached(STAGES[stage])
    files = set(program.files(known))
    assert found["opened"] and set(found["opened"]) <= files
    assert len(found["ran"]) > 10 and set(found["ran"]) <= files
    installed, versions = packages_distributions(), versions_of(frozenset(known.libraries))
    # One stands in the way of all imports. Of the others pyarrow asks, if they are there, whether a
    # value is one of theirs, which none is; and fenced code asks for colours, which we leave alone.
    asked = {"_distutils_hack", "dateutil", "numpy", "pandas", "pygments", "pytz"}
    ran = set(found["libraries"]) - asked
    unknown = [name for name in ran if not set(map(_plain, installed[name])) & versions.keys()]
    assert unknown == []


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
