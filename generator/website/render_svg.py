"""Turns Vega-Lite specifications into clean static SVG, in parallel, with a cache.

The cache is keyed by the specification and the converter's version and each entry carries its own
hash, so that a torn or altered entry is made again: the bytes of a site never depend on the cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

Spec = dict[str, Any]

_SVG = "{http://www.w3.org/2000/svg}"
# Only what draws is kept: no class, role, id, style or font reaches the page from the converter.
_KEEP = ("d", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity",
         "text-anchor", "font-size")  # fmt: skip
_LONG_NUMBER = re.compile(r"(?<!\d)\d++\.\d{3,}+")
# The converter makes XML of a label.
_NOT_FOR_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORM = "2"  # raised when `clean` changes, so that older cache entries are not used
_WORKERS = 2
_FEW = 6  # so few missing charts are drawn sooner here than in processes that must first start


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
    """Draw one specification, given as JSON."""
    import vl_convert

    return clean(vl_convert.vegalite_to_svg(spec_text, allowed_base_urls=[]))


def bundle() -> str:
    """Return the script that draws a chart in a browser: Vega, Vega-Lite, Vega-Embed."""
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


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
    if tag not in ("path", "text") or node.get("display") == "none" or not _draws(node, tag):
        return ""
    kept = "".join(
        f' {name}="{_escape(_short(node.get(name, "")))}"' for name in _KEEP if _wanted(node, name)
    )
    # The converter says once, at the root, that nothing is filled; the root is not kept.
    hollow = ' fill="none"' if tag == "path" and not node.get("fill") else ""
    return f"<{tag}{hollow}{kept}>{_escape(node.text or '')}</{tag}>"


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


def draw_all(
    specs: Sequence[Spec], cache: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[dict[str, str], str]:
    """Draw every specification and makes the browser's bundle.

    Returns:
        The SVG by `spec_hash`, each with one `{attributes}` slot in its `svg` tag, and the bundle.
    """
    wanted = {spec_hash(spec): spec_json(spec) for spec in specs}
    made_by = f"{version('vl-convert-python')}-{_FORM}"
    names = {key: f"{key}-{made_by}.svg" for key in wanted} | {"": f"vega-{made_by}.js"}
    done = {key: text for key, name in names.items() if (text := _cached(cache / name)) is not None}
    missing = {key: wanted.get(key, "") for key in sorted(names) if key not in done}
    for count, (key, text) in enumerate(_make(missing), 1):
        _store(cache / names[key], text)
        done[key] = text
        if progress:
            progress(count, len(missing))
    script = done.pop("")
    return done, script


def _make(missing: Mapping[str, str]) -> list[tuple[str, str]]:
    """Make what is missing; "" is the bundle, asked for first as it takes longest."""
    if len(missing) <= _FEW:
        return [(key, _make_one(text)) for key, text in missing.items()]
    # Spawned, not forked: the converter runs threads, which do not survive a fork.
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        return list(zip(missing, pool.map(_make_one, missing.values()), strict=True))


def _make_one(spec_text: str) -> str:
    return draw(spec_text) if spec_text else bundle()


def _cached(path: Path) -> str | None:
    try:
        digest, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if digest == hashlib.sha256(text.encode()).hexdigest() else None


def _store(path: Path, text: str) -> None:
    """Write beside and renames, so that two builds at once cannot leave half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    beside.write_text(f"{digest}\n{text}", encoding="utf-8", newline="\n")
    beside.replace(path)
