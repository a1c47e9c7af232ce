"""An attack: what somebody does to a folder that was built, the command after it, and its codes.

``base`` builds the folder that each attack begins with a copy of: two tiny disclosures, all the
files that people write, their packages, the site and the cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bad_disclosures import lines_of, text_of
from tests.doors import run
from tests.test_cache import REGISTER, TEXT

SETTINGS = """\
[folders]
disclosures = "disclosures"
packages = "packages"
site = "site"
templates = "own-templates"
content = "own-content"
departments = "departments.csv"
acknowledged = "acknowledged.yaml"
withdrawn = "withdrawn.yaml"
redirects = "redirects.txt"
cache = "cache"

[site]
english = false
page_images = false

[reading]
jobs = 2
"""
FIRST, SECOND = (text_of(lines_of(name)) for name in ("广州市信访局", "广州市商务局"))
#: One of a single table and a department of its own, which is quick to read.
TINY = TEXT.format(name="广州市试验局", amount="12.00").encode()
HEADING = REGISTER.partition("\n")[0] + "\n"
EXTRACT, RENDER, BUILD = ("extract", "--json"), ("render",), ("build", "--json")
#: What is done to a folder.
Change = Callable[[Path], object]
#: What may come of a file of a disclosure that is broken; of a file that people write for us.
READ, TAKEN, TOLD = frozenset({0, 1}), frozenset({0, 1, 2}), frozenset({2})


@dataclass(frozen=True)
class Attack:
    """What is done to a copy of the base, and what may come of the command after it.

    Attributes:
        group: The kind of attack, of which there are many.
        name: What tells it from the others of its group.
        change: What is done to the folder.
        command: What ``mingzhang`` is told then; the settings are added.
        codes: The exit codes that the documentation allows.
        same: Whether the outputs have to be those of the base, byte for byte.
        user: Who runs the command, where it is not who runs the attacks.
        withdraws: Whether a disclosure may go, since somebody said so.
    """

    group: str
    name: str
    change: Change
    command: tuple[str, ...] = EXTRACT
    codes: frozenset[int] = TAKEN
    same: bool = False
    user: int | None = None
    withdraws: bool = False


def base(folder: Path) -> None:
    """Build the folder that each attack begins with."""
    for name in ("disclosures", "own-templates", "own-content"):
        (folder / name).mkdir(parents=True)
    (folder / "disclosures/a.txt").write_bytes(FIRST)
    (folder / "disclosures/b.txt").write_bytes(SECOND)
    (folder / "disclosures/b.yaml").write_text("year: 2025\n", encoding="utf-8")
    (folder / "departments.csv").write_text(HEADING, encoding="utf-8")
    (folder / "mingzhang.toml").write_text(SETTINGS, encoding="utf-8")
    for name in ("acknowledged.yaml", "withdrawn.yaml", "redirects.txt"):
        (folder / name).write_bytes(b"")
    result = run("build", "--config", folder / "mingzhang.toml")
    assert result.exit_code == 0, result.output


def put(name: str | bytes, data: bytes | str) -> Change:
    """Write a file of any name, and the folders that it lies in."""

    def change(folder: Path) -> None:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)

    return change


def both(*changes: Change) -> Change:
    """One change after another."""

    def change(folder: Path) -> None:
        for each in changes:
            each(folder)

    return change


def remove(name: str) -> Change:
    """Take a file away."""
    return lambda folder: (folder / name).unlink()


def link(name: str, target: str) -> Change:
    """Put a link in the place of what is there; a target that begins with / leads where it says."""

    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and not path.is_symlink():
            path.rename(path.with_name(f"{path.name}-moved"))
        else:
            path.unlink(missing_ok=True)
        path.symlink_to(target)

    return change
