"""The command line in the language of the locale: Chinese where that is Chinese, else English.

Our help and click's own words are English and are their own keys; ``translations`` beside this file
has them in Chinese. click asks ``gettext`` for its words as it needs them; ours are looked up here.
"""

from __future__ import annotations

import gettext
import inspect
import os
from collections.abc import Mapping
from pathlib import Path

import click

DOMAIN = "mingzhang"
TRANSLATIONS = Path(__file__).parent / "translations"


def is_chinese(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the locale is Chinese, in gettext's order; the C locale is English."""
    found = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in found if value), "")
    if locale in ("C", "POSIX"):
        return False
    languages = environment.get("LANGUAGE", "") or locale
    return languages.lower().startswith("zh")


def speak(group: click.Group) -> None:
    """Say the help of all commands, and what click says, in the language of the locale."""
    if not is_chinese():
        gettext.textdomain("messages")  # there are none: everything stays English
        return
    gettext.bindtextdomain(DOMAIN, TRANSLATIONS)
    gettext.textdomain(DOMAIN)
    group.subcommand_metavar = said(group.subcommand_metavar) or ""
    for command in (group, *group.commands.values()):
        command.options_metavar = said(command.options_metavar)
        command.help, command.epilog = said(command.help), said(command.epilog)
        for parameter in command.params:
            if isinstance(parameter, click.Option | click.Argument):
                parameter.help = said(parameter.help)


def said(message: str | None) -> str | None:
    """The message in the language being spoken."""
    return gettext.gettext(inspect.cleandoc(message)) if message else message
