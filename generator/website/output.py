"""Writes the files of the site, keeps count of them, and renders the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from generator.website import colours, words
from generator.website.amounts import in_ten_thousands, said, size_said
from generator.website.settings import SiteSettings


@dataclass
class Output:
    """The folder of the site, and what was written into it so far."""

    folder: Path
    templates: jinja2.Environment
    pages: int = 0
    downloads: int = 0
    size: int = 0
    addresses: list[str] = field(default_factory=list)

    def page(self, address: str, template: str, context: Mapping[str, object]) -> None:
        """Render a page at an address below the root, such as `departments/x/` ("": home)."""
        root = "../" * address.count("/")
        text = self.templates.get_template(template).render(context, root=root, address=address)
        self.file(f"{address}index.html", text.encode())
        self.addresses.append(address)
        self.pages += 1

    def not_found_page(self, template: str, base_url: str) -> None:
        """Render 404.html, whose links start at the root as it is shown at any address."""
        root = urlsplit(base_url).path.rstrip("/") + "/"
        text = self.templates.get_template(template).render(root=root, address="404.html")
        self.file("404.html", text.encode())
        self.pages += 1

    def download(self, path: str, data: bytes) -> None:
        """Write a file to download."""
        self.file(path, data)
        self.downloads += 1

    def file(self, path: str, data: bytes) -> None:
        """Write any file of the site."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.size += len(data)


def environment(templates: Path, settings: SiteSettings) -> jinja2.Environment:
    """Return the template environment: everything is escaped, and an unknown name is an error."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals.update(settings=settings, words=words, colours=colours)
    env.filters.update(said=said, size=size_said, wan=in_ten_thousands)
    env.filters.update(grouped=lambda n: f"{n:,}")
    return env
