"""The languages of the site: Chinese, in which it is written, and translations of it.

What is written in templates and modules is Chinese and is its own key: `_("支出总计")`. The file
`translations/<tag>.po` has it in another language, in gettext's format, for which editors and
services for translators exist. What departments published stays as they published it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from markupsafe import Markup, escape

TRANSLATIONS = Path(__file__).parent.parent / "translations"


@dataclass(frozen=True)
class Language:
    """One language of the site.

    Attributes:
        tag: Its BCP 47 tag.
        name: Its name in itself, as the switch between languages shows it.
        prefix: The way from the site's root to its pages, such as `en/`.
    """

    tag: str
    name: str
    prefix: str


CHINESE = Language("zh-CN", "中文", "")
ENGLISH = Language("en", "English", "en/")
LANGUAGES = (CHINESE, ENGLISH)

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A stretch of Chinese with the signs and width that go with it, or of such signs alone.
_STRETCH = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"
)
_LETTER = re.compile(r"[A-Za-z]")
_TAG = re.compile(r"(<[^>]*>)")
_LABEL = re.compile(r"<text([^>]*)>([^<]*)")

_spoken: ContextVar[Language] = ContextVar("language", default=CHINESE)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make all that is said inside be said in a language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    """Return the language that is being spoken."""
    return _spoken.get()


def gettext(message: str) -> str:
    """Say a message of the site in the language being spoken."""
    return _translations(_spoken.get()).gettext(message) if message else ""


def plural(message: str, count: int) -> str:
    """Say a message that has a plural in other languages; Chinese has one form for both."""
    return _translations(_spoken.get()).ngettext(message, message, count)


def chinese(text: str) -> Markup:
    """Say in the markup which part of a text is Chinese, where another language is spoken.

    For what departments published, and for words that may have no translation. A text of which
    most is Chinese is marked as a whole, with the Latin letters in it.
    """
    count = len(_IDEOGRAPH.findall(text))
    if not count or spoken() == CHINESE:
        return escape(text)
    span = Markup('<span lang="{}">{}</span>')
    if count >= len(_LETTER.findall(text)):
        return span.format(CHINESE.tag, text)
    parts, at = [], 0
    for stretch in _STRETCH.finditer(text):
        parts += [escape(text[at : stretch.start()]), span.format(CHINESE.tag, stretch[0])]
        at = stretch.end()
    return Markup("").join([*parts, escape(text[at:])])


def chinese_within(html: Markup) -> Markup:
    """Say in the markup of a text written in another language which stretches are Chinese."""
    if spoken() == CHINESE:
        return html
    pieces = _TAG.split(html)  # every other one is a tag
    span = rf'<span lang="{CHINESE.tag}">\g<0></span>'
    pieces[::2] = [_STRETCH.sub(span, text) for text in pieces[::2]]
    return Markup("".join(pieces))


def labels_marked(svg: Markup) -> Markup:
    """Say in a drawing which of its labels are Chinese, where another language is spoken."""
    if spoken() == CHINESE:
        return svg

    def label(found: re.Match[str]) -> str:
        tag = f' lang="{CHINESE.tag}"' if _IDEOGRAPH.search(found[2]) else ""
        return f"<text{tag}{found[1]}>{found[2]}"

    return Markup(_LABEL.sub(label, svg))


def in_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: where letters have cases, with a small one."""
    if spoken() == CHINESE:
        return name
    first = 1 if name.startswith("“") else 0
    return name[:first] + name[first : first + 1].lower() + name[first + 1 :]


def in_a_row(sentences: Iterable[str]) -> Markup:
    """Put sentences after each other, as the language being spoken does; blank ones are none."""
    return Markup("" if spoken() == CHINESE else " ").join(each for each in sentences if each)


def marked(message: str) -> str:
    """Return a message as it is: it will be said later, and the translator must know of it."""
    return message


@dataclass(frozen=True)
class Bilingual:
    """What a package says in Chinese and perhaps in English; without English it stays Chinese."""

    chinese: str
    english: str = ""

    def __str__(self) -> str:
        return self.english if self.english and spoken() == ENGLISH else self.chinese


class WithTitles:
    """What has a title in both languages."""

    titles: Bilingual

    @property
    def title(self) -> str:
        """Return its title in the language being spoken."""
        return str(self.titles)


class WithDescriptions(WithTitles):
    """What has a title and a description in both languages."""

    descriptions: Bilingual

    @property
    def description(self) -> str:
        """Return what it is, or means, in the language being spoken."""
        return str(self.descriptions)


class WithNames:
    """What has a name in both languages."""

    names: Bilingual

    @property
    def name(self) -> str:
        """Return its name in the language being spoken."""
        return str(self.names)


class Words(Mapping[str, str]):
    """Words for terms: each is said in the language being spoken when it is looked up."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __getitem__(self, key: str) -> str:
        return gettext(self._words[key])

    def with_more(self, words: Mapping[str, str]) -> Words:
        """Return these words and some more."""
        return Words({**self._words, **words})

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


@cache
def _translations(language: Language) -> NullTranslations:
    if language is CHINESE:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (TRANSLATIONS / f"{language.tag}.po").open("rb") as text:
        catalog = read_po(text, locale=language.tag)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
