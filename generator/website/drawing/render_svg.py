"""Turns one Vega-Lite specification into clean static SVG; a worker's task."""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

Spec = dict[str, Any]

_SVG = "{http://www.w3.org/2000/svg}"
# Only what draws is kept: no class, role, id, style or font reaches the page from the converter.
_KEEP = ("d", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity",
         "text-anchor", "font-size", "x2", "y2")  # fmt: skip
# What the specification gives a mark as its description: the row of the chart's table that says it.
_ROW = re.compile(r"row (\d+)")
_NO_FONT = "no font"
_LONG_NUMBER = re.compile(r"(?<!\d)\d++\.\d{3,}+")
# The converter makes XML of a label.
_NOT_FOR_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def spec_hash(spec: Spec) -> str:
    """Return the 16 hexadecimal digits that name a specification."""
    return hashlib.sha256(spec_json(spec).encode()).hexdigest()[:16]


def spec_json(spec: Spec) -> str:
    """Write a specification as canonical JSON that is harmless even where it is read as HTML."""
    text = json.dumps(_legible(spec), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _legible(value: Any) -> Any:
    """A part of a specification without the characters of which no XML can be made."""
    if isinstance(value, str):
        return _NOT_FOR_XML.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {name: _legible(each) for name, each in value.items()}
    return [_legible(each) for each in value] if isinstance(value, (list, tuple)) else value


def draw(spec_text: str) -> str:
    """Draw one specification, given as JSON.

    Where each text stands is in the specification, and its font is the page's: the converter,
    which would take six sevenths of its time to measure texts in fonts of this machine, is given
    the name of none.
    """
    import vl_convert

    spec = json.loads(spec_text)
    spec["config"] = {**spec.get("config", {}), "font": _NO_FONT}
    return clean(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def clean(svg: str) -> str:
    """Reduce the converter's SVG to an `svg` element with a viewBox and what it draws."""
    root = ET.fromstring(svg)
    body = "".join(_element(child) for child in root)
    return f'<svg viewBox="{root.get("viewBox", "")}" {{attributes}}>{body}</svg>'


def _element(node: ET.Element) -> str:
    tag = node.tag.removeprefix(_SVG)
    inner = "".join(_element(child) for child in node)
    if tag == "g":
        return _group(node, inner)
    if (
        tag not in ("path", "text", "line")
        or node.get("display") == "none"
        or not _draws(node, tag)
    ):
        return ""
    kept = "".join(
        f' {name}="{_escape(_short(node.get(name, "")))}"' for name in _KEEP if _wanted(node, name)
    )
    # The converter says once, at the root, that nothing is filled; the root is not kept.
    hollow = ' fill="none"' if tag == "path" and not node.get("fill") else ""
    row = _ROW.fullmatch(node.get("aria-label", ""))
    told = f' data-row="{row[1]}"' if row else ""
    return f"<{tag}{hollow}{kept}{told}>{_escape(node.text or '')}</{tag}>"


def _group(node: ET.Element, inner: str) -> str:
    moved = node.get("transform", "translate(0,0)")
    if not inner or moved == "translate(0,0)":
        return inner
    return f'<g transform="{_escape(_short(moved))}">{inner}</g>'


def _draws(node: ET.Element, tag: str) -> bool:
    return bool(node.text) if tag == "text" else bool(node.get("fill") or node.get("stroke"))


def _wanted(node: ET.Element, name: str) -> bool:
    value = node.get(name)
    defaults = {"text-anchor": "start", "opacity": "1", "stroke-width": "2"}
    return value is not None and defaults.get(name) != value


def _short(value: str) -> str:
    return _LONG_NUMBER.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value)


def _escape(text: str) -> str:
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(plain, entity)
    return text
