"""Finds Chinese on a page of another language that its markup does not say is Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
EMPTY = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: The name of the site and its stamp, which are the same in every language.
NAMES = ("明账", "账")


@dataclass
class Unmarked(HTMLParser):
    """The stretches of text with Chinese in them whose nearest `lang` is not Chinese."""

    text: str
    languages: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.languages.append((tag, dict(attrs).get("lang") or self.languages[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in [opened for opened, _ in self.languages]:
            while self.languages.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for name in NAMES:
            data = data.replace(name, "")
        tag, language = self.languages[-1]
        read = tag not in ("script", "style") and not language.startswith("zh")
        if read and CHINESE.search(data):
            self.found.append(f"<{tag}> {' '.join(data.split())[:80]}")


def unmarked(text: str) -> list[str]:
    """Return the Chinese text of a page, or of a part of it, that is not marked as Chinese."""
    return Unmarked(text).found
