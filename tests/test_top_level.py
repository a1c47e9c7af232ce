"""What stands at the top of the repository: nothing gets there by accident."""

import shutil
import subprocess

import pytest

from tests.doors import ROOT

FOLDERS = {
    *(".ci", ".github"),
    *("generator", "templates", "content", "data", "site", "tests", "benchmarks", "docs"),
}
FILES = {
    *(".gitignore", ".gitattributes"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"),
    *("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"),
    *("mingzhang.toml", "netlify.toml"),
}


def tracked() -> set[str]:
    """The names at the top of what git keeps."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs git and its repository: an archive of the sources has none")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return {name.partition("/")[0] for name in listed.stdout.split("\0") if name}


def test_nothing_else_stands_at_the_top() -> None:
    assert tracked() - FOLDERS - FILES == set()


def test_a_folder_is_a_folder_and_a_file_a_file() -> None:
    found = tracked()
    assert [name for name in found & FOLDERS if not (ROOT / name).is_dir()] == []
    assert [name for name in found & FILES if not (ROOT / name).is_file()] == []
