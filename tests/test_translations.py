"""Every message of the site has a translation that keeps its values and its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from generator.website.wording.language import LANGUAGES, TRANSLATIONS

HOUSE = Path(__file__).parents[1]
CATALOGS = [language.tag for language in LANGUAGES if language.prefix]
KEYWORDS = {"_": None, "plural": (1, 1), "marked": None}
MEND = "run `make translations` and translate what is empty in generator/website/translations"


def extracted() -> set[str]:
    found: set[str] = set()
    for room, method in (("generator/website", ("**.py", "python")), ("templates", JINJA)):
        messages = extract_from_dir(HOUSE / room, [method], keywords=KEYWORDS)
        for _, _, message, _, _ in messages:
            found.add(message if isinstance(message, str) else message[0])
    return found


JINJA = ("**.html", "jinja2")


def translated(tag: str) -> Iterator[tuple[str, Message]]:
    with (TRANSLATIONS / f"{tag}.po").open("rb") as file:
        for message in read_po(file, locale=tag):
            if message.id:
                yield (message.id if isinstance(message.id, str) else message.id[0]), message


def texts(message: Message) -> list[str]:
    said = message.string
    return [said] if isinstance(said, str) else list(said or ("",))


@pytest.mark.parametrize("tag", CATALOGS)
def test_every_message_is_translated_and_no_other(tag: str) -> None:
    catalog = dict(translated(tag))
    messages = extracted()
    assert len(messages) > 100
    assert not messages - set(catalog), f"not in {tag}.po: {MEND}"
    assert not set(catalog) - messages, f"no longer said, but in {tag}.po: {MEND}"
    assert not [key for key, each in catalog.items() if not all(texts(each))], MEND
    assert not [key for key, each in catalog.items() if each.fuzzy]


@pytest.mark.parametrize("tag", CATALOGS)
def test_a_translation_keeps_the_values_and_the_tags(tag: str) -> None:
    for key, message in translated(tag):
        for number, text in enumerate(texts(message)):
            values = set(re.findall(r"\{.*?\}", key))
            # The singular may say its number as a word.
            kept = set(re.findall(r"\{.*?\}", text)) | ({"{n}"} if number == 0 else set())
            assert kept - {"{n}"} == values - {"{n}"}, key
            tags = r"<[^>]*>"
            assert sorted(re.findall(tags, text)) == sorted(re.findall(tags, key)), key


@pytest.mark.parametrize("tag", CATALOGS)
def test_the_plural_says_its_number(tag: str) -> None:
    counted = {key: texts(each) for key, each in translated(tag) if isinstance(each.id, tuple)}
    assert len(counted) > 50
    assert [key for key, said in counted.items() if "{n}" in key and "{n}" not in said[-1]] == []


@pytest.mark.parametrize("tag", CATALOGS)
def test_a_translation_is_not_chinese(tag: str) -> None:
    for key, message in translated(tag):
        for text in texts(message):
            # A Chinese word may be given in brackets, as in “10,000 yuan (万元)”.
            outside = re.sub(r"\([^)]*\)|“[^”]*”|<[^>]*>", "", text)
            assert not re.search(r"[\u4e00-\u9fff，。：；]", outside), key
