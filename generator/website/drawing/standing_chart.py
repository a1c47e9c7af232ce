"""A drawing of a chart that stands alone: with ground, title, source and address, as SVG and PNG.

On a page the title stands above a drawing, and the style sheet gives the colours; a file that is
sent on has to bring both along.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from generator.website.drawing.lettering import broken
from generator.website.drawing.paper import INK, PAPER, SOFT, font, printable

if TYPE_CHECKING:
    from PIL import ImageDraw

_MARGIN = 20
_DRAWN = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)" \{attributes\}>(.*)</svg>', re.S)
_MOVED = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
_PIXELS = 1200  # the width of a PNG
_FONTS = (
    "'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', "
    "sans-serif"
)
_ADVANCE = 1.45


@dataclass(frozen=True)
class ChartFrame:
    """What stands around a drawing: title and sentence above it, source and address below."""

    title: str
    sentence: str
    source: str
    address: str


def standing_svg(drawn: str, frame: ChartFrame) -> str:
    """Return a chart's drawing as an SVG that stands alone; blank of what is no drawing of ours."""
    found = _DRAWN.fullmatch(drawn)
    if not found:
        return ""
    width, height = float(found[1]), float(found[2])
    above = [*_lines(frame.title, 17, width, INK), *_lines(frame.sentence, 12, width, SOFT)]
    below = [*_lines(frame.source, 10, width, SOFT), *_lines(frame.address, 10, width, SOFT)]
    top, head = _set(above, _MARGIN)
    at, foot = _set(below, top + 12 + height + 10)
    whole = f"{width + 2 * _MARGIN:g} {at + _MARGIN - 6:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole}" color="{INK}"'
        f' font-family="{_FONTS}"><title>{_escaped(frame.title)}</title>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{head}'
        f'<g transform="translate({_MARGIN},{top + 12:g})" fill="currentColor">{found[3]}</g>'
        f"{foot}</svg>\n"
    )


def _lines(text: str, size: int, width: float, colour: str) -> list[tuple[str, int, str]]:
    """Break a text; its lines with their size and colour."""
    return [(line, size, colour) for line in broken(text, width / size, 8)] if text else []


def _set(lines: Sequence[tuple[str, int, str]], at: float) -> tuple[float, str]:
    """Set lines one below the other, and return where the last ends."""
    set_ = []
    for text, size, colour in lines:
        at += size * _ADVANCE
        set_.append(
            f'<text transform="translate({_MARGIN},{at - size * 0.35:g})" font-size="{size}px"'
            f' fill="{colour}">{_escaped(text)}</text>'
        )
    return at, "".join(set_)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def standing_png(svg: str) -> bytes:
    """Draw an SVG of `standing_svg` as PNG: its shapes by the library, its texts by our own font.

    The library would ask the system for a font.
    """
    import vl_convert
    from PIL import Image, ImageDraw

    root = ET.fromstring(svg)
    scale = _PIXELS / float(root.get("viewBox", "").split()[2])
    texts = list(_taken(root, 0.0, 0.0))
    shapes = ET.tostring(root, encoding="unicode").replace("currentColor", INK)
    image = Image.open(BytesIO(vl_convert.svg_to_png(shapes, scale=scale))).convert("RGB")
    on = ImageDraw.Draw(image)
    for x, y, node in texts:
        _write(on, x * scale, y * scale, node, scale)
    buffer = BytesIO()
    few = image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def _taken(node: ET.Element, x: float, y: float) -> Iterator[tuple[float, float, ET.Element]]:
    """Take the texts out of a drawing, each with its place on it."""
    for child in list(node):
        moved = _MOVED.fullmatch(child.get("transform", ""))
        dx, dy = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
        if child.tag.endswith("}text"):
            node.remove(child)
            yield x + dx, y + dy, child
        else:
            yield from _taken(child, x + dx, y + dy)


def _write(on: ImageDraw.ImageDraw, x: float, y: float, node: ET.Element, scale: float) -> None:
    from PIL import ImageColor

    size = round(float(node.get("font-size", "11px").removesuffix("px")) * scale)
    anchor = {"middle": "ms", "end": "rs"}.get(node.get("text-anchor", ""), "ls")
    fill = node.get("fill", INK)
    colour = ImageColor.getrgb(INK if fill == "currentColor" else fill)
    shown = float(node.get("opacity", "1"))
    ground = ImageColor.getrgb(PAPER)
    mixed = tuple(round(g + (c - g) * shown) for c, g in zip(colour, ground, strict=True))
    on.text((x, y), printable(node.text or ""), mixed, font(size), anchor=anchor)
