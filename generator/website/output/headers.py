"""The headers that differ by address: which pages may be framed, and which may not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.website.department.shared_charts import SHARED
from generator.website.output.folder import Output
from generator.website.settings import SiteSettings


def write_headers(output: Output, settings: SiteSettings) -> None:
    """Write `_headers` for all that the site has. Called last."""
    prefix = urlsplit(settings.base_url).path.rstrip("/")
    prefixes = sorted({language.prefix for language in settings.languages} | {""})
    may = [f"{each}{SHARED}" for each in prefixes]
    closed = sorted({rule for each in prefixes for rule in _rules(output, each, {*prefixes, *may})})
    rules = {
        "closed": [f"{prefix}/{each}" for each in closed],
        "open": [f"{prefix}/{each}*" for each in may if (output.folder / each).is_dir()],
    }
    output.file("_headers", output.filled("headers.txt", **rules))


def _rules(output: Output, below: str, apart: set[str]) -> Iterator[str]:
    """Yield what a folder has, and the folder itself, but what has rules of its own."""
    yield below
    for path in (output.folder / below).iterdir():
        if path.name.startswith("_"):  # what a host reads, and does not serve
            continue
        name = f"{below}{path.name}"
        if path.is_dir() and f"{name}/" not in apart:
            yield f"{name}/*"
        elif path.is_file():
            yield name
