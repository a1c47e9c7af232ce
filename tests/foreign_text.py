"""Finds Chinese text on a page of another language that its markup does not say is Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
EMPTY |= {"track", "wbr"}


@dataclass
class Unmarked(HTMLParser):
    """The stretches of text with Chinese in them whose nearest `lang` is not Chinese."""

    path: Path
    languages: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.languages.append((tag, dict(attrs).get("lang") or self.languages[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in [opened for opened, _ in self.languages]:
            while self.languages.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag, language = self.languages[-1]
        if tag in ("script", "style") or language.startswith("zh"):
            return
        if CHINESE.search(data):
            self.found.append(f"<{tag}> {' '.join(data.split())[:80]}")


def unmarked(path: Path) -> list[str]:
    """Return the Chinese text of a page that is not marked as Chinese."""
    return Unmarked(path).found
