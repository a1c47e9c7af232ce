"""The style sheet, scripts and icon, named by their hash so that they may be kept for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from generator.website.output import Output

_TOUCH_ICON = 180  # pixels
_SEAL = "#a3271b"


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
    icon = (sources / "favicon.svg").read_bytes()
    output.file("favicon.svg", icon)
    output.file("apple-touch-icon.png", touch_icon(icon.decode()))
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


def touch_icon(svg: str) -> bytes:
    """Draw the icon of 32 by 32 for the screen of a phone, which cuts the corners by itself."""
    import vl_convert
    from PIL import Image

    drawn = Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=_TOUCH_ICON / 32)))
    ground = Image.new("RGBA", drawn.size, _SEAL)  # what is transparent would be black there
    ground.alpha_composite(drawn.convert("RGBA"))
    buffer = BytesIO()
    ground.convert("RGB").save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _hashed(output: Output, name: str, ending: str, data: bytes) -> str:
    path = f"assets/{name}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
    output.file(path, data)
    return path
