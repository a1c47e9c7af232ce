"""The command line: help with examples, plain lines, JSON, exit codes, errors where they belong."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import main
from tests.disclosure_texts import typeset
from tests.doors import extract, files, run, write_settings
from tests.made_budgets import sample_budget
from tests.text_styles import Style

COMMANDS = ("extract", "render", "build", "check", "explain", "query", "inspect", "learn", "serve")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good disclosure and one that cannot be read."""
    folder = tmp_path_factory.mktemp("command-line")
    (folder / "disclosures").mkdir()
    (folder / "disclosures" / "good.txt").write_bytes(typeset(sample_budget(), Style()))
    (folder / "disclosures" / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good disclosure."""
    folder = tmp_path_factory.mktemp("command-line-good")
    (folder / "disclosures").mkdir()
    (folder / "disclosures" / "good.txt").write_bytes(typeset(sample_budget(), Style()))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_each_command_shows_an_example(command: str, option: str) -> None:
    result = run(command, option)
    assert result.exit_code == 0
    assert f"Example: mingzhang {command} " in " ".join(result.stdout.split())
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("extract", ("--disclosures", "--packages", "--config", "--json", "--verbose")),
        ("render", ("--packages", "--site", "--config", "--json", "--verbose")),
        ("build", ("--disclosures", "--packages", "--site", "--config", "--json", "--verbose")),
        ("check", ("--disclosures", "--config", "--every", "--json", "--verbose")),
        ("explain", ("--packages", "--config", "--verbose")),
        ("query", ("--site", "--csv", "--json", "--config", "--verbose")),
        ("inspect", ("--html", "--config", "--verbose")),
        ("learn", ("--config", "--verbose")),
        ("serve", ("--port", "--config", "--verbose")),
    ],
)
def test_each_option_is_explained(command: str, options: tuple[str, ...]) -> None:
    lines = run(command, "--help").stdout.splitlines()
    for option in options:
        (line,) = (each for each in lines if each.lstrip().startswith(option))
        assert len(line.split()) > 2


def test_the_commands_are_listed() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(f"\n  {command} " in result.stdout for command in COMMANDS)
    assert run("--version").stdout.strip() == f"mingzhang, version {__version__}"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("extract", "--fast"),
        ("extract", "--packages"),
        ("extract", "one", "--disclosures", "two"),
        ("serve", "--port", "x"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == "" and result.stderr


# ── settings ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[folders\n", "TOML"),
        ("[folders]\ndisclosures = 7\n", "folders.disclosures"),
        ('[folders]\ncolour = "red"\n', "folders: unknown “colour”"),
    ],
)
def test_wrong_settings_are_exit_code_2_and_name_the_file(
    tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "mingzhang.toml"
    path.write_text(text, encoding="utf-8")
    result = run("extract", "--config", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(path) in result.stderr and words in result.stderr


def test_settings_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("extract", "--config", "other.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "other.toml" in result.stderr and "--config" in result.stderr


def test_without_settings_and_disclosures_the_mend_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(tmp_path / "data/disclosures") in result.stderr
    assert "mingzhang build FOLDER" in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_folder_of_disclosures_may_be_an_argument(good: Path, tmp_path: Path) -> None:
    result = run("check", good / "disclosures", "--config", write_settings(tmp_path))
    assert result.exit_code == 0, result.output
    assert "good.txt" in result.stdout


def test_a_folder_without_disclosures_is_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "disclosures").mkdir()
    result = extract(tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(tmp_path / "disclosures") in result.stderr
    assert not (tmp_path / "packages").exists()


def test_packages_that_are_not_there_are_exit_code_2(tmp_path: Path) -> None:
    result = run("render", "--config", write_settings(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "packages" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_register_of_departments_that_is_wrong_is_exit_code_2(good: Path) -> None:
    register = good / "departments.csv"
    register.write_text("department,name\nx,y\n", encoding="utf-8")
    settings = good / "wrong.toml"
    text = write_settings(good).read_text(encoding="utf-8").splitlines()
    line = next(i for i, each in enumerate(text) if each.startswith("departments"))
    text[line] = f'departments = "{register.as_posix()}"'
    settings.write_text("\n".join(text), encoding="utf-8")
    result = run("extract", "--config", settings)
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(register) in result.stderr and "first_year" in result.stderr


# ── what is said ─────────────────────────────────────────────────────────────────────────


def test_without_problems_the_exit_code_is_0(good: Path) -> None:
    result = extract(good)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 disclosures, ")
    assert "[department-unregistered]" in result.stderr  # a warning


def test_a_disclosure_that_cannot_be_read_is_exit_code_1(folder: Path) -> None:
    result = extract(folder)
    assert result.exit_code == 1
    assert "empty.txt: fatal [file-empty]" in result.stderr
    assert "empty.txt" not in result.stdout
    assert (folder / "packages" / "all" / "disclosures.csv").is_file()


def test_plain_lines_where_there_is_no_terminal(folder: Path, tmp_path: Path) -> None:
    result = extract(folder, "--packages", str(tmp_path / "out"))
    assert "\r" not in result.output and "\x1b" not in result.output and "█" not in result.output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (good / "other").mkdir()
    settings = write_settings(good / "other")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    arguments = ["extract", "--config", str(settings), "--disclosures", str(good / "disclosures")]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert "\r" in terminal.getvalue() and "100%" in terminal.getvalue()


def test_json_has_what_it_promises(folder: Path, tmp_path: Path) -> None:
    result = extract(folder, "--packages", str(tmp_path / "out"), "--json")
    assert result.exit_code == 1
    summary = json.loads(result.stdout)
    assert set(summary) >= {
        "ok",
        "disclosures",
        "problems",
        "pages",
        "charts",
        "downloads",
        "seconds",
    }
    assert summary["ok"] is False
    (disclosure,) = summary["disclosures"]
    assert set(disclosure) >= {
        "id", "file", "department", "year", "kind", "tables", "facts", "projects", "findings",
    }  # fmt: skip
    assert (disclosure["file"], disclosure["year"], disclosure["kind"]) == (
        "good.txt",
        2025,
        "budget",
    )
    assert (disclosure["tables"], disclosure["projects"]) == (13, 3)
    problems = {problem["code"]: problem for problem in summary["problems"]}
    assert set(problems) == {"file-empty", "department-unregistered"}
    assert problems["file-empty"] == {
        "code": "file-empty", "severity": "fatal", "file": "empty.txt", "page": None, "line": None,
        "message": "文件是空的（没有任何文字）", "mend": "放入完整的公开文本，或删除该文件",
    }  # fmt: skip
    assert all(isinstance(seconds, float) for seconds in summary["seconds"].values())


def test_json_of_a_good_run_is_ok(good: Path) -> None:
    result = extract(good, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["ok"] is True


def test_options_are_stronger_than_settings(good: Path, tmp_path: Path) -> None:
    settings = write_settings(tmp_path)
    out = tmp_path / "elsewhere" / "deep"
    result = run(
        "extract", "--config", settings, "--disclosures", good / "disclosures", "--packages", out
    )
    assert result.exit_code == 0, result.output
    assert (out / "all" / "facts.csv").is_file()
    assert not (tmp_path / "packages").exists()


def test_a_second_run_says_the_same_and_changes_nothing(folder: Path) -> None:
    first = extract(folder)
    before = files(folder / "packages")
    second = extract(folder)
    assert (second.exit_code, files(folder / "packages")) == (first.exit_code, before)
    problems = [line for line in first.stderr.splitlines() if "→" in line]
    assert [line for line in second.stderr.splitlines() if "→" in line] == problems
    assert "packages: up to date, nothing to do" in second.stdout


# ── the journal ──────────────────────────────────────────────────────────────────────────

STEPS = {"reading", "tables", "facts", "file", "checks", "packages", "validation"}


def test_verbose_tells_of_each_file_and_stage(folder: Path, tmp_path: Path) -> None:
    arguments = ("extract", folder / "disclosures", "--config", write_settings(tmp_path))
    result = run(*arguments, "--verbose")
    lines = [line.split(maxsplit=3) for line in result.stderr.splitlines() if " s  " in line]
    assert {stage for _, _, stage, _ in lines} >= STEPS
    assert any(stage == "file" and "not read" in rest for _, _, stage, rest in lines)
    assert "[file-empty]" in result.stderr  # problems are still told
    again = run(*arguments, "--verbose").stderr
    assert "cached          read, 1 problems          good.txt" in again


def test_verbose_with_json_is_one_object_a_line(folder: Path, tmp_path: Path) -> None:
    arguments = ("extract", folder / "disclosures", "--config", write_settings(tmp_path))
    result = run(*arguments, "--verbose", "--json")
    assert json.loads(result.stdout)["ok"] is False
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    steps = [line for line in lines if "stage" in line]
    problems = [line for line in lines if "stage" not in line]
    assert {step["stage"] for step in steps} >= STEPS
    assert all(set(step) >= {"stage", "seconds", "outcome", "problems"} for step in steps)
    assert all("file" in step or "disclosure" in step for step in steps)
    outcomes = {step["file"]: step["outcome"] for step in steps if step["stage"] == "file"}
    assert outcomes == {"good.txt": "read", "empty.txt": "not read"}
    assert problems == json.loads(result.stdout)["problems"]


def test_an_error_of_the_settings_is_an_object_too(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    result = run("check", "--config", missing, "--json", "--verbose")
    assert result.exit_code == 2
    assert str(missing) in json.loads(result.stderr)["error"]


@pytest.mark.parametrize("verbose", [False, True])
def test_a_mistake_of_ours_is_one_line_and_exit_code_3(
    good: Path, monkeypatch: pytest.MonkeyPatch, verbose: bool
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("generator.cli.extract", broken)
    result = extract(good, *(["--verbose"] if verbose else []))
    assert (result.exit_code, result.stdout) == (3, "")
    first, *others = result.stderr.splitlines()
    assert "RuntimeError: two lines" in first and f"mingzhang {__version__}" in first
    assert bool(others) is verbose
    assert ("Traceback" in result.stderr) is verbose


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ImportError("libparquet.so.2400: failed to map segment from shared object"), 2),
        (MemoryError(), 2),
        (ImportError("No module named 'pyarrow'"), 3),
    ],
)
def test_a_library_for_which_there_is_no_memory_is_no_mistake_of_ours(
    good: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr("generator.cli.extract", broken)
    result = extract(good)
    assert result.exit_code == code
    assert ("not enough memory" in result.stderr) is (code == 2)
