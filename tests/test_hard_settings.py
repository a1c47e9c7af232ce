"""Nothing that a person can set, name or meet ends in a traceback: what, where, and the mend."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from generator.__main__ import main
from generator.config import SettingsFile, read_settings
from generator.problems import ConfigError
from tests.bad_disclosures import lines_of, text_of
from tests.doors import extract, files, run, write_settings
from tests.hypothesis_profile import examples

GOOD = text_of(lines_of("广州市试验局"))
WRONG: tuple[Any, ...] = (
    *(0, -1, 7, 2**70, 1.5, True, "", "x", "x\ny", "\0", "\x1b[31m", [], [1], ["x"], {}, {"x": 1}),
    *({"x": {"y": [{}]}}, [[[]]], -(2**63), float("inf")),
)


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return "inf" if value == float("inf") else json.dumps(value)


def names() -> list[str]:
    """Every section, and every setting in one."""
    found = []
    for section in msgspec.structs.fields(SettingsFile):
        found.append(section.name)
        kind = section.type
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            found += [f"{section.name}.{name}" for name in kind.__struct_fields__]
    return [*found, "checks.units", "unknown", "site.unknown"]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_every_setting_with_every_wrong_type_is_taken_or_told(
    tmp_path: Path, name: str, value: Any
) -> None:
    path = tmp_path / "mingzhang.toml"
    path.write_text(f"{name} = {toml(value)}\n", encoding="utf-8")
    try:
        read_settings(path).with_folders()
    except ConfigError as error:
        assert name.partition(".")[0] in str(error) or "TOML" in str(error)
        assert str(path) in str(error) or "folders." in str(error)


@given(text=st.one_of(st.text(max_size=60), st.sampled_from(["[" * 5000, "a=" + "[" * 5000])))
@examples(50)
def test_any_text_for_settings_is_taken_or_told(tmp_path_factory: Any, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "mingzhang.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_settings(path)
    except ConfigError as error:
        assert str(path) in str(error)


def built(folder: Path, settings: str, *arguments: str) -> Result:
    """Extract one good disclosure with these settings."""
    (folder / "disclosures").mkdir(exist_ok=True)
    (folder / "disclosures" / "a.txt").write_bytes(GOOD)
    path = folder / "mingzhang.toml"
    path.write_text(settings, encoding="utf-8")
    return run("extract", "--config", path, *arguments)


def told(result: Result, *words: str, code: int = 2) -> None:
    """One line on standard error that has the words, and the exit code."""
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    (line,) = result.stderr.splitlines()
    assert "Traceback" not in line
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('packages = "/"', "the root of the disk"),
        ('packages = "disclosures"', "one in the other"),
        ('packages = "disclosures/x"', "one in the other"),
        ('packages = "."', "one in the other"),
        ('packages = "site"', "one in the other"),
        ('site = "content"', "one in the other"),
        ('site = ".cache/site"', "one in the other"),
        ('cache = "disclosures"', "one in the other"),
        ('cache = "mingzhang.toml"', "is a file"),
        ('packages = "mingzhang.toml"', "is a file"),
        ('packages = ""', "expected the name of a folder"),
    ],
)
def test_an_output_that_is_in_the_way_is_refused(tmp_path: Path, line: str, words: str) -> None:
    settings = f'[folders]\ndisclosures = "disclosures"\n{line}\n'
    told(built(tmp_path, settings), "folders.", words)
    assert set(files(tmp_path)) == {"mingzhang.toml", "disclosures/a.txt"}


@pytest.mark.parametrize("output", ["packages", "site", "cache"])
def test_an_output_that_is_a_link_to_itself_is_told(tmp_path: Path, output: str) -> None:
    (tmp_path / output).symlink_to(output)
    told(built(tmp_path, f'[folders]\n{output} = "{output}"\n'), f"folders.{output}", "remove it")


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.example", "javascript:alert(1)", "a.example", "https://", "//a.example"),
        *("https://me:secret@a.example", "https://me@a.example", "https://a.example/ x"),
        *("https://a.example/\n", "https://a.example:x", "https://a.example/?q", "https://[::1"),
        *("https://a.example/#x", "https://a.example\\x", 'https://a.example/"><script>'),
    ],
)
def test_a_base_url_that_is_no_address_of_the_web_is_told(tmp_path: Path, url: str) -> None:
    told(built(tmp_path, f"[site]\nbase_url = {json.dumps(url)}\n"), "site.base_url: expected")


@pytest.mark.parametrize("url", ["", "https://a.example", "http://localhost:8000/x/"])
def test_one_that_is_is_taken(tmp_path: Path, url: str) -> None:
    path = tmp_path / "mingzhang.toml"
    path.write_text(f'[site]\nbase_url = "{url}"\n', encoding="utf-8")
    assert read_settings(path).base_url == url.rstrip("/")


def test_a_key_twice_and_a_section_unknown_are_told(tmp_path: Path) -> None:
    told(built(tmp_path, '[site]\ntitle = "a"\ntitle = "b"\n'), "not valid TOML")
    told(built(tmp_path, "[sites]\n"), "did you mean “site”")


def test_settings_saved_by_an_editor_of_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mingzhang.toml"
    path.write_bytes('\ufeff[site]\r\ntitle = "乙"\r\n'.encode())
    assert read_settings(path).title == "乙"


def test_a_folder_of_content_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    settings = '[folders]\ndisclosures = "disclosures"\ncontent = "contents"\n'
    result = built(tmp_path, settings)
    assert result.exit_code == 0
    assert "folders.content: contents: no such folder" in result.stderr


# ── what the system refuses ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "mend"),
    [
        (errno.ENOSPC, "make room on the disk"),
        (errno.EROFS, "name a folder that can be written"),
        (errno.EACCES, "name a folder that can be written"),
        (errno.EIO, "check the place"),
    ],
)
def test_a_disk_that_refuses_is_told_and_the_old_packages_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, mend: str
) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures" / "a.txt").write_bytes(GOOD)
    assert extract(tmp_path).exit_code == 0
    before = files(tmp_path / "packages")
    (tmp_path / "disclosures" / "b.txt").write_bytes(text_of(lines_of("广州市乙局")))
    real = Path.write_bytes

    def refuse(self: Path, data: bytes) -> int:
        if self.name == "datapackage.json" or self.suffix == ".csv":
            raise OSError(number, "refused", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    result = extract(tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    last = result.stderr.splitlines()[-1]
    assert "refused" in last and mend in last and "Traceback" not in result.stderr
    monkeypatch.undo()
    assert files(tmp_path / "packages") == before


def test_ctrl_c_is_exit_code_130_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures" / "a.txt").write_bytes(GOOD)
    monkeypatch.setattr("generator.extraction.write_all", stop)
    result = extract(tmp_path)
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.splitlines()[-1].startswith("mingzhang: stopped")
    assert not (tmp_path / "packages").exists()


def test_ctrl_c_before_the_program_is_there_is_told_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Slow(ModuleType):
        def __getattr__(self, name: str) -> None:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "generator.cli", Slow("generator.cli"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.startswith("mingzhang: stopped")


@pytest.mark.parametrize("port", ["0", "99999", "-1", "x"])
def test_a_port_that_is_none_is_wrong_usage(port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2


def test_the_last_guard_is_one_line_with_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a\nb")

    monkeypatch.setattr("generator.sought.find_sources", fail)
    settings = write_settings(tmp_path)
    told(run("extract", "--config", settings), "a b (a mistake of mingzhang", code=3)
    verbose = run("extract", "--config", settings, "--verbose")
    assert "Traceback" in verbose.stderr
