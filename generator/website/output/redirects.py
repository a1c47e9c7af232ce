"""Redirects: an address that was published once leads on when its page has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from generator.names import shown
from generator.paths import inside
from generator.problems import ConfigError, OutputError
from generator.website.output.folder import Output
from generator.website.settings import SiteSettings
from generator.website.wording.language import speaking

_ADDRESS = re.compile(r"[A-Za-z0-9._/-]+")


def write_redirects(output: Output, settings: SiteSettings) -> None:
    """Write `_redirects`, which Netlify obeys, and pages that lead on wherever else it is hosted.

    Called last, as it refuses what leads nowhere, or away from a page that is there.

    Raises:
        ConfigError: The list of redirects is not as it should be.
    """
    if not settings.redirects or not settings.redirects.is_file():
        return
    moved = list(_read(settings.redirects, output.folder))
    prefix = urlsplit(settings.base_url).path.rstrip("/")
    lines = [f"{prefix}/{old} {prefix}/{new} 301!\n" for old, new in moved]
    output.file("_redirects", "".join(lines).encode())
    for old, new in moved:
        if old.endswith("/"):
            way = "../" * old.count("/") + new
            own = (
                each for each in settings.languages if each.prefix and new.startswith(each.prefix)
            )
            language = next(own, settings.languages[0])
            with speaking(language):
                text = output.filled("moved.html", way=way, new=new, language=language)
            output.file(f"{old}index.html", text)
            output.pages += 1


def _read(file: Path, site: Path) -> Iterator[tuple[str, str]]:
    """Read lines of an old and a new address, both below the root of the site."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{shown(file)}: cannot be read ({error}); save it as UTF-8") from error
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        place = f"{shown(file)}: line {number}"
        if len(words) != 2 or not all(_ADDRESS.fullmatch(word) for word in words):
            raise ConfigError(f"{place}: write the old and the new address, as in x/old/ x/new/")
        old, new = words
        if not all(_is_inside(site, word) for word in words):
            raise ConfigError(f"{place}: {old} {new}: an address is below the root of the site")
        if old in seen:
            raise ConfigError(f"{place}: {old} is moved further up; give it one new address")
        seen.add(old)
        if _file(site, old).exists():
            raise ConfigError(f"{place}: {old} is there; a redirect would hide it")
        if not _file(site, new).is_file():
            raise ConfigError(f"{place}: {new} is not there; name an address of the site")
        yield old, new


def _is_inside(site: Path, address: str) -> bool:
    try:
        return inside(site, address) is not None and "//" not in address
    except OutputError:
        return False


def _file(site: Path, address: str) -> Path:
    return site / address / "index.html" if address.endswith("/") else site / address
