"""The README tells every command, option, setting and file; the rows it quotes are really there."""

import csv
import io
import json
import re
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.pdf.limits import Limits

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = ROOT / "data/packages"
DESCRIPTORS = sorted(PACKAGES.rglob("datapackage.json"))
QUOTES = re.findall(r"\*\*`([\w-]+\.csv)`\*\*[^\n]*\n\n```csv\n(.*?)```", README, re.DOTALL)


def test_every_command_and_option_is_told() -> None:
    for name, command in main.commands.items():
        assert f"mingzhang {name}" in README
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in README, f"{name} {option.opts[0]}"


def test_every_limit_is_told() -> None:
    for field in Limits.__struct_fields__:
        assert f"`{field}`" in README


def test_every_file_is_quoted() -> None:
    resources = [r for path in DESCRIPTORS for r in json.loads(path.read_text())["resources"]]
    filled = {resource["path"] for resource in resources if resource["rows"]}
    assert {name for name, _ in QUOTES} == filled


@pytest.mark.parametrize(("name", "quote"), QUOTES, ids=[name for name, _ in QUOTES])
def test_each_quoted_row_is_in_the_data(name: str, quote: str) -> None:
    header, row = csv.reader(io.StringIO(quote))
    found = [path for path in PACKAGES.rglob(name) if _holds(path, header, row)]
    assert found


def _holds(path: Path, header: list[str], row: list[str]) -> bool:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0] == header and row in rows


def test_every_file_has_a_place_in_the_house() -> None:
    rooms = [
        path.name for path in (ROOT / "generator").iterdir() if (path / "__init__.py").exists()
    ]
    for room in rooms:
        assert f"generator/{room}" in README
