"""The public doors of the reading side, the only ones that its tests go through.

``run`` is the command line; ``read_text`` is the work of one of its workers, in this process and
without writing, for the tests that read hundreds of texts; ``rows`` reads a published file.
"""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from click.testing import CliRunner, Result

from generator.checks import run_checks
from generator.cli import main
from generator.meaning.departments import Departments
from generator.models import Disclosure, Finding, Table
from generator.pdf.limits import Limits
from generator.problems import Problem
from generator.read import Task, read_file

ROOT = Path(__file__).resolve().parent.parent
DISCLOSURES = ROOT / "data" / "disclosures"
PACKAGES = ROOT / "data" / "packages"
FIVE = (
    "guangzhou-government-services-data/2024-budget",
    "guangzhou-haizhu-government-services-data/2020-final-accounts",
    "guangzhou-haizhu-government-services-data/2025-budget",
    "guangzhou-huadu-government-services-data/2025-budget",
    "guangzhou-panyu-government-services-data/2024-budget",
)
SETTINGS = """\
[folders]
disclosures = "disclosures"
packages = "packages"
site = "site"
templates = "{root}/templates"
content = "{root}/content"
departments = "{root}/data/departments.csv"
acknowledged = "acknowledged.yaml"
withdrawn = "withdrawn.yaml"
cache = "cache"

[site]
title = "明账"
base_url = ""
"""

LIMITS = Limits()
Rows = list[dict[str, str]]


# ── the command line ─────────────────────────────────────────────────────────────────────


def write_settings(folder: Path) -> Path:
    """Write settings with all folders of output, and the cache, below ``folder``."""
    path = folder / "mingzhang.toml"
    path.write_text(SETTINGS.format(root=ROOT.as_posix()), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    """Run ``mingzhang`` with these arguments."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def extract(folder: Path, *more: str) -> Result:
    """Run ``mingzhang extract`` from ``folder/disclosures`` to ``folder/packages``."""
    return run("extract", "--config", write_settings(folder), *more)


@cache
def fresh_packages() -> Path:
    """The packages of the five texts alone, extracted once for all tests; they only read."""
    folder = Path(tempfile.mkdtemp(prefix="mingzhang-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy_texts(folder / "disclosures")
    result = extract(folder)
    assert result.exit_code == 0, result.output
    return folder / "packages"


def copy_texts(folder: Path, *, sidecars: bool = True) -> None:
    """Copy the five texts into a new folder, with or without their sidecars."""
    folder.mkdir(parents=True)
    for path in sorted(DISCLOSURES.glob("*.txt")):
        shutil.copyfile(path, folder / path.name)
        if sidecars:
            shutil.copyfile(path.with_suffix(".yaml"), folder / path.with_suffix(".yaml").name)


# ── one file, in this process ────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Read:
    """What came of one file: its disclosure or nothing, its problems, its findings if asked for."""

    disclosures: tuple[Disclosure, ...]
    problems: tuple[Problem, ...]

    @property
    def disclosure(self) -> Disclosure:
        assert self.disclosures, self.codes
        return self.disclosures[0]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        assert self.disclosures, self.codes
        return run_checks(self.disclosure).findings

    @property
    def tables(self) -> dict[str, Table]:
        return {table.id: table for table in self.disclosure.extract.tables}

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]


def read_text(text: str | bytes, name: str = "made.txt", limits: Limits = LIMITS) -> Read:
    """Read one disclosure that is given as text (UTF-8), or as the bytes of its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        reading = read_file(Task(path, Path(folder), Departments(()), limits))
    return Read(reading.disclosures, reading.problems)


def read_source(name: str) -> Read:
    """Read one of the five texts, with its sidecar."""
    reading = read_file(Task(DISCLOSURES / name, DISCLOSURES, Departments(()), Limits()))
    return Read(reading.disclosures, reading.problems)


# ── files ────────────────────────────────────────────────────────────────────────────────


def rows(path: Path) -> Rows:
    """Read a published CSV file: one dictionary for each row."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder by their place in it, hidden ones included."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
