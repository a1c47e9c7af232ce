"""What is generated in ``docs/``: blocks between marks, made of the program and its data.

``make docs`` runs this. A block begins with ``<!-- generated: NAME -->`` and ends with
``<!-- end -->``; what stands between is written anew, and the rest is left to people.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click
import msgspec
from click.testing import CliRunner

from generator.checks import rules
from generator.cli import main as mingzhang
from generator.problem_catalogue import CATALOGUE
from tests import one_figure
from tests.closed_files import CLOSED
from tests.data_dictionary import data_dictionary
from tests.doors import ROOT
from tests.test_rooms import FOUNDATION, STAGES, TOP, WEBSITE

FOLDER = ROOT / "docs"
GENERATOR = ROOT / "generator"
SCHEMAS = FOLDER / "schemas"
_ENGLISH = {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[^>]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> list[Path]:
    """All pages of documentation, the README and the one of the standard tables among them."""
    apart = (ROOT / "README.md", ROOT / "generator" / "meaning" / "README.md")
    return [*apart, *sorted(FOLDER.rglob("*.md"))]


def written(text: str) -> str:
    """The text of a page with its blocks as the program makes them."""
    return _BLOCK.sub(lambda found: f"{found[1]}{block(found['name'])}{found[3]}", text)


def block(name: str) -> str:
    """The text of one block. Raises KeyError for a name that is not known."""
    return blocks()[name]()


def blocks() -> Mapping[str, Callable[[], str]]:
    """All blocks by name, each with what makes it."""
    return {
        "dictionary": lambda: data_dictionary() + "\n\n",
        "rules": _rules,
        "rooms": _rooms,
        "layers": _layers,
        "problems": _problems,
        "make": _make,
        **{
            f"figure {name}": partial(_step, step)
            for name, step in {
                "bytes": one_figure.bytes_step,
                "line": one_figure.line_step,
                "row": one_figure.row_step,
                "fact": one_figure.fact_step,
                "findings": one_figure.findings_step,
                "csv": one_figure.csv_step,
                "facts": one_figure.facts_step,
                "page": one_figure.page_step,
            }.items()
        },
        "help": partial(_help, ""),
        **{f"help {name}": partial(_help, name) for name in mingzhang.commands},
    }


def options(command: click.Command) -> list[click.Option]:
    """The options of a command."""
    return [each for each in command.params if isinstance(each, click.Option)]


def _help(command: str) -> str:
    """What ``--help`` prints in English, eighty characters wide."""
    arguments = [command, "--help"] if command else ["--help"]
    result = CliRunner(env=_ENGLISH).invoke(
        mingzhang, arguments, prog_name="mingzhang", terminal_width=80, catch_exceptions=False
    )
    return _fenced(f"$ mingzhang {' '.join(arguments)}\n{result.output}")


def _step(step: Callable[[], str]) -> str:
    return _fenced(step())


def _rules() -> str:
    lines = ["", "| rule | says | of | by default |", "|---|---|---|---|"]
    for rule in rules().values():
        kind, state = ("form" if rule.form else "arithmetic"), ("on" if rule.on else "off")
        lines.append(f"| `{rule.id}` | {rule.english} | {kind} | {state} |")
    return "\n".join([*lines, "", ""])


def _problems() -> str:
    lines = ["", "| code | severity | says | mend |", "|---|---|---|---|"]
    for code, template in CATALOGUE.items():
        lines.append(f"| `{code}` | {template.severity} | {template.what} | {template.mend} |")
    return "\n".join([*lines, "", ""])


def _make() -> str:
    """The targets of the Makefile that say what they do."""
    told = re.findall(
        r"^([a-z-]+):.*?## (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    return _fenced("\n".join(f"make {name:<17}{what}" for name, what in told))


def _rooms() -> str:
    """The packages of ``generator``, each with what it says of itself."""
    lines = ["", "| room | what it does |", "|---|---|"]
    inner = GENERATOR.glob("website/*/__init__.py")
    for path in sorted([*GENERATOR.glob("*/__init__.py"), *inner]):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        first = said.partition("\n")[0].partition(": ")
        room = path.parent.relative_to(GENERATOR).as_posix()
        lines.append(f"| `{room}` | {first[2] or first[0]} |")
    return "\n".join([*lines, "", ""])


def _layers() -> str:
    """The rule between rooms, as its test has it."""
    rows = (
        ("the top, which puts stages together", sorted(TOP)),
        ("the stages, in their order", STAGES),
        ("the rooms of the website, in theirs, from the first", WEBSITE),
        ("the foundation, which knows no stage", FOUNDATION),
    )
    lines = (f"| {what} | {', '.join(f'`{name}`' for name in names)} |" for what, names in rows)
    return "\n".join(
        ["", "| from top to bottom | rooms and modules |", "|---|---|", *lines, "", ""]
    )


def _fenced(text: str) -> str:
    return f"\n```text\n{text.rstrip()}\n```\n\n"


def schema_of(name: str) -> str:
    """The JSON Schema of a file that people write: what editors offer and underline."""
    found = msgspec.json.schema(CLOSED[name][1])
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    SCHEMAS.mkdir(exist_ok=True)
    for name in CLOSED:
        (SCHEMAS / f"{name}.json").write_text(schema_of(name), encoding="utf-8", newline="\n")
    for path in pages():
        text = path.read_text(encoding="utf-8")
        if (new := written(text)) != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(f"{path.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
