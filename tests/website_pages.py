"""Reads a rendered site as a browser would find it: elements, ids, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

Attributes = dict[str, str | None]


@dataclass
class Page(HTMLParser):
    """One page: its elements with their attributes, in order, and its text."""

    path: Path
    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def ids(self) -> list[str]:
        return [str(a["id"]) for _, a in self.elements if "id" in a]

    @property
    def links(self) -> list[str]:
        names = ("href", "src", "data-spec", "data-vega")
        return [str(a[n]) for _, a in self.elements for n in names if n in a]


def pages(site: Path) -> Iterator[Page]:
    """Read every page of a site."""
    for path in sorted(site.rglob("*.html")):
        yield Page(path)


def broken_links(site: Path) -> list[str]:
    """Return every internal link that leads to no file, or to no anchor of its page."""
    found = {page.path: page for page in pages(site)}
    return [
        f"{page.path.relative_to(site)}: {link}"
        for page in found.values()
        for link in page.links
        if not _leads_somewhere(site, found, page.path, link)
    ]


def _leads_somewhere(site: Path, found: dict[Path, Page], here: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme == "https"
    base = site if parts.path.startswith("/") else here.parent
    target = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else here.resolve()
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in found[_known(found, target)].ids


def _known(found: dict[Path, Page], target: Path) -> Path:
    return next(path for path in found if path.resolve() == target)
