"""The style sheet, scripts and icon, named by their hash so that they may be kept for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from generator.website.output import Output


@dataclass(frozen=True)
class Assets:
    """The addresses of the assets below the site's root."""

    style: str
    script: str
    vega: str
    search_style: str
    search_script: str
    search_lookup: str
    compare_style: str
    filter_script: str


def write_assets(output: Output, templates: Path, vega: str) -> Assets:
    """Write every asset; `vega` is the chart bundle, loaded only when a reader asks for it."""
    sources = templates / "assets"
    style, compare_style = ((sources / name).read_bytes() for name in ("site.css", "compare.css"))
    script, filter_script = ((sources / name).read_bytes() for name in ("site.js", "filter.js"))
    output.file("favicon.svg", (sources / "favicon.svg").read_bytes())
    return Assets(
        style=_hashed(output, "site", "css", style),
        script=_hashed(output, "site", "js", script),
        vega=_hashed(output, "vega", "js", vega.encode()),
        search_style=_hashed(output, "search", "css", (sources / "search.css").read_bytes()),
        search_script=_hashed(output, "search", "js", (sources / "search.js").read_bytes()),
        search_lookup=_hashed(
            output, "search-index", "js", (sources / "search-index.js").read_bytes()
        ),
        compare_style=_hashed(output, "compare", "css", compare_style),
        filter_script=_hashed(output, "filter", "js", filter_script),
    )


def _hashed(output: Output, name: str, ending: str, data: bytes) -> str:
    path = f"assets/{name}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
    output.file(path, data)
    return path
