"""The command line's help in Chinese and in English, by the locale, with nothing untranslated."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
import unicodedata
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from generator.cli import ONE_FORM, TWICE, main
from generator.command_options import IDLE, LACKING
from generator.locale_words import TRANSLATIONS, is_chinese

CATALOG = TRANSLATIONS / "zh/LC_MESSAGES/mingzhang"
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
NAMES = ("mingzhang", *(f"mingzhang {name}" for name in main.commands))
MEND = "translate it in generator/translations, then run `make translations`"
# All help of a fresh process, since the words are chosen once in each.
SHOW = """
import json, click
from generator.cli import main
from generator.locale_words import speak
speak(main)
shown = {}
for command in (main, *main.commands.values()):
    name = "mingzhang" if command is main else f"mingzhang {command.name}"
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    parameters = {
        each.human_readable_name: getattr(each, "help", None)
        for each in command.get_params(context)
    }
    shown[name] = {"text": command.get_help(context), "help": command.help, "of": parameters}
print(json.dumps(shown))
"""


def ask(*command: str, **locale: str) -> subprocess.CompletedProcess[str]:
    """Run a fresh Python under a locale that nothing of this process reaches."""
    unset = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", *command],
        env=environment | locale,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module", params=["zh_CN.UTF-8", "C.UTF-8"])
def shown(request: pytest.FixtureRequest) -> tuple[bool, dict[str, Any]]:
    """Whether it should be Chinese, and all help."""
    result = ask(SHOW, LC_ALL=request.param)
    assert result.returncode == 0, result.stderr
    return request.param.startswith("zh"), json.loads(result.stdout)


def test_each_command_and_each_option_has_help_in_that_language(
    shown: tuple[bool, dict[str, Any]],
) -> None:
    in_chinese, commands = shown
    assert set(commands) == set(NAMES)
    for name, each in commands.items():
        for what, text in (("", each["help"]), *each["of"].items()):
            assert text and text.strip(), f"{name} {what} has no help"
            said = text.replace("明账", "")
            assert bool(IDEOGRAPH.search(said)) is in_chinese, f"{name} {what}: {text}"


def test_the_frame_is_in_that_language(shown: tuple[bool, dict[str, Any]]) -> None:
    in_chinese, commands = shown
    chinese = ("用法:", "[选项]", "选项:", "显示本说明后退出。")
    english = ("Usage:", "[OPTIONS]", "Options:", "Show this message and exit.")
    for each in commands.values():
        assert all((word in each["text"]) is in_chinese for word in chinese)
        assert all((word in each["text"]) is not in_chinese for word in english)


def test_no_line_is_wider_than_a_terminal(shown: tuple[bool, dict[str, Any]]) -> None:
    for each in shown[1].values():
        for line in each["text"].splitlines():
            assert sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) <= 84, line


def test_wrong_usage_is_told_in_chinese() -> None:
    result = ask("from generator.cli import main; main(['build', '--sit'])", LANG="zh_CN.UTF-8")
    assert result.returncode == 2
    assert "错误：没有选项 '--sit'" in result.stderr and "--site" in result.stderr
    result = ask("from generator.cli import main; main()", LANG="en_GB.UTF-8")
    assert result.returncode == 2 and not IDEOGRAPH.search(result.stderr.replace("明账", ""))


@pytest.mark.parametrize(
    ("locale", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "de_DE.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "zh_CN:en"}, True),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LC_ALL": "C", "LANGUAGE": "zh"}, False),  # as gettext has it
        ({"LC_ALL": "C.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "zh"}, True),
    ],
)
def test_the_locale_is_found_in_the_order_of_gettext(locale: dict[str, str], chinese: bool) -> None:
    assert is_chinese(locale) is chinese


# ── the catalogue ────────────────────────────────────────────────────────────────────────


def catalog() -> dict[str, str]:
    with CATALOG.with_suffix(".po").open("rb") as file:
        messages = [message for message in read_po(file, locale="zh") if message.id]
    return {first(message.id): first(message.string) for message in messages}


def first(words: Any) -> str:
    return words if isinstance(words, str) else str(words[0])


def ours() -> set[str]:
    said: list[str | None] = [ONE_FORM, TWICE, LACKING, IDLE, main.subcommand_metavar]
    for command in (main, *main.commands.values()):
        said += [command.help, command.epilog, command.options_metavar]
        for each in command.params:
            assert isinstance(each, click.Option | click.Argument)
            said.append(each.help)
    return {inspect.cleandoc(each) for each in said if each}


def clicks() -> set[str]:
    folder = Path(click.__file__).parent
    keywords = {"_": None, "ngettext": (1, 2)}
    messages = extract_from_dir(folder, [("**.py", "python")], keywords=keywords)
    return {each if isinstance(each, str) else each[0] for _, _, each, _, _ in messages}


def test_every_message_of_ours_and_of_click_is_translated() -> None:
    known = catalog()
    assert not {key for key in ours() | clicks() if not known.get(key)}, MEND


def test_nothing_else_is_translated() -> None:
    assert not set(catalog()) - ours() - clicks()


def test_a_translation_keeps_the_values() -> None:
    for key, text in catalog().items():
        values = {each.split("!")[0] for each in re.findall(r"\{\w+|%\(\w+\)s", key)}
        kept = {each.split("!")[0] for each in re.findall(r"\{\w+|%\(\w+\)s", text)}
        # One form for both numbers names its values as the plural does.
        plural = {"{possibility": "{possibilities", "{choice": "{choices", "{format": "{formats"}
        assert kept - {"{nargs", "{len", "{len_value"} == {
            plural.get(each, each) for each in values
        } - {"{nargs", "{len", "{len_value"}, key


def test_what_is_compiled_is_what_is_written() -> None:
    compiled = BytesIO()
    with CATALOG.with_suffix(".po").open("rb") as file:
        write_mo(compiled, read_po(file, locale="zh"))
    compiled.seek(0)
    with CATALOG.with_suffix(".mo").open("rb") as file:
        kept, written = (vars(GNUTranslations(each))["_catalog"] for each in (file, compiled))
    assert kept.keys() == written.keys(), "run `make translations`"
    assert all(kept[key] == written[key] for key in kept if key), "run `make translations`"
