"""Reads a rendered site as a browser would find it: elements, ids, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
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
        names = ("href", "src")
        return [str(a[n]) for _, a in self.elements for n in names if n in a]


def pages(site: Path) -> Iterator[Page]:
    """Read every page of a site; of one that many tests look at, once."""
    for path in sorted(site.rglob("*.html")):
        yield _page(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=500)
def _page(path: Path, written: int) -> Page:
    return Page(path)


def broken_links(site: Path) -> list[str]:
    """Return every internal link that leads to no file, or to no anchor of its page."""
    found = {page.path.resolve(): page for page in pages(site)}
    ids = {path: frozenset(page.ids) for path, page in found.items()}
    return [
        f"{page.path.relative_to(site)}: {link}"
        for path, page in found.items()
        for link in page.links
        if not _leads_somewhere(site.resolve(), ids, path, link)
    ]


def _leads_somewhere(site: Path, ids: dict[Path, frozenset[str]], here: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("https", "data")  # what is small is in the link itself
    base = site if parts.path.startswith("/") else here.parent
    target = _file(base, unquote(parts.path).lstrip("/")) if parts.path else here
    if target is None:
        return False
    return not parts.fragment or unquote(parts.fragment) in ids[target]


def _file(base: Path, way: str) -> Path | None:
    """The file that a way leads to, where there is one."""
    target = (base / way).resolve()
    target = target / "index.html" if target.is_dir() else target
    return target if target.is_file() else None
