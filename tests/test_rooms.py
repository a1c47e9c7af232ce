"""The rooms of ``generator`` and the rule between them: who may import whom.

    disclosure file → pages → ruled tables → tables → facts → findings → data packages → webpages
                     reading     grids       tables   facts   checks     packages      website

The foundation lies below all stages and knows none of them. A stage imports the foundation and what
is before it. The website reads the files of the packages, and imports no stage at all. Only the
modules at the top, which put the stages together, import what they like.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = "generator"
#: What each room or module of the foundation may import, itself apart.
FOUNDATION: dict[str, set[str]] = {
    "names": set(),
    "problem_catalogue": set(),
    "problems": {"names", "problem_catalogue"},
    "journal": {"names"},
    "only_reads": set(),
    "defaults": set(),
    "paths": {"names", "problems"},
    "strict_yaml": set(),
    "checked_files": {"names", "problems", "strict_yaml"},
    "models": set(),
    "wire": set(),
    "workers": {"wire"},
    "cluster": {"names", "problems", "wire", "workers"},
    "executors": {"cluster", "workers"},
    "stage_limits": set(),
    "store": {"paths", "problems"},
    "manifest": {"names", "problems", "store", "wire"},
    "reach": {"store"},
    "meaning": {"checked_files", "models", "names", "problems", "strict_yaml"},
    "pdf": {"meaning", "problems", "stage_limits"},  # what a character means
}
#: The stages from which each stage takes; nothing is before the first, and the website reads files.
STAGES: dict[str, set[str]] = {
    "reading": set(),
    "grids": {"reading"},
    "tables": {"reading", "grids"},
    "facts": {"tables"},
    "checks": {"facts"},
    "packages": {"checks"},
    "website": set(),
}
#: The rooms of the website: each may take from those before it, and from its settings and blame.
WEBSITE = (
    *("wording", "published", "drawing", "department", "everyone", "output", "search", "files"),
)
WEBSITE_FLOOR = {"settings", "blame"}
TOP = {
    *("__main__", "build", "cache", "cli", "config", "counterparts", "department"),
    *("command_options", "elsewhere", "explain", "remote"),
    *("extraction", "failures", "gather", "groups", "heads", "keeping", "learn", "locale_words"),
    *("lock", "namesakes", "query", "read", "rendering", "seen", "seen_page"),
    *("seen_text", "settled", "sought", "summary", "summary_text", "swap", "taking_over", "told"),
    "unused",
}
PATHS = sorted((ROOT / PROGRAM).rglob("*.py"))


def _module(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def _room(module: tuple[str, ...]) -> str:
    """The room, or the module of the top level, in which a module is; blank for the program."""
    return module[1] if len(module) > 1 else ""


def _imported(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """All that a module imports of the program, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(each.name.split(".")) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole way"
            whole = tuple((node.module or "").split("."))
            yield from ((*whole, each.name) for each in node.names)


def _allowed(room: str) -> set[str]:
    """What a room may import; the program's version is nobody's."""
    if room in STAGES:
        return {room, "__version__", *FOUNDATION, *STAGES[room]}
    return {room, "__version__", *FOUNDATION[room]}


def test_every_room_and_module_has_its_place_in_the_rule() -> None:
    rooms = {_room(_module(path)) for path in PATHS} - {""}
    assert rooms == {*FOUNDATION, *STAGES, *TOP}


@pytest.mark.parametrize("room", [*FOUNDATION, *STAGES])
def test_a_room_imports_only_what_the_rule_allows(room: str) -> None:
    against = [
        f"{'.'.join(_module(path))} imports {'.'.join(name)}"
        for path in PATHS
        if _room(_module(path)) == room
        for name in _imported(ast.parse(path.read_text(encoding="utf-8")))
        if name[0] == PROGRAM and _room(name) not in _allowed(room)
    ]
    assert against == []


@pytest.mark.parametrize("room", WEBSITE)
def test_a_room_of_the_website_imports_only_those_before_it(room: str) -> None:
    allowed = {*WEBSITE[: WEBSITE.index(room) + 1], *WEBSITE_FLOOR}
    against = [
        f"{'.'.join(_module(path))} imports {'.'.join(name)}"
        for path in PATHS
        if _module(path)[1:3] == ("website", room)
        for name in _imported(ast.parse(path.read_text(encoding="utf-8")))
        if name[:2] == (PROGRAM, "website") and len(name) > 2 and name[2] not in allowed
    ]
    assert against == []


def test_every_room_of_the_website_has_its_place_in_the_rule() -> None:
    folders = {path.parent.name for path in PATHS if path.parent.parent.name == "website"}
    assert folders == {*WEBSITE}


@pytest.mark.parametrize(
    "worker", ["drawing.render_svg", "drawing.page_drawing", "files.annotated_pdf"]
)
def test_a_worker_that_draws_imports_no_more_of_the_website(worker: str) -> None:
    """Each worker would wait half a second for what it never uses."""
    code = (
        f"import sys, generator.website.{worker}; print({{'altair', 'jinja2'}} & {{*sys.modules}})"
    )
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "set()\n"


# ── names ────────────────────────────────────────────────────────────────────────────────

#: Class names that may mean two things, each with the reason.
SAME_NAMES: dict[str, str] = {}


def test_no_name_of_a_class_means_two_things() -> None:
    found: dict[str, list[str]] = {}
    for path in PATHS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(".".join(_module(path)))
    twice = {name: places for name, places in found.items() if len(places) > 1}
    assert twice.keys() == SAME_NAMES.keys(), twice
