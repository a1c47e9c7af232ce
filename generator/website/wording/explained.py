"""Explains terms where they stand: each page's first use of a term is a button that opens a card.

Cards are popovers of HTML, so that a click, a tap or a key opens them without script. They stand at
the end of the page: in a paragraph none may stand, and read in order they would cut sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from generator.website.wording.language import CHINESE, Language, spoken
from generator.website.wording.terms import Explanation, TermList
from generator.website.wording.unbroken import in_one_piece

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_NAME = re.compile(r"<\s*+(/?)\s*+([a-zA-Z][a-zA-Z0-9-]*)")
# A button inside these would be a control in a control, or would be read out as part of a name.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = ("a", "button", "summary", "label", "select", "option", "textarea")
_NAMES = ("th", "caption", "legend")
_CODE = ("svg", "code", "pre", "script", "style")
_CLOSED = frozenset((*_HEADINGS, *_CONTROLS, *_NAMES, *_CODE))


class Terms:
    """The terms of one page: makes their buttons, and remembers which cards the page needs."""

    def __init__(self, known: TermList) -> None:
        self._known = known
        self.used: list[Explanation] = []

    def __call__(self, name: str, text: str = "") -> Markup:
        """Return the button of a term at its first use on the page, else the words alone.

        Args:
            name: The term's id, or one of its wordings in Chinese.
            text: The words to show; without them, the term in the language of the page.
        """
        term = self._known.find(name)
        return self._button(term, text or str(term.name)) if term else escape(text or name)

    def explained(self, sentence: str) -> Markup:
        """Make the first use of each term in a sentence a button; its tags stay as they are."""
        found, within = [], 0
        for at, piece in enumerate(_TAG.split(str(escape(sentence)))):
            within += _opens(piece) if at % 2 else 0
            found.append(piece if at % 2 or within > 0 else self._in_text(piece))
        return Markup("").join(Markup(each) for each in found)

    def _in_text(self, text: str) -> str:
        pattern, terms = _pattern(self._known, spoken())
        whole = in_one_piece(text)
        return pattern.sub(lambda m: str(self._first(terms, m[0])), whole) if terms else whole

    def _first(self, terms: dict[str, Explanation | None], word: str) -> str:
        term = terms.get(word.lower())
        return self._button(term, Markup(word)) if term else word

    def _button(self, term: Explanation, text: str) -> Markup:
        if term in self.used:
            return escape(text)
        self.used.append(term)
        button = '<button type="button" class="term" popovertarget="term-{}">{}</button>'
        return Markup(button).format(term.id, text)


def _opens(tag: str) -> int:
    """Return by how much a tag changes the number of elements in which no button may stand."""
    name = _NAME.match(tag)
    if not name or name[2].lower() not in _CLOSED or tag.endswith("/>"):
        return 0
    return -1 if name[1] else 1


@lru_cache(maxsize=4)
def _pattern(
    known: TermList, language: Language
) -> tuple[re.Pattern[str], dict[str, Explanation | None]]:
    """Return what finds a term, longest wording first, and the term of each wording in lower case.

    A word in which a term means something else is found too, and is no term.
    """
    terms: dict[str, Explanation | None] = {}
    for term in (term for term in known if term.in_sentences):
        english = () if language == CHINESE else term.english
        terms |= {_escaped(word): term for word in (*term.wordings, *english)}
    terms |= {_escaped(word): None for term in known for word in term.not_in}
    words = sorted(terms, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole, words)), re.IGNORECASE), terms


def _escaped(word: str) -> str:
    return str(escape(word)).lower()


def _whole(word: str) -> str:
    """A word of letters is not found inside a longer one; Chinese has no such ends."""
    edges: Iterable[str] = (word[0], word[-1])
    before, after = (r"\b" if each.isascii() and each.isalnum() else "" for each in edges)
    return before + re.escape(word) + after
