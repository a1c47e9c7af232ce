"""The style sheet, scripts and icon, named by their hash so that they may be kept for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from generator.defaults import TEMPLATES, found
from generator.names import shown
from generator.problems import TemplatesError
from generator.website.output.folder import Output

_TOUCH_ICON = 180  # pixels
_INK = "#1e2227"
_DEEPEST = 100


@dataclass(frozen=True)
class Assets:
    """The addresses of the assets below the site's root.

    A page has one style sheet for the screen, as a second would come after a connection of its own:
    those of comparisons and of the search begin with that of all pages.
    """

    style: str
    print_style: str
    script: str
    charts_script: str
    cells_script: str
    share_script: str
    report_script: str
    search_style: str
    search_script: str
    search_lookup: str
    compare_style: str
    filter_script: str
    projects_script: str
    two_script: str


def write_assets(output: Output, templates: Path) -> Assets:
    """Write every asset."""

    def asset(name: str) -> bytes:
        return found(f"assets/{name}", templates, TEMPLATES).read_bytes()

    icon = asset("favicon.svg")
    output.file("favicon.svg", icon)
    try:
        drawn = touch_icon(icon.decode())
    except Exception as error:  # of another library, whatever it is
        file = found("assets/favicon.svg", templates, TEMPLATES)
        if file.is_relative_to(TEMPLATES):
            raise
        said = shown(f"{error}".partition("\n")[0])
        raise TemplatesError(f"{file}: 画不出来（{said}）；换成完好的 SVG，或删去它") from error
    output.file("apple-touch-icon.png", drawn)
    amounts = [_script(output, templates, "amounts")]
    return Assets(
        style=_hashed(output, "site", "css", asset("site.css")),
        print_style=_hashed(output, "print", "css", asset("print.css")),
        script=_script(output, templates, "site"),
        charts_script=_script(output, templates, "charts"),
        cells_script=_script(output, templates, "cells"),
        share_script=_script(output, templates, "share"),
        report_script=_script(output, templates, "report"),
        search_style=_hashed(output, "search", "css", asset("site.css") + asset("search.css")),
        search_script=_script(output, templates, "search"),
        search_lookup=write_modules(output, templates),
        compare_style=_hashed(output, "compare", "css", asset("site.css") + asset("compare.css")),
        filter_script=_script(output, templates, "filter", amounts),
        projects_script=_script(output, templates, "projects"),
        two_script=_script(output, templates, "two", amounts),
    )


def write_modules(output: Output, templates: Path) -> str:
    """Write what looks queries up, and the modules that it needs, which have names of their own."""
    modules = [_script(output, templates, name) for name in ("search-lists", "search-words")]
    return _script(output, templates, "search-index", modules)


def _script(output: Output, templates: Path, name: str, imported: Sequence[str] = ()) -> str:
    """Write a script, which imports others by the names that they have."""
    script = found(f"assets/{name}.js", templates, TEMPLATES).read_bytes()
    for path in imported:
        file = path.rpartition("/")[2]
        script = script.replace(f"./{file.partition('.')[0]}.js".encode(), f"./{file}".encode())
    return _hashed(output, name, "js", script)


def touch_icon(svg: str) -> bytes:
    """Draw the icon of 32 by 32 for the screen of a phone, which cuts the corners by itself."""
    import vl_convert
    from PIL import Image

    _refuse_deep(svg)
    drawn = Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=_TOUCH_ICON / 32)))
    ground = Image.new("RGBA", drawn.size, _INK)  # what is transparent would be black there
    ground.alpha_composite(drawn.convert("RGBA"))
    buffer = BytesIO()
    ground.convert("RGB").save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _refuse_deep(svg: str) -> None:
    """Refuse a drawing so deep that who draws it, calling itself, ends this process."""
    depth = 0

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} elements one in the other")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(svg, True)


def _hashed(output: Output, name: str, ending: str, data: bytes) -> str:
    path = f"assets/{name}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
    output.file(path, data)
    return path
